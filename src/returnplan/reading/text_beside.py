"""Report what was not read beside the list of a sheet: words under no header, further people, rows that name nobody."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, clean, is_blank, shown, text
from returnplan.reading.headers import Header
from returnplan.reading.ids import id_number
from returnplan.reading.named_cells import fault_of_cells
from returnplan.reading.not_read import id_number_in
from returnplan.reading.others import may_stay_at_home, stays_at_home
from returnplan.reading.rows import example_lines, footers_with_words, lines_where, lost_words
from returnplan.reading.signup_sheet import companions, unnamed_companions
from returnplan.reading.signups import NOBODY
from returnplan.reading.without_row import NumberBeside, speaks_of_nobody_else
from returnplan.sheets.tables import Cell, Table, cell_text

_SHORT_NUMBER = re.compile(r"[-\d.,]{1,6}")  # a serial number without a header, a helper's 0 or 1

_EXAMPLE = Finding(
    NOBODY.code,
    Text("这一行是填写示例，没有采用", "this row is an example and was not used"),
    Text("如果不是示例，请删去“例”“示例”等字", "if it is none, delete the word that says example"),
    NOBODY.severity,
)
_FOOTER = Finding(
    "taken_for_footer",
    Text(
        "这一行当作合计、落款或说明，没有采用",
        "this row was taken for a total, a footer or a remark and not used",
    ),
    Text(
        "如果是要用的一行，请把这一格的字（如“小计”“填表人”）改掉或移到备注",
        "if it is to be used, reword this cell (such as 小计 or 填表人), or move it to the remarks",
    ),
    "warning",
)

Lines = npt.NDArray[np.intp]


@dataclass(frozen=True)
class TextBeside:
    """Text that was not read: the faults, and the number of further people that it names.

    ``numbers`` are ID numbers under 同行人, 备注 and other columns that are read: of people, if no row of any file has
    them.
    """

    faults: tuple[Fault, ...] = ()
    num_people: int = 0
    numbers: tuple[NumberBeside, ...] = ()


def text_beside(table: Table, header: Header, lines: Lines) -> TextBeside:
    """Return the words of the data lines in columns without a header, and the rows that may be a person.

    An ID number that no row has is an error on every line below the header; in a list of people it is one under a
    header that is not known, too (成员1身份证号), unless the header names somebody who stays at home, or relatives
    (配偶身份证号) and the row says that nobody travels along (同行人数 0).
    One under 同行人, 备注 and other columns that are read is kept for all files to be compared, unless the words speak
    of who stays at home, or the row's own number is none.
    A row that may be a person, and is not taken as one, has words only in columns that are not read, or is an example.
    """
    below = np.arange(header.line + 1, table.num_rows)
    faults: list[Fault] = []
    num_people = 0
    is_of_people = header.layout.kind in ("signups", "named")
    own = header.columns.get("id_number")
    numbers: list[NumberBeside] = []

    @cache
    def own_numbers() -> list[str]:
        return [_own_number(cell) for cell in table.columns[own].cells] if own is not None else []

    @cache
    def known() -> set[str]:
        as_written = table.columns[own].cells if own is not None else ()
        return {*own_numbers(), *(id_number_in(cell).upper() for cell in as_written)}

    def names_another(cell: Cell) -> bool:
        number = id_number_in(cell).upper()
        return number != "" and number not in known()

    def has_number(line: int) -> bool:
        return own is None or own_numbers()[table.columns[own].codes[line]] != ""

    fields = {index: field for field, index in header.columns.items()}
    for index, column in enumerate(table.columns):
        label = clean(header.labels[index]) if index < len(header.labels) else ""
        if is_of_people and index in fields and index != own:
            beside = _numbers_beside(table, index, fields[index], lines, names_another)
            numbers += (number for line, number in beside if has_number(line))
        is_unknown = is_of_people and index in header.unknown and not stays_at_home(label)
        if label and not is_unknown:
            continue
        is_person = lines_where(column, names_another)
        if label and may_stay_at_home(label):
            is_person &= ~_travels_alone(table, header)
        people = below[is_person[below]].tolist()
        num_people += len(people)
        if label:
            faults.extend(_fault(table, index, people, _person_under(label)))
            continue
        faults.extend(_fault(table, index, people, _PERSON))
        is_said = lines_where(
            column,
            lambda cell: text(cell) and not _SHORT_NUMBER.fullmatch(clean(cell)) and not names_another(cell),
        )
        words = lines[is_said[lines]].tolist()
        faults.extend(_fault(table, index, words, _WORDS))
    rows = [(line, header.columns["name"], _EXAMPLE) for line in example_lines(table, header)]
    if is_of_people:
        rows = [(line, index, NOBODY) for line, index in lost_words(table, header)] + rows
    rows += [(line, index, _FOOTER) for line, index in footers_with_words(table, header, lines)]
    for line, index, finding in rows:
        faults.append(_row_fault(table, line, index, finding))
    return TextBeside(tuple(faults), num_people, tuple(numbers))


def _own_number(cell: Cell) -> str:
    """Return the ID number in its own column, "" for one that is wrong."""
    try:
        return id_number(cell)
    except CellError:
        return ""


def _numbers_beside(
    table: Table, column: int, field: str, lines: Lines, names_another: Callable[[Cell], bool]
) -> Iterator[tuple[int, NumberBeside]]:
    """Yield the ID numbers of others in a column that is read, each with its line."""
    cells = table.columns[column]
    is_another = lines_where(
        cells, lambda cell: names_another(cell) and not speaks_of_nobody_else(clean(cell), field)
    )
    letters = table.letters(column)
    for line in lines[is_another[lines]].tolist():
        number = id_number_in(cells[line]).upper()
        value = shown(cells[line])
        yield line, NumberBeside(table.file, table.sheet, letters, f"{letters}{line + 1}", value, number)


def _travels_alone(table: Table, header: Header) -> npt.NDArray[np.bool_]:
    """Return the lines that say that nobody travels along; a blank cell says nothing."""
    if "num_companions" not in header.columns:
        return np.zeros(table.num_rows, dtype=bool)
    return lines_where(table.columns[header.columns["num_companions"]], _says_nobody)


def _says_nobody(cell: Cell) -> bool:
    try:
        return not is_blank(cell) and not companions(cell) and unnamed_companions(cell) == 0
    except CellError:
        return False


_WORDS = Finding(
    "no_header",
    Text("有内容，但上面没有列名，未采用", "say something, but stand under no header and were not used"),
    Text(
        "如需采用，请在表头补上列名，或移到有列名的列（CSV 请检查多出来的逗号）",
        "if it is needed, give the column a header or move it under one (in a CSV, look for a comma too many)",
    ),
    "warning",
)
_PERSON = Finding(
    "no_header",
    Text(
        "写着表里没有的身份证号码，但上面没有列名，这个人没有读进来",
        "hold an ID number that no row has, but stand under no header: that person was not read",
    ),
    Text("如果是另一个人，请另起一行填写", "give the person a row of their own"),
)
_RELATIVE_FIX = Text(
    "一起走的，另起一行填写；留在家里的，列名改成“留守{label}”，或在“同行人数”填 0",
    "give who travels a row of their own; of who stays at home, call the column 留守{label}, or write 0 under 同行人数",
)


def _person_under(label: str) -> Finding:
    return Finding(
        "unknown_column",
        Text(
            f"写着表里没有的身份证号码，但“{label}”是不认识的列，这个人没有读进来",
            f"hold an ID number that no row has, but the column '{label}' is not known: that person was not read",
        ),
        _RELATIVE_FIX.with_values(label=label) if may_stay_at_home(label) else _PERSON.fix,
    )


def _row_fault(table: Table, line: int, column: int, finding: Finding) -> Fault:
    """Return a finding about a row, at one of its cells."""
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(column)}{line + 1}",
        cell_text(table.columns[column][line]),
        finding.code,
        finding.message,
        finding.fix,
        finding.severity,
    )


def _fault(table: Table, column: int, lines: list[int], finding: Finding) -> Iterator[Fault]:
    """Yield one fault for the cells of a column; it names the first cell."""
    if lines:
        cells = [f"{table.letters(column)}{line + 1}" for line in lines]
        value = shown(table.columns[column][lines[0]])
        yield fault_of_cells(table.file, table.sheet, cells, value, finding)
