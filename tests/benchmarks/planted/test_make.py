"""The planted plan is one, and no plan is cheaper."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.planted.make import SEAT_KM_YUAN, SEAT_YUAN, SEATS, Sizes, plant
from returnplan.planning import Effort, lower_bound_yuan, solve
from tests.planning.problems import broken_rules, num_people, total_cost

SMALL = Sizes(num_vehicles=6, num_towns=2, num_days=5)


@pytest.mark.parametrize("seed", range(5))
def test_everybody_pays_a_full_seat_from_town_to_factory(seed: int) -> None:
    problem, cost_yuan, drafts = plant(seed, SMALL)
    cells = problem.cells
    alone_km = problem.km[0][cells.pickup, cells.drop_place]
    seats = cells.num_seats * cells.num_groups
    assert (seats * (SEAT_YUAN + SEAT_KM_YUAN * alone_km)).sum() == pytest.approx(cost_yuan)
    assert problem.pools.fixed_yuan / SEATS == pytest.approx(SEAT_YUAN)
    assert not broken_rules(problem, drafts)
    assert total_cost(problem, drafts) == pytest.approx(cost_yuan)
    assert num_people(problem, drafts) == cells.num_persons @ cells.num_groups
    assert lower_bound_yuan(problem, cells.num_groups) == pytest.approx(cost_yuan, rel=1e-6)


def test_windows_of_one_day_give_the_planted_plan_back() -> None:
    """Whoever may travel on the planted day alone, from one stop, rides on the planted vehicles."""
    problem, cost_yuan, _ = plant(3, replace(SMALL, longest_window=1, stops_a_town=1, num_vehicles=3))
    drafts = solve(problem, Effort(base_work=2_000, work_per_group=0))
    assert not broken_rules(problem, drafts)
    assert num_people(problem, drafts) == problem.cells.num_persons @ problem.cells.num_groups
    assert total_cost(problem, drafts) >= cost_yuan - 1e-6
    assert total_cost(problem, drafts) == pytest.approx(cost_yuan)


def test_the_same_seed_plants_the_same() -> None:
    first, again = plant(7, SMALL), plant(7, SMALL)
    assert first.cost_yuan == again.cost_yuan
    assert np.array_equal(first.problem.cells.pickup, again.problem.cells.pickup)
    assert first.cost_yuan != plant(8, SMALL).cost_yuan
