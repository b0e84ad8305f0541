"""No part of a vehicle calls anywhere: all calls that stops need are shared by vehicles that call at few of them."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import lower_bound_yuan
from returnplan.planning.bounding.calls import calls_needed
from returnplan.planning.bounding.market import Market, build_market
from returnplan.planning.bounding.seats import shortest_km
from returnplan.problem.model import Ints, Problem
from tests.planning.problems import one_road

NUM_STOPS, LINK_KM = 5, 400.0


def grid(people: Ints, *, max_pickups: int = 2, max_dropoffs: int = 2, seats: int = 30) -> Problem:
    """So many people (pick-up, drop-off) from each of five stops to each of five others, all on one day."""
    pickup, dropoff = np.nonzero(people)
    base = one_road(len(pickup), vehicles=30)
    zeros = np.zeros_like(pickup)
    cells = replace(
        base.cells, pickup=pickup, drop_place=NUM_STOPS + dropoff, earliest=zeros, latest=zeros,
        num_groups=people[pickup, dropoff],
    )  # fmt: skip
    side = np.arange(2 * NUM_STOPS) >= NUM_STOPS
    km = np.where(side[:, None] == side, 1.0, LINK_KM) * (1 - np.eye(2 * NUM_STOPS))
    limits = replace(
        base.limits, max_pickups=max_pickups, max_dropoffs=max_dropoffs, max_pickup_km=99.0,
        max_dropoff_km=99.0, stop_cost_yuan=0.0,
    )  # fmt: skip
    pools = replace(
        base.pools, usable=np.full(len(base.pools), seats), fixed_yuan=np.full(len(base.pools), 900.0)
    )
    return replace(base, cells=cells, km=km[None], limits=limits, pools=pools)


def market(problem: Problem) -> Market:
    planned = problem.cells.num_groups
    return build_market(problem, planned, np.arange(len(planned)), shortest_km(problem))


def vehicles_needed(problem: Problem) -> float:
    its = market(problem)
    return float(calls_needed(its) @ its.num_groups)


def test_a_stop_is_called_at_as_often_as_its_drop_offs_and_its_seats_need() -> None:
    everywhere = np.ones((NUM_STOPS, NUM_STOPS), dtype=np.int64)
    assert vehicles_needed(grid(everywhere)) == pytest.approx(5 * 3 / 2)
    assert vehicles_needed(grid(everywhere, max_dropoffs=3)) == pytest.approx(5 * 3 / 3)
    assert vehicles_needed(grid(20 * everywhere)) == pytest.approx(5 * 4 / 2)


def test_the_side_where_calls_need_more_vehicles_counts() -> None:
    """From three stops to one, where a vehicle boards at one: the pick-ups take three, the drop-off not more."""
    people = np.zeros((NUM_STOPS, NUM_STOPS), dtype=np.int64)
    people[:3, 0] = 1
    people[0, 1] = 1
    assert vehicles_needed(grid(people, max_pickups=1)) == pytest.approx(3.0)
    assert vehicles_needed(grid(people.T.copy(), max_dropoffs=1)) == pytest.approx(3.0)


def test_everywhere_to_everywhere_takes_eight_vehicles_of_two_stops() -> None:
    """By pairs of stops 25 / 4 and so seven would do; each of five pick-ups needs three of two calls."""
    problem = grid(np.ones((NUM_STOPS, NUM_STOPS), dtype=np.int64))
    a_vehicle = float(900.0 + (problem.pools.per_km_yuan * LINK_KM).min())
    assert lower_bound_yuan(problem, problem.cells.num_groups) > 7.9 * a_vehicle
