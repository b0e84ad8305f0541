"""What the one who waits is told while the planner searches: work done, the plan's cost, a bound on it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.model import Floats, Problem


class Progress(Protocol):
    """Told the units of work done and in all, the cost of the plan so far, and a bound.

    ``bound_yuan`` is what any plan for the people of the quick first plan costs at least, 0 before there is one.
    The search seats more people than that one, so the cost may rise.
    """

    def __call__(self, done: int, total: int, *, cost_yuan: float, bound_yuan: float) -> None:
        """Be told."""


def nobody_waits(done: int, total: int, *, cost_yuan: float, bound_yuan: float) -> None:
    """Say nothing."""


def quick_bound_yuan(problem: Problem, plans: Sequence[Sequence[Draft]]) -> float:
    """Return the seat bound for the people of some plans."""
    planned = groups_planned(problem, (draft for plan in plans for draft in plan))
    return float(seat_bounds_yuan(problem, planned, shortest_km(problem)).sum())


def yuan_by_cell(problem: Problem, plans: Sequence[Sequence[Draft]]) -> Floats:
    """Return (C,) the cost of some plans, that of a batch at its first cell."""
    yuan = np.zeros(len(problem.cells))
    for plan in plans:
        for draft in plan:
            yuan[draft.load[0][0]] += draft.cost_yuan(problem)
    return yuan
