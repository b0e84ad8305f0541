"""A search without work leaves a plan that it starts from as it is, but for what no rule allows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from returnplan.planning import Effort
from returnplan.planning.params import SearchParams
from returnplan.planning.search import Watch, solve_market
from returnplan.planning.tables import Load, local_places, market_tables, units_on_board, usable_pools
from returnplan.problem.model import Problem
from tests.planning.problems import one_road

REORDERS = SearchParams(share_of_rebuilds=0.0, share_of_swaps=0.0, share_of_reorders=1.0)
"""On a road with one stop at each end these change nothing."""
QUICK = Effort(base_work=3_000, work_per_group=0, params=REORDERS)


def kept(problem: Problem, loads: Sequence[Load]) -> list[Load]:
    """Return the loads of the plan that hardly any search makes of these, were they from a dive."""
    everybody = np.arange(len(problem.cells))
    with patch("returnplan.planning.search.dive", return_value=list(loads)):
        drafts = solve_market(problem, QUICK, 1, everybody, Watch())
    return [dict(draft.load) for draft in drafts]


def test_a_plan_that_keeps_the_rules_is_kept() -> None:
    problem = one_road(6, vehicles=2)
    loads = [{0: 1, 2: 1, 4: 1}, {1: 1, 3: 1}, {5: 1}]
    assert kept(problem, loads) == loads


def test_units_of_a_cell_go_to_their_batches_in_turn() -> None:
    problem = one_road(3, vehicles=2)
    problem = replace(problem, cells=replace(problem.cells, num_groups=np.array([4, 9, 3])))
    part = np.array([0, 2])
    market = market_tables(problem, part, local_places(problem, part), usable_pools(problem, part))
    loads = [{2: 2, 0: 1}, {0: 3}, {2: 1}]
    unit, batch = units_on_board(market, part, loads).T
    assert len(set(unit)) == len(unit) == 7
    aboard = [Counter(part[market.unit_cell[unit[batch == b]]].tolist()) for b in range(3)]
    assert aboard == loads
    assert units_on_board(market, part, []).shape == (0, 2)


def test_whom_a_load_may_not_carry_rides_elsewhere() -> None:
    """Four people on three seats, and one person on no load."""
    problem = one_road(5, vehicles=2)
    assert sorted(map(len, kept(problem, [{0: 1, 1: 1, 2: 1, 3: 1}]))) == [2, 3]
