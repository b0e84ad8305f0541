"""The changes that would place a group, each with its price and the rules it relaxes, if any."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from returnplan.problem.draft import Draft
from returnplan.problem.model import Ints, Problem
from returnplan.problem.rules import FLEET, SEATS, Breach, pools_for
from returnplan.reasons.standing import Standing
from returnplan.reasons.trial import alone, with_groups

NEAR_DAYS = 1
"""How many days beyond the window a batch is still looked at."""


@dataclass(frozen=True, slots=True)
class Change:
    """A group on ``draft``: batch ``batch``, or a further vehicle where that is None.

    ``more_yuan`` is what the plan would cost more; ``relaxed`` are the rules that would not hold: at most one
    on a batch, several of a vehicle for few people.
    ``larger`` tells that the batch needs another type of vehicle than it has now.
    """

    draft: Draft
    batch: str | None
    more_yuan: float
    relaxed: tuple[Breach, ...]
    larger: bool = False


def changes_for(standing: Standing, cell: int, skip: str = "") -> list[Change]:
    """Return the cheapest change of each sort (rule relaxed, day, new vehicle or not), the cheapest first.

    Parameters
    ----------
    skip : a batch that is not looked at (the one the group is on)
    """
    if standing.problem.cells.pickup[cell] < 0 or standing.problem.cells.city_group[cell] < 0:
        return []
    best: dict[tuple[object, ...], Change] = {}
    for change in sorted(_all_changes(standing, cell, skip), key=_order):
        rules = tuple(breach.rule.name for breach in change.relaxed)
        best.setdefault((rules, change.batch is None, change.larger), change)
    return list(best.values())


def _order(change: Change) -> tuple[object, ...]:
    return bool(change.relaxed), round(change.more_yuan, 2), change.batch or "", change.draft.leg.pool


def _all_changes(standing: Standing, cell: int, skip: str) -> Iterator[Change]:
    for batch, draft in standing.drafts.items():
        if batch != skip and _may_share(standing.problem, draft, cell):
            yield from _joined(standing, batch, draft, cell)
    yield from _vehicles_alone(standing, cell)


def _may_share(problem: Problem, draft: Draft, cell: int) -> bool:
    """Return whether the batch goes to the group's city, about when it can leave."""
    cells = problem.cells
    near = cells.earliest[cell] - NEAR_DAYS <= draft.day <= cells.latest[cell] + NEAR_DAYS
    return bool(near and cells.city_group[draft.load[0][0]] == cells.city_group[cell])


def _joined(standing: Standing, batch: str, draft: Draft, cell: int) -> Iterator[Change]:
    """Yield the group on the batch: as it is, or with a larger vehicle where only seats are wanting."""
    problem = standing.problem
    joined = with_groups(problem, draft, cell, 1)
    found = standing.breaches(joined, batch)
    before_yuan = draft.cost_yuan(problem)
    if len(found) <= 1 and (not found or found[0].rule is not SEATS):
        yield Change(joined, batch, joined.cost_yuan(problem) - before_yuan, found)
    elif len(found) == 1:
        for pool in _pools_that_hold(standing, cell, int(found[0].figure), draft.day):
            swapped = joined.in_pool(pool)
            if not standing.breaches(swapped, batch):
                yield Change(swapped, batch, swapped.cost_yuan(problem) - before_yuan, (), larger=True)


def _pools_that_hold(standing: Standing, cell: int, seats: int, day: int) -> list[int]:
    """Return the pools with a free vehicle of enough seats on the day."""
    pools = standing.problem.pools
    holds = (pools.usable >= seats) & standing.is_free[:, day] & pools_for(standing.problem, cell)
    lines: list[int] = np.flatnonzero(holds).tolist()
    return lines


def _vehicles_alone(standing: Standing, cell: int) -> Iterator[Change]:
    """Yield a vehicle for the group alone on each day of its window, hired in addition where none is free."""
    problem, cells = standing.problem, standing.problem.cells
    holds: Ints = np.flatnonzero((problem.pools.usable >= cells.num_seats[cell]) & pools_for(problem, cell))
    for day in range(int(cells.earliest[cell]), int(cells.latest[cell]) + 1):
        for pool in holds.tolist():
            draft = alone(problem, cell, pool, day)
            relaxed = standing.breaches(draft)
            if not standing.is_free[pool, day]:
                relaxed = (*relaxed, Breach(FLEET, 1, 0))
            yield Change(draft, None, draft.cost_yuan(problem), relaxed)


def saving_yuan(standing: Standing, batch: str, cell: int) -> tuple[float, int]:
    """Return what the batch costs less without one group of the cell, and how many would still ride."""
    problem, draft = standing.problem, standing.drafts[batch]
    without = with_groups(problem, draft, cell, -1)
    return draft.cost_yuan(problem) - without.cost_yuan(problem), without.num_persons(problem)
