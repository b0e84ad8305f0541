"""Which lines below a header are data, and what a cell merged over several of them says."""

import re
from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt

from returnplan.reading.cells import clean, is_blank
from returnplan.reading.headers import Header
from returnplan.sheets.tables import Cell, Column, Table

Mask = npt.NDArray[np.bool_]

_TOTAL = r"(?:合|总|小|共)计.*|(?:sub)?totals?\s*:?"
_FOOTER = (
    r"(?:填表|制表|审核|审批|复核|经办|填报|报送|联系)(?:人|单位|时间|日期|电话)?(?:签字|签名)?(?:[:(].*)?"
    r"|(?:单位|部门|主要)?(?:负责人|领导)(?:签字|签名)?(?:[:(].*)?"
    r"|(?:单位|日期|注|说明|备注|填表说明|填写说明|示例|样例|例)\d?:.*"
    r"|(?:prepared by|filled in by|checked by|notes?):.*"
)
_NO_DATA = re.compile(rf"{_TOTAL}|{_FOOTER}", re.IGNORECASE | re.DOTALL)


def data_lines(table: Table, header: Header) -> npt.NDArray[np.intp]:
    """Return the lines (from 0) that hold data: below the header, not blank, no total, footer or repeated header.

    A line with nothing in the columns that are read is blank, though it may have a number (序号).
    """
    used = list(header.columns.values())
    is_filled = np.zeros(table.num_rows, dtype=bool)
    for column in used:
        is_filled |= _where(table.columns[column], lambda cell: not is_blank(cell))
    is_filled[: header.line + 1] = False
    is_filled &= ~_first_text_matches(table, lambda cell: bool(_NO_DATA.fullmatch(clean(cell))))
    is_filled &= ~_repeats_header(table, header, used)
    return np.flatnonzero(is_filled)


def _where(column: Column, holds: Callable[[Cell], bool]) -> Mask:
    """Return on which lines the cell of a column is such a one; asked once a distinct cell."""
    answers = np.fromiter(map(holds, column.cells), dtype=bool, count=len(column.cells))
    return np.asarray(answers[column.codes])


def _first_text_matches(table: Table, holds: Callable[[Cell], bool]) -> Mask:
    """Return on which lines the first cell that is a text, and no number, is such a one."""
    matches = np.zeros(table.num_rows, dtype=bool)
    is_open = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not is_open.any():
            break
        is_text = _where(column, lambda cell: isinstance(cell, str) and not _is_numeral(clean(cell)))
        matches |= is_open & is_text & _where(column, holds)
        is_open &= ~is_text
    return matches


def _is_numeral(words: str) -> bool:
    return words == "" or words.replace(".", "").isdecimal()


def _repeats_header(table: Table, header: Header, used: list[int]) -> Mask:
    """Return which lines say the header again, as printed pages do."""
    repeats = np.ones(table.num_rows, dtype=bool)
    for column in used:
        repeats &= _where(table.columns[column], partial(_says, clean(header.labels[column])))
    return repeats


def _says(words: str, cell: Cell) -> bool:
    return clean(cell) == words


def filled_down(table: Table, column: int) -> Column:
    """Return a column with each cell that is merged over several rows repeated in all of them."""
    number = table.first_column + column
    spans = sorted((top, bottom) for top, left, bottom, _ in table.merged if left == number)
    codes = table.columns[column].codes.copy()
    filled_to = 0
    for top, bottom in spans:
        if filled_to < top <= len(codes):  # honest ranges do not overlap
            codes[top - 1 : bottom] = codes[top - 1]
            filled_to = bottom
    return Column(table.columns[column].cells, codes)
