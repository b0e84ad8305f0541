"""Batches with their numbers, stops, price and hours (of :mod:`returnplan.problem.timetable`)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from returnplan.assembly.rides import Rides
from returnplan.model.plan import Batch, Stop
from returnplan.model.roster import Roster
from returnplan.problem.draft import Draft, Leg, hire_yuan
from returnplan.problem.model import Ints, Problem
from returnplan.problem.regimes import Ends, notices_for
from returnplan.problem.timetable import Halt, Timing


def batches_of(drafts: Sequence[Draft], rides: Rides, problem: Problem, roster: Roster) -> tuple[Batch, ...]:
    """Return one batch a draft, numbered in their order.

    ``number`` counts the vehicles of a date and ``id`` is made of both (``0223-003``), ``wave`` counts the
    dates on which vehicles leave.
    """
    waves = {day: wave for wave, day in enumerate(sorted({draft.day for draft in drafts}), start=1)}
    numbers: Counter[int] = Counter()
    starts = np.searchsorted(rides.batch, np.arange(len(drafts) + 1)).tolist()
    city = roster.people["city"].to_numpy(dtype=object)[rides.person]
    journeys = _journeys(rides, roster)
    notices = problem.schedule.law.notices
    batches = []
    for line, draft in enumerate(drafts):
        numbers[draft.day] += 1
        number, leg, pool = numbers[draft.day], draft.leg, roster.pools[draft.leg.pool]
        day = problem.first_day + timedelta(days=leg.day)
        own = slice(starts[line], starts[line + 1])
        stops, timing = _stops_of(leg, rides.pickup_seq[own], rides.dropoff_seq[own], problem, roster)
        held = notices_for(set(journeys[own]), day, notices) if notices.all_rules else ()
        # The heads for each destination city, in the order of alighting.
        heads = Counter(city[own][np.argsort(rides.dropoff_seq[own], kind="stable")].tolist())
        batches.append(
            Batch(
                id=f"{day:%m%d}-{number:03d}",
                wave=waves[draft.day],
                number=number,
                date=day,
                city=heads.most_common(1)[0][0],
                cities=tuple(heads),
                vehicle=pool.vehicle,
                mode=pool.mode,
                base=pool.base,
                seats=pool.seats,
                usable=leg.usable(problem),
                load=own.stop - own.start,
                km=round(leg.km(problem), 3),
                cost_yuan=round(leg.cost_yuan(problem), 2),
                contract_yuan=round(
                    hire_yuan(pool.fixed_yuan, pool.per_km_yuan, leg.km(problem), len(stops), 0.0), 2
                ),
                depart=stops[0].time,
                arrive=stops[-1].time,
                stops=stops,
                rests=timing.rests,
                num_drivers=timing.num_drivers,
                notices=tuple(dict.fromkeys(notice.words for notice in held)),
                takes_temperature=any(notice.temperature for notice in held),
            )
        )
    return tuple(batches)


def _journeys(rides: Rides, roster: Roster) -> list[Ends]:
    """Return from where to where each rider travels."""
    people = roster.people[["county", "city"]].take(rides.person)
    boards_in = roster.boarding_prefectures().take(rides.person)
    return list(zip(boards_in, people["county"], people["city"], strict=True))


def _stops_of(
    leg: Leg, pickup_seq: Ints, dropoff_seq: Ints, problem: Problem, roster: Roster
) -> tuple[tuple[Stop, ...], Timing]:
    """Return the stops of a leg, whose riders board and alight there, and its hours."""
    places = [roster.places[place] for place in leg.stops]
    on = np.bincount(pickup_seq, minlength=len(places) + 1).tolist()
    off = np.bincount(dropoff_seq, minlength=len(places) + 1).tolist()
    heads = (boarding + alighting for boarding, alighting in zip(on[1:], off[1:], strict=True))
    halts = list(map(Halt, (0.0, *leg.km_between(problem, leg.stops)), heads))
    timing = problem.schedule.timing(
        halts,
        problem.first_day + timedelta(days=leg.day),
        reception=problem.reception_at(leg.dropoffs[-1]),
    )
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
