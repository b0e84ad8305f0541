"""Told hours: a coach of which people were told calls at their pick-ups when they expect it, unless that is dear.

Somebody who joins a draft, or leaves it, changes the order of its stops and with it the hours at all of them, for a few
yuan, and forty people have to be phoned again. So the order of the pick-ups, and the hour of departure, are chosen once
more: by what the road costs and by what the calls count.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time, timedelta
from itertools import permutations

from returnplan.model.law import MINUTES_A_DAY, MINUTES_AN_HOUR, minute_of
from returnplan.model.plan import NO_NEWS_MINUTES
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import Problem, ToldHour
from returnplan.problem.rules import breaches
from returnplan.problem.timetable import STEP_MINUTES, Timing

MOST_PICKUPS = 6
"""Of which every order is tried."""


def at_told_hours(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, in the order given, each in the order and at the hour that cost least with the calls."""
    told: defaultdict[int, list[ToldHour]] = defaultdict(list)
    for one in problem.told_hours:
        told[one.previous].append(one)
    return [
        _cheapest(problem, draft, told[draft.previous])
        if draft.previous in told and draft.day == problem.previous_days[draft.previous]
        else draft
        for draft in drafts
    ]


def _cheapest(problem: Problem, draft: Draft, told: Sequence[ToldHour]) -> Draft:
    """Return the draft as it costs least with the calls; as it is, where nothing else costs less."""

    def yuan(other: Draft) -> float:
        return other.cost_yuan(problem) + problem.call_yuan * num_calls(problem, other, told)

    others = [draft] if num_calls(problem, draft, told) == 0 else [draft, *_others(problem, draft)]
    return min(others, key=yuan)


def num_calls(problem: Problem, draft: Draft, told: Sequence[ToldHour]) -> int:
    """Return how many riders of the batch that the draft continues have to be told of another hour."""
    leg, calls = draft.leg, 0
    minutes = dict(zip(leg.pickups, _minutes(problem, leg), strict=False))
    stay = _riders(problem, leg, draft.previous)
    for one in told:
        if abs(minutes.get(one.pickup, one.minute) - one.minute) > NO_NEWS_MINUTES:
            calls += min(one.num_persons, stay.get(one.pickup, 0))
    return calls


def _others(problem: Problem, draft: Draft) -> Iterator[Draft]:
    """Yield the draft with its pick-ups in other orders, and at other hours, as far as rules and law allow."""
    leg = draft.leg
    as_it_is = _timing(problem, leg)
    orders = permutations(leg.pickups) if len(leg.pickups) <= MOST_PICKUPS else [leg.pickups]
    for pickups in orders:
        in_order = replace(draft, leg=replace(leg, pickups=pickups))
        if breaches(problem, in_order):
            continue
        for start in (None, *_starts(problem)):
            other = replace(draft, leg=replace(leg, pickups=pickups, start_minute=start))
            if _is_as_good(problem, other.leg, _timing(problem, other.leg), as_it_is):
                yield other


def _starts(problem: Problem) -> range:
    """Return the hours of departure that an office may choose."""
    first, last = map(minute_of, problem.schedule.law.timetable.start_window)
    return range(-(-first // STEP_MINUTES) * STEP_MINUTES, last + 1, STEP_MINUTES)


def _is_as_good(problem: Problem, leg: Leg, timing: Timing, before: Timing) -> bool:
    """Return whether a leg is legal, and arrives on the day of before, with no more drivers and no longer wait."""
    reception = problem.reception_at(leg.dropoffs[-1])
    waits = [problem.schedule.minutes_to_opening(_minute(one, -1), reception) for one in (timing, before)]
    return (
        timing.is_legal
        and timing.times[-1].date() == before.times[-1].date()
        and timing.num_drivers <= before.num_drivers
        and waits[0] <= waits[1]
    )


def _minutes(problem: Problem, leg: Leg) -> list[int]:
    """Return the minutes at which a leg calls at its stops, after the midnight of its day."""
    timing = _timing(problem, leg)
    return [_minute(timing, nth) for nth in range(len(timing.times))]


def _minute(timing: Timing, nth: int) -> int:
    at, days = timing.times[nth], (timing.times[nth].date() - timing.times[0].date()).days
    return MINUTES_A_DAY * days + MINUTES_AN_HOUR * at.hour + at.minute


def _timing(problem: Problem, leg: Leg) -> Timing:
    boarding, alighting = _riders(problem, leg), leg.alighting(problem)
    heads = [boarding.get(place, 0) for place in leg.pickups] + [alighting[place] for place in leg.dropoffs]
    return problem.schedule.timing(
        leg.halts(problem, heads),
        problem.first_day + timedelta(days=leg.day),
        start=None if leg.start_minute is None else time(*divmod(leg.start_minute, MINUTES_AN_HOUR)),
        reception=problem.reception_at(leg.dropoffs[-1]),
    )


def _riders(problem: Problem, leg: Leg, previous: int | None = None) -> dict[int, int]:
    """Return the riders who board at each pick-up, all or those who were on one batch of the last plan."""
    cells, heads = problem.cells, dict[int, int]()
    for cell, num in leg.load:
        if previous in (None, int(cells.previous[cell])):
            place = int(cells.pickup[cell])
            heads[place] = heads.get(place, 0) + num * int(cells.num_persons[cell])
    return heads
