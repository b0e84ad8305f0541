"""The workbooks of riders beside that of a large plan: drawn while the plan is saved, written after it.

A thread hands their pages to a second process and keeps what comes back in memory: papers that fill the disk must not
keep a plan from being saved. What is left when the plan is saved is drawn here.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self

from returnplan.papers.outfiles import Aside, Notes, many_files, write_aside
from returnplan.papers.pages import Page, render
from returnplan.papers.pages.second_process import Drawer

MOST_BYTES = 128 << 20
"""So much is kept in memory, the workbooks of about a million riders."""


class RiderBook(NamedTuple):
    """Where a workbook is to stand, and what makes its page."""

    path: Path
    page: Callable[[], Page]


class RiderBooks:
    """Draws workbooks from when it is entered, and writes none before they are to be put in place."""

    def __init__(self, books: Iterable[RiderBook], marks: Mapping[str, str]) -> None:
        self._books, self._marks = tuple(books), marks
        self._waiting = deque(self._books)
        self._drawn: dict[Path, bytes] = {}
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        self._meanwhile = self._thread.submit(self._draw_elsewhere)
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()
        self._thread.shutdown()

    def put_in_place(self, notes: Notes | None = None) -> None:
        """Draw what is left, and put all workbooks in place, or none where one cannot be written.

        Raises
        ------
        StoreError : the folder or the disk refuses
        """
        if not self._books:
            return
        with many_files(self._books[0].path.parent), ExitStack() as unless_moved:
            asides: dict[Path, Aside] = {}

            def write(path: Path, content: bytes) -> None:
                asides[path] = write_aside(path, content)
                unless_moved.callback(asides[path].remove)

            while book := self._next():
                write(book.path, render([book.page()], self._marks))
            self._meanwhile.result()
            for path, content in self._drawn.items():
                write(path, content)
            for book in self._books:
                asides[book.path].put_in_place(notes)

    def _draw_elsewhere(self) -> None:
        if not self._waiting:
            return
        num_bytes = 0
        with Drawer() as elsewhere:
            while num_bytes < MOST_BYTES and (book := self._next()):
                self._drawn[book.path] = elsewhere.render([book.page()], self._marks)
                num_bytes += len(self._drawn[book.path])

    def _next(self) -> RiderBook | None:
        """Return the workbook that is to be drawn next; two threads ask."""
        try:
            return self._waiting.popleft()
        except IndexError:
            return None
