"""Call lists and order sheets: written, filled in as people do, read back, and heard by the next run."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.config import Config
from returnplan.model.errors import InputRefused
from returnplan.model.plan import Plan, Rider, RunHeader
from returnplan.model.rules import Rules
from returnplan.model.texts import Lang
from returnplan.papers.calls import Call, OffCall
from returnplan.papers.calls.call import message
from returnplan.papers.passengers import choose_leaders
from returnplan.papers.settings import Office
from returnplan.store import Store
from returnplan.usecases.board import board
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch, read_orders
from returnplan.usecases.evening import Evening
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import due_calls, notify, read_calls
from returnplan.usecases.open_plan import objects_of
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.e2e.program import call
from tests.specimens.sheets import Line, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed, planner

EVERYTHING = Choice()


@pytest.fixture
def batch_id(tmp_path: Path, planned: Planner) -> str:
    """Return the id of the coach of twenty people."""
    (batch,) = planned(listed(tmp_path / "报名.xlsx", *range(1, 21))).plan.batches
    return batch.id


def filled(path: Path, column: str, words: Mapping[int, str | None]) -> Path:
    """Write words into the column with this header, in the rows (from 0) below the last one on its first sheet."""
    book = load_workbook(path)
    found = [[cell for row in one.iter_rows() for cell in row if cell.value == column] for one in book]
    header = next(cells for cells in found if cells)[-1]
    sheet = header.parent
    for row, word in words.items():
        sheet.cell(header.row + 1 + row, header.column, word)
    book.save(path)
    return path


def everybody_told(campaign: Campaign, folder: Path) -> None:
    (path,) = notify(campaign, EVERYTHING, folder).paths
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知"))])


def test_everybody_is_called_at_first_and_then_nobody(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    assert len(notify(campaign, EVERYTHING, tmp_path / "一").calls) == 20
    everybody_told(campaign, tmp_path / "二")
    assert notify(campaign, EVERYTHING, tmp_path / "三").calls == []


def test_a_call_list_on_which_nobody_is_left_goes_out_of_the_way(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    """Whoever opens the folder the next evening would phone people who know already."""
    folder = tmp_path / "通知"
    everybody_told(campaign, folder)
    (old,) = folder.iterdir()
    kept = folder / "电话通知表.docx"
    kept.write_bytes(b"")
    (note,) = notify(campaign, Choice(batches=(batch_id,)), folder).notes
    assert note.zh.startswith("1 个旧名单已移到")
    assert sorted(path.name for path in folder.iterdir()) == ["作废", kept.name]
    assert [path.name for path in (folder / "作废").iterdir()] == [old.name]
    assert notify(campaign, EVERYTHING, folder).notes == []


def test_a_call_list_of_one_coach_in_the_other_language_puts_none_away(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    folder = tmp_path / "通知"
    (kept,) = notify(campaign, EVERYTHING, folder).paths
    (other,) = notify(campaign, Choice(batches=(batch_id,)), folder, lang="en").paths
    assert sorted(folder.iterdir()) == sorted([kept, other])


def test_calls_of_other_coaches_are_sought_only_where_lists_may_be_put_away(
    campaign: Campaign, batch_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a province they take half a second."""
    sought: list[Choice] = []

    def due(store: Store, header: RunHeader, choice: Choice, evening: Evening) -> list[Call | OffCall]:
        sought.append(choice)
        return due_calls(store, header, choice, evening)

    monkeypatch.setattr("returnplan.usecases.notify.due_calls", due)
    chosen = Choice(batches=(batch_id,))
    notify(campaign, chosen, tmp_path)
    assert sought == [chosen]
    notify(campaign, chosen, tmp_path)
    assert sought == [chosen, chosen, EVERYTHING]


@pytest.mark.parametrize(("num_told", "said"), [(0, "已通知到的 0 人(0218-001 0/20)"), (7, "7 人"), (20, "")])
def test_to_lock_is_not_to_call(
    campaign: Campaign, batch_id: str, tmp_path: Path, num_told: int, said: str
) -> None:
    """Who locks first and phones afterwards is told how many are still to be phoned; nothing is refused."""
    (path,) = notify(campaign, EVERYTHING, tmp_path).paths
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(num_told), "已通知"))])
    outcome = publish(campaign, Choice(batches=(batch_id,)))
    assert outcome.changed == (batch_id,)
    assert [said in note.zh for note in outcome.notes] == [True] * bool(said)
    assert publish(campaign, Choice(batches=(batch_id,))).notes == ()


@pytest.mark.parametrize(
    ("hour", "num_called"), [(time(8, 5), 0), (time(7, 55), 0), (time(8, 6), 20), (time(7, 54), 20)]
)
def test_a_few_minutes_are_no_news(
    campaign: Campaign, batch_id: str, tmp_path: Path, hour: time, num_called: int
) -> None:
    """Somebody who joins makes each stop a minute longer; nobody is phoned about that. It adds up, though."""
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path, depart=hour))
    assert len(notify(campaign, EVERYTHING, tmp_path / "二").calls) == num_called
    change(campaign, ChangeRequest(batch_id, tmp_path, depart=time(8, 10)))
    assert len(notify(campaign, EVERYTHING, tmp_path / "三").calls) == 20


def test_a_new_hour_is_told_again(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", depart=time(6, 30)))
    calls = notify(campaign, EVERYTHING, tmp_path / "二").calls
    assert {call.kind for call in calls} == {"retimed"}
    assert len(calls) == 20


def test_who_was_told_an_hour_that_has_changed_is_called_again(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", depart=time(6, 30)))
    outcome = read_calls(campaign, [filled(path, "结果", {0: "已通知"})])
    assert len(outcome.outdated) == 1
    assert len(notify(campaign, EVERYTHING, tmp_path / "二").calls) == 20


def test_who_cancels_is_off_the_next_plan(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    publish(campaign, Choice(batches=(batch_id,)))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    outcome = read_calls(campaign, [filled(path, "结果", {0: "取消", 1: "已通知", 2: "大概"})])
    assert [result.outcome for result in outcome.results] == ["cancelled", "told"]
    assert [fault.code for fault in outcome.faults] == ["unknown_result"]
    plan = planned(tmp_path / "报名.xlsx").plan
    assert len(plan.riders) == 19
    assert list(plan.unplanned["code"]) == ["cancelled"]


def test_of_two_copies_that_contradict_each_other_none_counts(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    """The first person cancels by one copy and was told by the other; one was reached later, one says the same."""
    publish(campaign, Choice(batches=(batch_id,)))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    copy = tmp_path / "b.xlsx"
    shutil.copy(path, copy)
    filled(path, "结果", {0: "取消", 1: "已通知", 2: "取消"})
    filled(copy, "结果", {0: "已通知", 1: "未接通", 2: "取消"})
    outcome = read_calls(campaign, [path, copy])
    assert [(one.person, one.outcome) for one in outcome.results] == [(2, "told"), (3, "cancelled")]
    assert [(fault.code, fault.file) for fault in outcome.faults] == [
        ("answers_contradict", path.name),
        ("answers_contradict", copy.name),
    ]
    assert set(planned(tmp_path / "报名.xlsx").plan.riders["person"]) == set(range(1, 21)) - {3}


def test_plates_and_drivers_come_back_and_stay(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    (path,) = dispatch(campaign, EVERYTHING, tmp_path / "派车").paths
    filled(path, "车牌号", {0: "桂b12345"})
    filled(path, "驾驶员一(姓名 电话)", {0: "覃师傅 13800001111"})
    assert [batch.version for batch in read_orders(campaign, [path]).changed] == [2]
    assert read_orders(campaign, [path]).changed == []
    assert show(campaign)[1].batches[0].plate == "桂B12345"
    plan = planned(added=(listed(tmp_path / "增补.xlsx", 21),)).plan
    assert (plan.batches[0].plate, plan.batches[0].drivers) == ("桂B12345", ("覃师傅 13800001111",))


def off_calls(campaign: Campaign, folder: Path) -> dict[int, str]:
    return {call.who.person: call.kind for call in notify(campaign, EVERYTHING, folder).calls}


def test_who_has_lost_a_promised_seat_is_told_so_once(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", cancel=True, yes=True))
    outcome = notify(campaign, EVERYTHING, tmp_path / "二")
    assert {call.kind for call in outcome.calls} == {"off"}
    assert len(outcome.calls) == 20
    (path,) = outcome.paths
    read = read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知"))])
    assert not read.outdated
    assert notify(campaign, EVERYTHING, tmp_path / "三").calls == []


def test_who_was_told_that_there_is_no_seat_is_told_of_the_next_one(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", cancel=True, yes=True))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "二").paths
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知"))])
    planned(added=(listed(tmp_path / "增补.xlsx", 21),))
    assert set(off_calls(campaign, tmp_path / "三").values()) == {"new"}


def test_who_says_on_the_phone_that_they_stay_is_not_called_again(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    read_calls(campaign, [filled(path, "结果", {0: "取消", 1: "未接通"})])
    called = off_calls(campaign, tmp_path / "二")
    assert len(called) == 19
    assert set(called.values()) == {"new"}


def test_who_asked_for_another_day_and_has_no_seat_is_told_so_once(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    publish(campaign, Choice(batches=(batch_id,)))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知") | {5: "改期至3月1日"})])
    assert notify(campaign, EVERYTHING, tmp_path / "二").calls == []
    planned(tmp_path / "报名.xlsx")
    outcome = notify(campaign, EVERYTHING, tmp_path / "三")
    ((kind, asked),) = {(call.kind, getattr(call, "asked", None)) for call in outcome.calls}
    assert (kind, asked) == ("off", date(2021, 3, 1))
    (again,) = outcome.paths
    assert "您要改到3月1日走" in str([*load_workbook(again).active.values])
    read_calls(campaign, [filled(again, "结果", {0: "未接通"})])
    assert len(notify(campaign, EVERYTHING, tmp_path / "四").calls) == 1
    assert read_calls(campaign, [filled(again, "结果", {0: "已通知"})]).outdated == ()
    assert notify(campaign, EVERYTHING, tmp_path / "五").calls == []
    assert not planned(tmp_path / "报名.xlsx").is_new  # the day that was asked for still counts
    assert read_calls(campaign, [path, again]).outdated == ()


def test_who_never_had_a_seat_is_told_so_on_the_last_evening(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    days = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 19)}
    lists = (
        listed(tmp_path / "一.xlsx", *range(1, 21)),
        listed(tmp_path / "二.xlsx", 21, 22, 23, 务工城市="佛山市", **days),
    )
    planned(*lists)

    def never(day: int) -> list[Call | OffCall]:
        evening = Evening(date(2021, 2, day), datetime(2021, 2, day, 19))
        outcome = notify(campaign, EVERYTHING, tmp_path / "通知", evening=evening)
        return [call for call in outcome.calls if call.kind == "none"]

    assert (len(never(16)), len(never(17)), len(never(18)), len(never(20))) == (0, 0, 3, 0)
    never(18)
    path = next(path for path in (tmp_path / "通知").glob("*.xlsx") if "二" in path.name)
    outcome = read_calls(campaign, [filled(path, "结果", {0: "已通知", 1: "未接通", 2: "改期至2月23日"})])
    assert (len(outcome.results), outcome.outdated, outcome.faults) == (3, (), ())
    assert [call.who.person for call in never(18)] == [outcome.results[1].person]
    plan = planned(*lists).plan
    days_asked = plan.unplanned.set_index("person")["earliest"]
    assert str(days_asked[outcome.results[2].person]).startswith("2021-02-23")


def test_who_never_had_a_seat_and_asked_for_another_day_is_told_once_that_there_is_none_on_it_either(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    days = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 19)}
    lists = (
        listed(tmp_path / "一.xlsx", *range(1, 21)),
        listed(tmp_path / "二.xlsx", 21, 22, 务工城市="佛山市", **days),
    )
    planned(*lists)

    def never(day: int, answer: str = "") -> int:
        evening, folder = Evening(date(2021, 2, day), datetime(2021, 2, day, 19)), tmp_path / f"{day}{answer}"
        calls = [
            call
            for call in notify(campaign, EVERYTHING, folder, evening=evening).calls
            if call.kind == "none"
        ]
        if answer:
            (path,) = (path for path in folder.glob("*.xlsx") if "二" in path.name)
            assert read_calls(campaign, [filled(path, "结果", {0: answer, 1: answer})]).faults == ()
        return len(calls)

    assert never(18, "改期至2月23日") == 2
    planned(*lists)
    assert (never(21), never(22, "未接通"), never(22, "已通知"), never(22), never(24)) == (0, 2, 2, 0, 0)
    planned(*lists)
    assert never(22) == 0


def test_who_is_kept_back_is_not_told_of_a_later_day(tmp_path: Path) -> None:
    campaign = Campaign(Config(rules=Rules(max_age=30)), tmp_path / "returnplan.db")
    days = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 19)}
    old = listed(tmp_path / "二.xlsx", 21, 22, 务工城市="佛山市", **days)
    plan = planner(tmp_path, campaign)(old).plan
    assert set(plan.unplanned["code"]) == {"too_old"}
    evening = Evening(date(2021, 2, 18), datetime(2021, 2, 18, 19))
    assert notify(campaign, EVERYTHING, tmp_path / "通知", evening=evening).calls == []


def test_a_list_of_before_the_seat_was_lost_tells_nobody_that_it_is(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    """Papers of all evenings may stay in one folder."""
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", cancel=True, yes=True))
    assert len(read_calls(campaign, [tmp_path / "一"]).outdated) == 20
    assert len(notify(campaign, EVERYTHING, tmp_path / "二").calls) == 20


def test_who_has_cancelled_is_not_to_be_called_again_because_of_an_older_list(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B12345"))
    everybody_told(campaign, tmp_path / "回收" / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B54321"))
    planned(added=(listed(tmp_path / "增补.xlsx", 21),))
    (second,) = notify(campaign, EVERYTHING, tmp_path / "回收" / "二").paths
    rows = {0: "取消", 1: "改期至3月1日"}
    gone = {one.person for one in read_calls(campaign, [filled(second, "结果", rows)]).results}
    planned(tmp_path / "报名.xlsx", tmp_path / "增补.xlsx")
    due = {call.who.person for call in notify(campaign, EVERYTHING, tmp_path / "三").calls}
    assert len(due & gone) == 1  # the one who asked for another day
    assert set(read_calls(campaign, [tmp_path / "回收" / "一"]).outdated) <= due


def test_who_is_in_the_lists_no_more_is_told_under_the_name_of_before(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    everybody_told(campaign, tmp_path / "一")
    listed(tmp_path / "报名.xlsx", *range(1, 20))
    planned(tmp_path / "报名.xlsx", allow_drop=True)
    (call,) = notify(campaign, EVERYTHING, tmp_path / "二").calls
    assert (call.kind, call.who.name) == ("off", signup_row(20)["姓名"])


def test_a_cancelled_sign_up_is_confirmed(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    everybody_told(campaign, tmp_path / "一")
    planned(added=(listed(tmp_path / "取消.xlsx", 20, 状态="取消"),))
    assert off_calls(campaign, tmp_path / "二") == {20: "withdrawn"}


def test_who_goes_by_their_own_means_now_is_told_that_the_seat_is_given_up(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    everybody_told(campaign, tmp_path / "一")
    planned(added=(listed(tmp_path / "自驾.xlsx", 20, 出行方式="自驾"),))
    assert off_calls(campaign, tmp_path / "二") == {20: "withdrawn"}


def test_answers_of_those_without_a_seat_are_kept_apart(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", cancel=True, yes=True))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "二").paths
    read_calls(campaign, [filled(path, "结果", {0: "取消", 1: "已通知"})])
    with Store.open(campaign.store_path) as store:
        calls = store.calls()
    results = [calls[call].result for call in sorted(calls)]
    assert (results.count("cancelled"), results.count("off"), results.count("told")) == (1, 1, 18)


def test_who_loses_a_published_seat_is_told_so_though_no_call_was_kept(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    publish(campaign, Choice(batches=(batch_id,)))
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", drop=("3",)))
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", cancel=True, yes=True))
    called = off_calls(campaign, tmp_path / "一")
    assert set(called.values()) == {"off"}
    assert set(called) == set(range(1, 21)) - {3}


def test_a_folder_of_call_lists_is_read(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    filled(path, "结果", {0: "已通知"})
    (tmp_path / "一" / "~$电话通知表.xlsx").write_text("")
    outcome = read_calls(campaign, [tmp_path / "一"])
    assert (len(outcome.results), outcome.faults) == (1, ())


def test_the_copies_of_several_callers_in_folders_of_their_own_are_read(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    filled(path, "结果", {0: "已通知", 1: "已通知"})
    for caller in ("甲", "乙", "作废"):
        (tmp_path / "回收" / caller).mkdir(parents=True)
        shutil.copy(path, tmp_path / "回收" / caller)
    outcome = read_calls(campaign, [tmp_path / "回收"])
    assert (len(outcome.results), outcome.outdated, outcome.faults) == (2, (), ())


def test_a_folder_of_call_lists_that_came_as_a_zip_or_is_locked_in_part_is_read(
    campaign: Campaign, batch_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    filled(path, "结果", {0: "已通知"})
    for folder in ("__MACOSX", "锁着"):
        (tmp_path / "一" / folder).mkdir()
    (tmp_path / "一" / "__MACOSX" / f"._{path.name}").write_bytes(b"\0\5\x16\7")
    iterdir, is_file = Path.iterdir, Path.is_file

    def refuses(folder: Path) -> None:
        if folder.name == "锁着":
            raise PermissionError(folder)

    def listed_below(folder: Path) -> Iterator[Path]:
        refuses(folder)
        return iterdir(folder)

    def is_file_there(file: Path) -> bool:
        refuses(file.parent)
        return is_file(file)

    monkeypatch.setattr(Path, "iterdir", listed_below)
    monkeypatch.setattr(Path, "is_file", is_file_there)
    outcome = read_calls(campaign, [tmp_path / "一"])
    assert len(outcome.results) == 1
    assert [(fault.file, fault.code) for fault in outcome.faults] == [("锁着", "not_read")]


def test_of_a_hour_that_has_changed_a_person_counts_once(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    filled(path, "结果", {0: "已通知"})
    filled(path, "上车时间", {0: "03:33"})
    copy = shutil.copy(path, tmp_path / "又一份.xlsx")
    outcome = read_calls(campaign, [path, Path(copy)])
    assert (len(outcome.results), len(outcome.outdated)) == (1, 1)


def test_a_folder_without_a_list_asks_for_papers_that_came_back(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    (tmp_path / "回收" / "甲").mkdir(parents=True)
    with pytest.raises(InputRefused, match="papers that came back"):
        read_calls(campaign, [tmp_path / "回收"])


def test_a_call_list_that_is_not_there_is_said_so(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="There is no file"):
        read_calls(campaign, [tmp_path / "没有.xlsx"])


def test_an_order_of_a_batch_that_goes_another_way_now_is_not_entered(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    (path,) = dispatch(campaign, EVERYTHING, tmp_path / "派车").paths
    filled(path, "车牌号", {0: "桂b12345"})
    filled(path, "线路(包车牌)", {0: "柳州—深圳"})
    outcome = read_orders(campaign, [path])
    assert outcome.changed == []
    assert [(fault.code, fault.value) for fault in outcome.faults] == [("outdated_order", "柳州—深圳")]


def test_two_sheets_of_one_batch_are_read_together(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    """A folder holds what a carrier sent, and what it sent again."""
    sheets = [dispatch(campaign, EVERYTHING, tmp_path / name).paths[0] for name in ("一", "二")]
    filled(sheets[0], "车牌号", {0: "桂b12345"})
    filled(sheets[1], "驾驶员一(姓名 电话)", {0: "覃师傅 13800001111"})
    (batch,) = read_orders(campaign, sheets).changed
    assert (batch.plate, batch.drivers, batch.version) == ("桂B12345", ("覃师傅 13800001111",), 2)
    filled(sheets[0], "车牌号", {0: "桂b99999"})
    filled(sheets[1], "车牌号", {0: "桂b88888"})
    outcome = read_orders(campaign, sheets)
    assert outcome.changed == []
    assert [fault.code for fault in outcome.faults] == ["orders_contradict"] * 2


def test_one_plate_on_two_coaches_at_once_is_warned_of(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    days = {"最早出发日期": "2021-02-18", "最晚出发日期": "2021-02-18"}
    planned(
        listed(tmp_path / "一.xlsx", *range(1, 21), **days),
        listed(tmp_path / "二.xlsx", *range(21, 41), 务工城市="深圳市", **days),
    )
    (path,) = dispatch(campaign, EVERYTHING, tmp_path / "派车").paths
    (warning,) = read_orders(campaign, [filled(path, "车牌号", {0: "桂B12345", 1: "桂b12345"})]).notes
    assert "桂B12345 同时在" in warning.zh
    first = show(campaign)[1].batches[0].id
    notes = change(campaign, ChangeRequest(first, tmp_path / "名单", plate="")).notes
    assert not any("同时在" in note.zh for note in notes)
    notes = change(campaign, ChangeRequest(first, tmp_path / "名单", plate="桂B 12345")).notes
    assert any("同时在" in note.zh for note in notes)


def corrected(campaign: Campaign, folder: Path) -> list[tuple[str, list[str]]]:
    """Return the kind of each call that is due, and what is corrected in it."""
    calls = notify(campaign, EVERYTHING, folder).calls
    return [
        (one.kind, [found.what.zh for found in one.corrections]) for one in calls if isinstance(one, Call)
    ]


def test_another_plate_is_told_again_with_what_was(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B11111"))
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B22222"))
    assert corrected(campaign, tmp_path / "二") == [("corrected", ["车辆"])] * 20
    (path,) = (tmp_path / "二").glob("*.xlsx")
    words = [str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert any("桂B11111，现" in word and "桂B22222" in word and "以这次为准" in word for word in words)
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知"))])
    assert notify(campaign, EVERYTHING, tmp_path / "三").calls == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_plate_of_a_vehicle_that_replaces_another_is_told(
    campaign: Campaign, batch_id: str, tmp_path: Path, lang: Lang
) -> None:
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B12345"))
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate=""))
    words = {"zh": ("结果", "已通知"), "en": ("Result", "told")}[lang]
    (path,) = notify(campaign, EVERYTHING, tmp_path / "二", lang).paths
    read_calls(campaign, [filled(path, words[0], dict.fromkeys(range(20), words[1]))])
    assert notify(campaign, EVERYTHING, tmp_path / "三").calls == []
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B54321"))
    calls = notify(campaign, EVERYTHING, tmp_path / "四").calls
    assert [call.kind for call in calls] == ["corrected"] * 20
    assert isinstance(calls[0], Call)
    assert "现37座 桂B54321" in message(calls[0], "zh", Office())


def test_what_an_english_list_told_is_no_correction_in_either_language(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B11111"))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一", lang="en").paths
    words = [str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert "37-seat coach 桂B11111" in words
    read_calls(campaign, [filled(path, "Result", dict.fromkeys(range(20), "told"))])
    assert notify(campaign, EVERYTHING, tmp_path / "二").calls == []
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B22222"))
    assert corrected(campaign, tmp_path / "三") == [("corrected", ["车辆"])] * 20
    (path,) = notify(campaign, EVERYTHING, tmp_path / "四", lang="en").paths
    words = [str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert any("vehicle was 37-seat coach 桂B11111, is 37-seat coach 桂B22222" in word for word in words)


def test_a_plate_that_was_not_known_is_no_correction(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B11111"))
    assert corrected(campaign, tmp_path / "二") == []


def test_a_list_that_was_printed_before_the_change_tells_what_was_told(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B11111"))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B22222"))
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知"))])
    assert corrected(campaign, tmp_path / "二") == [("corrected", ["车辆"])] * 20


def test_who_was_published_was_told_though_no_call_was_read_back(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B11111"))
    publish(campaign, Choice(batches=(batch_id,)))
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B22222"))
    assert corrected(campaign, tmp_path / "一") == [("corrected", ["车辆"])] * 20


def test_publishing_and_changes_by_hand_are_no_call(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    publish(campaign, Choice(batches=(batch_id,)))
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", plate="桂B11111"))
    assert corrected(campaign, tmp_path / "一") == [("new", [])] * 20
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", depart=time(6, 30)))
    assert {kind for kind, _ in corrected(campaign, tmp_path / "二")} == {"retimed"}
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", depart=time(8, 0)))
    assert len(corrected(campaign, tmp_path / "三")) == 20
    everybody_told(campaign, tmp_path / "四")
    assert corrected(campaign, tmp_path / "五") == []


def test_a_plate_on_an_order_sheet_is_no_call(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    publish(campaign, Choice(batches=(batch_id,)))
    (path,) = dispatch(campaign, EVERYTHING, tmp_path / "派车").paths
    read_orders(campaign, [filled(path, "车牌号", {0: "桂b12345"})])
    assert corrected(campaign, tmp_path / "一") == [("new", [])] * 20


def test_who_is_put_on_a_coach_by_hand_is_called(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    everybody_told(campaign, tmp_path / "一")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", drop=("3",)))
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", add=("3",)))
    called = off_calls(campaign, tmp_path / "二")
    assert called[3] == "new"


def test_employers_hear_of_changes_and_of_nothing_else(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    plan = planned(listed(tmp_path / "报名.xlsx", *range(1, 21), 务工企业="华强电子厂")).plan
    first = notify(campaign, EVERYTHING, tmp_path / "一")
    assert first.corrections == []
    read_calls(campaign, [filled(first.paths[0], "结果", dict.fromkeys(range(20), "已通知"))])
    change(campaign, ChangeRequest(plan.batches[0].id, tmp_path / "名单", cancel=True, yes=True))
    outcome = notify(campaign, EVERYTHING, tmp_path / "二")
    (path,) = outcome.corrections
    assert path.name == "更正通知-华强电子厂-内部资料.xlsx"
    words = [cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert words.count("暂不安排") == 20
    assert not any("450225" in str(word) for word in words)  # no ID number leaves the office with it


def test_an_employer_without_a_list_hears_of_who_cancelled_by_phone(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """Before and after the plan that frees the seat; nobody has to be called."""
    path = listed(tmp_path / "报名.xlsx", *range(1, 21), 务工企业="华强电子厂")
    planned(path)
    (calls,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    read_calls(campaign, [filled(calls, "结果", dict.fromkeys(range(20), "已通知") | {9: "取消"})])
    for _ in range(2):
        outcome = notify(campaign, EVERYTHING, tmp_path / "二")
        (paper,) = outcome.corrections
        words = [cell.value for row in load_workbook(paper).worksheets[0].iter_rows() for cell in row]
        assert (words.count("已取消"), words.count("本人取消，不来")) == (1, 1)
        assert (len(outcome.calls), outcome.num_corrected) == (0, 1)
        said = call(tmp_path, "notify", "--out", "三", "--lang", "zh").stdout
        assert "给企业的更正通知 1 份，1 人有变动" in said  # and not against what the employer got last
        planned(path)


def test_who_waits_for_a_coach_that_does_not_come_is_called_first(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    home = {"乡镇": "融水镇"}
    listed(tmp_path / "早.xlsx", *range(31, 51), 最晚出发日期=date(2021, 2, 18), 务工城市="佛山", **home)
    listed(tmp_path / "晚.xlsx", *range(1, 21), 最早出发日期=date(2021, 2, 20), **home)
    plan = planned(tmp_path / "早.xlsx", tmp_path / "晚.xlsx").plan
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20, 40), "已通知"))])
    change(campaign, ChangeRequest(plan.batches[-1].id, tmp_path / "名单", cancel=True, yes=True))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "二").paths
    sheet = load_workbook(path).worksheets[0]
    kinds = [row[3] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert kinds == ["暂不安排"] * 20 + ["新安排"] * 20


def test_people_without_a_township_are_on_a_call_list_for_each_file(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """The name of the file says the township that no column tells."""
    (tmp_path / "补报").mkdir()
    planned(
        listed(tmp_path / "高岭镇返岗.xlsx", *range(1, 11)),
        listed(tmp_path / "补报" / "下坳镇(1).xlsx", *range(11, 21)),
    )
    names = [path.name for path in notify(campaign, EVERYTHING, tmp_path / "一").paths]
    assert names == [
        "电话通知表-融水苗族自治县-下坳镇(1)-内部资料.xlsx",
        "电话通知表-融水苗族自治县-高岭镇返岗-内部资料.xlsx",
    ]


def test_employers_do_not_hear_who_leads_the_coach(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    plan = planned(listed(tmp_path / "报名.xlsx", *range(1, 21), 务工企业="华强电子厂")).plan
    everybody_told(campaign, tmp_path / "一")
    leader = choose_leaders(objects_of(plan.riders, Rider), plan.batches[0].date)[0]
    change(campaign, ChangeRequest(plan.batches[0].id, tmp_path / "名单", drop=(str(leader.person),)))
    outcome = notify(campaign, EVERYTHING, tmp_path / "二")
    assert [kind for kind, _ in corrected(campaign, tmp_path / "三")] == ["corrected"] * 19
    assert outcome.corrections == []


def leader_on_paper(folder: Path) -> str:
    """Return the name of the leader on the manifest of the only coach that is in force."""
    (path,) = folder.glob("*.xlsx")
    cells = [cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    return str(next(cell for cell in cells[cells.index("车长") + 1 :] if cell)).split()[0]


def told_without_the_first_leader(
    campaign: Campaign, planned: Planner, folder: Path
) -> tuple[Plan, Rider, Rider]:
    """Return a plan of one published coach, who led it and has left, and who leads it since, as all were told."""
    plan = planned(listed(folder / "报名.xlsx", *range(1, 21))).plan
    (batch,) = plan.batches
    first, second = choose_leaders(objects_of(plan.riders, Rider), batch.date)
    publish(campaign, Choice(batches=(batch.id,)))
    change(campaign, ChangeRequest(batch.id, folder / "名单", drop=(str(first.person),)))
    (path,) = notify(campaign, EVERYTHING, folder / "一").paths
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(19), "已通知"))])
    return plan, first, second


def test_who_comes_back_to_a_coach_does_not_take_the_lead_from_the_one_of_whom_the_others_were_told(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    plan, first, second = told_without_the_first_leader(campaign, planned, tmp_path)
    batch, papers = plan.batches[0].id, tmp_path / "名单"
    change(campaign, ChangeRequest(batch, papers, add=(str(first.person),)))
    assert corrected(campaign, tmp_path / "二") == [("new", [])]
    assert leader_on_paper(papers) == second.name
    change(campaign, ChangeRequest(batch, papers, drop=(str(second.person),)))
    assert corrected(campaign, tmp_path / "三") == [("corrected", ["车长"])] * 19
    assert leader_on_paper(papers) == first.name


def test_who_joins_by_a_later_plan_does_not_lead_a_coach_whose_riders_were_told_of_another(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """The newcomer has the front seat that became free, and would be asked first."""
    plan, _, second = told_without_the_first_leader(campaign, planned, tmp_path)
    after = planned(tmp_path / "报名.xlsx", added=(listed(tmp_path / "增补.xlsx", 31),)).plan
    newcomer = choose_leaders(objects_of(after.riders, Rider), after.batches[0].date)[0]
    assert newcomer.person not in set(plan.riders["person"])
    calls = [call for call in notify(campaign, EVERYTHING, tmp_path / "二").calls if isinstance(call, Call)]
    assert [(call.kind, call.who.person) for call in calls] == [("new", newcomer.person)]
    assert calls[0].told.leader.split()[0] == second.name
    manifest(campaign, PapersRequest(tmp_path / "名单"))
    assert leader_on_paper(tmp_path / "名单") == second.name


@pytest.mark.parametrize(
    ("now", "num"),
    [("以诺通讯", 20), ("领益精密制造有限公司", 0), ("东莞领益精密制造", 0), ("领益", 0), ("", 0)],
)
def test_who_was_told_of_another_employer_is_called_again(
    campaign: Campaign, planned: Planner, tmp_path: Path, now: str, num: int
) -> None:
    """An employer that needs fewer people has sent some to another one.

    Another spelling of its name is no news, and a later row that leaves it blank says nothing of it.
    """
    lists = tmp_path / "报名.xlsx"
    planned(listed(lists, *range(1, 21), 务工企业="领益精密制造"))
    everybody_told(campaign, tmp_path / "一")
    planned(listed(lists, *range(1, 21), 务工企业=now))
    again = notify(campaign, EVERYTHING, tmp_path / "二")
    assert [call.kind for call in again.calls] == ["corrected"] * num
    assert len(again.corrections) == 2 * (num > 0)  # the one employer and the other


@pytest.fixture
def list_of_before(campaign: Campaign, planned: Planner, tmp_path: Path) -> Path:
    """Return the filled call list of twenty people who were told of one employer, and are to go to another now."""
    lists = tmp_path / "报名.xlsx"
    planned(listed(lists, *range(1, 21), 务工企业="领益精密制造"))
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知"))])
    planned(listed(lists, *range(1, 21), 务工企业="以诺通讯"))
    return path


def test_a_list_that_is_read_again_says_the_employer_it_was_printed_with(
    campaign: Campaign, list_of_before: Path, tmp_path: Path
) -> None:
    """Offices read the whole folder of what came back, older lists too, before new lists are written."""
    read_calls(campaign, [list_of_before])
    again = notify(campaign, EVERYTHING, tmp_path / "二")
    assert (len(again.calls), len(again.corrections)) == (20, 2)
    told = filled(again.paths[0], "结果", dict.fromkeys(range(20), "已通知"))
    read_calls(campaign, [told, list_of_before])
    assert notify(campaign, EVERYTHING, tmp_path / "三").calls == []


def test_a_list_without_the_column_of_employers_leaves_what_was_told(
    campaign: Campaign, list_of_before: Path, tmp_path: Path
) -> None:
    """An older program printed it, or an office took the column out."""
    read_calls(campaign, [filled(list_of_before, "务工企业", dict.fromkeys(range(20)))])
    assert len(notify(campaign, EVERYTHING, tmp_path / "二").calls) == 20


def test_the_list_of_a_later_run_contradicts_none_of_an_earlier_one(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    """Who cancelled by the first list has signed up again, and was told anew of the same coach."""
    (path,) = notify(campaign, EVERYTHING, tmp_path / "一").paths
    planned(listed(tmp_path / "报名.xlsx", *range(1, 22)))
    (later,) = notify(campaign, EVERYTHING, tmp_path / "二").paths
    outcome = read_calls(
        campaign, [filled(later, "结果", {1: "已通知"}), filled(path, "结果", {0: "取消", 1: "取消"})]
    )
    assert [(one.person, one.outcome) for one in outcome.results] == [(1, "told"), (2, "cancelled")]
    assert outcome.faults == ()


def test_the_order_sheet_of_a_later_run_counts_before_one_of_an_earlier_run(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    (old,) = dispatch(campaign, EVERYTHING, tmp_path / "派车" / "一").paths
    read_orders(campaign, [filled(old, "车牌号", {0: "桂B12345"})])
    planned(added=(listed(tmp_path / "增补.xlsx", 21),))
    (new,) = dispatch(campaign, EVERYTHING, tmp_path / "派车" / "二").paths
    filled(new, "车牌号", {0: "桂B54321"})
    outcome = read_orders(campaign, [tmp_path / "派车"])
    assert [batch.plate for batch in outcome.changed] == ["桂B54321"]
    assert [(fault.code, fault.severity, fault.value) for fault in outcome.faults] == [
        ("older_order", "warning", "桂B12345")
    ]


def test_an_order_sheet_of_before_the_vehicle_was_replaced_brings_it_not_back(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    """The sheet lies in the folder still when the carrier of the spare vehicle answers."""
    then = datetime(2021, 2, 17, 9)
    (old,) = dispatch(campaign, EVERYTHING, tmp_path / "派车" / "一", printed_at=then).paths
    read_orders(campaign, [filled(old, "车牌号", {0: "桂B12345"})])
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", breakdown=True, yes=True))
    outcome = read_orders(campaign, [old])
    assert outcome.changed == []
    assert [(fault.code, fault.value) for fault in outcome.faults] == [("outdated_order", "桂B12345")]
    (new,) = dispatch(campaign, EVERYTHING, tmp_path / "派车" / "二", printed_at=datetime(2099, 1, 1)).paths
    filled(new, "车牌号", {0: "桂B54321"})
    assert [batch.plate for batch in read_orders(campaign, [tmp_path / "派车"]).changed] == ["桂B54321"]


def test_lists_that_are_read_again_say_nothing_of_who_has_left(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    everybody_told(campaign, tmp_path / "一")
    publish(campaign, Choice(batches=(batch_id,)))
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    board(campaign, [filled(paper, "上车", dict.fromkeys(range(20), "√"))], tmp_path / "上车后", yes=True)
    outcome = read_calls(campaign, [tmp_path / "一"])
    assert (outcome.results, outcome.outdated) == ((), ())
    with Store.open(campaign.store_path) as store:
        assert {call.result for call in store.calls().values()} == {"told"}


def test_an_order_says_how_its_price_is_reckoned(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    fleet: list[Line] = [["车型", "乘客座位数", "包车费", "每公里运价"], ["37座中巴", 37, 3000, 0]]
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=fleet)
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)), tmp_path / "车辆.xlsx")
    (path,) = dispatch(campaign, EVERYTHING, tmp_path / "派车").paths
    words = [str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert any("包车费=定价+每公里价×里程" in word for word in words)
    assert any("3,000元" in word for word in words)
    assert not any("元/公里" in word for word in words)
