"""A second table on the sheet, to which its header does not apply: in another order, or of another kind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from returnplan.model.faults import Fault
from returnplan.model.texts import NO_TEXT, Text
from returnplan.reading.cells import clean, shown
from returnplan.reading.header_lines import SEARCHED_COLUMNS, HeaderLines
from returnplan.reading.headers import Header, is_readable, matched
from returnplan.reading.layout import Layout, header_names
from returnplan.reading.names import Names
from returnplan.reading.not_read import id_number_in, num_people
from returnplan.reading.questions import KNOWN
from returnplan.reading.rows import repeats_header
from returnplan.sheets.tables import Column, Table, cell_text

_FEWEST_WORDS = 3
_SHARE_OF_FIELDS = 0.5
_FEWEST_WORDS_OF_ANOTHER = 2
_MARKS = " *:"
_APART = Text("请把第二张表放到单独的工作表", "put the second table on a sheet of its own")
_APART_OR_ALIKE = Text(
    "请把第二张表放到单独的工作表，或按第一张表的列次序接在下面",
    "put the second table on a sheet of its own, or order its columns as those of the first",
)


@dataclass(frozen=True)
class OneTable:
    """The table of a sheet that its header is about, and the people of other tables above and below it."""

    table: Table
    faults: tuple[Fault, ...]
    num_people_elsewhere: int


def one_table(table: Table, header: Header, choices: Sequence[Layout], names: Names) -> OneTable:
    """Return the lines of a sheet down to a second header; the people of other tables are named and counted.

    Above the header without another one there, only ID numbers count: the name and phone of a clerk are a title.

    Parameters
    ----------
    choices : the kinds of tables that may stand on the sheet
    """
    words = [_header_words(column) for column in table.columns[:SEARCHED_COLUMNS]]
    others = _other_headers(table, header, choices, names, words)
    faults = []
    first = header.lines.start
    upper = next((line for line in others if line < first), None)
    if upper is not None:
        num_above = num_people(_part(table, upper + 1, first))
        message = Text(
            f"取第 {header.line + 1} 行为表头；第 {upper + 1} 行是另一种表的表头，那张表未读取{_people(num_above).zh}",
            f"row {header.line + 1} was taken for the header; row {upper + 1} is that of a table of another kind, "
            f"which was not read{_people(num_above).en}",
        )
        faults.append(_fault(table, upper, message, _APART))
    else:
        cells = (column[line] for column in table.columns for line in range(header.line))
        num_above = len({id_number_in(cell) for cell in cells} - {""})
        if num_above:
            message = Text(
                f"取第 {header.line + 1} 行为表头，它上面还有 {num_above} 人，未读取",
                f"row {header.line + 1} was taken for the header; {num_above} people above it were not read",
            )
            faults.append(_fault(table, header.line, message, _APART_OR_ALIKE))
    second = _second_header(table, header, names, words)
    lower = next((line for line in others if line > header.line), None)
    if second is None and lower is None:
        return OneTable(table, tuple(faults), num_above)
    stop = min(line for line in (second, lower) if line is not None)
    num_below = num_people(_part(table, stop + 1, table.num_rows))
    if stop == second:
        message = Text(
            f"第 {stop + 1} 行又是一个表头，列的次序与上面的不同；从这一行起未读取，下面看来有 {num_below} 人",
            f"row {stop + 1} is another header with its columns in another order; nothing from there on was read, "
            f"where {num_below} people seem to stand",
        )
        faults.append(_fault(table, stop, message, _APART_OR_ALIKE))
    else:
        message = Text(
            f"第 {stop + 1} 行是另一种表的表头；从这一行起未读取{_people(num_below).zh}",
            f"row {stop + 1} is the header of a table of another kind; nothing from there on was read"
            f"{_people(num_below).en}",
        )
        faults.append(_fault(table, stop, message, _APART))
    return OneTable(_part(table, 0, stop), tuple(faults), num_above + num_below)


def _people(num: int) -> Text:
    return Text(f"，看来有 {num} 人", f"; {num} people seem to stand there") if num else NO_TEXT


def _other_headers(
    table: Table, header: Header, choices: Sequence[Layout], names: Names, words: Sequence[dict[int, str]]
) -> list[int]:
    """Return the lines that are the complete header of a table of another kind than that of the sheet."""
    kinds = [layout for layout in choices if layout.kind != header.layout.kind]
    columns = table.columns[:SEARCHED_COLUMNS]
    known = frozenset[str]().union(*(_words_of(layout.kind) for layout in kinds))
    found = np.flatnonzero(
        (_num_words(columns, words, known) >= _FEWEST_WORDS_OF_ANOTHER) & ~repeats_header(table, header)
    )
    others = []
    for line in found.tolist():
        if line in header.lines:
            continue
        lines = HeaderLines(line, line, [(cell_text(column[line]),) for column in columns])
        is_own = is_readable(matched(header.layout, names, lines, table))
        is_other = any(is_readable(matched(layout, names, lines, table)) for layout in kinds)
        if is_other and not is_own and not num_people(_part(table, line, line + 1)):
            others.append(line)
    return others


def _second_header(table: Table, header: Header, names: Names, words: Sequence[dict[int, str]]) -> int | None:
    """Return the first line below the header that is a header again, with its words in other columns."""
    columns = table.columns[:SEARCHED_COLUMNS]
    num_words = _num_words(columns, words, _words_of(header.layout.kind))
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


def _header_words(column: Column) -> dict[int, str]:
    """Return the cells of a column, by code, that are a header of any kind; each is tested once."""
    any_kind = _words_of_any()
    told = ((code, cell) for code, cell in enumerate(column.cells) if isinstance(cell, str) and cell)
    words = ((code, clean(cell).strip(_MARKS).casefold()) for code, cell in told)
    return {code: word for code, word in words if word in any_kind}


def _num_words(
    columns: Sequence[Column], words: Sequence[dict[int, str]], known: frozenset[str]
) -> npt.NDArray[np.intp]:
    """Return how many headers, of those ``known``, each line holds; ``words`` are the headers of each column."""
    num_words = np.zeros(len(columns[0].codes), dtype=np.intp)
    for column, found in zip(columns, words, strict=True):
        is_known = np.zeros(len(column.cells), dtype=bool)
        is_known[[code for code, word in found.items() if word in known]] = True
        num_words += is_known[column.codes]
    return num_words


@cache
def _words_of_any() -> frozenset[str]:
    return frozenset[str]().union(*map(_words_of, header_names()))


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(clean(name).casefold() for names in header_names()[kind].values() for name in names)


def _part(table: Table, first: int, stop: int) -> Table:
    columns = tuple(Column(column.cells, column.codes[first:stop]) for column in table.columns)
    return replace(table, num_rows=stop - first, columns=columns)


def _fault(table: Table, line: int, message: Text, fix: Text) -> Fault:
    words = "、".join(filter(None, table.row_texts(line)))
    cell = f"{table.letters(0)}{line + 1}"
    return Fault(table.file, table.sheet, cell, shown(words), "second_table", message, fix)
