"""Workbooks drawn by a process of its own, while this one does something else.

Run as ``python -m returnplan.papers.pages.second_process`` it takes pages and answers with the bytes of their workbook.
"""

from collections.abc import Mapping, Sequence
from typing import Self

from returnplan.papers.pages.page import Page
from returnplan.papers.pages.render import render
from returnplan.sheets.second_process import SecondProcess, answer, questions


def main() -> None:
    """Draw one workbook after the other until the parent closes the pipe."""
    for pages, marks in questions():
        answer(render(pages, marks))


class Drawer:
    """A process that draws workbooks; where there is none, or it died, this one draws."""

    def __init__(self) -> None:
        self._process = SecondProcess(__name__)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.__exit__()

    def render(self, pages: Sequence[Page], marks: Mapping[str, str]) -> bytes:
        """Return the bytes of a workbook."""
        drawn: bytes | None = self._process.ask((pages, marks))
        return render(pages, marks) if drawn is None else drawn


if __name__ == "__main__":
    main()
