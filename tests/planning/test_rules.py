"""Each rule decides a plan: people on one road, with the rule and without it."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from returnplan.planning import Effort, solve
from returnplan.problem.draft import Draft
from returnplan.problem.model import UNLIMITED, Caps, Ints, Problem
from tests.planning.problems import broken_rules, leaving_at, num_people, one_road, planned_groups

QUICK = Effort(base_work=3_000, work_per_group=0)
EVENING = 20 * 60


def plan(problem: Problem) -> tuple[Draft, ...]:
    drafts = solve(problem, QUICK)
    assert broken_rules(problem, drafts) == []
    return drafts


def riders_a_day(problem: Problem) -> dict[int, int]:
    riders: Counter[int] = Counter()
    for draft in plan(problem):
        riders[draft.day] += draft.num_persons(problem)
    return dict(sorted(riders.items()))


def with_cells(problem: Problem, **changes: Any) -> Problem:
    return replace(problem, cells=replace(problem.cells, **changes))


def with_pools(problem: Problem, **changes: Any) -> Problem:
    return replace(problem, pools=replace(problem.pools, **changes))


def with_limits(problem: Problem, **changes: Any) -> Problem:
    return replace(problem, limits=replace(problem.limits, **changes))


def capped(problem: Problem, *, departures: Ints, arrivals: Ints) -> Problem:
    """Return the problem with caps on the one prefecture and the one city."""
    city = np.zeros(len(problem.cells), dtype=np.int64)
    return replace(problem, caps=Caps(departures[None], arrivals[None], city))


FREE = np.full(3, UNLIMITED, dtype=np.int64)


@pytest.mark.parametrize("capped_end", ["departures", "arrivals"])
def test_a_day_cap_spreads_three_people_who_would_share_a_vehicle(capped_end: str) -> None:
    problem = one_road(3, vehicles=2)
    few = np.array([1, 2, 0])
    departures, arrivals = (few, FREE) if capped_end == "departures" else (FREE, few)
    assert len(plan(problem)) == 1
    assert riders_a_day(capped(problem, departures=departures, arrivals=arrivals)) == {0: 1, 1: 2}


def test_arrivals_count_on_the_day_of_arrival() -> None:
    """Six hours from eight in the evening: the city takes nobody on day 1, so nobody leaves on day 0."""
    arrivals = np.array([9, 0, 9])
    night = capped(one_road(3, vehicles=2), departures=FREE, arrivals=arrivals)
    night = replace(night, schedule=leaving_at(EVENING))
    assert 0 not in riders_a_day(night)
    assert num_people(night, plan(night)) == 3


def test_cities_share_a_vehicle_only_if_they_are_combined() -> None:
    combined = with_cells(one_road(2, vehicles=2), drop_place=np.array([3, 4]))
    apart = with_cells(combined, city_group=np.array([0, 1]))
    assert [len(plan(problem)) for problem in (combined, apart)] == [1, 2]


def test_counties_share_a_vehicle_only_if_they_may_be_mixed() -> None:
    mixed = with_cells(one_road(2, vehicles=2), county=np.array([0, 1]))
    apart = with_limits(mixed, mix_counties=False)
    assert [len(plan(problem)) for problem in (mixed, apart)] == [1, 2]


def test_a_load_below_the_minimum_is_held() -> None:
    problem = with_pools(one_road(2, vehicles=2), min_load=np.array([3, 3]))
    assert plan(problem) == ()


def test_loads_below_the_minimum_are_merged() -> None:
    """Two at one stop and one at the next; the detour is worth it only since neither may go alone."""
    there = with_cells(one_road(3, vehicles=2), pickup=np.array([0, 0, 1]))
    dear = with_pools(there, fixed_yuan=np.zeros(2), per_km_yuan=np.ones(2))
    free = with_limits(dear, stop_cost_yuan=5_000.0)
    assert len(plan(free)) == 2
    merged = plan(with_pools(free, min_load=np.array([3, 3])))
    assert [sorted(draft.leg.pickups) for draft in merged] == [[0, 1]]


def test_a_load_below_the_minimum_takes_a_smaller_vehicle_though_it_costs_more() -> None:
    problem = with_pools(
        one_road(2, vehicles=1), usable=np.array([3, 2]), fixed_yuan=np.array([500.0, 900.0]),
        available=np.ones((2, 3), dtype=np.int64),
    )  # fmt: skip
    strict = with_pools(problem, min_load=np.array([3, 2]))
    assert [draft.leg.pool for draft in plan(problem)] == [0]
    assert [draft.leg.pool for draft in plan(strict)] == [1]


def test_one_of_a_higher_class_rides_before_three_of_a_lower() -> None:
    """A family of three and a single person to another city want the only vehicle."""
    persons = np.array([3, 1])
    problem = with_cells(
        one_road(2, vehicles=1), city_group=np.array([0, 1]), num_persons=persons, num_seats=persons,
        drop_persons=persons, weight=np.array([3.0, 1.0]),
    )  # fmt: skip
    first = with_cells(problem, weight=np.array([3.0, 64.0]))
    assert [planned_groups(p, plan(p)).tolist() for p in (problem, first)] == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("end", "limit"),
    [
        ("pickup", {"max_pickups": 1}),
        ("pickup", {"max_pickup_km": 0.0}),
        ("drop_place", {"max_dropoffs": 1}),
        ("drop_place", {"max_dropoff_km": 0.0}),
    ],
)
def test_two_stops_share_a_vehicle_only_within_the_limits(end: str, limit: dict[str, Any]) -> None:
    stops = np.array([0, 1]) if end == "pickup" else np.array([3, 4])
    wide = with_limits(
        with_cells(one_road(2, vehicles=2), **{end: stops}), max_pickup_km=999.0, max_dropoff_km=999.0
    )
    assert [len(plan(problem)) for problem in (wide, with_limits(wide, **limit))] == [1, 2]


def test_a_vehicle_that_is_away_does_not_leave_again() -> None:
    """Three days, one vehicle of three seats: away for two days it leaves twice, not three times."""
    daily = with_pools(one_road(9, vehicles=1), available=np.array([[1, 1, 1], [0, 0, 0]]))
    slow = with_pools(daily, turnaround_days=np.array([2, 1]))
    assert riders_a_day(daily) == {0: 3, 1: 3, 2: 3}
    assert riders_a_day(slow) == {0: 3, 2: 3}


def test_a_vehicle_of_the_destination_takes_only_people_who_travel_to_its_base() -> None:
    """Six people of one city group, three of whom travel to the prefecture of the vehicles."""
    problem = with_pools(one_road(6, vehicles=2), goal=np.array([1, 1]))
    there = with_cells(problem, goal=np.array([1, 0, 1, 0, 1, 0]))
    assert planned_groups(there, plan(there)).tolist() == [1, 0, 1, 0, 1, 0]
    anywhere = with_pools(there, goal=np.array([-1, -1]))
    assert num_people(anywhere, plan(anywhere)) == 6
