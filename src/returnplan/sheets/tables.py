"""A sheet as the file has it: typed cells in columns; nothing is inferred, nothing is dropped."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Cell = str | float | int | bool | date | datetime | time | timedelta

MergedRange = tuple[int, int, int, int]
"""First row, first column, last row, last column, as Excel counts them (from 1)."""


MAX_CELLS = 12_000_000
"""Cells of the smallest rectangle around all that a sheet holds: the parser keeps all of them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One dictionary-coded column: row i has ``cells[codes[i]]``; ``cells[0]`` is blank."""

    cells: list[Cell]
    codes: "npt.NDArray[np.int32]"

    def __getitem__(self, row: int) -> Cell:
        cell: Cell = self.cells[self.codes[row]]
        return cell


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; ``file`` and ``sheet`` are the names shown.

    Line i (from 0) is Excel's row i + 1; the last line is the last one with content. Column j is Excel's
    column ``first_column`` + j (A is 1). A hidden sheet is not read and has no cells.
    """

    file: str
    sheet: str
    is_hidden: bool
    first_column: int
    num_rows: int
    columns: tuple[Column, ...]
    merged: tuple[MergedRange, ...] = ()

    def letters(self, column: int) -> str:
        """Return the letters that Excel shows above a column of this table."""
        return column_letters(self.first_column + column)

    def row_texts(self, row: int) -> list[str]:
        """Return the cells of a line as texts."""
        return [cell_text(column[row]) for column in self.columns]


_PART = re.compile(r"\[(?:第\d+栏|配偶)\]$")


def part_of_sheet(sheet: str, part: str) -> str:
    """Return the name of a part that is read as a sheet of its own: a list beside another (第2栏), or 配偶.

    Excel allows no such brackets in the name of a sheet, so no other sheet is called so.
    """
    return f"{sheet}[{part}]"


def whole_sheet(name: str) -> str:
    """Return the name of the sheet that a sheet or a part of one stands on."""
    return _PART.sub("", name)


def column_letters(number: int) -> str:
    """Return the letters of a column number: 1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_text(cell: Cell) -> str:
    """Return a cell as a person would type it: 37.0 -> 37, a date -> 2021-02-18, TRUE."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
