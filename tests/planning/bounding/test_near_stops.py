"""Stops that lie close together become one as scipy joins them: complete linkage."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from returnplan.planning.bounding.near_stops import NearStops
from returnplan.problem.model import Floats, Ints


def joined_by_scipy(km: Floats, num_groups: int) -> Ints:
    tree = linkage(squareform(np.minimum(km, km.T), checks=False), "complete")
    return np.asarray(fcluster(tree, num_groups, "maxclust") - 1, dtype=np.int64)


@pytest.mark.parametrize(("num_places", "seed"), [(2, 1), (9, 2), (40, 3), (90, 4)])
def test_scipy_joins_the_same(num_places: int, seed: int) -> None:
    at = 100 * np.random.RandomState(seed).random_sample((num_places, 2))
    km = np.hypot(*(at[:, None] - at[None, :]).T)
    near_stops = NearStops(km)
    for num_groups in range(1, num_places, 7):
        assert near_stops.join(num_groups).tolist() == joined_by_scipy(km, num_groups).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_places_equally_far_from_each_other_are_joined_as_scipy_joins_them(seed: int) -> None:
    at = np.random.RandomState(seed).randint(0, 4, (12, 2))
    km = np.abs(at[:, None] - at[None, :]).sum(axis=2).astype(np.float64)
    near_stops = NearStops(km)
    for num_groups in range(1, 12):
        assert near_stops.join(num_groups).tolist() == joined_by_scipy(km, num_groups).tolist()


def test_the_farthest_places_tell_how_near_two_groups_are() -> None:
    """At km 0, 4, 7 and 12: the pair at 4 and 7 becomes one; from there 0 is 7 km away, and 12 is 8."""
    at = np.array([0.0, 4.0, 7.0, 12.0])
    group = NearStops(np.abs(at[:, None] - at[None, :])).join(2)
    assert group[0] == group[1] == group[2] != group[3]


def test_of_there_and_back_the_shorter_way_counts() -> None:
    km = np.array([[0.0, 9.0, 5.0], [1.0, 0.0, 5.0], [5.0, 5.0, 0.0]])
    group = NearStops(km).join(2)
    assert group[0] == group[1] != group[2]
