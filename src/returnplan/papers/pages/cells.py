"""Cells and rows as the XML of a sheet: what each holds, where it stands, how it looks, with which it is joined."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from html import escape
from typing import NamedTuple

from returnplan.papers.pages.limits import writable
from returnplan.papers.pages.page import Value

_DAY_0 = date(1899, 12, 30)
_NO_LEAP_DAY = 61
"""From this day on Excel's count is right: it knows a 29 February 1900, which there was not."""
_S_A_DAY = 86_400
_MOST_EXACT = 2**53
"""From here on a float is not every whole number."""
_ESCAPED = re.compile("(?=_x[0-9A-Fa-f]{4}_)")
"""Before what Excel would take for a character's number."""
_ROW = "\0"
"""Where the number of the row stands in a frame."""
_BLANK = "/>"
"""The end of a cell that holds nothing."""


class Ends(dict[Value, str]):
    """Value -> the end of a cell that holds it, whatever its place and look; a blank has none of its own."""

    def __missing__(self, value: Value) -> str:
        """Put a value into XML: a text as a text, whatever it looks like, so that none becomes a formula."""
        near = writable(value)
        if isinstance(near, str) and near.isalnum():  # most are: nothing in them to be escaped
            end = f' t="inlineStr"><is><t>{near}</t></is></c>'
        elif near is None or near == "":
            end = _BLANK
        elif isinstance(near, str):
            keeps = ' xml:space="preserve"' if near != near.strip() else ""
            text = escape(_ESCAPED.sub("_x005F", near) if "_x" in near else near, quote=False)
            end = f' t="inlineStr"><is><t{keeps}>{text}</t></is></c>'
        else:
            end = f"><v>{number(near)}</v></c>"
        self[value] = end
        return end


ENDS = Ends()
"""Of the cells of all workbooks: stops, days and labels stand in many."""


def number(value: float | date | datetime) -> str:
    """Return a number, or a day or moment as the number that Excel has for it; 3.0 and 3 are one value, so one text."""
    if isinstance(value, date):
        num_days = (date(value.year, value.month, value.day) - _DAY_0).days
        num_days -= num_days < _NO_LEAP_DAY
        if not isinstance(value, datetime):
            return str(num_days)
        return repr(num_days + (value.hour * 3600 + value.minute * 60 + value.second) / _S_A_DAY)
    is_whole = value == int(value) and abs(value) < _MOST_EXACT
    return str(int(value)) if is_whole else repr(float(value))


@cache
def letters(column: int) -> str:
    """Return what Excel calls a column, counted from 0: A, Z, AA."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def place_of(row: int, column: int, last_row: int, last_column: int, fixed: str = "") -> str:
    """Return what Excel calls a block of cells, counted from 0: A1:C2; $A$1:$C$2 where it is ``fixed`` by a dollar."""
    return f"{fixed}{letters(column)}{fixed}{row + 1}:{fixed}{letters(last_column)}{fixed}{last_row + 1}"


class Frame(NamedTuple):
    """The XML of rows that have their cells, looks and joins in common, and the joins' own."""

    cells: str
    joins: tuple[str, ...]

    def row(self, row: int, filling: tuple[str, ...]) -> str:
        """Return the XML of a row, counted from 0.

        Parameters
        ----------
        row : its number
        filling : its :func:`height`, then the end of each cell
        """
        return self.cells.replace(_ROW, str(row + 1)) % filling

    def joined(self, row: int) -> list[str]:
        """Return the XML of each block of a row's cells that are one."""
        return [one.replace(_ROW, str(row + 1)) for one in self.joins]


@cache
def frame(cells: Sequence[tuple[int, int]]) -> Frame:
    """Return the frame of rows whose cells take so many columns and have the look of such a number."""
    drawn, joins, column = [], [], 0
    for num_columns, look in cells:
        for at in range(column, column + num_columns):
            end = "%s" if at == column else "/>"
            drawn.append(f'<c r="{letters(at)}{_ROW}" s="{look}"{end}')
        if num_columns > 1:
            joins.append(join(f"{letters(column)}{_ROW}:{letters(column + num_columns - 1)}{_ROW}"))
        column += num_columns
    return Frame(f'<row r="{_ROW}"%s>{"".join(drawn)}</row>', tuple(joins))


def long_cells(column: int, look: int, values: Iterable[Value]) -> list[str]:
    """Return the XML of a cell with each of some values, whatever row it is put into; of a blank there is none."""
    ends, begin = Ends(), f'<c r="{letters(column)}{_ROW}" s="{look}"'
    return ["" if (end := ends[value]) == _BLANK else begin + end for value in values]


def long_row(row: int, cells: str) -> str:
    """Return the XML of a row, counted from 0, of such cells one after the other."""
    return f'<row r="{_ROW}">{cells}</row>'.replace(_ROW, str(row + 1))


def join(cells: str) -> str:
    """Return the XML that makes a block of cells one."""
    return f'<mergeCell ref="{cells}"/>'


@cache
def height(points: float) -> str:
    """Return what a row says of its height."""
    return f' ht="{points:.10g}" customHeight="1"'
