"""Batches leave in the cheapest vehicle that is free."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning.finish.vehicles import in_cheaper_vehicles
from returnplan.problem.draft import Draft
from tests.planning.problems import tiny


@pytest.mark.parametrize(("num_small", "num_dear"), [(0, 3), (1, 2), (3, 0)])
def test_a_batch_takes_the_cheaper_vehicle_as_long_as_one_is_free(num_small: int, num_dear: int) -> None:
    problem = tiny(1, num_groups=3)
    pools = replace(
        problem.pools,
        usable=np.full_like(problem.pools.usable, 9),
        min_load=np.ones_like(problem.pools.min_load),
        base=np.full_like(problem.pools.base, -1),
        goal=np.full_like(problem.pools.goal, -1),
        fixed_yuan=np.array([900.0, *[500.0] * (len(problem.pools.usable) - 1)]),
        per_km_yuan=np.zeros_like(problem.pools.per_km_yuan),
        available=np.array([[3], *[[0]] * (len(problem.pools.usable) - 1)])
        * np.ones_like(problem.pools.available),
    )
    pools.available[1] = num_small
    problem = replace(problem, pools=pools)
    cells = problem.cells
    drafts = [
        Draft.direct(
            int(cells.earliest[cell]),
            0,
            (int(cells.pickup[cell]),),
            (int(cells.drop_place[cells.drop_start[cell]]),),
            ((cell, 1),),
        )
        for cell in (0, 0, 0)
    ]
    found = in_cheaper_vehicles(problem, drafts)
    assert sum(draft.leg.pool == 0 for draft in found) == num_dear
    assert [draft.in_pool(0) for draft in found] == drafts
