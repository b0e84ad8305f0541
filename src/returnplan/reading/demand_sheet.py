"""The employers' demand (用工需求), declared."""

from returnplan.reading.cells import required, text
from returnplan.reading.dates import day
from returnplan.reading.layout import Layout, SheetField
from returnplan.reading.quantities import age_limits, amount, count
from returnplan.reading.words import sex


def demand_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    employer = required(text, "missing_employer", "企业名称", "the employer")
    city = required(text, "missing_city", "所在市", "the city")
    return Layout(
        "demand",
        (
            SheetField("employer", employer, required=True),
            SheetField("city", city, required=True),
            SheetField("town", text),
            SheetField("place", text),
            SheetField("post", text),
            SheetField("headcount", count("需求人数", "the headcount"), fills_down=False),
            SheetField("resume", day(year, "first")),
            SheetField("reception_from", day(year, "first")),
            SheetField("wage_yuan", amount("月薪", "the monthly wage")),
            SheetField("sex", sex),
            SheetField("ages", age_limits),
            SheetField("min_age", count("最小年龄", "the lowest age")),
            SheetField("max_age", count("最大年龄", "the highest age")),
            SheetField("contact", text),
            SheetField("phone", text),
        ),
        any_of=(("post", "headcount", "resume", "reception_from", "wage_yuan", "place", "contact"),),
    )
