"""The compiled loops of the bound find what plain numpy and trying everything find."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from returnplan.planning import _core
from returnplan.planning.bounding.market import Market, build_market
from returnplan.planning.bounding.seats import shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import Floats, Ints
from tests.planning.problems import tiny

NUM_CASES = 40


@pytest.mark.parametrize("num_rules", [0, 2])
def test_a_centre_is_that_of_plain_numpy(num_rules: int) -> None:
    num_batches = 0
    for market, random in markets():
        master, prices, rent_yuan = with_batches(market, num_rules, random)
        if master is None:
            continue
        gap_yuan, before = 0.05 * master.paid_yuan(prices), (master.riders, master.cost_yuan, master.batches)
        mine, vehicles = master.centre(prices, gap_yuan, rent_yuan, 2)
        most_yuan = np.append(
            market.alone_yuan, np.full(num_rules, max(market.alone_yuan.max(), 2 * before[1].max()))
        )
        counts = np.append(groups_per_price(market), RULE_FEWEST[:num_rules])
        theirs, run, kept = centre_by_numpy(counts, most_yuan, *before, prices, gap_yuan, rent_yuan)
        assert mine == pytest.approx(theirs, rel=1e-6)
        assert vehicles == pytest.approx(run, rel=1e-6)
        assert (master.batches == before[2][:, kept]).all()
        num_batches += len(kept)
    assert num_batches > NUM_CASES


def test_batches_made_known_are_the_best_with_all_who_board() -> None:
    num_batches = 0
    for market, random in markets():
        master, prices, rent_yuan = with_batches(market, 2, random)
        if master is None:
            continue
        num_before, prices = len(master), 1.5 * prices
        paid = prices[market.price_of] * market.num_groups
        leaving_yuan = np.einsum("r,rv,rd->vd", prices[-2:], RULE_COUNTS, RULE_DAYS)
        rented = replace(market, vehicle_yuan=market.vehicle_yuan + rent_yuan)
        best = _core.best_batches(rented, paid, leaving_yuan, 0.97)
        assert master.make_known(market, rent_yuan, prices) == best["ratio"].max()
        day, stop = np.nonzero(best["ratio"] > 1)
        found = best[day, stop]
        batches = np.unique(np.stack([day, found["picks"], found["drops"], found["pool"]], axis=1), axis=0)
        assert (master.batches[:, num_before:] == batches.T).all()
        units = _core.batch_loads(market, paid, batches) / market.num_units * market.num_groups
        riders = np.array([np.bincount(market.price_of, some, len(prices) - 2) for some in units])
        assert master.riders[num_before:, :-2] == pytest.approx(riders.reshape(len(batches), len(prices) - 2))
        pool = batches[:, 3]
        counts = (RULE_DAYS[:, batches[:, 0]] * RULE_COUNTS[:, pool]).T
        assert (master.riders[num_before:, -2:] == counts).all()
        yuan = market.vehicle_yuan[pool, batches[:, 0]] + market.road_yuan(pool, *batches[:, 1:3].T)
        assert (master.cost_yuan[num_before:] == yuan).all()
        num_batches += len(batches)
    assert num_batches > NUM_CASES


def test_the_batch_run_most_is_known_and_can_be_forgotten() -> None:
    num = 0
    for market, random in markets():
        master, prices, rent_yuan = with_batches(market, 0, random)
        if master is None:
            continue
        num += 1
        master.centre(prices, 0.01 * master.paid_yuan(prices), rent_yuan, 2)
        most, times, *batch = master.most_run()
        assert [most, times] == [int(master.times.argmax()), float(master.times.max())]
        assert batch == master.batches[:, most].tolist()
        others = np.delete(master.batches, most, axis=1)
        master.forget(most)
        assert (master.batches == others).all()
    assert num > NUM_CASES / 2


RULE_DAYS = np.array([[True, True, False], [False, True, True]])
RULE_COUNTS = np.array([[1.0, 1.0], [0.5, 1.0]])
RULE_FEWEST = np.array([1.0, 1.5])


def markets() -> Iterator[tuple[Market, np.random.Generator]]:
    """Yield relaxed markets of small problems."""
    for seed in range(NUM_CASES):
        problem = tiny(seed, num_groups=12)
        for part in split_markets(problem):
            market = build_market(problem, problem.cells.num_groups, part, shortest_km(problem))
            yield market, np.random.default_rng(seed)


def with_batches(
    market: Market, num_rules: int, random: np.random.Generator
) -> tuple[_core.Master | None, Floats, Floats]:
    """Return a master that knows some batches, prices that none undercuts, and rents; None if nobody can ride."""
    master = _core.Master(groups_per_price(market), market.alone_yuan)
    prices = random.uniform(50, 300, len(market.alone_yuan))
    rent_yuan = random.uniform(0, 200, market.vehicle_yuan.shape)
    ratio = master.make_known(market, rent_yuan, prices)
    if not 0 < ratio < np.inf:
        return None, prices, rent_yuan
    prices = 0.9 * prices / ratio
    if num_rules:
        master.demand(RULE_DAYS[:num_rules], RULE_COUNTS[:num_rules], RULE_FEWEST[:num_rules])
        prices = np.append(prices, np.full(num_rules, 0.02 * market.vehicle_yuan.min()))
    return master, prices, rent_yuan


def groups_per_price(market: Market) -> Floats:
    return np.bincount(market.price_of, market.num_groups).astype(np.float64)


def centre_by_numpy(
    num_groups: Floats,
    most_yuan: Floats,
    riders: Floats,
    cost_yuan: Floats,
    batches: Ints,
    prices: Floats,
    gap_yuan: float,
    rent_yuan: Floats,
) -> tuple[Floats, Floats, Ints]:
    """Return prices after two Newton steps, the vehicles that they run, and the batches that stay known."""
    day, pool = batches[[0, 3]]
    cost = cost_yuan + rent_yuan[pool, day]
    most = np.maximum(most_yuan + rent_yuan.max(), 1.02 * prices)
    weight = gap_yuan / (len(cost) + len(prices))
    for _ in range(2):
        slack, below = cost - riders @ prices, most - prices
        slope = num_groups - riders.T @ (weight / slack) + weight / prices - weight / below
        bend = np.diag(weight / prices**2 + weight / below**2) + (riders.T * (weight / slack**2)) @ riders
        step = np.linalg.solve(bend, slope)
        used = np.concatenate([riders @ step / slack, -step / prices, step / below]).max()
        prices = prices + step * min(1.0, 0.9 / used)
    slack = cost - riders @ prices
    times = weight / slack
    vehicles = np.zeros(rent_yuan.shape)
    np.add.at(vehicles, (pool, day), prices @ num_groups / (times * cost).sum() * times)
    return prices, vehicles, np.flatnonzero(slack <= 0.2 * cost)


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
            paid, leaving_yuan = random.uniform(0, 900, len(market.items[0])), random.uniform(0, 50, (2, 3))
            for floor in (0.0, 0.4):
                mine = _core.best_batches(market, paid, leaving_yuan, floor)
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
    earned = leaving_yuan[pool, day] + earned_by_most(market, paid, day, picks, drops, pool)
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
    batch = np.array([[day, picks, drops, pool]])
    (units,) = _core.batch_loads(market, paid, batch)
    assert (units <= market.num_units).all()
    assert (units * market.items[2] / market.num_units).sum() <= market.usable[pool]
    return float((units * paid / market.num_units).sum())
