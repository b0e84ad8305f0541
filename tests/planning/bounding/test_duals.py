"""What the prices prove together is the bound, with rents, rules and vehicles that cost nothing."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Care, Effort, cell_bounds, duals, solve
from returnplan.planning.bounding.parts import SAFE
from returnplan.problem.model import Ints, Problem
from tests.planning.bounding.test_bound import free_of_charge
from tests.planning.problems import one_road, planned_groups, tiny
from tests.sweeps import cases

NUM_CASES = cases(20, of=60)
CARE = Care(num_rounds=6, num_roundings=2)


def proved_yuan(problem: Problem, planned: Ints) -> float:
    proof = duals(problem, planned, CARE)
    rules = sum(rule.yuan * rule.fewest for rule in proof.rules)
    rents = (proof.rent_yuan * problem.pools.available).sum()
    return float(proof.group_yuan @ planned + rules - rents)


def test_prices_and_rules_less_rents_are_the_bound_or_a_little_more() -> None:
    num_rules = num_rents = 0
    for seed in range(NUM_CASES):
        problem = tiny(seed, num_groups=8)
        planned = planned_groups(problem, solve(problem, Effort(base_work=500, work_per_group=0)))
        proof = duals(problem, planned, CARE)
        num_rules, num_rents = num_rules + len(proof.rules), num_rents + bool(proof.rent_yuan.any())
        bound = float(cell_bounds(problem, planned, CARE).yuan.sum())
        assert proved_yuan(problem, planned) >= bound, seed
        assert proved_yuan(problem, planned) == pytest.approx(bound / SAFE, rel=1e-6), seed
    assert num_rules > NUM_CASES // 6


def test_a_scarce_vehicle_has_a_rent() -> None:
    problem = one_road(6, vehicles=2)
    pools = replace(
        problem.pools, usable=np.array([3, 3]), fixed_yuan=np.array([500.0, 5_000.0]),
        available=np.array([[1, 0, 0], [9, 0, 0]]),
    )  # fmt: skip
    problem = replace(problem, pools=pools)
    planned = problem.cells.num_groups
    proof = duals(problem, planned)
    assert proof.rent_yuan[0, 0] > 0
    rents = (proof.rent_yuan * pools.available).sum()
    assert proof.group_yuan @ planned > rents


def test_vehicles_that_cost_nothing_prove_no_more_than_they_do() -> None:
    problem = free_of_charge(one_road(9, vehicles=3), fixed=[0.0, 0.0], per_km=[2.0, 2.0])
    three = 3 * 2.0 * float(problem.km[0][0, 3])
    assert 0.98 * three < proved_yuan(problem, problem.cells.num_groups) <= three + 1e-6
