"""Shortest ways go over as many stops as pay, in the direction of the road."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path

from returnplan.planning.bounding.ways import shortest_ways


def test_a_way_over_two_other_stops_counts_in_its_direction_only() -> None:
    km = np.array([[0.0, 1, 9, 9], [9, 0, 2, 9], [9, 9, 0, 3], [9, 9, 9, 0]])
    ways = shortest_ways(km)
    assert ways[0].tolist() == [0, 1, 3, 6]
    assert ways[3].tolist() == [9, 9, 9, 0]


@given(st.integers(1, 12), st.integers(0, 999))
def test_scipy_finds_the_same(num_stops: int, seed: int) -> None:
    km = np.random.default_rng(seed).integers(1, 99, (num_stops, num_stops)).astype(np.float64)
    np.fill_diagonal(km, 0.0)
    assert np.array_equal(shortest_ways(km), shortest_path(km, method="FW"))
