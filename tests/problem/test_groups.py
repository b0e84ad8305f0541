"""People who are alike fall into one cell; who travels together is not split."""

import numpy as np
import pytest

from returnplan.model.rules import Rules
from returnplan.problem import build_problem
from returnplan.problem.seats import min_riders, usable_seats
from tests.assembly.campaigns import campaign, worker


def test_people_who_are_alike_are_one_cell() -> None:
    problem, travellers = build_problem(campaign([worker()] * 3 + [worker(num_children=1)]), Rules())
    assert sorted(problem.cells.num_groups) == [1, 3]
    assert sorted(problem.cells.num_seats) == [1, 2]
    assert sorted(travellers.member_row) == [0, 1, 2, 3]


def test_a_party_is_one_group_with_all_its_heads() -> None:
    problem, travellers = build_problem(campaign([worker(party=0), worker(party=0), worker()]), Rules())
    assert sorted(problem.cells.num_persons) == [1, 2]
    couple = int(np.argmax(problem.cells.num_persons))
    assert travellers.members(int(travellers.group_start[couple])).tolist() == [0, 1]


def test_a_higher_class_outweighs_a_coach_of_the_next() -> None:
    problem, _ = build_problem(campaign([worker(rank=0), worker(rank=1)]), Rules())
    assert max(problem.cells.weight) / min(problem.cells.weight) > 53


def test_who_is_kept_back_is_not_in_the_problem() -> None:
    problem, _ = build_problem(campaign([worker(), worker(code="health")]), Rules())
    assert problem.cells.num_groups.sum() == 1


@pytest.mark.parametrize(
    ("rules", "usable"),
    [
        (Rules(load_factor=0.9), 44),
        (Rules(load_factor=0.7, reserved_seats=4), 34),
        (Rules(reserved_seats=4, crew_seats=1), 44),
        (Rules(reserved_seats=60), 0),
    ],
)
def test_usable_seats_are_exact_in_decimals(rules: Rules, usable: int) -> None:
    assert usable_seats(49, rules) == usable


@pytest.mark.parametrize(("min_load", "riders"), [(10, 10), (0.5, 23), (0, 1), (1, 1)])
def test_the_least_load_is_a_count_or_a_share(min_load: float, riders: int) -> None:
    assert min_riders(min_load, 45) == riders
