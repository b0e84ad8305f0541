"""A market has numbers of its own: what its places and people are called changes nothing."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.peers.corridors import Kind, invent_corridor
from returnplan.planning import Effort
from returnplan.planning.apart import MarketJob
from returnplan.planning.markets import split_markets
from returnplan.planning.numbering import numbering
from returnplan.planning.search import Watch, Work
from returnplan.planning.solve import solve
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem
from returnplan.problem.parts import at_places, part_of

SMALL = Kind("small", num_people=80, max_pickups=4, max_dropoffs=4, stop_cost_yuan=50.0)
LITTLE_WORK = Effort(base_work=20_000, work_per_group=0)


def renamed(problem: Problem, seed: int) -> Problem:
    """Give other numbers to the places, as other names do, and sort the cells by them."""
    old = np.random.default_rng(seed).permutation(problem.km.shape[1])
    new = np.argsort(old)
    cells = replace(problem.cells, pickup=new[problem.cells.pickup], drop_place=new[problem.cells.drop_place])
    km = np.ascontiguousarray(problem.km[:, old][:, :, old])
    order = np.lexsort((cells.latest, cells.earliest, cells.drop_place[cells.drop_start[:-1]], cells.pickup))
    return part_of(replace(problem, cells=cells, km=km), order, cells.num_groups[order])


def yuan(problem: Problem, plan: tuple[Draft, ...]) -> list[float]:
    return sorted(round(draft.cost_yuan(problem), 6) for draft in plan)


@pytest.mark.parametrize("kind", [SMALL, replace(SMALL, num_people=150, num_days=3, longest_window=2)])
def test_renamed_stops_get_the_same_batches(kind: Kind) -> None:
    problem = invent_corridor(kind, seed=3)
    batches = yuan(problem, solve(problem, LITTLE_WORK))
    for seed in range(3):
        other = renamed(problem, seed)
        assert yuan(other, solve(other, LITTLE_WORK)) == batches


def test_the_numbers_follow_the_places_wherever_they_stand_in_a_list() -> None:
    problem = invent_corridor(SMALL, seed=3)
    own = numbering(problem, split_markets(problem)[0])
    other = renamed(problem, 1)
    again = numbering(other, split_markets(other)[0])
    ways, ways_again = (
        km[0][np.ix_(at, at)] for km, at in ((problem.km, own.places), (other.km, again.places))
    )
    assert (ways == ways_again).all()
    for name in ("earliest", "latest", "num_groups", "num_seats"):
        assert (getattr(problem.cells, name)[own.cells] == getattr(other.cells, name)[again.cells]).all()


def test_a_market_cut_out_is_planned_in_the_numbers_of_the_whole() -> None:
    problem = invent_corridor(SMALL, seed=3)
    markets = split_markets(problem)[:1]
    job = MarketJob.of(problem, markets, Effort(), Work(2_000, 0), seed=0)
    assert job.problem.km.shape[1] == len(job.places) <= problem.km.shape[1]
    plan = job.plan(Watch()).best
    assert sum(draft.num_persons(problem) for draft in plan) > 0
    for draft in plan:
        assert {int(problem.cells.pickup[cell]) for cell, _ in draft.load} == set(draft.leg.pickups)
        assert draft.load == tuple(sorted(draft.load))


def test_a_place_keeps_its_roads_and_its_hours() -> None:
    problem = invent_corridor(SMALL, seed=3)
    hours = np.arange(problem.km.shape[1])
    problem = replace(problem, reception=hours, drive_minutes=2 * problem.km)
    places = hours[::-1][:5]
    part = at_places(part_of(problem, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)), places)
    assert part.drive_minutes is not None
    assert (part.drive_minutes == 2 * part.km).all()
    assert part.km[0, 1, 3] == problem.km[0, places[1], places[3]]
    assert [part.reception_at(place) for place in range(5)] == places.tolist()
