"""Parties from one stop to another are packed by full vehicles."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.planning import Effort, lower_bound_yuan, solve
from returnplan.planning.packing import is_packing, packed
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem
from tests.planning.bounding.test_vehicle_mix import least_yuan, village
from tests.planning.problems import broken_rules, num_people, one_road
from tests.planning.test_polish import FIRST, LARGE, SMALL, draft, parties

SIZES = (31, 29, 28, 32)
WORK = 1_000_000


def better(problem: Problem, plan: list[Draft], *, is_late: bool = False) -> list[Draft]:
    return packed(problem, np.arange(len(problem.cells)), plan, WORK, lambda: is_late)


def cost(problem: Problem, plan: list[Draft]) -> float:
    return sum(batch.cost_yuan(problem) for batch in plan)


def test_parties_that_fill_a_vehicle_share_it() -> None:
    loads = {batch.load for batch in better(parties(*SIZES), FIRST)}
    assert loads == {draft(LARGE, 0, 1).load, draft(LARGE, 2, 3).load}


def test_a_plan_stays_when_the_time_is_over() -> None:
    assert better(parties(*SIZES), FIRST, is_late=True) == FIRST


def test_a_vehicle_that_there_is_once_runs_once() -> None:
    problem = parties(*SIZES)
    scarce = problem.pools.available.copy()
    scarce[LARGE] = 1
    problem = replace(problem, pools=replace(problem.pools, available=scarce, usable=np.array([60, 32])))
    plan = [draft(LARGE, 0, 1), draft(SMALL, 2), draft(SMALL, 3)]
    assert sorted(batch.leg.pool for batch in better(problem, plan)) == [LARGE, SMALL, SMALL]


def test_vehicles_for_nothing_end_too() -> None:
    problem = parties(*SIZES)
    free = replace(problem, pools=replace(problem.pools, fixed_yuan=np.zeros(2)))
    assert sum(len(batch.load) for batch in better(free, FIRST)) == len(SIZES)


@given(st.lists(st.integers(1, 30), min_size=3, max_size=12), st.integers(0, 2), st.randoms())
@settings(max_examples=60, deadline=None)
def test_what_is_packed_is_allowed_and_no_dearer(sizes: list[int], spare: int, random: Random) -> None:
    """Each party begins in a vehicle of its own, and there are few more vehicles than these."""
    problem = parties(*sizes)
    plan = [draft(random.choice((LARGE, SMALL)), cell) for cell in range(len(sizes))]
    used = np.bincount([batch.leg.pool for batch in plan], minlength=2)
    available = np.repeat(used[:, None] + spare, problem.num_days, axis=1)
    problem = replace(problem, pools=replace(problem.pools, available=available))
    found = better(problem, plan)
    assert broken_rules(problem, found) == []
    assert num_people(problem, found) == sum(sizes)
    assert cost(problem, found) <= cost(problem, plan)


def test_a_plan_that_needs_more_vehicles_than_there_are_stays() -> None:
    problem = parties(*range(51, 61))
    once = np.ones_like(problem.pools.available)
    problem = replace(problem, pools=replace(problem.pools, available=once))
    plan = [draft(LARGE, cell) for cell in range(10)]
    assert better(problem, plan) == plan


def test_a_plan_whose_riders_would_be_too_few_in_a_vehicle_stays() -> None:
    """Parties of 20 and 40 fill a large vehicle, but the one of 15 left over may not ride alone."""
    problem = parties(20, 40, 15, min_load=30)
    plan = [draft(LARGE, 0, 2), draft(LARGE, 1)]
    assert better(problem, plan) == plan


def test_only_parties_of_one_way_are_packed() -> None:
    problem, singles = parties(*SIZES), one_road(4, vehicles=9)
    everybody = np.arange(4)
    two_stops = replace(problem, cells=replace(problem.cells, pickup=np.array([0, 0, 1, 1])))
    late = replace(problem, cells=replace(problem.cells, late_days=np.ones((4, problem.num_days))))
    assert is_packing(problem, everybody)
    assert not any(is_packing(other, everybody) for other in (two_stops, singles, late))


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_packing_is_found_and_proved(seed: int) -> None:
    """Each vehicle of sixty was cut into parties: nobody rides for less than 1,000 yuan a sixty seats."""
    random = np.random.default_rng(seed)
    cuts = [np.sort(random.choice(np.arange(1, 60), 3, replace=False)) for _ in range(6)]
    sizes = np.concatenate([np.diff([0, *cut, 60]) for cut in cuts])
    problem = parties(*random.permutation(sizes).tolist())
    plan = solve(problem, Effort(base_work=200_000, most_base_per_person=10**6, replicas=1))
    assert cost(problem, list(plan)) == 6_000
    assert lower_bound_yuan(problem, problem.cells.num_groups) == pytest.approx(6_000, rel=1e-3)


@pytest.mark.parametrize("num_people", [110, 176])
def test_families_of_a_village_fill_the_cheapest_mix_of_coaches(num_people: int) -> None:
    """110 people fill coaches of 19, 39 and 53 seats but for one, 176 two of 39 and two of 49."""
    random = np.random.default_rng(num_people)
    sizes = random.choice([1, 2, 3, 4, 5], num_people, p=[0.45, 0.3, 0.12, 0.08, 0.05])
    sizes = sizes[: np.searchsorted(sizes.cumsum(), num_people - 4)]
    problem = village(*sizes.tolist(), *[1] * int(num_people - sizes.sum()))
    each = [Draft.direct(0, 0, (0,), (3,), ((cell, 1),)) for cell in range(len(problem.cells))]
    found = better(problem, each)
    assert cost(problem, found) == least_yuan(num_people)
    assert broken_rules(problem, found) == []
