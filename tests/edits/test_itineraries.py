"""Edits of the plan with a train: whoever leaves or takes one ride leaves or takes the whole journey."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.edits import (
    emptied,
    in_vehicle,
    moved_to,
    put_on,
    rerouted,
    retotalled,
    taken_off,
    without_batches,
)
from returnplan.edits.aboard import with_aboard
from returnplan.edits.fares import with_fares
from returnplan.model.errors import UsageError
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.usecases.double_use import used_twice
from tests.specimens.journeys import TRAIN, its_roster, with_a_train
from tests.specimens.two_batches import changed

FEEDER, OTHER_FEEDER, TO_FOSHAN, TO_DONGGUAN = "0223-001", "0223-002", "0223-004", "0223-005"
WHY = ("seat_lost", Text("取消", "called off"), Text("另排", "plan again"))
ROSTER = its_roster()
PLAN = with_a_train()


def rides(plan: Plan, person: int) -> list[tuple[str, str, str]]:
    own = plan.riders[plan.riders["person"] == person].sort_values("leg")
    return list(zip(own["batch"], own["pickup"], own["dropoff"], strict=True))


def signups(*persons: int) -> list[str]:
    rows = dict(zip(PLAN.riders["person"], PLAN.riders["signup"], strict=True))
    return [rows[person] for person in persons]


def loads(plan: Plan) -> dict[str, int]:
    return {batch.id: batch.load for batch in plan.batches}


def assert_whole(plan: Plan) -> None:
    """Nobody has half a journey, or is on a batch and left behind, or is counted where they are not."""
    for person in plan.riders["person"].unique():
        assert rides(plan, person) == rides(PLAN, person)
        own = plan.riders[plan.riders["person"] == person]
        assert sorted(own["leg"]) == list(range(1, len(own) + 1))
        assert set(own["journey"]) == {TRAIN}
    assert set(plan.riders["signup"]) | set(plan.unplanned["signup"]) == set(signups(*range(1, 11)))
    assert not set(plan.riders["signup"]) & set(plan.unplanned["signup"])
    assert not plan.unplanned["signup"].duplicated().any()
    assert loads(plan) == {batch.id: (plan.riders["batch"] == batch.id).sum() for batch in plan.batches}
    for batch in plan.batches:
        own = plan.riders[plan.riders["batch"] == batch.id]
        seats = [*own["seat"], *(seat for child in own["child_seats"] for seat in child)]
        assert len(set(seats)) == len(seats)
        assert (
            sum(stop.num_on for stop in batch.stops)
            == sum(stop.num_off for stop in batch.stops)
            == batch.load
        )


def test_who_leaves_a_feeder_leaves_the_train_and_the_shuttle() -> None:
    plan = taken_off(PLAN, [1], *WHY)
    assert rides(plan, 1) == []
    assert list(plan.unplanned["person"]) == [1]
    assert (loads(plan)[FEEDER], loads(plan)[TRAIN], loads(plan)[TO_DONGGUAN]) == (4, 9, 5)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["off", "on"]), st.integers(1, 10)), max_size=12))
def test_nobody_has_half_a_journey_after_any_change(changes: Sequence[tuple[str, int]]) -> None:
    plan = PLAN
    for what, person in changes:
        if what == "off":
            plan = taken_off(plan, [person] if rides(plan, person) else [], *WHY)
        else:
            with suppress(UsageError):  # an emptied shuttle belongs to no train
                plan = put_on(plan, TRAIN, signups(person), ROSTER)
    assert_whole(plan)


@pytest.mark.parametrize("batch", [FEEDER, TRAIN, TO_DONGGUAN])
def test_who_is_put_on_any_of_the_rides_has_all_of_them(batch: str) -> None:
    plan = put_on(taken_off(PLAN, [2], *WHY), batch, signups(2), ROSTER)
    assert rides(plan, 2) == rides(PLAN, 2)
    assert_whole(plan)


def test_a_ride_that_leads_elsewhere_takes_nobody() -> None:
    waiting = taken_off(PLAN, [2], *WHY)
    with pytest.raises(UsageError, match="no journey with 0223-002 leads from 三江汽车站 to 长安镇"):
        put_on(waiting, OTHER_FEEDER, signups(2), ROSTER)


def test_a_full_shuttle_keeps_people_off_the_whole_journey() -> None:
    waiting = taken_off(PLAN, [2], *WHY)
    batches = tuple(replace(one, usable=6) if one.id == TO_DONGGUAN else one for one in waiting.batches)
    with pytest.raises(UsageError, match="0223-005 has 0 free seats"):
        put_on(replace(waiting, batches=batches), FEEDER, signups(2), ROSTER)


def test_a_shuttle_without_riders_is_gone_with_the_feeder_that_is_called_off() -> None:
    own = PLAN.riders.loc[PLAN.riders["batch"] == FEEDER, "person"]
    plan = taken_off(PLAN, [*own, 9], *WHY)
    assert emptied(plan, PLAN) == {FEEDER, TO_FOSHAN}
    plan = without_batches(plan, emptied(plan, PLAN))
    assert loads(plan) == {OTHER_FEEDER: 4, TRAIN: 4, TO_DONGGUAN: 3}
    assert {batch.block for batch in plan.batches} == {""}  # one run is left, which is no block


def test_the_railway_decides_on_its_trains() -> None:
    with pytest.raises(UsageError, match="no coach can replace"):
        in_vehicle(PLAN, TRAIN, ROSTER.pools[0], ROSTER, Rules(), Law())
    with pytest.raises(UsageError, match="decides where it stops"):
        rerouted(PLAN, TRAIN, [2, 1, 3], ROSTER, Rules(), Law())
    with pytest.raises(UsageError, match="decides its day and hours"):
        moved_to(PLAN, TRAIN, date(2021, 2, 23), time(9, 0), ROSTER, Rules(), Law())


def test_no_ride_changes_its_day_alone_but_its_hour() -> None:
    with pytest.raises(UsageError, match="cannot change its day alone"):
        moved_to(PLAN, FEEDER, date(2021, 2, 24), time(6, 0), ROSTER, Rules(), Law())
    plan = moved_to(PLAN, FEEDER, date(2021, 2, 23), time(6, 0), ROSTER, Rules(), Law())
    assert plan.batches[0].depart.time() == time(6, 0)


def test_totals_count_people_once_and_their_rides_each() -> None:
    summary = retotalled(PLAN, ROSTER, 0.0).summary
    assert (summary["planned"], summary["batches"]) == (10, 5)
    assert summary["days"]["2021-02-23"] == {"batches": 5, "riders": 10}
    assert {city: line["riders"] for city, line in summary["cities"].items()} == {
        "东莞市": 6,
        "佛山市": 3,
        "广州市": 1,
    }
    origins = summary["origins"]
    assert {home: (line["coaches"], line["trains"], line["planned"]) for home, line in origins.items()} == {
        "来宾市": (2, 0, 4),
        "柳州市": (2, 1, 6),
    }
    (employer,) = {line.employer for line in retotalled(PLAN, ROSTER, 0.0).employers}
    assert (employer, sum(line.planned for line in retotalled(PLAN, ROSTER, 0.0).employers)) == (
        "华强电子",
        10,
    )


def test_who_has_boarded_two_rides_is_one_person_on_board() -> None:
    plan = retotalled(PLAN, ROSTER, 0.0)
    riders = plan.riders
    for line in riders.index[riders["person"] == 1]:
        riders = changed(riders, line, {"status": "boarded"})
    assert with_aboard(replace(plan, riders=riders), []).summary["origins"]["柳州市"]["boarded"] == 1


def test_two_runs_of_one_coach_are_no_double_use() -> None:
    plated = [replace(batch, plate="桂B12345") if batch.block else batch for batch in PLAN.batches]
    plated[3] = replace(
        plated[3], arrive=plated[3].arrive.replace(hour=16, minute=20)
    )  # back after the next start
    assert used_twice(plated, [TO_FOSHAN]) == []
    assert len(used_twice([replace(batch, block="") for batch in plated], [TO_FOSHAN])) == 1


def test_a_train_costs_what_the_seats_taken_cost_now() -> None:
    (service,) = ROSTER.rail
    seated = replace(service, carriage_seats=1, carriage_yuan=0.0, fixed_yuan=100.0, seat_yuan=50.0)
    roster = replace(ROSTER, rail=(seated,))
    plan = with_fares(taken_off(PLAN, [1, 6], *WHY), replace(PLAN, batches=()), roster)  # 6 has a child along
    (train,) = (batch for batch in plan.batches if batch.mode == "train")
    assert train.cost_yuan == 100 + 8 * 50
    summary = retotalled(plan, roster, 0.0).summary
    assert summary["cost"] == pytest.approx(sum(batch.cost_yuan for batch in plan.batches))


def test_of_a_train_only_the_seats_that_change_cost_what_the_sheet_says_now() -> None:
    (service,) = ROSTER.rail
    seated = replace(service, carriage_seats=1, carriage_yuan=0.0, fixed_yuan=100.0, seat_yuan=50.0)
    ordered = [replace(one, cost_yuan=9_000.0) if one.mode == "train" else one for one in PLAN.batches]
    told, roster = replace(PLAN, batches=tuple(ordered)), replace(ROSTER, rail=(seated,))
    cost = [
        next(batch.cost_yuan for batch in with_fares(plan, told, roster).batches if batch.mode == "train")
        for plan in (told, taken_off(told, [1, 6], *WHY))
    ]
    assert cost == [9_000.0, 9_000.0 - 3 * 50]
