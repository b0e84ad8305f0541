"""What the goals before money have cost at their margin: the last person on board, the last late day avoided.

The office can weigh them against a train ticket and a day's wage, which the total does not show.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from returnplan.planning._core import best_route
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import Problem
from returnplan.problem.rules import breaches


class LastCosts(NamedTuple):
    """Yuan a head of the dearest people, and of the dearest person-day that the plan avoids; None: there is none."""

    person_yuan: float | None
    late_day_yuan: float | None


def last_costs(problem: Problem, drafts: Sequence[Draft]) -> LastCosts:
    """Return what is saved a head if the dearest people stay, and a day if the dearest late day is accepted."""
    people = [yuan for draft in drafts for yuan in _yuan_a_head(problem, draft)]
    late = _dearest_day_yuan(problem, drafts) if problem.cells.late_days.any() else None
    return LastCosts(max(people, default=None), late)


def _yuan_a_head(problem: Problem, draft: Draft) -> Iterator[float]:
    """Yield what is saved a head without the batch, and without those at one stop who are no more than it can miss."""
    cost, persons, leg = draft.cost_yuan(problem), draft.num_persons(problem), draft.leg
    yield cost / persons
    cells = problem.cells
    at_stop: dict[int, int] = defaultdict(int)
    for cell, num in draft.load:
        at_stop[int(cells.pickup[cell])] += num * int(cells.num_persons[cell])
    for stop, heads in at_stop.items():
        if len(leg.pickups) > 1 and persons - heads >= problem.pools.min_load[leg.pool]:
            others = tuple(place for place in leg.pickups if place != stop)
            yield (cost - replace(leg, pickups=others).cost_yuan(problem)) / heads


def _dearest_day_yuan(problem: Problem, drafts: Sequence[Draft]) -> float | None:
    """Return what is saved a person-day at most if the riders of one batch rather ride on a later one; None: nothing.

    No more is saved than the batch costs, as roads keep the triangle inequality. So those are looked at first of which
    most may be saved, until none is left that may save more than was found.
    """
    rooms: defaultdict[tuple[int, int], list[tuple[int, Draft]]] = defaultdict(list)
    seats = {draft: draft.leg.num_seats(problem) for draft in drafts}
    for draft in drafts:
        room = int(problem.pools.usable[draft.leg.pool]) - seats[draft]
        rooms[_city_group(problem, draft), draft.day].append((room, draft))
    for others in rooms.values():
        others.sort(key=lambda other: -other[0])
    delays = [delay for draft in drafts for delay in _delays(problem, draft)]
    best = 0.0
    for most_yuan, day, draft in sorted(delays, key=lambda delay: -delay[0]):
        if most_yuan <= best:
            break
        for room, other in rooms[_city_group(problem, draft), day]:
            if room < seats[draft]:
                break
            best = max(best, *_saved(problem, draft, other), 0.0)
    return best or None


def _city_group(problem: Problem, draft: Draft) -> int:
    return int(problem.cells.city_group[draft.load[0][0]])


def _delays(problem: Problem, draft: Draft) -> Iterator[tuple[float, int, Draft]]:
    """Yield what a person-day saves at most, for each later day on which the riders of the batch are later than now."""
    now, cost = draft.late_days(problem), draft.cost_yuan(problem)
    last = int(problem.cells.latest[draft.leg.cells].min())
    for day in range(draft.day + 1, last + 1):
        if (days := draft.on_day(day).late_days(problem) - now) > 0:
            yield cost / days, day, draft


def _saved(problem: Problem, draft: Draft, other: Draft) -> Iterator[float]:
    """Yield what is saved a person-day if the riders of a batch ride on the other, where the rules allow it."""
    limits = problem.limits
    num_pickups = len({*draft.leg.pickups, *other.leg.pickups})
    num_dropoffs = len({*draft.leg.dropoffs, *other.leg.dropoffs})
    if num_pickups > limits.max_pickups or num_dropoffs > limits.max_dropoffs:
        return
    days = draft.on_day(other.day).late_days(problem) - draft.late_days(problem)
    both = Draft(_joined(problem, draft.leg, other.leg))
    yuan = draft.cost_yuan(problem) + other.cost_yuan(problem) - both.cost_yuan(problem)
    if yuan > 0 and not breaches(problem, both):
        yield yuan / days


def _joined(problem: Problem, leg: Leg, other: Leg) -> Leg:
    """Return the other leg with the riders of both and the stops of both in the best order."""
    limits = problem.limits
    pickups, dropoffs = best_route(
        problem.km[problem.network_of_day[other.day]],
        np.array(sorted({*leg.pickups, *other.pickups})),
        np.array(sorted({*leg.dropoffs, *other.dropoffs})),
        limits.max_pickup_km,
        limits.max_dropoff_km,
    )
    load: dict[int, int] = defaultdict(int)
    for cell, num in leg.load + other.load:
        load[cell] += num
    return replace(
        other,
        pickups=tuple(pickups.tolist()),
        dropoffs=tuple(dropoffs.tolist()),
        load=tuple(sorted(load.items())),
    )
