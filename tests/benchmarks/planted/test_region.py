"""The region's files tell of a plan of full vehicles, and no plan is cheaper."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.planted.make import SEAT_KM_YUAN, SEAT_YUAN
from benchmarks.planted.region import Format, plant_region, write_region
from benchmarks.workbooks import read_problem
from returnplan.planning import Effort, lower_bound_yuan, solve
from returnplan.problem.model import Problem
from tests.planning.problems import broken_rules, num_people, total_cost

NUM_PEOPLE = 400


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
@pytest.mark.parametrize("by_township", [True, False])
def test_everybody_pays_a_full_seat_from_own_pick_up_to_own_drop_off(
    fmt: Format, by_township: bool, tmp_path: Path
) -> None:
    region = plant_region(NUM_PEOPLE)
    problem = _read(tmp_path, fmt, by_township=by_township)
    cells, pools = problem.cells, problem.pools
    own_km = problem.km[0][cells.pickup, cells.drop_place]
    seats = cells.num_seats * cells.num_groups
    assert seats.sum() == region.num_people
    assert (seats * (SEAT_YUAN + SEAT_KM_YUAN * own_km)).sum() == pytest.approx(region.cost_yuan)
    assert pools.fixed_yuan / pools.usable == pytest.approx(SEAT_YUAN)
    assert pools.per_km_yuan / pools.usable == pytest.approx(SEAT_KM_YUAN)
    assert lower_bound_yuan(problem, cells.num_groups) <= region.cost_yuan + 1e-6


def test_the_fleet_suffices_for_the_vehicles_drawn(tmp_path: Path) -> None:
    region = plant_region(NUM_PEOPLE)
    problem = _read(tmp_path, "csv", by_township=False)
    drafts = solve(problem, Effort(base_work=20_000, work_per_group=50))
    assert not broken_rules(problem, drafts)
    assert num_people(problem, drafts) == region.num_people
    assert region.cost_yuan - 1e-6 <= total_cost(problem, drafts) <= 1.05 * region.cost_yuan


def test_the_same_seed_plants_the_same() -> None:
    first, again, other = plant_region(NUM_PEOPLE), plant_region(NUM_PEOPLE), plant_region(NUM_PEOPLE, seed=7)
    assert first.cost_yuan == again.cost_yuan
    assert all(map(np.array_equal, first.vehicles, again.vehicles))
    assert first.cost_yuan != other.cost_yuan


def _read(folder: Path, fmt: Format, *, by_township: bool) -> Problem:
    write_region(plant_region(NUM_PEOPLE), folder, fmt, by_township=by_township)
    return read_problem(folder, "报名", "资料")
