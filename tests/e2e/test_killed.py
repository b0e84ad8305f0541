"""The unattended run killed at many moments: the last good run stands, and the next night makes up for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from returnplan.store import Store
from tests.e2e.program import PROGRAM
from tests.usecases.conftest import listed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

NIGHT = [PROGRAM, "nightly", "--as-of", "2021-02-10"]


def start_and_kill(command: list[str], folder: Path, seconds: float) -> None:
    """Run a command and kill it after so many seconds, should it take longer."""
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def test_killed_at_many_moments_the_store_and_the_outputs_are_whole(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    listed(tmp_path / "inbox" / "报名.xlsx", *range(1, 21))
    for seconds in (0.5, 1.0, 1.5, 2.0):
        start_and_kill(NIGHT, tmp_path, seconds)
        if (tmp_path / "returnplan.db").exists():
            with Store.open(tmp_path / "returnplan.db") as store:
                assert all(len(store.load_plan(header.id).riders) == 20 for header in store.runs())
    subprocess.run(NIGHT, cwd=tmp_path, check=True, capture_output=True)
    (folder,) = (tmp_path / "outbox").iterdir()
    assert {path.name for path in folder.iterdir()} >= {"plan.xlsx", "manifests", "calls", "今日要办.xlsx"}


def test_a_change_killed_at_many_moments_is_there_with_its_pins_or_not_at_all(office: Path) -> None:
    for at, seconds in enumerate((0.6, 0.9, 1.1, 1.3, 1.5), start=1):
        start_and_kill([PROGRAM, "change", "0218-001", "--plate", f"桂B{at}"], office, seconds)
        with Store.open(office / "returnplan.db") as store:
            header = store.latest_run()
            assert header is not None
            (batch,) = store.load_batches(header.id)
            assert len(store.load_plan(header.id).riders) == batch.load == 20
            changed = [entry for entry in store.journal(header.id) if entry.deed == "changed"]
            assert batch.version == 1 + len(changed)
            assert len(store.pins()) == (20 if changed else 0)
    subprocess.run(
        [PROGRAM, "change", "0218-001", "--plate", "桂B9"], cwd=office, check=True, capture_output=True
    )
