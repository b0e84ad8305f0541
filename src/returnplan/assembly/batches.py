"""Batches with their numbers, stops, hours and price.

Hours: constant speed, a wait at every stop (legal timetables come later).
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np

from returnplan.assembly.rides import Rides
from returnplan.model.plan import Batch, Stop
from returnplan.model.records import PRODUCT_NAMES
from returnplan.model.roster import RailService, Roster
from returnplan.model.rules import Timetable
from returnplan.problem.draft import Leg
from returnplan.problem.model import Ints, Problem


def batches_of(
    legs: Sequence[Leg], problems: Sequence[Problem], rides: Rides, roster: Roster, timetable: Timetable
) -> tuple[Batch, ...]:
    """Return one batch a leg, numbered in their order.

    ``number`` counts the vehicles of a date and ``id`` is made of both (``0223-003``), ``wave`` counts the
    dates on which vehicles leave.

    Parameters
    ----------
    problems : in whose numbers each leg is
    """
    waves = {day: wave for wave, day in enumerate(sorted({leg.day for leg in legs}), start=1)}
    numbers: Counter[int] = Counter()
    starts = np.searchsorted(rides.batch, np.arange(len(legs) + 1)).tolist()
    city = roster.people["city"].to_numpy(dtype=object)[rides.person]
    batches = []
    for line, (leg, problem) in enumerate(zip(legs, problems, strict=True)):
        numbers[leg.day] += 1
        number, pool = numbers[leg.day], roster.pools[leg.pool]
        day = problem.first_day + timedelta(days=leg.day)
        own = slice(starts[line], starts[line + 1])
        stops = _stops_of(leg, rides.pickup_seq[own], rides.dropoff_seq[own], problem, roster, timetable)
        # The heads for each destination city, in the order of alighting.
        heads = Counter(city[own][np.argsort(rides.dropoff_seq[own], kind="stable")].tolist())
        batch = Batch(
            id=f"{day:%m%d}-{number:03d}",
            wave=waves[leg.day],
            number=number,
            date=day,
            city=heads.most_common(1)[0][0],
            cities=tuple(heads),
            vehicle=pool.vehicle,
            mode=pool.mode,
            base=pool.base,
            seats=pool.seats,
            usable=int(problem.pools.usable[leg.pool]),
            load=own.stop - own.start,
            km=round(leg.km(problem), 3),
            cost_yuan=round(leg.cost_yuan(problem), 2),
            depart=stops[0].time,
            arrive=stops[-1].time,
            stops=stops,
            kind=leg.kind,
        )
        batches.append(_as_train(batch, roster.rail[leg.service]) if leg.kind == "train" else batch)
    return _with_blocks(batches, legs)


def _as_train(batch: Batch, service: RailService) -> Batch:
    """Return the batch of a train; its km are nobody's price."""
    return replace(
        batch,
        vehicle=PRODUCT_NAMES[service.product].zh,
        mode="train",
        base="",
        seats=service.capacity,
        usable=service.capacity,
        km=0.0,
        service=service.name,
        product=service.product,
    )


def _with_blocks(batches: Sequence[Batch], legs: Sequence[Leg]) -> tuple[Batch, ...]:
    """Return the batches, each run of a vehicle that makes several with the id of its first one."""
    first: dict[tuple[object, ...], Batch] = {}
    runs = [(leg.kind, leg.pool, leg.day, leg.vehicle) for leg in legs]
    for run, batch in sorted(zip(runs, batches, strict=True), key=lambda pair: pair[1].depart):
        first.setdefault(run, batch)
    return tuple(
        replace(batch, block=first[run].id) if run[-1] else batch
        for run, batch in zip(runs, batches, strict=True)
    )


def _stops_of(
    leg: Leg, pickup_seq: Ints, dropoff_seq: Ints, problem: Problem, roster: Roster, timetable: Timetable
) -> tuple[Stop, ...]:
    """Return the stops of a leg, whose riders board and alight there."""
    places = [roster.places[place] for place in leg.stops]
    day = problem.first_day + timedelta(days=leg.day)
    times = _times_of(leg, day, problem, roster, timetable)
    on = np.bincount(pickup_seq, minlength=len(places) + 1).tolist()
    off = np.bincount(dropoff_seq, minlength=len(places) + 1).tolist()
    return tuple(
        Stop(
            seq=seq,
            kind="pickup" if seq <= len(leg.pickups) else "dropoff",
            place=place.name,
            city=place.city,
            lat=place.lat,
            lon=place.lon,
            time=time_there,
            num_on=on[seq],
            num_off=off[seq],
        )
        for seq, (place, time_there) in enumerate(zip(places, times, strict=True), start=1)
    )


def _times_of(
    leg: Leg, day: date, problem: Problem, roster: Roster, timetable: Timetable
) -> Sequence[datetime]:
    """Return the hours of a leg: a train's own, a run's by its start, those of a direct coach by the timetable."""
    if leg.kind == "train":
        calls = {call.place: call for call in roster.rail[leg.service].calls}
        hours = [calls[place].departs for place in leg.pickups] + [
            calls[place].arrives for place in leg.dropoffs
        ]
        return [hour for hour in hours if hour is not None]
    legs_km = leg.km_between(problem, leg.stops)
    if leg.start_minute is None:
        return stop_times(day, legs_km, timetable)
    whole = math.floor(leg.start_minute) if leg.kind == "feeder" else math.ceil(leg.start_minute)
    return stop_times(day, legs_km, timetable, datetime.combine(day, time()) + timedelta(minutes=whole))


def stop_times(
    day: date, legs_km: Sequence[float], timetable: Timetable, start: datetime | None = None
) -> tuple[datetime, ...]:
    """Return the local time at which the vehicle comes to each stop, in whole minutes, never decreasing.

    It stands at the first stop at the hour of ``start`` (None: that of the timetable) and leaves every stop
    ``dwell_minutes`` later.
    """
    start = start or datetime.combine(day, time.fromisoformat(timetable.start))
    minutes = 0.0
    times = [start]
    for leg_km in legs_km:
        minutes += timetable.dwell_minutes + leg_km / timetable.speed_kmh * 60
        times.append(start + timedelta(minutes=int(minutes)))
    return tuple(times)
