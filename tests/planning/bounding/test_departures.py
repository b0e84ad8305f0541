"""Vehicles are rounded up where a fraction of one would do, and never to more than must leave."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Care, cell_bounds
from returnplan.planning.bounding.departures import Rounding, needs
from returnplan.planning.bounding.relaxation import make_offers
from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import UNLIMITED, Problem
from tests.planning.bounding.test_bound import on_days, only
from tests.planning.bounding.test_priced_market import settled
from tests.planning.problems import best_by_trying_all, one_road, tiny
from tests.sweeps import cases

NUM_CASES = cases(60, of=200)


def three_stops_two_a_batch() -> Problem:
    """Three people at three stops, on one day: half a vehicle for each two of them would do."""
    problem = one_road(3, vehicles=3)
    day_0 = np.zeros(3, dtype=np.int64)
    cells = replace(problem.cells, pickup=np.arange(3), earliest=day_0, latest=day_0)
    limits = replace(problem.limits, max_pickups=2, max_pickup_km=999.0, stop_cost_yuan=0.0)
    return replace(problem, cells=cells, limits=limits)


def bound_yuan(problem: Problem, num_roundings: int) -> float:
    care = Care(num_rounds=25, num_roundings=num_roundings)
    return float(cell_bounds(problem, problem.cells.num_groups, care).yuan.sum())


def test_one_vehicle_and_a_half_are_two() -> None:
    problem = three_stops_two_a_batch()
    _, two_vehicles_yuan = best_by_trying_all(problem)
    assert bound_yuan(problem, 0) < 0.8 * two_vehicles_yuan
    assert 0.97 * two_vehicles_yuan < bound_yuan(problem, 1) <= two_vehicles_yuan


def test_whole_vehicles_are_left_alone() -> None:
    problem = on_days(0, 1, 2)
    assert bound_yuan(problem, 2) == pytest.approx(bound_yuan(problem, 0))


def test_seats_tell_of_a_vehicle_where_small_ones_hide_that_it_is_a_part() -> None:
    """455 people fill three vehicles and a bit; prices of small ones seem to pay for four, but not of large ones."""
    problem = one_road(1, vehicles=1)
    alike = np.ones(5, dtype=np.int64)
    pools = replace(
        problem.pools, usable=np.array([60, 80, 100, 120, 150]), min_load=alike, turnaround_days=alike,
        fixed_yuan=np.array([649.0, 829.0, 1002.0, 1170.0, 1415.0]), per_km_yuan=np.zeros(5),
        base=-alike, goal=-alike, available=np.full((5, 3), UNLIMITED),
    )  # fmt: skip
    problem = replace(problem, pools=pools, cells=replace(problem.cells, num_groups=np.array([455])))
    two_large_one_of_100_one_of_60_yuan = 4_481.0
    assert (
        bound_yuan(problem, 0) < 4_300 < 4_400 < bound_yuan(problem, 1) <= two_large_one_of_100_one_of_60_yuan
    )


def test_no_more_vehicles_are_needed_than_the_fewest_of_thousands_of_plans() -> None:
    """All plans are tried with vehicles at one yuan: what they cost is how many they are."""
    num_fractions = 0
    for seed in range(NUM_CASES):
        problem = tiny(seed, num_groups=5)
        pools = replace(problem.pools, fixed_yuan=np.ones(2), per_km_yuan=np.zeros(2))
        free_stops = replace(problem.limits, stop_cost_yuan=0.0)
        problem = replace(problem, pools=pools, limits=free_stops)
        for part in split_markets(problem):
            alone = np.where(np.isin(np.arange(5), part), 1, 0)
            most, fewest = best_by_trying_all(only(problem, alone))
            if most < problem.cells.num_persons[part].sum():
                continue
            priced_markets = settled(problem, alone)
            # apart by county: each has vehicles of its own
            needed = [
                needs(priced, 0, 2, 99) @ priced.market.num_groups
                for priced in priced_markets
                if priced.bound_yuan
            ]
            assert sum(needed) <= fewest + 1e-6, seed
            num_fractions += bool(sum(needed) < fewest - 0.1)
    assert num_fractions > 0


def test_without_riders_the_rest_may_need_a_vehicle_less() -> None:
    """Two of the three need one vehicle; so the third saves one, though nobody's part is a whole one."""
    problem = three_stops_two_a_batch()
    parts = cell_bounds(problem, problem.cells.num_groups)
    stay = np.array([1, 1, 0])
    _, one_vehicle_yuan = best_by_trying_all(only(problem, stay))
    assert (parts.yuan + parts.rent_yuan)[:2].sum() > 0
    assert parts.yuan.sum() - parts.yuan[2] - parts.rent_yuan[2] <= one_vehicle_yuan
    assert parts.yuan[:2].sum() > one_vehicle_yuan


def test_an_offer_without_batches_is_left_alone() -> None:
    problem = on_days(0)
    everybody, km = problem.cells.num_groups, shortest_km(problem)
    priced_markets = make_offers(
        problem, everybody, split_markets(problem), seat_bounds_yuan(problem, everybody, km), km
    )
    rents = np.zeros(problem.pools.available.shape)
    assert not any(Rounding(priced).round_up(rents) for priced in priced_markets)
    assert [priced.bound_yuan for priced in priced_markets] == [0.0]
