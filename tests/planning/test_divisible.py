"""Demand is divisible where most people are many alike."""

from dataclasses import replace

import numpy as np

from returnplan.planning.divisible import is_divisible
from tests.planning.problems import one_road, tiny


def test_many_alike_are_divisible() -> None:
    problem = tiny(0)
    part = np.arange(len(problem.cells))
    persons = np.ones(len(part), dtype=np.int64)

    def divisible(*num_groups: int) -> bool:
        return is_divisible(
            replace(
                problem, cells=replace(problem.cells, num_seats=persons, num_groups=np.array(num_groups))
            ),
            part,
        )

    assert divisible(7, 7, 7, 7)
    assert not divisible(6, 6, 6, 6)
    assert divisible(19, 6, 6, 6)
    assert not divisible(18, 6, 6, 6)
    assert not is_divisible(problem, part)


def test_one_stop_is_not_divisible() -> None:
    road = one_road(1, vehicles=20)
    many = replace(road, cells=replace(road.cells, num_groups=np.array([40])))
    assert not is_divisible(many, np.arange(1))
