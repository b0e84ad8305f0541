"""Who waits is told how far the search is, and of the plan as it stands: its people, its cost, a bound on it."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Effort, Standing, solve
from tests.planning.problems import num_people, one_road, tiny, total_cost

EFFORT = Effort(base_work=30_000, work_per_group=0)


def test_the_last_word_is_the_cost_of_the_plan_and_a_bound_below_it() -> None:
    told: list[tuple[float, Standing]] = []
    four = one_road(4, vehicles=2)
    one_waits = replace(four, pools=replace(four.pools, min_load=np.array([3, 3])))
    for problem in (one_road(9, vehicles=3), one_waits, tiny(7, num_groups=40)):
        told.clear()
        drafts = solve(problem, EFFORT, progress=lambda share, standing: told.append((share, standing)))
        shares = [share for share, _ in told]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
        standing = told[-1][1]
        assert standing.people == num_people(problem, drafts)
        assert standing.cost_yuan == pytest.approx(total_cost(problem, drafts))
        assert 0 < standing.bound_yuan <= standing.cost_yuan


def test_no_bound_is_told_before_there_is_a_plan() -> None:
    bounds: list[float] = []
    solve(
        one_road(9, vehicles=3), EFFORT, progress=lambda share, standing: bounds.append(standing.bound_yuan)
    )
    assert bounds[0] == 0.0
