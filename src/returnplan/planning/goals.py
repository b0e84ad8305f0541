"""Which of several plans of one market is the best, by the goals in their order."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from operator import add

import numpy as np

from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import NO_PREVIOUS, Problem


def best_plan(problem: Problem, plans: Sequence[list[Draft]]) -> list[Draft]:
    """Return the best of some plans of one market: people by class, then what they cost with late days and moves.

    Late days without a price come before money.
    """
    people = people_by_class(problem, plans)
    best = min(range(len(plans)), key=lambda i: (*(-num for num in people[i]), *_costs(problem, plans[i])))
    return plans[best]


def people_by_class(problem: Problem, plans: Sequence[Sequence[Draft]]) -> list[tuple[float, ...]]:
    """Return for each plan how many people of each class travel, those of the first class first."""
    cells = problem.cells
    planned = [groups_planned(problem, plan) for plan in plans]
    riding = np.flatnonzero(np.any(planned, axis=0))
    persons = persons_by_class(cells.weight[riding], cells.num_persons[riding])
    return [tuple((persons @ groups[riding]).tolist()) for groups in planned]


def num_moved(problem: Problem, draft: Draft) -> int:
    """Return how many riders were on another batch of the last plan."""
    return sum(num for _, num in _moved(problem, draft))


def move_yuan(problem: Problem, draft: Draft) -> float:
    """Return what it costs that riders were on another batch of the last plan."""
    return sum(num * float(problem.previous_move_yuan[old]) for old, num in _moved(problem, draft))


def _moved(problem: Problem, draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield other batches of the last plan, and how many riders were on them."""
    of_cell = problem.cells.previous.item
    for cell, num in draft.load:
        old = of_cell(cell)
        if old not in (NO_PREVIOUS, draft.previous):
            yield old, num * int(problem.cells.num_persons[cell])


def _costs(problem: Problem, plan: Sequence[Draft]) -> tuple[float, float]:
    """Return late days without a price, then yuan with what all else costs."""
    is_any_late, is_any_told = problem.cells.late_days.any(), (problem.cells.previous >= 0).any()
    late = sum(draft.late_days(problem) for draft in plan) if is_any_late else 0.0
    moved = (move_yuan(problem, draft) for draft in plan) if is_any_told else repeat(0.0)
    yuan = sum(map(add, (draft.cost_yuan(problem) for draft in plan), moved))
    if problem.limits.late_day_yuan is None:
        return late, yuan
    return 0.0, yuan + problem.limits.late_day_yuan * late
