"""The seat bound stands on shortest ways, also over stops that lie at the same spot."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from returnplan.planning.bounding.seats import shortest_km
from returnplan.problem import Problem


def test_two_stops_at_one_spot_are_a_way_through() -> None:
    km = np.array([[[0.0, 0.0, 10.0], [0.0, 0.0, 3.0], [10.0, 3.0, 0.0]]])
    ways = shortest_km(cast(Problem, SimpleNamespace(km=km)))
    assert ways[0, 2] == pytest.approx(3.0, abs=1e-4)
    assert ways[0, 2] <= 3.0
    assert ways[0, 1] == 0.0


def test_the_best_of_all_networks_counts() -> None:
    km = np.array([[[0.0, 9.0], [9.0, 0.0]], [[0.0, 4.0], [4.0, 0.0]]])
    assert shortest_km(cast(Problem, SimpleNamespace(km=km)))[0, 1] == pytest.approx(4.0, abs=1e-4)
