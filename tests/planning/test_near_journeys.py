"""Where full vehicles between neighbourhoods carry nearly all people, a search starts from them."""

from dataclasses import replace

import numpy as np

from benchmarks.planted.make import Sizes, plant
from returnplan.planning import _core, solve
from returnplan.planning.near_journeys import Plan, from_near_to_near
from returnplan.problem.draft import Draft
from returnplan.problem.model import Ints, Problem
from tests.planning.problems import one_road, total_cost


def to_two_factories(num_people: int, *, km_between: float) -> Problem:
    """Every other person goes to another factory, which lies some km from the first."""
    problem = one_road(num_people, vehicles=9)
    km = problem.km.copy()
    km[:, 3, 4] = km[:, 4, 3] = km_between
    drop_place = 3 + np.arange(num_people) % 2
    limits = replace(problem.limits, stop_cost_yuan=0.0)
    cells = replace(problem.cells, drop_place=drop_place, goal=np.zeros_like(drop_place))
    return replace(problem, km=km, limits=limits, cells=cells)


def in_order(problem: Problem, journey: Ints) -> list[Draft]:
    """Plan vehicles of three seats, cell by cell."""
    return [full(problem, journey[first : first + 3]) for first in range(0, len(journey), 3)]


def full(problem: Problem, riders: Ints) -> Draft:
    pickups, dropoffs = (
        tuple(np.unique(place[riders]).tolist()) for place in (problem.cells.pickup, problem.cells.drop_place)
    )
    return Draft.direct(0, 0, pickups, dropoffs, tuple((cell, 1) for cell in riders.tolist()))


def loads(problem: Problem) -> list[list[int]]:
    cells = np.arange(len(problem.cells))
    drafts = from_near_to_near(problem, cells, in_order, _core.Watch())
    return sorted(sorted(cell for cell, _ in draft.load) for draft in drafts)


def journeys_planned(problem: Problem, plan: Plan) -> int:
    asked: list[Ints] = []

    def counted(left: Problem, journey: Ints) -> list[Draft]:
        asked.append(journey)
        return plan(left, journey)

    assert from_near_to_near(problem, np.arange(len(problem.cells)), counted, _core.Watch()) == []
    return len(asked)


def test_each_journey_is_planned_alone() -> None:
    assert loads(to_two_factories(6, km_between=50.0)) == [[0, 2, 4], [1, 3, 5]]


def test_vehicles_that_are_not_full_are_left_to_the_search() -> None:
    assert loads(to_two_factories(13, km_between=50.0)) == [[0, 2, 4], [1, 3, 5], [6, 8, 10], [7, 9, 11]]


def test_where_too_many_would_stay_there_are_none() -> None:
    assert loads(to_two_factories(8, km_between=50.0)) == []


def test_no_journey_is_planned_where_full_vehicles_cannot_carry_enough() -> None:
    assert journeys_planned(to_two_factories(8, km_between=50.0), in_order) == 0


def test_once_too_many_stay_no_other_journey_is_planned() -> None:
    def nobody(problem: Problem, journey: Ints) -> list[Draft]:
        return []

    assert journeys_planned(to_two_factories(12, km_between=50.0), nobody) == 1


def test_places_next_to_each_other_are_one_neighbourhood() -> None:
    """Two townships with two factories each would be four journeys of one and a half vehicles."""
    problem = to_two_factories(12, km_between=1.0)
    pickup = np.arange(12) // 6
    km = problem.km.copy()
    km[:, 0, 1] = km[:, 1, 0] = 100.0
    problem = replace(problem, km=km, cells=replace(problem.cells, pickup=pickup))
    assert loads(problem) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]


def test_parties_for_several_factories_need_no_start() -> None:
    problem = to_two_factories(6, km_between=50.0)
    cells = replace(
        problem.cells,
        drop_start=2 * np.arange(7),
        drop_place=np.tile([3, 4], 6),
        drop_persons=np.ones(12, dtype=np.int64),
    )
    assert loads(replace(problem, cells=cells)) == []


def test_one_journey_alone_needs_no_start() -> None:
    assert loads(to_two_factories(9, km_between=1.0)) == []


def test_a_planted_plan_is_found() -> None:
    problem, planted_yuan, _ = plant(7, Sizes(num_vehicles=16, num_towns=4, num_factories=2))
    assert total_cost(problem, solve(problem)) < 1.005 * planted_yuan
