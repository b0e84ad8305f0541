"""Riders leave full batches for one that then has its least load."""

from dataclasses import replace

import numpy as np

from returnplan.planning import Effort, solve
from tests.planning.problems import broken_rules, num_people, one_road


def test_full_batches_make_one_more_worth_running() -> None:
    """Vehicles of ten that leave with eight at least: 34 ride in four of them, filled up only 30 do."""
    problem = one_road(34, vehicles=3)
    random = np.random.default_rng(0)
    earliest = random.integers(0, 2, 34)  # hardly two are alike
    pools = replace(problem.pools, usable=np.array([10, 10]), min_load=np.array([8, 8]))
    cells = replace(problem.cells, earliest=earliest, pickup=random.integers(0, 3, 34))
    limits = replace(problem.limits, max_pickup_km=999.0)
    hard = replace(problem, pools=pools, cells=cells, limits=limits)
    for seed in range(3):
        drafts = solve(hard, Effort(base_work=10_000, work_per_group=0, seed=seed))
        assert broken_rules(hard, drafts) == []
        assert num_people(hard, drafts) == 34, seed
