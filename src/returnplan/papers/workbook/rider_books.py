"""The workbooks of riders beside that of a large plan: drawn while the plan is saved, put in place after it.

A thread hands their pages to a second process and writes aside what comes back. Papers that fill the disk must not
keep a plan from being saved: where it has little room some are kept in memory, and others wait until the plan is saved.
"""

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, Self

from returnplan.model.errors import StoreError
from returnplan.papers.outfiles import Aside, Notes, many_files, write_aside
from returnplan.papers.pages import Page, render
from returnplan.papers.pages.second_process import Drawer

MOST_BYTES = 128 << 20
"""So much is kept in memory, the workbooks of about a million riders."""
ROOM_BYTES_A_RIDER = 2_000
"""On a disk with less room nothing is written aside before the plan is saved: the store takes 600 bytes for a rider, on
later nights its journal as much again, the workbooks 150."""


class RiderBook(NamedTuple):
    """Where a workbook is to stand, and what makes its page."""

    path: Path
    page: Callable[[], Page]


class RiderBooks:
    """Draws workbooks from when it is entered, and shows none before they are to be put in place.

    ``num_riders`` are those of the plan, for whom the disk must have room; None: none is written before.
    """

    def __init__(
        self, books: Iterable[RiderBook], marks: Mapping[str, str], num_riders: int | None = None
    ) -> None:
        self._books, self._marks, self._num_riders = tuple(books), marks, num_riders
        self._waiting = deque(self._books)
        self._drawn: dict[Path, bytes] = {}
        self._asides: dict[Path, Aside] = {}
        self._is_saved = False
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        self._meanwhile = self._thread.submit(self._draw_elsewhere)
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()
        self._thread.shutdown()
        for aside in self._asides.values():
            aside.remove()

    def put_in_place(self, notes: Notes | None = None) -> None:
        """Draw what is left, and put all workbooks in place, or none where one cannot be written.

        Raises
        ------
        StoreError : the folder or the disk refuses
        """
        if not self._books:
            return
        self._is_saved = True
        with many_files(self._books[0].path.parent):
            rest = self._thread.submit(self._draw_elsewhere)  # what the first one left for lack of room
            while book := self._next():
                self._asides[book.path] = write_aside(book.path, render([book.page()], self._marks))
            self._meanwhile.result()
            rest.result()
            for path, content in self._drawn.items():
                self._asides[path] = write_aside(path, content)
            for book in self._books:
                self._asides[book.path].put_in_place(notes)

    def _draw_elsewhere(self) -> None:
        if not self._waiting:
            return
        with Drawer() as elsewhere:
            while (self._may_write() or self._num_bytes() < MOST_BYTES) and (book := self._next()):
                self._keep(book.path, elsewhere.render([book.page()], self._marks))

    def _keep(self, path: Path, content: bytes) -> None:
        """Write a workbook aside where the disk has room, else keep it in memory."""
        try:
            if self._may_write():
                self._asides[path] = write_aside(path, content)
                return
        except StoreError:
            self._num_riders = None
        self._drawn[path] = content

    def _may_write(self) -> bool:
        """Return whether the plan is saved, or the disk has room for it and for its papers."""
        if self._is_saved:
            return True
        folder = self._books[0].path.parent
        if self._num_riders is None or not folder.is_dir():
            return False
        try:
            free_bytes = shutil.disk_usage(folder).free
        except OSError:  # some network drives do not tell
            return False
        return free_bytes >= ROOM_BYTES_A_RIDER * self._num_riders

    def _num_bytes(self) -> int:
        return sum(map(len, self._drawn.values()))

    def _next(self) -> RiderBook | None:
        """Return the workbook that is to be drawn next; two threads ask."""
        try:
            return self._waiting.popleft()
        except IndexError:
            return None
