"""Many alike: where the cells hold a smaller problem many times over, its full batches run that many times.

So the search grows with the cells, not with the people. It scales the demand down, solves that, and repeats what
comes out full; what is left is planned as ever (as in cutting stock, where patterns of the relaxation run as often
as they go into the demand and the residual problem is solved exactly: Wäscher and Gau 1996).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from returnplan.planning.drafts import Draft, groups_planned
from returnplan.planning.effort import Effort
from returnplan.planning.markets import servable
from returnplan.problem.model import UNLIMITED, Ints, Problem

GROUPS_A_CELL = 40
"""Of the smaller problem on average: in a thinner one full batches call at more stops than they need to."""
WORTH_IT = 0.5
"""The share of the whole search that the two smaller ones may take at most."""
FULL = 0.95
"""Of the usable seats; what is emptier is planned anew with what is left."""


def multiple_of(problem: Problem, effort: Effort) -> int:
    """Return how many times the problem should hold the smaller one; 1: it is planned as it is.

    Caps on days and the budget are shared by all, and who was told of a batch is no one's double: then 1.
    """
    if problem.caps.bind or problem.limits.budget_yuan < np.inf or len(problem.told_days):
        return 1
    num_groups = problem.cells.num_groups
    multiple = int(num_groups.sum()) // (GROUPS_A_CELL * max(1, len(num_groups)))
    if multiple < 2:
        return 1
    work = _work(effort, num_groups // multiple) + _work(effort, num_groups % multiple)
    return multiple if work <= WORTH_IT * _work(effort, num_groups) else 1


def _work(effort: Effort, num_groups: Ints) -> int:
    num_all = int(num_groups.sum())
    return effort.work(num_all, num_all)


def smaller(problem: Problem, multiple: int) -> Problem:
    """Return the problem that the given one holds ``multiple`` times."""
    available = problem.pools.available
    fewer = np.where(available < UNLIMITED, available // multiple, available)
    return _with(problem, problem.cells.num_groups // multiple, fewer)


def full_ones(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the batches that are worth running many times."""
    seats, usable = problem.cells.num_seats, problem.pools.usable
    taken = [sum(num * int(seats[cell]) for cell, num in draft.load) for draft in drafts]
    return [draft for draft, num in zip(drafts, taken, strict=True) if num >= FULL * usable[draft.pool]]


def what_is_left(problem: Problem, drafts: Sequence[Draft]) -> Problem:
    """Return the problem without the people on the drafts, and without their vehicles while these are away.

    A vehicle away from day d to d + T - 1 also keeps others from leaving in the T - 1 days before d.
    """
    available = problem.pools.available.copy()
    for draft in drafts:
        turn = int(problem.pools.turnaround_days[draft.pool])
        days = slice(max(0, draft.day - turn + 1), draft.day + turn)
        available[draft.pool, days] -= available[draft.pool, days] < UNLIMITED
    return _with(
        problem, problem.cells.num_groups - groups_planned(problem, drafts), np.maximum(0, available)
    )


def is_spoilt(problem: Problem, drafts: Sequence[Draft]) -> bool:
    """Return whether people are left and vehicles are used up: then classes must compete for all of them."""
    are_left = (groups_planned(problem, drafts) < problem.cells.num_groups) & servable(problem)
    used_up = (problem.pools.available > 0) & (what_is_left(problem, drafts).pools.available == 0)
    return bool(are_left.any() and used_up.any())


def _with(problem: Problem, num_groups: Ints, available: Ints) -> Problem:
    """Return the problem with other numbers; a cell without groups has no day to travel."""
    latest = np.where(num_groups > 0, problem.cells.latest, -1)
    cells = replace(problem.cells, num_groups=num_groups, latest=latest)
    return replace(problem, cells=cells, pools=replace(problem.pools, available=available))
