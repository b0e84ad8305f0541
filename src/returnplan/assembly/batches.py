"""Batches with their numbers, stops, price and hours (of :mod:`returnplan.problem.timetable`)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import numpy as np

from returnplan.assembly.rides import Narrow, Rides
from returnplan.model.notices import Notice
from returnplan.model.plan import Batch, Stop
from returnplan.model.records import PRODUCT_NAMES
from returnplan.model.roster import RailService, Roster, VehiclePool
from returnplan.model.text_column import text_column
from returnplan.problem.draft import Leg, hire_yuan
from returnplan.problem.model import Problem
from returnplan.problem.regimes import Ends, notices_for, under
from returnplan.problem.shift import drivers_of_runs
from returnplan.problem.timetable import Timing


def batches_of(
    legs: Sequence[Leg], problems: Sequence[Problem], rides: Rides, roster: Roster
) -> tuple[Batch, ...]:
    """Return one batch a leg, numbered in their order.

    ``number`` counts the vehicles of a date and ``id`` is made of both (``0223-003``), ``wave`` counts the
    dates on which vehicles leave.

    Parameters
    ----------
    problems : in whose numbers each leg is
    """
    waves = {day: wave for wave, day in enumerate(sorted({leg.day for leg in legs}), start=1)}
    numbers: Counter[str] = Counter()
    starts = np.searchsorted(rides.batch, np.arange(len(legs) + 1)).tolist()
    city, cities = text_column(roster.people["city"].take(rides.person)).factorize()
    names = cities.tolist()
    journeys = _journeys(rides, roster) if any(one.schedule.law.notices.all_rules for one in problems) else []
    batches = []
    for line, (leg, problem) in enumerate(zip(legs, problems, strict=True)):
        day = problem.first_day + timedelta(days=leg.day)
        of_day = f"{day:%m%d}"  # a mistyped year may bring one day of two years
        numbers[of_day] += 1
        number = numbers[of_day]
        own = slice(starts[line], starts[line + 1])
        stops, timing = _stops_of(leg, rides.pickup_seq[own], rides.dropoff_seq[own], problem, roster)
        # The heads for each destination city, in the order of alighting.
        by_seq = city[own][np.argsort(rides.dropoff_seq[own], kind="stable")].tolist()
        heads = Counter(map(names.__getitem__, by_seq))
        common = {
            "id": f"{of_day}-{number:03d}",
            "wave": waves[leg.day],
            "number": number,
            "date": day,
            "city": heads.most_common(1)[0][0],
            "cities": tuple(heads),
            "load": own.stop - own.start,
            "cost_yuan": round(leg.cost_yuan(problem), 2),
            "depart": stops[0].time,
            "arrive": stops[-1].time,
            "stops": stops,
            "kind": leg.kind,
        }
        if leg.kind == "train":
            batches.append(_train(common, roster.rail[leg.service]))
            continue
        notices = problem.schedule.law.notices
        held = notices_for(set(journeys[own]), day, notices) if notices.all_rules else ()
        batches.append(_coach(common, leg, problem, roster.pools[leg.pool], timing, held))
    return _with_blocks(batches, legs, problems)


def _coach(
    common: Mapping[str, Any],
    leg: Leg,
    problem: Problem,
    pool: VehiclePool,
    timing: Timing,
    held: Sequence[Notice],
) -> Batch:
    """Return the batch of a coach.

    Parameters
    ----------
    common : the fields that trains have alike
    held : the dated rules under which it stands
    """
    km, num_stops = leg.km(problem), len(leg.stops)
    batch = Batch(
        **common,
        vehicle=pool.vehicle,
        mode=pool.mode,
        base=pool.base,
        carrier=pool.carrier,
        seats=pool.seats,
        usable=leg.usable(problem),
        km=round(km, 3),
        contract_yuan=round(hire_yuan(pool.fixed_yuan, pool.per_km_yuan, km, num_stops, 0.0), 2),
        rests=timing.rests,
        num_drivers=timing.num_drivers,
    )
    return under(batch, held) if held else batch


def _train(common: Mapping[str, Any], service: RailService) -> Batch:
    """Return the batch of a train: the railway is paid for its seats, nobody for its km."""
    return Batch(
        **common,
        vehicle=PRODUCT_NAMES[service.product].zh,
        mode="train",
        base="",
        carrier="",
        seats=service.capacity,
        usable=service.capacity,
        km=0.0,
        contract_yuan=common["cost_yuan"],
        num_drivers=0,
        service=service.name,
        product=service.product,
    )


def _with_blocks(
    batches: Sequence[Batch], legs: Sequence[Leg], problems: Sequence[Problem]
) -> tuple[Batch, ...]:
    """Return the batches, each run of a vehicle that makes several with the id of its first one, and its drivers."""
    lines_of: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for line, leg in enumerate(legs):
        if leg.vehicle:
            lines_of[leg.kind, leg.pool, leg.day, leg.vehicle].append(line)
    of_blocks = list(batches)
    for lines in lines_of.values():
        lines.sort(key=lambda line: batches[line].depart)
        needed = drivers_of_runs(problems[lines[0]], [legs[line] for line in lines]) or 1
        num_drivers = max(needed, *(batches[line].num_drivers for line in lines))
        for line in lines:
            of_blocks[line] = replace(batches[line], block=batches[lines[0]].id, num_drivers=num_drivers)
    return tuple(of_blocks)


def _journeys(rides: Rides, roster: Roster) -> list[Ends]:
    """Return from where to where each rider travels."""
    people = roster.people[["county", "city"]].take(rides.person)
    boards_in = roster.boarding_prefectures().take(rides.person)
    return list(zip(boards_in, people["county"], people["city"], strict=True))


def _stops_of(
    leg: Leg, pickup_seq: Narrow, dropoff_seq: Narrow, problem: Problem, roster: Roster
) -> tuple[tuple[Stop, ...], Timing]:
    """Return the stops of a leg, whose riders board and alight there, and its hours."""
    places = [roster.places[place] for place in leg.stops]
    on = np.bincount(pickup_seq, minlength=len(places) + 1).tolist()
    off = np.bincount(dropoff_seq, minlength=len(places) + 1).tolist()
    heads = [boarding + alighting for boarding, alighting in zip(on[1:], off[1:], strict=True)]
    timing = _timing(leg, heads, problem, roster)
    stops = tuple(
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
        for seq, (place, time_there) in enumerate(zip(places, timing.times, strict=True), start=1)
    )
    return stops, timing


def _timing(leg: Leg, heads: Sequence[int], problem: Problem, roster: Roster) -> Timing:
    """Return the hours of a leg: a train's own, a run's by its start, those of a direct coach as the law allows."""
    day = problem.first_day + timedelta(days=leg.day)
    if leg.kind == "train":
        calls = {call.place: call for call in roster.rail[leg.service].calls}
        hours = [calls[place].departs for place in leg.pickups]
        hours += [calls[place].arrives for place in leg.dropoffs]
        return Timing(tuple(hour for hour in hours if hour is not None), (), 0, is_legal=True)
    halts = leg.halts(problem, heads)
    start = None if leg.start_minute is None else time(leg.start_minute // 60, leg.start_minute % 60)
    return problem.schedule.timing(
        halts,
        day,
        start=start,
        reception=problem.reception_at(leg.dropoffs[-1]),
        boarding=[roster.places[place].hours for place in leg.pickups],
    )
