"""What kind of demand a market has."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.peers.corridors import Kind, invent_corridor
from returnplan.planning import Effort
from returnplan.planning.demand import MANY_STOPS, has_long_routes, is_divisible, is_indivisible, is_thin
from returnplan.planning.search import Watch, solve_market
from returnplan.problem.model import Problem
from tests.planning.problems import one_road, tiny

SCATTERED = Kind("scattered", num_people=300, max_pickups=4, max_dropoffs=4, stop_cost_yuan=50.0)


def thin(kind: Kind, **limits: bool) -> bool:
    problem = invent_corridor(kind, seed=1)
    problem = replace(problem, limits=replace(problem.limits, **limits))
    return is_thin(problem, np.arange(len(problem.cells)))


def test_few_people_of_many_stops_are_thin() -> None:
    assert thin(SCATTERED)
    assert not thin(replace(SCATTERED, num_people=3_000))


@pytest.mark.parametrize("limit", ["max_pickups", "max_dropoffs"])
def test_a_limit_on_either_kind_of_stop_makes_thin(limit: str) -> None:
    loose = Kind("loose", num_people=300)
    assert not thin(loose)
    one: dict[str, Any] = {limit: 1}
    assert thin(replace(loose, **one))


def test_people_of_many_days_are_thin() -> None:
    assert not thin(replace(SCATTERED, num_people=1_500))
    assert thin(replace(SCATTERED, num_people=1_500, num_days=5, longest_window=2))


def test_stops_without_a_limit_never_bind_however_few_people_there_are() -> None:
    assert not thin(Kind("few", num_people=10, num_days=5))


def test_counties_that_may_not_mix_are_thin() -> None:
    some = replace(SCATTERED, num_people=200, max_pickups=30)
    assert not thin(some)
    assert thin(some, mix_counties=False)


def test_a_market_is_what_most_of_its_riders_are() -> None:
    problem = invent_corridor(replace(SCATTERED, num_people=3_000), seed=1)
    others = np.arange(len(problem.cells)) % 40 == 0  # a few of them go to another city
    cells = replace(problem.cells, city_group=others.astype(np.int64))
    few, all_cells = np.flatnonzero(others), np.arange(len(cells))
    assert is_thin(replace(problem, cells=cells), few)
    assert not is_thin(replace(problem, cells=cells), all_cells)


def test_the_search_for_thin_demand_finds_cheaper_plans_there() -> None:
    problems = [invent_corridor(replace(SCATTERED, num_people=600), seed) for seed in (1, 2)]
    thin, usual = (
        sum(yuan(problem, effort) for problem in problems) for effort in (Effort().where_thin(), Effort())
    )
    assert thin < usual


def yuan(problem: Problem, effort: Effort) -> float:
    work = effort.work(600, 600, 600)
    plan = solve_market(problem, effort, work, np.arange(len(problem.cells)), Watch())
    return sum(draft.cost_yuan(problem) for draft in plan)


def test_many_alike_are_divisible() -> None:
    problem = tiny(0)
    part = np.arange(len(problem.cells))
    persons = np.ones(len(part), dtype=np.int64)

    def divisible(*num_groups: int) -> bool:
        return is_divisible(
            replace(
                problem, cells=replace(problem.cells, num_seats=persons, num_groups=np.array(num_groups))
            ),
            part,
        )

    assert divisible(7, 7, 7, 7)
    assert not divisible(6, 6, 6, 6)
    assert divisible(19, 6, 6, 6)
    assert not divisible(18, 6, 6, 6)
    assert not is_divisible(problem, part)


def test_one_stop_is_not_divisible() -> None:
    road = one_road(1, vehicles=20)
    many = replace(road, cells=replace(road.cells, num_groups=np.array([40])))
    assert not is_divisible(many, np.arange(1))


def test_large_parties_are_indivisible_while_they_are_few() -> None:
    problem = one_road(9, vehicles=3)
    part = np.arange(9)

    def of_seats(num: int) -> Problem:
        return replace(problem, cells=replace(problem.cells, num_seats=np.full(9, num)))

    assert is_indivisible(of_seats(4), part)
    assert not is_indivisible(of_seats(3), part)
    many = replace(of_seats(4).cells, num_groups=np.full(9, 100))
    assert not is_indivisible(replace(problem, cells=many), part)


def test_parties_are_searched_as_long_as_as_many_single_people() -> None:
    assert Effort().work(20, 20, 330) == Effort().work(330, 330, 330)


def test_routes_are_long_where_a_vehicle_may_call_at_many_stops() -> None:
    problem = invent_corridor(replace(SCATTERED, max_pickups=MANY_STOPS), seed=1)
    everybody = np.arange(len(problem.cells))
    assert has_long_routes(problem, everybody)
    assert not has_long_routes(problem, everybody[problem.cells.pickup == problem.cells.pickup[0]])
    few = replace(problem.limits, max_pickups=MANY_STOPS - 1)
    assert not has_long_routes(replace(problem, limits=few), everybody)
