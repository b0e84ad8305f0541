"""What the next run does to the last one's promises, and what a person hears of it."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from returnplan.edits.diff import diff_json
from returnplan.model.errors import UsageError
from returnplan.store import CallRecord, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.diff import diff
from returnplan.usecases.notify import notify, read_calls
from returnplan.usecases.publish import publish, recall
from returnplan.usecases.show import show
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled


@pytest.fixture
def twenty(tmp_path: Path, planned: Planner) -> str:
    """Return the run in which twenty people ride to Dongguan and as many to Shenzhen."""
    listed(tmp_path / "东莞.xlsx", *range(1, 21))
    listed(tmp_path / "深圳.xlsx", *range(21, 41), 务工城市="深圳市")
    return planned(tmp_path / "东莞.xlsx", tmp_path / "深圳.xlsx").header.id


def test_of_the_first_run_everybody_is_new(campaign: Campaign, twenty: str) -> None:
    _, change = diff(campaign, None, None)
    assert len(change.new) == 40
    assert change.moved.empty
    assert change.off.empty


def test_the_latest_run_is_compared_with_the_one_before(
    campaign: Campaign, twenty: str, tmp_path: Path, planned: Planner
) -> None:
    planned(added=(listed(tmp_path / "增补.xlsx", 41, 42),))
    header, change = diff(campaign, None, None)
    assert len(change.new) == 2
    _, back = diff(campaign, header.id[:8], twenty)
    assert list(back.off["person"]) == list(change.new["person"])
    assert set(diff_json(change)) == {"new", "moved", "off"}


def test_an_unknown_run_is_named(campaign: Campaign, twenty: str) -> None:
    with pytest.raises(UsageError, match="zzz"):
        diff(campaign, "zzz", None)


def test_batches_are_published_by_city_and_recalled_by_id(campaign: Campaign, twenty: str) -> None:
    assert publish(campaign, Choice(city="dongguan")).changed == publish(campaign, Choice(city="东莞")).others
    (batch,) = publish(campaign, Choice(city="东莞")).others
    assert recall(campaign, (batch,)).changed == (batch,)
    assert recall(campaign, (batch,)).others == (batch,)


def test_who_was_not_reached_is_asked_about_before_the_batch_is_locked(
    campaign: Campaign, twenty: str, tmp_path: Path
) -> None:
    batch = show(campaign)[1].batches[0]
    person = int(show(campaign)[1].riders.query("batch == @batch.id")["person"].iloc[0])
    now = datetime(2021, 2, 17, tzinfo=UTC)
    with Store.open(campaign.store_path) as store:
        stop = batch.stops[0]
        store.record_calls(
            [CallRecord(person, batch.id, batch.date, stop.place, stop.time, "unreached", None, now)]
        )
    with pytest.raises(UsageError, match=r"^Nothing is locked: 1 rider was not reached"):
        publish(campaign, Choice(batches=(batch.id,)))
    assert show(campaign)[1].batches[0].state == "draft"
    assert publish(campaign, Choice(batches=(batch.id,)), yes=True).changed == (batch.id,)


def test_without_files_the_known_ones_are_planned(campaign: Campaign, twenty: str, planned: Planner) -> None:
    assert not planned().is_new
    assert planned().header.id == twenty


def test_without_files_and_without_a_plan_the_files_are_asked_for(planned: Planner) -> None:
    with pytest.raises(UsageError, match="name the sign-up workbooks"):
        planned()


def test_publish_wants_to_know_what(campaign: Campaign, twenty: str) -> None:
    with pytest.raises(UsageError, match="--until"):
        publish(campaign, Choice())


def test_who_lost_a_seat_by_hand_is_placed_by_the_same_lists_planned_again(
    campaign: Campaign, twenty: str, tmp_path: Path, planned: Planner
) -> None:
    lists = tmp_path / "东莞.xlsx", tmp_path / "深圳.xlsx"
    batch = show(campaign)[1].batches[0]
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", cancel=True))
    again = planned(*lists)
    assert again.is_new
    assert len(again.plan.riders) == 40
    assert not planned(*lists).is_new
    assert len(diff(campaign, None, None)[1].new) == 20


def test_a_coach_that_was_called_off_is_gone_for_good(
    campaign: Campaign, twenty: str, tmp_path: Path, planned: Planner
) -> None:
    files = (tmp_path / "东莞.xlsx", tmp_path / "深圳.xlsx")
    gone = show(campaign)[1].batches[0].id
    change(campaign, ChangeRequest(gone, tmp_path, cancel=True))
    for serial in (51, 52):  # also not in the run after the next
        after = planned(*files, added=(listed(tmp_path / "增补.xlsx", serial),)).plan
        assert after.summary["planned"] == 41
        assert gone not in {batch.id for batch in after.batches}


def test_a_recalled_batch_may_be_planned_anew(
    campaign: Campaign, twenty: str, tmp_path: Path, planned: Planner
) -> None:
    lists = tmp_path / "东莞.xlsx", tmp_path / "深圳.xlsx"
    batch = show(campaign)[1].batches[0]
    publish(campaign, Choice(batches=(batch.id,)))
    assert not planned(*lists).is_new
    recall(campaign, (batch.id,))
    assert planned(*lists).is_new
    assert not planned(*lists).is_new


@pytest.mark.parametrize("is_published", [True, False])
def test_a_batch_changed_by_hand_is_recalled_too(
    campaign: Campaign, twenty: str, tmp_path: Path, planned: Planner, is_published: bool
) -> None:
    batch = show(campaign)[1].batches[0]
    if is_published:
        publish(campaign, Choice(batches=(batch.id,)))
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", depart=time(6, 30)))
    assert recall(campaign, (batch.id,)).changed == (batch.id,)
    again = planned(tmp_path / "东莞.xlsx", tmp_path / "深圳.xlsx")
    assert again.is_new
    assert {one.depart.hour for one in again.plan.batches} == {8}


def test_a_driver_too_few_for_the_day_is_asked_about_before_the_batch_is_locked(
    campaign: Campaign, twenty: str
) -> None:
    batch = show(campaign)[1].batches[0]
    with pytest.raises(
        UsageError, match=f"2 are needed, 1 are there; fewest people wait without: {batch.id}"
    ):
        publish(campaign, Choice(batches=(batch.id,)), num_drivers=1)
    assert show(campaign)[1].batches[0].state == "draft"
    assert publish(campaign, Choice(batches=(batch.id,)), num_drivers=2).changed == (batch.id,)
    with pytest.raises(UsageError, match=r"without: \(no draft\), and 1 are still missing"):
        publish(campaign, Choice(batches=(batch.id,)), num_drivers=1)
    assert publish(campaign, Choice(batches=(batch.id,)), num_drivers=1, yes=True).others == (batch.id,)


def test_who_was_not_reached_keeps_only_their_coach_unlocked_by_the_command_that_is_said(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    planned(
        listed(tmp_path / "东.xlsx", *range(1, 21)),
        listed(tmp_path / "佛.xlsx", *range(21, 41), 务工城市="佛山市", 最早出发日期=date(2021, 2, 19)),
    )
    one, other = show(campaign)[1].batches
    (calls,) = notify(campaign, Choice(batches=(one.id,)), tmp_path / "通知").paths
    read_calls(campaign, [filled(calls, "结果", {0: "未接通"})])
    with pytest.raises(UsageError, match=f"to lock the other 1 first: returnplan publish {other.id}$"):
        publish(campaign, Choice(until=date(2021, 2, 28)))
    assert {batch.state for batch in show(campaign)[1].batches} == {"draft"}


def test_of_many_other_coaches_the_command_names_the_first(
    campaign: Campaign, planned: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("returnplan.usecases.publish.MOST_BATCHES", 1)
    cities = {"东莞市": 1, "佛山市": 21, "惠州市": 41}
    planned(
        *(
            listed(tmp_path / f"{city}.xlsx", *range(first, first + 20), 务工城市=city)
            for city, first in cities.items()
        )
    )
    one, first, _ = show(campaign)[1].batches
    (calls,) = notify(campaign, Choice(batches=(one.id,)), tmp_path / "通知").paths
    read_calls(campaign, [filled(calls, "结果", {0: "未接通"})])
    with pytest.raises(UsageError, match=f"to lock the other 2 first: returnplan publish {first.id} …$"):
        publish(campaign, Choice(until=date(2021, 2, 28)))


def test_all_that_are_locked_up_to_a_day_are_unlocked(
    campaign: Campaign, planned: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft of that day stays one, a later coach stays locked, and so does one that ran yesterday."""
    days = ("2021-02-18", "2021-02-19", "2021-02-22")
    clock = "returnplan.usecases.publish.today_in_china"
    windows = [{"最早出发日期": day, "最晚出发日期": day} for day in days]
    planned(
        *(
            listed(tmp_path / f"{nth}.xlsx", *range(20 * nth + 1, 20 * nth + 21), **window)
            for nth, window in enumerate(windows)
        )
    )
    first, second, third = (batch.id for batch in show(campaign)[1].batches)
    publish(campaign, Choice(batches=(first, third)))
    monkeypatch.setattr(clock, lambda: date(2021, 2, 19))
    outcome = recall(campaign, until=date(2021, 2, 20))
    assert (outcome.changed, first in outcome.notes[0].zh) == ((), True)
    monkeypatch.setattr(clock, lambda: date(2021, 2, 18))
    outcome = recall(campaign, until=date(2021, 2, 20))
    assert outcome.notes == ()
    assert (outcome.changed, outcome.others) == ((first,), ())
    assert recall(campaign, until=date(2021, 2, 20)).changed == ()
    assert [batch.state for batch in show(campaign)[1].batches] == ["draft", "draft", "published"]
    assert recall(campaign, (second,), until=date(2021, 2, 28)).changed == (third,)
    with pytest.raises(UsageError, match="say which batches to unlock"):
        recall(campaign)
    publish(campaign, Choice(batches=(first,)))
    monkeypatch.setattr(clock, lambda: date(2022, 2, 18))  # a rehearsal with the lists of last year
    assert recall(campaign, until=date(2021, 2, 20)).changed == (first,)
