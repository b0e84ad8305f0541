"""The workbooks of riders beside that of a large plan: drawn aside while the plan is saved, put in place after it.

A thread hands their pages to a second process. What is left when the plan is saved is drawn here.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, Self

from returnplan.papers.outfiles import Aside, Notes, many_files, write_aside
from returnplan.papers.pages import Page, render
from returnplan.papers.pages.second_process import SecondProcess


class RiderBook(NamedTuple):
    """Where a workbook is to stand, and what makes its page."""

    path: Path
    page: Callable[[], Page]


class RiderBooks:
    """Draws workbooks from when it is entered; those that were not put in place are gone when it is left."""

    def __init__(self, books: Iterable[RiderBook], marks: Mapping[str, str]) -> None:
        self._books, self._marks = tuple(books), marks
        self._waiting = deque(self._books)
        self._drawn: dict[Path, Aside] = {}
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        self._meanwhile = self._thread.submit(self._draw_elsewhere)
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()
        self._thread.shutdown()
        for aside in self._drawn.values():
            aside.remove()

    def put_in_place(self, notes: Notes | None = None) -> None:
        """Draw what is left, and put all workbooks in place.

        Raises
        ------
        StoreError : the folder or the disk refuses
        """
        if not self._books:
            return
        with many_files(self._books[0].path.parent):
            self._draw(render)
            self._meanwhile.result()
            for book in self._books:
                self._drawn.pop(book.path).put_in_place(notes)

    def _draw_elsewhere(self) -> None:
        if self._waiting:
            with SecondProcess() as elsewhere:
                self._draw(elsewhere.render)

    def _draw(self, render: Callable[[list[Page], Mapping[str, str]], bytes]) -> None:
        while self._waiting:
            try:
                book = self._waiting.popleft()
            except IndexError:  # the other thread was quicker
                return
            self._drawn[book.path] = write_aside(book.path, render([book.page()], self._marks))
