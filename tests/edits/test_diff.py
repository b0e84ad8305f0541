"""Who has to be told what when a plan takes the place of another."""

import json
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from returnplan.edits.diff import diff, diff_json
from returnplan.model.plan import Plan
from tests.specimens.journeys import with_a_train
from tests.specimens.two_batches import Case, changed, signup, two_batches


@pytest.fixture
def case() -> Case:
    return two_batches()


def without(plan: Plan, *people: int) -> Plan:
    return replace(plan, riders=plan.riders[~plan.riders["person"].isin(people)])


def test_between_a_plan_and_itself_nobody_is_told_anything(case: Case) -> None:
    assert diff(case.plan, case.plan).is_empty


def test_the_order_of_the_riders_is_no_difference(case: Case) -> None:
    turned = case.plan.riders.iloc[::-1].reset_index(drop=True)
    assert diff(case.plan, replace(case.plan, riders=turned)).is_empty


def test_who_comes_is_new_and_who_stays_at_home_is_off(case: Case) -> None:
    change = diff(without(case.plan, 3), without(case.plan, 1, 2))
    assert list(change.new["person"]) == [3]
    assert list(change.off["person"]) == [1, 2]
    assert change.moved.empty


def test_off_says_why_or_that_the_lists_do_not_name_the_person(case: Case) -> None:
    lines = case.plan.unplanned
    health = lines.iloc[[0]].assign(person=1, signup=signup(0), code="health")
    later = replace(without(case.plan, 1, 2), unplanned=pd.concat([lines, health], ignore_index=True))
    assert list(diff(case.plan, later).off["code"]) == ["health", ""]


@pytest.mark.parametrize(
    "changes", [{"batch": "0223-1", "pickup_seq": 1}, {"pickup": "三江汽车站", "pickup_seq": 1}]
)
def test_another_coach_or_another_place_is_a_move(case: Case, changes: dict[str, object]) -> None:
    change = diff(case.plan, replace(case.plan, riders=changed(case.plan.riders, 3, changes)))
    assert list(change.moved["person"]) == [4]
    assert change.new.empty
    assert change.off.empty


def test_the_same_coach_on_another_day_moves_all_its_riders(case: Case) -> None:
    first = case.plan.batches[0]
    change = diff(case.plan, case.with_batch(0, date=first.date + timedelta(days=1)).plan)
    assert list(change.moved["person"]) == [1, 2, 3, 4, 5, 6]


def test_another_hour_is_to_be_told_but_no_move(case: Case) -> None:
    stop = case.plan.batches[0].stops[1]
    change = diff(case.plan, case.with_stop(0, 2, time=stop.time + timedelta(minutes=20)).plan)
    assert list(change.retimed["person"]) == [3, 4, 5, 6]
    assert change.moved.empty


def test_another_seat_is_nothing_to_be_told(case: Case) -> None:
    assert diff(case.plan, case.with_rider(3, seat=20).plan).is_empty


def test_json_has_the_shape_of_the_contract(case: Case) -> None:
    moved = replace(case.plan, riders=changed(case.plan.riders, 3, {"batch": "0223-1", "pickup_seq": 1}))
    told = json.loads(json.dumps(diff_json(diff(without(case.plan, 1), without(moved, 2)))))
    first: dict[str, object] = {
        "batch": "0222-1",
        "date": "2021-02-22",
        "pickup": "三江汽车站",
        "time": "2021-02-22T08:00:00",
    }
    first |= {"onward": []}
    assert told["new"] == [{"person": 1, "signup": signup(0), "to": first}]
    assert told["off"] == [{"person": 2, "signup": signup(1), "from": first, "code": ""}]
    (move,) = told["moved"]
    assert (move["person"], move["from"]["batch"], move["to"]["batch"]) == (4, "0222-1", "0223-1")
    assert move["to"]["time"] == "2021-02-23T08:00:00"


def test_a_person_with_several_rides_is_told_once_of_a_change_in_any_of_them() -> None:
    old = with_a_train()
    later = tuple(
        replace(one, stops=tuple(replace(s, time=s.time + timedelta(minutes=10)) for s in one.stops))
        if one.kind == "train"
        else one
        for one in old.batches
    )
    change = diff(old, replace(old, batches=later))
    assert list(change.retimed["person"]) == list(range(1, 11))
    own = (old.riders["person"] == 1) & (old.riders["batch"] == "0223-005")
    other = old.riders.assign(batch=old.riders["batch"].where(~own, "0223-004"))
    change = diff(old, replace(old, riders=other))
    assert list(change.moved["person"]) == [1]
    assert change.retimed.empty
    (moved,) = diff_json(change)["moved"]
    assert (moved["from"]["batch"], moved["to"]["batch"]) == ("0223-001", "0223-001")
    assert [ride["batch"] for ride in moved["from"]["onward"]] == ["0223-003", "0223-005"]
    assert [ride["batch"] for ride in moved["to"]["onward"]] == ["0223-003", "0223-004"]
    json.dumps(diff_json(change))
