"""A published train in the next plan: newcomers take its free seats with new feeders, and it stays one batch."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from returnplan.audit import audit
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.roster import RailService, Roster
from returnplan.model.rules import Rules
from returnplan.usecases.plan.guard import StoreState
from returnplan.usecases.plan.keep import keep_promises
from tests.planning.rail.campaigns import (
    COACH,
    RULES,
    SHORT,
    STATION,
    campaign,
    kinds,
    on_trains,
    planned,
    train,
)


def the_next_night(
    first: Plan, before: Roster, roster: Roster, rules: Rules = RULES, carriage: str = ""
) -> Plan:
    """Return the plan of a roster after all batches of a plan for the people ``before`` were published.

    Parameters
    ----------
    carriage : that the railway has given to the riders of the train, if it has
    """
    told = replace(
        first,
        batches=tuple(replace(batch, state="published") for batch in first.batches),
        riders=first.riders.assign(carriage=carriage),
    )
    standing = StoreState(plan=told, roster=before)
    numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
    return planned(roster, rules, prepared=keep_promises(roster, rules, Law(), standing, numbers))


def after_ten(newcomers: list[dict[str, Any]], *trains: RailService, carriage: str = "") -> Plan:
    """Return the plan of ten people who were told of the train, and of newcomers; it breaks no rule."""
    before = campaign([{}] * 10, *trains)
    roster = campaign([{}] * 10 + newcomers, *trains)
    first = planned(before)
    plan = the_next_night(first, before, roster, carriage=carriage)
    assert audit(plan, roster, RULES, Law()) == ()
    kept, seats = (one.riders[one.riders["person"] <= 10] for one in (first, plan))
    columns = ["batch", "person", "seat", "pickup", "dropoff", "journey", "leg"]
    assert seats[columns].to_numpy().tolist() == kept[columns].to_numpy().tolist()
    return plan


def test_newcomers_take_the_train_that_others_were_told_of_with_new_feeders() -> None:
    """A coach for ten costs 4,000 yuan, their seats, feeder and shuttle 1,420."""
    plan = after_ten([{}] * 10, train())
    assert kinds(plan) == ["feeder", "feeder", "shuttle", "shuttle", "train"]
    assert plan.summary["cost"] == 2 * 1420.0
    assert on_trains(plan) == 20
    assert {batch.kind: batch.state for batch in plan.batches}["train"] == "published"
    assert plan.summary["trains_not_run"] == []


def test_newcomers_need_no_least_load_and_pay_the_train_no_second_time() -> None:
    plan = after_ten([{}] * 4, train(min_load=10, fixed_yuan=1500.0, seat_yuan=0.0))
    assert on_trains(plan) == 14


@pytest.mark.parametrize(
    "more",
    [
        {"capacity": 10},
        {"quotas": (10, 0)},
        {"county_quotas": (("融安县", 10),)},
        {"seat_yuan": 0.0, "carriage_yuan": 500.0, "carriage_seats": 10},
    ],
    ids=["full", "no quota", "no seat for the county", "no carriage more"],
)
def test_where_no_seat_is_left_newcomers_go_by_coach(more: dict[str, Any]) -> None:
    plan = after_ten([{}] * 10, train(**more))
    assert (on_trains(plan), plan.summary["planned"]) == (10, 20)
    assert kinds(plan).count("direct") == 1
    assert plan.summary["trains_not_run"] == []


def test_a_list_that_has_come_back_from_the_railway_is_closed() -> None:
    assert on_trains(after_ten([{}] * 10, train(), carriage="3")) == 10


def test_newcomers_board_at_a_station_at_which_nobody_boarded_before() -> None:
    """The first station has ten seats, all of which are taken; at the second nobody boards yet."""
    plan = after_ten([{}] * 10, train(quotas=(10, 10)))
    (its,) = (batch for batch in plan.batches if batch.kind == "train")
    assert [(stop.seq, stop.place, stop.num_on) for stop in its.stops] == [
        (1, "柳州站", 10), (2, "来宾北站", 10), (3, "广州南站", 0),
    ]  # fmt: skip


def test_a_child_along_has_the_seats_after_those_on_board() -> None:
    plan = after_ten([{"num_children": 1}] * 5, train())
    (its,) = (batch.id for batch in plan.batches if batch.kind == "train")
    own = plan.riders[(plan.riders["batch"] == its) & (plan.riders["person"] > 10)]
    assert sorted((seat, *children) for seat, children in zip(own["seat"], own["child_seats"], strict=True)) == [
        (11, 12), (13, 14), (15, 16), (17, 18), (19, 20),
    ]  # fmt: skip


def test_a_train_at_other_hours_than_people_were_told_of_takes_nobody_more() -> None:
    before = campaign([{}] * 10, train())
    later = replace(
        train(),
        calls=tuple(
            replace(call, departs=call.departs and call.departs + timedelta(minutes=5))
            for call in train().calls
        ),
    )
    assert on_trains(the_next_night(planned(before), before, campaign([{}] * 20, later))) == 10


def test_a_third_night_finds_them_all_on_board() -> None:
    before, roster = campaign([{}] * 10, train()), campaign([{}] * 20, train())
    second = the_next_night(planned(before), before, roster)
    third = the_next_night(second, roster, campaign([{}] * 30, train()))
    assert (on_trains(third), third.summary["planned"], kinds(third).count("train")) == (30, 30, 1)


def test_who_walks_to_the_station_takes_no_feeder() -> None:
    plan = after_ten([{"pickup": STATION, "dropoff": 5, "city": "广州市"}] * 3, train())
    assert (on_trains(plan), kinds(plan)) == (13, ["feeder", "shuttle", "train"])


def test_a_feeder_of_a_train_that_people_were_told_of_runs_for_no_other_train() -> None:
    before = campaign([{}] * 10, train(), pools=(COACH, replace(SHORT, per_day=2, runs_per_day=1)))
    first, trains = planned(before), (train(), replace(train(), name="D2"))
    assert {"feeder", "shuttle"} < set(kinds(first))
    assert on_trains(the_next_night(first, before, campaign([{}] * 20, *trains, pools=before.pools))) == 10
    assert on_trains(the_next_night(first, before, campaign([{}] * 20, *trains, pools=(COACH, SHORT)))) == 20
