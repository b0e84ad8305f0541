"""A dive keeps to seats, days and people, and finds what a search alone is stuck before."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Effort, lower_bound_yuan, solve
from returnplan.planning.diving import MOST_BATCHES, dive
from returnplan.planning.tables import Load
from returnplan.problem.model import Problem
from tests.planning.problems import num_people, one_road, planned_groups, tiny, total_cost
from tests.sweeps import cases

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

NUM_CASES = cases(60, of=200)


def loads_of(problem: Problem) -> list[Load]:
    return dive(problem, np.arange(len(problem.cells)), lambda share: True)


def thin_demand(seed: int, *, num_people: int = 300, num_stops: int = 8, num_days: int = 12) -> Problem:
    """Single people of several stops, two of them a batch, with windows of two to five days."""
    random = np.random.default_rng(seed)
    problem = one_road(num_people, vehicles=9)
    spots = np.concatenate([random.uniform(0, 40, (num_stops, 2)), [[400.0, 0.0]]])
    earliest = random.integers(0, num_days - 4, num_people)
    cells = replace(
        problem.cells, pickup=random.integers(0, num_stops, num_people), earliest=earliest,
        latest=earliest + random.integers(1, 5, num_people), late_days=np.zeros((num_people, num_days)),
        drop_place=np.full(num_people, num_stops),
    )  # fmt: skip
    pools = replace(
        problem.pools, usable=np.array([20, 30]), fixed_yuan=np.array([1_500.0, 2_000.0]),
        available=np.full((2, num_days), 9),
    )  # fmt: skip
    limits = replace(problem.limits, max_pickups=2, max_pickup_km=999.0)
    km = np.linalg.norm(spots[:, None] - spots, axis=-1)[None]
    return replace(
        problem,
        cells=cells,
        pools=pools,
        limits=limits,
        km=km,
        network_of_day=np.zeros(num_days, dtype=np.int64),
    )


def test_a_load_has_a_day_a_vehicle_and_people_who_ride_once() -> None:
    for problem in (tiny(seed, num_groups=8) for seed in range(NUM_CASES)):
        cells, left = problem.cells, problem.cells.num_groups.copy()
        for load in loads_of(problem):
            riding = list(load)
            assert cells.earliest[riding].max() <= cells.latest[riding].min()
            seats = sum(num * cells.num_seats[cell] for cell, num in load.items())
            assert 0 < seats <= problem.pools.usable.max()
            assert len(set(cells.city_group[riding])) == 1
            left[riding] -= list(load.values())
        assert (left >= 0).all()


def test_no_more_loads_than_vehicles() -> None:
    problem = one_road(30, vehicles=1)
    assert [sum(load.values()) for load in loads_of(problem)] == [3]


def test_nobody_is_late_who_need_not_be() -> None:
    problem = one_road(3, vehicles=1)
    late_days = np.zeros((3, 3))
    late_days[:, 1:] = [1.0, 2.0]
    pools = replace(problem.pools, available=np.array([[0, 9, 9], [0, 0, 0]]))
    late = replace(problem, cells=replace(problem.cells, late_days=late_days), pools=pools)
    assert loads_of(late) == []


def test_where_people_are_alike_a_batch_is_run_many_times() -> None:
    problem = one_road(1, vehicles=400)
    problem = replace(problem, cells=replace(problem.cells, num_groups=np.array([150])))
    asked: list[float] = []
    loads = dive(problem, np.array([0]), lambda share: asked.append(share) or True)  # type: ignore[func-returns-value]
    assert sum(sum(load.values()) for load in loads) == 150
    assert len(asked) < 50
    assert asked == sorted(asked)


def test_where_people_are_too_many_there_is_no_dive() -> None:
    problem = one_road(1, vehicles=400)
    problem = replace(problem, cells=replace(problem.cells, num_groups=np.array([3 * MOST_BATCHES + 1])))
    assert loads_of(problem) == []


def test_a_dive_cut_off_says_nothing() -> None:
    problem = one_road(30, vehicles=9)
    assert loads_of(problem)
    for last in (0.0, 0.2, 0.5):
        assert dive(problem, np.arange(30), last.__ge__) == []


def test_thin_demand_is_planned_near_the_bound() -> None:
    """Filled by deadlines and annealed as long, the plans are 11 % above it."""
    cost_yuan, bound_yuan = 0.0, 0.0
    for problem in map(thin_demand, range(8)):
        drafts = solve(problem, Effort(base_work=20_000, work_per_group=0))
        assert num_people(problem, drafts) == len(problem.cells)
        cost_yuan += total_cost(problem, drafts)
        bound_yuan += lower_bound_yuan(problem, planned_groups(problem, drafts))
    print(f"{cost_yuan / bound_yuan - 1:.2%} above the bound")
    assert cost_yuan < 1.08 * bound_yuan
