"""The trains that may be ordered (铁路), declared: one row a train and station."""

import re
from datetime import datetime, time, timedelta

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, clean, required, text
from returnplan.reading.dates import day
from returnplan.reading.layout import Asked, Layout, SheetField, asked_day, number, one_of
from returnplan.reading.quantities import amount, count
from returnplan.reading.words import product
from returnplan.sheets.tables import Cell

_NEXT = r"(?:次日|第二天|\+1[天日]?|\(\+1[天日]?\)|\(次日\))"
_CLOCK = re.compile(
    rf"(?P<before>{_NEXT})?\s*(?P<hour>\d{{1,2}})[:点时](?P<minute>\d{{1,2}})分?\s*(?P<after>{_NEXT})?"
)
_NONE = re.compile(r"[-—–/\s]*|始发站?|终[到点]站?|起点|无")
_BETWEEN = re.compile(r"[、,，;；\n]")
_COUNTY_QUOTA = re.compile(r"(?P<county>[^\d:：]+?)\s*[:：]?\s*(?P<seats>\d{1,6})\s*(?:人|座|张|个|名|席)?")
_QUOTA_UNCLEAR = Finding(
    "county_quotas_unclear",
    Text("看不懂各县名额", "the quotas of the counties cannot be read"),
    Text("请写成 融安县60、三江县40", "write 融安县60、三江县40: each county with its seats"),
)
_DAY_MINUTES = 24 * 60
_UNCLEAR = Finding(
    "hour_unclear",
    Text("看不懂这个时间", "this hour cannot be read"),
    Text("请写成 09:30，次日写成 01:05+1", "write 09:30, and 01:05+1 for the next day"),
)


def clock_minute(cell: Cell) -> int | None:
    """Return the minutes since the midnight at which the train's day begins; a blank, ---- or 始发 is None.

    Excel has an hour as a time, a part of a day, or (past midnight) a length of time.
    """
    if isinstance(cell, datetime):
        raise CellError(_UNCLEAR)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return _within_two_days(round(cell.total_seconds() / 60))
    if isinstance(cell, float) and not cell.is_integer():
        return _within_two_days(round(cell * _DAY_MINUTES))
    words = clean(cell)
    if _NONE.fullmatch(words):
        return None
    told = _CLOCK.fullmatch(words)
    if told is None or int(told["hour"]) > 23 or int(told["minute"]) > 59:
        raise CellError(_UNCLEAR)
    is_next = told["before"] is not None or told["after"] is not None
    return is_next * _DAY_MINUTES + int(told["hour"]) * 60 + int(told["minute"])


def county_quotas(cell: Cell) -> tuple[tuple[str, int], ...]:
    """Return each county that a cell names with its seats: 融安县60、三江县40座.

    Raises
    ------
    CellError : the cell says something else besides
    """
    words = clean(cell)
    if _NONE.fullmatch(words):
        return ()
    said = [_COUNTY_QUOTA.fullmatch(part.strip()) for part in _BETWEEN.split(words) if part.strip()]
    if not said or None in said:
        raise CellError(_QUOTA_UNCLEAR)
    return tuple((one["county"].strip(), int(one["seats"])) for one in said if one is not None)


def _within_two_days(minute: int) -> int:
    if not 0 <= minute < 2 * _DAY_MINUTES:
        raise CellError(_UNCLEAR)
    return minute


def rail_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    first_row = Text("写在该车次第一行", "on the train's first row")
    return Layout(
        "rail",
        (
            SheetField(
                "service",
                required(text, "missing_service", "车次", "the train number"),
                required=True,
                asked=Asked(Text("车次", "Train"), 10, Text("一个车站一行", "one row a station"), "D4508"),
            ),
            SheetField("product", product, asked=one_of(Text("产品", "Product"), 10, "专列 包车厢 团体票")),
            SheetField(
                "day",
                required(day(year), "missing_day", "日期", "the date"),
                required=True,
                asked=asked_day(Text("日期", "Date"), Text("始发日期", "on which it starts")),
            ),
            SheetField(
                "station",
                required(text, "missing_station", "车站", "the station"),
                required=True,
                fills_down=False,
                asked=Asked(
                    Text("车站", "Station"),
                    14,
                    Text("按停靠顺序；第一站只上，末站只下", "in their order; the last one alights only"),
                    "柳州站",
                ),
            ),
            SheetField(
                "arrives_minute", clock_minute, fills_down=False, asked=_hour(Text("到达", "Arrives"))
            ),
            SheetField(
                "departs_minute", clock_minute, fills_down=False, asked=_hour(Text("发车", "Departs"))
            ),
            SheetField(
                "quota",
                count("票额", "the quota"),
                fills_down=False,
                asked=number(Text("票额", "Quota"), 8, Text("该站可上车人数", "who may board there"), "200"),
            ),
            SheetField(
                "county_quotas",
                county_quotas,
                asked=Asked(
                    Text("各县名额", "County quotas"),
                    20,
                    Text("每县最多几座，不写的县不限", "most seats of a county; others have no limit"),
                    "融安县60、三江县40",
                ),
            ),
            SheetField(
                "capacity",
                count("定员", "the capacity"),
                asked=number(Text("定员", "Capacity"), 8, first_row, "613", is_needed=True),
            ),
            SheetField(
                "min_load",
                count("最低人数", "the minimum load"),
                asked=number(Text("最低人数", "Min load"), 10, first_row, "400"),
            ),
            SheetField(
                "fixed_yuan",
                amount("包列费", "the price of the train", not_per=("人", "座", "head", "seat")),
                asked=number(
                    Text("包列费", "Train cost"), 10, Text("专列：元/列", "whole train: yuan"), "120000"
                ),
            ),
            SheetField(
                "carriage_seats",
                count("每节座位", "the seats of a carriage"),
                asked=number(Text("每节座位", "Carriage seats"), 10, Text("包车厢", "carriages"), "85"),
            ),
            SheetField(
                "carriage_yuan",
                amount("每节价", "the price of a carriage"),
                asked=number(
                    Text("每节价", "Carriage yuan"), 10, Text("包车厢：元/节", "yuan a carriage"), "17000"
                ),
            ),
            SheetField(
                "seat_yuan",
                amount("票价", "the price of a seat"),
                asked=number(Text("票价", "Ticket price"), 10, Text("团体票：元/座", "yuan a seat"), "196"),
            ),
        ),
    )


def _hour(header: Text) -> Asked:
    return Asked(header, 10, Text("如 10:30，次日加 +1", "HH:MM, +1 on the next day"), "10:30")
