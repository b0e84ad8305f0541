"""What the goals before money have cost at their margin: the last person on board, the last late day avoided.

The office can weigh them against a train ticket and a day's wage, which the total does not show.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from returnplan.planning.drafts import Draft, cost_yuan, late_days, leg_km, num_persons
from returnplan.planning.routes import best_route
from returnplan.problem.model import Problem


class LastCosts(NamedTuple):
    """Yuan a head of the dearest people, and of the dearest person-day that the plan avoids; None: there is none."""

    person_yuan: float | None
    late_day_yuan: float | None


def last_costs(problem: Problem, drafts: Sequence[Draft]) -> LastCosts:
    """Return what is saved a head if the dearest people stay, and a day if the dearest late day is accepted."""
    people = [yuan for draft in drafts for yuan in _yuan_a_head(problem, draft)]
    late = _yuan_a_day(problem, drafts) if problem.cells.late_days.any() else ()
    return LastCosts(max(people, default=None), max(late, default=None))


def _yuan_a_head(problem: Problem, draft: Draft) -> Iterator[float]:
    """Yield what is saved a head without the batch, and without those at one stop who are no more than it can miss."""
    cost, persons = cost_yuan(problem, draft), num_persons(problem, draft)
    yield cost / persons
    cells = problem.cells
    at_stop: dict[int, int] = defaultdict(int)
    for cell, num in draft.load:
        at_stop[int(cells.pickup[cell])] += num * int(cells.num_persons[cell])
    for stop, heads in at_stop.items():
        if len(draft.pickups) > 1 and persons - heads >= problem.pools.min_load[draft.pool]:
            others = tuple(place for place in draft.pickups if place != stop)
            yield (cost - cost_yuan(problem, replace(draft, pickups=others))) / heads


def _yuan_a_day(problem: Problem, drafts: Sequence[Draft]) -> Iterator[float]:
    """Yield what is saved a person-day where the riders of one batch would rather ride on a later one."""
    groups: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[int(problem.cells.city_group[draft.load[0][0]])].append(draft)
    seats = {draft: sum(n * int(problem.cells.num_seats[cell]) for cell, n in draft.load) for draft in drafts}
    for group in groups.values():
        for draft in group:
            cells = [cell for cell, _ in draft.load]
            last = problem.cells.latest[cells].min()
            for other in group:
                room = problem.pools.usable[other.pool] - seats[other]
                if draft.day < other.day <= last and seats[draft] <= room:
                    yield from _saved(problem, draft, other)


def _saved(problem: Problem, draft: Draft, other: Draft) -> Iterator[float]:
    """Yield what is saved a person-day if the riders of a batch ride on the other, where its stops allow it."""
    days = late_days(problem, replace(draft, day=other.day)) - late_days(problem, draft)
    cells, limits = problem.cells, problem.limits
    picks, drops = set(draft.pickups + other.pickups), set(draft.dropoffs + other.dropoffs)
    mine, theirs = draft.load[0][0], other.load[0][0]
    base = problem.pools.base[other.pool]
    fits = len(picks) <= limits.max_pickups and len(drops) <= limits.max_dropoffs
    fits &= limits.mix_counties or cells.county[mine] == cells.county[theirs]
    fits &= base < 0 or all(cells.prefecture[cell] == base for cell, _ in draft.load)
    if days <= 0 or not fits:
        return
    km = problem.km[problem.network_of_day[other.day]]
    pickups, dropoffs = best_route(
        km, np.array(sorted(picks)), np.array(sorted(drops)), limits.max_pickup_km, limits.max_dropoff_km
    )
    load: dict[int, int] = defaultdict(int)
    for cell, num in draft.load + other.load:
        load[cell] += num
    both = replace(
        other, pickups=tuple(pickups.tolist()), dropoffs=tuple(dropoffs.tolist()), load=tuple(load.items())
    )
    if leg_km(problem, both, both.pickups) > limits.max_pickup_km:
        return
    if leg_km(problem, both, both.dropoffs) > limits.max_dropoff_km:
        return
    yuan = cost_yuan(problem, draft) + cost_yuan(problem, other) - cost_yuan(problem, both)
    if yuan > 0:
        yield yuan / days
