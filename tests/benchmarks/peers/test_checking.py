"""A plan that breaks a rule is refused by name, and everybody's cost is counted by one rule."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.peers.checking import broken_rules
from benchmarks.peers.corridors import NUM_PICKUPS, Kind, invent_corridor
from benchmarks.peers.trips import Stop, Trip, cost_yuan, num_people, stops_of_visits
from returnplan.problem.model import Problem

A, B = 0, 1
FACTORY = NUM_PICKUPS


@pytest.fixture
def road() -> Problem:
    """Two days, two coaches of each type a day; three people at A and three at B must leave on the first."""
    problem = invent_corridor(Kind("road", num_days=2), seed=1)
    km = problem.km.copy()
    km[0, A, B], km[0, B, FACTORY] = 10.0, 500.0
    nothing, one_each = np.zeros(2, dtype=np.int64), np.ones(2, dtype=np.int64)
    cells = replace(
        problem.cells,
        pickup=np.array([A, B]),
        prefecture=nothing,
        city_group=nothing,
        earliest=nothing,
        latest=nothing,
        num_persons=one_each,
        num_seats=one_each,
        num_groups=3 * one_each,
        drop_start=np.arange(3),
        drop_place=FACTORY * one_each,
    )
    two_each = np.full_like(problem.pools.available, 2)
    return replace(problem, km=km, cells=cells, pools=replace(problem.pools, available=two_each))


GOOD = Trip(pool=0, day=0, stops=(Stop(A, True), Stop(B, True), Stop(FACTORY, False)), load={0: 3, 1: 3})
"""Everybody in one coach by A and B."""


def test_a_good_plan_breaks_nothing_and_costs_what_it_drives(road: Problem) -> None:
    assert broken_rules(road, [GOOD]) == []
    assert num_people(road, [GOOD]) == 6
    assert cost_yuan(road, GOOD) == pytest.approx(3000 + 6 * 510)


def test_a_stop_has_a_price(road: Problem) -> None:
    priced = replace(road, limits=replace(road.limits, stop_cost_yuan=50.0))
    assert cost_yuan(priced, GOOD) == pytest.approx(cost_yuan(road, GOOD) + 50)


ALIGHTS_FIRST = (Stop(A, True), Stop(FACTORY, False), Stop(B, True), Stop(FACTORY, False))


@pytest.mark.parametrize(
    ("trips", "rule"),
    [
        ([replace(GOOD, stops=ALIGHTS_FIRST)], "pick-ups before drop-offs"),
        ([replace(GOOD, stops=(GOOD.stops[0], GOOD.stops[2]))], "everybody boards and alights"),
        ([replace(GOOD, stops=GOOD.stops[:2])], "everybody boards and alights"),
        ([replace(GOOD, day=1)], "window"),
        ([GOOD, replace(GOOD, load={1: 1})], "one journey a person"),
        ([GOOD, GOOD, GOOD], "fleet"),
        ([replace(GOOD, load={})], "load"),
        ([replace(GOOD, load={0: 40})], "load"),
    ],
)
def test_a_wrong_plan_is_refused(road: Problem, trips: list[Trip], rule: str) -> None:
    assert rule in broken_rules(road, trips)


def test_limits_of_stops_and_loops_hold(road: Problem) -> None:
    one_stop = replace(road, limits=replace(road.limits, max_pickups=1))
    short_loop = replace(road, limits=replace(road.limits, max_pickup_km=9.0))
    assert broken_rules(one_stop, [GOOD]) == ["stop limits"]
    assert broken_rules(short_loop, [GOOD]) == ["loop limits"]


def test_calls_in_a_row_are_one_stop_and_a_return_is_another() -> None:
    at_a, at_b = Stop(A, True), Stop(B, True)
    assert stops_of_visits([at_a, at_a, at_b, at_b, at_a]) == (at_a, at_b, at_a)
