"""Commands on a plan with a train: the batches of a journey are told together, a person counts once."""

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import UsageError
from returnplan.model.faults import Fault
from returnplan.model.plan import WalkUp
from returnplan.model.texts import Text
from returnplan.papers.calls import Call
from returnplan.papers.manifest.marked import Arrival, Boarding, JourneyReport
from returnplan.store import Amendment, CallRecord, Store
from returnplan.usecases.board import board, contradictions, statuses, with_listed
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch, read_orders
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import notify, read_calls
from returnplan.usecases.publish import publish, recall
from returnplan.usecases.show import show
from tests.specimens.journeys import its_riders, with_a_train
from tests.store.conftest import header
from tests.usecases.railway import FEEDER, OTHER_FEEDER, TO_DONGGUAN, TO_FOSHAN, TRAIN, railway_campaign

ALL = {FEEDER, OTHER_FEEDER, TRAIN, TO_FOSHAN, TO_DONGGUAN}
MARK = Fault("a.xlsx", "名单", "L12", "×", "marks_differ", Text("不一致", "they differ"))
RIDERS = with_a_train().riders


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return railway_campaign(tmp_path)


def states(campaign: Campaign) -> dict[str, str]:
    return {batch.id: batch.state for batch in show(campaign)[1].batches}


@pytest.mark.parametrize("batch", sorted(ALL))
def test_one_batch_of_a_journey_is_locked_and_unlocked_with_all_others(
    campaign: Campaign, batch: str
) -> None:
    assert set(publish(campaign, Choice(batches=(batch,))).changed) == ALL
    assert set(states(campaign).values()) == {"published"}
    assert set(recall(campaign, (batch,)).changed) == ALL
    assert set(states(campaign).values()) == {"draft"}


def said(
    *boardings: Boarding, walk_ups: tuple[WalkUp, ...] = (), arrivals: tuple[Arrival, ...] = ()
) -> JourneyReport:
    return JourneyReport((), boardings, walk_ups, arrivals, ())


def tick(batch: str, person: int) -> Boarding:
    return Boarding(batch, person, boarded=True, differs=MARK)


def cross(batch: str, person: int) -> Boarding:
    return Boarding(batch, person, boarded=False, differs=MARK)


@pytest.mark.parametrize("batch", [FEEDER, TRAIN, TO_DONGGUAN])
def test_a_tick_on_any_ride_is_enough(batch: str) -> None:
    assert statuses(said(tick(batch, 1)), RIDERS) == ({1: "boarded"}, [])


def test_who_did_not_take_the_feeder_and_took_the_train_is_on_board() -> None:
    for report in (said(tick(TRAIN, 1), cross(FEEDER, 1)), said(cross(FEEDER, 1), tick(TRAIN, 1))):
        assert statuses(report, RIDERS) == ({1: "boarded"}, [])
        assert contradictions(report, RIDERS) == {}


def test_who_took_the_feeder_and_not_the_train_has_to_be_looked_for() -> None:
    assert list(contradictions(said(tick(FEEDER, 1), cross(TRAIN, 1)), RIDERS)) == [1]


def test_who_missed_the_feeder_and_arrived_at_the_employer_came_alone_to_the_station() -> None:
    arrived = (Arrival(TO_DONGGUAN, 1, arrived=True, note="", differs=MARK),)
    assert contradictions(said(cross(FEEDER, 1), arrivals=arrived), RIDERS) == {}
    assert list(contradictions(said(cross(TO_DONGGUAN, 1), arrivals=arrived), RIDERS)) == [1]


def test_a_paper_of_a_batch_that_is_not_of_their_journey_says_nothing() -> None:
    assert statuses(said(tick(OTHER_FEEDER, 1)), RIDERS) == ({}, [1])


def test_who_got_on_the_other_shuttle_of_their_train_is_no_walk_up() -> None:
    own = RIDERS[RIDERS["person"] == 1].iloc[0]
    other = WalkUp(TO_FOSHAN, own["name"], own["id_number"], "", "", "", "")
    report = with_listed(said(walk_ups=(other,)), RIDERS)
    assert statuses(report, RIDERS) == ({1: "boarded"}, [])


def test_marked_lists_of_two_rides_make_one_person_and_only_their_batches_depart(
    campaign: Campaign, tmp_path: Path
) -> None:
    papers = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(FEEDER, TO_DONGGUAN))).paths
    for path in papers:
        book = load_workbook(path)
        sheet = book.worksheets[0]
        header = [cell for row in sheet.iter_rows() for cell in row if cell.value == "上车"][-1]
        for row in range(header.row + 1, header.row + 4):  # persons 1 to 3 on both
            sheet.cell(row, header.column, "√")
        book.save(path)
    outcome = board(campaign, papers, tmp_path / "上车后")
    assert outcome.counts == {"boarded": 3, "absent": 5}
    column = load_workbook(outcome.paths[1]).worksheets[0]["A"]
    assert (outcome.so_far.num_people, sum(isinstance(cell.value, int) for cell in column)) == (3, 3)
    assert states(campaign) == {
        FEEDER: "departed", OTHER_FEEDER: "draft", TRAIN: "draft", TO_FOSHAN: "draft", TO_DONGGUAN: "departed",
    }  # fmt: skip


def test_a_plate_is_that_of_all_runs_of_the_vehicle(campaign: Campaign, tmp_path: Path) -> None:
    (path,) = (one for one in dispatch(campaign, Choice(), tmp_path / "派车").paths if "派车单" in one.name)
    book = load_workbook(path)
    sheet = book["回填"]
    plate = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "车牌号")
    line = next(row[0].row for row in sheet.iter_rows() if row[0].value == TO_FOSHAN)
    sheet.cell(line, plate.column, "粤A12345")
    book.save(path)
    assert {batch.id for batch in read_orders(campaign, [path]).changed} == {TO_FOSHAN, TO_DONGGUAN}
    plates = {batch.id: batch.plate for batch in show(campaign)[1].batches}
    assert (plates[TO_FOSHAN], plates[TO_DONGGUAN], plates[FEEDER]) == ("粤A12345", "粤A12345", "")
    assert read_orders(campaign, [path]).changed == []


def test_everybody_of_a_journey_is_called_once_and_then_nobody(campaign: Campaign, tmp_path: Path) -> None:
    outcome = notify(campaign, Choice(), tmp_path / "通知")
    assert len(outcome.calls) == 10
    for path in outcome.paths:
        book = load_workbook(path)
        sheet = book.worksheets[0]
        result = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "结果")
        for row in range(result.row + 1, sheet.max_row + 1):
            sheet.cell(row, result.column, "已通知")
        book.save(path)
    read_calls(campaign, outcome.paths)
    assert notify(campaign, Choice(), tmp_path / "再").calls == []
    # A seat that the railway gives is told once, and only of a train that people were promised.
    plan = show(campaign)[1]
    (train,) = (batch for batch in plan.batches if batch.id == TRAIN)
    riders = [replace(rider, carriage="3", seat_no=f"{rider.person}A") for rider in its_riders(plan)[TRAIN]]
    with Store.open(campaign.store_path) as store:
        store.amend(header().id, Amendment("ordered", [train], riders={TRAIN: riders}))
    assert notify(campaign, Choice(), tmp_path / "草").calls == []
    publish(campaign, Choice(batches=(TRAIN,)))
    assert {call.kind for call in notify(campaign, Choice(), tmp_path / "席").calls} == {"corrected"}
    assert len(notify(campaign, Choice(), tmp_path / "席").calls) == 10


def corrections(campaign: Campaign, folder: Path) -> dict[int, list[tuple[str, str, str]]]:
    """Return what is corrected in the call to each person: what, what was, what is."""
    return {
        call.who.person: [(one.what.zh, one.was.zh, one.now.zh) for one in call.corrections]
        for call in notify(campaign, Choice(), folder).calls
        if isinstance(call, Call)
    }


@pytest.mark.parametrize("batch", [FEEDER, TO_DONGGUAN])
def test_a_first_plate_on_a_ride_of_a_journey_corrects_nothing(
    campaign: Campaign, tmp_path: Path, batch: str
) -> None:
    publish(campaign, Choice(batches=(TRAIN,)))
    change(campaign, ChangeRequest(batch, tmp_path / "改", plate="桂L22222"))
    assert list(corrections(campaign, tmp_path / "通知").values()) == [[]] * 10
    assert list((tmp_path / "通知").glob("更正通知*")) == []


def test_plates_on_the_order_sheets_of_a_journey_correct_nothing(campaign: Campaign, tmp_path: Path) -> None:
    publish(campaign, Choice(batches=(TRAIN,)))
    (path,) = (one for one in dispatch(campaign, Choice(), tmp_path / "派车").paths if "派车单" in one.name)
    book = load_workbook(path)
    sheet = book["回填"]
    plate = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "车牌号")
    for row in sheet.iter_rows():
        if row[0].value in (FEEDER, TO_FOSHAN):
            sheet.cell(row[0].row, plate.column, f"粤A1234{row[0].value[-1]}")
    book.save(path)
    assert FEEDER in {batch.id for batch in read_orders(campaign, [path]).changed}
    assert list(corrections(campaign, tmp_path / "通知").values()) == [[]] * 10


def test_another_hour_of_a_shuttle_is_all_that_is_corrected(campaign: Campaign, tmp_path: Path) -> None:
    publish(campaign, Choice(batches=(TRAIN,)))
    change(campaign, ChangeRequest(TO_DONGGUAN, tmp_path / "改", depart=time(16, 50)))
    found = corrections(campaign, tmp_path / "通知")
    news = [("行程", f"{TO_DONGGUAN} 16:40", f"{TO_DONGGUAN} 16:50")]
    assert {person: found[person] for person in (1, 2, 3, 6, 7, 8)} == dict.fromkeys((1, 2, 3, 6, 7, 8), news)
    assert [found[person] for person in (4, 5, 9, 10)] == [[]] * 4
    calls = (call for call in notify(campaign, Choice(), tmp_path / "再").calls if isinstance(call, Call))
    ends = {call.rider.person: call.dropoff.place for call in calls}
    assert {ends[person] for person in (1, 2, 3)} == {"长安镇"}  # not the station, where the feeder ends


def test_who_is_dropped_at_the_feeder_is_off_all_lists_and_the_audit_agrees(
    campaign: Campaign, tmp_path: Path
) -> None:
    publish(
        campaign, Choice(batches=(TRAIN,))
    )  # nine are fewer than the train wants: a warning for a promise
    outcome = change(campaign, ChangeRequest(FEEDER, tmp_path / "改", drop=("1",), yes=True))
    assert [rider.person for rider in outcome.off] == [1]
    assert len(outcome.papers) == 3
    plan = show(campaign)[1]
    assert {batch.id: (batch.version, batch.load) for batch in plan.batches} == {
        FEEDER: (2, 4), OTHER_FEEDER: (1, 4), TRAIN: (2, 9), TO_FOSHAN: (1, 3), TO_DONGGUAN: (2, 5),
    }  # fmt: skip
    change(campaign, ChangeRequest(TO_DONGGUAN, tmp_path / "改", add=("1",)))
    again = show(campaign)[1].riders
    assert sorted(again.loc[again["person"] == 1, "batch"]) == [FEEDER, TRAIN, TO_DONGGUAN]


def test_an_hour_at_which_told_people_miss_their_train_is_asked_first(
    campaign: Campaign, tmp_path: Path
) -> None:
    """The feeder is at the station at 09:45, 80 minutes before the train; at 11:00 the train has left without four."""
    publish(campaign, Choice(batches=(TRAIN,)))
    late = ChangeRequest(OTHER_FEEDER, tmp_path / "改", depart=time(11, 0))
    outcome = change(campaign, late)
    assert outcome.is_proposal
    assert any("换乘只有 -" in note.zh for note in outcome.notes)
    hours = {batch.id: batch.depart.time() for batch in show(campaign)[1].batches}
    assert hours[OTHER_FEEDER] == time(9, 30)
    assert not change(campaign, replace(late, yes=True)).is_proposal
    earlier = ChangeRequest(OTHER_FEEDER, tmp_path / "改", depart=time(9, 0))
    assert not change(campaign, earlier).is_proposal


def test_a_feeder_that_is_called_off_takes_nobody_half_way(campaign: Campaign, tmp_path: Path) -> None:
    publish(campaign, Choice(batches=(TRAIN,)))
    outcome = change(campaign, ChangeRequest(OTHER_FEEDER, tmp_path / "改", cancel=True, yes=True))
    assert sorted(rider.person for rider in outcome.off) == [6, 7, 8, 10]
    plan = show(campaign)[1]
    assert not plan.riders["person"].isin([6, 7, 8, 10]).any()
    assert sorted(plan.unplanned["person"]) == [6, 7, 8, 10]


def test_a_shuttle_that_leaves_before_its_train_arrives_is_said_though_the_warning_is_the_trains(
    campaign: Campaign, tmp_path: Path
) -> None:
    publish(campaign, Choice(batches=(TRAIN,)))
    outcome = change(campaign, ChangeRequest(TO_FOSHAN, tmp_path / "改", depart=time(10, 0)))
    assert any(
        "3 people" in note.en and "-280 minutes to change at 广州南站" in note.en for note in outcome.notes
    )


def test_who_was_not_reached_is_one_person_however_many_rides_they_have(campaign: Campaign) -> None:
    rider = next(one for one in RIDERS.to_dict("records") if one["batch"] == TRAIN and one["leg"] > 1)
    batch = next(one for one in show(campaign)[1].batches if one.id == TRAIN)
    stop, now = batch.stops[0], datetime(2021, 2, 17, tzinfo=UTC)
    with Store.open(campaign.store_path) as store:
        store.record_calls(
            [CallRecord(rider["person"], TRAIN, batch.date, stop.place, stop.time, "unreached", None, now)]
        )
    with pytest.raises(UsageError, match=r"Nothing is locked: 1 rider was not reached"):
        publish(campaign, Choice(batches=(TRAIN,)))


def names(folder: Path) -> set[str]:
    return {path.name.partition("-")[0] for path in folder.glob("*.xlsx")}


def test_papers_of_a_train_that_was_called_off_lie_beside_the_valid_ones_no_more(
    campaign: Campaign, tmp_path: Path
) -> None:
    manifest(campaign, PapersRequest(tmp_path / "名单"))
    dispatch(campaign, Choice(), tmp_path / "派车")
    notify(campaign, Choice(), tmp_path / "通知")
    other = its_riders(with_a_train())[FEEDER][0].person
    change(campaign, ChangeRequest(TO_FOSHAN, tmp_path / "不在", drop=("9", "4", "5"), yes=True))
    assert other in set(show(campaign)[1].riders["person"])
    done = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(FEEDER,)))
    assert "1 个旧名单" in done.notes[0].zh or "2 个旧名单" in done.notes[0].zh
    assert not [path for path in (tmp_path / "名单").glob("*.xlsx") if "-4号车-" in path.name]
    assert [path for path in (tmp_path / "名单" / "作废").glob("*.xlsx") if "-4号车-" in path.name]


def test_a_train_called_off_takes_its_papers_out_of_the_folder_at_once(
    campaign: Campaign, tmp_path: Path
) -> None:
    manifest(campaign, PapersRequest(tmp_path / "名单"))
    dispatch(campaign, Choice(), tmp_path / "派车")
    change(campaign, ChangeRequest(TRAIN, tmp_path / "名单", cancel=True, yes=True))
    assert list((tmp_path / "名单").glob("*.xlsx")) == []
    assert len(list((tmp_path / "名单" / "作废").glob("*.xlsx"))) == 5
