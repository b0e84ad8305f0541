"""The more markets and days there are, the fewer batches the bound looks at in each."""

from dataclasses import replace

import numpy as np

from returnplan.planning import lower_bound_yuan
from returnplan.planning.bounding.market import BATCHES_A_ROUND, COARSE, sets_where_full
from tests.planning.problems import one_road


def test_markets_and_days_share_the_batches_of_a_round() -> None:
    for num_markets, num_days in ((1, 1), (1, 15), (8, 4)):
        sets = sets_where_full(num_markets, num_days)
        assert sets.most_pickups > COARSE.most_pickups
        assert sets.most_batches * num_markets * num_days <= BATCHES_A_ROUND
    assert sets_where_full(70, 15) == COARSE


def test_of_a_dozen_stops_of_a_full_vehicle_none_are_taken_for_one() -> None:
    """Twelve villages in a row of 30 km each, and nobody but 24 people for one vehicle, who may all ride in it."""
    num = 12
    base = one_road(num, vehicles=1)
    day_0 = np.zeros(num, dtype=np.int64)
    cells = replace(
        base.cells, pickup=np.arange(num), drop_place=np.full(num, num), earliest=day_0, latest=day_0,
        num_groups=np.full(num, 2),
    )  # fmt: skip
    spots = np.append(30.0 * np.arange(num), 30.0 * num + 300.0)
    limits = replace(base.limits, max_pickups=num, max_pickup_km=999.0, stop_cost_yuan=0.0)
    pools = replace(
        base.pools, usable=np.full(len(base.pools), 24), fixed_yuan=np.full(len(base.pools), 900.0)
    )
    km = np.abs(spots[:, None] - spots[None])
    problem = replace(base, cells=cells, limits=limits, pools=pools, km=km[None])
    vehicle_yuan = float((900.0 + pools.per_km_yuan * spots[-1]).min())
    bound = lower_bound_yuan(problem, cells.num_groups)
    assert 0.98 * vehicle_yuan < bound <= vehicle_yuan
