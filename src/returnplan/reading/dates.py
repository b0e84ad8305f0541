"""Dates in the forms that townships use; only a missing year is completed, nothing else is guessed."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, is_undecided, text
from returnplan.reading.english_dates import without_english
from returnplan.reading.lunar import LUNAR, ends_the_year, is_surely_lunar, lunar_date, names_its_month
from returnplan.reading.serial_days import of_serial
from returnplan.sheets.tables import Cell

Days = tuple[date | None, date | None]
"""First and last day; one day is both, None an open end (2月18日以后)."""

_LONGEST = 60
"""More characters than any date has."""

_LAST_MONTH = 12
_CLOCK = (
    r"\s*T?(?:上午|下午|早上|早晨|中午|晚上|傍晚|凌晨|早|晚|夜)?"
    r"(?:\d{1,2}[:时点](?:\d{1,2}分?|半)?(?::\d{1,2}(?:\.\d+)?)?)?"
)
_SOLAR = (
    r"(?:(?P<year>\d{4})[-/.年]|(?P<short_year>\d{2})年)?"
    r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
)
_FORMS = (
    re.compile(rf"{_SOLAR}(?:\s{_CLOCK}|{_CLOCK})(?:{LUNAR})?"),
    re.compile(rf"{LUNAR}{_SOLAR}"),
    re.compile(rf"(?:(?P<year>\d{{4}})年)?{LUNAR}{_CLOCK}"),
    re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})"),
)
_LOOKS_LIKE_A_DAY = re.compile(r"\d+[月./-]\d+|\d+[日号]|初[一二三四五六七八九十]|[正腊]月|廿|除夕|年三十")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_BETWEEN_CALENDARS = re.compile(
    r"(?<=[^\d./])[/、,](?=[^\d./])|(?<=[^\d])[/、,](?=\d+月)|(?<=[日号])[/、,](?=\D)"
)
_DECORATION = re.compile(r"[()\[\]]|\s+(?=[年月日号])|(?<=[年月日号])\s+")
_DEPARTS = re.compile(r"(?:出发|动身|启程|返岗|走|均可以?|都可以?|都行|即可)+$")
_FROM = re.compile(r"(?<!春节)(?:及?以后|及之后|起|开始)$")
_AFTER = re.compile(r"(?<!春节)(?<!以)(?:之后|过后|后)$")
_UNTIL = re.compile(r"(?:及?以前|及之前|之前|前|为止|止)$")
_HAVING_PASSED = re.compile(r"^过[完了](元宵节?|春节|年|十五|初[一二三四五六七八九十]|正月.*?)(?:再|就)?$")
_FEAST = re.compile(r"元宵节?|除夕夜?|大年夜|春节")
_ANY_DAY = re.compile(
    r"(?:随时|尽快|尽早|越(?:早|快)越好|(?:等|听|看|以)(?:候)?(?:从)?通知(?:为准)?|待(?:通知|安排)|任意时间?|任何(?:时间|一天)|不限(?:时间)?|时间不限|(?:听从?|服从|看)安排|(?:都|均|皆)(?:可以?|行))"
    r"(?:都|均)?(?:可以?|行)?(?:出发|走|动身)?"
)
_ABOUT = re.compile(r"^(?:大概|大约|约|预计|暂定)|(?:左右|前后|上下|附近)$")
_ROUGHLY = re.compile(
    r"(?:春节|过[完了]?年|年|节|假|收假|放假|开学)(?:后|以后|之后|前)?|(?:.{1,3}月)份?(?:初|底|末|中|间)?"
)
"""节后, 年后, 2月底 and 正月: a time without a day."""
_BETWEEN_DAYS = re.compile(r"(?:-|~|至|到|—|–)+")
_DAY_ONLY = re.compile(r"\d{1,2}[日号]?")
_NO_MONTH = re.compile(r"\d{1,2}[日号].*|\d{1,2}(?:-|~|至|到|—|–|、|,|和|或)\d{1,2}[日号].*")
_DAYS_OR_MONTH_AND_DAY = re.compile(r"(?P<first>\d{1,2})-(?P<last>\d{1,2})[日号]")
"""10-12号 are three days of a month; 2-18号 may be the 18th of February."""
_LONGEST_WINDOW_DAYS = 7
"""Nobody signs up to travel on any day of more than a week: 2-9号 is the 9th of February."""
_TEN_DAYS = re.compile(r"(?P<month>.+月)份?(?P<third>[上中下])旬")
_THIRDS = {
    "上": ("1 10", "初一 初十"),
    "中": ("11 20", "十一 二十"),
    "下": ("21 31 30 29 28", "廿一 三十 廿九"),
}
"""The first and the last day of a third of a solar and of a lunar month; the third that ends it has several ends."""
_SAYS_LUNAR, _SAYS_MONTH = (
    re.compile(r"[正腊冬]月|[初廿]|[农阴旧]历|除夕|元宵"),
    re.compile(r"\d月|\d[./-]\d"),
)
_BETWEEN_NEXT_DAYS = re.compile(r"[、,/和或]|或者")
_TURN = re.compile(r"(?:农历|阴历|旧历)?(?:大年|年前|年后|年|[正冬腊一二三四五六七八九十]+月)")

_YEAR = "{year}"
"""Where a mend shows a date of the campaign."""
_WRITE_IN_FULL = Text(f"请写成 {_YEAR}-02-18 的形式", f"write it like {_YEAR}-02-18")
_UNCLEAR = Finding("date_unclear", Text("看不懂这个日期", "this date cannot be read"), _WRITE_IN_FULL)
_UNDECIDED = Finding(
    "date_unclear",
    Text("日期还没有定", "the day is not decided yet"),
    Text(
        f"定下后请写成 {_YEAR}-02-18 的形式；哪天走都可以的，写“随时”",
        f"once it is, write it like {_YEAR}-02-18; who can leave on any day writes 随时 (any day)",
    ),
)
_ABOUT_WHEN = Finding(
    "date_unclear",
    Text("只写了大概什么时候，没有日期", "this says roughly when, and no day"),
    Text(
        f"请写成 {_YEAR}-02-18，或写从哪天起（正月初八以后）；哪天走都可以的，写“随时”",
        f"write it like {_YEAR}-02-18, or from which day on (正月初八以后); who can leave on any day "
        "writes 随时 (any day)",
    ),
)
_AMBIGUOUS = Finding(
    "date_unclear",
    Text("看不出是公历还是农历", "solar or lunar calendar? it does not say"),
    Text(
        f"请写成 {_YEAR}-02-18，或在前面注明“农历”",
        f"write it like {_YEAR}-02-18, or put 农历 (lunar) before it",
    ),
)
_NOT_A_DAY = Finding(
    "date_unclear",
    Text("日期被 Excel 存成了小数", "Excel stored this date as a decimal number"),
    _WRITE_IN_FULL,
)
_WHICH_MONTH = Finding(
    "date_unclear",
    Text("看不出是腊月还是正月", "the twelfth or the first lunar month? it does not say"),
    Text("请写成“腊月廿八”，或写公历日期", "write 腊月廿八, or the solar date"),
)
NO_MONTH = Finding("date_unclear", Text("日期没有月份", "the date has no month"), _WRITE_IN_FULL)
"""21号 of which month? The other days of the column may say it (:func:`with_month`)."""
_DAYS_OR_DAY = Finding(
    "date_unclear",
    Text("看不出是几号到几号，还是几月几号", "a span of days, or a month and a day? it does not say"),
    _WRITE_IN_FULL,
)
_NO_SUCH_DATE = Finding(
    "no_such_date", Text("没有这一天", "there is no such day"), Text("请改正日期", "correct the date")
)
NO_YEAR = Finding(
    "no_year",
    Text("日期没有年份", "the date has no year"),
    Text("请写明年份，或在 returnplan.toml 的 [dates] 中设置 year", "write the year, or set year in [dates]"),
)
_CONTRADICTION = Finding(
    "dates_contradict",
    Text("公历、农历或星期对不上", "the solar date, the lunar date or the day of the week do not agree"),
    Text("请核对后只写公历日期", "check, and write the solar date alone"),
)
_FAR_YEAR = Finding(
    "date_far_away",
    Text("日期不在本次活动的年份", "the date lies outside the year of this campaign"),
    Text("请改正年份", "correct the year"),
)
_APPROXIMATE = Finding(
    "date_about",
    Text("日期不确切，按所写的这一天安排", "the date is approximate; the day written here counts"),
    Text(
        "如果前后几天也可以，请写最早和最晚出发日期",
        "if the days around will do too, write the earliest and the latest day",
    ),
    "warning",
)


def days(year: int | None) -> Callable[[Cell], Days | None]:
    """Return a parser of a day or a span of days (2月18日至20日, 2月18日以后); an empty cell is None.

    An approximate day (2月18日左右) is the day itself, with a warning.
    """

    def parse(cell: Cell) -> Days | None:
        try:
            span, is_about = _read(cell, year)
        except CellError as error:
            raise CellError(_with_example(error.finding, year)) from None
        years = {day.year for day in span or () if day is not None}
        if any(not 2000 <= own <= 2100 if year is None else abs(own - year) > 1 for own in years):
            raise CellError(_FAR_YEAR)
        if is_about:
            raise CellError(replace(_APPROXIMATE, value=span))
        return span

    return parse


def tells_a_day(cell: Cell) -> bool:
    """Return whether a cell names a day, clearly or not; hours (8:00) and 随时 name none."""
    try:
        return days(None)(cell) is not None
    except CellError as error:
        none = (_UNCLEAR, _UNDECIDED, _ABOUT_WHEN, _NOT_A_DAY)
        return error.finding.message not in (finding.message for finding in none)


def has_day(line: str) -> bool:
    """Return whether a line may contain a day."""
    return _LOOKS_LIKE_A_DAY.search(line) is not None


def day(year: int | None, end: Literal["first", "last"] | None = None) -> Callable[[Cell], date | None]:
    """Return a parser of one day; an empty cell is None.

    Parameters
    ----------
    year : the year of the campaign; None: each date must have a year
    end : the end of the window in this column; 2月18日以后 is a first day, 2月18日以前 a last one
    """
    parse_days = days(year)
    open_side = {"first": 1, "last": 0, None: None}[end]

    def one(span: Days | None) -> date | None:
        if span is None:
            return None
        if span[0] != span[1] and (open_side is None or span[open_side] is not None):
            raise CellError(_with_example(_UNCLEAR, year))
        return span[0] or span[1]

    def parse(cell: Cell) -> date | None:
        try:
            return one(parse_days(cell))
        except CellError as error:
            if error.finding.severity == "warning":
                raise CellError(replace(error.finding, value=one(error.finding.value))) from None
            raise

    return parse


def _with_example(finding: Finding, year: int | None) -> Finding:
    """Return a finding whose mend shows a date of the campaign."""
    today = date.today()
    example = str(year or today.year + (today > date(today.year, 2, 18)))
    return replace(
        finding, fix=Text(finding.fix.zh.replace(_YEAR, example), finding.fix.en.replace(_YEAR, example))
    )


def with_month(cell: Cell, month: int) -> str | None:
    """Return a cell that names no month (21号, 21、22号, 21号以后) with this one, None if it is of another kind.

    None, too, of what may name this month already: 2-18号 in February.
    """
    words = _without_decoration(text(cell))
    span = _DAYS_OR_MONTH_AND_DAY.fullmatch(words)
    if span and int(span["first"]) == month:
        return None
    is_without = _NO_MONTH.fullmatch(words) and "月" not in words and not _SAYS_LUNAR.search(words)
    return f"{month}月{words}" if is_without else None


def month_of_all(cells: Iterable[Cell]) -> int | None:
    """Return the month if all cells are like 2-18号, with one first number and several second ones, else None.

    None, too, where all of them may be windows: 10-12号 and 10-15号 are no days of October.
    """
    words = {_without_decoration(written) for cell in cells if (written := text(cell))}
    told = [_DAYS_OR_MONTH_AND_DAY.fullmatch(one) for one in words]
    numbers = [(int(one["first"]), int(one["last"])) if one else (0, 0) for one in told]
    months = {first for first, _ in numbers}
    month = months.pop() if len(months) == 1 and len(told) > 1 else 0
    if all(0 < last - first < _LONGEST_WINDOW_DAYS for first, last in numbers):
        return None
    return month if 0 < month <= _LAST_MONTH else None


def as_month_and_day(cell: Cell) -> str | None:
    """Return 2-18号 as 2月18号, None for what is of another kind."""
    told = _DAYS_OR_MONTH_AND_DAY.fullmatch(_without_decoration(text(cell)))
    return f"{told['first']}月{told['last']}号" if told else None


def _read(cell: Cell, year: int | None) -> tuple[Days | None, bool]:
    """Return the days of a cell, and whether they are approximate."""
    if isinstance(cell, datetime):
        return (cell.date(), cell.date()), False
    if isinstance(cell, date):
        return (cell, cell), False
    written = text(cell)
    if not written:
        return None, False
    whole = written.split(".")[0]
    if len(whole) == 5 and whole.isdecimal() and (stored := of_serial(int(whole))):
        return (stored.date(), stored.date()), False
    if isinstance(cell, float) and not cell.is_integer():
        only = _of_decimal(written, year)
        return (only, only), False
    if len(written) > _LONGEST:
        raise CellError(_UNCLEAR)
    written = without_english(written)
    if _ANY_DAY.fullmatch(written):
        return None, False
    words = _without_decoration(written)
    exact = _ABOUT.sub("", words)
    return _span(exact, year), exact != words


def _without_decoration(written: str) -> str:
    bare = _DEPARTS.sub("", _DECORATION.sub("", written).strip().rstrip(".。,;")).strip()
    return _HAVING_PASSED.sub(r"\1后", bare)


def _of_decimal(written: str, year: int | None) -> date:
    """Return the day of a number: 2.21 is the 21st of February, but 2.2 may have been the 2nd or the 20th."""
    month, _, decimals = written.partition(".")
    if not month.isdecimal() or not 1 <= int(month) <= 12 or len(decimals) > 2:
        raise CellError(_NOT_A_DAY)
    if year is None:
        raise CellError(NO_YEAR)
    told = [int(decimals)] if len(decimals) == 2 else [int(decimals), int(decimals) * 10]
    days = [day for number in told if (day := _day_of(year, int(month), number)) is not None]
    if not days:
        raise CellError(_NO_SUCH_DATE)
    if len(days) > 1:
        one, other = (f"{day.month}月{day.day}日" for day in days)
        raise CellError(
            replace(
                _NOT_A_DAY,
                message=Text(
                    f"日期被 Excel 存成了小数，{one}和{other}已无法区分",
                    f"Excel stored this date as a decimal number: {days[0]:%m-%d} and {days[1]:%m-%d} look alike",
                ),
            )
        )
    return days[0]


def _span(words: str, year: int | None) -> Days:
    """Return the window of words that mean one day, a span of days, or a window with an open end."""
    days = _DAYS_OR_MONTH_AND_DAY.fullmatch(words)
    if days and int(days["first"]) < int(days["last"]):
        raise CellError(NO_MONTH if int(days["first"]) > _LAST_MONTH else _DAYS_OR_DAY)
    if (only := _one_day(words, year)) is not None:
        return only, only
    if (open_end := _FROM.sub("", words)) != words and (first := _one_day(open_end, year)) is not None:
        return first, None
    if (feast := _AFTER.sub("", words)) != words and (first := _one_day(feast, year)) is not None:
        return first + timedelta(days=1), None
    if (open_end := _UNTIL.sub("", words)) != words and (last := _one_day(open_end, year)) is not None:
        return None, last - timedelta(days=1) if _FEAST.fullmatch(open_end) else last
    for between in _BETWEEN_DAYS.finditer(words):
        first = _one_day(words[: between.start()], year)
        if first is None:
            continue
        for last_words in _last_words(words[: between.start()], words[between.end() :], first):
            last = _one_day(last_words, year or first.year)
            if last is not None and last >= first:
                return first, last
    if (following := _following_days(words, year)) is not None:
        return following
    said = [_one_day(part.strip(), year) for part in _BETWEEN_CALENDARS.split(words)]
    if len(said) > 1 and said[0] is not None and len(set(said)) == 1:
        return said[0], said[0]
    if (third := _ten_days(words, year)) is not None:
        return third
    if is_undecided(words):
        raise CellError(_UNDECIDED)
    if _ROUGHLY.fullmatch(words):
        raise CellError(_ABOUT_WHEN)
    raise CellError(NO_MONTH if with_month(words, 1) else _UNCLEAR)


def _ten_days(words: str, year: int | None) -> Days | None:
    """Return the first and the last day of a third of a month (2月下旬, 正月中旬), None for other words."""
    found = _TEN_DAYS.fullmatch(words)
    if found is None:
        return None
    solar, lunar = _THIRDS[found["third"]]
    is_solar = re.search(r"\d月", words) and not _SAYS_LUNAR.search(words)
    first_number, *last_numbers = (solar if is_solar else lunar).split()
    first = _one_day(found["month"] + first_number, year)
    for number in last_numbers if first is not None else ():
        try:
            return first, _one_day(found["month"] + number, year)
        except CellError:  # this month has no such day
            continue
    return None


def _following_days(words: str, year: int | None) -> Days | None:
    """Return the first and the last of days that follow one another (2月21、22日), None for any others."""
    first_words, *others = map(str.strip, _BETWEEN_NEXT_DAYS.split(words))
    first = last = _one_day(first_words, year) if others else None
    for other in others:
        is_mixed = bool(_SAYS_LUNAR.search(first_words)) != bool(_SAYS_LUNAR.search(other))
        if first is None or last is None or (is_mixed and _SAYS_MONTH.search(first_words + other)):
            return None
        days = (_one_day(full, year or first.year) for full in _last_words(first_words, other, first))
        if last + timedelta(days=1) != (last := next(filter(None, days), None)):
            return None
    return (first, last) if first is not None else None


def _last_words(first_words: str, last_words: str, first: date) -> Iterator[str]:
    """Yield possible full forms of the last day of a span: the 20日 of 2月18日至20日 is 2月20日."""
    if _DAY_ONLY.fullmatch(last_words):
        yield f"{first.month}月{last_words}"
    if turn := _TURN.match(first_words):
        yield turn.group() + last_words
    yield last_words


def _one_day(words: str, year: int | None) -> date | None:
    """Return the day that words mean, None if their form is unknown; raise a finding about a wrong day."""
    weekday = _WEEKDAY.search(words)
    words = _WEEKDAY.sub("", words).strip()
    match = next((match for form in _FORMS if (match := form.fullmatch(words))), None)
    if match is None:
        return None
    parts = {"short_year": None, "year": None, "month": None, "lunar": None, **match.groupdict()}
    own_year = parts["year"] or (parts["short_year"] and f"20{parts['short_year']}")
    known_year = int(own_year) if own_year else year
    if known_year is None:
        raise CellError(NO_YEAR)
    readings = [_solar_day(match, known_year)] if parts["month"] else []
    if parts["lunar"]:
        if not readings and not is_surely_lunar(match):
            raise CellError(_AMBIGUOUS)
        if not readings and not names_its_month(match):
            raise CellError(_WHICH_MONTH)
        is_as_written = bool(own_year) and not readings and year == known_year + 1 and ends_the_year(match)
        readings.append(lunar_date(match, known_year + is_as_written))  # 2026年腊月廿八 is in February 2027
    if readings[0] is None or readings[-1] is None:
        raise CellError(_NO_SUCH_DATE)
    if readings[0] != readings[-1] or (
        weekday and _WEEKDAYS[readings[0].weekday()] != weekday[1].replace("天", "日")
    ):
        raise CellError(_CONTRADICTION)
    return readings[0]


def _solar_day(match: re.Match[str], year: int) -> date | None:
    return _day_of(year, int(match["month"]), int(match["day"]))


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
