"""A plan that was told is kept by every later run; a run that breaks a rule raises, so each test audits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from returnplan.carryover import newcomers_on_spare_seats
from returnplan.carryover.spare_seats import Filled
from returnplan.config import Config
from returnplan.model.errors import PlanBroken
from returnplan.model.masking import mask_name
from returnplan.model.plan import Batch, Plan
from returnplan.model.rules import Rules
from returnplan.store import CallRecord, Store
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.choice import Choice
from returnplan.usecases.plan import keep
from returnplan.usecases.plan.make import PlanOutcome, PlanRequest, plan
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.specimens.coach import id_number
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import QUICK, Planner, listed, planner

TWENTY = range(1, 21)
DAY = date(2021, 2, 18)


@pytest.fixture
def told(tmp_path: Path, campaign: Campaign, planned: Planner) -> Plan:
    """Return the plan of twenty people on one coach to Dongguan, of which they have been told."""
    plan = planned(listed(tmp_path / "报名.xlsx", *TWENTY)).plan
    publish(campaign, Choice(city="东莞"))
    return plan


def only(plan: Plan) -> Batch:
    (batch,) = plan.batches
    return batch


def seats(plan: Plan) -> dict[int, list[Any]]:
    """Return batch, seat and stops of the first twenty people."""
    riders = plan.riders.set_index("person").loc[list(TWENTY)]
    told = riders[["batch", "seat", "pickup", "pickup_seq", "dropoff_seq"]]
    return {int(person): list(row) for person, *row in told.itertuples(name=None)}


def test_a_rule_that_leaves_fewer_seats_lets_nobody_join_beyond_them(
    tmp_path: Path, campaign: Campaign, told: Plan
) -> None:
    """The twenty keep their seats, which the audit says; five more would make it worse."""
    assert (only(told).usable, only(told).load) == (37, 20)
    fewer = Campaign(Config(rules=Rules(load_factor=0.6)), campaign.store_path)
    new = planner(tmp_path, fewer)(
        tmp_path / "报名.xlsx", listed(tmp_path / "增补.xlsx", *range(21, 26))
    ).plan
    kept = next(batch for batch in new.batches if batch.id == only(told).id)
    assert kept.load == 22  # of 37 seats, 60 %
    assert len(new.unplanned) == 3
    assert new.unplanned["reason_zh"].str.len().all()


def test_a_seat_of_a_published_coach_that_two_people_have_is_a_bug(
    tmp_path: Path, planned: Planner, told: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules and lists may change under a kept batch; what they cannot break must hold for it, too."""

    def twice(*args: Any) -> Filled:
        filled = newcomers_on_spare_seats(*args)
        riders = filled.kept.riders.assign(seat=1)
        return filled._replace(kept=replace(filled.kept, riders=riders))

    monkeypatch.setattr(keep, "newcomers_on_spare_seats", twice)
    with pytest.raises(PlanBroken):
        planned(tmp_path / "报名.xlsx", listed(tmp_path / "增补.xlsx", 21))


def rewritten(path: Path, *serials: int, changed: dict[int, dict[str, Any]]) -> Path:
    """Write the list again, with other cells for some workers."""
    return save_xlsx(path, 报名=lines_of([signup_row(n, **changed.get(n, {})) for n in serials]))


def test_newcomers_take_the_spare_seats_and_nobody_moves(
    told: Plan, planned: Planner, tmp_path: Path
) -> None:
    plan = planned(added=(listed(tmp_path / "增补.xlsx", *range(21, 31)),)).plan
    before, batch = only(told), only(plan)
    assert (batch.id, batch.vehicle, batch.date) == (before.id, before.vehicle, before.date)
    assert [(stop.place, stop.time) for stop in batch.stops] == [
        (stop.place, stop.time) for stop in before.stops
    ]
    assert batch.state == "published"
    assert (batch.load, batch.version) == (30, 2)
    assert seats(plan) == seats(told)


def test_who_does_not_fit_goes_on_another_coach(told: Plan, planned: Planner, tmp_path: Path) -> None:
    spare = only(told).usable - 20
    plan = planned(added=(listed(tmp_path / "增补.xlsx", *range(21, 21 + spare + 12)),)).plan
    assert [batch.load for batch in plan.batches] == [only(told).usable, 12]
    assert len({batch.id for batch in plan.batches}) == 2
    assert plan.batches[0].id == only(told).id


def test_another_day_is_no_spare_seat(told: Plan, planned: Planner, tmp_path: Path) -> None:
    late = {"最早出发日期": date(2021, 2, 25), "最晚出发日期": date(2021, 2, 25)}
    plan = planned(added=(listed(tmp_path / "增补.xlsx", *range(21, 33), **late),)).plan
    assert [batch.load for batch in plan.batches] == [20, 12]
    assert [batch.wave for batch in plan.batches] == [1, 2]


def test_who_is_missing_from_the_list_keeps_the_seat(told: Plan, planned: Planner, tmp_path: Path) -> None:
    outcome = planned(listed(tmp_path / "报名.xlsx", *range(2, 21)))
    assert set(outcome.plan.riders["person"]) == set(TWENTY)
    assert only(outcome.plan).version == 1
    assert any("(person 1," in note.en for note in outcome.notes)


def test_a_corrected_id_number_beside_a_second_phone_is_no_second_person(
    told: Plan, planned: Planner, tmp_path: Path
) -> None:
    now = {"身份证号码": id_number("450225", date(1985, 6, 8), 1), "联系电话": "13800000001/13900000001"}
    plan = planned(rewritten(tmp_path / "报名.xlsx", *TWENTY, changed={1: now})).plan
    assert (only(plan).load, seats(plan)) == (20, seats(told))


def test_who_keeps_a_seat_and_is_mistyped_now_stands_once(
    told: Plan, planned: Planner, tmp_path: Path
) -> None:
    mistyped = {"身份证号码": signup_row(1)["身份证号码"][:-1]}
    outcome = planned(rewritten(tmp_path / "报名.xlsx", *TWENTY, changed={1: mistyped}))
    assert seats(outcome.plan) == seats(told)
    assert (outcome.plan.summary["signups"], outcome.plan.unplanned.empty) == (20, True)
    assert not any("in no list now" in note.en for note in outcome.notes)
    assert "报名.xlsx!报名!2" in {fault.signup for fault in outcome.plan.faults if fault.severity == "error"}


def test_who_is_missing_is_told_from_those_who_took_the_same_row_and_are_missing_too(
    told: Plan, planned: Planner, tmp_path: Path
) -> None:
    for first in (2, 3):
        plan = planned(listed(tmp_path / "报名.xlsx", *range(first, 21)), allow_drop=True).plan
    assert set(plan.riders["person"]) == set(TWENTY)
    assert plan.riders["signup"].is_unique


def test_who_was_matched_and_told_stays_when_the_employer_wants_fewer(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    signups = listed(tmp_path / "报名.xlsx", *TWENTY)
    wanted = {"企业名称": "东莞甲厂", "所在市": "东莞市", "岗位": "普工"}
    demand = tmp_path / "用工需求.xlsx"
    planned(signups, save_xlsx(demand, 用工需求=lines_of([{**wanted, "需求人数": 20}])))
    publish(campaign, Choice(city="东莞"))
    outcome = planned(signups, save_xlsx(demand, 用工需求=lines_of([{**wanted, "需求人数": 1}])))
    assert only(outcome.plan).load == 20
    assert any("wants 1 people, 20 are matched" in note.en for note in outcome.notes)


def test_who_was_told_a_seat_of_a_draft_keeps_it_when_others_join(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """The newcomers come first by ID number, so without the calls all seats would be counted anew."""
    batch, *_ = (first := planned(listed(tmp_path / "报名.xlsx", *range(11, 31))).plan).batches
    told = first.riders.set_index("person")["seat"].drop(first.riders["person"].iloc[:5])
    with Store.open(campaign.store_path) as store:
        store.record_calls(
            CallRecord(person, batch.id, DAY, "", batch.depart, "told", None, datetime.now(UTC), seat=seat)
            for person, seat in zip(told.index.tolist(), told.tolist(), strict=True)
        )
    plan = planned(added=(listed(tmp_path / "增补.xlsx", *range(1, 11)),)).plan
    assert (only(plan).id, only(plan).load, only(plan).state) == (batch.id, 30, "draft")
    now = plan.riders.set_index("person")["seat"]
    assert now[told.index].to_dict() == told.to_dict()
    assert sorted(now) == list(range(1, 31))


def test_of_a_draft_the_missing_leave(tmp_path: Path, planned: Planner) -> None:
    planned(listed(tmp_path / "报名.xlsx", *TWENTY))
    plan = planned(listed(tmp_path / "报名.xlsx", *range(2, 21))).plan
    assert 1 not in set(plan.riders["person"])


def test_a_cancelled_row_frees_the_seat(told: Plan, planned: Planner, tmp_path: Path) -> None:
    plan = planned(rewritten(tmp_path / "报名.xlsx", *TWENTY, changed={3: {"取消": "是"}})).plan
    assert only(plan).load == 19
    assert only(plan).version == 2
    assert list(plan.unplanned["code"]) == ["cancelled"]


@pytest.mark.parametrize(
    "cells",
    [
        {"务工城市": "佛山市"},
        {"上车地点": "香粉乡政府"},
        {"最早出发日期": date(2021, 3, 1), "最晚出发日期": date(2021, 3, 1)},
        {"务工城市": "没有这个市"},
        {"健康码": "红码"},
    ],
    ids=["city", "pick-up", "window", "faulty row", "health"],
)
def test_a_row_that_says_something_else_later_changes_nothing(
    cells: dict[str, Any], told: Plan, planned: Planner, tmp_path: Path
) -> None:
    plan = planned(rewritten(tmp_path / "报名.xlsx", *TWENTY, changed={3: cells})).plan
    assert seats(plan) == seats(told)
    assert plan.unplanned.empty


def test_a_new_phone_reaches_the_papers(told: Plan, planned: Planner, tmp_path: Path) -> None:
    changed = {3: {"联系电话": "13911112222"}}
    plan = planned(rewritten(tmp_path / "报名.xlsx", *TWENTY, changed=changed)).plan
    assert "13911112222" in set(plan.riders["phone"])
    assert only(plan).version == 2


def called(campaign: Campaign, person: int, result: str, to: date | None, batch: str) -> None:
    now = datetime(2021, 2, 17, 18, tzinfo=UTC)
    with Store.open(campaign.store_path) as store:
        store.record_calls(
            [CallRecord(person, batch, DAY, "融水汽车站", datetime(2021, 2, 18, 8), result, to, now)]
        )


@pytest.fixture
def again(told: Plan, planned: Planner, tmp_path: Path) -> Callable[[], PlanOutcome]:
    """Return a function that plans the same list once more."""
    return lambda: planned(tmp_path / "报名.xlsx")


def test_who_cancels_on_the_phone_is_off_for_good(
    campaign: Campaign, told: Plan, again: Callable[[], PlanOutcome]
) -> None:
    called(campaign, 5, "cancelled", None, only(told).id)
    plan = again().plan
    assert only(plan).load == 19
    assert list(plan.unplanned["person"]) == [5]
    assert not again().is_new


def test_who_puts_off_waits_for_a_coach_of_that_day(
    campaign: Campaign, told: Plan, again: Callable[[], PlanOutcome]
) -> None:
    called(campaign, 5, "postponed", date(2021, 2, 20), only(told).id)
    plan = again().plan
    assert only(plan).load == 19
    assert list(plan.unplanned["code"]) == ["below_min_load"]


def test_who_puts_off_gets_a_free_seat_on_a_published_coach_of_that_day(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """Twice twelve are told; one of the twelve wants the later day, on which one alone fills no new coach."""
    days = [{"最早出发日期": day, "最晚出发日期": day} for day in (DAY, date(2021, 2, 20))]
    lists = [
        listed(tmp_path / f"{nth}.xlsx", *range(1 + 20 * nth, 13 + 20 * nth), **own)
        for nth, own in enumerate(days)
    ]
    first = planned(*lists).plan
    publish(campaign, Choice(batches=tuple(batch.id for batch in first.batches)))
    called(campaign, 5, "postponed", date(2021, 2, 20), first.batches[0].id)
    second = planned(*lists).plan
    assert [batch.load for batch in second.batches] == [11, 13]
    riders = second.riders.set_index("person")["batch"]
    assert riders[5] == first.batches[1].id


def test_who_puts_off_to_the_day_of_the_coach_keeps_the_seat(
    campaign: Campaign, told: Plan, again: Callable[[], PlanOutcome]
) -> None:
    called(campaign, 5, "postponed", DAY, only(told).id)
    assert only(again().plan).load == 20


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "draft"])
def test_who_wants_an_earlier_day_waits_for_a_coach_of_that_day(
    campaign: Campaign, planned: Planner, tmp_path: Path, is_published: bool
) -> None:
    """Night after night: the seat is not given back to them. A coach of the day they named takes them."""
    only_that_day = {"最早出发日期": DAY, "最晚出发日期": DAY}
    list_of_the_day = listed(tmp_path / "报名.xlsx", *TWENTY, **only_that_day)
    batch = only(planned(list_of_the_day).plan)
    if is_published:
        publish(campaign, Choice(city="东莞"))
    called(campaign, 5, "postponed", date(2021, 2, 16), batch.id)
    for night in range(2):
        other_town = listed(tmp_path / f"别处{night}.xlsx", 40 + night, 务工城市="深圳市")
        plan = planned(list_of_the_day, other_town, allow_drop=True).plan
        assert only(plan).load == 19
        assert 5 in set(plan.unplanned["person"])
    day_before = {"最早出发日期": date(2021, 2, 16), "最晚出发日期": date(2021, 2, 16)}
    plan = planned(
        list_of_the_day, listed(tmp_path / "早.xlsx", *range(51, 71), **day_before), allow_drop=True
    ).plan
    assert {b.date.day: b.load for b in plan.batches} == {16: 21, 18: 19}


def test_an_earlier_day_that_is_over_is_the_reason(campaign: Campaign, told: Plan, tmp_path: Path) -> None:
    called(campaign, 5, "postponed", date(2021, 2, 14), only(told).id)
    request = PlanRequest(Inputs((tmp_path / "报名.xlsx",)), None, as_of=DAY, search=QUICK)
    unplanned = plan(campaign, request).plan.unplanned
    assert list(unplanned["code"]) == ["window_past"]


def test_who_was_not_at_the_stop_waits_again(
    campaign: Campaign, told: Plan, again: Callable[[], PlanOutcome]
) -> None:
    called(campaign, 5, "absent", None, only(told).id)
    plan = again().plan
    assert 5 not in set(plan.riders["person"])


def test_the_coach_of_a_held_batch_is_gone(tmp_path: Path) -> None:
    """One coach a day: those who come later ride a day later."""
    campaign = Campaign(Config(), tmp_path / "returnplan.db")
    fleet = save_xlsx(
        tmp_path / "车辆.xlsx",
        车辆=[["车型", "乘客座位数", "包车费(元/趟)", "每日可用车辆数"], ["49座", 49, 3000, 1]],
    )

    def planned_with(*files: Path) -> Plan:
        return plan(campaign, PlanRequest(Inputs((*files, fleet)), None, search=QUICK)).plan

    first = planned_with(listed(tmp_path / "甲.xlsx", *range(1, 50), 最晚出发日期=DAY))
    publish(campaign, Choice(batches=(only(first).id,)))
    both = planned_with(tmp_path / "甲.xlsx", listed(tmp_path / "乙.xlsx", *range(50, 70)))
    assert [batch.date.day for batch in both.batches] == [18, 19]


def test_numbers_stay_when_a_coach_is_added_before(tmp_path: Path, planned: Planner) -> None:
    first = planned(listed(tmp_path / "深圳.xlsx", *TWENTY, 务工城市="深圳市")).plan
    both = planned(added=(listed(tmp_path / "东莞.xlsx", *range(21, 41)),)).plan
    ids = {batch.city: batch.id for batch in both.batches}
    assert ids["深圳市"] == only(first).id
    assert ids["东莞市"] != only(first).id
    assert both.batches[0].version == 1


def test_plate_and_drivers_stay_with_the_batch(campaign: Campaign, told: Plan, again: Any) -> None:
    from returnplan.store import Amendment

    known = replace(only(told), plate="桂B12345", drivers=("覃师傅 13800001111",), state="published")
    with Store.open(campaign.store_path) as store:
        header = store.latest_run()
        assert header is not None
        store.amend(header.id, Amendment("ordered", [known]))
    called(campaign, 5, "cancelled", None, only(told).id)
    batch = only(again().plan)
    assert (batch.plate, batch.drivers) == (known.plate, known.drivers)


def ruled(tmp_path: Path, **rules: Any) -> Callable[..., Plan]:
    """Return a function that plans files under these rules, in the store of the other fixtures."""
    campaign = Campaign(Config(rules=Rules(**rules)), tmp_path / "returnplan.db")

    def planned_with(*files: Path, added: tuple[Path, ...] = ()) -> Plan:
        return plan(campaign, PlanRequest(Inputs(files, added), None, search=QUICK)).plan

    return planned_with


@pytest.mark.parametrize("rule", ["max_departures_per_day", "max_arrivals_per_day"])
def test_held_riders_use_up_the_day_caps_and_spare_seats_are_filled_within_them(
    told: Plan, tmp_path: Path, rule: str
) -> None:
    """Of twenty newcomers five may still ride on the day of the twenty who were told, the others a day later."""
    name = {"max_departures_per_day": "柳州市", "max_arrivals_per_day": "东莞市"}[rule]
    plan = ruled(tmp_path, **{rule: {name: 25}})(added=(listed(tmp_path / "增补.xlsx", *range(21, 41)),))
    assert [(batch.date.day, batch.load) for batch in plan.batches] == [(18, 25), (19, 15)]
    assert seats(plan) == seats(told)


def test_a_day_cap_that_is_full_is_the_reason(told: Plan, tmp_path: Path) -> None:
    plan = ruled(tmp_path, max_departures_per_day=20)(
        added=(listed(tmp_path / "增补.xlsx", *range(21, 41), 最晚出发日期=DAY),)
    )
    assert set(plan.unplanned["code"]) == {"day_cap"}


def test_held_batches_have_spent_their_part_of_the_budget(told: Plan, tmp_path: Path) -> None:
    late = {"最早出发日期": date(2021, 2, 25), "最晚出发日期": date(2021, 2, 25)}
    added = (listed(tmp_path / "增补.xlsx", *range(21, 41), **late),)
    plan = ruled(tmp_path, budget=1.5 * told.summary["cost"])(added=added)
    assert only(plan).id == only(told).id
    assert set(plan.unplanned["code"]) == {"budget"}


def test_what_was_told_stays_also_above_a_budget_that_came_later(told: Plan, tmp_path: Path) -> None:
    plan = ruled(tmp_path, budget=100)(added=(listed(tmp_path / "增补.xlsx", 21),))
    assert seats(plan) == seats(told)


@pytest.mark.parametrize(("county", "load"), [("融水县", 30), ("融安县", 20)])
def test_counties_that_may_not_mix_do_not_meet_on_spare_seats(
    told: Plan, tmp_path: Path, county: str, load: int
) -> None:
    home = {"户籍县(市、区)": county, "上车地点": "融水汽车站"}
    plan = ruled(tmp_path, mix_counties=False)(
        added=(listed(tmp_path / "增补.xlsx", *range(21, 31), **home),)
    )
    assert plan.batches[0].load == load


def test_a_party_is_not_split_for_a_spare_seat(told: Plan, planned: Planner, tmp_path: Path) -> None:
    """One of the two cannot travel on the day of the batch, so neither gets a seat on it."""
    pair = [signup_row(21, 同行组号="9"), signup_row(22, 同行组号="9", 最早出发日期=date(2021, 2, 19))]
    plan = planned(added=(save_xlsx(tmp_path / "增补.xlsx", 报名=lines_of(pair)),)).plan
    assert only(plan).load == 20
    assert set(plan.unplanned["code"]) == {"below_min_load"}


def test_of_coaches_that_have_left_nothing_is_said(campaign: Campaign, told: Plan, tmp_path: Path) -> None:
    """Their windows are past and the rules have changed since, which helps nobody to know."""
    with Store.open(campaign.store_path) as store:
        header = store.latest_run()
        assert header is not None
        store.set_state(header.id, [only(told).id], "departed")
    strict = Campaign(Config(rules=Rules(max_dropoffs=1, min_load=30)), campaign.store_path)
    request = PlanRequest(Inputs((tmp_path / "报名.xlsx",)), None, as_of=date(2021, 2, 19), search=QUICK)
    outcome = plan(strict, request)
    assert seats(outcome.plan) == seats(told)
    assert [note for note in outcome.notes if only(told).id in note.zh] == []


def test_a_told_coach_needs_no_notice_any_more(campaign: Campaign, told: Plan, tmp_path: Path) -> None:
    request = PlanRequest(Inputs((tmp_path / "报名.xlsx",)), None, as_of=DAY, search=QUICK)
    assert [note for note in plan(campaign, request).notes if only(told).id in note.zh] == []


def test_a_newcomer_stays_with_a_companion_who_has_no_promised_seat(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """The published coach of the 18th has a seat for the newcomer, but the companion leaves on the 25th."""
    late = {"最早出发日期": date(2021, 2, 25), "最晚出发日期": date(2021, 2, 25)}
    rows = [*(signup_row(n) for n in TWENTY), *(signup_row(n, **late) for n in range(21, 32))]
    companion = signup_row(32, 同行组号="9", **late)
    newcomer = signup_row(33, 同行组号="9", 最晚出发日期=date(2021, 2, 25))
    planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([*rows, companion])))
    publish(campaign, Choice(until=DAY))
    plan = planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([*rows, companion, newcomer]))).plan
    day = plan.riders.set_index("person")["batch"].str[:4]
    assert (day.loc[1], day.loc[32], day.loc[33]) == ("0218", "0225", "0225")


@pytest.mark.parametrize("is_published", [False, True])
def test_a_companion_who_cancels_by_phone_does_not_keep_the_other_from_travelling(
    campaign: Campaign, planned: Planner, tmp_path: Path, is_published: bool
) -> None:
    files = [listed(tmp_path / "二人.xlsx", 1, 2, 同行组="甲"), listed(tmp_path / "报名.xlsx", *range(3, 23))]
    (batch,) = planned(*files).plan.batches
    if is_published:
        publish(campaign, Choice(batches=(batch.id,)))
    with Store.open(campaign.store_path) as store:
        call = CallRecord(1, batch.id, DAY, "", batch.depart, "cancelled", None, datetime.now(UTC))
        store.record_calls([call])
    plan = planned(*files).plan
    assert sorted(plan.riders["person"]) == list(range(2, 23))
    assert plan.unplanned["code"].tolist() == ["cancelled"]


def test_a_companion_who_was_not_at_the_stop_travels_later(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """One of the two has left; the other, and a third who was absent with them, are one party of the next plan."""
    files = [
        listed(tmp_path / "三人.xlsx", 1, 2, 3, 同行组="甲"),
        listed(tmp_path / "报名.xlsx", *range(4, 24)),
    ]
    (batch,) = planned(*files).plan.batches
    publish(campaign, Choice(batches=(batch.id,)))
    with Store.open(campaign.store_path) as store:
        store.record_calls(
            CallRecord(
                person, batch.id, DAY, "", batch.depart, "postponed", date(2021, 2, 20), datetime.now(UTC)
            )
            for person in (2, 3)
        )
    more = listed(tmp_path / "更多.xlsx", *range(24, 44), 最早出发日期=date(2021, 2, 20))
    plan = planned(*files, more).plan
    riders = plan.riders.set_index("person")["batch"]
    assert riders[1] == batch.id
    assert riders[2] == riders[3] != batch.id


def test_who_keeps_a_seat_without_being_in_a_list_is_named_until_the_coach_has_left(
    campaign: Campaign, told: Plan, planned: Planner, tmp_path: Path
) -> None:
    def said() -> list[str]:
        notes = planned(listed(tmp_path / "报名.xlsx", *range(2, 21)), afresh=True).notes
        return [note.zh for note in notes if "已通知人员不在这次的名单里" in note.zh]

    (rider,) = told.riders[told.riders["id_number"] == signup_row(1)["身份证号码"]].itertuples()
    (words,) = said()
    assert f"{mask_name(rider.name)}(编号 {rider.person}，" in words
    assert f"{only(told).id} 报名.xlsx!报名!" in words
    with Store.open(campaign.store_path) as store, store.transaction():
        store.set_state(show(campaign)[0].id, [only(told).id], "departed")
    assert said() == []


def test_who_loses_the_seat_on_a_draft_is_named_with_the_reason(planned: Planner, tmp_path: Path) -> None:
    riders = planned(listed(tmp_path / "报名.xlsx", *range(1, 13))).plan.riders
    list_of_fewer = rewritten(tmp_path / "报名.xlsx", *range(1, 13), changed={1: GONE, 2: GONE, 3: GONE})
    notes = planned(list_of_fewer, allow_drop=True).notes
    (words,) = (note.zh for note in notes if "人上次有座位、这次没有" in note.zh)
    assert words.startswith("9 人")
    assert words.count("不够起运") == 9
    assert all(f"编号 {person}，" not in words for person in _persons(riders, 1, 2, 3))


GONE = {"状态": "取消"}


def _persons(riders: pd.DataFrame, *serials: int) -> list[int]:
    ids = [signup_row(serial)["身份证号码"] for serial in serials]
    return riders.loc[riders["id_number"].isin(ids), "person"].tolist()
