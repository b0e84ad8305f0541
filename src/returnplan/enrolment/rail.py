"""The trains of the rail sheet: rows of one train put together, its stations found, its prices and hours checked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from returnplan.enrolment.atlas import Atlas
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.homes import HomeFinder
from returnplan.enrolment.sites import Register
from returnplan.model.records import PRODUCT_NAMES, Product, RailRow
from returnplan.model.roster import RailCall, RailService
from returnplan.model.texts import Text
from returnplan.places import bare_station, did_you_mean, near_names, stations

_PRICES: dict[Product, tuple[str, ...]] = {
    "train": ("fixed_yuan",),
    "carriage": ("carriage_yuan", "carriage_seats"),
    "group": ("seat_yuan",),
}
"""The columns that say what a product costs."""
_NAMES = {
    "capacity": Text("定员", "the capacity"),
    "min_load": Text("最低人数", "the minimum load"),
    "fixed_yuan": Text("包列费", "the price of the train"),
    "carriage_seats": Text("每节座位", "the seats of a carriage"),
    "carriage_yuan": Text("每节价", "the price of a carriage"),
    "seat_yuan": Text("票价", "the price of a seat"),
}


class _Wrong(NamedTuple):
    """What is wrong with a train: the row and the field whose cell says it, the code, the words."""

    row: RailRow
    field: str
    value: object
    code: str
    message: Text
    fix: Text


def find_services(
    rows: Sequence[RailRow], group_min_load: int, register: Register, atlas: Atlas, findings: Findings
) -> tuple[RailService, ...]:
    """Return the trains by date, number and product; a train with an error is left out whole, with its faults.

    A group ticket has ``group_min_load`` people at least where the sheet says nothing. ``atlas`` numbers the
    stations; the numbers are those before ``Atlas.final``.
    """
    found, homes = [], HomeFinder(register.gazetteer)
    for (_, day, product), own in _by_train(rows).items():
        wrong = [*_wrong_calls(own, register), *_wrong_figures(own, product), *_wrong_counties(own, homes)]
        for one in wrong:
            findings.add(one.row.ref, one.field, str(one.value), one.code, one.message, one.fix, signup=False)
        if not wrong:
            service = _service(own, day, product, group_min_load, register, atlas)
            found.append(replace(service, county_quotas=_county_quotas(own, homes)))
    return tuple(sorted(found, key=lambda service: (service.day, service.name, service.product)))


def _by_train(rows: Sequence[RailRow]) -> dict[tuple[str, date, Product], list[RailRow]]:
    """Return the rows of each train and product; a row that names no product has that of the row before."""
    trains: defaultdict[tuple[str, date, Product], list[RailRow]] = defaultdict(list)
    last: dict[tuple[str, date], Product] = {}
    for row in rows:
        name = row.service.upper()
        product = last[name, row.day] = row.product or last.get((name, row.day), "train")
        trains[name, row.day, product].append(row)
    return trains


def _wrong_calls(rows: Sequence[RailRow], register: Register) -> Iterator[_Wrong]:
    """Yield what is wrong with stations, hours and quotas."""
    if len(rows) < 2:
        yield _Wrong(
            rows[0],
            "station",
            rows[0].station,
            "one_station",
            Text(
                f"{rows[0].service} 只有一个可用的车站",
                f"{rows[0].service} has but one station that can be used",
            ),
            Text(
                "上车站和下车站各写一行",
                "write a row for the station of departure and one for that of arrival",
            ),
        )
    seen: dict[str, RailRow] = {}
    for row in rows:
        name = bare_station(row.station)
        if register.station(row.station) is None:
            near = near_names(name, tuple(stations()), 3)
            offer = did_you_mean(near)
            yield _Wrong(
                row,
                "station",
                row.station,
                "unknown_station",
                Text(
                    f"不知道车站“{row.station}”在哪里{offer.zh}",
                    f'the station "{row.station}" is not known{offer.en}',
                ),
                Text(
                    "改正站名，或在地点表写上它的纬度、经度",
                    "correct the name, or add its coordinates to the places sheet",
                ),
            )
        if name in seen:
            yield _Wrong(
                row,
                "station",
                row.station,
                "station_twice",
                Text(
                    f"{row.service} 两次写到{row.station}",
                    f"{row.service} has the station {row.station} twice",
                ),
                Text("一个车站只写一行", "write one row a station"),
            )
        seen[name] = row
    yield from _wrong_hours(rows)
    capacity = next((row.capacity for row in rows if row.capacity is not None), None)
    for row in rows:
        if row.quota is not None and capacity is not None and row.quota > capacity:
            yield _Wrong(
                row,
                "quota",
                row.quota,
                "quota_above_capacity",
                Text(
                    f"票额 {row.quota} 多于定员 {capacity}",
                    f"the quota {row.quota} is above the capacity {capacity}",
                ),
                Text("核对票额和定员", "check quota and capacity"),
            )


def _wrong_hours(rows: Sequence[RailRow]) -> Iterator[_Wrong]:
    """Yield hours that are missing or do not increase along the way."""
    give = Text("补填时间", "fill in the hour")
    if len(rows) > 1 and rows[0].departs_minute is None:
        yield _Wrong(
            rows[0],
            "departs_minute",
            "",
            "missing_hour",
            Text("第一站没有发车时间", "the first station has no hour of departure"),
            give,
        )
    if len(rows) > 1 and rows[-1].arrives_minute is None:
        yield _Wrong(
            rows[-1],
            "arrives_minute",
            "",
            "missing_hour",
            Text("末站没有到达时间", "the last station has no hour of arrival"),
            give,
        )
    for row in rows[1:-1]:
        if row.arrives_minute is None and row.departs_minute is None:
            yield _Wrong(
                row,
                "departs_minute",
                "",
                "missing_hour",
                Text(f"{row.station}没有时间", f"{row.station} has no hour"),
                give,
            )
    told = [
        (row, field, minute)
        for number, row in enumerate(rows)
        for field, minute in (("arrives_minute", row.arrives_minute), ("departs_minute", row.departs_minute))
        if minute is not None and not (field == "arrives_minute" and number == 0)
    ]
    for (before, _, earlier), (row, field, minute) in pairwise(told):
        if minute < earlier or (minute == earlier and before is not row):
            yield _Wrong(
                row,
                field,
                _clock(minute),
                "hours_not_increasing",
                Text(
                    f"{row.station} {_clock(minute)} 不晚于前一个时间 {before.station} {_clock(earlier)}",
                    f"{row.station} {_clock(minute)} is not later than {before.station} {_clock(earlier)} before it",
                ),
                Text(
                    "核对时间；次日的时间加 +1，如 01:05+1", "check the hours; write 01:05+1 for the next day"
                ),
            )


def _wrong_figures(rows: Sequence[RailRow], product: Product) -> Iterator[_Wrong]:
    """Yield what is wrong with capacity, least load and prices."""
    told = {field: [row for row in rows if getattr(row, field) is not None] for field in _NAMES}
    for field, name in _NAMES.items():
        for row in told[field][1:]:
            first, value = getattr(told[field][0], field), getattr(row, field)
            if value != first:
                yield _Wrong(
                    row,
                    field,
                    value,
                    "figures_differ",
                    Text(
                        f"同一车次的{name.zh}不一致：{first:g} 和 {value:g}",
                        f"{name.en} of one train is {first:g} and {value:g}",
                    ),
                    Text("只写在第一行", "write it on the first row alone"),
                )
    needed = ("capacity", *_PRICES[product])
    for field in needed:
        if not told[field]:
            yield _Wrong(
                rows[0],
                field,
                "",
                "missing_figure",
                Text(
                    f"{rows[0].service}({PRODUCT_NAMES[product].zh})没有{_NAMES[field].zh}",
                    f"{rows[0].service} ({PRODUCT_NAMES[product].en}) lacks {_NAMES[field].en}",
                ),
                Text("在该车次第一行补填", "fill it in on the first row of the train"),
            )
    for field in (field for other, fields in _PRICES.items() if other != product for field in fields):
        priced = [row for row in told[field] if getattr(row, field)]  # 0 fills a column that says nothing
        for row in priced[:1]:
            yield _Wrong(
                row,
                field,
                getattr(row, field),
                "two_prices",
                Text(
                    f"{PRODUCT_NAMES[product].zh}不按{_NAMES[field].zh}计价，不知道按哪个价格",
                    f"{PRODUCT_NAMES[product].en}: {_NAMES[field].en} prices another product; which counts?",
                ),
                Text(
                    "一个产品只留一种价格；另一产品另写几行",
                    "keep one price a product; write rows of its own for another",
                ),
            )
    if told["capacity"] and told["min_load"]:
        capacity, row = told["capacity"][0].capacity, told["min_load"][0]
        if capacity is not None and row.min_load is not None and row.min_load > capacity:
            yield _Wrong(
                row,
                "min_load",
                row.min_load,
                "min_above_capacity",
                Text(
                    f"最低人数 {row.min_load} 多于定员 {capacity}",
                    f"the minimum load {row.min_load} is above the capacity {capacity}",
                ),
                Text("核对最低人数和定员", "check minimum load and capacity"),
            )


def _wrong_counties(rows: Sequence[RailRow], homes: HomeFinder) -> Iterator[_Wrong]:
    """Yield counties that nobody knows, that are named twice with other seats, or have more seats than the train."""
    capacity = next((row.capacity for row in rows if row.capacity is not None), None)
    seen: dict[str, int] = {}
    for row in rows:
        for told, seats in row.county_quotas:
            home, value = homes.find("", told, "", ""), f"{told}{seats}"
            if home.county is None:
                unknown = Text(f"“{told}”不是县(市、区)", f'"{told}" is no county')
                message = home.fault[2] if home.fault else unknown
                fix = Text("改成县的全称，如 柳州市融安县", "write prefecture and county in full")
                yield _Wrong(row, "county_quotas", value, "unknown_county", message, fix)
            elif seen.setdefault(home.county.name, seats) != seats:
                before = seen[home.county.name]
                message = Text(
                    f"{told} 的名额写了两次：{before} 和 {seats}",
                    f"the quota of {told} is {before} and {seats}",
                )
                fix = Text("每县只写一次", "write each county once")
                yield _Wrong(row, "county_quotas", value, "figures_differ", message, fix)
            if capacity is not None and seats > capacity:
                message = Text(
                    f"{told} 的名额 {seats} 多于定员 {capacity}",
                    f"the quota of {told}, {seats}, is above the capacity {capacity}",
                )
                fix = Text("核对名额和定员", "check quota and capacity")
                yield _Wrong(row, "county_quotas", value, "quota_above_capacity", message, fix)


def _county_quotas(rows: Sequence[RailRow], homes: HomeFinder) -> tuple[tuple[str, int], ...]:
    """Return the quotas by full names of counties, all of which are known."""
    told = {
        homes.find("", county, "", "").county: seats for row in rows for county, seats in row.county_quotas
    }
    return tuple(sorted((county.name, seats) for county, seats in told.items() if county is not None))


def _service(
    rows: Sequence[RailRow],
    day: date,
    product: Product,
    group_min_load: int,
    register: Register,
    atlas: Atlas,
) -> RailService:
    def figure(field: str, otherwise: float = 0) -> float:
        return next((getattr(row, field) for row in rows if getattr(row, field) is not None), otherwise)

    calls = []
    for row in rows:
        place = register.station(row.station)
        assert place is not None
        arrives = None if row is rows[0] else _first(row.arrives_minute, row.departs_minute)
        departs = None if row is rows[-1] else _first(row.departs_minute, row.arrives_minute)
        calls.append(RailCall(atlas.number(place), _at(day, arrives), _at(day, departs), row.quota))
    return RailService(
        ref=rows[0].ref,
        name=rows[0].service.upper(),
        product=product,
        day=day,
        calls=tuple(calls),
        capacity=int(figure("capacity")),
        min_load=max(1, int(figure("min_load", group_min_load if product == "group" else 1))),
        fixed_yuan=figure("fixed_yuan"),
        carriage_seats=int(figure("carriage_seats", 1)),
        carriage_yuan=figure("carriage_yuan"),
        seat_yuan=figure("seat_yuan"),
    )


def _first(minute: int | None, otherwise: int | None) -> int | None:
    return otherwise if minute is None else minute


def _at(day: date, minute: int | None) -> datetime | None:
    """Return the local hour, None where the train does not arrive or depart."""
    return None if minute is None else datetime.combine(day, time()) + timedelta(minutes=minute)


def _clock(minute: int) -> str:
    days, within = divmod(minute, 24 * 60)
    return f"{within // 60:02d}:{within % 60:02d}" + "+1" * days
