"""What the planner decides: a vehicle, a day, the stops in order and how many groups of which cells ride."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from returnplan.problem.model import Ints, Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """One batch in the integers of the problem.

    ``pickups`` and ``dropoffs`` are places in the order they are driven; ``load`` pairs cells with the number
    of their groups on board, sorted by cell; ``told`` is the batch of the last plan that it continues, -1 if none.
    """

    day: int
    pool: int
    pickups: tuple[int, ...]
    dropoffs: tuple[int, ...]
    load: tuple[tuple[int, int], ...]
    told: int = -1


def leg_km(problem: Problem, draft: Draft, stops: Sequence[int]) -> float:
    """Return the km along some stops in order on the roads of the draft's day."""
    km = problem.km[problem.network_of_day[draft.day]]
    return float(sum(km[a, b] for a, b in pairwise(stops)))


def route_km(problem: Problem, draft: Draft) -> float:
    """Return the km from the first pick-up to the last drop-off on the roads of the day."""
    return leg_km(problem, draft, draft.pickups + draft.dropoffs)


def cost_yuan(problem: Problem, draft: Draft) -> float:
    """Return what the batch costs: fixed, per km, and for each stop beyond the first and last."""
    pools, num_stops = problem.pools, len(draft.pickups) + len(draft.dropoffs)
    road_yuan = float(pools.per_km_yuan[draft.pool]) * route_km(problem, draft)
    return float(pools.fixed_yuan[draft.pool]) + road_yuan + problem.limits.stop_cost_yuan * (num_stops - 2)


def num_persons(problem: Problem, draft: Draft) -> int:
    """Return the riders of the batch."""
    return int(sum(num * problem.cells.num_persons[cell] for cell, num in draft.load))


def groups_planned(problem: Problem, drafts: Iterable[Draft]) -> Ints:
    """Return (C,) how many groups of each cell ride."""
    load = np.array([pair for draft in drafts for pair in draft.load], dtype=np.int64).reshape(-1, 2)
    return np.bincount(load[:, 0], load[:, 1], len(problem.cells)).astype(np.int64)


def late_days(problem: Problem, draft: Draft) -> float:
    """Return the person-days after the resume date of the riders."""
    return float(sum(num * problem.cells.late_days[cell, draft.day] for cell, num in draft.load))


def best_plan(problem: Problem, plans: Sequence[list[Draft]]) -> list[Draft]:
    """Return the best of some plans of one market: people by class, then what they cost with late days and moves.

    Late days without a price come before money.
    """
    return min(plans, key=lambda plan: _goals(problem, plan))


def num_moved(problem: Problem, draft: Draft) -> int:
    """Return how many riders were on another batch of the last plan."""
    told, persons = problem.cells.told, problem.cells.num_persons
    return sum(num * int(persons[cell]) for cell, num in draft.load if told[cell] not in (-1, draft.told))


def move_yuan(problem: Problem, draft: Draft) -> float:
    """Return what it costs that riders were on another batch of the last plan."""
    told, persons = problem.cells.told, problem.cells.num_persons
    moved = ((told[cell], num * int(persons[cell])) for cell, num in draft.load)
    return sum(num * float(problem.told_move_yuan[old]) for old, num in moved if old not in (-1, draft.told))


def _goals(problem: Problem, plan: list[Draft]) -> tuple[float, float, float]:
    cells = problem.cells
    weight = sum(num * cells.weight[cell] for draft in plan for cell, num in draft.load)
    late = sum(late_days(problem, draft) for draft in plan)
    yuan = sum(cost_yuan(problem, draft) + move_yuan(problem, draft) for draft in plan)
    if problem.limits.late_day_yuan is not None:
        yuan, late = yuan + problem.limits.late_day_yuan * late, 0.0
    return -float(weight), late, yuan
