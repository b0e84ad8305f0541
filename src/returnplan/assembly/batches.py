"""Batches with their numbers, stops, hours and price."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from returnplan.assembly.hours import stop_times
from returnplan.assembly.rides import Rides
from returnplan.plan import Batch, Stop
from returnplan.planning.drafts import Draft
from returnplan.problem.model import Problem
from returnplan.roster import Roster
from returnplan.rules import Timetable


def batches_of(
    drafts: Sequence[Draft], rides: Rides, problem: Problem, roster: Roster, timetable: Timetable
) -> tuple[Batch, ...]:
    """Return one batch a draft, numbered in their order.

    ``number`` counts the vehicles of a date and ``id`` is made of both (``0223-003``), ``wave`` counts the
    dates on which vehicles leave.
    """
    waves = {day: wave for wave, day in enumerate(sorted({draft.day for draft in drafts}), start=1)}
    numbers: Counter[int] = Counter()
    starts = np.searchsorted(rides.batch, np.arange(len(drafts) + 1))
    batches = []
    for line, draft in enumerate(drafts):
        numbers[draft.day] += 1
        aboard = slice(int(starts[line]), int(starts[line + 1]))
        batches.append(
            _batch(draft, numbers[draft.day], waves[draft.day], aboard, rides, problem, roster, timetable)
        )
    return tuple(batches)


def _batch(
    draft: Draft,
    number: int,
    wave: int,
    aboard: slice,
    rides: Rides,
    problem: Problem,
    roster: Roster,
    timetable: Timetable,
) -> Batch:
    day = problem.first_day + timedelta(days=draft.day)
    pool = roster.pools[draft.pool]
    route = [*draft.pickups, *draft.dropoffs]
    legs_km = problem.km[problem.network_of_day[draft.day], route[:-1], route[1:]]
    km = float(legs_km.sum())
    stops = _stops(draft, rides, aboard, roster, stop_times(day, legs_km.tolist(), timetable))
    cities = _cities(rides, aboard, roster)
    further_stops_yuan = problem.limits.stop_cost_yuan * (len(route) - 2)
    return Batch(
        id=f"{day:%m%d}-{number:03d}",
        wave=wave,
        number=number,
        date=day,
        city=max(cities, key=lambda name: cities[name]),
        cities=tuple(cities),
        vehicle=pool.vehicle,
        mode=pool.mode,
        base=pool.base,
        seats=pool.seats,
        usable=int(problem.pools.usable[draft.pool]),
        load=aboard.stop - aboard.start,
        km=round(km, 3),
        cost_yuan=round(pool.fixed_yuan + pool.per_km_yuan * km + further_stops_yuan, 2),
        depart=stops[0].time,
        arrive=stops[-1].time,
        stops=stops,
    )


def _cities(rides: Rides, aboard: slice, roster: Roster) -> Counter[str]:
    """Return the heads for each destination city, in the order of alighting."""
    alighting = rides.person[aboard][np.argsort(rides.dropoff_seq[aboard], kind="stable")]
    return Counter(roster.people["city"].to_numpy(dtype=object)[alighting])


def _stops(
    draft: Draft, rides: Rides, aboard: slice, roster: Roster, times: Sequence[datetime]
) -> tuple[Stop, ...]:
    route = [*draft.pickups, *draft.dropoffs]
    on = np.bincount(rides.pickup_seq[aboard], minlength=len(route) + 1)
    off = np.bincount(rides.dropoff_seq[aboard], minlength=len(route) + 1)
    return tuple(
        Stop(
            seq=seq,
            kind="pickup" if seq <= len(draft.pickups) else "dropoff",
            place=roster.places[place].name,
            city=roster.places[place].city,
            lat=roster.places[place].lat,
            lon=roster.places[place].lon,
            time=time,
            num_on=int(on[seq]),
            num_off=int(off[seq]),
        )
        for seq, (place, time) in enumerate(zip(route, times, strict=True), start=1)
    )
