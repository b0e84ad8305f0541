"""The clerk's rule keeps the hard rules and does what a clerk would."""

from datetime import date

import numpy as np
import pytest

from benchmarks.clerk import plan_like_a_clerk
from returnplan.problem.model import Cells, Limits, Pools, Problem


def one_road(
    groups: list[tuple[int, int, int, int]], *, seats: int = 40, vehicles: int = 9, min_load: int = 10
) -> Problem:
    """Two pick-ups 10 km apart and a city 500 km away; groups are (pick-up, earliest, latest, people)."""
    num_cells = len(groups)
    pickup, earliest, latest, people = np.array(groups, dtype=np.int64).T
    zeros, ones = np.zeros(num_cells, dtype=np.int64), np.ones(num_cells, dtype=np.int64)
    num_days = int(latest.max()) + 1
    cells = Cells(
        pickup=pickup,
        prefecture=zeros,
        goal=zeros,
        county=pickup,
        city_group=zeros,
        earliest=earliest,
        latest=latest,
        late_days=np.full((num_cells, num_days), 0.0),
        weight=ones.astype(float),
        num_persons=ones,
        num_seats=ones,
        num_groups=people,
        own_transfer=zeros,
        previous=np.full(num_cells, -1),
        drop_start=np.arange(num_cells + 1),
        drop_place=2 * ones,
        drop_persons=ones,
    )
    pools = Pools(
        usable=np.array([seats]),
        min_load=np.array([min_load]),
        fixed_yuan=np.array([1000.0]),
        per_km_yuan=np.array([2.0]),
        base=np.array([0]),
        goal=np.array([-1]),
        available=np.full((1, num_days), vehicles),
        turnaround_days=np.array([1]),
    )
    km = np.array([[[0.0, 10.0, 500.0], [10.0, 0.0, 490.0], [500.0, 490.0, 0.0]]])
    limits = Limits(4, 4, 150.0, 80.0, 50.0, mix_counties=True)
    return Problem(date(2021, 2, 18), cells, pools, limits, km, np.zeros(num_days, dtype=np.int64))


def test_fills_up_with_those_who_may_go_that_day() -> None:
    """30 must leave on day 0, 30 may wait a day: 40 go at once, by both pick-ups, and 20 on day 1."""
    outcome = plan_like_a_clerk(one_road([(0, 0, 0, 30), (1, 0, 1, 30)]))
    assert (outcome.num_vehicles, outcome.num_riders) == (2, 60)
    assert outcome.cost_yuan == pytest.approx((1000 + 2 * 500 + 50) + (1000 + 2 * 490))


def test_takes_nobody_outside_the_window() -> None:
    outcome = plan_like_a_clerk(one_road([(0, 0, 0, 30), (1, 1, 1, 30)]))
    assert (outcome.num_vehicles, outcome.num_riders) == (2, 60)


def test_leaves_behind_whom_no_vehicle_takes() -> None:
    assert plan_like_a_clerk(one_road([(0, 0, 0, 70)], vehicles=1)).num_riders == 40
    assert plan_like_a_clerk(one_road([(0, 0, 0, 9)])).num_riders == 0
