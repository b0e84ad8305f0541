"""``plan --nights`` says of each draft whether it is published tonight or held, and publishes nothing."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from returnplan.carryover.send_or_hold import Verdict
from returnplan.contract import View, plan_json
from returnplan.model.advice import Advice, advice_of, advice_on, with_advice
from returnplan.model.plan import Plan
from returnplan.papers.wording import say_advice
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.evening import Evening
from returnplan.usecases.plan import nights
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from returnplan.usecases.to_do import Day, PlanInForce, to_do
from tests.specimens.journeys import TRAIN, its_case
from tests.specimens.sheets import Line, lines_of, save_xlsx, signup_row
from tests.specimens.two_batches import two_batches
from tests.usecases.conftest import Planner, listed

TONIGHT = date(2021, 2, 17)
EVENING = Evening(TONIGHT, datetime.combine(TONIGHT, time(19)))
TOMORROW = TONIGHT + timedelta(days=1)
LATER = TONIGHT + timedelta(days=4)


def signed_up(path: Path, *serials: int, first: date, last: date, **cells: Any) -> Path:
    rows = [signup_row(n, 最早出发日期=first, 最晚出发日期=last, **cells) for n in serials]
    return save_xlsx(path, 报名=lines_of(rows))


@pytest.fixture
def two_days(tmp_path: Path, planned: Planner) -> Plan:
    """Return the plan of an evening: twelve people for tomorrow, twelve for four days later."""
    soon = signed_up(tmp_path / "一.xlsx", *range(1, 13), first=TOMORROW, last=TOMORROW)
    late = signed_up(tmp_path / "二.xlsx", *range(13, 25), first=LATER, last=LATER)
    return planned(soon, late, as_of=TONIGHT, nights=True).plan


def test_tomorrows_batch_is_sent_tonight_and_a_later_one_is_held_until_the_evening_before(
    two_days: Plan,
) -> None:
    soon, late = two_days.batches
    assert advice_on(two_days) == {
        soon.id: Advice(True, TONIGHT, "last_evening"),
        late.id: Advice(False, LATER - timedelta(days=1), "not_yet_due"),
    }
    assert {batch.state for batch in two_days.batches} == {"draft"}


def test_the_advice_is_kept_told_in_json_and_gone_once_a_batch_is_published(
    campaign: Campaign, two_days: Plan
) -> None:
    header, plan = show(campaign)
    assert advice_on(plan) == advice_on(two_days)
    told = plan_json(header, plan, View("zh"))
    soon, late = (batch["advice"] for batch in told["batches"])
    assert (soon["send"], soon["by"], soon["code"]) == (True, "2021-02-17", "last_evening")
    assert late["reason"] == "先不锁定：后面的报名还可以拼进来；最迟 2月20日晚上通知"
    assert "nights" not in told["summary"]
    publish(campaign, Choice(until=TOMORROW))
    assert list(advice_on(show(campaign)[1])) == [plan.batches[1].id]


def test_a_full_batch_waits_for_nobody_unless_a_larger_vehicle_could_take_more(
    tmp_path: Path, planned: Planner
) -> None:
    fleet: list[Line] = [["车型", "乘客座位数", "包车费(元/趟)", "每公里运价"], ["12座", 12, 1000, 3]]
    late = signed_up(tmp_path / "二.xlsx", *range(1, 13), first=LATER, last=LATER)
    plan = planned(late, save_xlsx(tmp_path / "车辆.xlsx", 车辆=fleet), as_of=TONIGHT, nights=True).plan
    (one,) = advice_on(plan).values()
    assert one == Advice(True, LATER - timedelta(days=1), "full")
    assert say_advice(one).zh == "可以锁定并通知：已坐满，不用再等"
    larger = save_xlsx(tmp_path / "车辆.xlsx", 车辆=[*fleet, ["24座", 24, 3000, 3]])
    (one,) = advice_on(planned(late, larger, as_of=TONIGHT, nights=True).plan).values()
    assert one.reason == "not_yet_due"


def test_a_change_of_one_batch_leaves_the_advice_on_the_others(
    campaign: Campaign, two_days: Plan, tmp_path: Path
) -> None:
    soon, late = two_days.batches
    change(campaign, ChangeRequest(soon.id, tmp_path / "名单", cancel=True))
    assert list(advice_on(show(campaign)[1])) == [late.id]


def test_with_and_without_advice_are_two_runs(two_days: Plan, planned: Planner) -> None:
    assert planned(as_of=TONIGHT).is_new
    assert advice_on(planned(as_of=TONIGHT).plan) == {}
    again = planned(as_of=TONIGHT, nights=True)
    assert again.is_new
    assert not planned(as_of=TONIGHT, nights=True).is_new


def test_the_page_of_the_day_says_what_to_publish_and_what_to_hold(
    campaign: Campaign, two_days: Plan
) -> None:
    header, plan = show(campaign)
    tasks = to_do(Day(EVENING, "zh", PlanInForce(header, plan)))
    rows = {task.what.zh: (task.num, task.details) for task in tasks}
    words = f"{plan.batches[0].id}：今晚锁定并通知：今晚是来得及通知的最后一晚，不锁定的下次排车就没有了"
    assert rows["今晚锁定并通知"] == (1, words)
    assert rows["先不锁定的车"][0] == 1


def test_who_should_wait_leaves_later_and_it_is_said_why(
    tmp_path: Path, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The futures say that twelve people who could leave tomorrow should wait: they are on a later draft."""
    monkeypatch.setattr(nights, "verdicts", lambda roster, *_: {("", "东莞市"): waiting(roster.people)})
    either = signed_up(tmp_path / "一.xlsx", *range(1, 13), first=TOMORROW, last=LATER)
    plan = planned(either, as_of=TONIGHT, nights=True).plan
    (batch,) = plan.batches
    assert batch.date > TOMORROW
    assert plan.riders["earliest"].dt.date.tolist() == [TOMORROW] * 12  # what people said stays
    one = advice_on(plan)[batch.id]
    assert one == Advice(False, batch.date - timedelta(days=1), "waiting_saves", 12, 1240.0, 8, 10)
    assert "其中 12 人可以早走，但推演 10 种后续报名，至少 8 种等更省，平均省 1,240 元" in say_advice(one).zh


def waiting(people: pd.DataFrame) -> Verdict:
    lines = people.index.to_numpy()
    return Verdict(lines[:0], lines, 1240.0, 8, 10)


def test_nobody_waits_if_that_costs_somebody_the_seat(
    tmp_path: Path, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Apart from the others, whose last day is tomorrow, five people are too few for a coach."""

    def apart(roster: Any, *_: object) -> dict[tuple[str, str], Verdict]:
        free = (roster.people["latest"] > pd.Timestamp(TOMORROW)).to_numpy().nonzero()[0]
        return {("", "东莞市"): Verdict(free[:0], free, 100.0, 9, 10)}

    monkeypatch.setattr(nights, "verdicts", apart)
    soon = signed_up(tmp_path / "一.xlsx", *range(1, 8), first=TOMORROW, last=TOMORROW)
    either = signed_up(tmp_path / "二.xlsx", *range(8, 13), first=TOMORROW, last=LATER)
    plan = planned(soon, either, as_of=TONIGHT, nights=True).plan
    assert len(plan.riders) == 12
    assert {one.reason for one in advice_on(plan).values()} == {"last_evening"}


def test_the_night_on_which_a_person_was_first_seen_stays(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    first = signed_up(tmp_path / "一.xlsx", *range(1, 13), first=LATER, last=LATER)
    planned(first, as_of=TONIGHT)
    planned(added=(signed_up(tmp_path / "二.xlsx", 13, first=LATER, last=LATER),), as_of=TOMORROW)
    with Store.snapshot(campaign.store_path) as store:
        assert store.first_seen() == dict.fromkeys(range(1, 13), TONIGHT) | {13: TOMORROW}


def test_likely_no_shows_name_standby_riders_without_a_promise(two_days: Plan) -> None:
    one = Advice(True, TONIGHT, "last_evening", no_shows=2.3, standby=(7, 9))
    assert say_advice(one).zh.endswith("约有 2 人不来，可请候补人员待命(不保证有座)，编号 7, 9")
    kept = with_advice(two_days, {two_days.batches[0].id: one})
    assert advice_on(kept) == {two_days.batches[0].id: one}
    assert advice_on(replace(kept, batches=())) == {}


def test_what_leaves_tomorrow_and_is_not_published_is_said_until_it_is(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    """Twelve people leave tomorrow, twelve the day after: only the first are lost if nobody publishes them tonight."""
    soon = listed(tmp_path / "明天.xlsx", *range(1, 13), 最早出发日期="2021-02-18", 最晚出发日期="2021-02-18")
    late = listed(
        tmp_path / "后天.xlsx", *range(13, 25), 最早出发日期="2021-02-19", 最晚出发日期="2021-02-19"
    )
    outcome = planned(soon, late, as_of=TONIGHT)
    (due,) = outcome.due_tonight
    assert due.zh.startswith("0218-001：今晚锁定并通知")
    assert "0219-001" not in due.zh
    assert planned(as_of=TONIGHT).due_tonight == [due]
    publish(campaign, Choice(batches=("0218-001",)))
    assert planned(as_of=TONIGHT).due_tonight == []


def test_drafts_that_nobody_published_are_not_lost_in_silence(tmp_path: Path, planned: Planner) -> None:
    """Twelve people can leave tomorrow alone, twelve a day later, too: the next evening the first have no seat."""
    one = listed(tmp_path / "明天.xlsx", *range(1, 13), 最早出发日期="2021-02-18", 最晚出发日期="2021-02-18")
    two = listed(tmp_path / "两天.xlsx", *range(13, 25), 最早出发日期="2021-02-18", 最晚出发日期="2021-02-19")
    assert not any("没有按时锁定" in note.zh for note in planned(one, two, as_of=TONIGHT).notes)
    (note,) = (note for note in planned(as_of=TONIGHT + timedelta(days=1)).notes if "没有按时锁定" in note.zh)
    assert "12 人另排，12 人没有座位" in note.zh
    assert "0218-001" in note.en


def test_advice_of_an_earlier_evening_gives_way_where_tonight_is_the_last_one(two_days: Plan) -> None:
    soon, late = two_days.batches
    assert {name: one.send for name, one in advice_on(two_days).items()} == {soon.id: True, late.id: False}
    tomorrow = advice_of(two_days, late.date - timedelta(days=1), 1)
    assert tomorrow == {late.id: Advice(True, late.date - timedelta(days=1), "last_evening")}


def test_who_takes_a_train_in_the_plan_neither_waits_nor_leaves_sooner() -> None:
    case = its_case()
    people = nights._without_trains(case.plan, case.roster).people.set_index("signup")
    by_train = set(case.plan.riders.loc[case.plan.riders["batch"] == TRAIN, "signup"])
    assert set(people.index[people["code"] == "by_train"]) == by_train


def test_the_coaches_of_the_first_day_are_those_that_nobody_has_promised() -> None:
    case = two_batches()
    first, second = case.plan.batches
    roster = replace(case.roster, not_before=first.date)
    (one,) = nights._leaving(case.plan, roster, set())
    on_board = case.plan.riders.loc[case.plan.riders["batch"] == first.id, "signup"]
    assert sorted(roster.people["signup"].iloc[one.lines]) == sorted(on_board)
    assert (roster.pools[one.pool].vehicle, one.yuan) == (first.vehicle, first.cost_yuan)
    assert nights._leaving(case.plan, roster, {first.id, second.id}) == []
