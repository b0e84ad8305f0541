"""One sheet: which kind it is, what its rows say, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from returnplan.model.faults import Fault, Severity
from returnplan.model.intake import SheetReport
from returnplan.model.records import SheetKind
from returnplan.model.texts import NO_TEXT, Text
from returnplan.reading.demand_sheet import demand_sheet
from returnplan.reading.fleet_sheet import fleet_sheet
from returnplan.reading.headers import LEARNT, Header, find_header, header_faults, is_readable
from returnplan.reading.layout import Layout
from returnplan.reading.named_sheet import named_sheet
from returnplan.reading.names import Names
from returnplan.reading.no_header import unheaded
from returnplan.reading.not_read import labels_of, num_people
from returnplan.reading.parsed import parse_sheet
from returnplan.reading.place_sheets import distance_sheet, pickup_sheet, place_sheet
from returnplan.reading.rows import example_lines, lost_words
from returnplan.reading.second_table import (
    above,
    lower_table_fault,
    num_people_above,
    num_people_below,
    second_header,
    upper_table_fault,
)
from returnplan.reading.signup_sheet import signup_sheet
from returnplan.reading.signups import NOBODY, SignUps, read_signups
from returnplan.reading.small_sheets import Records, read_records
from returnplan.sheets.tables import Table, cell_text

if TYPE_CHECKING:
    from returnplan.reading.chain import Chain

INSTRUCTIONS = Text("填写说明", "Instructions")
LETTER = Text("退回说明", "Please correct")
_EXAMPLE = (
    Text("这一行是填写示例，未作为报名", "this row is an example and was not taken as a sign-up"),
    Text("如果是一个人，请删去“例”“示例”等字", "if it is a person, delete the word that says example"),
)
EXPLAINING = (*INSTRUCTIONS, *LETTER)
"""Our own sheets that explain a form or a return; they are skipped without a note."""


@dataclass(frozen=True)
class SheetOutcome:
    """The result of one sheet; ``header`` and ``content`` are None if it was not read."""

    report: SheetReport
    faults: tuple[Fault, ...] = ()
    header: Header | None = None
    content: SignUps | Records | None = None

    @property
    def is_readable(self) -> bool:
        """Whether the sheet was understood well enough to take rows from it."""
        return self.header is not None and is_readable(self.header)

    @property
    def is_understood(self) -> bool:
        """Whether the sheet was recognised, as some kind of sheet or as our own explanation."""
        return self.header is not None or (self.report.sheet in EXPLAINING and not self.faults)

    def as_error(self) -> "SheetOutcome":
        """Return the outcome with errors instead of warnings, for a file of which no sheet was recognised."""
        return replace(self, faults=tuple(replace(fault, severity="error") for fault in self.faults))


def layouts(year: int | None, kind: SheetKind | None = None) -> tuple[Layout, ...]:
    """Return how each kind of sheet is read, or the one kind asked for; ``year`` completes dates."""
    every = (
        signup_sheet(year),
        demand_sheet(year),
        fleet_sheet(year),
        place_sheet(),
        distance_sheet(year),
        pickup_sheet(),
        named_sheet(),
    )
    return tuple(layout for layout in every if kind in (None, layout.kind))


def read_sheet(table: Table, choices: Sequence[Layout], names: Names, year: int | None) -> SheetOutcome:
    """Recognise and read a sheet; all that is wrong with it is a fault, never an exception."""
    if table.is_hidden:
        return _hidden(table)
    headers = find_header(table, choices, names)
    if _only_explains(table, headers):
        return SheetOutcome(SheetReport(table.file, table.sheet, None, None, 0, 0))
    if not any(map(is_readable, headers)) and (chain := _chain(table, choices, names, year)):
        people = read_signups(chain.people, year)
        report = _report(table, chain.people.header, people.num_rows, people.num_accepted)
        return SheetOutcome(report, chain.faults + people.faults, chain.people.header, people)
    if len(headers) != 1:
        return _unrecognised(table, headers)
    header = headers[0]
    faults = tuple(header_faults(table, header))
    if not is_readable(header) and not _lists_people(header):
        return SheetOutcome(replace(_report(table, header), not_read=num_people(table)), faults, header)
    not_read = num_people_above(table, header.line)
    faults = (*faults, *([upper_table_fault(table, header.line)] if not_read else []))
    second = second_header(table, header, names)
    if second is not None:
        faults = (*faults, lower_table_fault(table, second))
        not_read += num_people_below(table, second)
        table = above(table, second)
    parsed = parse_sheet(table, header)
    content = read_signups(parsed, year) if header.layout.kind == "signups" else read_records(parsed)
    outside = unheaded(table, header, parsed.lines)
    report = _report(table, header, content.num_rows, content.num_accepted)
    report = replace(report, not_read=outside.num_people + not_read)
    faults = (*faults, *outside.faults, *_lost(table, header), *content.faults)
    return SheetOutcome(report, faults, header, content)


def _lost(table: Table, header: Header) -> Iterator[Fault]:
    """Yield a warning for each row that may be a person but is not taken as one.

    The row has words only in columns that are not read, or it is an example.
    """
    for line, column in lost_words(table, header) if header.layout.kind in ("signups", "named") else ():
        value = cell_text(table.columns[column][line])
        cell = f"{table.letters(column)}{line + 1}"
        yield Fault(
            table.file, table.sheet, cell, value, NOBODY.code, NOBODY.message, NOBODY.fix, NOBODY.severity
        )
    for line in example_lines(table, header) if header.layout.kind in ("signups", "named") else ():
        column = header.columns["name"]
        value = cell_text(table.columns[column][line])
        cell = f"{table.letters(column)}{line + 1}"
        yield Fault(table.file, table.sheet, cell, value, NOBODY.code, *_EXAMPLE, NOBODY.severity)


def _chain(table: Table, choices: Sequence[Layout], names: Names, year: int | None) -> "Chain | None":
    from returnplan.reading.chain import read_chain  # loaded when a sheet has no header of ours

    layout = next((layout for layout in choices if layout.kind == "signups"), None)
    return read_chain(table, layout, names, year) if layout else None


def _only_explains(table: Table, headers: Sequence[Header]) -> bool:
    """Return whether a sheet has one of our names and contains no list: forms have examples, letters quote rows."""
    if table.sheet not in EXPLAINING or any(h.layout.kind == "signups" and is_readable(h) for h in headers):
        return False
    return table.sheet in LETTER or num_people(table) <= 1


def _lists_people(header: Header) -> bool:
    """Return whether the rows of an incomplete sign-up sheet are still people, each of them faulty.

    If two lists stand side by side, all columns are doubled and a row is not one person.
    """
    not_used = [group for group in header.layout.needs if header.columns.keys().isdisjoint(group)]
    return header.layout.kind == "signups" and len(not_used) <= 1


def _report(table: Table, header: Header, num_rows: int = 0, num_accepted: int = 0) -> SheetReport:
    return SheetReport(
        table.file,
        table.sheet,
        header.layout.kind,
        header.line + 1 or None,  # a chat's 接龙 may begin in the first line
        num_rows,
        num_accepted,
        tuple((field, table.letters(column)) for field, column in header.columns.items()),
    )


def _unrecognised(table: Table, headers: Sequence[Header]) -> SheetOutcome:
    if table.num_rows == 0:  # an empty Sheet2
        return _not_read(table, 0)
    num = num_people(table)
    fault = _ambiguous(headers) if headers else _unknown(table, num)
    return _not_read(table, num, Fault(table.file, table.sheet, "", "", *fault))


def _hidden(table: Table) -> SheetOutcome:
    """Return a fault if a hidden sheet seems to contain people; other hidden sheets only cause a note."""
    num = num_people(table)
    if not num:
        return _not_read(table, 0)
    message = Text(
        f"隐藏的工作表未读取，里面看来有 {num} 人",
        f"this hidden sheet was not read; it seems to hold {num} people",
    )
    fix = Text("如需读取请取消隐藏，否则请删去", "unhide it if they travel, else delete it")
    return _not_read(table, num, Fault(table.file, table.sheet, "", "", "hidden_sheet", message, fix))


def _not_read(table: Table, num: int, *faults: Fault) -> SheetOutcome:
    return SheetOutcome(SheetReport(table.file, table.sheet, None, None, 0, 0, not_read=num), faults)


def _unknown(table: Table, num: int) -> tuple[str, Text, Text, Severity]:
    labels = labels_of(table)
    seen = Text("看到的列名：" + "、".join(labels), "its header says: " + ", ".join(labels))
    seen = seen if labels else Text("没有找到列名", "it has no header")
    people = Text(f"，里面看来有 {num} 人", f", and it seems to hold {num} people") if num else NO_TEXT
    return (
        "unknown_sheet",
        Text(
            f"看不出这张表是什么，未读取{people.zh}；{seen.zh}",
            f"this sheet is of no known kind and was not read{people.en}; {seen.en}",
        ),
        _NEEDED,
        "error" if num else "warning",
    )


_NEEDED = Text(
    f"报名表需要“姓名、身份证号码、务工城市”等列名，请照此改列名；{LEARNT.zh}",
    f"a sign-up sheet needs the columns name, ID number, city: call them so; {LEARNT.en}",
)


def _ambiguous(headers: Sequence[Header]) -> tuple[str, Text, Text]:
    kinds = "、".join(header.layout.kind for header in headers)
    return (
        "ambiguous_sheet",
        Text(f"这张表可能是几种表（{kinds}），未读取", f"this sheet may be any of {kinds}; it was not read"),
        Text(
            "请用 --demand、--fleet、--places、--distances 指明",
            "name it with --demand, --fleet, --places or --distances",
        ),
    )
