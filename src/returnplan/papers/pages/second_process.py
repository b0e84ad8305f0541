"""Workbooks drawn by a process of its own, while this one does something else.

Run as ``python -m returnplan.papers.pages.second_process`` it takes pages on stdin and answers with the bytes of their
workbook; it writes no file. Pages travel pickled: both ends are this program.
"""

import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Self

from returnplan.papers.pages.page import Page
from returnplan.papers.pages.render import render
from returnplan.sheets.wire import receive, send


def main() -> None:
    """Draw one workbook after the other until the parent closes the pipe."""
    while body := receive(sys.stdin.buffer):
        send(sys.stdout.buffer, render(*pickle.loads(body)))


class SecondProcess:
    """A process that draws workbooks; where there is none, or it died, this one draws."""

    def __init__(self) -> None:
        try:
            self._process: subprocess.Popen[bytes] | None = subprocess.Popen(
                [sys.executable, "-P", "-m", "returnplan.papers.pages.second_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            with suppress(OSError), self._process as process:
                process.kill()

    def render(self, pages: Sequence[Page], marks: Mapping[str, str]) -> bytes:
        """Return the bytes of a workbook."""
        if self._process and self._process.stdin and self._process.stdout:
            with suppress(OSError):
                send(self._process.stdin, pickle.dumps((pages, marks), protocol=pickle.HIGHEST_PROTOCOL))
                if content := receive(self._process.stdout):
                    return content
            self._process.kill()
        return render(pages, marks)


if __name__ == "__main__":
    main()
