"""What stays of the last plan, and what it takes from the new one."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from returnplan.carryover import KEPT, joined, kept_part, less_kept, masked, unmasked
from returnplan.edits.room import heads_of
from returnplan.problem import build_problem
from tests.specimens.two_batches import DONGGUAN, FOSHAN, LIUZHOU, MONDAY, TUESDAY, Case, signup, two_batches


@pytest.fixture
def told() -> Case:
    """Return the plan whose coach to Dongguan is published."""
    return two_batches().with_batch(0, state="published")


def test_a_draft_is_not_kept_unless_somebody_was_seated_there_by_hand(told: Case) -> None:
    assert [batch.id for batch in kept_part(told.plan, pinned={}, gone=set()).batches] == ["0222-1"]
    by_hand = kept_part(told.plan, pinned={7: "0223-1"}, gone=set())
    assert [batch.id for batch in by_hand.batches] == ["0222-1", "0223-1"]


def test_a_seat_by_hand_on_a_day_that_is_over_holds_nothing(told: Case) -> None:
    late = kept_part(told.plan, pinned={7: "0223-1"}, gone=set(), first_day=date(2021, 2, 24))
    assert [batch.id for batch in late.batches] == ["0222-1"]


def test_who_gave_up_the_seat_is_off_and_the_batch_is_counted_again(told: Case) -> None:
    kept = kept_part(told.plan, pinned={}, gone={1})
    assert 1 not in set(kept.riders["person"])
    assert kept.batches[0].load == told.plan.batches[0].load - 1


def test_a_batch_that_all_have_left_is_gone(told: Case) -> None:
    assert kept_part(told.plan, pinned={}, gone=set(range(1, 7))).batches == ()


def test_kept_people_are_hidden_with_their_vacancies_and_come_back(told: Case) -> None:
    is_kept = told.roster.people["signup"] == signup(5)
    hidden = masked(told.roster, is_kept)
    assert hidden.people["code"].tolist().count(KEPT) == 1
    assert [line.headcount for line in hidden.vacancies] == [20, 0]
    shown = unmasked(hidden, told.roster)
    pd.testing.assert_frame_equal(shown.people, told.roster.people, check_dtype=False)
    assert shown.vacancies == told.roster.vacancies


def test_kept_riders_count_where_they_leave_and_where_they_arrive(told: Case) -> None:
    kept = kept_part(told.plan, pinned={7: "0223-1"}, gone=set())
    heads = heads_of(kept.batches, kept.riders, told.roster)
    assert heads["max_departures", LIUZHOU, MONDAY] == 6
    assert heads["max_departures", LIUZHOU, TUESDAY] == 2
    assert {name for rule, name, _ in heads if rule == "max_arrivals"} == {DONGGUAN, FOSHAN}


def test_a_kept_coach_is_away_and_its_money_is_spent(told: Case) -> None:
    rules = told.rules.model_copy(update={"budget": 10_000.0})
    problem, _ = build_problem(told.roster, rules)
    (batch,) = kept_part(told.plan, pinned={}, gone=set()).batches
    less = less_kept(problem, [batch], told.roster.pools)
    line = [pool.vehicle for pool in told.roster.pools].index(batch.vehicle)
    assert less.limits.budget_yuan == pytest.approx(10_000.0 - batch.cost_yuan)
    others = [at for at in range(len(told.roster.pools)) if at != line]
    assert np.array_equal(less.pools.available[others], problem.pools.available[others])
    monday = (MONDAY - problem.first_day).days
    if told.roster.pools[line].per_day is not None:
        assert less.pools.available[line, monday] == problem.pools.available[line, monday] - 1


def test_the_new_plan_and_the_kept_part_are_one_plan(told: Case) -> None:
    kept = kept_part(told.plan, pinned={}, gone=set())
    rest = replace(
        told.plan,
        batches=told.plan.batches[1:],
        riders=told.plan.riders[told.plan.riders["batch"] == "0223-1"],
        matches=told.plan.matches.iloc[:0],
    )
    both = joined(rest, kept, told.roster)
    assert [batch.id for batch in both.batches] == ["0222-1", "new 0223-1"]
    assert len(both.riders) == len(told.plan.riders)
    assert both.matches.to_dict("records") == told.plan.matches.to_dict("records")
