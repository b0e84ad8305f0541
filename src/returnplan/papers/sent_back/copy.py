"""One sheet of a source file with its faults marked: same cells, same places, and a column of reasons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
from openpyxl.utils.cell import coordinate_to_tuple

from returnplan.model.faults import Fault
from returnplan.model.texts import Lang, Text
from returnplan.papers.pages import Grid, Style, style
from returnplan.papers.pages.limits import MOST_COLUMNS, MOST_ROWS
from returnplan.papers.pages.page import Block, Value
from returnplan.papers.pages.paper import num_digits
from returnplan.sheets.tables import Cell, Table, cell_text

REASON = Text("退回原因", "Reason returned")
"""The header of the added column; the reader knows it and passes over it."""

_REASON_WIDTH = 40
_WIDTHS = range(5, 31)
_INDENT = 1.5
_MOST_OF_A_NOTE = 2
"""A row with no more cells is a title or a footer: its text may flow over the columns beside it."""
_NO_CELLS = np.zeros((0, 0), dtype=bool)


def has_room(table: Table) -> bool:
    """Return whether a sheet of Excel can hold the copy: a CSV may be longer."""
    return table.num_rows <= MOST_ROWS


def marked_copy(table: Table, header_row: int | None, faults: Sequence[Fault], lang: Lang) -> Grid:
    """Return the sheet as it was, its faulty cells marked, with a column that says why.

    The reasons stand in the last column, or take the place of those of the last time. A sheet that uses every
    column of Excel has no room for them; the letter before it says all of them.

    Parameters
    ----------
    table : the sheet as it was read, one that :func:`has_room`
    header_row : Excel's number of the last row of its header, None for a sheet of no known kind
    faults : those of this sheet
    """
    reasons = _reasons(faults, lang)
    if header_row:
        reasons[header_row - 1] = REASON.say(lang)
    labels = table.row_texts(header_row - 1) if header_row else []
    before = next((column for column, label in enumerate(labels) if label.strip() in REASON), None)
    at = table.first_column - 1 + (len(table.columns) if before is None else before)
    rows = [_row(table, row) for row in range(table.num_rows)]
    widths = [
        *[_WIDTHS.start] * (table.first_column - 1),
        *_widths(table),
    ]
    styles = _cell_styles(faults)
    if at < MOST_COLUMNS:
        for row, values in enumerate(rows):
            values[at : at + 1] = [reasons.get(row)]
        widths[at : at + 1] = [_REASON_WIDTH]
        styles |= {(row, at): style.REASON for row in reasons}
    return Grid(table.sheet, widths, rows, styles, list(_joined(table, before)), header_row or 0)


def _row(table: Table, row: int) -> list[Value]:
    return [*[None] * (table.first_column - 1), *(_value(column[row]) for column in table.columns)]


def _reasons(faults: Iterable[Fault], lang: Lang) -> dict[int, str]:
    """Return row (from 0) -> what is wrong in it."""
    words: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        if fault.cell:
            row, _ = _place(fault)
            words[row].append(f"{fault.cell} {say_fault(fault, lang)}")
    return {row: "\n".join(dict.fromkeys(lines)) for row, lines in words.items()}


def say_fault(fault: Fault, lang: Lang) -> str:
    """Return what is wrong and how to mend it."""
    message, fix = fault.message.say(lang), fault.fix.say(lang)
    if not fix:
        return message
    between = Text("", " ") if message.endswith(("？", "?")) else Text("；", "; ")
    return f"{message}{between.say(lang)}{fix}"


def _cell_styles(faults: Iterable[Fault]) -> dict[tuple[int, int], Style]:
    """Return the look of faulty cells; of two findings the worse one counts."""
    looks = {"error": style.WRONG, "warning": style.DOUBTFUL}
    worst_last = sorted(
        (fault for fault in faults if fault.cell), key=lambda fault: fault.severity == "error"
    )
    return {_place(fault): looks[fault.severity] for fault in worst_last}


def _place(fault: Fault) -> tuple[int, int]:
    row, column = coordinate_to_tuple(fault.cell)
    return row - 1, column - 1


def _value(cell: Cell) -> Value:
    if isinstance(cell, str):
        return cell or None
    return cell if isinstance(cell, float | int | date) else cell_text(cell)


def _widths(table: Table) -> list[float]:
    """Return how wide each column must be for what its rows hold."""
    is_row = _is_filled(table).sum(axis=1) > _MOST_OF_A_NOTE
    longest = (
        max(
            (num_digits(cell_text(column.cells[code])) for code in np.unique(column.codes[is_row])), default=0
        )
        for column in table.columns
    )
    return [min(max(digits + _INDENT, _WIDTHS.start), _WIDTHS.stop) for digits in longest]


def _is_filled(table: Table) -> "npt.NDArray[np.bool_]":
    """Return which cells of a sheet hold something."""
    columns = [column.codes != 0 for column in table.columns]
    return np.column_stack(columns) if columns else _NO_CELLS


def _joined(table: Table, reason_column: int | None) -> Iterator[Block]:
    """Yield the merged blocks that the copy can have: on its cells, more than one, in no other block.

    A file may say anything: blocks that overlap, run backwards, or reach down to the last row of Excel. A block
    with more than its first cell filled is left apart, for merging would wipe out the others.
    """
    first, last = table.first_column, table.first_column + len(table.columns) - 1
    is_filled = _is_filled(table)
    is_taken = np.zeros_like(is_filled)
    if reason_column is not None:
        is_taken[:, reason_column] = True
    for one_row, one_column, other_row, other_column in table.merged:
        top, bottom = max(min(one_row, other_row), 1), min(max(one_row, other_row), table.num_rows)
        left, right = max(min(one_column, other_column), first), min(max(one_column, other_column), last)
        block = np.s_[max(top - 1, 0) : max(bottom, 0), max(left - first, 0) : max(right - first + 1, 0)]
        if is_taken[block].size > 1 and not is_taken[block].any() and is_filled[block].ravel()[1:].sum() == 0:
            is_taken[block] = True
            yield top - 1, left - 1, bottom - 1, right - 1
