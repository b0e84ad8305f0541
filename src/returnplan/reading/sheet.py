"""One sheet: which kind it is, what its rows say, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from returnplan.model.faults import Fault, Severity
from returnplan.model.intake import SheetReport
from returnplan.model.records import SheetKind
from returnplan.model.texts import NO_TEXT, Text
from returnplan.reading.couples import couples_apart, names_a_spouse
from returnplan.reading.day_in_title import day_in_title
from returnplan.reading.driver_list import DRIVERS_LIST, driver_list_fault
from returnplan.reading.employer_sheets import demand_sheet, named_sheet
from returnplan.reading.fleet_sheet import fleet_sheet
from returnplan.reading.header_lines import SEARCHED_ROWS
from returnplan.reading.headers import LEARNT, Header, find_header, header_faults, is_readable, said_of
from returnplan.reading.layout import DAYS, KIND_NAMES, Layout
from returnplan.reading.lists_beside import lists_beside
from returnplan.reading.names import Names
from returnplan.reading.not_read import labels_of, num_people
from returnplan.reading.one_person import FORM_OF_ONE_PERSON, is_form_of_one_person
from returnplan.reading.other_year import days_of_other_year, title_of_other_year
from returnplan.reading.parsed import parse_sheet
from returnplan.reading.place_sheets import distance_sheet, pickup_sheet, place_sheet
from returnplan.reading.questions import KNOWN
from returnplan.reading.quotation import is_quotation
from returnplan.reading.rail_sheet import rail_sheet
from returnplan.reading.second_table import one_table
from returnplan.reading.signup_sheet import signup_sheet
from returnplan.reading.signups import SignUps, read_signups
from returnplan.reading.small_sheets import Records, read_records
from returnplan.reading.text_beside import text_beside
from returnplan.reading.told_above import with_told_above
from returnplan.reading.without_row import NumberBeside
from returnplan.sheets.tables import Table

INSTRUCTIONS = Text("填写说明", "Instructions")
LETTER = Text("退回说明", "Please correct")
EXPLAINING = (*INSTRUCTIONS, *LETTER)
"""Our own sheets that explain a form or a return; they are skipped without a note."""


@dataclass(frozen=True)
class SheetOutcome:
    """The result of one sheet, which may travel to another process.

    Parameters
    ----------
    labels : the headers of its known columns as written
    is_readable : it was understood well enough to take rows from it
    content : None if it was not read
    numbers_beside : ID numbers of others in its cells: people who were not read, if no row of any file has them
    titles, folder : what stands above the header of a list of people, and the name of the folder of its file
    """

    report: SheetReport
    faults: tuple[Fault, ...] = ()
    labels: tuple[str, ...] = ()
    is_readable: bool = False
    content: SignUps | Records | None = None
    numbers_beside: tuple[NumberBeside, ...] = ()
    titles: tuple[str, ...] = ()
    folder: str = ""

    @property
    def is_understood(self) -> bool:
        """Whether the sheet was recognised, as some kind of sheet or as our own explanation."""
        return self.report.kind is not None or (self.report.sheet in EXPLAINING and not self.faults)


def layouts(year: int | None, kind: SheetKind | None = None) -> tuple[Layout, ...]:
    """Return how each kind of sheet is read, or the one kind asked for; ``year`` completes dates."""
    every = (
        signup_sheet(year),
        demand_sheet(year),
        fleet_sheet(year),
        rail_sheet(year),
        place_sheet(),
        distance_sheet(year),
        pickup_sheet(),
        named_sheet(),
    )
    return tuple(layout for layout in every if kind in (None, layout.kind))


def read_sheets(
    tables: Sequence[Table], choices: Sequence[Layout], names: Names, year: int | None
) -> list[SheetOutcome]:
    """Read the sheets of a file; if none of them is recognised, their warnings are errors."""
    outcomes = [outcome for table in tables for outcome in _outcomes(table, choices, names, year)]
    if any(outcome.is_understood for outcome in outcomes):
        return outcomes
    return [
        replace(
            outcome,
            faults=tuple(
                fault if fault.code == DRIVERS_LIST else replace(fault, severity="error")
                for fault in outcome.faults
            ),
        )
        for outcome in outcomes
    ]


def _outcomes(table: Table, choices: Sequence[Layout], names: Names, year: int | None) -> list[SheetOutcome]:
    """Read a sheet, and each part of it as a sheet of its own where lists stand side by side, or couples in one row."""
    outcome = read_sheet(table, choices, names, year)
    is_doubled = any(fault.code == "column_twice" and fault.severity == "error" for fault in outcome.faults)
    if not is_doubled and (outcome.report.kind != "signups" or not names_a_spouse(table)):
        return [outcome]
    headers = find_header(table, choices, names)
    if len(headers) != 1:
        return [outcome]
    parts = lists_beside(table, headers[0]) if is_doubled else couples_apart(table, headers[0])
    if not parts:
        return [outcome]
    read = [read_sheet(part, choices, names, year) for part in parts]
    return [read[0], *(_without_what_was_said(part, read[0]) for part in read[1:])]


def _without_what_was_said(part: SheetOutcome, first: SheetOutcome) -> SheetOutcome:
    """Return a part without the warnings about the whole sheet that its first part has, too."""
    said = {(fault.code, fault.value, fault.message) for fault in first.faults if fault.signup is None}
    faults = tuple(
        fault
        for fault in part.faults
        if fault.signup is not None
        or fault.severity == "error"
        or (fault.code, fault.value, fault.message) not in said
    )
    return replace(part, faults=faults)


def read_sheet(table: Table, choices: Sequence[Layout], names: Names, year: int | None) -> SheetOutcome:
    """Recognise and read a sheet; all that is wrong with it is a fault, never an exception."""
    if table.is_hidden:
        return _hidden(table)
    headers = find_header(table, choices, names)
    if _only_explains(table, headers):
        return _not_read(table, 0)
    is_chain_perhaps = not any(map(is_readable, headers)) and not is_quotation(table)
    if is_chain_perhaps and (outcome := _chain(table, choices, names, year)):
        return outcome
    if not any(map(is_readable, headers)) and is_form_of_one_person(table, names):
        said = (FORM_OF_ONE_PERSON.code, FORM_OF_ONE_PERSON.message, FORM_OF_ONE_PERSON.fix)
        return _not_read(table, num_people(table), Fault(table.file, table.sheet, "", "", *said))
    if len(headers) != 1:
        return _unrecognised(table, headers, choices, names)
    header, told_above = with_told_above(table, headers[0], names)
    has_cities = header.layout.kind != "signups" or "city" in header.fields
    if not has_cities and (drivers := driver_list_fault(table, _above(table, header))):
        return _not_read(table, num_people(table) if drivers.severity == "error" else 0, drivers)
    faults = header_faults(table, header)
    if not is_readable(header) and not _lists_people(header):
        return _outcome(replace(_report(table, header), not_read=num_people(table)), tuple(faults), header)
    one = one_table(table, header, choices, names)
    parsed = parse_sheet(one.table, header)
    content = read_signups(parsed, year) if header.layout.kind == "signups" else read_records(parsed)
    beside = text_beside(one.table, header, parsed.lines)
    report = _report(table, header, content.num_rows, content.num_accepted)
    report = replace(report, not_read=one.num_people_elsewhere + beside.num_people)
    titles = (
        *_of_other_year(table, header, content, year),
        *day_in_title(table.file, table.sheet, _above(table, header), header),
    )
    told = (*told_above, *titles, *faults, *one.faults, *beside.faults, *content.faults)
    above = tuple(_above(table, header)) if header.layout.kind == "signups" else ()
    return replace(_outcome(report, told, header, content), numbers_beside=beside.numbers, titles=above)


def _of_other_year(
    table: Table, header: Header, content: SignUps | Records, year: int | None
) -> tuple[Fault, ...]:
    """Return the warning about a list of another year, by its title or by all of its days."""
    fault = title_of_other_year(table.file, table.sheet, _above(table, header), year)
    if fault is None and isinstance(content, SignUps):
        days = np.concatenate([np.asarray(content.columns[name], "datetime64[M]") for name in DAYS])
        fault = days_of_other_year(table.file, table.sheet, days, year)
    return (fault,) if fault else ()


def _above(table: Table, header: Header) -> list[str]:
    """Return the texts above the header."""
    return [text for line in range(max(0, header.line)) for text in table.row_texts(line) if text]


def _lone_texts(table: Table) -> list[str]:
    """Return the texts of a sheet without a known header that have a line of their own, as titles do."""
    lines = (list(filter(None, table.row_texts(line))) for line in range(min(SEARCHED_ROWS, table.num_rows)))
    return [texts[0] for texts in lines if len(texts) == 1]


def _chain(table: Table, choices: Sequence[Layout], names: Names, year: int | None) -> SheetOutcome | None:
    """Return the outcome of a 接龙, None if the sheet contains none."""
    from returnplan.reading.chain import read_chain  # loaded when a sheet has no header of ours

    layout = next((layout for layout in choices if layout.kind == "signups"), None)
    chain = read_chain(table, layout, names, year) if layout else None
    if chain is None:
        return None
    people = read_signups(chain.people, year)
    report = _report(table, chain.people.header, people.num_rows, people.num_accepted)
    return _outcome(report, chain.faults + people.faults, chain.people.header, people)


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


def _outcome(
    report: SheetReport,
    faults: tuple[Fault, ...],
    header: Header,
    content: SignUps | Records | None = None,
) -> SheetOutcome:
    labels = tuple(header.labels[column] for column in header.columns.values())
    return SheetOutcome(report, faults, labels, is_readable(header), content)


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


def _unrecognised(
    table: Table, headers: Sequence[Header], choices: Sequence[Layout], names: Names
) -> SheetOutcome:
    if table.num_rows == 0:  # an empty Sheet2
        return _not_read(table, 0)
    drivers = None if headers else driver_list_fault(table, _lone_texts(table))
    if drivers and drivers.severity == "warning":
        return _not_read(table, 0, drivers)
    num = num_people(table)
    fault = _unknown(table, num, choices, names)
    if headers:
        kinds = "、".join(header.layout.kind for header in headers)
        message = Text(
            f"这张表可能是几种表（{kinds}），未读取", f"this sheet may be any of {kinds}; it was not read"
        )
        fault = ("ambiguous_sheet", message, _NAME_IT, "error")
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


def _unknown(
    table: Table, num: int, choices: Sequence[Layout], names: Names
) -> tuple[str, Text, Text, Severity]:
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
        _needed(choices, labels, names, offers_vehicles=is_quotation(table)),
        "error" if num else "warning",
    )


_NAME_IT = Text(
    "请用 --demand、--fleet、--places、--distances 指明；一张工作表里有两种表的，请分成两张",
    "name it with --demand, --fleet, --places or --distances; if two tables stand on it, give each a sheet of its own",
)


def _needed(choices: Sequence[Layout], labels: Sequence[str], names: Names, *, offers_vehicles: bool) -> Text:
    """Return which columns the kind of sheet needs whose headers are most of ``labels``, by default sign-ups."""
    usual = "fleet" if offers_vehicles else "signups"
    num_known = {
        layout: sum(names.field(layout.kind, (label,)) not in (None, KNOWN) for label in labels)
        for layout in choices
    }
    likeliest = max(choices, key=lambda layout: (num_known[layout], layout.kind == usual))
    name = KIND_NAMES[likeliest.kind]
    wanted = [said_of(likeliest.kind, group) for group in likeliest.needs]
    zh, en = "、".join(group.zh for group in wanted), ", ".join(group.en for group in wanted)
    return Text(
        f"{name.zh}需要“{zh}”等列名，请照此改列名；{LEARNT.zh}",
        f"a {name.en} needs the columns {en}: call them so; {LEARNT.en}",
    )
