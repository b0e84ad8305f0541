"""For a few whom a large plan leaves behind, only what is near them is searched again."""

from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest

from returnplan.planning import Effort, solve
from returnplan.planning.full_vehicles import full_vehicles
from returnplan.planning.markets import split_markets
from returnplan.planning.near_left import cut_out, near_batches, who_could_ride
from returnplan.problem.draft import Draft
from tests.planning.problems import broken_rules, num_people, one_road, planned_groups

QUICK = Effort(base_work=3_000, work_per_group=0)


@pytest.fixture(autouse=True)
def _all_is_large() -> Iterator[None]:
    with (
        patch("returnplan.planning.full_vehicles.FEWEST", 1),
        patch("returnplan.planning.solve.MANY_BEHIND", 1.0),
        patch("returnplan.planning.solve.MOST_WHOLE", 0),
    ):
        yield


def coach(day: int, *cells: int) -> Draft:
    return Draft.direct(day, 0, (0,), (3,), tuple((cell, 1) for cell in cells))


def test_the_nearest_batches_of_its_days_are_searched_for_a_cell() -> None:
    problem = one_road(7, vehicles=9)
    cells = replace(problem.cells, latest=np.array([2, 2, 2, 2, 2, 2, 1]))
    problem = replace(problem, cells=cells)
    drafts = [coach(2, 0), coach(1, 1, 2), coach(0, 3), coach(0, 4, 5)]
    with patch("returnplan.planning.near_left.NEAREST", 2):
        own, others = near_batches(problem, split_markets(problem), drafts, np.array([6]))
    assert own == [drafts[1], drafts[2]]
    assert others == [drafts[0], drafts[3]]


def test_what_is_cut_out_has_their_riders_who_is_behind_and_the_vehicles_left() -> None:
    problem = one_road(5, vehicles=2)
    own, others = [coach(0, 1, 2)], [coach(0, 0), coach(1, 3)]
    part, start, cell = cut_out(problem, own, others, np.array([4]))
    assert cell.tolist() == [1, 2, 4]
    assert start == [coach(0, 0, 1)]
    assert part.pools.available[0].tolist() == [1, 1, 2]


def test_who_is_left_gets_a_seat_that_the_nearest_batches_can_spare() -> None:
    """The vehicle of three takes the three people of the lowest class, unless what is near is planned anew."""
    problem = one_road(6, vehicles=1)
    weight = np.array([1.0, 1.0, 1.0, 64.0, 64.0, 64.0])
    drafts = solve(replace(problem, cells=replace(problem.cells, weight=weight)), QUICK)
    assert full_vehicles(problem)
    assert planned_groups(problem, drafts).tolist() == [0, 0, 0, 1, 1, 1]
    assert broken_rules(problem, drafts) == []


def test_whom_no_driver_may_take_is_not_searched_for() -> None:
    problem = one_road(6, vehicles=9)
    assert who_could_ride(problem, np.arange(2)).tolist() == [0, 1]
    far = replace(problem, km=problem.km * 10)
    assert who_could_ride(far, np.arange(2)).tolist() == []


def test_the_number_of_cores_does_not_matter() -> None:
    problem = one_road(8, vehicles=1)
    assert solve(problem, QUICK, processes=1) == solve(problem, QUICK, processes=2)
    assert num_people(problem, solve(problem, QUICK)) == 3
