"""Days of the lunar calendar in the words of the villages: 正月初九, 腊月廿八, 大年初六, 除夕, 元宵节.

The calendar itself is lunar_python's (MIT).
"""

import re
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
_FEASTS = {"元宵": (1, 15), "元宵节": (1, 15), "春节": (1, 1)}

LUNAR = (
    r"(?P<lunar>(?P<marked>农历|阴历)?(?:大年|年)?(?:"
    rf"(?:(?P<lunar_month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})月)?"
    rf"(?P<lunar_day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})日?"
    rf"|(?P<feast>{'|'.join(sorted(_FEASTS, key=len, reverse=True))}|除夕)))"
)
"""Pattern of a lunar day, to be embedded; :func:`lunar_date` takes its match."""


def is_surely_lunar(match: re.Match[str]) -> bool:
    """Tell whether the words can only be lunar: 二月十八 might be the 18th of February."""
    return bool(
        match["marked"]
        or match["feast"]
        or match["lunar_month"] in ("正", "冬", "腊")
        or match["lunar_day"][0] in "初廿卅"
    )


def lunar_date(match: re.Match[str], year: int) -> date | None:
    """Return the day of a match of :data:`LUNAR`, None when that month has no such day.

    ``year`` is the solar year of the campaign, so that 冬月 and 腊月 belong to the lunar year before it.
    """
    if match["feast"] == "除夕":
        first = _solar(year, 1, 1)
        return first and first - timedelta(days=1)
    if match["feast"]:
        month, day = _FEASTS[match["feast"]]
    else:
        month, day = _MONTHS[match["lunar_month"] or "正"], _DAYS[match["lunar_day"]]
    return _solar(year - 1 if month > 10 else year, month, day)


def _solar(lunar_year: int, month: int, day: int) -> date | None:
    from lunar_python import Lunar  # loaded when a sheet has a lunar date

    try:
        solar = Lunar.fromYmd(lunar_year, month, day).getSolar()
    except Exception:  # the library raises no narrower class for a 30th that the month does not have
        return None
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
