"""Who waits is told how far the search is and how the plan stands; searches end within the time they are given."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.model.plan import PlanSoFar
from returnplan.planning import Effort, solve
from returnplan.planning.watching import Clock, Slot, time_slots
from tests.planning.problems import num_people, one_road, tiny, total_cost

EFFORT = Effort(base_work=30_000, work_per_group=0)


def test_the_last_word_is_the_cost_of_the_plan_and_a_bound_below_it() -> None:
    told: list[tuple[float, PlanSoFar]] = []
    four = one_road(4, vehicles=2)
    one_waits = replace(four, pools=replace(four.pools, min_load=np.array([3, 3])))
    for problem in (one_road(9, vehicles=3), one_waits, tiny(7, num_groups=40)):
        told.clear()
        drafts = solve(problem, EFFORT, progress=lambda share, standing: told.append((share, standing)))
        shares = [share for share, _ in told]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
        standing = told[-1][1]
        assert standing.people == num_people(problem, drafts)
        assert standing.cost_yuan == pytest.approx(total_cost(problem, drafts))
        assert 0 < standing.bound_yuan <= standing.cost_yuan


def test_no_bound_is_told_before_there_is_a_plan() -> None:
    bounds: list[float] = []
    solve(
        one_road(9, vehicles=3), EFFORT, progress=lambda share, standing: bounds.append(standing.bound_yuan)
    )
    assert bounds[0] == 0.0


def test_one_core_gives_each_search_time_by_its_work() -> None:
    assert time_slots([3, 1], 1, 0.0) == [Slot(0.0, 0.75), Slot(0.75, 1.0)]


def test_a_core_that_is_free_takes_the_next_search() -> None:
    assert time_slots([2, 1, 1], 2, 0.0) == [Slot(0.0, 1.0), Slot(0.0, 0.5), Slot(0.5, 1.0)]


def test_what_is_over_is_not_given_away_again() -> None:
    assert time_slots([1, 1], 1, 0.5) == [Slot(0.5, 0.75), Slot(0.75, 1.0)]


def test_searches_without_work_and_no_searches_have_slots_too() -> None:
    assert time_slots([0, 0], 2, 0.0) == [Slot(0.0, 1.0)] * 2
    assert time_slots([], 2, 0.0) == []


def test_a_slot_that_has_not_begun_is_all_time_ahead() -> None:
    clock = Clock(3_600.0, lambda: False)
    assert clock.share_of(Slot(0.5, 1.0)) == 0.0
    assert clock.share_of(Slot(0.0, 1.0)) == pytest.approx(clock.share(), abs=0.01)


@pytest.mark.parametrize("clock", [Clock(0, lambda: False), Clock(None, lambda: True)])
def test_whoever_has_no_time_or_asks_for_an_end_ends_all(clock: Clock) -> None:
    assert clock.share_of(Slot(0.9, 1.0)) == 1.0


def test_without_a_limit_time_stands_still() -> None:
    assert Clock(None, lambda: False).share_of(Slot(0.0, 0.5)) == 0.0
