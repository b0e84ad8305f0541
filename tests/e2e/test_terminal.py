"""One run in a real terminal: the bars are gone at the end, the summary stands, the colours are there."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import PROGRAM

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

SECONDS_OF_PATIENCE = 120
BAR = "━"


class Terminal:
    """A tmux session of its own; its screen can be read at any time."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux"
        self._tmux("-u", "new-session", "-d", "-x", "100", "-y", "60", "-c", str(folder), "sh")

    def _tmux(self, *words: str) -> str:
        return subprocess.check_output(["tmux", "-S", str(self.socket), *words], encoding="utf-8")

    def type(self, line: str) -> None:
        self._tmux("send-keys", line, "Enter")

    def screen(self, *, with_colours: bool = False) -> str:
        return self._tmux("capture-pane", "-p", *(["-e"] if with_colours else []))

    def wait_for(self, text: str) -> list[str]:
        """Return the screens seen until ``text`` stands on one."""
        screens = [self.screen()]
        deadline = time.monotonic() + SECONDS_OF_PATIENCE
        while text not in screens[-1]:
            assert time.monotonic() < deadline, screens[-1]
            time.sleep(0.05)
            screens.append(self.screen())
        return screens

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(empty: Path) -> Iterator[Terminal]:
    opened = Terminal(empty)
    yield opened
    opened.close()


def test_bars_while_it_works_and_a_clean_summary_after(terminal: Terminal) -> None:
    terminal.type(f"'{PROGRAM}' plan signups.xlsx; echo left with $?")
    screens = terminal.wait_for("left with 0")
    assert any(BAR in screen for screen in screens)
    assert BAR not in screens[-1]
    assert "96" in screens[-1]
    assert "\x1b[1m" in terminal.screen(with_colours=True)
