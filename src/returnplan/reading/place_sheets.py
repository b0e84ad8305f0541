"""Places (地点), distances (里程) and pick-up tables (乡镇 → 上车点), declared."""

from returnplan.reading.cells import required, text
from returnplan.reading.dates import day, days
from returnplan.reading.layout import Layout, SheetField
from returnplan.reading.quantities import amount
from returnplan.reading.words import yes_no

_SHUT = ("封闭", "封路", "closed")
_OPEN = ("开放", "通行", "正常", "open")


def place_sheet() -> Layout:
    """Return the layout of named points."""
    latitude = amount("纬度", "the latitude")
    longitude = amount("经度", "the longitude")
    return Layout(
        "places",
        (
            SheetField("name", required(text, "missing_place", "地点名称", "the place"), required=True),
            SheetField("lat", required(latitude, "missing_latitude", "纬度", "the latitude"), required=True),
            SheetField(
                "lon", required(longitude, "missing_longitude", "经度", "the longitude"), required=True
            ),
            SheetField("owner", text),
            SheetField("owner_prefecture", text),
            SheetField("owner_county", text),
        ),
    )


def distance_sheet(year: int | None) -> Layout:
    """Return the layout of road km; ``year`` completes dates without one."""
    km = required(amount("公里数", "the km"), "missing_km", "公里数", "the km")
    return Layout(
        "distances",
        (
            SheetField("origin", required(text, "missing_origin", "起点", "the origin"), required=True),
            SheetField(
                "destination",
                required(text, "missing_destination", "终点", "the destination"),
                required=True,
            ),
            SheetField("km", km, required=True),
            SheetField("closed", yes_no("封闭", "closed", yes=_SHUT, no=_OPEN)),
            SheetField("closed_from", day(year, "first")),
            SheetField("closed_to", day(year, "last")),
            SheetField("closed_dates", days(year)),
        ),
    )


def pickup_sheet() -> Layout:
    """Return the layout of the places where townships board."""
    return Layout(
        "pickups",
        (
            SheetField("township", required(text, "missing_township", "乡镇", "the township"), required=True),
            SheetField("pickup", required(text, "missing_pickup", "上车点", "the pick-up"), required=True),
            SheetField("prefecture", text),
            SheetField("county", text),
            SheetField("hours", text),
        ),
    )
