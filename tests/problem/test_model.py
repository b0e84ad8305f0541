"""Cells of a problem by number: where their groups alight."""

from dataclasses import replace

import numpy as np

from tests.planning.problems import tiny


def test_a_party_alights_at_all_of_its_places() -> None:
    cells = replace(
        tiny(1, num_groups=3).cells, drop_start=np.array([0, 1, 3, 4]), drop_place=np.array([5, 6, 7, 8])
    )
    assert [cells.drops_of(cell) for cell in range(3)] == [[5], [6, 7], [8]]
    assert cells.drop_lines(np.array([2, 1])).tolist() == [3, 1, 2]
    assert cells.drop_lines(np.array([], dtype=np.int64)).tolist() == []
