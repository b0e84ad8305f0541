"""The audit of journeys by train: a plan that keeps every promise passes, and each broken promise is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from returnplan.audit import Violation, audit
from returnplan.model.rules import RailRules
from tests.specimens.journeys import SERVICE, TRAIN, its_case, with_a_train
from tests.specimens.two_batches import Case


def codes(case: Case) -> set[str]:
    return {found.code for found in audit(case.plan, case.roster, case.rules, case.law)}


def line(case: Case, person: int, leg: int) -> int:
    """Return the line of the riders that is a ride of a person."""
    riders = case.plan.riders
    (found,) = np.flatnonzero((riders["person"] == person) & (riders["leg"] == leg))
    return int(found)


def with_service(case: Case, **changes: object) -> Case:
    return case.with_roster(rail=(replace(SERVICE, **changes),))  # type: ignore[arg-type]


def with_rail_rules(case: Case, **changes: float) -> Case:
    return case.with_roster(rail_rules=RailRules(**changes))  # type: ignore[arg-type]


def shifted(case: Case, batch: int, minutes: int) -> Case:
    """Let a batch run earlier or later."""
    by = timedelta(minutes=minutes)
    own = case.plan.batches[batch]
    stops = tuple(replace(stop, time=stop.time + by) for stop in own.stops)
    return case.with_batch(batch, stops=stops, depart=own.depart + by, arrive=own.arrive + by)


def without_a_feeder(case: Case) -> Case:
    """Let person 9 board the train far from home."""
    return case.with_person(8, pickup=1)


BROKEN: list[tuple[str, Callable[[Case], Case]]] = [
    ("journey_broken", lambda c: c.with_rider(line(c, 1, 3), leg=4)),
    ("journey_broken", lambda c: c.with_rider(line(c, 9, 2), journey="0223-004")),
    ("too_far_to_walk", without_a_feeder),
    ("too_far_to_walk", lambda c: c.with_person(9, dropoff=6)),
    ("transfer_too_far", lambda c: with_rail_rules(c, max_transfer_km=10)),
    ("change_too_short", lambda c: shifted(c, 0, 15)),
    ("change_too_short", lambda c: with_rail_rules(c, alight_minutes=41)),
    ("transfer_at_night", lambda c: shifted(c, 0, -120)),
    ("wait_too_long", lambda c: shifted(c, 1, -170)),
    ("wait_too_long", lambda c: with_rail_rules(c, wait_minutes=60)),
    ("unknown_train", lambda c: with_service(c, name="D1")),
    ("unknown_train", lambda c: with_service(c, product="group")),
    ("wrong_train_hour", lambda c: c.with_stop(2, 2, time=datetime(2021, 2, 23, 11, 4))),
    (
        "over_county_quota",
        lambda c: with_service(
            c, county_quotas=tuple((n, 1) for n in sorted(set(c.roster.people["county"])))
        ),
    ),
    ("over_quota", lambda c: with_service(c, calls=(replace(SERVICE.calls[0], quota=5), *SERVICE.calls[1:]))),
    ("overloaded", lambda c: with_service(c, capacity=10).with_batch(2, seats=10, usable=10)),
    ("below_min_load", lambda c: with_service(c, min_load=11)),
    ("wrong_cost", lambda c: with_service(c, carriage_yuan=9001.0)),
    ("runs_overlap", lambda c: shifted(c, 4, -50)),
    ("too_many_runs", lambda c: c.with_pool(0, runs_per_day=1)),
    ("too_many_vehicles", lambda c: c.with_pool(0, per_day=2)),
    ("wrong_use", lambda c: c.with_pool(0, use="direct")),
    ("change_elsewhere", lambda c: c.with_stop(3, 1, place="来宾北站", city="来宾市", lat=23.78, lon=109.22)),
    ("two_products", lambda c: c.with_batch(3, kind="train", service="D4508", product="carriage")),
]


def test_a_plan_with_a_train_that_keeps_every_promise_passes() -> None:
    case = its_case()
    assert [found.message.en for found in audit(case.plan, case.roster, case.rules, case.law)] == []


@pytest.mark.parametrize(("code", "break_it"), BROKEN, ids=[code for code, _ in BROKEN])
def test_a_broken_promise_of_a_journey_is_found(code: str, break_it: Callable[[Case], Case]) -> None:
    assert code in codes(break_it(its_case()))


@pytest.mark.parametrize(
    ("code", "break_it"),
    [
        pair
        for pair in BROKEN
        if pair[0]
        in ("over_quota", "over_county_quota", "below_min_load", "too_far_to_walk", "too_many_runs")
    ],
)
def test_and_found_alone(code: str, break_it: Callable[[Case], Case]) -> None:
    assert codes(break_it(its_case())) - {"wrong_pickup", "wrong_dropoff"} == {code}


@pytest.mark.parametrize(
    ("code", "break_it"), [pair for pair in BROKEN if pair[0] in ("change_too_short", "wait_too_long")]
)
def test_after_a_change_of_one_ride_the_rides_linked_with_it_are_looked_at(
    code: str, break_it: Callable[[Case], Case]
) -> None:
    """People change between two batches, of which only one was changed."""
    case = break_it(its_case())

    def found(changed: set[str] | None) -> list[Violation]:
        every = audit(case.plan, case.roster, case.rules, case.law, changed)
        return [one for one in every if one.code == code]

    assert found(None)
    for batch in case.plan.batches:
        assert found({batch.id}) == found(None)


def test_a_moved_train_is_told_with_its_new_hour_and_the_mend() -> None:
    case = its_case().with_stop(2, 2, time=datetime(2021, 2, 23, 11, 4))
    (found,) = [
        one for one in audit(case.plan, case.roster, case.rules, case.law) if one.code == "wrong_train_hour"
    ]
    assert "来宾北站 11:04 → 11:05" in found.message.zh
    assert f"change {TRAIN} --depart 10:30" in found.message.zh


def test_who_is_called_out_at_night_for_a_train_is_a_warning_until_they_were_told() -> None:
    case = shifted(its_case(), 0, -120)
    (found,) = [
        one for one in audit(case.plan, case.roster, case.rules, case.law) if one.code == "transfer_at_night"
    ]
    assert found.severity == "warning"
    assert "三江汽车站 04:30 上车 3 人" in found.message.zh
    assert "融水汽车站" not in found.message.zh  # at six
    assert "transfer_at_night" not in codes(its_case())
    assert "transfer_at_night" not in codes(case.with_batch(0, state="published"))


def test_of_a_train_that_calls_no_more_at_a_station_the_mend_is_to_call_it_off() -> None:
    case = with_service(its_case(), calls=SERVICE.calls[1:])
    (found,) = [
        one for one in audit(case.plan, case.roster, case.rules, case.law) if one.code == "wrong_train_hour"
    ]
    assert "柳州站 不停" in found.message.zh
    assert f"change {TRAIN} --cancel" in found.message.en


def test_the_train_is_the_journey_of_all_its_rides() -> None:
    assert set(with_a_train().riders["journey"]) == {TRAIN}
