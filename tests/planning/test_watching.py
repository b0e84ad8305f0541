"""Who waits is told of the plan as it stands: its cost, and a bound on it."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Effort, solve
from tests.planning.problems import one_road, tiny, total_cost

EFFORT = Effort(base_work=30_000, work_per_group=0)


def test_the_last_word_is_the_cost_of_the_plan_and_a_bound_below_it() -> None:
    told: list[tuple[int, int, float, float]] = []
    four = one_road(4, vehicles=2)
    one_waits = replace(four, pools=replace(four.pools, min_load=np.array([3, 3])))
    for problem in (one_road(9, vehicles=3), one_waits, tiny(7, num_groups=40)):
        drafts = solve(
            problem,
            EFFORT,
            progress=lambda done, total, cost_yuan, bound_yuan: told.append(
                (done, total, cost_yuan, bound_yuan)
            ),
        )
        done, total, cost_yuan, bound_yuan = told[-1]
        assert done == total > 0
        assert cost_yuan == pytest.approx(total_cost(problem, drafts), rel=0.02)
        assert 0 < bound_yuan <= cost_yuan


def test_no_bound_is_told_before_there_is_a_plan() -> None:
    bounds: list[float] = []
    solve(
        one_road(9, vehicles=3),
        EFFORT,
        progress=lambda done, total, cost_yuan, bound_yuan: bounds.append(bound_yuan),
    )
    assert bounds[0] == 0.0
