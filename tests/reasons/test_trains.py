"""Whose county has no seat left on a train is told so, with the train and the figures; who rides does not wait."""

from dataclasses import replace
from typing import Any

import pytest

from returnplan.edits import taken_off
from returnplan.model.law import Law
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.problem import build_problem
from returnplan.reasons.explain import explain
from returnplan.reasons.trains import MissedTrain
from tests.planning.rail.campaigns import COACH, RULES, SHORT, campaign, planned, train

NO_COACH = (replace(COACH, per_day=0), SHORT)


def told(roster: Roster) -> dict[str, list[str]]:
    """Plan, and return what each person without a train is told of quotas, by sign-up."""
    plan = planned(roster)
    problem, travellers = build_problem(roster, RULES, Law())
    aboard = set(plan.riders.loc[plan.riders["leg"] > 1, "signup"])
    lines = {
        signup: [line.en for line in explain(signup, plan, roster, problem, travellers).lines]
        for signup in roster.people["signup"]
        if signup not in aboard
    }
    return {signup: [line for line in own if "seats for people of" in line] for signup, own in lines.items()}


@pytest.mark.parametrize("pools", [NO_COACH, (COACH, SHORT)])
def test_who_finds_no_seat_of_the_county_is_told_the_train_and_its_figures(pools: Any) -> None:
    found = told(campaign([{}] * 14, train(county_quotas=(("融安县", 4),)), pools=pools))
    said = "D1 (02-18) has 4 seats for people of 融安县: 4 are taken, and 1 more would be needed"
    assert list(found.values()) == [[said]] * 10


def test_a_party_is_told_the_seats_that_it_needs_together() -> None:
    party: list[dict[str, Any]] = [{"party": 1, "num_children": 1}, {"party": 1}]
    found = told(campaign([*party, {}, {}], train(county_quotas=(("融安县", 2),)), pools=NO_COACH))
    assert [lines[0].split(": ")[1] for lines in found.values()] == [
        "2 are taken, and 3 more would be needed"
    ] * 2


def test_a_train_that_does_not_run_or_has_seats_left_is_not_named() -> None:
    few = train(county_quotas=(("融安县", 4),), min_load=5)
    assert set(map(tuple, told(campaign([{}] * 6, few, pools=NO_COACH)).values())) == {()}
    dear = train(county_quotas=(("融安县", 4),), seat_yuan=360.0)
    assert set(map(tuple, told(campaign([{}] * 6, dear)).values())) == {()}


def test_a_train_without_shuttles_names_both_columns_that_one_of_the_other_end_needs() -> None:
    said = MissedTrain(train(min_load=5), frozenset(), None).say()
    assert "所在端写“目的地”，所在市写那里的地级市" in said.zh
    assert "目的地 as its side and its prefecture as its base" in said.en


def test_who_rides_on_a_train_does_not_wait_with_those_who_are_left() -> None:
    roster, rules = campaign([{}] * 13, train(capacity=10), pools=NO_COACH), Rules(min_load=4, stop_cost=0.0)
    plan = planned(roster, rules)
    problem, travellers = build_problem(roster, rules, Law())
    (left, *_) = plan.unplanned["signup"]
    found = explain(left, plan, roster, problem, travellers)
    assert (found.num_waiting, len(plan.unplanned)) == (3, 3)


def test_whose_train_has_a_closed_list_is_told_so() -> None:
    roster = campaign([{}] * 12, train(), pools=NO_COACH)
    plan = planned(roster)
    off = taken_off(plan, [1], "seat_lost", Text("取消", "called off"), Text("另排", "plan again"))
    problem, travellers = build_problem(roster, RULES, Law())

    def told_first(carriage: str) -> list[str]:
        issued = replace(off, riders=off.riders.assign(carriage=carriage))
        lines = explain(off.unplanned["signup"].iloc[0], issued, roster, problem, travellers).lines
        return [line.en for line in lines if "its list is closed" in line.en]

    assert told_first("") == []
    assert told_first("5") == ["the railway has given the seats of D1 (02-18): its list is closed"]
