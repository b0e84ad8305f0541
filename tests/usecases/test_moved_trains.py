"""A train that the railway moved: nobody is told the old hour, and one command takes over the new ones."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pandas as pd
import pytest

from returnplan.model.errors import UsageError
from returnplan.model.moved_trains import moved_trains
from returnplan.model.plan import BatchState, Plan
from returnplan.model.roster import RailService
from returnplan.model.texts import Text
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch
from returnplan.usecases.employers import who_comes
from returnplan.usecases.evening import Evening
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.moved_trains import Waiting, waiting, waiting_of
from returnplan.usecases.nightly import changed_batches
from returnplan.usecases.notify import notify
from returnplan.usecases.plan.gone_trains import gone_trains
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from returnplan.usecases.to_do import MOVED, TO_HOLD, TO_ORDER, TO_PUBLISH, Day, PlanInForce, to_do
from tests.specimens.journeys import SERVICE, its_case
from tests.store.conftest import header
from tests.usecases.railway import FEEDER, OTHER_FEEDER, TO_DONGGUAN, TO_FOSHAN, TRAIN, saved

EARLIER = timedelta(minutes=90)


def moved_campaign(folder: Path, state: BatchState = "draft", *, stops: int = 3) -> Campaign:
    """Save the plan with a rail sheet in which its train runs 90 minutes earlier, and calls at so many stations."""
    calls = tuple(
        replace(
            call,
            arrives=call.arrives and call.arrives - EARLIER,
            departs=call.departs and call.departs - EARLIER,
        )
        for call in SERVICE.calls[3 - stops :]
    )
    return campaign_with(folder, state, replace(SERVICE, calls=calls))


def campaign_with(folder: Path, state: BatchState, *services: RailService) -> Campaign:
    """Save the plan with a rail sheet of these trains."""
    plan, roster = its_case().plan, replace(its_case().roster, rail=services)
    batches = tuple(replace(batch, state=state) for batch in plan.batches)
    plan = replace(
        plan, batches=batches, summary=plan.summary | {"moved_trains": moved_trains(batches, roster)}
    )
    return saved(folder, plan, roster)


def on_another_day() -> RailService:
    """Return the train a day later at its own hours."""
    day = timedelta(days=1)
    calls = tuple(
        replace(
            call, arrives=call.arrives and call.arrives + day, departs=call.departs and call.departs + day
        )
        for call in SERVICE.calls
    )
    return replace(SERVICE, day=SERVICE.day + day, calls=calls)


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return moved_campaign(tmp_path)


def hours(campaign: Campaign) -> dict[str, list[str]]:
    return {batch.id: [f"{stop.time:%H:%M}" for stop in batch.stops] for batch in show(campaign)[1].batches}


def test_papers_and_orders_of_a_moved_train_and_of_its_coaches_wait(
    campaign: Campaign, tmp_path: Path
) -> None:
    for write in (
        lambda: manifest(campaign, PapersRequest(tmp_path / "名单")),
        lambda: manifest(campaign, PapersRequest(tmp_path / "名单", batches=(FEEDER,))),
        lambda: dispatch(campaign, Choice(), tmp_path / "派车"),
    ):
        with pytest.raises(UsageError) as refusal:
            write()
        assert "柳州站 10:30 → 09:00" in refusal.value.message.zh
        assert f"change {TRAIN} --depart" in refusal.value.message.en
    assert list(tmp_path.glob("*/*.xlsx")) == []


def test_nobody_is_called_of_hours_that_are_known_to_be_wrong(campaign: Campaign, tmp_path: Path) -> None:
    told = notify(campaign, Choice(), tmp_path / "通知")
    assert (told.calls, told.paths) == ([], [])
    assert TRAIN in told.notes[0].zh
    evening = Evening(its_case().plan.batches[0].date, datetime.min)
    assert changed_batches(campaign, header(), evening) == []
    tasks = to_do(Day(evening, "zh", PlanInForce(header(), show(campaign)[1])))
    assert [task.what for task in tasks].count(MOVED) == 1


def test_employers_do_not_hear_that_people_of_a_moved_train_stay_away(tmp_path: Path) -> None:
    """Who is to go to another employer meanwhile is said all the same."""
    campaign = campaign_with(tmp_path, "published", SERVICE)
    assert len(manifest(campaign, PapersRequest(tmp_path / "企业", for_employers=True)).paths) == 3
    plan, roster = show(campaign)[1], its_case().roster
    moved = moved_trains(plan.batches, replace(roster, rail=()))
    elsewhere = plan.riders["employer"].mask(plan.riders["person"] == 1, "另一厂")
    plan = replace(
        plan, riders=plan.riders.assign(employer=elsewhere), summary=plan.summary | {"moved_trains": moved}
    )
    with Store.open(campaign.store_path) as store:
        store.save_run(header("b" * 12), plan, {})
        coming = who_comes(store, header("b" * 12))
    (issue,) = coming.issues(datetime(2021, 2, 1)).values()
    assert (len(issue.lines), list(issue.gone)) == (5, ["1"])
    assert notify(campaign, Choice(), tmp_path / "通知").num_corrected == 1


def test_nobody_is_asked_to_order_or_to_lock_what_waits(campaign: Campaign) -> None:
    plan = show(campaign)[1]
    day = plan.batches[0].date - timedelta(days=1)

    def asked(plan: Plan) -> dict[Text, int]:
        evening = Evening(day, datetime.combine(day, time(0)), 1)
        tasks = to_do(Day(evening, "zh", PlanInForce(header(), plan)))
        return {task.what: task.num for task in tasks if task.what in (TO_ORDER, TO_PUBLISH, TO_HOLD)}

    assert asked(plan) == {TO_ORDER: 0}
    assert asked(replace(plan, summary=plan.summary | {"moved_trains": {}})) == {TO_ORDER: 4, TO_PUBLISH: 5}


def test_where_no_train_moved_nobody_is_looked_at(campaign: Campaign) -> None:
    plan = show(campaign)[1]
    assert len(waiting_of(plan).batches) == 5
    nobody = replace(plan, riders=pd.DataFrame(), summary=plan.summary | {"moved_trains": {}})
    assert waiting_of(nobody) == Waiting()


@pytest.mark.parametrize("state", ["draft", "published"])
def test_the_new_hours_are_taken_over_with_feeders_and_shuttles(tmp_path: Path, state: BatchState) -> None:
    campaign = moved_campaign(tmp_path, state)
    before = hours(campaign)
    outcome = change(campaign, ChangeRequest(TRAIN, tmp_path / "名单", depart=time(9, 0)))
    assert (outcome.is_proposal, len(outcome.papers)) == (False, 5)
    after = hours(campaign)
    assert after[TRAIN] == ["09:00", "09:35", "13:10"]
    assert after[FEEDER][-1] <= "07:50"  # as long before the train as it was
    assert (before[TO_DONGGUAN][0], after[TO_DONGGUAN][0]) == ("16:40", "15:10")
    assert show(campaign)[1].summary["moved_trains"] == {}
    told = notify(campaign, Choice(), tmp_path / "通知")
    assert len(told.calls) == 10
    assert {call.kind for call in told.calls} == {"new" if state == "draft" else "retimed"}


def test_another_hour_than_that_of_the_rail_sheet_is_refused(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the rail sheet says 09:00"):
        change(campaign, ChangeRequest(TRAIN, tmp_path, depart=time(10, 30)))


def test_a_train_that_calls_no_more_where_people_board_can_only_be_called_off(tmp_path: Path) -> None:
    campaign = moved_campaign(tmp_path, stops=2)
    with pytest.raises(UsageError, match="cancel it"):
        change(campaign, ChangeRequest(TRAIN, tmp_path, depart=time(9, 35)))
    (who,) = gone_trains(show(campaign)[1])
    assert "不停 柳州站 了，上面的 10 人：" in who.zh
    assert "改了日期" not in who.zh
    assert "which calls no more at 柳州站: " in who.en
    told = notify(campaign, Choice(), tmp_path / "通知")
    assert "--cancel" in told.notes[0].zh
    assert "柳州站 不停" in told.notes[0].zh
    gone = change(campaign, ChangeRequest(TRAIN, tmp_path, cancel=True, yes=True))
    assert gone.batch is None


def test_what_waited_is_known_of_an_earlier_night_too(campaign: Campaign) -> None:
    """Its papers are still to be written when the rail sheet is put right."""
    with Store.open(campaign.store_path) as store:
        before = waiting(store, header())
        store.save_run(header("b" * 12), its_case().plan, {})
        assert waiting(store, header()) == before
    assert before.batches == {FEEDER, OTHER_FEEDER, TRAIN, TO_FOSHAN, TO_DONGGUAN}


def test_to_publish_a_moved_train_is_refused_with_its_mend(campaign: Campaign) -> None:
    with pytest.raises(UsageError, match="--depart"):
        publish(campaign, Choice(batches=(FEEDER,)))


@pytest.mark.parametrize(
    ("services", "words"),
    [
        ((), "02-23 没有这趟车了"),
        ((on_another_day(),), "柳州站 02-23 10:30 → 02-24 10:30"),
        ((replace(SERVICE, name="K1"),), "02-23 没有这趟车了"),
    ],
    ids=["no train", "another day", "another train"],
)
def test_a_train_that_is_gone_or_runs_on_another_day_waits_and_its_people_are_named(
    tmp_path: Path, services: tuple[RailService, ...], words: str
) -> None:
    campaign = campaign_with(tmp_path, "published", *services)
    for write in (
        lambda: manifest(campaign, PapersRequest(tmp_path / "名单")),
        lambda: dispatch(campaign, Choice(), tmp_path / "派车"),
    ):
        with pytest.raises(UsageError) as refusal:
            write()
        assert words in refusal.value.message.zh
        assert f"change {TRAIN} --cancel" in refusal.value.message.zh
    assert notify(campaign, Choice(), tmp_path / "通知").paths == []
    plan = show(campaign)[1]
    (who,) = gone_trains(plan)
    assert f"列车 {TRAIN} 的 10 人" in who.zh
    assert "编号 1，" in who.zh
    assert f"change {TRAIN} --cancel" in who.zh
    assert f"change {TRAIN} --cancel" in who.en
    evening = Evening(plan.batches[0].date, datetime.min)
    tasks = to_do(Day(evening, "zh", PlanInForce(header(), plan)))
    assert [task.what for task in tasks].count(MOVED) == 2
    assert change(campaign, ChangeRequest(TRAIN, tmp_path, cancel=True, yes=True)).batch is None
    assert show(campaign)[1].summary["moved_trains"] == {}


def test_a_train_with_other_hours_has_nobody_who_must_leave_it(campaign: Campaign) -> None:
    assert gone_trains(show(campaign)[1]) == []


def test_a_train_of_the_plan_on_the_other_day_is_not_taken_for_it(tmp_path: Path) -> None:
    """The train of the next day is in the plan itself; that of today is gone."""
    plan, roster = its_case().plan, replace(its_case().roster, rail=(on_another_day(),))
    later = next(batch for batch in plan.batches if batch.id == TRAIN)
    day = timedelta(days=1)
    stops = tuple(replace(stop, time=stop.time + day) for stop in later.stops)
    later = replace(later, id="0224-001", date=later.date + day, stops=stops)
    moved = moved_trains((*plan.batches, later), roster)
    assert [call["now"] for call in moved[TRAIN]] == [None, None, None]
    assert list(moved) == [TRAIN]


def test_a_train_that_has_run_waits_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its row has left the rail sheet with its day, and no list has come back yet."""
    campaign = campaign_with(tmp_path, "published")
    plan = show(campaign)[1]
    train = next(one for one in plan.batches if one.id == TRAIN)
    tomorrow = replace(train, id="0224-001", kind="direct", mode="coach", date=train.date + timedelta(days=1))
    plan = replace(plan, batches=(*plan.batches, tomorrow))
    clock = "returnplan.usecases.moved_trains.today_in_china"
    monkeypatch.setattr(clock, lambda: train.date)
    assert (len(waiting_of(plan).batches), len(gone_trains(plan))) == (5, 1)
    monkeypatch.setattr(clock, lambda: tomorrow.date)
    assert (waiting_of(plan), gone_trains(plan)) == (Waiting(), [])
