"""The invented corridors are the same every time and have what their kind promises."""

import numpy as np
import pytest

from benchmarks.peers.corridors import KINDS, Kind, invent_corridor

NAMED = {kind.name: kind for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_same_seed_gives_the_same_corridor(kind: Kind) -> None:
    first, second, other = (invent_corridor(kind, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.km, second.km)
    assert not np.array_equal(first.km, other.km)
    assert np.array_equal(first.cells.num_groups, second.cells.num_groups)
    assert np.array_equal(first.cells.drop_place, second.cells.drop_place)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_everybody_is_in_one_cell(kind: Kind) -> None:
    cells = invent_corridor(kind, 1).cells
    assert kind.num_people <= cells.num_groups @ cells.num_persons < kind.num_people + 5


def test_a_tight_fleet_has_hardly_a_seat_to_spare() -> None:
    problem = invent_corridor(NAMED["tight fleet"], 1)
    seats = problem.pools.available[:, 0] @ problem.pools.usable
    assert 0 <= seats - NAMED["tight fleet"].num_people < problem.pools.usable.max()


def test_windows_lie_within_the_days() -> None:
    problem = invent_corridor(NAMED["dates"], 1)
    length = problem.cells.latest - problem.cells.earliest + 1
    assert set(length) == {1, 2, 3}
    assert problem.cells.latest.max() == problem.num_days - 1


def test_parties_are_of_two_and_more() -> None:
    assert set(invent_corridor(NAMED["parties"], 1).cells.num_persons) == {1, 2, 3, 4, 5}
