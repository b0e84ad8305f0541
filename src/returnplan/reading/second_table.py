"""A second table below the first, with the same columns in another order, so the first header does not apply."""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache, partial

import numpy as np

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import clean, shown
from returnplan.reading.headers import SEARCHED_COLUMNS, Header
from returnplan.reading.layout import header_names
from returnplan.reading.names import Names
from returnplan.reading.not_read import id_number_in, num_people
from returnplan.reading.questions import KNOWN
from returnplan.reading.rows import lines_where
from returnplan.sheets.tables import Cell, Column, Table, cell_text

_FEWEST_WORDS = 3
_SHARE_OF_FIELDS = 0.5
_MARKS = " *:"


def second_header(table: Table, header: Header, names: Names) -> int | None:
    """Return the first line below the header that is a header again, with its words in other columns."""
    columns = table.columns[:SEARCHED_COLUMNS]
    known = _words_of(header.layout.kind)
    num_words = np.sum([lines_where(column, partial(_is_header_word, known)) for column in columns], axis=0)
    fewest = max(_FEWEST_WORDS, _SHARE_OF_FIELDS * header.num_fields)
    for line in np.flatnonzero(num_words >= fewest).tolist():
        labels = [cell_text(column[line]) for column in columns]
        if (
            line > header.line
            and _is_otherwise(labels, header, names)
            and not num_people(_part(table, line, line + 1))
        ):
            return int(line)
    return None


def _is_header_word(known: Set[str], cell: Cell) -> bool:
    return isinstance(cell, str) and clean(cell).strip(_MARKS).casefold() in known


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(clean(name).casefold() for names in header_names()[kind].values() for name in names)


def _is_otherwise(labels: Sequence[str], header: Header, names: Names) -> bool:
    """Return whether a line has a field of the header in another column."""
    fields = names.fields(header.layout.kind, [(label,) for label in labels])
    told = [(field, i) for i, field in enumerate(fields) if field and field != KNOWN]
    return any(header.columns.get(field, i) != i for field, i in told)


def above(table: Table, line: int) -> Table:
    """Return the lines of a table above one."""
    return _part(table, 0, line)


def _part(table: Table, first: int, stop: int) -> Table:
    columns = tuple(Column(column.cells, column.codes[first:stop]) for column in table.columns)
    return replace(table, num_rows=stop - first, columns=columns)


def num_people_below(table: Table, line: int) -> int:
    """Return the probable number of people below a line."""
    return num_people(_part(table, line + 1, table.num_rows))


def num_people_above(table: Table, line: int) -> int:
    """Return the number of people with an ID number above a line; the name and phone of a clerk are a title."""
    upper = above(table, line)
    return len(
        {id_number_in(cell) for column in upper.columns for cell in map(column.__getitem__, range(line))}
        - {""}
    )


def lower_table_fault(table: Table, line: int) -> Fault:
    """Return the fault of a second header, below which nothing is read."""
    num = num_people_below(table, line)
    message = Text(
        f"第 {line + 1} 行又是一个表头，列的次序与上面的不同；从这一行起未读取，下面看来有 {num} 人",
        f"row {line + 1} is another header with its columns in another order; nothing from there on was read, "
        f"where {num} people seem to stand",
    )
    return _fault(table, line, message)


def upper_table_fault(table: Table, line: int) -> Fault:
    """Return the fault of people above the header line."""
    num = num_people_above(table, line)
    message = Text(
        f"取第 {line + 1} 行为表头，它上面还有 {num} 人，未读取",
        f"row {line + 1} was taken for the header; {num} people above it were not read",
    )
    return _fault(table, line, message)


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
