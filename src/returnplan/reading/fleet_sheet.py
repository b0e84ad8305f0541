"""The vehicles that may be chartered (车辆), declared."""

from returnplan.model.texts import Text
from returnplan.reading.cells import required, text
from returnplan.reading.dates import day, days
from returnplan.reading.layout import Asked, Layout, SheetField, asked_day, number, one_of
from returnplan.reading.quantities import amount, count
from returnplan.reading.vehicles import plate, seat_count
from returnplan.reading.words import mode, side, use

_UNLIMITED = ("不限", "不限量", "无限", "无限制", "按需", "unlimited")


def fleet_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    vehicle = required(text, "missing_vehicle", "车型", "the vehicle type")
    trip = amount("包车费", "the cost a trip", not_per=("公里", "千米", "km", "人", "head"))
    cost = required(trip, "missing_cost", "包车费", "the cost a trip")
    per_km = amount("每公里运价", "the price a km", not_per=("趟", "次", "车", "天", "人", "trip"))
    per_day = count("每日可用车辆数", "the vehicles a day")
    return Layout(
        "fleet",
        (
            SheetField(
                "vehicle",
                vehicle,
                required=True,
                asked=Asked(Text("车型", "Vehicle"), 16, Text("一种车型一行", "one row a type"), "49座大巴"),
            ),
            SheetField("mode", mode),
            SheetField(
                "seats",
                seat_count("乘客座位数", "the passenger seats"),
                asked=number(
                    Text("乘客座位数", "Passenger seats"),
                    12,
                    Text("不含驾驶员；只知核载人数的，把列名改成“核载人数”", "without the driver"),
                    "49",
                    is_needed=True,
                ),
            ),
            SheetField("licensed", seat_count("核载人数", "the licensed number of people")),
            SheetField(
                "fixed_yuan",
                cost,
                required=True,
                asked=number(
                    Text("包车费(元/趟)", "Fixed cost"), 14, Text("每趟固定费用", "yuan a trip"), "3600"
                ),
            ),
            SheetField(
                "per_km_yuan",
                per_km,
                asked=number(Text("每公里运价", "Per km"), 12, Text("元，另加", "yuan, on top"), "6"),
            ),
            SheetField(
                "per_day",
                lambda cell: None if text(cell).lower() in _UNLIMITED else per_day(cell),
                fills_down=False,
                asked=number(
                    Text("每日可用车辆数", "Per day"), 14, Text("不填：不限", "empty: any number"), "20"
                ),
            ),
            SheetField(
                "base",
                text,
                asked=Asked(
                    Text("所在市", "Base"),
                    12,
                    Text(
                        "只接这个市的人；不填：哪里都可以",
                        "picks up in this prefecture only; empty: anywhere",
                    ),
                    "贵港市",
                ),
            ),
            SheetField("side", side, asked=one_of(Text("所在端", "Side"), 8, "来源地 目的地")),
            SheetField(
                "turnaround_days",
                count("往返天数", "the turnaround days"),
                asked=number(
                    Text("往返天数", "Turnaround days"),
                    10,
                    Text("0:每天都有新的车", "0: the pool renews daily"),
                    "2",
                ),
            ),
            SheetField(
                "first_date", day(year, "first"), asked=asked_day(Text("可用开始日期", "Available from"))
            ),
            SheetField(
                "last_date", day(year, "last"), asked=asked_day(Text("可用结束日期", "Available until"))
            ),
            SheetField("dates", days(year)),
            SheetField(
                "min_load",
                amount("最低人数", "the minimum load"),
                asked=number(
                    Text("起运人数", "Min load"), 10, Text("不填：按规则文件", "empty: as in the rules"), "20"
                ),
            ),
            SheetField(
                "use",
                use,
                asked=one_of(Text("用途", "Use"), 8, "直达 接驳"),
            ),
            SheetField(
                "runs_per_day",
                count("每日趟数", "the runs a day"),
                asked=number(
                    Text("每日趟数", "Runs per day"),
                    10,
                    Text(
                        "接驳车一天最多跑几趟；不填：按时间", "of feeders and shuttles; empty: as hours allow"
                    ),
                    "3",
                ),
            ),
            SheetField(
                "carrier",
                text,
                asked=Asked(
                    Text("承运单位", "Carrier"),
                    18,
                    Text("客运公司全称；派车单一家一份", "the coach company; it gets its own order sheet"),
                    "桂平客运公司",
                ),
            ),
            SheetField(
                "plate",
                plate,
                asked=Asked(
                    Text("车牌号", "Plate"),
                    12,
                    Text("一辆车一行时填", "if a row is one real vehicle"),
                    "桂R12345",
                ),
            ),
        ),
        any_of=(("seats", "licensed"),),
    )
