"""Report words in columns without a header, because they are not read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from returnplan.model.faults import Fault, Severity
from returnplan.model.texts import Text
from returnplan.reading.cells import clean, shown, text
from returnplan.reading.headers import Header
from returnplan.reading.not_read import id_number_in
from returnplan.reading.rows import lines_where
from returnplan.sheets.tables import Cell, Table

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
    own = header.columns.get("id_number")
    known = {id_number_in(cell) for cell in (table.columns[own].cells if own is not None else ())}

    def names_another(cell: Cell) -> bool:
        return id_number_in(cell) not in ("", *known)

    def says_something(cell: Cell) -> bool:
        return bool(text(cell)) and not _SHORT_NUMBER.fullmatch(clean(cell)) and not names_another(cell)

    for index, column in enumerate(table.columns):
        if index < len(header.labels) and clean(header.labels[index]):
            continue
        people = below[lines_where(column, names_another)[below]].tolist()
        num_people += len(people)
        faults.extend(_fault(table, index, people, _PERSON, "error"))
        words = lines[lines_where(column, says_something)[lines]].tolist()
        faults.extend(_fault(table, index, words, _WORDS, "warning"))
    return Unheaded(tuple(faults), num_people)


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
