"""A search is as hot as detours are dear, and works by people, then by groups."""

import sys
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.peers.corridors import KINDS, invent_corridor
from returnplan.planning import solve
from returnplan.planning.effort import (
    BESIDE,
    DEAR_DETOUR_YUAN,
    INDIVISIBLE_SEARCHES,
    THIN_QUICK,
    THIN_WORK,
    Effort,
    detour_yuan,
    tempered,
)
from returnplan.planning.markets import split_markets
from returnplan.planning.params import SearchParams
from returnplan.planning.tables import Market, local_places, market_tables, usable_pools
from returnplan.problem.model import Problem
from tests.planning.problems import one_road, tiny


def market(problem: Problem) -> Market:
    part = split_markets(problem)[0]
    return market_tables(problem, part, local_places(problem, part), usable_pools(problem, part))


def priced(yuan_per_km: float, stop_cost_yuan: float = 0.0) -> Market:
    problem = tiny(1, num_groups=12)
    pools = replace(problem.pools, per_km_yuan=problem.pools.per_km_yuan * 0 + yuan_per_km)
    limits = replace(problem.limits, stop_cost_yuan=stop_cost_yuan, max_pickup_km=999.0)
    return market(replace(problem, pools=pools, limits=limits))


def test_cheap_roads_are_searched_colder_in_proportion() -> None:
    cheap, half = priced(0.2), priced(0.1)
    assert 0 < detour_yuan(half) < detour_yuan(cheap) < DEAR_DETOUR_YUAN
    for name in ("hot_yuan", "cold_yuan"):
        one, other = (getattr(tempered(SearchParams(), each), name) for each in (cheap, half))
        assert one == pytest.approx(2 * other)


def test_the_coaches_of_the_field_are_searched_as_the_parameters_say() -> None:
    assert tempered(SearchParams(), priced(6.0)) == SearchParams()


def test_a_stop_that_costs_is_a_dear_detour() -> None:
    assert detour_yuan(priced(0.1, stop_cost_yuan=50.0)) == pytest.approx(detour_yuan(priced(0.1)) + 50.0)


def test_one_stop_at_each_end_has_no_detours() -> None:
    road = one_road(6, vehicles=3)
    road = replace(road, limits=replace(road.limits, stop_cost_yuan=0.0))
    assert tempered(SearchParams(), market(road)) == SearchParams()


def test_a_small_problem_needs_no_more_work_than_its_people_are_worth() -> None:
    effort = Effort(base_work=1_000_000, work_per_group=300, most_base_per_person=6_000)
    assert effort.work(50, 50, 50) == 300_000


def test_the_work_grows_with_the_groups_where_these_are_many() -> None:
    effort = Effort(base_work=1_000_000, work_per_group=300)
    assert effort.work(1_000, 1_000, 1_000) == effort.work(2_000, 2_000, 2_000) == 1_000_000
    assert effort.work(9_000, 9_000, 9_000) == BESIDE * 1_000_000 + 300 * 9_000


def test_markets_share_the_work_by_their_groups() -> None:
    effort = Effort()
    assert effort.work(300, 1_000, 1_000) + effort.work(700, 1_000, 1_000) == effort.work(1_000, 1_000, 1_000)


def test_full_vehicles_near_the_bound_are_improved_for_less() -> None:
    effort = Effort(work_per_group=900)
    works = [effort.from_full_vehicles(gap).work_per_group for gap in (0.05, 0.01, 0.005, 0.0)]
    assert works == [90, 90, 45, 0]


def test_thin_demand_gets_more_work_but_small_problems_and_those_beside_full_vehicles() -> None:
    effort = replace(Effort(), thin_work=THIN_WORK)
    quick = replace(effort, thin_work=THIN_QUICK)
    thin, quick_thin = (each.where_thin().work(3_400, 3_400, 4_000) for each in (effort, quick))
    assert thin == pytest.approx(THIN_WORK / THIN_QUICK * quick_thin, rel=0.001)
    assert effort.where_thin().work(300, 300, 300) == quick.where_thin().work(300, 300, 300)
    assert Effort().beside_full_vehicles() == quick.beside_full_vehicles()


@pytest.mark.parametrize(("kind", "thin_work"), [("stop limits", THIN_WORK), ("plain", THIN_QUICK)])
def test_a_problem_of_mostly_dense_demand_has_no_time_for_more(
    monkeypatch: pytest.MonkeyPatch, kind: str, thin_work: float
) -> None:
    found: set[float] = set()
    module = sys.modules[solve.__module__]
    search = module.search_markets

    def look(*args: Any, **options: Any) -> Any:
        found.add(args[3].thin_work)
        return search(*args, **options)

    monkeypatch.setattr(module, "search_markets", look)
    [drawn] = [each for each in KINDS if each.name == kind]
    solve(invent_corridor(drawn, seed=1), Effort(base_work=1_000, work_per_group=0))
    assert found == {thin_work}


def test_a_small_market_of_long_routes_is_searched_several_times_afresh() -> None:
    effort = Effort(base_work=1_000_000).where_divisible(has_long_routes=True)
    assert [effort.num_afresh(work) for work in (1_000_000, 700_000, 300_000)] == [2, 3, 8]
    assert [effort.num_again(work) for work in (1_000_000, 700_000, 300_000)] == [1, 1, 1]


def test_searches_among_whose_batches_one_chooses_start_again_from_the_best_plan_of_long_routes() -> None:
    long, short = (Effort(base_work=1_000_000).where_indivisible(is_long) for is_long in (True, False))
    assert long.num_afresh(200_000) == short.num_afresh(200_000) == INDIVISIBLE_SEARCHES
    assert short.num_again(200_000) == 0 < long.num_again(200_000)


def test_a_first_look_is_one_search() -> None:
    effort = Effort(base_work=0).where_divisible(has_long_routes=True)
    assert (effort.num_afresh(0), effort.num_again(0)) == (1, 0)
