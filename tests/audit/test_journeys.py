"""The audit of journeys by train: a plan that keeps every promise passes, and each broken promise is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from returnplan.audit import Violation, audit
from returnplan.model.law import Drivers
from returnplan.model.notices import Notice, Notices
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


def a_day_after_a_coach(case: Case, turnaround_days: int) -> Case:
    """Let all vehicles but one be on feeders and shuttles, and the last one away with a coach of the day before."""
    own = case.plan.batches[0]
    yesterday = {name: getattr(own, name) - timedelta(days=1) for name in ("date", "depart", "arrive")}
    coach = replace(own, id="0222-001", kind="direct", **yesterday)
    case = case.with_plan(batches=(*case.plan.batches, coach))
    return case.with_pool(0, per_day=3, turnaround_days=turnaround_days, use=None)


def past_midnight(case: Case) -> Case:
    """Let the last shuttle come back at 01:20, and the two feeders leave at 00:10; there are two coaches."""
    case = shifted(case, 4, 390)
    for line in (0, 1):
        own = case.plan.batches[line]
        by = datetime(2021, 2, 24, 0, 10) - own.depart
        case = shifted(case, line, int(by / timedelta(minutes=1))).with_batch(line, date=date(2021, 2, 24))
    return case.with_pool(0, per_day=2)


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
    ("wrong_date", lambda c: shifted(c, 0, -7 * 60)),
    ("wrong_contract", lambda c: c.with_batch(2, contract_yuan=1.0)),
    ("several_in_block", lambda c: c.with_batch(4, carrier="另一家")),
    ("several_in_block", lambda c: c.with_batch(4, block="0223-009")),
    ("several_in_block", lambda c: c.with_batch(1, block="0223-004")),
    ("too_many_runs", lambda c: c.with_pool(0, runs_per_day=1)),
    ("too_many_vehicles", lambda c: c.with_pool(0, per_day=2)),
    ("too_many_vehicles", past_midnight),
    ("too_many_vehicles", lambda c: a_day_after_a_coach(c, 3)),
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


def of_the_vehicle(case: Case, drivers: Drivers) -> set[str]:
    """Return what is found of a vehicle with its empty ways, under other rules for drivers."""
    law = case.law.model_copy(update={"drivers": drivers})
    found = audit(case.plan, case.roster, case.rules, law)
    return {one.code for one in found if "makes 2 runs" in one.message.en}


def test_the_empty_way_to_the_next_run_is_driven_too() -> None:
    """The shuttles drive for 15 and 55 minutes, and 15 from the first stop of one to the station for the other."""
    assert of_the_vehicle(its_case(), Drivers(hours_a_day=1.0)) == {"driving_hours"}
    assert of_the_vehicle(its_case(), Drivers(hours_a_day=1.5)) == set()


@pytest.mark.parametrize(
    ("minutes", "rules"),
    [
        (-40, {"hours_in_one_go": 1.0}),
        (-40, {"night": ("15:00", "18:00"), "night_hours_in_one_go": 1.0}),
    ],
)
def test_between_two_runs_there_is_time_for_a_rest(minutes: int, rules: dict[str, Any]) -> None:
    """They have 55 minutes between two runs; without a rest they would drive for 85 minutes in one go."""
    assert of_the_vehicle(its_case(), Drivers(**rules)) == set()
    assert of_the_vehicle(shifted(its_case(), 4, minutes), Drivers(**rules)) == {"no_rest"}


def test_vehicles_that_are_back_in_time_are_not_too_many() -> None:
    case = past_midnight(its_case())
    assert "too_many_vehicles" not in codes(shifted(case, 4, -90))
    assert "too_many_vehicles" not in codes(a_day_after_a_coach(its_case(), 1))


def test_of_too_many_vehicles_that_which_may_still_change_is_named() -> None:
    """People were told of the first: the draft beside it is what has to give way."""
    case = its_case().with_pool(0, per_day=2)
    told = case.with_batch(0, state="published")
    (found,) = (
        one for one in audit(told.plan, told.roster, told.rules, told.law) if one.code == "too_many_vehicles"
    )
    assert (found.batch, found.severity) == ("0223-002", "error")


def test_a_notice_holds_for_each_ride_on_its_own_day() -> None:
    """The shuttle leaves on the day after the train; a notice of that day holds for it, one of the day before not."""
    night = past_midnight(its_case())
    of_night = {day: Notices(rules=(Notice(seat_share=0.5, number="N", since=day, until=day),)) for day in (
        date(2021, 2, 23), date(2021, 2, 24),
    )}  # fmt: skip
    wrong = {
        day: {
            one.batch
            for one in audit(
                night.plan, night.roster, night.rules, night.law.model_copy(update={"notices": rules})
            )
            if one.code == "wrong_seats"
        }
        for day, rules in of_night.items()
    }
    assert wrong[date(2021, 2, 24)] == {"0223-001", "0223-002"}
    assert not wrong[date(2021, 2, 23)] & wrong[date(2021, 2, 24)]


def test_the_train_is_the_journey_of_all_its_rides() -> None:
    assert set(with_a_train().riders["journey"]) == {TRAIN}
