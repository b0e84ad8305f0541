"""Days of the lunar calendar in the words of the villages: 正月初九, 腊月廿八, 年廿九, 年二九, 大年三十, 除夕, 元宵节.

年廿八 is a day before the new year, 年初八 one after it. The calendar itself is lunar_python's (MIT).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

_NUMERALS = "一二三四五六七八九十"
_MONTHS = {"正": 1, "冬": 11, "腊": 12, "十一": 11, "十二": 12, **{c: i for i, c in enumerate(_NUMERALS, 1)}}
_DAYS = {
    **{f"初{c}": i for i, c in enumerate(_NUMERALS, 1)},
    **{f"十{c}": i for i, c in enumerate(_NUMERALS[:9], 11)},
    **{f"{twenty}{c}": i for twenty in ("廿", "二十") for i, c in enumerate(_NUMERALS[:9], 21)},
    **dict.fromkeys(("二十", "廿"), 20),
    **dict.fromkeys(("三十", "卅"), 30),
}
_SHORT_DAYS = {f"二{c}": i for i, c in enumerate(_NUMERALS[:9], 21)}
"""Cantonese forms: 年二八 is 年廿八; only after 年 or 腊月 they are days."""

_FEASTS = {"元宵": (1, 15), "元宵节": (1, 15), "春节": (1, 1)}
_EVES = ("除夕", "除夕夜", "大年夜", "年三十晚", "年三十夜", "大年三十晚", "大年三十夜")
_NEW_YEAR = 1
_FIRST_OF_LAST_MONTHS, _LAST_MONTH = 11, 12
_LAST_DAYS = 30
"""年三十 is the last day of the year, also where its last month has 29 days."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_IN_DIGITS = r"(?<=[正腊冬]月)|(?<=[年前后历])|(?<=历\d月)|(?<=历\d\d月)"
"""The contexts in which a day in digits is lunar: 腊月28, 年28, 农历1月8, but never 2月18."""

LUNAR = (
    rf"(?P<lunar>(?P<marked>农历|阴历|旧历)?(?:(?P<feast>{_any_of([*_FEASTS, *_EVES])})"
    r"|(?P<turn>大年|年前|年后|节前|节后|春节前|春节后|年)?"
    rf"(?:(?P<lunar_month>{_any_of(_MONTHS)}|\d{{1,2}})月(?:份)?)?"
    rf"(?P<lunar_day>{_any_of(_DAYS)}|初\d{{1,2}}|(?:{_IN_DIGITS})\d{{1,2}}"
    rf"|(?:(?<=年)|(?<=腊月))(?:{_any_of(_SHORT_DAYS)}))日?))"
)
"""Pattern of a lunar day, to be embedded; :func:`lunar_date` takes its match."""


def is_surely_lunar(match: re.Match[str]) -> bool:
    """Return whether the words must be lunar: 二月十八 may be the 18th of February, and 2月廿八 its 28th."""
    return bool(
        match["marked"]
        or match["feast"]
        or match["turn"]
        or match["lunar_month"] in ("正", "冬", "腊")
        or match["lunar_day"][0] == "初"
        or (match["lunar_day"][0] in "廿卅" and not match["lunar_month"])
    )


def names_its_month(match: re.Match[str]) -> bool:
    """Return whether the month is known: 年廿八 and 初八 are clear, 廿八 alone is not."""
    return bool(match["feast"] or match["turn"] or match["lunar_month"] or match["lunar_day"][0] == "初")


def ends_the_year(match: re.Match[str]) -> bool:
    """Return whether the day lies in the last two months of its lunar year, which end in the next solar one."""
    return _month_and_day(match)[0] >= _FIRST_OF_LAST_MONTHS


def lunar_date(match: re.Match[str], year: int) -> date | None:
    """Return the day of a match of :data:`LUNAR`, None if that month has no such day.

    ``year`` is the solar year of the campaign; 冬月 and 腊月 belong to the lunar year before it.
    """
    month, day = _month_and_day(match)
    if match["feast"]:
        is_eve = match["feast"] in _EVES
    else:
        is_eve = day == _LAST_DAYS and bool(match["turn"]) and not match["lunar_month"]
    if is_eve and month == _LAST_MONTH:
        first = _solar(year, _NEW_YEAR, 1)
        return first and first - timedelta(days=1)
    return _solar(year - 1 if month >= _FIRST_OF_LAST_MONTHS else year, month, day)


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    if match["feast"]:
        return _FEASTS.get(match["feast"], (_LAST_MONTH, _LAST_DAYS))
    number = match["lunar_day"].removeprefix("初")
    day = int(number) if number.isdecimal() else (_DAYS | _SHORT_DAYS)[match["lunar_day"]]
    turn, words = match["turn"], match["lunar_month"]
    if words:
        return int(words) if words.isdecimal() else _MONTHS[words], day
    # 年廿八 is before the new year, 年初八 after it
    is_before = turn in ("年前", "节前", "春节前") or (turn in ("年", "大年") and day >= 20)
    return _LAST_MONTH if is_before else _NEW_YEAR, day


def _solar(lunar_year: int, month: int, day: int) -> date | None:
    from lunar_python import Lunar  # loaded when a sheet has a lunar date

    try:
        solar = Lunar.fromYmd(lunar_year, month, day).getSolar()
    except Exception:  # the library raises no narrower class for a 30th that the month does not have
        return None
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
