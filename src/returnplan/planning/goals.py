"""Which of several plans of one market is the best, by the goals in their order."""

from collections.abc import Iterator, Sequence

from returnplan.problem.draft import Draft
from returnplan.problem.model import NO_PREVIOUS, Problem


def best_plan(problem: Problem, plans: Sequence[list[Draft]]) -> list[Draft]:
    """Return the best of some plans of one market: people by class, then what they cost with late days and moves.

    Late days without a price come before money.
    """
    return min(plans, key=lambda plan: _goals(problem, plan))


def num_moved(problem: Problem, draft: Draft) -> int:
    """Return how many riders were on another batch of the last plan."""
    return sum(num for _, num in _moved(problem, draft))


def move_yuan(problem: Problem, draft: Draft) -> float:
    """Return what it costs that riders were on another batch of the last plan."""
    return sum(num * float(problem.previous_move_yuan[old]) for old, num in _moved(problem, draft))


def _moved(problem: Problem, draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield other batches of the last plan, and how many riders were on them."""
    for cell, num in draft.load:
        old = int(problem.cells.previous[cell])
        if old not in (NO_PREVIOUS, draft.previous):
            yield old, num * int(problem.cells.num_persons[cell])


def _goals(problem: Problem, plan: list[Draft]) -> tuple[float, float, float]:
    cells = problem.cells
    weight = sum(num * cells.weight[cell] for draft in plan for cell, num in draft.load)
    late = sum(draft.late_days(problem) for draft in plan)
    yuan = sum(draft.cost_yuan(problem) + move_yuan(problem, draft) for draft in plan)
    if problem.limits.late_day_yuan is not None:
        yuan, late = yuan + problem.limits.late_day_yuan * late, 0.0
    return -float(weight), late, yuan
