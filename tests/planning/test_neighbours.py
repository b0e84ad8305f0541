"""The neighbours of a cell are those of a plain sort of all cells, however few of them are sorted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from returnplan.planning._core import neighbours

SHARES_NO_DAY_KM = 1e6


@given(seed=st.integers(0, 10_000), num_cells=st.integers(1, 200), most=st.integers(1, 90))
def test_the_nearest_cells_with_a_common_day_come_first(seed: int, num_cells: int, most: int) -> None:
    random = np.random.default_rng(seed)
    num_places = 6
    group, pickup, dropoff, earliest, latest = random.integers(
        0, [[2], [num_places], [num_places], [6], [3]], (5, num_cells)
    )
    latest += earliest
    km = random.integers(1, 9, (num_places, num_places)).astype(np.float64)  # many are equally near
    near = neighbours(group, pickup, dropoff, earliest, latest, km, most)
    for cell, found in enumerate(near.tolist()):
        mine = np.flatnonzero(group == group[cell])
        away = km[pickup[cell], pickup[mine]] + km[dropoff[cell], dropoff[mine]]
        away[(earliest[mine] > latest[cell]) | (latest[mine] < earliest[cell])] += SHARES_NO_DAY_KM
        away[mine == cell] = -1.0
        nearest = mine[np.argsort(away, kind="stable")].tolist()[:most]
        assert found == nearest + [cell] * (min(most, num_cells) - len(nearest))
