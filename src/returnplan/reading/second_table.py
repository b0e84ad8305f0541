"""A second table below the first, with the same columns in another order, so the first header does not apply."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import clean, shown
from returnplan.reading.header_lines import SEARCHED_COLUMNS
from returnplan.reading.headers import Header
from returnplan.reading.layout import header_names
from returnplan.reading.names import Names
from returnplan.reading.not_read import id_number_in, num_people
from returnplan.reading.questions import KNOWN
from returnplan.reading.rows import lines_where, repeats_header
from returnplan.sheets.tables import Column, Table, cell_text

_FEWEST_WORDS = 3
_SHARE_OF_FIELDS = 0.5
_MARKS = " *:"


@dataclass(frozen=True)
class OneTable:
    """The table of a sheet that its header is about, and the people of other tables above and below it."""

    table: Table
    faults: tuple[Fault, ...]
    num_people_elsewhere: int


def one_table(table: Table, header: Header, names: Names) -> OneTable:
    """Return the lines of a sheet down to a second header; the people of other tables are named and counted.

    Above the header only ID numbers count, as the name and phone of a clerk there are a title.
    """
    faults = []
    cells = (column[line] for column in table.columns for line in range(header.line))
    num_above = len({id_number_in(cell) for cell in cells} - {""})
    if num_above:
        message = Text(
            f"取第 {header.line + 1} 行为表头，它上面还有 {num_above} 人，未读取",
            f"row {header.line + 1} was taken for the header; {num_above} people above it were not read",
        )
        faults.append(_fault(table, header.line, message))
    second = _second_header(table, header, names)
    if second is None:
        return OneTable(table, tuple(faults), num_above)
    num_below = num_people(_part(table, second + 1, table.num_rows))
    message = Text(
        f"第 {second + 1} 行又是一个表头，列的次序与上面的不同；从这一行起未读取，下面看来有 {num_below} 人",
        f"row {second + 1} is another header with its columns in another order; nothing from there on was read, "
        f"where {num_below} people seem to stand",
    )
    faults.append(_fault(table, second, message))
    return OneTable(_part(table, 0, second), tuple(faults), num_above + num_below)


def _second_header(table: Table, header: Header, names: Names) -> int | None:
    """Return the first line below the header that is a header again, with its words in other columns."""
    columns = table.columns[:SEARCHED_COLUMNS]
    known = _words_of(header.layout.kind)
    num_words = np.sum(
        [
            lines_where(
                column,
                lambda cell: isinstance(cell, str) and clean(cell).strip(_MARKS).casefold() in known,
            )
            for column in columns
        ],
        axis=0,
    )
    fewest = max(_FEWEST_WORDS, _SHARE_OF_FIELDS * header.num_fields)
    for line in np.flatnonzero((num_words >= fewest) & ~repeats_header(table, header)).tolist():
        if line > header.line:
            labels = [(cell_text(column[line]),) for column in columns]
            fields = names.fields(header.layout.kind, labels)
            is_otherwise = any(
                field and field != KNOWN and header.columns.get(field, i) != i
                for i, field in enumerate(fields)
            )
            if is_otherwise and not num_people(_part(table, line, line + 1)):
                return int(line)
    return None


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(clean(name).casefold() for names in header_names()[kind].values() for name in names)


def _part(table: Table, first: int, stop: int) -> Table:
    columns = tuple(Column(column.cells, column.codes[first:stop]) for column in table.columns)
    return replace(table, num_rows=stop - first, columns=columns)


def _fault(table: Table, line: int, message: Text) -> Fault:
    words = "、".join(filter(None, table.row_texts(line)))
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(0)}{line + 1}",
        shown(words),
        "second_table",
        message,
        Text(
            "请把第二张表放到单独的工作表，或按第一张表的列次序接在下面",
            "put the second table on a sheet of its own, or order its columns as those of the first",
        ),
    )
