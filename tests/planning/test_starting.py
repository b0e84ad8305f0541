"""A search without work leaves a plan that it starts from as it is, but for what no rule allows."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from returnplan.planning import Effort, solve
from returnplan.planning.search import Watch, solve_market
from returnplan.planning.starting import Load, loads_by_market
from returnplan.problem.model import Problem
from tests.planning.problems import one_road, tiny

QUICK = Effort(base_work=3_000, work_per_group=0)


def kept(problem: Problem, loads: Sequence[Load]) -> list[Load]:
    """Return the loads of the plan that a search without work makes of these."""
    everybody = np.arange(len(problem.cells))
    drafts = solve_market(problem, QUICK, 0, everybody, loads, Watch())
    return [dict(draft.load) for draft in drafts]


def test_a_plan_that_keeps_the_rules_is_kept() -> None:
    problem = one_road(6, vehicles=2)
    loads = [{0: 1, 2: 1, 4: 1}, {1: 1, 3: 1}, {5: 1}]
    assert kept(problem, loads) == loads


def test_units_of_a_cell_go_to_their_batches_in_turn() -> None:
    problem = one_road(2, vehicles=2)
    problem = replace(problem, cells=replace(problem.cells, num_groups=np.array([4, 3])))
    loads = [{1: 2, 0: 1}, {0: 3}, {1: 1}]
    assert kept(problem, loads) == loads


def test_whom_a_load_may_not_carry_rides_elsewhere() -> None:
    """Four people on three seats, and one person on no load."""
    problem = one_road(5, vehicles=2)
    assert sorted(map(len, kept(problem, [{0: 1, 1: 1, 2: 1, 3: 1}]))) == [2, 3]


def test_loads_go_to_the_market_of_their_riders() -> None:
    problem = replace(tiny(3, num_groups=9), limits=replace(tiny(3).limits, mix_counties=True))
    drafts = solve(problem, QUICK)
    markets = [np.flatnonzero(problem.cells.city_group == group) for group in (0, 1)]
    loads = loads_by_market(markets, [drafts])
    assert sum(map(len, loads)) == len(drafts) > 1
    for part, mine in zip(markets, loads, strict=True):
        assert {cell for load in mine for cell in load} <= set(part.tolist())
