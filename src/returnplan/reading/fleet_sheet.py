"""The vehicles that may be chartered (车辆), declared."""

from returnplan.reading.cells import required, text
from returnplan.reading.dates import day, days
from returnplan.reading.layout import Layout, SheetField
from returnplan.reading.quantities import amount, count
from returnplan.reading.vehicles import plate, seat_count
from returnplan.reading.words import mode
from returnplan.sheets.tables import Cell

_UNLIMITED = ("不限", "不限量", "无限", "无限制", "按需", "unlimited")


def fleet_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    vehicle = required(text, "missing_vehicle", "车型", "the vehicle type")
    trip = amount("包车费", "the cost a trip", not_per=("公里", "千米", "km", "人", "head"))
    cost = required(trip, "missing_cost", "包车费", "the cost a trip")
    per_km = amount("每公里运价", "the price a km", not_per=("趟", "次", "车", "天", "人", "trip"))
    return Layout(
        "fleet",
        (
            SheetField("vehicle", vehicle, required=True),
            SheetField("mode", mode),
            SheetField("seats", seat_count("乘客座位数", "the passenger seats")),
            SheetField("licensed", seat_count("核载人数", "the licensed number of people")),
            SheetField("fixed_yuan", cost, required=True),
            SheetField("per_km_yuan", per_km),
            SheetField("per_day", _per_day, fills_down=False),
            SheetField("base", text),
            SheetField("turnaround_days", count("往返天数", "the turnaround days")),
            SheetField("first_date", day(year, "first")),
            SheetField("last_date", day(year, "last")),
            SheetField("dates", days(year)),
            SheetField("min_load", amount("最低人数", "the minimum load")),
            SheetField("plate", plate),
        ),
        any_of=(("seats", "licensed"),),
    )


def _per_day(cell: Cell) -> int | None:
    """Return the number of vehicles for each day, None for any number (不限)."""
    if text(cell).lower() in _UNLIMITED:
        return None
    number: int | None = count("每日可用车辆数", "the vehicles a day")(cell)
    return number
