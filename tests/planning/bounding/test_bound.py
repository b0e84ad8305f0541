"""The bound is below the best of everything there is to try, and above the seat bound where rules bind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.planning import Care, Effort, cell_bounds, lower_bound_yuan, solve
from returnplan.planning.bounding.relaxation import settle
from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.problem.model import Ints, Problem
from tests.planning.problems import (
    NUM_PICKUPS,
    best_by_trying_all,
    one_road,
    planned_groups,
    tiny,
    total_cost,
)
from tests.sweeps import cases

NUM_CASES = cases(300, of=2_000)
QUICK = Effort(base_work=1_000, work_per_group=0)
QUITE_CAREFUL = Care(num_rounds=4, num_roundings=2)


def varied(seed: int) -> Problem:
    """Invent a tiny problem in which, besides, stops cost more or less and some parties alight at two places."""
    problem = tiny(seed, min_load=1 + seed % 3)
    cells, random = problem.cells, np.random.default_rng(seed)
    both = (random.random(len(cells)) < 0.2) & (cells.num_persons > 1)
    drops = [[(place, num)] for place, num in zip(cells.drop_place, cells.num_persons, strict=True)]
    for cell in np.flatnonzero(both):
        num = int(cells.num_persons[cell])
        drops[cell] = [(NUM_PICKUPS, 1), (NUM_PICKUPS + 1, num - 1)]
    place, persons = np.array([drop for some in drops for drop in some]).T
    start = np.cumsum([0, *map(len, drops)])
    cells = replace(cells, drop_start=start, drop_place=place, drop_persons=persons)
    stop_cost_yuan = float(random.choice([0.0, 50.0, 300.0]))
    return replace(problem, cells=cells, limits=replace(problem.limits, stop_cost_yuan=stop_cost_yuan))


def test_bound_is_below_the_best_of_thousands_of_problems() -> None:
    """Everything is tried; how many plans are the best, and how tight the bound is, is printed."""
    tightness, num_best = [], 0
    for seed in range(NUM_CASES):
        problem = varied(seed)
        drafts = solve(problem, QUICK)
        planned = planned_groups(problem, drafts)
        if not planned.any():
            continue
        parts, cost = cell_bounds(problem, planned, QUITE_CAREFUL), total_cost(problem, drafts)
        bound = parts.yuan.sum()
        most, least = best_by_trying_all(only(problem, planned))
        assert most == planned @ problem.cells.num_persons, seed
        assert bound <= least <= cost + 1e-6, seed
        if seed % 4 == 0:
            leaver = int(np.flatnonzero(planned)[seed % np.count_nonzero(planned)])
            saved = parts.yuan[leaver] + parts.rent_yuan[leaver]
            assert bound - saved <= least_without(problem, planned, leaver) + 1e-6, seed
        tightness.append(bound / least)
        num_best += cost <= least + 1e-6
    print(f"{num_best} of {len(tightness)} plans are the best for their people; "
          f"bound over best: {np.mean(tightness):.1%}")  # fmt: skip
    assert len(tightness) > 0.8 * NUM_CASES
    assert num_best > 0.95 * len(tightness)
    assert np.mean(tightness) > 0.93


def least_without(problem: Problem, planned: Ints, leaver: int) -> float:
    """Return the least cost for the planned people but those of one cell; inf if some of them need those."""
    others = np.where(np.arange(len(planned)) == leaver, 0, planned)
    most, least = best_by_trying_all(only(problem, others))
    return least if most == others @ problem.cells.num_persons else float("inf")


def only(problem: Problem, planned: Ints) -> Problem:
    """Leave the others no day to travel."""
    latest = np.where(planned > 0, problem.cells.latest, -1)
    return replace(problem, cells=replace(problem.cells, latest=latest))


def seat_bound_yuan(problem: Problem) -> float:
    return float(seat_bounds_yuan(problem, problem.cells.num_groups, shortest_km(problem)).sum())


def on_days(*days: int) -> Problem:
    """One person a day from one stop to another."""
    problem = one_road(len(days), vehicles=2)
    day: Ints = np.array(days)
    return replace(problem, cells=replace(problem.cells, earliest=day, latest=day))


def cost_alone_yuan(problem: Problem) -> float:
    return float(problem.pools.fixed_yuan[0] + problem.pools.per_km_yuan[0] * problem.km[0][0, 3])


def test_people_of_different_days_pay_a_vehicle_each() -> None:
    problem = on_days(0, 1, 2)
    bound = lower_bound_yuan(problem, problem.cells.num_groups)
    assert bound == pytest.approx(3 * cost_alone_yuan(problem), rel=0.02)
    assert bound <= 3 * cost_alone_yuan(problem)
    assert bound > 2 * seat_bound_yuan(problem)


def test_one_pickup_a_batch_is_a_vehicle_for_each_stop() -> None:
    problem = one_road(3, vehicles=3)
    problem = replace(problem, cells=replace(problem.cells, pickup=np.arange(3)))
    free, strict = (
        lower_bound_yuan(
            replace(problem, limits=replace(problem.limits, max_pickups=most, max_pickup_km=999.0)),
            problem.cells.num_groups,
        )
        for most in (3, 1)
    )
    assert strict > 2 * free


def test_counties_that_may_not_mix_pay_a_vehicle_each() -> None:
    problem = one_road(2, vehicles=2)
    problem = replace(problem, cells=replace(problem.cells, county=np.arange(2)))
    apart = replace(problem, limits=replace(problem.limits, mix_counties=False))
    mixed_yuan, apart_yuan = (lower_bound_yuan(p, p.cells.num_groups) for p in (problem, apart))
    assert apart_yuan == pytest.approx(2 * mixed_yuan, rel=0.02)


def test_scarce_vehicles_raise_the_bound() -> None:
    """Six people on one day and one cheap vehicle of three seats: the others take the dear one."""
    problem = one_road(6, vehicles=2)
    pools = replace(problem.pools, usable=np.array([3, 3]), fixed_yuan=np.array([500.0, 5_000.0]))
    plenty = replace(problem, pools=replace(pools, available=np.array([[9] * 3, [9] * 3])))
    scarce = replace(problem, pools=replace(pools, available=np.array([[1, 0, 0], [9, 0, 0]])))
    assert lower_bound_yuan(scarce, scarce.cells.num_groups) > 1.5 * lower_bound_yuan(
        plenty, plenty.cells.num_groups
    )


def test_rents_that_drove_too_many_away_fall_again() -> None:
    """Of two sizes there are just enough: a rent that only rises ends above what the small ones are worth."""
    problem = one_road(60, vehicles=2)
    pools = replace(
        problem.pools, usable=np.array([4, 6]), fixed_yuan=np.array([1_000.0, 1_050.0]),
        available=np.array([[6, 0, 0], [6, 0, 0]]),
    )  # fmt: skip
    cells = replace(problem.cells, earliest=np.zeros(60, np.int64), latest=np.zeros(60, np.int64))
    problem, everybody = replace(problem, pools=pools, cells=cells), np.ones(60, dtype=np.int64)
    journey_yuan = pools.per_km_yuan * problem.km[0][0, 3]
    all_yuan = float(((pools.fixed_yuan + journey_yuan) * pools.available[:, 0]).sum())
    falling = lower_bound_yuan(problem, everybody)
    with patch("returnplan.planning.bounding.bound.settle", side_effect=only_rising):
        assert lower_bound_yuan(problem, everybody) < falling
    assert 0.97 * all_yuan < falling <= all_yuan


def only_rising(*arguments: Any, may_fall: bool, **rest: Any) -> Any:
    return settle(*arguments, **rest)


def test_a_bound_below_the_best_where_rents_rise_and_fall() -> None:
    """One vehicle of each pool a day, and everything is tried."""
    num_rented = 0
    for seed in range(cases(60, of=400)):
        problem = tiny(seed)
        scarce = np.minimum(problem.pools.available, 1)
        problem = replace(problem, pools=replace(problem.pools, available=scarce))
        most, least = best_by_trying_all(problem)
        if most < problem.cells.num_groups @ problem.cells.num_persons:
            continue
        parts = cell_bounds(problem, problem.cells.num_groups, Care(num_rounds=12, num_roundings=1))
        assert parts.yuan.sum() <= least + 1e-6, seed
        num_rented += parts.rent_yuan.sum() > 1.0
    assert num_rented > 3


def test_parts_are_of_planned_cells_and_add_up() -> None:
    problem = on_days(0, 1, 2)
    parts = cell_bounds(problem, np.array([1, 0, 1])).yuan
    assert parts[1] == 0.0
    assert parts.sum() == pytest.approx(2 * cost_alone_yuan(problem), rel=0.02)


def test_of_fifty_stops_none_are_taken_for_one() -> None:
    """Fifty people at fifty stops of which a vehicle may call at two; two stops in one would halve the bound."""
    num = 50
    angle = np.linspace(0, 2 * np.pi, num, endpoint=False)
    spots = np.append(30.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1), [[400.0, 0.0]], axis=0)
    base = one_road(num, vehicles=num)
    day_0 = np.zeros(num, dtype=np.int64)
    cells = replace(
        base.cells, pickup=np.arange(num), drop_place=np.full(num, num), earliest=day_0, latest=day_0
    )
    limits = replace(base.limits, max_pickups=2, max_pickup_km=999.0, stop_cost_yuan=0.0)
    km = np.linalg.norm(spots[:, None] - spots[None], axis=-1)
    problem = replace(base, cells=cells, limits=limits, km=km[None])
    vehicle_yuan = 500.0 + 2.0 * 370
    assert lower_bound_yuan(problem, cells.num_groups) > num / 2 * vehicle_yuan


def test_vehicles_that_cost_nothing_have_a_bound_of_nothing() -> None:
    problem = on_days(0, 1)
    free = replace(problem.pools, fixed_yuan=np.zeros(2), per_km_yuan=np.zeros(2))
    problem = replace(problem, pools=free, limits=replace(problem.limits, stop_cost_yuan=0.0))
    assert lower_bound_yuan(problem, problem.cells.num_groups) == 0.0


def free_of_charge(problem: Problem, *, fixed: Sequence[float], per_km: Sequence[float]) -> Problem:
    """Return the problem with other prices, and no price for stops."""
    pools = replace(problem.pools, fixed_yuan=np.array(fixed), per_km_yuan=np.array(per_km))
    return replace(problem, pools=pools, limits=replace(problem.limits, stop_cost_yuan=0.0))


@settings(max_examples=cases(40, of=80), deadline=None)
@given(
    seed=st.integers(0, 500),
    fixed=st.tuples(*[st.sampled_from([0.0, 1e-9, 0.01, 700.0])] * 2),
    per_km=st.tuples(*[st.sampled_from([0.0, 2.5])] * 2),
    free_roads=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=10),
)
def test_what_costs_nothing_leaves_the_bound_finite_and_below_every_plan(
    seed: int, fixed: tuple[float, ...], per_km: tuple[float, ...], free_roads: list[tuple[int, int]]
) -> None:
    """Vehicles of 0 yuan beside priced ones, and roads of 0 km, some of them in one direction only."""
    problem = free_of_charge(tiny(seed), fixed=fixed, per_km=per_km)
    km = problem.km.copy()
    for start, end in free_roads:
        km[0, start, end] = 0.0
    problem = replace(problem, km=km)
    drafts = solve(problem, QUICK)
    parts = cell_bounds(problem, planned_groups(problem, drafts), QUITE_CAREFUL)
    assert np.isfinite(parts.yuan).all()
    assert np.isfinite(parts.rent_yuan).all()
    assert 0 <= parts.yuan.sum() <= total_cost(problem, drafts) + 1e-6


def test_a_free_vehicle_pays_for_its_km() -> None:
    """Nine people and three seats: three vehicles drive, of which each costs its km alone."""
    problem = free_of_charge(one_road(9, vehicles=3), fixed=[0.0, 0.0], per_km=[2.0, 2.0])
    three = 3 * 2.0 * float(problem.km[0][0, 3])
    bound = lower_bound_yuan(problem, problem.cells.num_groups)
    assert 0.98 * three < bound <= three


def test_a_free_type_beside_a_dear_one_has_a_bound_by_how_many_there_are() -> None:
    """One free vehicle of three seats a day, and the other three people ride on a dear one."""
    problem = free_of_charge(one_road(6, vehicles=2), fixed=[0.0, 5_000.0], per_km=[0.0, 0.0])
    days = replace(problem.cells, latest=np.zeros(6, dtype=np.int64))
    pools = replace(problem.pools, available=np.array([[1, 0, 0], [9, 0, 0]]))
    bound = lower_bound_yuan(replace(problem, cells=days, pools=pools), problem.cells.num_groups)
    assert 1_000 < bound <= 5_000


def test_nobody_costs_nothing() -> None:
    problem = on_days(0, 1)
    assert lower_bound_yuan(problem, np.zeros(2, dtype=np.int64)) == 0.0


def test_a_large_plan_near_the_seat_bound_needs_no_prices() -> None:
    """Full vehicles prove themselves; one that costs more than a trifle above is looked at closely."""
    problem = one_road(6, vehicles=2)
    planned = np.ones(6, dtype=np.int64)
    seat_yuan = float(seat_bounds_yuan(problem, planned, shortest_km(problem)).sum())
    with patch("returnplan.planning.bounding.bound.settle", side_effect=settle) as settled:
        for num_cells, plan_yuan in ((3, 1.01 * seat_yuan), (3, 1.02 * seat_yuan), (6, seat_yuan)):
            with patch("returnplan.planning.bounding.bound.MANY_CELLS", num_cells):
                parts = cell_bounds(problem, planned, QUITE_CAREFUL, plan_yuan)
            assert parts.yuan.sum() == pytest.approx(seat_yuan, rel=1e-3)
            assert parts.rent_yuan.sum() == pytest.approx(0.0, abs=1.0)
    assert settled.call_count == 2
