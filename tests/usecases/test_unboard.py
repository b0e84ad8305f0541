"""A boarding that was entered by mistake is taken back: what was before stands again."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import UsageError
from returnplan.store import ABSENT, TOLD, Store
from returnplan.usecases.board import board
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import notify, read_calls
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from returnplan.usecases.unboard import NoLonger, undo_boarding
from tests.specimens.sheets import signup_row
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_board import totals, with_walk_up
from tests.usecases.test_telling import filled

LATER = {"最早出发日期": date(2021, 3, 8), "最晚出发日期": date(2021, 3, 8)}


@pytest.fixture
def told(campaign: Campaign, planned: Planner, tmp_path: Path) -> Path:
    """Return the list of the first of two coaches; all of its twenty people were told and it is published."""
    planned(
        listed(tmp_path / "一.xlsx", *range(1, 21)), listed(tmp_path / "二.xlsx", *range(21, 41), **LATER)
    )
    publish(campaign, Choice(city="东莞"))
    for path in notify(campaign, Choice(), tmp_path / "通知").paths:
        if "更正" not in path.name:
            read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(40), "已通知"))])
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(first(campaign),))).paths
    return paper


def first(campaign: Campaign) -> str:
    return show(campaign)[1].batches[0].id


def as_stored(campaign: Campaign) -> tuple[object, ...]:
    """Return what a boarding may change."""
    _, plan = show(campaign)
    with Store.open(campaign.store_path) as store:
        calls = {person: (call.result, call.batch) for person, call in store.calls().items()}
        statuses = plan.riders[["person", "batch", "status"]].values.tolist()
        states = [(batch.id, batch.state) for batch in plan.batches]
        return statuses, states, store.walk_ups(), calls, totals(campaign)


def test_a_wrong_list_leaves_nothing_behind(campaign: Campaign, told: Path, tmp_path: Path) -> None:
    """One of the twenty had no tick, and one of the second coach was added as a walk-up."""
    before = as_stored(campaign)
    filled(told, "上车", dict.fromkeys(range(19), "√"))
    board(campaign, [with_walk_up(told, 40)], tmp_path / "上车后")
    assert totals(campaign) == (20, 1)
    outcome = undo_boarding(campaign, first(campaign), tmp_path / "上车后", yes=True)
    assert outcome.no_longer == NoLonger(19, 1, 0, 1)
    assert as_stored(campaign) == before
    sheet = load_workbook(tmp_path / "上车后" / "补贴名单.xlsx").worksheets[0]
    assert not [cell.value for cell in sheet["A"] if isinstance(cell.value, int)]
    assert not list((tmp_path / "上车后").glob("现场增补-*.xlsx"))
    assert any("作废" in note.zh for note in outcome.notes)


def test_without_yes_it_is_said_and_nothing_changes(campaign: Campaign, told: Path, tmp_path: Path) -> None:
    board(campaign, [filled(told, "上车", dict.fromkeys(range(19), "√"))], tmp_path / "上车后")
    before = as_stored(campaign)
    outcome = undo_boarding(campaign, first(campaign), tmp_path / "上车后")
    assert (outcome.is_proposal, outcome.no_longer, outcome.paths) == (True, NoLonger(19, 1, 0, 0), [])
    assert outcome.batches[0].state == "published"
    assert as_stored(campaign) == before


def test_the_coach_is_ordered_again(campaign: Campaign, told: Path, tmp_path: Path) -> None:
    board(campaign, [filled(told, "上车", dict.fromkeys(range(20), "√"))], tmp_path / "上车后")
    undo_boarding(campaign, first(campaign), tmp_path / "上车后", yes=True)
    (order,) = dispatch(campaign, Choice(), tmp_path / "派车").paths
    cells = {cell.value for row in load_workbook(order).worksheets[0].iter_rows() for cell in row}
    assert first(campaign) in cells


def test_only_the_last_boarding_is_taken_back(campaign: Campaign, told: Path, tmp_path: Path) -> None:
    out = tmp_path / "上车后"
    board(campaign, [filled(told, "上车", dict.fromkeys(range(19), "√"))], out)
    board(campaign, [filled(told, "上车", {19: "√"})], out)
    board(campaign, [told], out)  # read again, it says nothing new
    assert undo_boarding(campaign, first(campaign), out, yes=True).no_longer == NoLonger(1, 0, 0, 0)
    plan = show(campaign)[1]
    assert sorted(plan.riders["status"]) == [ABSENT, *["assigned"] * 20, *["boarded"] * 19]
    assert plan.batches[0].state == "departed"
    again = undo_boarding(campaign, first(campaign), out, yes=True)
    assert (again.no_longer, again.was_done) == (NoLonger(0, 0, 0, 0), True)


def test_a_coach_that_was_never_read_has_nothing_to_take_back(
    campaign: Campaign, told: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="can be taken back: none was entered"):
        undo_boarding(campaign, first(campaign), tmp_path / "上车后", yes=True)


def test_who_was_entered_as_absent_gets_a_free_seat_of_the_next_plan(
    campaign: Campaign, told: Path, planned: Planner, tmp_path: Path
) -> None:
    """A plan was made in between: it gave the seat up, and the person waits."""
    out = tmp_path / "上车后"
    board(campaign, [filled(told, "上车", dict.fromkeys(range(19), "√"))], out)
    files = (tmp_path / "一.xlsx", tmp_path / "二.xlsx")
    assert len(planned(*files).plan.unplanned) == 1
    outcome = undo_boarding(campaign, first(campaign), out, yes=True)
    assert outcome.no_longer == NoLonger(19, 1, 1, 0)
    plan = planned(*files).plan
    assert [(batch.load, batch.state) for batch in plan.batches] == [(20, "published"), (20, "published")]
    with Store.open(campaign.store_path) as store:
        assert {call.result for call in store.calls().values()} == {TOLD}


def test_what_the_store_kept_for_it_is_purged(campaign: Campaign, told: Path, tmp_path: Path) -> None:
    board(
        campaign, [with_walk_up(filled(told, "上车", dict.fromkeys(range(19), "√")), 41)], tmp_path / "上车后"
    )
    with Store.open(campaign.store_path) as store:
        assert store.last_boardings()
        store.purge(date(2030, 1, 1))
        assert not store.last_boardings()
    assert signup_row(41)["姓名"].encode() not in campaign.store_path.read_bytes()


@pytest.fixture
def with_one_of_both(campaign: Campaign, told: Path, tmp_path: Path) -> Path:
    """Return the list of the second coach, on which the walk-up of the first one was written as well."""
    filled(told, "上车", dict.fromkeys(range(18), "√"))
    board(campaign, [with_walk_up(told, 60)], tmp_path / "上车后")
    (other,) = manifest(campaign, PapersRequest(tmp_path / "名单2", batches=(second(campaign),))).paths
    return with_walk_up(filled(other, "上车", dict.fromkeys(range(20), "√")), 60)


def second(campaign: Campaign) -> str:
    return show(campaign)[1].batches[1].id


def on_which_coach(campaign: Campaign) -> list[str]:
    """Return the batches of all walk-ups."""
    with Store.open(campaign.store_path) as store:
        return [one.batch for one in store.walk_ups()]


def test_a_walk_up_goes_back_to_the_coach_that_named_them_before(
    campaign: Campaign, told: Path, with_one_of_both: Path, tmp_path: Path
) -> None:
    """The list of the second coach, which was wrong, had taken the walk-up over."""
    out = tmp_path / "上车后"
    board(campaign, [with_one_of_both], out, yes=True)
    assert on_which_coach(campaign) == [second(campaign)]
    outcome = undo_boarding(campaign, second(campaign), out, yes=True)
    assert outcome.no_longer == NoLonger(20, 0, 0, 0)
    assert on_which_coach(campaign) == [first(campaign)]
    assert totals(campaign) == (19, 1)


def test_a_walk_up_stays_on_the_coach_that_named_them_since(
    campaign: Campaign, told: Path, with_one_of_both: Path, tmp_path: Path
) -> None:
    out = tmp_path / "上车后"
    board(campaign, [filled(told, "上车", dict.fromkeys(range(20), "√"))], out)
    board(campaign, [with_one_of_both], out, yes=True)
    assert undo_boarding(campaign, first(campaign), out, yes=True).no_longer == NoLonger(2, 0, 0, 0)
    assert on_which_coach(campaign) == [second(campaign)]


def test_a_walk_up_does_not_go_back_to_a_coach_whose_list_was_taken_back(
    campaign: Campaign, told: Path, with_one_of_both: Path, tmp_path: Path
) -> None:
    out = tmp_path / "上车后"
    board(campaign, [with_one_of_both], out, yes=True)
    undo_boarding(campaign, first(campaign), out, yes=True)
    undo_boarding(campaign, second(campaign), out, yes=True)
    assert on_which_coach(campaign) == []
