"""Find the header and the kind of a sheet; an ambiguous header is reported, not guessed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from returnplan.model.faults import Fault
from returnplan.model.records import SheetKind
from returnplan.model.texts import Text
from returnplan.reading.cells import clean, is_blank
from returnplan.reading.dates import tells_a_day
from returnplan.reading.header_lines import HeaderLines, first_lines, header_lines, title_above
from returnplan.reading.layout import DAYS, KIND_NAMES, Layout, header_names
from returnplan.reading.names import Names
from returnplan.reading.others import is_of_others, is_of_travellers
from returnplan.reading.questions import KNOWN, bare, normal
from returnplan.reading.ticked import Answer, ticked_answers
from returnplan.sheets.tables import Column, Table

Labels = Sequence[Sequence[str]]
"""The labels of each column of a header, the most specific first."""

_NEVER_LOOKED_LIKE_IT = 3  # fewer matching columns than this, and an incomplete sheet is of no known kind
_ADDRESS = re.compile(r".*地址")
"""务工详细地址 beside 务工城市 is the address in that city."""
_BESIDE_ANOTHER: Mapping[tuple[SheetKind, str], tuple[re.Pattern[str], str]] = {
    ("demand", "resume"): (re.compile(r"^(?:报到|到岗)"), "reception_from"),
    ("signups", "town"): (re.compile(r"[县区]$"), "work_county"),
}
"""What columns are beside another one of their field: 报到时间 beside 复工日期 is the day from which people are taken
in, and 务工所在县 beside 务工所在乡 the county of that town."""
_WITHOUT_PEOPLE = frozenset(("pickups", "places", "distances", "rail"))
"""Kinds of sheet whose rows are no people: a line with names and ID numbers is none of them."""
_OF_A_TRAVELLER = frozenset(
    ("age", "city", "employer", "earliest", "latest", "companions", "rides", "categories")
)
"""Nobody asks these of the contact at a pick-up; the hour there and the sex of the contact stand in such sheets."""
_WITHOUT_VEHICLES = frozenset(("pickups", "places", "distances"))
_OF_ONE_PERSON = frozenset(("name", "id_number", "phone", "sex", "age"))
"""Fields of the traveller; under a group about somebody else (紧急联系人 over 姓名 and 电话) they are of that one."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet read as one layout: its last line (from 0), and the column of each field.

    ``twice`` are fields with several columns; they are in ``columns`` only if all but one yield to it. ``unknown`` are
    columns whose header is not known. ``labels`` are the headers as written, of two lines joined. ``num_grouped``
    counts the fields that the upper one of two lines says; ``aside`` are columns that by it are of another year or of
    somebody else, ``without_days`` those of a day whose cells hold hours or nothing. ``told`` are fields and what
    stands above the header of them for everybody (:mod:`returnplan.reading.told_above`). ``ticked`` are fields whose
    answers have a column each; the first of these is in ``columns``.
    """

    layout: Layout
    line: int
    columns: Mapping[str, int]
    twice: Mapping[str, tuple[int, ...]]
    unknown: tuple[int, ...]
    labels: tuple[str, ...]
    num_lines: int = 1
    num_grouped: int = 0
    aside: frozenset[int] = frozenset()
    without_days: frozenset[int] = frozenset()
    told: tuple[tuple[str, str], ...] = ()
    ticked: tuple[tuple[str, tuple[Answer, ...]], ...] = ()

    @property
    def lines(self) -> range:
        """The lines of the header, from 0."""
        return range(self.line - self.num_lines + 1, self.line + 1)

    @property
    def fields(self) -> frozenset[str]:
        """What the sheet says of its rows: the fields that have a column, and those told above the header."""
        return frozenset((*self.columns, *self.twice, *dict(self.told)))

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """Groups of needed fields that nothing says."""
        return tuple(group for group in self.layout.needs if self.fields.isdisjoint(group))

    @property
    def needed(self) -> frozenset[int]:
        """The columns of the fields of which a row needs one or all."""
        fields = {field for group in self.layout.needs for field in group}
        return frozenset(column for field, column in self.columns.items() if field in fields)

    @property
    def num_fields(self) -> int:
        """How many different fields were found."""
        return len({*self.columns, *self.twice})

    def num_fields_without(self, columns: frozenset[int]) -> int:
        """Return how many different fields were found in other columns than these."""
        found = {field: (column,) for field, column in self.columns.items()} | dict(self.twice)
        return sum(not columns.issuperset(places) for places in found.values())


def find_header(table: Table, layouts: Sequence[Layout], names: Names) -> list[Header]:
    """Return the best reading of the header of a sheet; several if they are equally good, none if none fits.

    A complete reading (all needed columns, each of them once if possible) is better than an incomplete one; then one
    with more columns, then one whose columns are grouped by the line above, then one of a single line, then the upper
    one. A column that its group sets aside counts in no reading: its line alone knows no better whose it is.
    """
    candidates = header_candidates(table, layouts, names)
    own = _without_those_rather_another(candidates, table)
    readable = [header for header in own if is_readable(header)]
    complete = [header for header in own if not header.missing]
    partial = [header for header in own if header.num_fields >= _NEVER_LOOKED_LIKE_IT]
    choice = readable or complete or partial
    nums = [header.num_fields_without(_aside(choice, header.line)) for header in choice]
    best = [header for header, num in zip(choice, nums, strict=True) if num == max(nums)]
    most_grouped = {
        kind: max(header.num_grouped for header in best if header.layout.kind == kind)
        for kind in {header.layout.kind for header in best}
    }
    best = [header for header in best if header.num_grouped == most_grouped[header.layout.kind]]
    by_kind = {header.layout.kind: header for header in reversed(best)}
    return list(by_kind.values())


def _aside(headers: Sequence[Header], line: int) -> frozenset[int]:
    """Return the columns that a group sets aside in some reading of a line."""
    return frozenset[int]().union(*(header.aside for header in headers if header.line == line))


def header_candidates(
    table: Table, layouts: Sequence[Layout], names: Names, *, may_be_strange: bool = False
) -> list[Header]:
    """Return the first lines of a sheet read as headers, line by line, as each kind.

    ``may_be_strange`` includes lines of which no kind of sheet knows two words.
    """
    first = first_lines(table)
    return [
        matched(layout, names, lines, table)
        for layout in layouts
        for lines in header_lines(table, first, layout.kind, names)
        if may_be_strange or names.may_be_header(label for column in lines.labels for label in column)
    ]


def _without_those_rather_another(candidates: Sequence[Header], table: Table) -> list[Header]:
    """Return the readings without those whose line fits the kind ``rather`` better.

    It fits better if it has more columns of that kind, or as many while this layout lacks a column. A line with ID
    numbers and no city is no demand, whatever else it says of employers; one of people is no list of places, roads or
    trains, however well it fits (乡镇 and 上车地点 of passengers), nor is one with vehicles and seats a list of roads
    (起点, 终点 and 里程 of a carrier's offer).
    """
    of_people = {header.line for header in candidates if {"name", "id_number"} <= header.columns.keys()}
    without_numbers = {
        header.line
        for header in candidates
        if header.layout.kind == "signups" and _lists_people_by_name(header, table)
    }
    of_vehicles = {
        header.line
        for header in candidates
        if header.layout.kind == "fleet"
        and "vehicle" in header.columns
        and not {"seats", "licensed"}.isdisjoint(header.columns)
    }
    most: dict[tuple[SheetKind | None, int], int] = {}
    for header in candidates:
        key = (header.layout.kind, header.line)
        most[key] = max(most.get(key, 0), header.num_fields)
    return [
        header
        for header in candidates
        if (most.get((header.layout.rather, header.line), 0), bool(header.missing))
        <= (header.num_fields, False)
        and not (header.layout.kind == "demand" and "city" not in header.columns and header.line in of_people)
        and not (header.layout.kind in _WITHOUT_PEOPLE and header.line in of_people | without_numbers)
        and not (header.layout.kind in _WITHOUT_VEHICLES and header.line in of_vehicles)
    ]


def _lists_people_by_name(header: Header, table: Table) -> bool:
    """Return whether names and phones are those of travellers: more of them than pick-ups, or asked what only
    travellers are asked."""
    if not {"name", "phone"} <= header.columns.keys():
        return False
    if not _OF_A_TRAVELLER.isdisjoint(header.columns):
        return True
    if "pickup" not in header.columns:
        return False
    township, pickup, name, phone = (
        table.columns[header.columns[field]].codes[header.line + 1 :].tolist()
        for field in ("township" if "township" in header.columns else "pickup", "pickup", "name", "phone")
    )
    names = {one for one, number in zip(name, phone, strict=True) if one and number}
    return len(names) > len({place for place in zip(township, pickup, strict=True) if place[1]})


def matched(layout: Layout, names: Names, lines: HeaderLines, table: Table) -> Header:
    """Return what some lines of a table say if they are the header of a sheet of this kind."""
    labels = lines.labels
    fields = names.fields(layout.kind, labels)
    aside: frozenset[int] = frozenset()
    without_days: Mapping[int, str | None] = {}
    if layout.kind == "signups":
        every = _at_the_work_place(fields, labels)
        own_fields = _of_the_traveller(every, labels)
        fields = _of_this_journey(own_fields, labels)
        is_of_people = any(_OF_PEOPLE.search(title_above(column)) for column in labels)
        known = every if is_of_people else own_fields
        aside = frozenset(i for i, field in enumerate(known) if field and not fields[i])
        without_days = _without_days(fields, labels, table, lines.last)
        fields = [without_days.get(i, field) for i, field in enumerate(fields)]
    if layout.kind == "fleet":
        fields = [
            _price_of(column[0]) if field == "fixed_yuan" else field
            for field, column in zip(fields, labels, strict=True)
        ]
    is_grouped = [
        len(column) > 1
        and any(
            names.field(layout.kind, (label,)) for label in (column[0], *column[2:]) if label != column[1]
        )
        for column in labels
    ]
    fields = _beside_another(layout.kind, fields, labels)
    yields = [_yields(layout, names, field, column) for field, column in zip(fields, labels, strict=True)]
    own = Counter(field for field, gives_way in zip(fields, yields, strict=True) if not gives_way)
    counts = Counter(field for field in fields if field and field != KNOWN)
    columns = {
        field: i
        for i, field in enumerate(fields)
        if field and (counts[field] == 1 or (counts[field] and own[field] == 1 and not yields[i]))
    }
    if layout.kind == "signups" and "city" not in counts and "acceptable_cities" in columns:
        columns["city"] = columns["acceptable_cities"]  # 意向城市 alone is where they go
    free = [i for i, field in enumerate(fields) if field is None and any(labels[i])]
    ticked: dict[str, tuple[Answer, ...]] = {}
    if layout.kind == "signups" and columns:
        told = ticked_answers(layout, names, labels, [i for i in free if i not in aside], table, lines.last)
        ticked = {field: answers for field, answers in told.items() if not counts[field]}
        columns |= {field: answers[0].column for field, answers in ticked.items()}
    read = {answer.column for answers in ticked.values() for answer in answers}
    return Header(
        layout,
        lines.last,
        columns,
        twice={
            field: tuple(i for i, other in enumerate(fields) if other == field)
            for field, count in counts.items()
            if count > 1
        },
        unknown=tuple(i for i in free if i not in read),
        labels=tuple(column[0] for column in labels),
        num_lines=lines.last - lines.first + 1,
        num_grouped=sum(is_grouped) + len(aside),
        aside=aside,
        without_days=frozenset(without_days),
        ticked=tuple(ticked.items()),
    )


def _beside_another(kind: SheetKind, fields: Sequence[str | None], labels: Labels) -> list[str | None]:
    """Return the fields with that which a column has beside another one, if no column has it already."""
    found = list(fields)
    for (of_kind, field), (header, instead) in _BESIDE_ANOTHER.items():
        places = [i for i, one in enumerate(fields) if one == field and of_kind == kind]
        others = [i for i in places if any(header.search(bare(label)) for label in labels[i])]
        if others and len(others) < len(places) and instead not in fields:
            found[others[0]] = instead
    return found


def _yields(layout: Layout, names: Names, field: str | None, labels: Sequence[str]) -> bool:
    """Return whether a column counts for its field only where no other one does.

    Where the columns around gave the header another field, it is no longer the header that yields: 市 under 返岗地点.
    """
    if field is None:
        return False
    is_its_own = layout.kind == "fleet" or names.field(layout.kind, labels) == field
    is_address = field == "city" and _ADDRESS.fullmatch(bare(labels[0])) is not None
    return is_address or (is_its_own and names.yields(layout.kind, labels))


def _price_of(label: str) -> str | None:
    """Return the field of a price by its unit: 价格（元/公里） is no cost a trip, 价格（元/天） none that is known."""
    told = _PER.search(clean(label))
    if told is None:
        return "fixed_yuan"
    return "per_km_yuan" if told[1] else None


def _of_the_traveller(fields: Sequence[str | None], labels: Labels) -> list[str | None]:
    """Return the fields without those of somebody else, by the groups above them (紧急联系人 over 姓名 and 电话).

    Where a group names the travellers (乘车人信息), the names and phones under other groups are not theirs.
    """
    groups = [title_above(column) for column in labels]
    own = {field for field, group in zip(fields, groups, strict=True) if field and is_of_travellers(group)}
    return [
        None
        if field in _OF_ONE_PERSON
        and (is_of_others(group) or (group and field in own and not is_of_travellers(group)))
        else field
        for field, group in zip(fields, groups, strict=True)
    ]


def _at_the_work_place(fields: Sequence[str | None], labels: Labels) -> list[str | None]:
    """Return the fields with those of the work place for 省, 市, 县 and 乡 under its title (返岗地点)."""
    is_there = [_WORK_PLACE.search(title_above(column)) is not None for column in labels]
    of_place = [field for field, there in zip(fields, is_there, strict=True) if there]
    has_town = not {"town", "township"}.isdisjoint(of_place)
    meant = {"prefecture": "city", "township": "town", "county": "work_county" if has_town else "town"}
    return [
        "work_province"
        if there and normal(column[1]) in _PROVINCE
        else meant.get(field or "", field)
        if there
        else field
        for field, column, there in zip(fields, labels, is_there, strict=True)
    ]


def _of_this_journey(fields: Sequence[str | None], labels: Labels) -> list[str | None]:
    """Return the fields without those of an earlier journey, where another column says the city of this one.

    Of 2026年务工情况 and 2027年外出务工意向 the earlier year is past, and so is 上年务工情况. Where nothing else says
    where people go, they go back to where they were.
    """
    groups = [title_above(column) for column in labels]
    years = [max(map(int, _YEAR.findall(group)), default=None) for group in groups]
    this = max((year for year in years if year), default=None)
    is_past = [
        field in _OF_A_JOURNEY and (_PAST.search(group) is not None or (year is not None and year != this))
        for field, group, year in zip(fields, groups, years, strict=True)
    ]
    if "city" not in (field for field, past in zip(fields, is_past, strict=True) if not past):
        return list(fields)
    return [None if past else field for field, past in zip(fields, is_past, strict=True)]


def _without_days(
    fields: Sequence[str | None], labels: Labels, table: Table, line: int
) -> dict[int, str | None]:
    """Return the columns of the day that hold none, with what they are instead: nothing, or known if they are blank.

    Where another column holds days, they are hours (出发时间 beside 出发日期) or left blank (返岗日期 beside
    返岗时间). Where none does, 返岗时间 is the hour of 返岗日期, and 发车时间 is one anywhere.
    """
    headers = {i: normal(labels[i][-1]) for i, field in enumerate(fields) if field == "named_date"}
    if len(headers) < _FEWEST_TO_CHOOSE and not any(_HOUR in header for header in headers.values()):
        return {}
    num = {i: _num_days(table.columns[i], line) for i in headers}
    days = {i for i, (num_days, num_cells) in num.items() if num_days * 2 > num_cells}
    hours = {header.removesuffix("日期") + "时间" for header in headers.values() if header.endswith("日期")}
    return {
        i: None if num[i][1] else KNOWN
        for i, header in headers.items()
        if i not in days and (days or header in hours or (num[i][1] and _HOUR in header))
    }


def _num_days(column: Column, line: int) -> tuple[int, int]:
    """Return how many cells of a column below a line tell a day, and how many are not blank."""
    num = Counter(column.codes[line + 1 :].tolist())
    filled = {code for code in num if not is_blank(column.cells[code])}
    return sum(num[code] for code in filled if tells_a_day(column.cells[code])), sum(
        num[code] for code in filled
    )


def is_readable(header: Header) -> bool:
    """Return whether every needed column is there, and none of them twice."""
    not_used = header.twice.keys() - header.columns.keys()
    return not header.missing and all(not_used.isdisjoint(group) for group in header.layout.needs)


_WORK_PLACE = re.compile(
    r"(?:务工|返岗|返程|就业|前往|去往|输入|工作|外出)(?:目的|所在)?(?:地|地点|地址)$|目的地点?$|去向$"
)
"""Titles of groups whose parts are places; 返岗信息 may have the home among its columns."""
_PROVINCE = frozenset(("省", "省份", "省区市", "省自治区直辖市"))
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_PAST = re.compile(r"[去上往前]一?年|近年|^(?:原|曾|此前|以往)")
_OF_A_JOURNEY = frozenset(
    (
        *("city", "acceptable_cities", "town", "work_county", "work_province", "employer", "dropoff", "post"),
        *(*DAYS, "rides", "travels", "has_left"),
    )
)
"""Fields that another year's work has, too; names and homes under 2026年家庭信息 or 原籍 are of today."""
_OF_PEOPLE = re.compile(r"(?:信息|情况)$")
"""Beside 乘车人信息, 紧急联系人 is a group, too; 负责人 李四 beside the title of a list is none."""
_HOUR = "发车时间"
_FEWEST_TO_CHOOSE = 2
_PER = re.compile(r"(?:/|每)(?:(公里|千米|km)|天|日|人|座|小时)", re.IGNORECASE)


LEARNT = Text(
    "县里也可以用 returnplan headers --learn 记住别的叫法",
    "or the office has its name learnt: returnplan headers --learn",
)
"""What only the office can do: a township that gets its sheet back has no returnplan."""


def header_faults(table: Table, header: Header) -> list[Fault]:
    """Return what is wrong with a header: columns missing, doubled or unknown."""
    return [
        *(_missing(table, header, group) for group in header.missing),
        *(_twice(table, header, field, columns) for field, columns in header.twice.items()),
        *(_unknown(table, header, column) for column in header.unknown),
    ]


def said_of(kind: SheetKind, group: Sequence[str]) -> Text:
    """Return the first header of each field of a group, of which one is needed."""
    names = [header_names()[kind][field] for field in group]
    english = [next(filter(str.isascii, spelt), spelt[0]) for spelt in names]
    return Text("或".join(spelt[0] for spelt in names), " or ".join(english))


def _missing(table: Table, header: Header, group: tuple[str, ...]) -> Fault:
    wanted = said_of(header.layout.kind, group)
    return Fault(
        table.file,
        table.sheet,
        "",
        "",
        "missing_column",
        Text(f"缺少“{wanted.zh}”列，整张表未读取", f"no column {wanted.en}: the sheet was not read"),
        Text(
            f"请补上该列，或把表中这一列的列名改成它；{LEARNT.zh}",
            f"add the column, or call the one that holds it so; {LEARNT.en}",
        ),
    )


def _twice(table: Table, header: Header, field: str, columns: Sequence[int]) -> Fault:
    used = header.columns.get(field)
    is_needed = used is None and any(field in group for group in header.layout.needs)
    took = Text("都未采用", "none was used")
    if used is not None:
        took = Text(f"只采用“{header.labels[used]}”", f"only '{header.labels[used]}' was used")
    labels = "、".join(f"{header.labels[i]}({table.letters(i)})" for i in columns)
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(columns[1])}{header.line + 1}",
        header.labels[columns[1]],
        "column_twice",
        Text(
            f"{labels} 是同一项内容，" + ("整张表未读取" if is_needed else took.zh),
            f"{labels} mean the same: " + ("the sheet was not read" if is_needed else took.en),
        ),
        Text(
            "请只留一列，或给另一列改名；并排的两张名单请上下接成一张",
            "keep one of them, or give the other another name; put lists that stand side by side below each other",
        ),
        "error" if is_needed else "warning",
    )


def _unknown(table: Table, header: Header, column: int) -> Fault:
    label, kind = header.labels[column], KIND_NAMES[header.layout.kind]
    message = Text(f"不认识的列“{label}”，未采用", f"the column '{label}' is not known and was not used")
    fix = Text(
        f"如需采用，请改用{kind.zh}模板的列名；{LEARNT.zh}",
        f"if it is needed, give it a header of the form of a {kind.en}; {LEARNT.en}",
    )
    if column in header.without_days:
        message = Text(
            f"“{label}”列写的不是日期，未采用", f"the column '{label}' holds no days and was not used"
        )
        fix = Text("如这一列是出发日期，请写明几月几日", "if it is the day of departure, write month and day")
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(column)}{header.line + 1}",
        label,
        "unknown_column",
        message,
        fix,
        "warning",
    )
