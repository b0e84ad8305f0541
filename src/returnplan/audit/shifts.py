"""Hard rule 12 over the day of a vehicle: its runs, the empty ways between them, and the rests of who drives them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.road_law import (
    ROUNDING_MINUTES,
    Stretch,
    halts_of,
    legs_of,
    minutes_in,
    minutes_of,
    most_in_a_day,
)
from returnplan.audit.tables import Tables
from returnplan.model.law import MINUTES_AN_HOUR, Drivers, Span
from returnplan.model.texts import Text

NO_REST = Promise(
    "no_rest",
    12,
    Text(
        "{batch} 的车({block})跑 {num} 趟，连空车返回连续行车超过 {most:.0f}(夜间 {night_most:.0f})分钟，"
        "中间没有时间休息",
        "the vehicle of {batch} ({block}) makes {num} runs and is driven, with its empty ways, for more than "
        "{most:.0f} minutes ({night_most:.0f} at night) without time for a rest",
    ),
)
TOO_LONG = Promise(
    "driving_hours",
    12,
    Text(
        "{batch} 的车({block})跑 {num} 趟，连空车返回 24 小时内行车 {hours:.1f} 小时，"
        "{num_drivers} 名驾驶员最多 {most:g} 小时",
        "the vehicle of {batch} ({block}) makes {num} runs and is driven, with its empty ways, for {hours:.1f} hours "
        "in 24; {num_drivers} drivers may drive {most:g}",
    ),
)


def shifts(tables: Tables) -> Iterable[Violation]:
    """Take every vehicle with several runs on a day through all of them, and back from the end of each to the next."""
    batches = tables.batches[tables.batches["block"] != ""]
    if batches.empty:
        return
    halts, rules = halts_of(tables), tables.law.drivers
    most, night_most = (MINUTES_AN_HOUR * h for h in (rules.hours_in_one_go, rules.night_hours_in_one_go))
    ends = tables.stops.groupby("at")["where"].agg(["first", "last"])
    found: dict[Promise, list[dict[str, Any]]] = defaultdict(list)
    for block, runs in batches.sort_values("depart", kind="stable").groupby("block", sort=False):
        day = runs["date"].iloc[0]
        journeys = [
            [stretch for _, leg in legs_of(halts[at], rests, day) for stretch in leg]
            for at, rests in zip(runs.index, runs["rests"], strict=True)
        ]
        network = tables.roster.network_of.get(day.date(), 0)
        where = zip(ends["last"][runs.index[:-1]], ends["first"][runs.index[1:]], strict=True)
        times = zip(runs["arrive"].iloc[:-1], runs["depart"].iloc[1:], strict=True)
        ways = [
            _EmptyWay(
                minutes_of(arrive, day),
                minutes_of(depart, day),
                float(tables.drive_minutes[network, last, first]),
            )
            for (last, first), (arrive, depart) in zip(where, times, strict=True)
        ]
        named = runs.sort_values("kept", kind="stable").iloc[0]
        words = {"batch": named["batch"], "block": block, "num": len(runs)}
        is_rested = _is_rested(journeys, ways, most, rules, None)
        if not (is_rested and _is_rested(journeys, ways, night_most, rules, rules.night)):
            found[NO_REST].append(words | {"most": most, "night_most": night_most})
        driven = [one for journey in journeys for one in journey]
        driven += [Stretch(0.0, way.arrives, way.arrives + way.minutes) for way in ways]
        num_drivers = int(runs["num_drivers"].min())
        hours = most_in_a_day(driven) / MINUTES_AN_HOUR
        if hours > rules.hours_a_day * num_drivers + len(driven) * ROUNDING_MINUTES / MINUTES_AN_HOUR:
            limit = {"hours": hours, "most": rules.hours_a_day * num_drivers, "num_drivers": num_drivers}
            found[TOO_LONG].append(words | limit)
    for promise, rows in found.items():
        yield from promise.broken_by(pd.DataFrame(rows))


class _EmptyWay(NamedTuple):
    """A vehicle comes to the end of a run and leaves for the next; between them it is driven for some minutes."""

    arrives: float
    leaves: float
    minutes: float


def _is_rested(
    journeys: Sequence[Sequence[Stretch]],
    ways: Sequence[_EmptyWay],
    most: float,
    rules: Drivers,
    span: Span | None,
) -> bool:
    """Return whether drivers who rest in the best moments never drive longer in one go than they may.

    Parameters
    ----------
    span : only these hours of the day count; None: all
    """
    in_one_go = 0.0
    for way, journey in zip((None, *ways), journeys, strict=True):
        if way is not None:
            spare = way.leaves - way.arrives - way.minutes
            others = 0.0
            if span is not None:  # as much of the way as can be is driven in the other hours
                others = way.leaves - way.arrives - minutes_in(way.arrives, way.leaves, span)
            in_one_go += max(0.0, way.minutes - others)
            for _ in range(int((spare + ROUNDING_MINUTES) // rules.rest_minutes)):
                in_one_go = max(0.0, in_one_go - most)
        for stretch in journey:
            if stretch.stood >= rules.rest_minutes:
                in_one_go = 0.0
            in_one_go += stretch.minutes if span is None else stretch.daily(span)
            if in_one_go > most + ROUNDING_MINUTES * (1 + len(ways)):
                return False
    return True
