"""Trains that nobody was told of in a later plan: the same lists lose nobody and cost no more, and who rides stays."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from returnplan.audit import audit
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.records import Use
from returnplan.model.roster import RailService, Roster
from returnplan.model.rules import Rules
from returnplan.store import TOLD, CallRecord
from returnplan.usecases.plan.guard import StoreState
from returnplan.usecases.plan.keep import keep_promises
from tests.planning.rail.campaigns import (
    COACH,
    HOME,
    OTHER_HOME,
    RULES,
    SHORT,
    STATION,
    TERMINUS,
    campaign,
    kinds,
    on_trains,
    planned,
    train,
)
from tests.specimens.rosters import FIRST_DAY
from tests.sweeps import cases

A_MOVE_YUAN = 30.0
"""What a person counts who moves and was told nothing."""


def the_next_evening(last: Plan, before: Roster, roster: Roster, rules: Rules = RULES, **told: Any) -> Plan:
    """Return the plan of a roster where the last one, for the people ``before``, is all drafts; it breaks no rule."""
    numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
    standing = StoreState(plan=last, roster=before, **told)
    plan = planned(roster, rules, prepared=keep_promises(roster, rules, Law(), standing, numbers))
    assert audit(plan, roster, rules, Law()) == ()
    return plan


def rides_of(plan: Plan) -> dict[int, list[tuple[str, str]]]:
    """Return the batches of each person and where they board, in the order of travel."""
    rides: dict[int, list[tuple[str, str]]] = {}
    for row in plan.riders.sort_values(["person", "leg"]).to_dict("records"):
        rides.setdefault(row["person"], []).append((row["batch"], row["pickup"]))
    return rides


def hours_of(plan: Plan) -> list[tuple[str, Any, Any]]:
    """Return when each batch leaves and arrives."""
    return sorted((batch.id, batch.depart, batch.arrive) for batch in plan.batches)


def some_people(draw: random.Random, num: int) -> list[dict[str, Any]]:
    """Return people of two classes with windows of some days, some with children, some who need no shuttle."""
    people = []
    for _ in range(num):
        earliest = FIRST_DAY + timedelta(days=draw.randrange(3))
        person: dict[str, Any] = {
            "pickup": draw.choice([HOME, HOME, OTHER_HOME, STATION]),
            "earliest": earliest,
            "latest": earliest + timedelta(days=draw.randrange(3)),
            "rank": draw.choice([0, 1, 1]),
            "num_children": int(draw.random() < 0.15),
            "shuttle": "no" if draw.random() < 0.2 else "",
        }
        if draw.random() < 0.3:
            person |= {"dropoff": TERMINUS, "city": "广州市"}
        people.append(person)
    return people


def some_trains(draw: random.Random) -> list[RailService]:
    """Return up to three trains, bought in any way, too small for all or not."""
    prices: dict[str, dict[str, Any]] = {
        "group": {"seat_yuan": 200.0},
        "carriage": {"seat_yuan": 0.0, "carriage_seats": 10, "carriage_yuan": 1500.0},
        "train": {"seat_yuan": 0.0, "fixed_yuan": 4000.0},
    }
    trains = []
    for nth in range(draw.choice([1, 2, 3])):
        product = draw.choice(sorted(prices))
        more = {"capacity": draw.choice([15, 30, 200]), "min_load": draw.choice([1, 10])}
        quotas = draw.choice([(None, None), (20, 10), (10, 0)])
        day = draw.randrange(4)
        trains.append(
            train(day, quotas=quotas, product=product, name=f"D{nth + 1}", **more, **prices[product])
        )
    return trains


def some_campaign(seed: int) -> tuple[Roster, Rules]:
    """Return people, trains, and coaches that are too few for all or not."""
    draw = random.Random(seed)
    people, trains = some_people(draw, draw.choice([30, 50])), some_trains(draw)
    least = draw.choice([1, 5, 8])
    per_day = [draw.choice([0, 1, None]) for _ in range(3)]
    use: Use | None = draw.choice(["direct", None])
    turnaround = draw.choice([0, 2])
    pools = (
        replace(COACH, per_day=per_day[0], min_load=least, use=use, turnaround_days=turnaround),
        replace(COACH, vehicle="中巴", seats=19, per_day=per_day[1], fixed_yuan=1800.0, min_load=least),
        replace(SHORT, per_day=per_day[2] and 2, min_load=draw.choice([1, 5])),
    )
    rules = RULES.model_copy(update={"min_load": least})
    return campaign(people, *trains, pools=pools), rules


def worth(plan: Plan, roster: Roster) -> tuple[list[int], float]:
    """Return minus the people of each class, and the cost: less is better."""
    rank = dict(zip(roster.people["signup"], roster.people["rank"], strict=True))
    heads = Counter(rank[signup] for signup in plan.riders["signup"].unique())
    return [-heads[0], -heads[1]], plan.summary["cost"]


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("seed", [7, 8, 13, 34, *range(40, 40 + cases(1, of=40))])
def test_the_same_lists_on_later_evenings_lose_nobody_and_cost_no_more(
    seed: int, is_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few people are planned as if they were many, too: these have no time for a plan from nothing."""
    if is_large:
        monkeypatch.setattr("returnplan.planning.rail.solve.MOST_GROUPS", 0)
    roster, rules = some_campaign(seed)
    last = planned(roster, rules)
    for _ in range(2):
        plan = the_next_evening(last, roster, roster, rules)
        before, after = rides_of(last), rides_of(plan)
        moved = sum(after[person] != rides for person, rides in before.items() if person in after)
        people, yuan = worth(plan, roster)
        people_before, yuan_before = worth(last, roster)
        assert people < people_before or (
            people == people_before and yuan + A_MOVE_YUAN * moved <= yuan_before + 0.01
        )
        again = the_next_evening(last, roster, roster, rules)
        assert (again.batches, rides_of(again)) == (plan.batches, after)
        last = plan


def test_among_many_newcomers_take_the_free_seats_and_nobody_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The train, its feeder and its shuttle have room for them."""
    monkeypatch.setattr("returnplan.planning.rail.solve.MOST_GROUPS", 0)
    roster = twenty(train())
    first = planned(roster)
    people = [{"pickup": HOME if n % 2 else OTHER_HOME} for n in range(24)]
    plan = the_next_evening(first, roster, campaign(people, train()))
    before, after = rides_of(first), rides_of(plan)
    assert (on_trains(plan), len(after)) == (24, 24)
    assert {person: after[person] for person in before} == before


def twenty(*trains: RailService, **more: Any) -> Roster:
    """Return ten people at each of two stops."""
    people = [{"pickup": HOME if n % 2 else OTHER_HOME} for n in range(20)]
    return campaign(people, *trains, **more)


def told_all(plan: Plan) -> dict[int, CallRecord]:
    """Return that everybody was called about the first ride."""
    first = plan.riders[plan.riders["leg"] == 1].to_dict("records")
    batch = {one.id: one for one in plan.batches}
    hour = {(one.id, stop.seq): stop.time for one in plan.batches for stop in one.stops}
    return {
        row["person"]: CallRecord(
            row["person"],
            row["batch"],
            batch[row["batch"]].date,
            row["pickup"],
            hour[row["batch"], row["pickup_seq"]],
            TOLD,
            None,
            hour[row["batch"], row["pickup_seq"]],
            seat=row["seat"],
        )
        for row in first
    }


def test_the_same_list_is_the_same_plan_to_the_minute() -> None:
    roster = twenty(train())
    first = planned(roster)
    again = the_next_evening(first, roster, roster)
    assert on_trains(again) == 20
    assert (rides_of(again), hours_of(again)) == (rides_of(first), hours_of(first))


def test_a_train_that_the_railway_cancels_leaves_its_people_to_coaches_and_other_trains() -> None:
    roster = twenty(train(), train(day=1, name="D2", seat_yuan=300.0))
    first = planned(roster)
    assert [batch.service for batch in first.batches if batch.kind == "train"] == ["D1"]
    without = twenty(train(day=1, name="D2", seat_yuan=300.0))
    plan = the_next_evening(first, roster, without, calls=told_all(first))
    assert plan.summary["planned"] == 20
    assert {batch.service for batch in plan.batches if batch.kind == "train"} <= {"D2"}
    nothing_left = the_next_evening(first, roster, twenty(), calls=told_all(first))
    assert (nothing_left.summary["planned"], set(kinds(nothing_left))) == (20, {"direct"})


def test_of_fewer_seats_than_people_were_told_of_as_many_are_taken_by_them() -> None:
    """Nobody else can take them: there are no coaches."""
    no_coach = (replace(COACH, per_day=0), SHORT)
    roster = twenty(train(), pools=no_coach)
    first = planned(roster)
    fewer = twenty(train(capacity=13), pools=no_coach)
    plan = the_next_evening(first, roster, fewer, calls=told_all(first))
    assert (on_trains(first), on_trains(plan)) == (20, 13)


def test_newcomers_take_no_seat_of_a_train_of_which_others_were_told() -> None:
    """They are as many and of the same class; there are no coaches, and the train is full."""
    no_coach = (replace(COACH, per_day=0), SHORT)
    full = train(capacity=20)
    roster = twenty(full, pools=no_coach)
    first = planned(roster)
    people = [{"pickup": HOME if n % 2 else OTHER_HOME} for n in range(40)]
    plan = the_next_evening(first, roster, campaign(people, full, pools=no_coach), calls=told_all(first))
    assert rides_of(plan) == rides_of(first)


def test_a_train_at_another_hour_takes_its_people_with_feeders_at_other_hours() -> None:
    roster = twenty(train())
    first = planned(roster)
    calls = (
        replace(
            call,
            arrives=call.arrives and call.arrives + timedelta(hours=1),
            departs=call.departs and call.departs + timedelta(hours=1),
        )
        for call in train().calls
    )
    plan = the_next_evening(first, roster, twenty(replace(train(), calls=tuple(calls))))
    assert on_trains(plan) == 20
    leaves = [{batch.depart for batch in one.batches if batch.kind == "train"} for one in (first, plan)]
    assert {hour + timedelta(hours=1) for hour in leaves[0]} == leaves[1]


def test_who_stays_on_a_train_when_others_give_up_keeps_feeder_and_hours() -> None:
    roster = twenty(train())
    first = planned(roster)
    people = roster.people.copy()
    words = ["reason_zh", "reason_en", "suggestion_zh", "suggestion_en"]
    people.loc[[3, 8], ["code", *words]] = ["cancelled", *words]
    plan = the_next_evening(first, roster, replace(roster, people=people))
    before, after = rides_of(first), rides_of(plan)
    assert len(after) == 18
    assert {person: before[person] for person in after} == after


def test_the_rows_in_another_order_give_the_same_plan_again() -> None:
    people = [{"pickup": HOME if n % 3 else OTHER_HOME} for n in range(25)]
    rosters = [campaign(list(order), train(quotas=(12, None))) for order in (people, people[::-1])]
    one, other = (the_next_evening(planned(roster), roster, roster) for roster in rosters)
    assert one.batches == other.batches


def test_a_vehicle_that_may_run_less_often_now_runs_less_often() -> None:
    """Runs of the last plan are kept as far as the fleet sheet of tonight allows them."""
    people = [{"dropoff": TERMINUS} for _ in range(20)]
    often, once = (replace(SHORT, per_day=1, runs_per_day=most) for most in (None, 1))
    roster = campaign(people, train(), pools=(COACH, often))
    first = planned(roster)
    assert kinds(first).count("feeder") == 2
    plan = the_next_evening(first, roster, campaign(people, train(), pools=(COACH, once)))
    assert kinds(plan).count("feeder") <= 1
    assert len(rides_of(plan)) == 20


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan as if people were many: then who has a seat on a train keeps to it."""
    monkeypatch.setattr("returnplan.planning.rail.solve.MOST_GROUPS", 0)


@pytest.mark.usefixtures("_large")
def test_who_loses_the_seat_on_a_train_may_take_another_train() -> None:
    """Of twenty the railway takes thirteen; the other train has room, and there are no coaches."""
    no_coach, other = (replace(COACH, per_day=0), SHORT), train(day=0, name="D2", seat_yuan=300.0)
    roster = twenty(train(), other, pools=no_coach)
    first = planned(roster)
    plan = the_next_evening(
        first, roster, twenty(train(capacity=13), other, pools=no_coach), calls=told_all(first)
    )
    loads = {batch.service: batch.load for batch in plan.batches if batch.kind == "train"}
    assert loads == {"D1": 13, "D2": 7}


@pytest.mark.usefixtures("_large")
def test_a_train_that_does_not_run_is_said_to_lack_nobody_who_keeps_another() -> None:
    roster = twenty(train())
    other = train(day=0, name="D2", min_load=5, seat_yuan=300.0)
    plan = the_next_evening(planned(roster), roster, twenty(train(), other))
    (one,) = plan.summary["trains_not_run"]
    assert (one["service"], one["people"], one["missing"]) == ("D2", 20, 0)


def test_nobody_leaves_a_train_for_a_coach_as_if_it_were_the_same_ride() -> None:
    """The fare rises, but not by what twenty calls cost."""
    two_days = {"earliest": FIRST_DAY, "latest": FIRST_DAY + timedelta(days=1)}
    told = [{"pickup": HOME if n % 2 else OTHER_HOME, **two_days} for n in range(20)]
    newcomers = [{"pickup": HOME, **two_days} for _ in range(27)]
    roster = campaign(told, train(seat_yuan=250.0))
    first = planned(roster)
    later = campaign(told + newcomers, train(seat_yuan=450.0))
    after = rides_of(the_next_evening(first, roster, later, calls=told_all(first)))
    assert {person: len(after[person]) for person in rides_of(first)} == dict.fromkeys(rides_of(first), 3)


def test_told_hours_of_feeders_stay_when_newcomers_ride_in_another() -> None:
    """They were told to leave twenty minutes before they have to."""
    early, roster = timedelta(minutes=20), twenty(train())
    first = planned(roster)
    told = replace(
        first,
        batches=tuple(
            replace(
                batch,
                depart=batch.depart - early,
                arrive=batch.arrive - early,
                stops=tuple(replace(stop, time=stop.time - early) for stop in batch.stops),
            )
            if batch.kind == "feeder"
            else batch
            for batch in first.batches
        ),
    )
    people = [{"pickup": HOME if n % 2 else OTHER_HOME} for n in range(24)]
    plan = the_next_evening(told, roster, campaign(people, train()), calls=told_all(told))
    feeders = {batch.id for batch in told.batches if batch.kind == "feeder"}
    hours = [{key: rest for key, *rest in hours_of(one) if key in feeders} for one in (told, plan)]
    assert hours[0] == hours[1]
    assert on_trains(plan) == 24


def test_of_the_riders_of_a_full_feeder_nearly_all_stay_when_one_takes_a_child_along() -> None:
    """It is the only feeder, so no run of the last plan can be as it was."""
    no_coach = (replace(COACH, per_day=0), SHORT)
    people: list[dict[str, Any]] = [{"pickup": HOME if n % 2 else OTHER_HOME} for n in range(10)]
    roster = campaign(people, train(), pools=no_coach)
    first = planned(roster)
    assert kinds(first).count("feeder") == 1
    with_child = [{**person, "num_children": int(n == 4)} for n, person in enumerate(people)]
    later = campaign(with_child, train(), pools=no_coach)
    before, after = rides_of(first), rides_of(the_next_evening(first, roster, later, calls=told_all(first)))
    assert len(after) == 10
    assert len([person for person in before if before[person] != after[person]]) <= 2
