"""Plans of tiny problems keep every rule, and are held between the lower bound and the best there is."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest

from benchmarks.peers.corridors import Kind, invent_corridor
from returnplan.planning import Effort, lower_bound_yuan, solve
from returnplan.planning.markets import split_markets
from returnplan.planning.search import Watch, plan_market, solve_market
from returnplan.problem.model import Problem
from tests.planning.problems import (
    best_by_trying_all,
    broken_rules,
    num_people,
    one_road,
    planned_groups,
    tiny,
    total_cost,
)
from tests.sweeps import cases

QUICK = Effort(base_work=3_000, work_per_group=0)
NUM_CASES = cases(80, of=300)


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return [tiny(seed, min_load=1 + seed % 3) for seed in range(NUM_CASES)]


def test_no_rule_is_broken(problems: list[Problem]) -> None:
    assert [broken_rules(problem, solve(problem, QUICK)) for problem in problems] == [[]] * NUM_CASES


def test_bound_is_below_the_best_and_the_plan_hardly_above(problems: list[Problem]) -> None:
    """Everything is tried; the plan must be valid, and is nearly always the best."""
    num_best = 0
    for problem in problems:
        drafts = solve(problem, QUICK)
        people, cost = num_people(problem, drafts), total_cost(problem, drafts)
        most, least = best_by_trying_all(problem)
        assert people <= most
        assert lower_bound_yuan(problem, planned_groups(problem, drafts)) <= cost + 1e-6
        if people == most:
            assert cost >= least - 1e-6
            num_best += cost <= least + 1e-6
    print(f"{num_best} of {NUM_CASES} plans are the best there is")
    assert num_best >= 0.9 * NUM_CASES


def test_slow_roads_decide_who_may_travel() -> None:
    """400 km at the usual speed are a day's drive; in seventeen hours two drivers may not drive them."""
    usual = one_road(2, vehicles=1)
    minutes = np.full_like(usual.km, 17 * 60.0)
    assert num_people(usual, solve(usual, QUICK)) == 2
    assert not solve(replace(usual, drive_minutes=minutes), QUICK)
    assert num_people(usual, solve(replace(usual, drive_minutes=minutes / 2), QUICK)) == 2


def test_the_number_of_cores_does_not_matter() -> None:
    problem = tiny(7, num_groups=40)
    assert solve(problem, QUICK, processes=1) == solve(problem, QUICK, processes=2)


def test_a_market_that_is_joined_with_none_is_searched_once() -> None:
    """Three cities; after the search the first two are found to want the same vehicles."""
    problem = one_road(3, vehicles=3)
    problem = replace(problem, cells=replace(problem.cells, city_group=np.arange(3)))
    alone, joined = [[0], [1], [2]], [[0, 1], [2]]
    parts = [[np.array(part) for part in parts] for parts in (alone, joined, joined)]
    with (
        patch("returnplan.planning.solve.unite", side_effect=parts),
        patch("returnplan.planning.apart.plan_market", side_effect=plan_market) as searched,
    ):
        drafts = solve(problem, replace(QUICK, replicas=1))
    looked_at = [call.args[0].cells.city_group.tolist() for call in searched.call_args_list[3:]]
    assert sorted(looked_at) == [[0], [0, 1], [1], [2]]
    assert planned_groups(problem, drafts).tolist() == [1, 1, 1]


def test_a_search_cut_short_still_plans() -> None:
    problem = replace(tiny(3), limits=replace(tiny(3).limits, mix_counties=True))
    cut = solve(problem, Effort(base_work=10**9), should_stop=lambda: True)
    assert broken_rules(problem, cut) == []
    assert num_people(problem, cut) > 0


def test_higher_classes_ride_first_when_seats_are_short() -> None:
    """Four single people, one vehicle of three seats: the one of the lowest class stays."""
    problem = one_road(4, vehicles=1)
    weight = np.array([1.0, 64.0, 64.0, 64.0])
    drafts = solve(replace(problem, cells=replace(problem.cells, weight=weight)), QUICK)
    assert planned_groups(problem, drafts).tolist() == [0, 1, 1, 1]


def test_the_budget_lets_the_higher_class_ride() -> None:
    """Two cities, one vehicle each, money for one of them."""
    problem = one_road(4, vehicles=2)
    cells = replace(problem.cells, city_group=np.array([0, 0, 1, 1]), weight=np.array([1.0, 1.0, 1.0, 64.0]))
    poor = replace(problem, cells=cells, limits=replace(problem.limits, budget_yuan=1_900.0))
    assert planned_groups(poor, solve(poor, QUICK)).tolist() == [0, 0, 1, 1]


def test_a_batch_too_dear_a_head_is_not_run() -> None:
    problem = one_road(3, vehicles=2)
    dear = replace(problem, limits=replace(problem.limits, max_yuan_per_head=400.0))
    assert num_people(problem, solve(problem, QUICK)) == 3
    assert num_people(dear, solve(dear, QUICK)) == 0


def test_late_days_come_before_money_unless_they_have_a_price() -> None:
    """Two people due on different days: strictly each goes in time, at a price they share a vehicle."""
    problem = one_road(2, vehicles=2)
    late_days = np.array([[0.0, 1.0, 2.0], [0.0, 0.0, 0.0]])
    cells = replace(problem.cells, late_days=late_days, earliest=np.array([0, 1]), latest=np.array([1, 1]))
    strict = replace(problem, cells=cells)
    priced = replace(strict, limits=replace(problem.limits, late_day_yuan=10.0))
    assert len(solve(strict, QUICK)) == 2
    assert len(solve(priced, QUICK)) == 1


@pytest.mark.parametrize(("num_groups", "most"), [(10, 10), (40, 10), (3, 3)])
def test_people_who_are_alike_are_more_work_up_to_a_point(num_groups: int, most: int) -> None:
    """The work grows with the cells, not with the people in them; all of them are planned."""
    problem = one_road(1, vehicles=20)
    problem = replace(problem, cells=replace(problem.cells, num_groups=np.array([num_groups])))
    with patch("returnplan.planning.apart.plan_market", side_effect=plan_market) as searched:
        drafts = solve(problem, Effort(base_work=0, work_per_group=7, replicas=1))
    works = [call.args[2].whole for call in searched.call_args_list]
    assert max(works) == 7 * most
    assert num_people(problem, drafts) == num_groups


def test_many_alike_get_the_vehicles_that_fit_them() -> None:
    """117 of one stop: three coaches of 39 are cheaper than any with a larger one, and 14 have to move at once."""
    problem = one_road(1, vehicles=9)
    pools = replace(
        problem.pools,
        usable=np.array([39, 53]),
        fixed_yuan=np.array([3000.0, 3900.0]),
        per_km_yuan=np.array([6.0, 6.0]),
        available=np.full((2, 3), 9),
    )
    problem = replace(problem, pools=pools, cells=replace(problem.cells, num_groups=np.array([117])))
    assert [(draft.leg.pool, draft.load) for draft in solve(problem)] == [(0, ((0, 39),))] * 3


def test_nobody_stays_behind_beside_a_free_seat() -> None:
    """Riders of a batch that is not worth running are offered the seats of the others."""
    for seed in range(cases(60, of=200)):
        problem = tiny(seed, num_groups=30)
        pools = replace(problem.pools, usable=np.array([10, 20]), min_load=np.array([10, 12]))
        problem = replace(problem, pools=pools)
        drafts = solve(problem, Effort(base_work=0, work_per_group=0))
        cells, waits = problem.cells, problem.cells.num_groups > planned_groups(problem, drafts)
        for draft in drafts:
            riding = [cell for cell, _ in draft.load]
            room = problem.pools.usable[draft.leg.pool] - sum(
                n * cells.num_seats[cell] for cell, n in draft.load
            )
            fits = (
                waits
                & (cells.num_seats <= room)
                & (cells.earliest <= draft.day)
                & (draft.day <= cells.latest)
            )
            fits &= np.isin(cells.pickup, draft.leg.pickups) & np.isin(cells.drop_place, draft.leg.dropoffs)
            fits &= cells.city_group == cells.city_group[riding[0]]
            fits &= np.isin(cells.prefecture, cells.prefecture[riding]) & np.isin(
                cells.county, cells.county[riding]
            )
            assert not fits.any(), (seed, np.flatnonzero(fits), draft)


@pytest.mark.parametrize("seed", range(1, 4))
def test_searches_that_start_again_make_the_best_plan_cheaper(seed: int) -> None:
    problem = invent_corridor(Kind("long routes", num_people=150, max_pickups=30, max_dropoffs=30), seed)
    (part,) = split_markets(problem)
    once, again = (
        total_cost(problem, solve_market(problem, effort, 20_000, part, Watch(), seed=1))
        for effort in (Effort(), Effort(whole_work=60_000))
    )
    assert again < once
