"""The vehicles that may be chartered (车辆), declared."""

from returnplan.reading.cells import required, text
from returnplan.reading.dates import day, days
from returnplan.reading.layout import Layout, SheetField
from returnplan.reading.plates import plate
from returnplan.reading.quantities import amount, count
from returnplan.reading.words import mode


def fleet_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    vehicle = required(text, "missing_vehicle", "车型", "the vehicle type")
    cost = required(amount("包车费", "the cost a trip"), "missing_cost", "包车费", "the cost a trip")
    return Layout(
        "fleet",
        (
            SheetField("vehicle", vehicle, required=True),
            SheetField("mode", mode),
            SheetField("seats", count("乘客座位数", "the passenger seats")),
            SheetField("licensed", count("核载人数", "the licensed number of people")),
            SheetField("fixed_yuan", cost, required=True),
            SheetField("per_km_yuan", amount("每公里运价", "the price a km")),
            SheetField("per_day", count("每日可用车辆数", "the vehicles a day"), fills_down=False),
            SheetField("base", text),
            SheetField("turnaround_days", count("往返天数", "the turnaround days")),
            SheetField("first_date", day(year)),
            SheetField("last_date", day(year)),
            SheetField("dates", days(year)),
            SheetField("min_load", amount("最低人数", "the minimum load")),
            SheetField("plate", plate),
        ),
        any_of=(("seats", "licensed"),),
    )
