"""Problems of many alike: every rule is kept, nobody is left for it, and scarce vehicles are shared by class."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Effort, solve
from returnplan.planning.multiples import GROUPS_A_CELL, full_ones, multiple_of, smaller, what_is_left
from returnplan.problem.model import Problem
from tests.planning.problems import broken_rules, num_people, one_road, tiny, total_cost

PER_GROUP = Effort(base_work=0, work_per_group=5)
ALIKE = 3 * GROUPS_A_CELL


def many(problem: Problem, times: int = ALIKE) -> Problem:
    """Return the problem with everybody, and every vehicle, so many times."""
    cells = replace(problem.cells, num_groups=problem.cells.num_groups * times)
    return replace(
        problem, cells=cells, pools=replace(problem.pools, available=problem.pools.available * times)
    )


@pytest.mark.parametrize("seed", range(30))
def test_rules_are_kept_and_nobody_is_left_for_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = many(tiny(seed, min_load=1 + seed % 3))
    assert multiple_of(problem, PER_GROUP) == 3
    drafts = solve(problem, PER_GROUP)
    assert broken_rules(problem, drafts) == []
    monkeypatch.setattr(sys.modules[solve.__module__], "multiple_of", lambda *_: 1)
    assert num_people(problem, drafts) >= 0.98 * num_people(problem, solve(problem, PER_GROUP))


def test_full_vehicles_are_repeated_at_the_price_of_the_best() -> None:
    """Three to a vehicle, plenty of vehicles: nothing is cheaper than full ones."""
    problem = one_road(1, vehicles=1_000)
    road = replace(problem, cells=replace(problem.cells, num_groups=np.array([3 * ALIKE])))
    drafts = solve(road, PER_GROUP)
    assert num_people(road, drafts) == 3 * ALIKE
    one = solve(replace(problem, cells=replace(problem.cells, num_groups=np.array([3]))), PER_GROUP)
    assert total_cost(road, drafts) == pytest.approx(ALIKE * total_cost(problem, one))


def test_who_comes_first_does_not_yield_to_doubles() -> None:
    """The last class holds the problem many times over and could use up every vehicle."""
    problem = one_road(2, vehicles=2)
    cells = replace(problem.cells, num_groups=np.array([8, 10 * ALIKE]), weight=np.array([64.0, 1.0]))
    scarce = replace(problem, cells=cells)
    multiple = multiple_of(scarce, PER_GROUP)
    pools = replace(problem.pools, available=np.array([[multiple, 0, 0], [0, 0, 0]]))
    aboard = [pair for draft in solve(replace(scarce, pools=pools), PER_GROUP) for pair in draft.load]
    assert sum(num for cell, num in aboard if cell == 0) == 8
    assert sum(num for _, num in aboard) == 3 * multiple


def test_what_is_shared_by_all_is_not_divided() -> None:
    problem = many(tiny(1))
    for whole in (
        replace(problem, limits=replace(problem.limits, budget_yuan=1e6)),
        replace(problem, told_days=np.array([0]), told_pools=np.array([0])),
    ):
        assert multiple_of(whole, PER_GROUP) == 1
    assert multiple_of(tiny(1), PER_GROUP) == 1


def test_vehicles_on_the_road_are_not_left_for_others() -> None:
    problem = many(one_road(3, vehicles=2), 4)
    problem = replace(problem, pools=replace(problem.pools, turnaround_days=np.array([2, 1])))
    few = smaller(problem, 4)
    assert few.pools.available.tolist() == [[2, 2, 2], [0, 0, 0]]
    full = full_ones(few, solve(few, PER_GROUP))
    (day,) = (draft.day for draft in full)
    left = what_is_left(problem, full)
    assert left.cells.num_groups.sum() == 9
    gone = (problem.pools.available - left.pools.available)[0]
    assert gone.tolist() == [int(abs(other - day) < 2) for other in range(3)]
