"""Routes earn what the best of all batches earns, and their prices prove no more than plans cost."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, permutations, product
from unittest.mock import patch

import numpy as np
import pytest

from benchmarks.peers.corridors import Kind, invent_corridor
from returnplan.planning import Care, Effort, cell_bounds, solve
from returnplan.planning._core import Master
from returnplan.planning.bounding import bound, routes
from returnplan.planning.bounding.market import Market, Sets, build_market
from returnplan.planning.bounding.seats import shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import Floats, Problem
from tests.planning.problems import planned_groups, tiny, total_cost

NUM_CASES = 60
ROUTES, ONE_STOP = Sets(0, 99, 0, 999), Sets(1, 1, 99, 999)


def routed_markets() -> Iterator[tuple[Market, np.random.Generator]]:
    """Yield markets in which parties ride whole, and others in which they may be parted."""
    for seed in range(NUM_CASES):
        problem = tiny(seed, num_groups=12)
        problem = replace(problem, limits=replace(problem.limits, stop_cost_yuan=10.0 * (seed % 3)))
        for part in split_markets(problem):
            km = shortest_km(problem)
            market = build_market(problem, problem.cells.num_groups, part, km, ROUTES)
            if np.isfinite(market.vehicle_yuan).any():
                market = replace(market, parties_ride_whole=seed % 2 == 0)
                yield market, np.random.default_rng(seed)


def test_the_best_route_gains_what_the_best_of_all_batches_does() -> None:
    num_compared = 0
    for market, random in routed_markets():
        num_groups = np.bincount(market.price_of, market.num_groups).astype(np.float64)
        prices = random.uniform(50, 900, len(num_groups))
        master, rents = Master(num_groups, market.alone_yuan), np.zeros(market.vehicle_yuan.shape)
        ratio = master.make_known(market, rents, prices)
        gain, best = best_by_trying_all_routes(market, prices)
        assert ratio >= best - 1e-9
        if len(master) == 0:  # there is a vehicle on days when nobody leaves
            assert gain == -np.inf
            continue
        known = master.riders @ prices - master.cost_yuan
        assert known.max() == pytest.approx(gain, abs=0.01)
        num_compared += 1
    assert num_compared > NUM_CASES


def test_where_batches_are_known_hopeless_ways_hide_none_that_earns_more_than_it_costs() -> None:
    num_better, num_hopeless = 0, 0
    for market, random in routed_markets():
        num_groups = np.bincount(market.price_of, market.num_groups).astype(np.float64)
        master, rents = Master(num_groups, market.alone_yuan), np.zeros(market.vehicle_yuan.shape)
        prices = random.uniform(50, 900, len(num_groups))
        master.make_known(market, rents, prices)
        _, best = best_by_trying_all_routes(market, prices)
        if len(master) == 0:
            continue
        for share in (1.3, 1.02, 0.999, 0.5):  # of what the best batch costs
            num_before, now = len(master), share / best * prices
            ratio = master.make_known(market, rents, now)
            gain, least = best_by_trying_all_routes(market, now)
            assert ratio >= least - 1e-9
            if gain > 0.01:
                known = (master.riders @ now - master.cost_yuan)[num_before:]
                assert known.max() == pytest.approx(gain, abs=0.01)
                num_better += 1
            else:
                assert len(master) == num_before
                num_hopeless += 1
    assert min(num_better, num_hopeless) > NUM_CASES


def best_by_trying_all_routes(market: Market, prices: Floats) -> tuple[float, float]:
    """Return the most that any batch earns above its cost, and the most times its cost."""
    num_pickups = len(market.pickup_km)
    orders = [
        order for num in range(1, num_pickups + 1) for order in permutations(range(num_pickups), num)
    ]  # fmt: skip
    gain, ratio = -np.inf, 0.0
    for (pool, day), yuan in np.ndenumerate(market.vehicle_yuan):
        for order, (drops, bits) in product(orders, enumerate(market.drop_bits.tolist())):
            aboard = [
                i
                for i in range(len(market.earliest))
                if market.items[0, i] in order
                and bits >> market.items[1, i] & 1
                and market.earliest[i] <= day <= market.latest[i]
            ]
            if not aboard or not np.isfinite(yuan):
                continue
            earned = most_earned(market, aboard, prices, int(market.usable[pool]))
            between = sum(market.pickup_km[a, b] for a, b in pairwise(order))
            km = between + (market.to_drop_km[order[-1]] + market.from_drop_km[drops]).min()
            num_stops = len(order) + bits.bit_count()
            cost = yuan + market.per_km_yuan[pool] * km + market.stop_cost_yuan * (num_stops - 2)
            gain, ratio = max(gain, earned - cost), max(ratio, earned / cost)
    return gain, ratio


def most_earned(market: Market, aboard: list[int], prices: Floats, usable: int) -> float:
    """Return what those of some items pay that pay most together and have seats, unit by unit."""
    earned = np.zeros(usable + 1)
    for i in aboard:
        num_units = int(market.num_units[i])
        seats = int(market.items[2, i]) // num_units
        paid = prices[market.price_of[i]] * market.num_groups[i] / num_units
        for _ in range(num_units if seats <= usable else 0):
            earned[seats:] = np.maximum(earned[seats:], earned[: usable + 1 - seats] + paid)
    return float(earned[-1])


def bounds_of(problem: Problem, seed: int) -> tuple[float, float, float] | None:
    """Return the bound of one pick-up and drop-off instead of all, that with routes, and what the best plan costs."""
    drafts = solve(problem, Effort(base_work=1_000, work_per_group=0))
    planned = planned_groups(problem, drafts)
    if not planned.any():
        return None
    with patch.object(bound, "FINE", ONE_STOP), patch.object(bound, "sets_where_full", lambda *_: ONE_STOP):
        routed = cell_bounds(problem, planned, Care(num_roundings=1 + seed % 2)).yuan.sum()
        with patch.object(bound, "along_routes", lambda _, __, markets, *___: markets):
            joined = cell_bounds(problem, planned, Care(num_roundings=1 + seed % 2)).yuan.sum()
    return float(joined), float(routed), total_cost(problem, drafts)


def test_prices_along_routes_prove_more_than_stops_that_are_taken_for_one() -> None:
    num_better, num = 0, 0
    for seed in range(NUM_CASES):
        bounds = bounds_of(tiny(seed), seed)
        if bounds is None:
            continue
        joined, routed, cost = bounds
        assert joined - 1e-6 <= routed <= cost + 1e-6, seed
        num_better += routed > 1.005 * joined
        num += 1
    assert num_better > num / 4


def test_prices_that_rise_little_in_a_round_prove_more_where_people_have_dates() -> None:
    """Else a price would rise to many times what is proved, and batches be forgotten that hold it down."""
    problem = invent_corridor(Kind("dates", num_people=300, num_days=4, longest_window=3), seed=1)
    boxed = cell_bounds(problem, problem.cells.num_groups).yuan.sum()
    with patch.object(routes, "MOST_RISE", np.inf):
        swinging = cell_bounds(problem, problem.cells.num_groups).yuan.sum()
    assert boxed > 1.02 * swinging


def test_a_tight_fleet_sends_whole_vehicles_of_those_there_are() -> None:
    """Three of its four have 141 seats for 150 people; parts of vehicles prove 23,005 yuan, a plan costs 27,933."""
    problem = invent_corridor(Kind("tight", num_people=150, is_fleet_tight=True), seed=1)
    assert 27_000 < cell_bounds(problem, problem.cells.num_groups).yuan.sum() <= 27_933
