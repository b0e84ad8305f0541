"""One sheet of a source file with its faults marked: same cells, same places, and a column of reasons."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl.utils.cell import coordinate_to_tuple

from returnplan.faults import Fault
from returnplan.pages import Grid, Style, style
from returnplan.pages.grid import Block
from returnplan.pages.page import Value
from returnplan.sheets.tables import Cell, MergedRange, Table
from returnplan.texts import Lang, Text

REASON = Text("退回原因", "Reason returned")
"""The header of the added column; the reader knows it and passes over it."""

_REASON_WIDTH = 70
_WIDTHS = range(6, 31)


def marked_copy(table: Table, header_row: int | None, faults: Sequence[Fault], lang: Lang) -> Grid:
    """Return the sheet as it was, its faulty cells marked, with a last column that says why.

    Parameters
    ----------
    table : the sheet as it was read
    header_row : Excel's number of the last row of its header, None for a sheet of no known kind
    faults : those of this sheet
    """
    reasons = _reasons(faults, lang)
    if header_row:
        reasons[header_row - 1] = REASON.say(lang)
    rows: list[list[Value]] = [
        [*_padding(table), *(_value(column[row]) for column in table.columns), reasons.get(row)]
        for row in range(table.num_rows)
    ]
    reason_column = table.first_column - 1 + len(table.columns)
    styles = _cell_styles(faults) | {(row, reason_column): style.REASON for row in reasons}
    widths = [*(_width(column) for column in list(zip(*rows, strict=True))[:-1]), _REASON_WIDTH]
    return Grid(
        table.sheet, widths, rows, styles, [_block(merged) for merged in table.merged], header_row or 0
    )


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
    parts = (fault.message.say(lang), fault.fix.say(lang))
    return Text(";", "; ").say(lang).join(part for part in parts if part)


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


def _padding(table: Table) -> list[Value]:
    return [None] * (table.first_column - 1)


def _value(cell: Cell) -> Value:
    if isinstance(cell, str):
        return cell or None
    return cell if isinstance(cell, float | int | date) else str(cell)


def _width(values: Sequence[Value]) -> float:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(max(longest * 1.6, _WIDTHS.start), _WIDTHS.stop)


def _block(merged: MergedRange) -> Block:
    first_row, first_column, last_row, last_column = merged
    return first_row - 1, first_column - 1, last_row - 1, last_column - 1
