"""Places (地点), distances (里程) and pick-up tables (乡镇 → 上车点), declared."""

from returnplan.model.texts import Text
from returnplan.reading.cells import required, text
from returnplan.reading.dates import day, days
from returnplan.reading.layout import YES_NO, Asked, Layout, SheetField, asked_day, number, one_of
from returnplan.reading.quantities import amount, duration_minutes
from returnplan.reading.words import yes_no
from returnplan.sheets.tables import Cell

_SHUT = ("封闭", "封路", "closed")
_OPEN = ("开放", "通行", "正常", "open")


def place_sheet() -> Layout:
    """Return the layout of named points."""
    latitude = amount("纬度", "the latitude")
    longitude = amount("经度", "the longitude")
    return Layout(
        "places",
        (
            SheetField(
                "name",
                required(text, "missing_place", "地点名称", "the place"),
                required=True,
                asked=Asked(
                    Text("地点", "Place"),
                    26,
                    Text("与报名表的写法一致", "as sign-ups write it"),
                    "桥圩镇政府广场",
                ),
            ),
            SheetField(
                "lat",
                required(latitude, "missing_latitude", "纬度", "the latitude"),
                required=True,
                asked=number(
                    Text("纬度", "Latitude"), 12, Text("小数，如 23.04", "decimal degrees"), "23.04"
                ),
            ),
            SheetField(
                "lon",
                required(longitude, "missing_longitude", "经度", "the longitude"),
                required=True,
                asked=number(
                    Text("经度", "Longitude"), 12, Text("小数，如 109.72", "decimal degrees"), "109.72"
                ),
            ),
            SheetField(
                "owner",
                text,
                asked=Asked(
                    Text("所属", "Belongs to"),
                    18,
                    Text("市、县，或两级都写", "prefecture, county, or both"),
                    "港南区",
                ),
            ),
            SheetField("owner_prefecture", text),
            SheetField("owner_county", text),
        ),
    )


def distance_sheet(year: int | None) -> Layout:
    """Return the layout of road km; ``year`` completes dates without one.

    That a row closes a whole place, and which cells it may leave blank for it, is told by its cells together.
    """
    return Layout(
        "distances",
        (
            SheetField(
                "origin",
                text,
                required=True,
                asked=Asked(Text("起点", "From"), 26, Text("地点名", "a place"), "桥圩镇政府广场"),
            ),
            SheetField(
                "destination",
                text,
                required=True,
                asked=Asked(
                    Text("终点", "To"),
                    26,
                    Text(
                        "地点名；整个地点都到不了：终点和公里空着，封闭写是",
                        "a place; to close the first place whole: leave this and the km blank, write yes under Closed",
                    ),
                    "虎门汽车站",
                ),
            ),
            SheetField(
                "km",
                amount("公里数", "the km"),
                required=True,
                asked=number(Text("公里", "km"), 10, Text("按车走的路", "by road"), "452"),
            ),
            SheetField(
                "minutes",
                duration_minutes,
                asked=number(
                    Text("分钟", "Minutes"),
                    10,
                    Text("白天行车用时；空着按平常车速", "at the wheel by day; empty: the usual speed"),
                    "350",
                ),
            ),
            SheetField(
                "closed",
                yes_no("封闭", "closed", yes=_SHUT, no=_OPEN),
                asked=one_of(Text("封闭", "Closed"), 8, YES_NO),
            ),
            SheetField(
                "closed_from",
                day(year, "first"),
                asked=asked_day(
                    Text("封闭开始", "Closed from"), Text("封路的第一天", "first day of a closed road")
                ),
            ),
            SheetField(
                "closed_to",
                day(year, "last"),
                asked=asked_day(
                    Text("封闭结束", "Closed until"), Text("封路的最后一天", "last day of a closed road")
                ),
            ),
            SheetField("closed_dates", days(year)),
        ),
    )


def _townships(cell: Cell) -> str:
    """Return the text of a cell in which each line may be a township."""
    return text("、".join(cell.split("\n")) if isinstance(cell, str) else cell)


def pickup_sheet() -> Layout:
    """Return the layout of the places where townships board."""
    return Layout(
        "pickups",
        (
            SheetField(
                "township",
                required(_townships, "missing_township", "乡镇", "the township"),
                required=True,
                asked=Asked(Text("乡镇", "Township"), 18, Text("乡镇或街道", "township or street"), "桥圩镇"),
            ),
            SheetField(
                "pickup",
                required(text, "missing_pickup", "上车点", "the pick-up"),
                required=True,
                asked=Asked(
                    Text("上车点", "Pick-up"),
                    26,
                    Text("这个乡镇的人在哪里上车", "where it boards"),
                    "桥圩镇政府广场",
                ),
            ),
            SheetField("prefecture", text),
            SheetField(
                "county",
                text,
                asked=Asked(
                    Text("县(市、区)", "County"),
                    16,
                    Text("同名乡镇靠它区分", "tells namesakes apart"),
                    "港南区",
                ),
            ),
            SheetField(
                "hours",
                text,
                asked=Asked(
                    Text("时间", "Hours"),
                    16,
                    Text("可上车的时段", "when boarding is possible"),
                    "07:00-10:00",
                ),
            ),
        ),
    )
