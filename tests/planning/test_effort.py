"""A search is as hot as detours are dear."""

from dataclasses import replace

import pytest

from returnplan.planning.effort import DEAR_DETOUR_YUAN, detour_yuan, tempered
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
