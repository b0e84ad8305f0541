"""Dates in every form that townships use; nothing is guessed, and only the year of the campaign is filled in."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from returnplan.reading.cells import CellError, Finding, text
from returnplan.reading.lunar import LUNAR, is_surely_lunar, lunar_date
from returnplan.sheets.tables import Cell
from returnplan.texts import Text

Days = tuple[date, date]
"""First and last day; one day is both."""

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 73_416)  # 2000-01-01 to 2100-12-31
_CLOCK = r"\s*T?(?:上午|下午|早上|中午|晚上|凌晨)?(?:\d{1,2}[:时点](?:\d{1,2}分?)?(?::\d{1,2})?)?"
_SOLAR = (
    r"(?:(?P<year>\d{4})[-/.年]|(?P<short_year>\d{2})年)?"
    r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
)
_FORMS = (
    re.compile(rf"{_SOLAR}(?:\s{_CLOCK}|{_CLOCK})(?:{LUNAR})?"),
    re.compile(rf"{LUNAR}{_SOLAR}"),
    re.compile(rf"(?:(?P<year>\d{{4}})年)?{LUNAR}"),
    re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})"),
)
_DECORATION = re.compile(
    r"[()\[\]]|星期[一二三四五六日天]|周[一二三四五六日天]|\s+(?=[年月日号])|(?<=[年月日号])\s+"
)
_RANGE = re.compile(r"(.+?[日号]|.+?月\d{1,2}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:-|~|至|到|—|–)+(.+)")
_DAY_ONLY = re.compile(r"\d{1,2}[日号]?")

_WRITE_IN_FULL = Text("请写成 2021-02-18 的形式", "write it like 2021-02-18")
_UNCLEAR = Finding("date_unclear", Text("看不懂这个日期", "this date cannot be read"), _WRITE_IN_FULL)
_AMBIGUOUS = Finding(
    "date_unclear",
    Text("看不出是公历还是农历", "solar or lunar calendar? it does not say"),
    Text("请写成 2021-02-18，或在前面注明“农历”", "write it like 2021-02-18, or put 农历 (lunar) before it"),
)
_SHORTENED = Finding(
    "date_unclear",
    Text(
        "日期被 Excel 存成了小数，2月2日和2月20日已无法区分",
        "Excel stored this date as a decimal number: the 2nd and the 20th look alike",
    ),
    _WRITE_IN_FULL,
)
_NO_SUCH_DATE = Finding(
    "no_such_date", Text("没有这一天", "there is no such day"), Text("请改正日期", "correct the date")
)
_NO_YEAR = Finding(
    "no_year",
    Text("日期没有年份", "the date has no year"),
    Text("请写明年份，或在 returnplan.toml 的 [dates] 中设置 year", "write the year, or set year in [dates]"),
)
_CONTRADICTION = Finding(
    "dates_contradict",
    Text("公历和农历不是同一天", "the solar and the lunar date are different days"),
    Text("请核对后只写公历日期", "check, and write the solar date alone"),
)
_FAR_YEAR = Finding(
    "date_far_away",
    Text("日期不在本次活动的年份", "the date lies outside the year of this campaign"),
    Text("请改正年份", "correct the year"),
)


def days(year: int | None) -> Callable[[Cell], Days | None]:
    """Return a parser of a day or a span of days (2月18日至20日); an empty cell is None."""

    def parse(cell: Cell) -> Days | None:
        span = _read(cell, year)
        if span and any(not _is_near(day, year) for day in span):
            raise CellError(_FAR_YEAR)
        return span

    return parse


def day(year: int | None) -> Callable[[Cell], date | None]:
    """Return a parser of one day; an empty cell is None."""
    parse_days = days(year)

    def parse(cell: Cell) -> date | None:
        span = parse_days(cell)
        if span and span[0] != span[1]:
            raise CellError(_UNCLEAR)
        return span and span[0]

    return parse


def _is_near(day: date, year: int | None) -> bool:
    return 2000 <= day.year <= 2100 if year is None else abs(day.year - year) <= 1


def _read(cell: Cell, year: int | None) -> Days | None:
    if isinstance(cell, datetime):
        return cell.date(), cell.date()
    if isinstance(cell, date):
        return cell, cell
    words = _DECORATION.sub("", text(cell)).strip()
    if not words:
        return None
    if words.split(".")[0].isdecimal() and int(words.split(".")[0]) in _SERIALS:
        serial = _EXCEL_EPOCH + timedelta(days=int(words.split(".")[0]))
        return serial, serial
    if isinstance(cell, float) and not cell.is_integer():
        raise CellError(_SHORTENED)
    match = _RANGE.fullmatch(words)
    if not match:
        only = _one_day(words, year)
        return only, only
    first = _one_day(match[1], year)
    last_words = f"{first.month}月{match[2]}" if _DAY_ONLY.fullmatch(match[2]) else match[2]
    last = _one_day(last_words, year or first.year)
    if last < first:
        raise CellError(_UNCLEAR)
    return first, last


def _one_day(words: str, year: int | None) -> date:
    match = next((match for form in _FORMS if (match := form.fullmatch(words))), None)
    if match is None:
        raise CellError(_UNCLEAR)
    parts = {"short_year": None, "year": None, "month": None, "lunar": None, **match.groupdict()}
    own_year = parts["year"] or (parts["short_year"] and f"20{parts['short_year']}")
    known_year = int(own_year) if own_year else year
    if known_year is None:
        raise CellError(_NO_YEAR)
    readings = [_solar_day(match, known_year)] if parts["month"] else []
    if parts["lunar"]:
        if not readings and not is_surely_lunar(match):
            raise CellError(_AMBIGUOUS)
        readings.append(lunar_date(match, known_year))
    if readings[0] is None or readings[-1] is None:
        raise CellError(_NO_SUCH_DATE)
    if readings[0] != readings[-1]:
        raise CellError(_CONTRADICTION)
    return readings[0]


def _solar_day(match: re.Match[str], year: int) -> date | None:
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
