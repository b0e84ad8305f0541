"""After a night a plan may change little to save much, and never much to save little."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Effort, solve_both_ways
from returnplan.planning.goals import num_moved
from returnplan.planning.replanning import is_dear, saving, succeeding
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem
from tests.planning.problems import broken_rules, num_people, one_road, total_cost
from tests.planning.test_repair import after

QUICK = Effort(base_work=3_000, work_per_group=0)
ON_DAY_0 = Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1), (1, 1)), previous=0)


def late_comers(move_yuan: float) -> Problem:
    """Return four people of one road: two were planned on day 0, two more can go on day 1 only."""
    problem = one_road(4, vehicles=2)
    earliest = np.array([0, 0, 1, 1])
    pools = replace(problem.pools, usable=np.array([4, 4]))
    cells = replace(problem.cells, earliest=earliest, latest=np.array([1, 1, 1, 1]))
    return after(replace(problem, pools=pools, cells=cells), [ON_DAY_0], move_yuan)


def days(drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    return [(draft.day, sum(num for _, num in draft.load)) for draft in drafts]


def test_people_move_where_that_saves_much() -> None:
    """All fit on one vehicle of day 1; to move two people costs less than a second vehicle."""
    problem = late_comers(move_yuan=30.0)
    drafts, left = solve_both_ways(problem, QUICK)
    assert broken_rules(problem, drafts) == []
    assert days(drafts) == [(1, 4)]
    assert left is None


def test_people_stay_where_moving_them_costs_more_and_it_is_said_what_a_plan_afresh_saves() -> None:
    problem = late_comers(move_yuan=5_000.0)
    drafts, left = solve_both_ways(problem, QUICK)
    assert days(drafts) == [(0, 2), (1, 2)]
    together = ON_DAY_0.on_day(1).carrying(((0, 1), (1, 1), (2, 1), (3, 1)))
    saved_yuan = total_cost(problem, drafts) - total_cost(problem, [together])
    assert left is not None
    assert left.num_moved == 2
    assert left.yuan == pytest.approx(saved_yuan)


def test_of_a_small_plan_it_is_said_also_where_the_last_one_was_dearer_still() -> None:
    problem = late_comers(move_yuan=5_000.0)
    problem = replace(problem, previous_head_yuan=10 * problem.previous_head_yuan)
    drafts, left = solve_both_ways(problem, QUICK)
    assert not is_dear(problem, np.arange(4), drafts)
    assert days(drafts) == [(0, 2), (1, 2)]
    assert left is not None
    assert left.num_moved == 2


def test_no_plan_afresh_is_looked_for_where_nothing_has_changed() -> None:
    problem = one_road(2, vehicles=2)
    known = after(problem, [ON_DAY_0], 30.0)
    everybody = np.arange(2)
    assert not is_dear(known, everybody, [ON_DAY_0])
    apart = [ON_DAY_0.carrying(((0, 1),)), ON_DAY_0.on_day(1).carrying(((1, 1),))]
    assert is_dear(known, everybody, apart)


def test_batches_of_a_plan_afresh_take_the_places_of_those_whose_riders_they_carry() -> None:
    problem = after(one_road(4, vehicles=2), [ON_DAY_0, ON_DAY_0.carrying(((2, 1), (3, 1)))], 30.0)
    afresh = [
        replace(ON_DAY_0.carrying(((0, 1), (2, 1), (3, 1))), previous=-1),
        replace(ON_DAY_0.on_day(1).carrying(((1, 1),)), previous=-1),
    ]
    named = succeeding(problem, afresh)
    assert [draft.previous for draft in named] == [1, -1]
    assert [num_moved(problem, draft) for draft in named] == [1, 1]


def test_a_plan_for_fewer_people_saves_nothing() -> None:
    problem = late_comers(30.0)
    both = [[ON_DAY_0, replace(ON_DAY_0.on_day(1).carrying(((2, 1), (3, 1))), previous=-1)]]
    assert num_people(problem, both[0]) == 4
    assert saving(problem, both, [[ON_DAY_0]]) is None
    assert saving(problem, both, both) is None
