"""Where enough people go from one stop to another, full vehicles leave first; the others are planned around them."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from unittest.mock import patch

import numpy as np
import pytest

from returnplan.planning import Effort, solve
from returnplan.planning.full_vehicles import full_vehicles
from returnplan.planning.solve import _from_nothing
from returnplan.problem.draft import Draft
from returnplan.problem.model import NO_PREVIOUS, Caps, Problem, Regimes
from tests.planning.problems import (
    broken_rules,
    knotty,
    num_people,
    one_road,
    planned_groups,
    tiny,
    total_cost,
)
from tests.sweeps import cases

QUICK = Effort(base_work=3_000, work_per_group=0)


@pytest.fixture(autouse=True)
def _few_are_enough() -> Iterator[None]:
    with patch("returnplan.planning.full_vehicles.FEWEST", 1):
        yield


def days_and_loads(drafts: list[Draft]) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    return [(draft.day, draft.load) for draft in drafts]


def with_windows(problem: Problem, *windows: tuple[int, int]) -> Problem:
    earliest, latest = np.array(windows).T
    return replace(problem, cells=replace(problem.cells, earliest=earliest, latest=latest))


def test_the_day_for_which_most_people_wait_comes_first() -> None:
    problem = with_windows(one_road(5, vehicles=9), (0, 0), (0, 1), (1, 1), (1, 2), (1, 2))
    assert days_and_loads(full_vehicles(problem)) == [(1, ((1, 1), (2, 1), (3, 1)))]


def test_scarce_vehicles_are_used_on_the_first_and_last_days_too() -> None:
    problem = with_windows(one_road(9, vehicles=9), *[(0, 1)] * 3, *[(1, 2)] * 6)
    pools = replace(problem.pools, available=np.array([[1, 1, 1], [0, 0, 0]]))
    one_goal = replace(problem.cells, goal=np.zeros(9, dtype=np.int64))
    scarce = full_vehicles(replace(problem, cells=one_goal, pools=pools))  # day 1, which all want, comes last
    assert sorted(draft.day for draft in scarce) == [0, 1, 2]


def test_who_has_the_fewest_days_rides_first() -> None:
    problem = with_windows(one_road(6, vehicles=9), (0, 2), (0, 2), (0, 2), (1, 1), (0, 1), (1, 2))
    assert days_and_loads(full_vehicles(problem))[0] == (1, ((3, 1), (4, 1), (5, 1)))


def test_there_is_none_without_a_vehicle() -> None:
    assert len(full_vehicles(one_road(9, vehicles=1))) == 0  # one of three is too few
    with patch("returnplan.planning.full_vehicles.LEAST_SHARE", 0.3):
        assert len(full_vehicles(one_road(9, vehicles=1))) == 1


def test_a_vehicle_on_the_road_for_two_days_runs_once_in_these() -> None:
    problem = one_road(9, vehicles=1)
    pools = replace(problem.pools, available=np.array([[1, 1, 1], [0, 0, 0]]))
    with patch("returnplan.planning.full_vehicles.LEAST_SHARE", 0.0):
        daily = full_vehicles(replace(problem, pools=pools))
        away = full_vehicles(replace(problem, pools=replace(pools, turnaround_days=np.array([2, 1]))))
    assert sorted(draft.day for draft in daily) == [0, 1, 2]
    assert sorted(draft.day for draft in away) == [0, 2]


def test_a_party_that_leaves_a_seat_empty_waits() -> None:
    problem = one_road(4, vehicles=9)
    twos = np.full(4, 2)
    cells = replace(problem.cells, num_persons=twos, num_seats=twos, drop_persons=twos)
    assert full_vehicles(replace(problem, cells=cells)) == []


def test_dear_types_late_days_and_long_ways_round_wait() -> None:
    problem = one_road(6, vehicles=9)
    pools = replace(problem.pools, usable=np.array([3, 6]), available=np.full((2, 3), 9))
    cheap_large = replace(pools, fixed_yuan=np.array([1_500.0, 700.0]))
    cheap_small = replace(pools, fixed_yuan=np.array([500.0, 9_000.0]))
    late = replace(problem.cells, late_days=np.tile([1.0, 1.0, 0.0], (6, 1)))
    closed = replace(
        problem,
        cells=replace(problem.cells, earliest=np.ones(6, np.int64)),
        km=np.concatenate([problem.km, 2 * problem.km]),
        network_of_day=np.array([0, 1, 1]),
    )
    assert [draft.leg.pool for draft in full_vehicles(replace(problem, pools=cheap_large))] == [1]
    assert [draft.leg.pool for draft in full_vehicles(replace(problem, pools=cheap_small))] == [0, 0]
    assert {draft.day for draft in full_vehicles(replace(problem, cells=late))} == {2}
    assert len(full_vehicles(problem)) == 2
    assert full_vehicles(closed) == []


def test_there_is_none_where_others_have_a_say_in_who_rides() -> None:
    problem = one_road(6, vehicles=9)
    previous = np.append(np.full(5, NO_PREVIOUS), 0)
    told = replace(
        problem, cells=replace(problem.cells, previous=previous), previous_days=np.zeros(1, np.int64)
    )
    capped = replace(problem, caps=Caps(np.full((2, 3), 9), np.full((2, 4), 9), np.zeros(6, np.int64)))
    poor = replace(problem, limits=replace(problem.limits, budget_yuan=1_400.0))
    seats, least = problem.pools.usable[None], problem.pools.min_load[None]
    dated = replace(
        problem,
        regimes=Regimes(
            np.zeros((6, 3), np.int64),
            np.zeros((1, 1), np.int64),
            seats,
            least,
            np.zeros((6, 0), np.int64),
        ),
    )
    with patch("returnplan.planning.full_vehicles.LEAST_SHARE", 0.0):
        assert [len(full_vehicles(one)) for one in (problem, told, capped, poor, dated)] == [2, 0, 0, 0, 0]


def test_they_are_full_and_keep_every_rule() -> None:
    """Of problems of all kinds; some have full vehicles."""
    num_full = 0
    with patch("returnplan.planning.full_vehicles.LEAST_SHARE", 0.0):
        for seed in range(cases(300, of=3_000)):
            problem = knotty(seed)
            drafts = full_vehicles(problem)
            assert broken_rules(problem, drafts) == [], seed
            for draft in drafts:
                assert draft.leg.num_seats(problem) == problem.pools.usable[draft.leg.pool], seed
                assert len(draft.leg.stops) == 2, seed
            num_full += len(drafts)
    assert num_full > 20


def test_the_plan_around_them_keeps_every_rule_and_leaves_no_more_people() -> None:
    num_from_full = 0
    with patch("returnplan.planning.full_vehicles.LEAST_SHARE", 0.0):
        for seed in range(cases(60, of=600)):
            problem = tiny(seed, num_groups=30)
            with patch("returnplan.planning.full_vehicles.FEWEST", 10**6):
                other = solve(problem, QUICK)
            drafts = solve(problem, QUICK)
            num_from_full += bool(full_vehicles(problem))
            assert broken_rules(problem, drafts) == [], seed
            assert num_people(problem, drafts) >= num_people(problem, other), seed
    assert num_from_full > 10


def test_a_full_vehicle_gives_way_where_that_takes_somebody_more() -> None:
    """The vehicle of three takes the three people of the lowest class, unless everybody is planned anew."""
    problem = one_road(6, vehicles=1)
    weight = np.array([1.0, 1.0, 1.0, 64.0, 64.0, 64.0])
    drafts = solve(replace(problem, cells=replace(problem.cells, weight=weight)), QUICK)
    assert full_vehicles(problem)
    assert planned_groups(problem, drafts).tolist() == [0, 0, 0, 1, 1, 1]


def test_the_number_of_cores_does_not_matter() -> None:
    problem = one_road(60, vehicles=9)
    problem = replace(problem, cells=replace(problem.cells, city_group=np.arange(60) % 2))
    assert full_vehicles(problem)
    assert solve(problem, QUICK, processes=1) == solve(problem, QUICK, processes=2)


def test_a_cluster_makes_the_same_plan() -> None:
    problem = one_road(61, vehicles=9)
    assert full_vehicles(problem)
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        there = solve(problem, QUICK, cluster=elsewhere)
    assert there == solve(problem, QUICK)


def test_who_is_left_over_is_planned_first_and_no_plan_gets_worse_by_the_search() -> None:
    """Sixty-one people in vehicles of three: twenty are full, and one takes the last."""
    problem = one_road(61, vehicles=20)
    assert len(full_vehicles(problem)) == 20
    drafts = solve(problem, QUICK)
    assert num_people(problem, drafts) == 61
    assert total_cost(problem, drafts) == pytest.approx(21 * full_vehicles(problem)[0].cost_yuan(problem))


def test_a_search_cut_short_still_plans() -> None:
    problem = one_road(8, vehicles=9)
    cut = solve(problem, QUICK, should_stop=lambda: True)
    assert broken_rules(problem, cut) == []
    assert num_people(problem, cut) >= 6


@pytest.mark.parametrize(("most_anew", "is_planned_anew"), [(5, False), (6, True)])
def test_where_many_stay_behind_all_is_planned_from_nothing_too_unless_that_is_too_much(
    most_anew: int, is_planned_anew: bool
) -> None:
    problem = one_road(6, vehicles=1)
    with (
        patch("returnplan.planning.solve.MOST_ANEW", most_anew),
        patch("returnplan.planning.solve._from_nothing", wraps=_from_nothing) as planned,
    ):
        solve(problem, QUICK)
    assert any(call.args[0] is problem for call in planned.call_args_list) == is_planned_anew
