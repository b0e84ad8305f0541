"""Two or more lists side by side on a sheet, whose headers are the same: each is read as a sheet of its own."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from returnplan.reading.cells import clean
from returnplan.reading.headers import Header
from returnplan.sheets.tables import Column, Table, part_of_sheet

_FEWEST_COLUMNS = 2
_FEWEST_LISTS = 2


def lists_beside(table: Table, header: Header) -> list[Table]:
    """Return the lists of a sheet from the left, nothing if its header does not repeat exactly.

    Their cells keep their letters and rows. What stands above the first list is said of each that has nothing above
    it in that line.
    """
    starts = _starts(header.labels)
    if not starts:
        return []
    stops = [*starts[1:], len(table.columns)]
    left = table.columns
    parts = []
    for number, (start, stop) in enumerate(zip(starts, stops, strict=True), start=1):
        own = table.columns[start if number > 1 else 0 : stop]
        if number > 1:
            own = _with_titles(own, left[starts[0] :], header.lines.start)
        parts.append(
            replace(
                table,
                sheet=part_of_sheet(table.sheet, f"第{number}栏") if number > 1 else table.sheet,
                first_column=table.first_column + (start if number > 1 else 0),
                columns=own,
            )
        )
    return parts


def _starts(labels: Sequence[str]) -> list[int]:
    """Return the first column of each list, nothing if the header is not made up of equal ones."""
    words = [clean(label) for label in labels]
    filled = [i for i, word in enumerate(words) if word]
    for num in range(len(filled) // _FEWEST_COLUMNS, _FEWEST_LISTS - 1, -1):
        size = len(filled) // num
        lists = [filled[i : i + size] for i in range(0, len(filled), size)]
        alike = {tuple((words[i], i - own[0]) for i in own) for own in lists}
        if len(lists) == num and len(alike) == 1:
            return [own[0] for own in lists]
    return []


def _with_titles(own: Sequence[Column], left: Sequence[Column], num_lines: int) -> tuple[Column, ...]:
    """Return the columns of a list with the first list's texts above the header, in lines where it has none."""
    is_without = np.array([all(column.codes[line] == 0 for column in own) for line in range(num_lines)], bool)
    columns = []
    for column, other in zip(own, left, strict=False):
        codes = column.codes.copy()
        told = other.codes[:num_lines]
        codes[:num_lines] = np.where(is_without & (told != 0), told + len(column.cells), codes[:num_lines])
        columns.append(Column([*column.cells, *other.cells], codes))
    return (*columns, *own[len(columns) :])
