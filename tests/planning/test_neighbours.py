"""The neighbours of a cell are those of a plain sort of all cells, however few of them the sort by journey looks at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.planning import _core, tables
from returnplan.problem.model import Floats, Ints

SHARES_NO_DAY_KM = 1e6


@given(seed=st.integers(0, 10_000), num_cells=st.integers(1, 60), num_seen=st.integers(8, 60))
def test_the_nearest_cells_with_a_common_day_come_first(seed: int, num_cells: int, num_seen: int) -> None:
    random = np.random.default_rng(seed)
    cells, drops, km = _invented(num_cells, random)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "MOST_NEIGHBOURS", 8)
        patch.setattr(tables._first_with_common_day, "__defaults__", (num_seen,))
        near = tables._nearest_cells(cells, drops, km)
    for cell, found in enumerate(near.tolist()):
        assert found == _sorted_plainly(cell, cells, drops["place"], km, near.shape[1])


def _invented(num: int, random: np.random.Generator) -> tuple[tables.Records, tables.Records, Floats]:
    """Return cells of few journeys, each with one drop-off, and whole km, so that many are equally near."""
    cells, drops = np.zeros(num, dtype=_core.CELL), np.zeros(num, dtype=_core.DROP)
    cells["pickup"], drops["place"] = random.integers(0, 3, num), random.integers(3, 6, num)
    cells["drop_first"], cells["city_group"] = np.arange(num), random.integers(0, 2, num)
    cells["earliest"] = random.integers(0, 6, num)
    cells["latest"] = cells["earliest"] + random.integers(0, 3, num)
    km = random.integers(1, 9, (6, 6)).astype(float)
    return cells, drops, km * (1 - np.eye(6))


def _sorted_plainly(cell: int, cells: tables.Records, place: Ints, km: Floats, num: int) -> list[int]:
    mine = np.flatnonzero(cells["city_group"] == cells["city_group"][cell])
    away = km[cells["pickup"][cell], cells["pickup"][mine]] + km[place[cell], place[mine]]
    is_apart = (cells["earliest"][mine] > cells["latest"][cell]) | (
        cells["latest"][mine] < cells["earliest"][cell]
    )
    away[is_apart] += SHARES_NO_DAY_KM
    away[mine == cell] = -1.0
    nearest: list[int] = mine[np.argsort(away, kind="stable")].tolist()[:num]
    return nearest + [cell] * (num - len(nearest))
