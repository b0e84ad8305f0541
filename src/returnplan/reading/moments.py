"""When a form was submitted: day and hour as form services write them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, text
from returnplan.reading.serial_days import of_serial
from returnplan.sheets.tables import Cell

_BEIJING = timezone(timedelta(hours=8))
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_HALF = r"(?P<{}>上午|下午|早上|中午|晚上|凌晨|am|pm)?"
_CLOCK = (
    rf"(?:[T\s]*{_HALF.format('half')}\s*(?P<hour>\d{{1,2}})[:时点](?:(?P<minute>\d{{1,2}})分?)?"
    rf"(?::?(?P<second>\d{{1,2}})秒?(?:\.\d+)?)?\s*{_HALF.format('late_half')})?"
    r"\s*(?P<zone>Z|(?:\(?(?:GMT|UTC))?[+-]\d{1,2}(?::?\d{2})?\)?)?"
)
_FORMS = (
    re.compile(rf"(?P<year>\d{{4}})[-/.年](?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})日?{_CLOCK}", re.I),
    re.compile(rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}|\d{{2}}){_CLOCK}", re.I),
)
_AFTERNOON = ("下午", "晚上", "pm")

_UNCLEAR = Finding(
    "moment_unclear",
    Text("看不懂提交时间，按未填处理", "the time of submission cannot be read; taken as empty"),
    Text("请写成 2021-02-10 12:00 的形式", "write it like 2021-02-10 12:00"),
    "warning",
)


def moment(cell: Cell) -> datetime | None:
    """Return day and hour, in Beijing time if a time zone is given; an empty cell is None.

    2/3/2021 is refused: it may be the third of February or the second of March.
    """
    if isinstance(cell, datetime):
        return _in_beijing(cell)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    words = re.sub(r"星期[一二三四五六日天]|周[一二三四五六日天]", "", text(cell)).strip()
    if not words:
        return None
    if _NUMBER.fullmatch(words) and (stored := of_serial(float(words))):
        return stored
    match = next((match for form in _FORMS if (match := form.fullmatch(words))), None)
    if match is None:
        raise CellError(_UNCLEAR)
    try:
        return _in_beijing(_moment(match))
    except (ValueError, OverflowError):
        raise CellError(_UNCLEAR) from None


def _moment(match: re.Match[str]) -> datetime:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if match.re is _FORMS[1]:
        if month <= 12 and day <= 12 and month != day:
            raise ValueError("month or day first?")
        month, day = (month, day) if month <= 12 else (day, month)
        year += 2000 if year < 100 else 0
    hour = int(match["hour"] or 0)
    half = (match["half"] or match["late_half"] or "").lower()
    if half in _AFTERNOON and hour < 12:
        hour += 12
    if half in ("am", "上午", "凌晨") and hour == 12:
        hour = 0
    told = datetime(year, month, day, hour, int(match["minute"] or 0), int(match["second"] or 0))
    if not match["zone"]:
        return told
    offset = re.search(r"([+-])(\d{1,2})(?::?(\d{2}))?", match["zone"])
    if offset is None:
        return told.replace(tzinfo=UTC)
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return told.replace(tzinfo=timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes)))


def _in_beijing(told: datetime) -> datetime:
    return (told.astimezone(_BEIJING) if told.tzinfo else told).replace(tzinfo=None, microsecond=0)
