"""Seats that are left go to those who wait at the stops of a batch, never against a rule."""

from dataclasses import replace

import numpy as np

from returnplan.planning import Effort, solve
from returnplan.planning.finish.budget import with_seats_taken, within_budget
from returnplan.problem.draft import Draft
from returnplan.problem.model import UNLIMITED, Caps
from tests.planning.problems import broken_rules, num_people, one_road, tiny
from tests.sweeps import cases

NUM_CASES = cases(60, of=300)
QUICK = Effort(base_work=2_000, work_per_group=50)


def on_the_road(day: int, *riders: int) -> Draft:
    return Draft.direct(day, 0, (0,), (3,), tuple((rider, 1) for rider in riders))


def test_whom_the_budget_calls_off_gets_a_seat_that_is_left() -> None:
    """A coach on each of two days, money for the first; one rider of the second could leave on the first, too."""
    problem = one_road(3, vehicles=2)
    cells = replace(problem.cells, latest=np.array([0, 2, 2]), earliest=np.array([0, 0, 1]))
    cells = replace(cells, weight=np.array([64.0, 1.0, 1.0]))
    poor = replace(problem, cells=cells, limits=replace(problem.limits, budget_yuan=1_900.0))
    plan = within_budget(poor, [on_the_road(0, 0), on_the_road(1, 1, 2)])
    assert plan == (on_the_road(0, 0, 1),)


def test_a_day_cap_is_kept() -> None:
    problem = one_road(3, vehicles=1)
    caps = Caps(np.full((1, 3), 2), np.full((1, 4), UNLIMITED), np.zeros(3, dtype=np.int64))
    (fuller,) = with_seats_taken(replace(problem, caps=caps), [on_the_road(0, 2)])
    assert fuller == on_the_road(0, 0, 2)


def test_higher_classes_come_first() -> None:
    problem = one_road(4, vehicles=1)
    problem = replace(problem, cells=replace(problem.cells, weight=np.array([1.0, 64.0, 2.0, 2.0])))
    assert with_seats_taken(problem, [on_the_road(0, 2, 3)]) == (on_the_road(0, 1, 2, 3),)


def test_who_is_put_off_a_plan_finds_no_seat_against_a_rule() -> None:
    num_taken = 0
    for seed in range(NUM_CASES):
        problem = tiny(seed, num_groups=8)
        drafts = solve(problem, QUICK)
        thinned = [draft.carrying(draft.load[:1]) for draft in drafts]
        taken = with_seats_taken(problem, thinned)
        assert broken_rules(problem, taken) == []
        assert sum(draft.cost_yuan(problem) for draft in taken) <= sum(
            draft.cost_yuan(problem) for draft in drafts
        )
        num_taken += num_people(problem, taken) - num_people(problem, thinned)
    assert num_taken > 0
