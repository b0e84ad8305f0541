"""What the one who waits is told while the planner searches: the people placed, the plan's cost, a bound on it."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple, Protocol

import numpy as np

from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.model import Floats, Problem


class Standing(NamedTuple):
    """The plan so far: how many people it carries, what it costs, and a bound.

    ``bound_yuan`` is what any plan for the people of the quick first plan costs at least, 0 before there is one.
    The search seats more people than that one, so the cost may rise.
    """

    people: int
    cost_yuan: float
    bound_yuan: float


class Progress(Protocol):
    """Told the share of the work that is done, never less than before and 1 in the end, and how the plan stands."""

    def __call__(self, share: float, standing: Standing, /) -> None:
        """Be told."""


def nobody_waits(share: float, standing: Standing) -> None:
    """Say nothing."""


def quick_bound_yuan(problem: Problem, plans: Sequence[Sequence[Draft]]) -> float:
    """Return the seat bound for the people of some plans."""
    planned = groups_planned(problem, (draft for plan in plans for draft in plan))
    return float(seat_bounds_yuan(problem, planned, shortest_km(problem)).sum())


def standing_by_cell(problem: Problem, plans: Sequence[Sequence[Draft]]) -> Floats:
    """Return (2, C) the people and the cost of some plans, those of a batch at its first cell."""
    standing = np.zeros((2, len(problem.cells)))
    for draft in chain(*plans):
        standing[:, draft.load[0][0]] += draft.num_persons(problem), draft.cost_yuan(problem)
    return standing
