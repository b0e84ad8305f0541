"""Numbers and ranges of numbers, as townships write them: 49座, 20-30人, 4000-6500元, 若干, 18-45岁."""

import math
import re
from dataclasses import replace
from datetime import time, timedelta

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, Parser, clean, text
from returnplan.sheets.tables import Cell

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = r"[^\d\s.,~至到—–-]*"  # never a word for "to": that would take quadratic time on a long cell
_TO = r"\s*(?:-|~|至|到|—|–)+\s*"
_BEFORE = r"(?:约|有|共|¥|rmb|cny|人民币|计件|计时|底薪|保底|综合|月薪|税前|税后|到手)*\s*"
_PLAIN = re.compile(rf"{_BEFORE}(-?{_NUMBER})\s*({_UNIT})", re.IGNORECASE)
_RANGE = re.compile(rf"{_BEFORE}({_NUMBER})\s*({_UNIT}){_TO}¥?({_NUMBER})\s*({_UNIT})", re.IGNORECASE)
_WORDS = re.compile(r"([一二两三四五六七八九十])([^一二两三四五六七八九十百千万]*)")
_NUMERALS = {**{numeral: i for i, numeral in enumerate("一二三四五六七八九十", 1)}, "两": 2}
_LEFT_OPEN = re.compile(r"若干|长期|常年|不限|大量|多名|急招|面议|待定")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_OF_A_SEX = r"(?:[男女][性工生]?:?\d{1,5}[人名个]?|\d{1,5}[人名个]?[男女][性工生]?)"
_BY_SEX = re.compile(rf"{_OF_A_SEX}(?:\s*[、,;/+和及]?\s*{_OF_A_SEX})?")
_HEADCOUNT_OF_A_SEX = Finding(
    "headcount_by_sex",
    Text(
        "需求人数里写着性别，性别以“性别”一栏为准", "the headcount names a sex; that of the sex column counts"
    ),
    Text("请把性别填在“性别”一栏", "write the sex in its column"),
    "warning",
)
_HEADCOUNT_BY_SEX = Finding(
    "headcount_by_sex",
    Text(
        "男女分开写了人数，按合计安排，不分性别",
        "the headcount is told by sex; the sum counts, for either sex",
    ),
    Text("请男女各写一行，性别填在“性别”一栏", "write a row for each sex, with it in the sex column"),
    "warning",
)
_MAX_COUNT = 1e9
_SOME = r"\d*\.?\d+"
_HALF_HOURS = (re.compile(r"个?半个?(?=小时|钟头)"), ".5"), (re.compile(r"(小时|钟头)半"), r"\g<1>30分")
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?::\d{2})?")
_DURATION = re.compile(
    rf"(?:约|大约)?(?:(?P<hours>{_SOME})\s*(?:个?小时|个?钟头|时|h(?:ours?|rs?)?))?"
    rf"\s*(?:(?P<minutes>{_SOME})\s*(?:分钟?|m(?:in(?:ute)?s?)?)?)?(?:左右)?",
    re.IGNORECASE,
)
_DURATION_UNCLEAR = Finding(
    "duration_unclear",
    Text("看不懂行车用时，按平常车速", "the driving time cannot be read; the usual speed counts"),
    Text("请填分钟数，或写成 7小时10分", "write minutes, or 7:10 for 7 hours and 10 minutes"),
    "warning",
)
_AGE_FROM = re.compile(r"(?:满|年满)?(\d+)\s*周?岁?\s*(?:以上|及以上|起)")
_AGE_TO = re.compile(r"(\d+)\s*周?岁?\s*(?:以下|及以下|以内|之内)")


def amount(zh: str, en: str, not_per: tuple[str, ...] = ()) -> Parser:
    """Return a parser of a number with or without a unit; a range has its lower end, a blank cell is None.

    An open amount (面议) is None with a warning. An amount per another unit (``not_per``: 6元/公里) is an error.
    """
    other_unit = Finding(
        "other_unit",
        Text(f"{zh}的单位不对", f"{en} is given for something else"),
        Text(f"请换算成{zh}，只填数字", f"write {en} as a plain number"),
    )
    broken = Finding(
        "not_a_number",
        Text(f"{zh}不是数字", f"{en} is not a number"),
        Text("请只填数字", "write a plain number"),
    )
    left_open = Finding(
        "left_open",
        Text(f"{zh}没有写明数目，按未填处理", f"{en} names no number; taken as empty"),
        Text("请填写数字", "write a number"),
        "warning",
    )

    def parse(cell: Cell) -> float | None:
        if isinstance(cell, float | int) and not isinstance(cell, bool) and math.isfinite(cell):
            return float(cell)
        words = text(cell)
        if not words:
            return None
        if _is_left_open(words):
            raise CellError(left_open)
        number = _lower_end(words)
        if number is None:
            raise CellError(broken)
        if any(f"{per}{unit}" in words.lower() for unit in not_per for per in ("/", "每", "一", "per ")):
            raise CellError(other_unit)
        return number

    return parse


def wage(cell: Cell) -> float | None:
    """Return a monthly wage; one that cannot be read (28元/小时) is empty with a warning, as no journey hangs on it."""
    try:
        wage_yuan: float | None = _monthly(cell)
    except CellError as error:
        said = error.finding
        if said.severity == "error":
            message = Text(f"{said.message.zh}，按未填处理", f"{said.message.en}; taken as empty")
            raise CellError(replace(said, message=message, severity="warning", value=None)) from None
        raise
    return wage_yuan


def count(zh: str, en: str) -> Parser:
    """Return a parser like :func:`amount` of a whole number that is not negative."""
    parse_amount = amount(zh, en)
    broken = Finding(
        "not_a_count",
        Text(f"{zh}必须是不小于 0 的整数", f"{en} must be a whole number, 0 or more"),
        Text("请改为整数", "write a whole number"),
    )

    def parse(cell: Cell) -> int | None:
        number = parse_amount(cell)
        if number is None:
            return None
        if not 0 <= number < _MAX_COUNT or number != int(number):
            raise CellError(broken)
        return int(number)

    return parse


_count_headcount = count("需求人数", "the headcount")


def headcount(cell: Cell) -> int | None:
    """Return how many people an employer looks for; 男20女10 are 30, with a warning: the sex has its own column.

    Raises
    ------
    CellError : as :func:`count` does
    """
    words = clean(cell)
    if _BY_SEX.fullmatch(words):
        both = sum(int(some) for some in _DIGITS.findall(words))
        finding = _HEADCOUNT_BY_SEX if {"男", "女"} <= set(words) else _HEADCOUNT_OF_A_SEX
        raise CellError(replace(finding, value=both))
    number: int | None = _count_headcount(cell)
    return number


_monthly = amount("月薪", "the monthly wage", ("小时", "时", "天", "日", "件", "hour", "day", "piece"))


def duration_minutes(cell: Cell) -> float | None:
    """Return how many minutes something takes (430, 7小时10分, 7:10); a blank cell is None.

    Excel has 7:10 as a time of the day, a length of time, or a part of a day.

    Raises
    ------
    CellError : the cell says something else
    """
    if isinstance(cell, time):
        return 60.0 * cell.hour + cell.minute
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 60
    if isinstance(cell, float) and 0 < cell < 1:
        return float(round(cell * 24 * 60))
    words = clean(cell)
    if not words:
        return None
    for half, number in _HALF_HOURS:
        words = half.sub(number, words)
    told = _CLOCK.fullmatch(words) or _DURATION.fullmatch(words)
    if told is None or not (told["hours"] or told["minutes"]):
        raise CellError(_DURATION_UNCLEAR)
    return 60 * float(told["hours"] or 0) + float(told["minutes"] or 0)


def _lower_end(words: str) -> float | None:
    """Return the number, or the lower end of the range, with units; None if the text is neither."""
    match = _PLAIN.fullmatch(words)
    if match:
        number, unit = match.groups()
    elif match := _RANGE.fullmatch(words):
        number, unit = match[1], match[2] or match[4]
    elif match := _WORDS.fullmatch(words):
        number, unit = str(_NUMERALS[match[1]]), match[2]
    else:
        return None
    unit = unit.lower()
    factor = 10_000 if unit.startswith(("万", "w")) else 1_000 if unit.startswith(("千", "k")) else 1
    return float(number.replace(",", "")) * factor


def _is_left_open(words: str) -> bool:
    return _LEFT_OPEN.search(words) is not None and _DIGIT.search(words) is None


def age_limits(cell: Cell) -> tuple[int | None, int | None]:
    """Return the youngest and the oldest age that an employer takes (18-45岁, 50岁以下, 不限)."""
    words = text(cell)
    if not words or _is_left_open(words):
        return None, None
    if match := _RANGE.fullmatch(words):
        return int(float(match[1])), int(float(match[3]))
    if match := _AGE_FROM.fullmatch(words):
        return int(match[1]), None
    if match := _AGE_TO.fullmatch(words):
        return None, int(match[1])
    raise CellError(
        Finding(
            "age_limits_unclear",
            Text("看不懂年龄要求，按不限处理", "the age limits cannot be read; taken as none"),
            Text("请写成 18-45、18以上 或 45以下", "write 18-45, 18以上 (from 18) or 45以下 (up to 45)"),
            "warning",
            (None, None),
        )
    )
