"""Prices of those who stay are worth as much when others have left."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.planning.bounding.relaxation import make_offers, settle
from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import Ints, Problem
from tests.planning.bounding.test_bound import only
from tests.planning.problems import best_by_trying_all, tiny
from tests.sweeps import cases

NUM_CASES = cases(60, of=200)


def settled(problem: Problem, num_groups: Ints) -> list[PricedMarket]:
    """Return priced_markets for these groups, free of rents: a few vehicles more or less do not matter."""
    km = shortest_km(problem)
    seat_yuan = seat_bounds_yuan(problem, num_groups, km)
    priced_markets = make_offers(problem, num_groups, split_markets(problem), seat_yuan, km)
    settle(problem, priced_markets, 4)
    return priced_markets


def test_a_smaller_market_keeps_a_bound() -> None:
    """What those who stay pay is no more than any plan for them costs, at once and after another round."""
    num_bounds = 0
    for seed in range(NUM_CASES):
        problem = tiny(seed, num_groups=5)
        stay = np.where(np.arange(5) < 3, 1, 0)
        most, least_yuan = best_by_trying_all(only(problem, stay))
        everybody, _ = best_by_trying_all(problem)
        if most < stay @ problem.cells.num_persons or everybody < problem.cells.num_persons.sum():
            continue
        priced_markets = settled(problem, problem.cells.num_groups)
        for priced in priced_markets:
            priced.shrink(stay)
        for _ in range(2):
            assert sum(priced.bound_yuan for priced in priced_markets) <= least_yuan + 1e-6, seed
            for priced in priced_markets:
                if len(priced.market.cells):
                    priced.improve(np.zeros(priced.market.vehicle_yuan.shape), 0.01)
        num_bounds += 1
    assert num_bounds > 0.2 * NUM_CASES


def test_prices_that_were_proved_at_other_rents_are_proved_at_these() -> None:
    """No batch earns more than it costs once a rent has fallen, here that of the only vehicles there are."""
    problem = tiny(3, num_groups=8)
    for priced in settled(problem, problem.cells.num_groups):
        none = np.zeros(priced.market.vehicle_yuan.shape)
        high = none + 400.0
        for _ in range(8):
            priced.improve(high, 0.01)
        proved_yuan = priced.bound_yuan
        assert priced.master.make_known(priced.market, none, priced.proof) > 1.05
        priced.change_rents(high, none)
        assert priced.master.make_known(priced.market, none, priced.proof) <= 1 + 1e-9
        assert 0 < priced.bound_yuan < proved_yuan
        priced.change_rents(none, high)
        assert priced.bound_yuan < proved_yuan


def test_markets_that_shrink_are_like_those_that_were_small() -> None:
    stay = np.where(np.arange(12) % 2 == 0, 1, 0)
    small_yuan, large_yuan = 0.0, 0.0
    for seed in range(8):
        problem = tiny(seed, num_groups=12)
        everywhere = replace(problem.pools, available=np.full((2, 3), 9), base=np.array([-1, -1]))
        problem = replace(problem, pools=everywhere)
        small, large = settled(problem, stay), settled(problem, problem.cells.num_groups)
        for priced in large:
            priced.shrink(stay)
        large = [priced for priced in large if len(priced.market.cells)]
        for mine, like in zip(large, small, strict=True):
            assert mine.market.cells.tolist() == like.market.cells.tolist()
            for priced in (mine, like):
                for _ in range(10):
                    priced.improve(np.zeros(priced.market.vehicle_yuan.shape), 0.006)
        small_yuan += sum(priced.bound_yuan for priced in small)
        large_yuan += sum(priced.bound_yuan for priced in large)
    assert large_yuan == pytest.approx(small_yuan, rel=0.02)
