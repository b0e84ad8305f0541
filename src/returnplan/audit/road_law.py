"""Hard rule 12: what the law asks of the road and of those who drive, worked out from hours, rests and km alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.routes import is_closed, leg_minutes
from returnplan.audit.tables import Tables
from returnplan.model.law import LACKS_DRIVERS, MINUTES_A_DAY, MINUTES_AN_HOUR, Drivers, Span, minute_of
from returnplan.model.plan import CONNECTING, Rest
from returnplan.model.texts import Text

ROUNDING_MINUTES = 2.0
"""Every hour is stated in whole minutes, and a stretch has two ends."""
ROUNDING_KM = 0.001
MOST_DRIVES = 65_536
"""Drives of which the minutes at night are remembered: many coaches leave one place at one hour."""
ANY_HOUR: Span = ("00:00", "23:59")

WRONG_START = Promise(
    "wrong_start",
    CONTRACT,
    Text(
        "{batch} {depart} 发车，规定为 {first}–{last} 之间的整点、半点或 {usual}",
        "{batch} departs at {depart}; it should be at {usual}, or at a full or half hour from {first} to {last}",
    ),
)
WRONG_DATE = Promise(
    "wrong_date",
    CONTRACT,
    Text(
        "{batch} 的日期是 {date:%Y-%m-%d}，发车时刻却是 {depart}",
        "{batch} is dated {date:%Y-%m-%d}, but departs at {depart}",
    ),
)
AT_NIGHT = Promise(
    "transfer_at_night",
    CONTRACT,
    Text(
        "{batch} 按列车时刻 {depart:%H:%M} 发车，在发车时段 {first}–{last} 之外：{calls}；不便的，问能否改乘别的车次",
        "{batch} leaves at {depart:%H:%M} for its train, outside {first}–{last}: {calls}; if that is too hard, ask for "
        "another train",
    ),
    severity="warning",
)
WRONG_PACE = Promise(
    "wrong_pace",
    CONTRACT,
    Text(
        "{batch} 第 {seq} 站到下一站除休息外用 {minutes:.0f} 分钟，行车需 {drive:.0f} 分钟",
        "{batch} takes {minutes:.0f} minutes from stop {seq} to the next without rests, the drive takes {drive:.0f}",
    ),
)
NO_REST = Promise(
    "no_rest",
    12,
    Text(
        "{batch} 连续行车 {minutes:.0f} 分钟(其中夜间 {night:.0f} 分钟)，最多 {most:.0f}(夜间 {night_most:.0f})分钟",
        "{batch} drives {minutes:.0f} minutes in one go ({night:.0f} of them at night); {most:.0f} are allowed "
        "({night_most:.0f} at night)",
    ),
)
ON_THE_ROAD = Promise(
    "no_standstill",
    12,
    Text(
        "{batch} 在 {begin}–{end} 行车 {minutes:.0f} 分钟，长途客车此时须停驶",
        "{batch} drives for {minutes:.0f} minutes between {begin} and {end}, when long-distance coaches stand",
    ),
)
TOO_LONG = Promise(
    "driving_hours",
    12,
    Text(
        "{batch} 24 小时内行车 {hours:.1f} 小时，{num_drivers} 名驾驶员最多 {most:g} 小时",
        "{batch} drives {hours:.1f} hours in 24; {num_drivers} drivers may drive {most:g}",
    ),
)
TOO_MANY_DRIVERS = Promise(
    "driving_hours",
    12,
    Text(
        "{batch} 需要 {num_drivers} 名驾驶员，规定最多 {most} 名",
        "{batch} needs {num_drivers} drivers of at most {most}",
    ),
)
ONE_DRIVER = Promise(
    "second_driver",
    12,
    Text(
        "{batch} 全程 {km:.0f} 公里，超过 {two_above:g} 公里须两名驾驶员",
        "{batch} goes {km:.0f} km; above {two_above:g} km it needs two drivers",
    ),
)
TOO_FEW_NAMED = Promise(
    "too_few_drivers",
    12,
    LACKS_DRIVERS,
    "warning",
)

CLOSED = Promise(
    "reception_closed",
    12,
    Text(
        "{batch} {time:%m-%d %H:%M} 到 {place}，那里的接收时间是 {opens}–{closes}，到时没有人接",
        "{batch} reaches {place} at {time:%m-%d %H:%M}, where people are taken in from {opens} to {closes}",
    ),
    "warning",
)


BOARDING = Promise(
    "boarding_closed",
    12,
    Text(
        "{batch} {time:%m-%d %H:%M} 在 {place} 上客，那里 {opens}–{closes} 才能上车；换发车时间，或把人改到别处上车",
        "{batch} calls at {place} at {time:%m-%d %H:%M}, where one can board from {opens} to {closes}; choose another "
        "hour of departure or another pick-up",
    ),
    "warning",
)


def starts(tables: Tables) -> Iterable[Violation]:
    """Compare the hour of departure with the usual one, and with those that may be chosen instead of it.

    A coach to or from a train leaves as the train asks, so of it a person is only warned.
    """
    timetable, depart = tables.law.timetable, tables.batches["depart"]
    first, last = timetable.start_window
    hour = depart.dt.strftime("%H:%M")
    is_chosen = (hour >= first) & (hour <= last) & (depart.dt.minute % 30 == 0)
    is_right = is_chosen | (hour == timetable.start)
    rows = tables.batches.assign(first=first, last=last, usual=timetable.start)
    yield from WRONG_START.broken_by(rows, (rows["kind"] == "direct") & ~is_right)
    yield from WRONG_DATE.broken_by(rows, ~tables.is_train & (depart.dt.normalize() != rows["date"]))
    is_open = (hour >= first) & (hour <= last)
    at_night = rows[rows["kind"].isin(CONNECTING) & ~is_open & ~rows["kept"].astype(bool)]
    if len(at_night):
        yield from AT_NIGHT.broken_by(at_night.assign(calls=[_boarding(tables, at) for at in at_night.index]))


def _boarding(tables: Tables, batch: int) -> Text:
    """Return where and when how many people board a batch, as far as that is outside the hours of departure."""
    first, last = tables.law.timetable.start_window
    stops = tables.stops[(tables.stops["at"] == batch) & (tables.stops["kind"] == "pickup")]
    calls = [
        (place, f"{time:%H:%M}", num)
        for place, time, num in zip(stops["place"], stops["time"], stops["num_on"], strict=True)
        if not first <= f"{time:%H:%M}" <= last
    ]
    return Text(
        "、".join(f"{place} {hour} 上车 {num} 人" for place, hour, num in calls),
        ", ".join(f"{num} board at {place} at {hour}" for place, hour, num in calls),
    )


def receptions(tables: Tables) -> Iterable[Violation]:
    """Compare the arrival at the last stop with the hours at which those who alight there are taken in."""
    if tables.riders.empty:  # its columns have no types to merge by
        return
    told = tables.law.timetable.reception
    spans = told if isinstance(told, dict) else {"": told} if told else {}
    last = tables.stops.drop_duplicates("batch", keep="last")[["batch", "seq", "place", "time"]]
    riders = tables.riders[tables.riders["kind"].isin(["direct", "shuttle"])]
    named_by = ["roster_employer", "dropoff", "roster_city"]
    rows = riders[["batch", "dropoff_seq", *named_by]].drop_duplicates()
    rows = rows.merge(last, left_on=["batch", "dropoff_seq"], right_on=["batch", "seq"])
    closed = []
    for row in rows.to_dict("records") if spans else ():
        names = (*(row[name] for name in named_by), row["roster_city"].removesuffix("市"), "")
        opens, closes = next((spans[name] for name in names if name in spans), ANY_HOUR)
        if not _is_open(f"{row['time']:%H:%M}", opens, closes):
            closed.append(row | {"opens": opens, "closes": closes})
    if closed:
        yield from CLOSED.broken_by(pd.DataFrame(closed).drop_duplicates(["batch", "opens", "closes"]))


def boardings(tables: Tables) -> Iterable[Violation]:
    """Compare the hours of coaches at their pick-ups with those at which one can board there."""
    stops, places = tables.stops, tables.roster.places
    on_road = ~tables.is_train[stops["at"].to_numpy()]
    has_hours = np.array([*(place.hours is not None for place in places), False])[stops["where"].to_numpy()]
    closed = []
    for row in stops[has_hours & (stops["kind"] == "pickup") & on_road].to_dict("records"):
        opens, closes = places[row["where"]].hours or ANY_HOUR
        if not _is_open(f"{row['time']:%H:%M}", opens, closes):
            closed.append(row | {"opens": opens, "closes": closes})
    yield from BOARDING.broken_by(pd.DataFrame(closed))


def _is_open(hour: str, opens: str, closes: str) -> bool:
    """Return whether an hour lies in a span, which goes over midnight if it ends earlier than it begins."""
    after, before = opens <= hour, hour <= closes
    return after and before if opens <= closes else after or before


def drivers(tables: Tables) -> Iterable[Violation]:
    """Count the drivers against the distance, the rules and the names that are known."""
    rules = tables.law.drivers
    rows = tables.batches.assign(
        two_above=rules.two_above_km, most=rules.most, num_named=tables.batches["drivers"].map(len)
    )
    rows = rows[rows["mode"] == "coach"]
    yield from ONE_DRIVER.broken_by(
        rows, (rows["km"] > rules.two_above_km + ROUNDING_KM) & (rows["num_drivers"] < 2)
    )
    yield from TOO_MANY_DRIVERS.broken_by(rows, rows["num_drivers"] > rules.most)
    is_short = (rows["num_named"] > 0) & (rows["num_named"] < rows["num_drivers"])
    yield from TOO_FEW_NAMED.broken_by(rows, is_short)


class Stretch(NamedTuple):
    """A coach stands for some minutes, then drives from one minute to another, counted from midnight of its date."""

    stood: float
    begin: float
    end: float

    @property
    def minutes(self) -> float:
        """How long it drives."""
        return self.end - self.begin

    def within(self, begin: float, end: float) -> float:
        """Return the minutes of the drive that lie between two minutes."""
        return max(0.0, min(self.end, end) - max(self.begin, begin))

    def daily(self, span: Span) -> float:
        """Return the minutes of the drive that lie in some hours of the day, such as the night."""
        return minutes_in(self.begin, self.end, span)


@lru_cache(MOST_DRIVES)
def minutes_in(begin: float, end: float, span: Span) -> float:
    """Return the minutes of a drive that lie in some hours of the day."""
    opens, closes = map(minute_of, span)
    closes += MINUTES_A_DAY * (closes < opens)
    drive = Stretch(0.0, begin, end)
    midnights = range(-MINUTES_A_DAY, int(end) + 1, MINUTES_A_DAY)
    return sum(drive.within(midnight + opens, midnight + closes) for midnight in midnights)


class Halt(NamedTuple):
    """A stop: when the coach comes, how long it waits, and how long the drive to the next one takes by day.

    The drive is not a number where the road is closed.
    """

    seq: int
    minute: float
    wait: float
    drive: float


def road(tables: Tables) -> Iterable[Violation]:
    """Take every coach from stop to stop: its pace, its rests, and how long it is driven."""
    found: dict[Promise, list[dict[str, Any]]] = defaultdict(list)
    halts, rules = halts_of(tables), tables.law.drivers
    columns = [
        tables.batches[name].tolist() for name in ("batch", "mode", "date", "km", "rests", "num_drivers")
    ]
    for at, (batch, mode, day, km, rests, num_drivers) in enumerate(zip(*columns, strict=True)):
        if mode != "coach":
            continue
        journey: list[Stretch] = []
        for here, leg in legs_of(halts[at], rests, day):
            journey += leg
            stands = [rest for rest in rests if rest.after == here.seq]
            under_way = sum(one.minutes - (1 - rules.night_speed) * one.daily(rules.night) for one in leg)
            slack = ROUNDING_MINUTES + len(stands)
            too_short = under_way < here.drive - here.wait - slack
            if too_short or under_way > here.drive + here.wait + slack:
                found[WRONG_PACE].append(
                    {"batch": batch, "seq": here.seq, "minutes": under_way, "drive": here.drive}
                )
        for promise, figures in _breaches(journey, km, num_drivers, rules):
            found[promise].append({"batch": batch, **figures})
    for promise, rows in found.items():
        yield from promise.broken_by(pd.DataFrame(rows))


def legs_of(
    halts: Sequence[Halt], rests: Sequence[Rest], day: datetime
) -> Iterator[tuple[Halt, list[Stretch]]]:
    """Yield each stop but the last, and how the coach is driven from it to the next."""
    for here, there in pairwise(halts):
        stands = [(minutes_of(rest.time, day), rest.minutes) for rest in rests if rest.after == here.seq]
        yield here, list(_stretches(here, there, sorted(stands)))


def most_in_a_day(journey: Sequence[Stretch]) -> float:
    """Return the most minutes of some drives that lie in 24 hours."""
    days = [stretch.begin for stretch in journey] + [stretch.end - MINUTES_A_DAY for stretch in journey]
    return max((sum(one.within(day, day + MINUTES_A_DAY) for one in journey) for day in days), default=0.0)


def halts_of(tables: Tables) -> dict[int, list[Halt]]:
    """Return the stops of each batch, by its line."""
    stops, timetable = tables.stops, tables.law.timetable
    at = stops["at"].to_numpy()
    minute = (stops["time"].to_numpy() - tables.batches["date"].to_numpy()[at]) / np.timedelta64(1, "m")
    wait = timetable.dwell_minutes + timetable.boarding_minutes * (stops["num_on"] + stops["num_off"])
    drive = np.where(is_closed(tables), np.nan, leg_minutes(tables))
    halts: dict[int, list[Halt]] = defaultdict(list)
    for line, *halt in zip(at.tolist(), stops["seq"], minute.tolist(), wait, drive.tolist(), strict=True):
        halts[line].append(Halt(*halt))
    return halts


def minutes_of(when: datetime, day: datetime) -> float:
    """Return the minutes from the midnight of a day to an hour."""
    return (when - day).total_seconds() / 60


def _stretches(here: Halt, there: Halt, stands: Sequence[tuple[float, int]]) -> Iterator[Stretch]:
    """Yield the drives from one stop to the next, each after the time for which the coach stood before it."""
    leaves, stood = here.minute + here.wait, here.wait
    for begins, minutes in stands:
        if begins > leaves:
            yield Stretch(stood, leaves, begins)
            leaves, stood = begins, 0.0
        leaves, stood = leaves + minutes, stood + minutes
    yield Stretch(stood, leaves, there.minute)


def _breaches(
    journey: Sequence[Stretch], km: float, num_drivers: int, rules: Drivers
) -> Iterator[tuple[Promise, dict[str, Any]]]:
    """Yield what a journey breaks, each promise once, with the figures."""
    most, night_most = (MINUTES_AN_HOUR * h for h in (rules.hours_in_one_go, rules.night_hours_in_one_go))
    in_one_go = at_night = 0.0
    for stretch in journey:
        if stretch.stood >= rules.rest_minutes:
            in_one_go = at_night = 0.0
        in_one_go, at_night = in_one_go + stretch.minutes, at_night + stretch.daily(rules.night)
        if in_one_go > most + ROUNDING_MINUTES or at_night > night_most + ROUNDING_MINUTES:
            yield (
                NO_REST,
                {"minutes": in_one_go, "night": at_night, "most": most, "night_most": night_most},
            )
            break
    moving = sum(stretch.daily(rules.standstill) for stretch in journey)
    if km > rules.short_km + ROUNDING_KM and moving > ROUNDING_MINUTES:
        begin, end = rules.standstill
        yield ON_THE_ROAD, {"minutes": moving, "begin": begin, "end": end}
    limit = MINUTES_AN_HOUR * rules.hours_a_day * num_drivers + ROUNDING_MINUTES
    if sum(stretch.minutes for stretch in journey) > limit:
        driven = most_in_a_day(journey)
        if driven > limit:
            hours = {"hours": driven / MINUTES_AN_HOUR, "most": rules.hours_a_day * num_drivers}
            yield TOO_LONG, {"num_drivers": num_drivers, **hours}
