"""The compiled loops of the bound find what plain numpy and trying everything find."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from returnplan.planning import _core
from returnplan.planning.bounding.market import Market, build_market
from returnplan.planning.bounding.seats import shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import Floats, Ints
from tests.planning.problems import tiny

NUM_CASES = 40


@pytest.mark.parametrize("size", [1, 2, 7, 30])
def test_newtons_step_solves_the_system(size: int) -> None:
    random = np.random.default_rng(size)
    riders = random.integers(0, 3, (2 * size, size)).astype(float)
    pull, diagonal, right_side = random.random(2 * size), 1 + random.random(size), random.random(size)
    system = np.diag(diagonal) + riders.T @ (pull[:, None] * riders)
    step = _core.newton_step(riders, pull, diagonal, right_side)
    assert system @ step == pytest.approx(right_side, rel=1e-9)


@pytest.mark.parametrize("whole", [True, False])
def test_the_best_batches_are_the_best_of_all(whole: bool) -> None:
    """Parties ride whole, or some of their seats may be in another vehicle."""
    num_better = 0
    for seed in range(NUM_CASES):
        random = np.random.default_rng(seed)
        problem = tiny(seed, num_groups=12)
        km = shortest_km(problem)
        for part in split_markets(problem):
            market = build_market(problem, problem.cells.num_groups, part, km)
            market = replace(market, parties_ride_whole=whole)
            paid, leaving_yuan = random.uniform(0, 900, len(market.items[0])), random.uniform(0, 50, 3)
            for floor in (0.0, 0.4):
                mine = best_batches(market, paid, leaving_yuan, floor)
                for (day, stop), ratio in np.ndenumerate(mine["ratio"]):
                    most = best_by_trying_all(market, paid, leaving_yuan, day, stop)
                    assert ratio == pytest.approx(max(most, floor), rel=1e-12), (seed, day, stop)
                    if ratio > floor:
                        batch = tuple(int(mine[name][day, stop]) for name in ("picks", "drops", "pool"))
                        assert ratio_of(market, paid, leaving_yuan, day, *batch) == pytest.approx(ratio)
                        assert earned_by_load(market, paid, day, *batch) == pytest.approx(
                            earned_by_most(market, paid, day, *batch)
                        )
                        num_better += 1
    assert num_better > NUM_CASES


def best_batches(market: Market, paid: Floats, leaving_yuan: Floats, floor: float) -> Any:
    start, riders = leaving_by_day(market, paid)
    return _core.best_batches(market, market.vehicle_yuan, start, riders, paid, leaving_yuan, floor)


def leaving_by_day(market: Market, paid: Floats) -> tuple[Ints, Ints]:
    """Return slices of the items that may leave on each day, those who pay most a seat first."""
    days, order = np.arange(3), np.argsort(-paid / market.items[2], kind="stable")
    rides = (market.earliest[order] <= days[:, None]) & (market.latest[order] >= days[:, None])
    day, place = np.nonzero(rides)
    return np.searchsorted(day, np.arange(4)), order[place]


def best_by_trying_all(market: Market, paid: Floats, leaving_yuan: Floats, day: int, stop: int) -> float:
    """Return the greatest ratio of earnings to cost of a batch on the day that boards at the stop, 0 if nobody does."""
    may_leave = (market.earliest <= day) & (market.latest >= day)
    if not (market.items[0, may_leave] == stop).any():
        return 0.0
    sets = product(
        np.flatnonzero(market.pick_bits >> stop & 1).tolist(),
        range(len(market.drop_bits)),
        range(len(market.pools)),
    )
    return max(
        (
            ratio_of(market, paid, leaving_yuan, day, *batch)
            for batch in sets
            if _has_riders(market, day, *batch)
        ),
        default=0.0,
    )


def _has_riders(market: Market, day: int, picks: int, drops: int, _: int) -> bool:
    rides = (market.earliest <= day) & (market.latest >= day)
    rides &= (market.pick_bits[picks] >> market.items[0] & 1 > 0) & (
        market.drop_bits[drops] >> market.items[1] & 1 > 0
    )
    return bool(rides.any())


def ratio_of(
    market: Market, paid: Floats, leaving_yuan: Floats, day: int, picks: int, drops: int, pool: int
) -> float:
    """Return what a batch earns over what it costs."""
    earned = leaving_yuan[day] + earned_by_most(market, paid, day, picks, drops, pool)
    (road_yuan,) = market.road_yuan(*(np.array([number]) for number in (pool, picks, drops)))
    return float(earned / (market.vehicle_yuan[pool, day] + road_yuan))


def earned_by_most(market: Market, paid: Floats, day: int, picks: int, drops: int, pool: int) -> float:
    """Return what a batch earns with the units that pay most: a knapsack filled unit by unit."""
    pickup, dropoff, seats = market.items
    rides = (market.earliest <= day) & (market.latest >= day)
    rides &= (market.pick_bits[picks] >> pickup & 1 > 0) & (market.drop_bits[drops] >> dropoff & 1 > 0)
    earned = np.zeros(int(market.usable[pool]) + 1)
    for item in np.flatnonzero(rides):
        num = int(market.num_units[item])
        size = int(seats[item]) // num
        for _ in range(num):
            earned[size:] = np.maximum(earned[size:], earned[: len(earned) - size] + paid[item] / num)
    return float(earned[-1])


def earned_by_load(market: Market, paid: Floats, day: int, picks: int, drops: int, pool: int) -> float:
    """Return what those pay who are on board as the compiled code loads them; they fit and are there."""
    start, riders = leaving_by_day(market, paid)
    batch = np.array([[day, picks, drops, pool]])
    (units,) = _core.batch_loads(market, start, riders, paid, batch)
    assert (units <= market.num_units).all()
    assert (units * market.items[2] / market.num_units).sum() <= market.usable[pool]
    return float((units * paid / market.num_units).sum())
