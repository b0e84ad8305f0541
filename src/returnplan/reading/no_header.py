"""Report words in columns without a header, because they are not read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from returnplan.model.faults import Fault, Severity
from returnplan.model.texts import Text
from returnplan.reading.cells import clean, shown, text
from returnplan.reading.headers import Header
from returnplan.reading.not_read import id_number_in
from returnplan.sheets.tables import Cell, Column, Table

_SHORT_NUMBER = re.compile(r"[-\d.,]{1,6}")  # a serial number without a header, a helper's 0 or 1
_NAMED_CELLS = 5

Lines = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Unheaded:
    """Words without a header: the faults, and the number of further people that they name."""

    faults: tuple[Fault, ...] = ()
    num_people: int = 0


def unheaded(table: Table, header: Header, lines: Lines) -> Unheaded:
    """Return the words of the data lines in columns without a header.

    An ID number that no row has is an error on every line below the header.
    """
    below = np.arange(header.line + 1, table.num_rows)
    faults: list[Fault] = []
    num_people = 0
    known = _id_numbers_of_rows(table, header)

    def names_another(cell: Cell) -> bool:
        return id_number_in(cell) not in ("", *known)

    def says_something(cell: Cell) -> bool:
        return bool(text(cell)) and not _SHORT_NUMBER.fullmatch(clean(cell)) and not names_another(cell)

    for column in _columns_without_header(table, header):
        people = _lines_where(table.columns[column], below, names_another)
        num_people += len(people)
        faults.extend(_fault(table, column, people, _PERSON, "error"))
        words = _lines_where(table.columns[column], lines, says_something)
        faults.extend(_fault(table, column, words, _WORDS, "warning"))
    return Unheaded(tuple(faults), num_people)


def _id_numbers_of_rows(table: Table, header: Header) -> frozenset[str]:
    column = header.columns.get("id_number")
    cells = table.columns[column].cells if column is not None else []
    return frozenset(map(id_number_in, cells))


def _columns_without_header(table: Table, header: Header) -> Iterator[int]:
    for column in range(len(table.columns)):
        if column >= len(header.labels) or not clean(header.labels[column]):
            yield column


def _lines_where(column: Column, lines: Lines, holds: Callable[[Cell], bool]) -> list[int]:
    answers = np.fromiter(map(holds, column.cells), dtype=bool, count=len(column.cells))
    found: list[int] = lines[answers[column.codes[lines]]].tolist()
    return found


_WORDS = (
    Text("有内容，但上面没有列名，未采用", "say something, but stand under no header and were not used"),
    Text(
        "如需采用，请在表头补上列名，或移到有列名的列（CSV 请检查多出来的逗号）",
        "if it is needed, give the column a header or move it under one (in a CSV, look for a comma too many)",
    ),
)
_PERSON = (
    Text(
        "写着表里没有的身份证号码，但上面没有列名，这个人没有读进来",
        "hold an ID number that no row has, but stand under no header: that person was not read",
    ),
    Text("如果是另一个人，请另起一行填写", "give the person a row of their own"),
)


def _fault(
    table: Table, column: int, lines: list[int], words: tuple[Text, Text], severity: Severity
) -> Iterator[Fault]:
    """Yield one fault for the cells of a column; it names the first cell."""
    if lines:
        cells = [f"{table.letters(column)}{line + 1}" for line in lines]
        named = "、".join(cells[:_NAMED_CELLS])
        more_zh = f" 等 {len(cells)} 格" if len(cells) > _NAMED_CELLS else ""
        more_en = f" and others, {len(cells)} cells in all," if len(cells) > _NAMED_CELLS else ""
        message, fix = words
        yield Fault(
            table.file,
            table.sheet,
            cells[0],
            shown(table.columns[column][lines[0]]),
            "no_header",
            Text(f"{named}{more_zh}{message.zh}", f"{named}{more_en} {message.en}"),
            fix,
            severity,
        )
