"""Pick-ups on one loop are a market; markets that may want the same few vehicles are planned together."""

from dataclasses import replace

import numpy as np

from returnplan.planning.markets import share_scarce_vehicles, split_markets
from returnplan.problem.model import UNLIMITED, Problem
from tests.planning.problems import one_road


def two_cities(vehicles: int) -> Problem:
    """Four people of one stop, two to each of two cities."""
    road = one_road(4, vehicles=vehicles)
    return replace(road, cells=replace(road.cells, city_group=np.array([0, 1, 0, 1])))


def test_stops_hang_together_over_others_that_lie_between() -> None:
    road = one_road(3, vehicles=9)
    km = np.full((5, 5), 99.0)
    km[0, 2] = km[1, 2] = 5.0  # one way is enough
    problem = replace(
        road,
        cells=replace(road.cells, pickup=np.array([0, 1, 2])),
        km=km[None],
        limits=replace(road.limits, max_pickup_km=20.0),
    )
    assert [part.tolist() for part in split_markets(problem)] == [[0, 1, 2]]
    apart = replace(problem, limits=replace(problem.limits, max_pickup_km=4.0))
    assert [part.tolist() for part in split_markets(apart)] == [[0], [1], [2]]


def test_scarce_vehicles_join_the_markets_that_want_them() -> None:
    for vehicles, expected in ((2, [[0, 1, 2, 3]]), (UNLIMITED, [[0, 2], [1, 3]])):
        problem = two_cities(vehicles)
        pools = replace(problem.pools, usable=np.array([3, 0]))
        markets = share_scarce_vehicles(replace(problem, pools=pools), split_markets(problem))
        assert [part.tolist() for part in markets] == expected
