"""Rules are tightened as far as a plan goes, and a step farther; plans are compared at the same price of late days."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.peers.corridors import Kind, invent_corridor
from benchmarks.run_tightened import outcome, tightened
from returnplan.planning import solve
from returnplan.planning.effort import Effort
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Problem
from returnplan.problem.rules import breaches

SMALL = Kind("small", num_people=80, num_days=3, longest_window=2)


@pytest.fixture(scope="module")
def problem() -> Problem:
    corridor = invent_corridor(SMALL, 1)
    return replace(corridor, limits=replace(corridor.limits, max_pickup_km=500.0, late_day_yuan=200.0))


@pytest.fixture(scope="module")
def plan(problem: Problem) -> tuple[Draft, ...]:
    return solve(problem, Effort(base_work=20_000))


def _is_allowed(problem: Problem, plan: tuple[Draft, ...]) -> bool:
    ledger = Ledger(problem, plan)
    return not ledger.overdrawn() and not any(breaches(problem, draft) for draft in plan)


def test_a_rule_first_touches_the_plan_and_then_forbids_it(problem: Problem, plan: tuple[Draft, ...]) -> None:
    allowed: dict[str, list[bool]] = {}
    for rule, _, changed in tightened(problem, plan):
        allowed.setdefault(rule, []).append(_is_allowed(changed, plan))
    both = ("max_pickup_km", "max_dropoff_km", "max_pickups", "max_dropoffs", "min_load", "day cap")
    assert allowed == {**{key: [True, False] for key in both}, "late_day_yuan": [True]}


def test_a_rule_that_the_plan_exhausts_is_tightened_a_step_alone(
    problem: Problem, plan: tuple[Draft, ...]
) -> None:
    most = max(len(draft.leg.pickups) for draft in plan)
    exhausted = replace(problem, limits=replace(problem.limits, max_pickups=most))
    changes = [change for rule, change, _ in tightened(exhausted, plan) if rule == "max_pickups"]
    assert changes == [f"{most} → {most - 1}"]


def test_late_days_cost_the_same_whatever_the_rule_says(problem: Problem, plan: tuple[Draft, ...]) -> None:
    late = replace(problem, cells=replace(problem.cells, late_days=np.ones_like(problem.cells.late_days)))
    riders = sum(draft.leg.num_persons(problem) for draft in plan)
    without, with_late = (outcome(some, plan, 0.0, 200.0).yuan for some in (problem, late))
    assert with_late - without == pytest.approx(200.0 * riders)


def test_who_is_on_no_batch_is_counted(problem: Problem, plan: tuple[Draft, ...]) -> None:
    assert outcome(problem, plan[1:], 0.0, None).left == plan[0].leg.num_persons(problem)
