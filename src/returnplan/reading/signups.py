"""Read sign-up sheets into columns: each person is an accepted line, or a rejected row with faults."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import TypeAdapter

from returnplan.model.faults import Fault
from returnplan.model.intake import RejectedRow
from returnplan.model.person import DTYPES, kind
from returnplan.model.records import SignUp
from returnplan.model.text_column import TextColumn, joined_texts, text_column
from returnplan.model.texts import Text
from returnplan.reading import dates
from returnplan.reading.cells import CellError, Finding, Parser, clean, is_blank
from returnplan.reading.ids import birth_year_of, birthday_of, sex_of
from returnplan.reading.layout import DAYS
from returnplan.reading.no_employer import EMPLOYER_IS_TRADE, EMPLOYER_WISHED, is_trade
from returnplan.reading.parsed import ParsedColumn, ParsedSheet
from returnplan.reading.persons import name_cell, person_name
from returnplan.reading.remarks import (
    DOUBTFUL,
    GOES_ALONE,
    WITH_ADULTS,
    WITHDREW,
    Remark,
    children_finding,
    num_children_in,
    other_day_finding,
    other_pickup_finding,
    remark_of,
)
from returnplan.reading.rows import Mask
from returnplan.reading.signup_sheet import FLAGS, companions, says_cancelled, unnamed_companions
from returnplan.reading.whether_travels import who_stays
from returnplan.reading.work_place import WorkPlace, work_place
from returnplan.sheets.tables import Cell

Values = Any
"""An array, or a column of texts."""

_FIELDS = {
    field: TypeAdapter(list[Annotated[info.annotation, info]])  # type: ignore[name-defined]
    for field, info in SignUp.model_fields.items()
    if field != "named_date"  # still a first and a last day
}
_WHO = ("name", "id_number", "phone")
_WORK_PLACE = ("work_province", "city", "work_county", "town")

_TITLE = re.compile(
    r".+(?:表|名册|名单|镇|乡|村|屯|小组|街道|社区|委会|县)|第.{1,3}(?:批|批次|组|部分)|.*\d.*|.*[,。;:!?].*"
    r"|[^\x00-\x7f·]{7,}",
    re.DOTALL,
)
NOBODY = Finding(
    "nobody",
    Text("这一行看不出是谁，未作为报名", "this row names nobody and was not taken as a sign-up"),
    Text("如果是一个人，请补填；否则请删去此行", "fill them in if it is a person, else delete the row"),
    "warning",
)
_REVERSED = Finding(
    "dates_reversed",
    Text("最晚出发日期早于最早出发日期", "the latest date lies before the earliest"),
    Text("请改正日期", "correct the dates"),
)
_BORN_LATE = Finding(
    "id_birthday",
    Text(
        "身份证号码中的出生日期在出行日之后，或出行时不满一岁",
        "by this ID number the holder is not born yet, or not one year old, on the day of travel",
    ),
    Text(
        "请对照身份证改正；随行的婴儿请填入“随行儿童”",
        "correct it from the ID card; a baby that comes along counts under children",
    ),
)
_OTHER_SEX = Finding(
    "sex_mismatch",
    Text("性别与身份证号码不符，以身份证为准", "the sex differs from the ID number, which counts"),
    Text("请对照身份证改正", "correct it from the ID card"),
    "warning",
)
_OTHER_AGE = Finding(
    "age_mismatch",
    Text("年龄与身份证号码不符，以身份证为准", "the age differs from the ID number, which counts"),
    Text("请对照身份证改正", "correct it from the ID card"),
    "warning",
)
_UNNAMED_COMPANIONS = Finding(
    "companions_unnamed",
    Text(
        "写了随行人数，没有写是谁；只给本人和“随行儿童”留座",
        "people come along and nobody says who; seats are kept for this person and the children along only",
    ),
    Text(
        "同行的大人每人填一行（已填的不用管），小孩填“随行儿童”",
        "give each adult a row (nothing to do if they have one), count the children under 随行儿童",
    ),
    "warning",
)
_COUNTS_ALL = re.compile(r"(?<!有)几个?人(?!同行|随行)|共几|含本人|接龙")
"""Headers that ask how many people travel, the person included."""
_CAN_LEAVE = re.compile(r"可(?:出发|出行|返岗|走)(?:日期|时间)")
"""Headers under which a day is the first of those on which somebody can leave."""
_YES = frozenset(("是", "是的", "有", "√"))
_MOST_TRADES = 4
"""Trades that one message names."""
_MAX_AGE_DIFFERENCE = 2  # 虚岁 counts up to two years more


@dataclass(frozen=True)
class SignUps:
    """The content of a sign-up sheet: accepted lines with the fields of SignUp, rejected rows, faults."""

    columns: dict[str, Values]
    rejected: tuple[RejectedRow, ...]
    faults: tuple[Fault, ...]
    num_rows: int

    @property
    def num_accepted(self) -> int:
        """How many rows became records."""
        return len(self.columns["ref"])

    @property
    def frame(self) -> pd.DataFrame:
        """The accepted lines of this sheet alone."""
        return joined([replace(self, columns=dict(self.columns))])


def read_signups(whole: ParsedSheet, year: int | None) -> SignUps:
    """Return the people of a sheet; ``year`` is the year of the campaign.

    Days are datetime64[D], ``submitted`` is datetime64[s] (NaT: missing), lists are tuples.
    """
    is_somebody = whole.is_filled_in_any(_WHO) & ~_is_title(whole)
    faults = [whole.fault(i, "name", NOBODY) for i in np.flatnonzero(~is_somebody).tolist()]
    sheet = _with_months(_with_month_and_day(whole.only(is_somebody), year))
    # SignUp has no rule about two fields, so each distinct value is validated once; never a model for each person.
    validated = {
        field: column.validated(_FIELDS[field]) if field in _FIELDS else column
        for field, column in sheet.columns.items()
    }
    sheet = replace(sheet, columns=validated)
    columns = _columns(sheet)
    faults.extend(sheet.faults())
    unnamed = _num_unnamed(sheet)
    faults.extend(_trades_for_employers(sheet, columns))
    faults.extend(_wished_employers(sheet, columns))
    faults.extend(who_stays(sheet, columns))
    faults.extend(_taken_from_remarks(sheet, columns, unnamed, year))
    is_wrong = sheet.has_error()
    for mask, field, finding in _cross_checks(sheet, columns, unnamed, year):
        faults.extend(sheet.fault(i, field, finding) for i in np.flatnonzero(mask).tolist())
        if finding.severity == "error":
            is_wrong |= mask
    return SignUps(
        {field: _typed(field, values[~is_wrong]) for field, values in columns.items()},
        tuple(_rejected(sheet, np.flatnonzero(is_wrong))),
        tuple(faults),
        len(sheet.lines),
    )


def _with_months(sheet: ParsedSheet) -> ParsedSheet:
    """Return the sheet with the month of its other days for 21号, if they are all of one month."""
    columns = [sheet.columns[field] for field in DAYS]
    days = [day for column in columns for value in column.values for day in _days_of(value)]
    months = {(day.year, day.month) for day in days}
    if len(months) != 1:
        return sheet
    (year, month) = months.pop()
    return replace(
        sheet,
        columns=sheet.columns
        | {
            field: _in_words(
                sheet.columns[field],
                field,
                year,
                partial(dates.with_month, month=month),
                _month_from_others(month),
            )
            for field in DAYS
        },
    )


def _month_from_others(month: int) -> Finding:
    return Finding(
        "month_from_others",
        Text(
            f"日期没有月份，同表其他日期都在{month}月，按{{words}}",
            f"the date has no month; all others of the sheet are in month {month}: {{words}}",
        ),
        Text("请核对，并写明月份", "check it, and write the month"),
        "warning",
    )


_MONTH_AND_DAY = Finding(
    "month_from_others",
    Text(
        "看不出是几号到几号，还是几月几号；同列横线前面都是同一个数，按{words}",
        "a span of days, or a month and a day? all of the column have one number before the dash: {words}",
    ),
    Text("请核对，并写明月份", "check it, and write the month"),
    "warning",
)


def _with_month_and_day(sheet: ParsedSheet, year: int | None) -> ParsedSheet:
    """Return the sheet with 2月18号 for 2-18号 in columns of days that are all so written, and all with the 2."""
    columns = dict(sheet.columns)
    for field in DAYS:
        column = columns[field]
        if column.findings and dates.month_of_all(column.cells[code] for code in set(column.codes.tolist())):
            columns[field] = _in_words(column, field, year, dates.as_month_and_day, _MONTH_AND_DAY)
    return replace(sheet, columns=columns)


def _days_of(value: Any) -> tuple[date, ...]:
    return tuple(day for day in (value if isinstance(value, tuple) else (value,)) if day is not None)


def _in_words(
    column: ParsedColumn,
    field: str,
    year: int | None,
    completed: Callable[[Cell], str | None],
    finding: Finding,
) -> ParsedColumn:
    """Return a column of days with those that were refused read as ``completed``, each with a warning."""
    if field == "named_date":
        parse: Parser = dates.days(year)
    else:
        parse = dates.day(year, "first" if field == "earliest" else "last")
    values, findings = column.values.copy(), dict(column.findings)
    for code, cell in enumerate(column.cells):
        words = completed(cell) if code in findings else None
        try:
            meant = parse(words) if words else None
        except CellError as error:
            # the words are complete now, but for the year
            if error.finding.code == dates.NO_YEAR.code:
                findings[code] = error.finding
            continue
        if meant is None:
            continue
        values[code] = meant
        findings[code] = replace(finding, message=finding.message.with_values(words=words))
    return replace(column, values=values, findings=findings)


def _is_title(sheet: ParsedSheet) -> Mask:
    """Return the lines that are titles between the people: they name a village or a list and nothing else."""
    is_title = sheet.columns["name"].map(lambda name: bool(_TITLE.fullmatch(name))) == True  # noqa: E712
    others = [column for field, column in sheet.columns.items() if field != "name"]
    for line in np.flatnonzero(is_title).tolist():
        is_title[line] = all(is_blank(column.cells[column.codes[line]]) for column in others)
    return np.asarray(is_title, dtype=bool)


def joined(sheets: Iterable[SignUps]) -> pd.DataFrame:
    """Return the sign-ups of all sheets, one below the other: dates as datetime64[s], lists as tuples.

    One frame is made at the end: 5,000 frames, one for each sheet, would take longer than reading the sheets. Each
    sheet loses its columns on the way: a region's people are not there twice.
    """
    columns = [sheet.columns for sheet in sheets]
    return pd.DataFrame(
        {field: _joined(field, [some.pop(field) for some in columns]) for field in SignUp.model_fields}
    )


def _joined(field: str, values: Sequence[Any]) -> Values:
    if field == "ref" or _is_text(field):
        return joined_texts(values)
    return np.concatenate([np.zeros(0, dtype=DTYPES[kind(field)]), *values])


def _typed(field: str, values: Values) -> Values:
    """Return a column of a sheet as it travels: in as few bytes as its kind needs."""
    return values if isinstance(values, TextColumn) else values.astype(DTYPES[kind(field)])


def _is_text(field: str) -> bool:
    return kind(field) in ("text", "word")


def _columns(sheet: ParsedSheet) -> dict[str, Values]:
    """Return the fields of SignUp with a value for each line; days are datetime64[D]."""
    sex_by_id = sheet.columns["id_number"].map(sex_of)
    categories = sheet.columns["categories"].by_line()
    named = sheet.columns["companions"].by_line()
    for line in np.flatnonzero(sheet.is_filled("num_companions")).tolist():  # 2个人，和贾大勇
        column = sheet.columns["num_companions"]
        named[line] = named[line] or companions(column.cells[column.codes[line]])
    asked = next((flag for flag in FLAGS if flag in sheet.labels.get("categories", "")), None)
    for line, words in enumerate(categories if asked is not None else ()):  # 是否脱贫户或监测对象: 是
        if not _YES.isdisjoint(words):
            categories[line] = tuple(asked if word in _YES else word for word in words)
    for flag in FLAGS:
        for line in np.flatnonzero(sheet.columns[flag].by_line() == True).tolist():  # noqa: E712  element-wise
            categories[line] = tuple(dict.fromkeys((*categories[line], flag)))
    columns: dict[str, Values] = {
        "ref": sheet.refs(),
        **{
            field: column.texts_by_line() if _is_text(field) else column.by_line()
            for field, column in sheet.columns.items()
            if field in SignUp.model_fields and field not in DAYS
        },
        **_days(sheet),
        "sex": text_column(np.where(sex_by_id == None, sheet.columns["sex"].by_line(), sex_by_id)),  # noqa: E711
        "categories": categories,
        "companions": named,
        "submitted": sheet.columns["submitted"].moments(),
    }
    if sheet.has("city") and sheet.columns["city"].letters == sheet.columns["acceptable_cities"].letters:
        first = sheet.columns["acceptable_cities"].map(lambda cities: next(iter(cities), ""))
        columns["city"] = text_column(first)  # of 东莞、深圳 the first; the others will do, too
    if sheet.has("work_province") or sheet.has("work_county"):
        told = {field: sheet.columns[field].by_line() for field in _WORK_PLACE}
        told["city"] = columns["city"]  # the first that a job seeker would like
        parts = zip(*told.values(), strict=True)
        places = [work_place(*(words or "" for words in part)) for part in parts]
        for field in WorkPlace._fields:
            columns[field] = text_column([getattr(place, field) for place in places])
    # Words in brackets beside a name go to the note; 韦一（取消） is cancelled.
    name = sheet.columns["name"]
    remarks = ["" if str(cell).isalpha() else name_cell(cell).remark for cell in name.cells]
    remarked = np.flatnonzero(np.array(list(map(bool, remarks)))[name.codes])
    for line in remarked.tolist():
        columns["cancelled"][line] |= says_cancelled(remarks[name.codes[line]])
    if len(remarked):
        notes = zip(columns["note"][remarked], name.codes[remarked].tolist(), strict=True)
        columns["note"][remarked] = ["；".join(filter(None, (note, remarks[code]))) for note, code in notes]
    if not sheet.has("county") and not sheet.has("prefecture"):
        columns["county"] = sheet.columns["address"].texts_by_line()
    return {field: columns[field] for field in SignUp.model_fields}


_SAY_SOMETHING: Mapping[str, Callable[[Cell], Remark]] = {
    "note": remark_of,
    "name": lambda cell: remark_of(name_cell(cell).remark),
    "companions": lambda cell: Remark(num_children=num_children_in(clean(cell))),
    "num_companions": lambda cell: Remark(num_children=num_children_in(clean(cell))),
}
"""What the cells of a field say about travelling; 带小孩2个 is no name of a companion."""


def _num_unnamed(sheet: ParsedSheet) -> npt.NDArray[np.int64]:
    """Return how many companions each line counts without a name; 几个人一起走 counts the person."""
    most = np.zeros(len(sheet.lines), dtype=np.int64)
    for field in ("num_companions", "companions"):
        column = sheet.columns[field]
        counts_all = _COUNTS_ALL.search(sheet.labels.get(field, "")) is not None
        counted = column.values if field == "num_companions" else map(unnamed_companions, column.cells)
        numbers = np.array([max(0, number - counts_all) for number in counted], dtype=np.int64)
        most = np.maximum(most, numbers[column.codes])
    return most


def _taken_from_remarks(
    sheet: ParsedSheet, columns: dict[str, Values], unnamed: npt.NDArray[np.int64], year: int | None
) -> Iterator[Fault]:
    """Enter what remarks say about travelling and children where its own column is blank; yield what is said of it."""
    is_told = {field: sheet.is_filled(field) for field in ("cancelled", "rides", "num_children")}
    is_alone = (columns["party"] == "") & ~columns["companions"].astype(bool)
    is_alone &= unnamed == 0
    for field, read in _SAY_SOMETHING.items():
        column = sheet.columns[field]
        said = [read(cell) for cell in column.cells]
        says_something = np.array([any(remark) for remark in said], dtype=bool)[column.codes]
        for line in np.flatnonzero(says_something).tolist():
            remark = said[column.codes[line]]
            if columns["cancelled"][line] or not columns["rides"][line]:
                continue
            finding = None
            is_open = not (is_told["cancelled"][line] or is_told["rides"][line])
            if (remark.withdrew or remark.goes_alone) and is_open:
                finding = WITHDREW if remark.withdrew else GOES_ALONE
                columns["cancelled"][line] |= remark.withdrew
                columns["rides"][line] &= not remark.goes_alone
            elif remark.withdrew or remark.goes_alone or remark.is_doubtful:
                finding = DOUBTFUL
            if finding is not None:
                yield sheet.fault(line, field, finding)
            if remark.num_children and not is_told["num_children"][line]:
                columns["num_children"][line] = remark.num_children
                yield sheet.fault(line, field, children_finding(remark.num_children))
            if remark.with_adults and is_alone[line]:
                yield sheet.fault(line, field, WITH_ADULTS)
            if remark.day and not _is_free_on(remark.day, columns, line, year):
                yield sheet.fault(line, field, other_day_finding(remark.day))
            if remark.pickup and remark.pickup not in columns["pickup"][line]:
                yield sheet.fault(line, field, other_pickup_finding(remark.pickup))


def _trades_for_employers(sheet: ParsedSheet, columns: dict[str, Values]) -> Iterator[Fault]:
    """Enter trades for employers as posts where the sheet has no column of posts; yield what is said of it."""
    column = sheet.columns["employer"]
    trades = [code for code, cell in enumerate(column.cells) if is_trade(cell)]
    lines = np.flatnonzero(np.isin(column.codes, trades))
    if sheet.has("post") or not len(lines):
        return
    columns["post"][lines] = columns["employer"][lines]
    columns["employer"][lines] = ""
    words = "、".join(clean(column.cells[code]) for code in trades[:_MOST_TRADES])
    message = EMPLOYER_IS_TRADE.message.with_values(
        column=sheet.labels["employer"], num=len(lines), words=words
    )
    yield sheet.fault(int(lines[0]), "employer", replace(EMPLOYER_IS_TRADE, message=message))


def _wished_employers(sheet: ParsedSheet, columns: Mapping[str, Values]) -> Iterator[Fault]:
    """Yield that the employers which job seekers wish are not used, once a sheet."""
    wished = sheet.columns["wished_employer"].by_line() != ""
    lines = np.flatnonzero(wished & np.asarray(columns["employer"] == "", dtype=bool))
    if len(lines):
        label = sheet.labels["wished_employer"]
        message = EMPLOYER_WISHED.message.with_values(column=label, num=len(lines))
        yield sheet.fault(int(lines[0]), "wished_employer", replace(EMPLOYER_WISHED, message=message))


def _is_free_on(words: str, columns: Mapping[str, Values], line: int, year: int | None) -> bool:
    """Return whether the days that a remark names are among those of its line; an unclear day is not."""
    named = columns["named_date"][line].astype(date)
    first, last = (named or columns[field][line].astype(date) for field in ("earliest", "latest"))
    if first is None and last is None:
        return False
    try:
        said = dates.days(year)(dates.with_month(words, (first or last).month) or words)
    except CellError:
        return False
    after, before = said or (None, None)
    return (after is None or last is None or after <= last) and (
        before is None or first is None or before >= first
    )


def _days(sheet: ParsedSheet) -> dict[str, Values]:
    """Return earliest, latest and named date; a span in 出发日期 (2月18日至20日) is an earliest and a latest.

    A single day in 可出发日期 is an earliest with an open end.
    """
    told = sheet.columns["named_date"]
    first, last = (told.days(itemgetter(end)) for end in (0, 1))
    if _CAN_LEAVE.search(clean(sheet.labels.get("named_date", ""))):
        last = np.where(first == last, np.datetime64("NaT"), last)
    is_span = first != last  # NaT differs from itself and stays NaT
    earliest, latest = sheet.columns["earliest"].days(), sheet.columns["latest"].days()
    return {
        "earliest": np.where(is_span & np.isnat(earliest), first, earliest),
        "latest": np.where(is_span & np.isnat(latest), last, latest),
        "named_date": np.where(is_span, np.datetime64("NaT"), first),
    }


def _cross_checks(
    sheet: ParsedSheet, columns: Mapping[str, Values], unnamed: npt.NDArray[np.int64], year: int | None
) -> Iterator[tuple[Mask, str, Finding]]:
    """Yield contradictions between two cells of a line: the lines, the field, the finding."""
    yield columns["latest"] < columns["earliest"], "latest", _REVERSED
    told_sex, sex = sheet.columns["sex"].by_line(), np.asarray(columns["sex"].astype(object))
    sex[columns["sex"].isna()] = None
    is_told = (told_sex != None) & (sex != None)  # noqa: E711  element-wise
    yield is_told & (told_sex != sex), "sex", _OTHER_SEX
    yield _is_born_late(sheet, columns, year), "id_number", _BORN_LATE
    if unnamed.any():
        named = np.array(list(map(len, columns["companions"])), dtype=np.int64) + columns[
            "num_children"
        ].astype(int)
        field = "num_companions" if sheet.has("num_companions") else "companions"
        yield (columns["party"] == "") & (unnamed > named), field, _UNNAMED_COMPANIONS
    if year is not None and sheet.has("age"):
        told_age = sheet.columns["age"].by_line().astype(float)
        age = year - sheet.columns["id_number"].map(birth_year_of).astype(float)
        yield np.abs(told_age - age) > _MAX_AGE_DIFFERENCE, "age", _OTHER_AGE


def _is_born_late(sheet: ParsedSheet, columns: Mapping[str, Values], year: int | None) -> Mask:
    """Return the people younger than one year on their first day: their ID number was mistyped."""
    days = columns["earliest"]
    for field in ("named_date", "latest"):
        days = np.where(np.isnat(days), columns[field], days)
    if year is not None:
        days = np.where(np.isnat(days), np.datetime64(date(year, 12, 31)), days)
    travel_year = np.where(np.isnat(days), np.inf, days.astype("datetime64[Y]").astype(int) + 1970)
    birth_year = sheet.columns["id_number"].map(birth_year_of).astype(float)
    is_late = np.zeros(len(days), dtype=bool)
    for line in np.flatnonzero(birth_year >= travel_year - 1).tolist():
        born, day = birthday_of(columns["id_number"][line]), days[line].astype(date)
        is_late[line] = (day.year - born.year, day.month, day.day) < (1, born.month, born.day)
    return is_late


def _rejected(sheet: ParsedSheet, lines: npt.NDArray[np.intp]) -> Iterator[RejectedRow]:
    fields = ("name", "phone", "id_number", "prefecture", "county", "township", "city", "party")
    texts = [sheet.texts(field, lines) for field in fields]
    texts[0] = list(map(person_name, texts[0]))
    for line, *row in zip(lines.tolist(), *texts, strict=True):
        yield RejectedRow(sheet.ref(line), *row)
