"""What can be changed at the coach door, what is refused, and what later runs make of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.config import Config
from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch
from returnplan.model.rules import Rules
from returnplan.store import Store
from returnplan.usecases import giving_way
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeOutcome, ChangeRequest, change
from returnplan.usecases.change.seats import _fewer, _of_another_carrier, _waiting_named
from returnplan.usecases.choice import Choice
from returnplan.usecases.open_plan import open_plan
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.specimens.coach import make_batch, make_rider
from tests.specimens.sheets import Line, save_xlsx
from tests.usecases.conftest import Planner, listed, planner

THIRTY = range(1, 31)
FLEET: list[Line] = [
    ["车型", "乘客座位数", "包车费(元/趟)", "每公里运价"],
    ["49座", 49, 3000, 6],
    ["24座", 24, 2900, 5],
]

TWO_DRIVERS = ("覃师傅 13800001111", "韦师傅 13800002222")
"""It is more than 400 km to Dongguan."""

Change = Callable[..., ChangeOutcome]


@pytest.fixture
def batch(tmp_path: Path, planned: Planner) -> Batch:
    """Return the coach of thirty people to Dongguan; one more to Foshan stays behind."""
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET)
    listed(tmp_path / "佛山.xlsx", 31, 务工城市="佛山市")
    listed(tmp_path / "报名.xlsx", *THIRTY)
    plan = planned(*(tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆"))).plan
    (batch,) = plan.batches
    return batch


@pytest.fixture
def by_hand(tmp_path: Path, campaign: Campaign, batch: Batch) -> Change:
    """Return a function that changes the coach."""

    def make(**wishes: Any) -> ChangeOutcome:
        return change(campaign, ChangeRequest(batch.id, tmp_path / "名单", **wishes))

    return make


def test_plate_and_drivers_stand_on_the_next_version(campaign: Campaign, by_hand: Change) -> None:
    outcome = by_hand(plate="桂B12345", drivers=TWO_DRIVERS)
    (paper,) = outcome.papers
    assert "第1版" in paper.name  # the first that is written of the coach
    cells = {str(cell.value) for row in load_workbook(paper).worksheets[0].iter_rows() for cell in row}
    assert {"桂B12345", "、".join(TWO_DRIVERS)} <= cells
    (stored,) = show(campaign)[1].batches
    assert outcome.batch is not None
    assert stored == replace(outcome.batch, version=stored.version)


def test_names_are_changed_alike_whether_the_plan_is_read_whole_or_in_part(
    campaign: Campaign, by_hand: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand(plate="桂B12345", drivers=TWO_DRIVERS)
    of_part = show(campaign)[1]
    monkeypatch.setattr(ChangeRequest, "is_naming", False)
    by_hand(plate="桂B54321", drivers=TWO_DRIVERS)
    of_whole = show(campaign)[1]
    assert of_part.summary == {key: of for key, of in of_whole.summary.items() if key != "as_planned"}
    assert {
        "cost",
        "gap",
        "trains_not_run",
        "last_person_yuan",
        "last_late_day_yuan",
    } <= of_whole.summary.keys()
    assert of_part.employers == of_whole.employers
    assert of_part.riders.equals(of_whole.riders)
    assert of_part.unplanned.equals(of_whole.unplanned)


def test_another_vehicle_says_that_the_plate_is_gone(by_hand: Change) -> None:
    by_hand(plate="桂B12345", drivers=TWO_DRIVERS)
    outcome = by_hand(vehicle="49座")
    assert outcome.batch is not None
    assert (outcome.batch.plate, outcome.batch.drivers) == ("", TWO_DRIVERS)
    assert any("原车牌 桂B12345 已清空" in note.zh for note in outcome.notes)
    assert not any("已清空" in note.zh for note in by_hand(vehicle="24座", plate="桂B54321").notes)


@pytest.mark.parametrize("words", ["xx", "待定"])
def test_words_for_no_plate_do_not_clear_a_known_one(campaign: Campaign, by_hand: Change, words: str) -> None:
    by_hand(plate=words)
    by_hand(plate="桂B12345")
    with pytest.raises(UsageError, match="is no plate"):
        by_hand(plate=words)
    (stored,) = show(campaign)[1].batches
    assert (stored.plate, stored.version) == ("桂B12345", 2)
    cleared = by_hand(plate="")
    assert cleared.batch is not None
    assert cleared.batch.plate == ""
    assert any("已清空" in note.zh for note in cleared.notes)


def test_half_a_plate_is_taken_with_a_warning(by_hand: Change) -> None:
    outcome = by_hand(plate="桂B12")
    assert outcome.batch is not None
    assert outcome.batch.plate == "桂B12"
    assert any("不像完整的车牌" in note.zh for note in outcome.notes)
    assert not any("不像" in note.zh for note in by_hand(plate="桂B12345").notes)


def test_a_driver_is_written_without_spaces_in_the_name(by_hand: Change) -> None:
    outcome = by_hand(drivers=("赵 强 13907759999", TWO_DRIVERS[0]))
    assert outcome.batch is not None
    assert outcome.batch.drivers == ("赵强 13907759999", TWO_DRIVERS[0])


def test_a_driver_too_few_is_asked_and_not_decided(campaign: Campaign, by_hand: Change) -> None:
    """It is asked once: what is known is not asked again with another change."""
    asked = by_hand(drivers=TWO_DRIVERS[:1])
    assert (asked.is_proposal, asked.lacks_driver, asked.papers) == (True, True, [])
    assert any("需 2 名驾驶员，只有 1 名" in note.zh for note in asked.notes)
    assert show(campaign)[1].batches[0].drivers == ()
    assert by_hand(drivers=TWO_DRIVERS[:1], yes=True).papers
    assert show(campaign)[1].batches[0].drivers == TWO_DRIVERS[:1]
    assert not by_hand(plate="桂B12345").is_proposal
    assert not by_hand(drivers=TWO_DRIVERS).is_proposal


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Rules(min_load=10), "只有 9 人，少于最低 10 人"),
        (Rules(min_load=5, max_cost_per_head=700), "最多 700 元"),
    ],
)
def test_who_leaves_makes_a_coach_too_dear_or_too_empty_and_the_office_is_asked(
    tmp_path: Path, rules: Rules, words: str
) -> None:
    """Once it has agreed, the coach runs, also in the next plan."""
    campaign = Campaign(Config(rules=rules), tmp_path / "returnplan.db")
    again = planner(tmp_path, campaign)
    signups = listed(tmp_path / "报名.xlsx", *range(1, 11))
    (batch,) = again(signups).plan.batches
    request = ChangeRequest(batch.id, tmp_path / "名单", drop=("5",))
    asked = change(campaign, request)
    assert (asked.is_proposal, asked.breaks_own_rule) == (True, True)
    assert any(words in note.zh for note in asked.notes)
    assert show(campaign)[1].batches[0].load == 10
    assert change(campaign, replace(request, yes=True)).papers
    assert not change(campaign, ChangeRequest(batch.id, tmp_path / "名单", plate="桂B12345")).is_proposal
    assert again(signups).plan.batches[0].load == 9


def test_a_published_coach_that_becomes_too_empty_is_asked_for_too(tmp_path: Path) -> None:
    campaign = Campaign(Config(rules=Rules(min_load=10)), tmp_path / "returnplan.db")
    (batch,) = planner(tmp_path, campaign)(listed(tmp_path / "报名.xlsx", *range(1, 11))).plan.batches
    publish(campaign, Choice(batches=(batch.id,)))
    asked = change(campaign, ChangeRequest(batch.id, tmp_path / "名单", drop=("5",)))
    assert (asked.is_proposal, asked.breaks_own_rule) == (True, True)
    assert show(campaign)[1].batches[0].load == 10


def test_the_next_plan_does_not_say_that_who_was_taken_off_was_phoned(
    batch: Batch, by_hand: Change, planned: Planner, tmp_path: Path
) -> None:
    by_hand(drop=("5",))
    plan = planned(*(tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆"))).plan
    reason = plan.unplanned.set_index("person").loc[5, "reason_zh"]
    assert reason == "已退出(电话中取消，或由 change --drop 取下)"


def test_the_same_change_again_is_not_made_twice_and_writes_the_papers(
    campaign: Campaign, by_hand: Change, batch: Batch
) -> None:
    (paper,) = by_hand(drop=("5",), vehicle="49座").papers
    content = paper.read_bytes()
    paper.unlink()
    again = by_hand(drop=("5",), vehicle="49座")
    assert again.papers == [paper]
    assert load_workbook(paper).sheetnames == load_workbook(BytesIO(content)).sheetnames
    assert "saved before" in again.notes[0].en
    assert [one.version for one in show(campaign)[1].batches] == [2]


def test_a_change_that_is_made_already_is_said_to_be_so_after_another_plan(
    campaign: Campaign, by_hand: Change, batch: Batch, planned: Planner, tmp_path: Path
) -> None:
    """The journal of a new run knows of no change; with --yes the command is another one besides."""
    first = by_hand(day=date(2021, 2, 25), agreed=("全部",))
    assert not first.was_done
    planned(*(tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆")))
    again = by_hand(day=date(2021, 2, 25), agreed=("全部",), yes=True)
    assert (again.was_done, len(again.papers)) == (True, 1)
    named = [by_hand(plate="桂B12345").was_done for _ in range(2)]
    planned(*(tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆")))
    assert [*named, by_hand(plate="桂B12345").was_done] == [False, True, True]


def test_a_change_that_another_one_followed_is_made_again(by_hand: Change) -> None:
    for plate in ("桂B1", "桂B2", "桂B1"):
        outcome = by_hand(plate=plate)
    assert outcome.batch is not None
    assert (outcome.batch.plate, outcome.batch.version) == ("桂B1", 3)


def test_a_batch_called_off_twice_is_called_off_once(campaign: Campaign, by_hand: Change) -> None:
    assert by_hand(cancel=True).batch is by_hand(cancel=True).batch is None
    assert len(show(campaign)[1].unplanned) == 31


def test_a_smaller_coach_says_who_has_no_seat(campaign: Campaign, by_hand: Change) -> None:
    proposed = by_hand(vehicle="24座")
    assert proposed.is_proposal
    assert show(campaign)[1].summary["planned"] == 30
    outcome = by_hand(vehicle="24座", yes=True)
    assert outcome.batch is not None
    assert (outcome.batch.load, outcome.batch.seats) == (24, 24)
    assert len(outcome.off) == 6
    assert {move.rider for move in proposed.moves} == set(outcome.off)
    plan = show(campaign)[1]
    assert set(plan.unplanned["person"]) == {31, *(rider.person for rider in outcome.off)}
    assert plan.summary["planned"] == 24


def test_a_vehicle_that_the_fleet_lacks_is_refused(by_hand: Change) -> None:
    with pytest.raises(UsageError, match="it has: 49座, 24座"):
        by_hand(vehicle="59座")


def test_who_is_dropped_stays_away_and_who_is_added_stays(
    campaign: Campaign, by_hand: Change, planned: Planner, tmp_path: Path
) -> None:
    outcome = by_hand(drop=("5",))
    assert [rider.person for rider in outcome.off] == [5]
    files = [tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆")]
    assert 5 not in set(planned(*files).plan.riders["person"])
    by_hand(add=("5",))
    assert 5 in set(planned(*files).plan.riders["person"])


def test_the_bound_is_proved_by_the_prices_of_those_who_stay(campaign: Campaign, by_hand: Change) -> None:
    before = show(campaign)[1]
    rider = before.riders.set_index("person").loc[5]
    by_hand(drop=("5",))
    left = before.summary["lower_bound"] - rider["bound_yuan"] - rider["rent_yuan"]
    assert rider["bound_yuan"] > 0
    assert show(campaign)[1].summary["lower_bound"] == pytest.approx(left, abs=0.01)
    by_hand(add=("5",))
    assert show(campaign)[1].summary["lower_bound"] == pytest.approx(left, abs=0.02)


def test_the_bound_stays_near_the_cost_when_a_whole_coach_stays_at_home(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """Without any one of its riders a plan may need a coach less, but all together save one coach and no more."""
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET[:2])
    listed(tmp_path / "报名.xlsx", *range(1, 81))
    plan = planned(tmp_path / "报名.xlsx", tmp_path / "车辆.xlsx").plan
    least = min(plan.batches, key=lambda batch: batch.load)
    assert plan.summary["gap"] < 0.01
    change(campaign, ChangeRequest(least.id, tmp_path / "名单", cancel=True))
    after = show(campaign)[1]
    assert after.summary["gap"] < 0.01
    assert after.riders["bound_yuan"].sum() == pytest.approx(after.summary["lower_bound"], abs=0.02)


def test_who_goes_elsewhere_is_not_added(by_hand: Change) -> None:
    with pytest.raises(UsageError, match="does not call at"):
        by_hand(add=("31",))


def test_who_is_not_there_is_not_dropped(by_hand: Change) -> None:
    with pytest.raises(UsageError, match=r"'31' is not on .*; .*!报名!2 is on no batch: "):
        by_hand(drop=("31",))


def test_who_rides_on_another_batch_is_named_with_it(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    listed(tmp_path / "报名.xlsx", *range(1, 81))
    one, other = planned(tmp_path / "报名.xlsx").plan.batches
    riders = show(campaign)[1].riders
    person = riders.loc[riders["batch"] == other.id, "person"].min()
    with pytest.raises(UsageError, match=f"is not on {one.id}; .* is on {other.id}"):
        change(campaign, ChangeRequest(one.id, tmp_path / "名单", drop=(str(person),)))


def test_it_is_said_where_those_are_now_who_have_left(by_hand: Change) -> None:
    notes = [note.zh for note in by_hand(drop=("5", "6")).notes]
    assert notes[-1].startswith("2 人现在列在未排人员中(returnplan show unplanned)：临行前退出；如改主意")
    assert any(note.zh.startswith("28 人现在列在未排人员中") for note in by_hand(cancel=True).notes)


def test_the_employers_of_those_who_drop_out_are_named() -> None:
    gone = [replace(make_rider(nth), employer=name) for nth, name in enumerate(("甲厂", "乙厂", "甲厂", ""))]
    (note,) = _fewer(gone)
    assert "乙厂 1 人、甲厂 2 人" in note.zh
    assert _fewer(gone[3:]) == []


def test_whose_vehicle_it_is_now_is_said() -> None:
    coach = make_batch([make_rider(1)])
    (note,) = _of_another_carrier(coach, replace(coach, carrier="靖西边关"))
    assert note.zh.endswith("由 靖西边关 派出")
    assert _of_another_carrier(coach, coach) == _of_another_carrier(coach, None) == []


@pytest.mark.parametrize("is_told", [False, True])
def test_who_cannot_travel_on_the_other_day_is_named_and_nothing_is_changed(
    campaign: Campaign, batch: Batch, by_hand: Change, is_told: bool
) -> None:
    """One rule for drafts and for batches that people were told of."""
    if is_told:
        publish(campaign, Choice(batches=(batch.id,)))
    before = show(campaign)[1]
    outcome = by_hand(day=date(2021, 2, 25), depart=time(6, 30))
    assert outcome.is_proposal
    assert len(outcome.moves) == 30
    assert {move.batch for move in outcome.moves} == {None}
    after = show(campaign)[1]
    assert after.batches == before.batches
    assert after.riders.equals(before.riders)


@pytest.mark.parametrize("is_told", [False, True])
def test_who_agreed_on_the_phone_travels_on_the_other_day_also_in_the_next_plan(
    campaign: Campaign, batch: Batch, by_hand: Change, planned: Planner, tmp_path: Path, is_told: bool
) -> None:
    if is_told:
        publish(campaign, Choice(batches=(batch.id,)))
    outcome = by_hand(day=date(2021, 2, 25), depart=time(6, 30), agreed=("全部",))
    assert not outcome.is_proposal
    assert outcome.batch is not None
    assert (outcome.batch.depart.isoformat(), outcome.batch.load) == ("2021-02-25T06:30:00", 30)
    assert outcome.notes == []  # neither a line a rider, nor one about the hour that was ordered
    plan = planned(*(tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆"))).plan
    (kept,) = plan.batches
    assert (kept.id, kept.date, kept.load) == (batch.id, date(2021, 2, 25), 30)


def test_some_agree_some_do_not_travel_and_the_rest_waits(campaign: Campaign, by_hand: Change) -> None:
    some = tuple(map(str, range(1, 21)))
    outcome = by_hand(day=date(2021, 2, 25), agreed=some, drop=("30",), yes=True)
    assert outcome.batch is not None
    assert outcome.batch.load == 20
    assert {move.rider.person for move in outcome.moves} == set(range(21, 30))
    codes = show(campaign)[1].unplanned.set_index("person")["code"]
    assert codes[30] == "cancelled"
    assert set(codes.reindex(range(21, 30))) == {"seat_lost"}


def test_who_cancelled_has_nothing_to_agree_on_once_the_day_is_over(
    by_hand: Change, planned: Planner, tmp_path: Path
) -> None:
    by_hand(drop=("30",))
    files = [tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆")]
    codes = planned(*files, as_of=date(2021, 2, 26)).plan.unplanned.set_index("person")["code"]
    assert (codes[30], codes[31]) == ("cancelled", "window_past")


def test_agreeing_needs_a_day(by_hand: Change) -> None:
    with pytest.raises(UsageError, match="--agreed goes with --date"):
        by_hand(agreed=("5",))


@pytest.mark.parametrize("word", ["32", "全部"])
def test_who_signed_up_for_other_days_is_added_once_they_agree(
    campaign: Campaign, by_hand: Change, planned: Planner, tmp_path: Path, word: str
) -> None:
    days = {"最早出发日期": date(2021, 2, 25), "最晚出发日期": date(2021, 2, 25)}
    late = listed(tmp_path / "晚.xlsx", 32, **days)
    files = [*(tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "车辆")), late]
    planned(*files)
    with pytest.raises(UsageError, match=r"晚.xlsx!报名!2 can travel from 02-25 to 02-25.*--agreed NAME"):
        by_hand(add=("32",))
    assert by_hand(add=("32",), agreed=(word,)).notes == []
    assert 32 in set(planned(*files).plan.riders["person"])


def test_a_spare_vehicle_comes_at_the_same_hours_for_the_same_people(
    campaign: Campaign, batch: Batch, by_hand: Change
) -> None:
    """The fleet has any number of vehicles; nobody moves, and nothing happens before it is accepted."""
    by_hand(plate="桂B12345")
    proposed = by_hand(breakdown=True)
    assert proposed.is_proposal
    assert proposed.moves == ()
    assert [note.zh[:14] for note in proposed.notes if "原车牌" in note.zh] == ["原车牌 桂B12345 会清空"[:14]]
    assert show(campaign)[1].batches[0].plate == "桂B12345"
    done = by_hand(breakdown=True, yes=True)
    assert done.batch is not None
    assert (done.batch.id, done.batch.stops, done.batch.plate) == (batch.id, batch.stops, "")
    assert len(done.papers) == 1


def test_the_spare_vehicle_may_break_down_too_once_it_has_a_plate(
    campaign: Campaign, by_hand: Change
) -> None:
    """The same command twice is one event, but says how to tell of another."""
    by_hand(breakdown=True, yes=True)
    saved, again = by_hand(breakdown=True, yes=True).notes
    assert "没有再改" in saved.zh
    assert "--plate" in again.zh
    assert "--plate" in again.en
    by_hand(plate="桂B22222")
    done = by_hand(breakdown=True, yes=True)
    assert not any("没有再改" in note.zh for note in done.notes)
    assert show(campaign)[1].batches[0].plate == ""


def test_riders_of_a_coach_that_does_not_come_find_seats_of_the_morning_then_of_later_days(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """Of 45, 20 ride that morning, for the other coach has 20 free seats; 10 can wait for the next day's coach."""
    fleet = [[*FLEET[0], "每日可用车辆数"], ["49座", 49, 3000, 6, 2]]
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=fleet)
    first, second = date(2021, 2, 18), date(2021, 2, 19)
    listed(tmp_path / "甲.xlsx", *range(1, 46), 最早出发日期=first, 最晚出发日期=first, 上车地点="融水汽车站")
    plan = planned(tmp_path / "甲.xlsx", tmp_path / "车辆.xlsx").plan
    (one,) = plan.batches
    publish(campaign, Choice(batches=(one.id,)))
    listed(tmp_path / "乙.xlsx", *range(51, 80), 最早出发日期=first, 最晚出发日期=first, 务工城市="东莞市")
    listed(tmp_path / "丙.xlsx", *range(81, 120), 最早出发日期=second, 最晚出发日期=second)
    plan = planned(*(tmp_path / f"{name}.xlsx" for name in ("甲", "乙", "丙", "车辆"))).plan
    other = next(batch for batch in plan.batches if batch.date == first and batch.id != one.id)
    publish(campaign, Choice(until=second))
    outcome = change(campaign, ChangeRequest(one.id, tmp_path / "名单", breakdown=True, yes=True))
    seated = [move for move in outcome.moves if move.batch and move.batch.id == other.id]
    assert len(seated) == other.usable - other.load
    assert outcome.batch is None
    after = show(campaign)[1]
    assert one.id not in {batch.id for batch in after.batches}
    assert next(batch for batch in after.batches if batch.id == other.id).version == other.version + 1
    assert [path for path in outcome.papers if "2号车" in path.name or "1号车" in path.name]
    with pytest.raises(UsageError, match="no such batch"):
        change(campaign, ChangeRequest(one.id, tmp_path / "名单", plate="桂B1"))
    again = change(campaign, ChangeRequest(one.id, tmp_path / "名单", breakdown=True, yes=True))
    assert again.papers == outcome.papers
    assert show(campaign)[1].batches == after.batches


def test_a_vehicle_that_did_not_come_is_not_used_until_it_is_mended(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """One coach a day: who signs up now could ride that morning only in the one that broke down."""
    day = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 18)}
    fleet = [[*FLEET[0], "每日可用车辆数"], ["49座", 49, 3000, 6, 1]]
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=fleet)
    (batch,) = planned(
        listed(tmp_path / "甲.xlsx", *range(1, 31), **day), tmp_path / "车辆.xlsx"
    ).plan.batches
    publish(campaign, Choice(batches=(batch.id,)))
    done = change(campaign, ChangeRequest(batch.id, tmp_path / "名单", breakdown=True, yes=True))
    assert done.batch is None
    (said,) = (note for note in done.notes if "--mended" in note.zh)
    assert "到 02-18 为止" in said.zh
    again = planned(added=(listed(tmp_path / "乙.xlsx", *range(31, 61), **day),)).plan
    assert again.batches == ()
    mended = change(campaign, ChangeRequest(batch.id, tmp_path / "名单", mended=True))
    assert (mended.batch, mended.papers) == (None, [])
    after = planned(added=(listed(tmp_path / "丙.xlsx", *range(61, 71), **day),)).plan
    assert [one.vehicle for one in after.batches] == ["49座"]
    with pytest.raises(UsageError, match="nobody has said"):
        change(campaign, ChangeRequest(batch.id, tmp_path / "名单", mended=True))


def test_an_hour_at_which_one_cannot_board_is_named(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """By the change, once; the plan has chosen an hour at which people can board."""
    table = [["乡镇", "上车点", "县", "时间"], ["融水镇", "融水汽车站", "融水县", "09:00-10:00"]]
    save_xlsx(tmp_path / "上车点.xlsx", 上车点=table)
    outcome = planned(
        listed(tmp_path / "报名.xlsx", *THIRTY, 上车地点="融水汽车站"), tmp_path / "上车点.xlsx"
    )
    (batch,) = outcome.plan.batches
    assert not any("才能上车" in note.zh for note in outcome.notes)
    assert time(9) <= batch.depart.time() <= time(10)
    for hour, said in ((time(5, 30), ["05:30"]), (time(9, 30), [])):
        notes = change(campaign, ChangeRequest(batch.id, tmp_path / "名单", depart=hour)).notes
        assert [note.zh.split()[2] for note in notes if "09:00–10:00 才能上车" in note.zh] == said


def test_called_off_its_riders_wait(campaign: Campaign, batch: Batch, by_hand: Change) -> None:
    assert by_hand(cancel=True).batch is None
    plan = show(campaign)[1]
    assert plan.batches == ()
    assert len(plan.unplanned) == 31
    with pytest.raises(UsageError, match="no such batch"):
        by_hand(plate="桂B12345")


def test_a_change_is_kept_by_the_next_run(
    campaign: Campaign, batch: Batch, by_hand: Change, planned: Planner, tmp_path: Path
) -> None:
    by_hand(depart=time(6, 30), plate="桂B12345")
    plan = planned(added=(listed(tmp_path / "增补.xlsx", 32),)).plan
    kept = next(one for one in plan.batches if one.id == batch.id)
    assert (f"{kept.depart:%H:%M}", kept.plate, kept.load) == ("06:30", "桂B12345", 30)


def test_an_hour_at_which_nobody_is_taken_in_is_set_and_named(
    campaign: Campaign, by_hand: Change, batch: Batch, tmp_path: Path
) -> None:
    timetable = {"reception": {"东莞市": ["07:00", "20:00"]}}
    open_by_day = Campaign(Config.model_validate({"timetable": timetable}), campaign.store_path)
    for hour, is_named in ((time(9), False), (time(17), True)):
        request = ChangeRequest(batch.id, tmp_path / "名单", depart=hour)
        outcome = change(open_by_day, request)
        assert outcome.batch is not None
        assert outcome.batch.depart.time() == hour
        assert any("接收时间是 07:00–20:00" in note.zh for note in outcome.notes) == is_named


def test_an_hour_that_makes_the_coach_stand_before_morning_is_set_and_warned_of(by_hand: Change) -> None:
    """From half past midnight on it would be on the road at two, when long-distance coaches stand until five."""
    by_night = by_hand(depart=time(0, 30))
    assert by_night.batch is not None
    (warning,) = [note.en for note in by_night.notes if "stands still" in note.en]
    assert f"from {by_night.batch.date:%m-%d} 02:00 to 05:00" in warning
    assert f"arrives {by_night.batch.arrive:%m-%d %H:%M}" in warning
    by_day = by_hand(depart=time(7, 30))
    assert not any("stands still" in note.en for note in by_day.notes)


def test_a_change_is_entered_whole_or_not_at_all(
    campaign: Campaign, by_hand: Change, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a plan could come next that knows of no pin and undoes the change."""

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "pin", fail)
    with pytest.raises(KeyboardInterrupt):
        by_hand(plate="桂B12345")
    assert show(campaign)[1].batches == (batch,)


def test_who_has_left_is_pinned_no_more(campaign: Campaign, by_hand: Change, batch: Batch) -> None:
    by_hand(plate="桂B12345")
    by_hand(drop=("3",))
    with Store.open(campaign.store_path) as store:
        assert set(store.pins()) == set(THIRTY) - {3}
    by_hand(cancel=True)
    with Store.open(campaign.store_path) as store:
        assert store.pins() == {}


def test_another_day_brings_its_notices_and_usable_seats(tmp_path: Path, campaign: Campaign) -> None:
    """On the 20th no more than half of 49 seats may be used, which is enough for ten people."""
    notice = {"since": date(2021, 2, 20), "number": "桂交〔2021〕1号", "seat_share": 0.5, "temperature": True}
    ruled = Campaign(Config.model_validate({"notices": {"rules": [notice]}}), campaign.store_path)
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET[:2])
    window = {"最早出发日期": date(2021, 2, 19), "最晚出发日期": date(2021, 2, 25)}
    listed(tmp_path / "报名.xlsx", *range(1, 11), **window)
    (before,) = planner(tmp_path, ruled)(tmp_path / "报名.xlsx", tmp_path / "车辆.xlsx").plan.batches
    days = date(2021, 2, 19), date(2021, 2, 20)
    there = days[before.date == days[0]]
    request = ChangeRequest(before.id, tmp_path / "名单", day=there)
    after = change(ruled, request).batch
    assert after is not None
    told = {batch.date: (batch.usable, batch.notices, batch.takes_temperature) for batch in (before, after)}
    assert told == {days[0]: (49, (), False), days[1]: (24, ("桂交〔2021〕1号",), True)}


def test_where_a_draft_has_the_vehicle_that_a_told_coach_needs_it_is_said_how_it_becomes_free(
    campaign: Campaign, planned: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A smaller draft of the same type on another day is not even tried."""
    monkeypatch.setattr(giving_way, "MOST_TRIED", 1)
    counted = [[*FLEET[0], "每日可用车辆数"], [*FLEET[1], 1], [*FLEET[2], 1]]
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=counted)
    day = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 18)}
    listed(tmp_path / "东莞.xlsx", *range(1, 21), **day)
    (told,) = planned(tmp_path / "东莞.xlsx", tmp_path / "车辆.xlsx").plan.batches
    publish(campaign, Choice(batches=(told.id,)))
    listed(tmp_path / "佛山.xlsx", *range(31, 61), 务工城市="佛山市", **day)
    later = {"最早出发日期": date(2021, 2, 22), "最晚出发日期": date(2021, 2, 22)}
    listed(tmp_path / "广州.xlsx", *range(61, 86), 务工城市="广州市", **later)
    batches = planned(*(tmp_path / f"{name}.xlsx" for name in ("东莞", "佛山", "广州", "车辆"))).plan.batches
    draft, smaller = (batch for batch in batches if batch.id != told.id)
    assert (told.vehicle, draft.vehicle, smaller.vehicle) == ("24座", "49座", "49座")
    larger = ChangeRequest(told.id, tmp_path / "名单", vehicle="49座")
    with pytest.raises(
        UsageError, match=rf"a draft can give one up: {draft.id} .* change {draft.id} --cancel"
    ):
        change(campaign, larger)
    change(campaign, ChangeRequest(draft.id, tmp_path / "名单", cancel=True, yes=True))
    outcome = change(campaign, larger)
    assert outcome.batch is not None
    assert outcome.batch.vehicle == "49座"


def test_a_coach_is_called_off_though_its_employer_wants_fewer_people_than_before(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET)
    save_xlsx(
        tmp_path / "需求.xlsx", 用工需求=[["企业名称", "所在市", "需求人数"], ["恒达电子厂", "东莞市", 30]]
    )
    listed(tmp_path / "报名.xlsx", *THIRTY, 用人单位="")
    (batch,) = planned(*(tmp_path / f"{name}.xlsx" for name in ("报名", "车辆", "需求"))).plan.batches
    publish(campaign, Choice(batches=(batch.id,)))
    with open_plan(campaign) as opened:
        vacancies = tuple(replace(one, headcount=10) for one in opened.roster.vacancies)
        opened.save(opened.plan, "changed", replace(opened.roster, vacancies=vacancies))
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", cancel=True, yes=True))
    assert show(campaign)[1].batches == ()


@pytest.mark.parametrize("cap", ["max_departures_per_day", "max_arrivals_per_day"])
def test_a_change_that_only_reduces_what_was_above_a_limit_before_is_made(
    tmp_path: Path, campaign: Campaign, batch: Batch, cap: str
) -> None:
    rules = campaign.config.rules.model_copy(update={cap: 20})
    strict = replace(campaign, config=campaign.config.model_copy(update={"rules": rules}))
    outcome = change(strict, ChangeRequest(batch.id, tmp_path / "名单", drop=("1",), yes=True))
    assert outcome.batch is not None
    assert outcome.batch.load == 29
    with pytest.raises(UsageError, match=r"20"):  # one more is one too many
        change(strict, ChangeRequest(batch.id, tmp_path / "名单", add=("1",), yes=True))


def test_a_vehicle_too_many_before_keeps_nobody_from_calling_off_a_coach(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET[:2])
    listed(tmp_path / "报名.xlsx", *range(1, 31))
    listed(tmp_path / "佛山.xlsx", *range(31, 61), 务工城市="佛山市")
    listed(tmp_path / "广州.xlsx", *range(61, 91), 务工城市="广州市")
    plan = planned(*(tmp_path / f"{name}.xlsx" for name in ("报名", "佛山", "广州", "车辆"))).plan
    assert len(plan.batches) == 3
    with open_plan(campaign) as opened:
        pools = tuple(replace(pool, per_day=1) for pool in opened.roster.pools)
        opened.save(opened.plan, "changed", replace(opened.roster, pools=pools))
    change(campaign, ChangeRequest(plan.batches[0].id, tmp_path / "名单", cancel=True, yes=True))
    assert len(show(campaign)[1].batches) == 2


def test_a_published_coach_takes_no_vehicle_that_the_fleet_has_not_left(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    fleet = save_xlsx(
        tmp_path / "车.xlsx",
        车辆=[
            ["车型", "乘客座位数", "包车费", "每日可用车辆数"],
            ["37座", 37, 2000, 9],
            ["53座", 53, 9000, 1],
        ],
    )
    planned(
        listed(tmp_path / "东.xlsx", *range(1, 21)),
        listed(tmp_path / "佛.xlsx", *range(21, 41), 务工城市="佛山市", 最早出发日期=date(2021, 2, 20)),
        fleet,
    )
    one, other = show(campaign)[1].batches
    change(campaign, ChangeRequest(one.id, tmp_path / "名单", day=other.date, agreed=("全部",), yes=True))
    publish(campaign, Choice(batches=(one.id, other.id)))
    change(campaign, ChangeRequest(one.id, tmp_path / "名单", vehicle="53座"))
    with pytest.raises(UsageError, match="every 53座 of the fleet is on another batch"):
        change(campaign, ChangeRequest(other.id, tmp_path / "名单", vehicle="53座"))
    change(campaign, ChangeRequest(one.id, tmp_path / "名单", vehicle="37座"))  # which frees it
    change(campaign, ChangeRequest(other.id, tmp_path / "名单", vehicle="53座"))
    assert [batch.vehicle for batch in show(campaign)[1].batches] == ["37座", "53座"]


def test_a_number_of_somebody_who_rides_is_not_taken_for_the_last_four_of_another(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    late = {"最早出发日期": date(2021, 3, 8), "最晚出发日期": date(2021, 3, 8), "联系电话": "13800001021"}
    planned(listed(tmp_path / "一.xlsx", *range(1, 21)), listed(tmp_path / "二.xlsx", 21, **late))
    with open_plan(campaign) as opened:
        riders = opened.plan.riders.replace({"person": {1: 1021}})
        of_many = replace(opened, plan=replace(opened.plan, riders=riders))
        with pytest.raises(UsageError, match=r"'1021' is more than one person: 一\.xlsx"):
            _waiting_named(of_many, ("1021",))
