"""Whole vehicles of several sizes cover the seats: no more than they cost is proved, and no less."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from returnplan.planning import cell_bounds, lower_bound_yuan
from returnplan.planning.bounding.market import Market, build_market
from returnplan.planning.bounding.seats import shortest_km
from returnplan.planning.bounding.vehicle_mix import covering_on, covering_yuan, mix_rule
from returnplan.problem.model import UNLIMITED, Ints, Problem
from tests.planning.problems import one_road

FLEET = ((19, 1_700.0), (39, 3_000.0), (49, 3_600.0), (53, 3_900.0))
FREE_ROADS = np.zeros(len(FLEET))


def village(*sizes: int) -> Problem:
    """Parties of one stop and one day, and coaches of 19 to 53 seats without end."""
    problem, num, alike = (
        one_road(len(sizes), vehicles=1),
        np.array(sizes),
        np.ones(len(FLEET), dtype=np.int64),
    )
    cells = replace(
        problem.cells, weight=num.astype(float), num_persons=num, num_seats=num, drop_persons=num,
        latest=problem.cells.earliest,
    )  # fmt: skip
    usable, fixed_yuan = map(np.array, zip(*FLEET, strict=True))
    pools = replace(
        problem.pools, usable=usable, min_load=alike, turnaround_days=alike, fixed_yuan=fixed_yuan,
        per_km_yuan=FREE_ROADS, base=-alike, goal=-alike, available=np.full((len(FLEET), 3), UNLIMITED),
    )  # fmt: skip
    return replace(problem, cells=cells, pools=pools)


PLENTY = (UNLIMITED,) * len(FLEET)


def least_yuan(num_seats: int, available: Sequence[int] | Ints = PLENTY) -> float:
    """Return what the cheapest whole vehicles cost: all of them are tried."""
    mixes = product(
        *(
            range(min(num_seats // seats + 1, num) + 1)
            for (seats, _), num in zip(FLEET, available, strict=True)
        )
    )
    return min(
        (
            sum(num * yuan for num, (_, yuan) in zip(mix, FLEET, strict=True))
            for mix in mixes
            if sum(num * seats for num, (seats, _) in zip(mix, FLEET, strict=True)) >= num_seats
        ),
        default=np.inf,
    )


def market_of(problem: Problem) -> Market:
    part = np.arange(len(problem.cells))
    return build_market(problem, problem.cells.num_groups, part, shortest_km(problem))


@pytest.mark.parametrize("num_seats", [1, 19, 20, 39, 54, 72, 110, 176])
def test_seats_are_covered_by_the_cheapest_vehicles_of_all(num_seats: int) -> None:
    assert covering_yuan(market_of(village(3)), num_seats, np.array(PLENTY))[num_seats] == least_yuan(
        num_seats
    )


@pytest.mark.parametrize("num_seats", [1, 19, 20, 39, 54, 72, 110, 176])
def test_of_few_vehicles_no_more_cover_seats_than_there_are(num_seats: int) -> None:
    few = np.array([2, 1, 1, 1])
    covering = covering_yuan(market_of(village(3)), num_seats, few)
    assert covering[num_seats] == least_yuan(num_seats, few)


@pytest.mark.parametrize("sizes", [(5, 4, 3) * 5, (5, 5, 1, 2, 2) * 7, (1, 2, 3, 4) * 18])
def test_a_village_is_proved_to_need_whole_coaches(sizes: tuple[int, ...]) -> None:
    problem = village(*sizes)
    bound, least = lower_bound_yuan(problem, problem.cells.num_groups), least_yuan(sum(sizes))
    assert 0.999 * least < bound <= least


def test_without_a_group_the_rest_is_proved_no_dearer_than_its_own_coaches() -> None:
    """Of 54 people who need a coach and a half the last saves the half, though each pays a 54th of it."""
    problem = village(*[1] * 54)
    parts = cell_bounds(problem, problem.cells.num_groups)
    for num_left in range(1, 54):
        proved = parts.yuan[:num_left].sum() - parts.rent_yuan[num_left:].sum()
        assert proved <= least_yuan(num_left) + 1e-6
    assert parts.yuan[:53].sum() > least_yuan(53)


def of_few(problem: Problem, num: tuple[int, ...]) -> Problem:
    """Return the problem with so many coaches of each size on the first day, and none on others."""
    available = np.outer(num, [1, 0, 0])
    return replace(problem, pools=replace(problem.pools, available=available))


@pytest.mark.parametrize(
    ("sizes", "num"),
    [((1,) * 118, (2, 2, 1, 0)), ((5, 4, 3) * 10, (0, 2, 1, 1)), ((5, 5, 1, 2, 2) * 7, (9, 2, 1, 0))],
)
def test_a_tight_fleet_is_proved_to_send_whole_coaches(sizes: tuple[int, ...], num: tuple[int, ...]) -> None:
    """The rents of large coaches and the rule on whole ones are bettered together: either alone proves less."""
    problem = of_few(village(*sizes), num)
    bound, least = lower_bound_yuan(problem, problem.cells.num_groups), least_yuan(sum(sizes), num)
    assert 0.998 * least < bound <= least


def test_without_a_group_of_a_tight_fleet_the_rest_is_proved_no_dearer_than_its_own_coaches() -> None:
    problem = of_few(village(*[1] * 54), (1, 2, 0, 0))
    parts = cell_bounds(problem, problem.cells.num_groups)
    for num_left in range(1, 54):
        proved = parts.yuan[:num_left].sum() - parts.rent_yuan[num_left:].sum()
        assert proved <= least_yuan(num_left, (1, 2, 0, 0)) + 1e-6


def test_coaches_that_cover_the_seats_count_as_enough() -> None:
    market = market_of(village(*[4] * 20))
    days, everybody = np.array([True, False, False]), np.arange(len(market.earliest))
    rule = mix_rule(
        market, days, everybody, covering_on(market, days, 80, covering_yuan(market, 80, np.array(PLENTY)))
    )
    counts, fewest = rule.counts[0], float(rule.fewest[0])
    mixes: list[Ints] = [np.array(mix) for mix in product(range(5), repeat=len(FLEET))]
    enough = [float(counts @ mix) for mix in mixes if market.usable @ mix >= 80]
    assert min(enough) == pytest.approx(fewest)
    assert counts.max() <= 1
