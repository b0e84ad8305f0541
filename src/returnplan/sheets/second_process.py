"""A second process of this program, which works while this one does something else.

It runs a module of ours that goes through its :func:`questions` and gives an :func:`answer` to each. They travel
pickled: both ends are this program. It writes no file and says nothing; where it does not start, or dies, whoever asked
does the work.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

from returnplan.sheets.wire import dump, receive, send


class SecondProcess:
    """The process, seen by the one that asks."""

    def __init__(self, module: str) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            with suppress(OSError), self._process as process:
                process.kill()

    def ask(self, question: Any) -> Any:
        """Return the answer to a question, None where there is no process, or it died."""
        self.send(question)
        return self.receive()

    def send(self, question: Any) -> None:
        """Ask; one question more may be sent before the last one is answered."""
        if self._process and self._process.stdin:
            with suppress(OSError):
                send(self._process.stdin, dump(question))

    def no_more(self) -> None:
        """Tell that all is asked: what was asked is still answered."""
        if self._process and self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()

    def receive(self) -> Any:
        """Return the next answer, None where there is no process, or it died."""
        if self._process is None or self._process.stdout is None:
            return None
        with suppress(OSError):
            if (body := receive(self._process.stdout)) is not None:
                return pickle.loads(body)
        self._process.kill()
        return None


def questions() -> Iterator[Any]:
    """Yield what is asked, as the second process."""
    while (body := receive(sys.stdin.buffer)) is not None:
        yield pickle.loads(body)


def answer(what: Any) -> None:
    """Answer the first question that has no answer yet, as the second process."""
    send(sys.stdout.buffer, dump(what))
