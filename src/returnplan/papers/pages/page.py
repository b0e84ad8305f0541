"""A sheet as a value: what stands where, in which style. No file and no library in here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from returnplan.papers.pages.printing import ON_SCREEN, Printing
from returnplan.papers.pages.style import CENTER, PLAIN, Style

Value = str | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell outside the table; ``num_columns`` > 1 joins it with those to its right."""

    value: Value
    num_columns: int = 1
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """Cells side by side from the first column on, at least ``least_pt`` high and as high as their text needs."""

    cells: tuple[Cell, ...]
    least_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down; a strict one takes nothing else, the other only asks whether it is meant."""

    words: tuple[str, ...]
    is_strict: bool = True


@dataclass(frozen=True, slots=True)
class Length:
    """Text of so many characters and no other."""

    num_characters: int


@dataclass(frozen=True, slots=True)
class Since:
    """A real date from ``first`` on."""

    first: date


Check = Choice | Length | Since
"""What a cell takes when somebody types into it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``width`` in characters."""

    header: str
    width: float
    values: Sequence[Value]
    style: Style = CENTER
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart of the table: columns by header, at ``anchor`` (line and column, from 0)."""

    kind: Literal["column", "bar"]
    title: str
    categories: str
    series: tuple[str, ...]
    anchor: tuple[int, int]
    category_format: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: lines, a table with its header (repeated on each printed page), lines.

    ``row_height_pt`` is the least height of a table row on paper. None makes a long table for the screen: rows
    as they come, formats by column, and no more memory than one row takes.
    ``name`` must be a legal sheet name (:func:`~returnplan.papers.pages.names.sheet_names`).
    """

    name: str
    columns: tuple[Column, ...]
    top: tuple[Line, ...] = ()
    bottom: tuple[Line, ...] = ()
    row_height_pt: float | None = None
    printing: Printing = ON_SCREEN
    charts: tuple[Chart, ...] = field(default=())
    filterable: bool = False
    hidden: bool = False

    @property
    def num_rows(self) -> int:
        """Rows of the table."""
        return len(self.columns[0].values)
