"""A whole plan with trains, what it is worth, and which of several is the best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from returnplan.model.plan import CONNECTING, PlanSoFar
from returnplan.planning.goals import move_yuan
from returnplan.planning.markets import servable
from returnplan.planning.rail.choice import moves_yuan
from returnplan.planning.rail.journeys import RailPlan, caps_left
from returnplan.planning.rail.previous import changes_yuan, group_move_yuan, is_worth_calls
from returnplan.planning.rail.ways import CENT, Ways
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.groups import persons_by_class
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Ints, Problem

Worth = tuple[float, ...]
"""Minus the people of each class, late days where they are strict, yuan with moves: less is better."""


@dataclass(frozen=True)
class Whole:
    """Who takes trains, and their ways; the direct coaches; what this is worth, and its moves alone."""

    rail: RailPlan
    ways: Ways
    coaches: tuple[Draft, ...]
    worth: Worth
    moves_yuan: float


def whole_of(problem: Problem, rail: RailPlan, ways: Ways, coaches: Sequence[Draft]) -> Whole:
    """Return a whole plan with its worth; who was told of a seat and has none counts as one who moves."""
    num = groups_with_a_seat(problem, rail, coaches)
    people = persons_by_class(problem.cells.weight, problem.cells.num_persons) @ num
    late_days = rail.late_days + sum(draft.late_days(problem) for draft in coaches)
    paid_yuan = rail.cost_yuan + sum(draft.cost_yuan(problem) for draft in coaches)
    a_day = problem.limits.late_day_yuan
    moved_yuan = sum(move_yuan(problem, draft) for draft in coaches)
    moved_yuan += float(rail.num @ moves_yuan(problem, ways))
    moved_yuan += sum(changes_yuan(problem, ways, rail.legs, kind) for kind in CONNECTING)
    moved_yuan += float((problem.cells.num_groups - num) @ group_move_yuan(problem))
    yuan = paid_yuan + (a_day or 0.0) * late_days + moved_yuan
    is_dear = paid_yuan > problem.limits.budget_yuan + CENT
    if is_dear or _is_crowded(problem, rail, coaches):  # known once its feeders and shuttles are
        people = np.zeros_like(people)
        yuan = np.inf
    worth = (*(-people).tolist(), late_days if a_day is None else 0.0, round(yuan, 4))
    return Whole(rail, ways, tuple(coaches), worth, moved_yuan)


def _is_crowded(problem: Problem, rail: RailPlan, coaches: Iterable[Draft]) -> bool:
    """Return whether more people leave a prefecture, or reach a city, on some day than its cap allows."""
    if not problem.caps.bind:
        return False
    ledger = Ledger(replace(problem, caps=caps_left(problem, rail)), coaches)
    return any(rule != "pool" for rule, _ in ledger.overdrawn())


def best_of(problem: Problem, plans: Iterable[Whole]) -> Whole:
    """Return the best plan by the goals in their order, where a seat more is worth ``MOST_CALLS``.

    A plan with more seats that moves more people for each is taken only where it costs less with all moves priced.
    """
    best, *others = plans
    for other in others:
        seats = sum(best.worth[:-2]) - sum(other.worth[:-2])
        is_calm = is_worth_calls(problem, seats, other.moves_yuan - best.moves_yuan)
        if other.worth < best.worth and (is_calm or other.worth[-2:] < best.worth[-2:]):
            best = other
    return best


def groups_with_a_seat(problem: Problem, rail: RailPlan, coaches: Iterable[Draft]) -> Ints:
    """Return (C,) how many groups of each cell travel."""
    return groups_planned(problem, coaches) + rail.groups_of_cells(len(problem.cells))


def groups_left(problem: Problem, rail: RailPlan, coaches: Iterable[Draft]) -> Ints:
    """Return (C,) how many groups of each cell have no seat whom a vehicle could take."""
    num = groups_with_a_seat(problem, rail, coaches)
    return np.where(servable(problem), problem.cells.num_groups - num, 0)


def so_far(problem: Problem, whole: Whole) -> PlanSoFar:
    """Return what a whole plan is, for the one who waits."""
    heads = whole.rail.num_persons + sum(draft.num_persons(problem) for draft in whole.coaches)
    yuan = whole.rail.cost_yuan + sum(draft.cost_yuan(problem) for draft in whole.coaches)
    return PlanSoFar(heads, yuan, 0.0)
