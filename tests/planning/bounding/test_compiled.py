"""The compiled loops of the bound find what plain numpy and trying everything find."""

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


def test_the_best_batches_are_the_best_of_all() -> None:
    num_better = 0
    for seed in range(NUM_CASES):
        random = np.random.default_rng(seed)
        problem = tiny(seed, num_groups=12)
        km = shortest_km(problem)
        for part in split_markets(problem):
            market = build_market(problem, problem.cells.num_groups, part, km)
            paid, leaving_yuan = random.uniform(0, 900, len(market.items[0])), random.uniform(0, 50, 3)
            for floor in (0.0, 0.4):
                mine = best_batches(market, paid, leaving_yuan, floor)
                for (day, stop), ratio in np.ndenumerate(mine["ratio"]):
                    most = best_by_trying_all(market, paid, leaving_yuan, day, stop)
                    assert ratio == pytest.approx(max(most, floor), rel=1e-12), (seed, day, stop)
                    if ratio > floor:
                        batch = tuple(int(mine[name][day, stop]) for name in ("picks", "drops", "pool"))
                        assert ratio_of(market, paid, leaving_yuan, day, *batch) == pytest.approx(ratio)
                        num_better += 1
    assert num_better > NUM_CASES


def best_batches(market: Market, paid: Floats, leaving_yuan: Floats, floor: float) -> Any:
    days, order = np.arange(3), by_fare(market, paid)
    rides = (market.earliest[order] <= days[:, None]) & (market.latest[order] >= days[:, None])
    day, place = np.nonzero(rides)
    start = np.searchsorted(day, np.arange(4))
    return _core.best_batches(market, market.vehicle_yuan, start, order[place], paid, leaving_yuan, floor)


def by_fare(market: Market, paid: Floats) -> Ints:
    """Return the items, those who pay most a seat first."""
    return np.argsort(-paid / market.items[2], kind="stable")


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
    pickup, dropoff, seats = market.items
    rides = (market.earliest <= day) & (market.latest >= day)
    rides &= (market.pick_bits[picks] >> pickup & 1 > 0) & (market.drop_bits[drops] >> dropoff & 1 > 0)
    earned, room = leaving_yuan[day], int(market.usable[pool])
    for item in (item for item in by_fare(market, paid) if rides[item]):
        earned += paid[item] * min(1.0, room / seats[item])
        room = max(0, room - int(seats[item]))
    (road_yuan,) = market.road_yuan(*(np.array([number]) for number in (pool, picks, drops)))
    return float(earned / (market.vehicle_yuan[pool, day] + road_yuan))
