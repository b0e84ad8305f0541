"""Marked papers read back: statuses, lists, and absent people waiting again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from returnplan.config import Config
from returnplan.model.aboard import Aboard
from returnplan.model.errors import UsageError
from returnplan.papers.manifest.marked import Boarding, JourneyReport
from returnplan.store import Store
from returnplan.usecases.board import BoardOutcome, board, statuses
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.evening import Evening
from returnplan.usecases.explain import explain
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import notify, read_calls
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from returnplan.usecases.to_do import Day, PlanInForce, to_do
from returnplan.usecases.unboard import undo_boarding
from tests.specimens.sheets import Line, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed, planner
from tests.usecases.test_telling import filled
from tests.usecases.test_travelled import split_at_header

WINDOW = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 25)}


@pytest.fixture
def boarded(tmp_path: Path, campaign: Campaign, planned: Planner) -> BoardOutcome:
    """Return what the papers of twenty people say: one absent, one added on the spot."""
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    publish(campaign, Choice(city="东莞"))
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(19), "√"))
    return board(campaign, [with_walk_up(paper, 21)], tmp_path / "上车后")


def with_walk_up(paper: Path, serial: int, row: int = 20) -> Path:
    """Write the worker with this serial number into the manifest, below its twenty people."""
    for header in ("姓名", "身份证号码", "联系电话"):
        filled(paper, header, {row: signup_row(serial)[header]})
    return paper


def totals(campaign: Campaign) -> tuple[int, int]:
    """Return how many people were on board, and how many of them had no seat, as the stored plan says."""
    home = show(campaign)[1].summary["origins"]["柳州市"]
    return home["boarded"], home["walk_ups"]


def test_ticks_and_blanks_are_counted(campaign: Campaign, boarded: BoardOutcome) -> None:
    assert boarded.counts == {"boarded": 19, "absent": 1}
    assert boarded.here == boarded.so_far == Aboard(19, 1)
    assert totals(campaign) == (20, 1)
    assert {batch.state for batch in show(campaign)[1].batches} == {"departed"}


def test_who_got_on_though_they_had_cancelled_stays_on_the_batch_that_has_left(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """On the phone one cancelled and one wanted another day; a list that came later says 取消 of a third."""
    signups = listed(tmp_path / "报名.xlsx", *range(1, 21))
    planned(signups)
    publish(campaign, Choice(city="东莞"))
    (calls,) = notify(campaign, Choice(), tmp_path / "通知").paths
    read_calls(campaign, [filled(calls, "结果", {0: "取消", 1: "改到22号"})])
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    board(campaign, [filled(paper, "上车", dict.fromkeys(range(20), "√"))], tmp_path / "上车后")
    plan = planned(signups, added=(listed(tmp_path / "取消.xlsx", 3, 状态="取消"),)).plan
    assert set(plan.riders["status"]) == {"boarded"}
    assert (len(plan.riders), len(plan.unplanned), plan.batches[0].load) == (20, 0, 20)


def test_papers_read_twice_count_their_walk_ups_once(
    campaign: Campaign, boarded: BoardOutcome, tmp_path: Path
) -> None:
    (paper,) = (tmp_path / "名单").iterdir()
    copy = tmp_path / "另一份.xlsx"
    copy.write_bytes(paper.read_bytes())
    again = board(campaign, [paper, copy], tmp_path / "上车后")
    assert again.here == again.so_far == Aboard(19, 1)
    assert totals(campaign) == (20, 1)
    (added,) = (tmp_path / "上车后").glob("现场增补-*.xlsx")
    assert load_workbook(added).worksheets[0].max_row == 2


def test_a_folder_of_papers_is_read_again_though_the_lists_of_the_first_time_lie_in_it(
    campaign: Campaign, boarded: BoardOutcome, tmp_path: Path
) -> None:
    folder = tmp_path / "名单"
    first, again = (board(campaign, [folder], folder / "上车后") for _ in range(2))
    assert first.here == again.here == again.so_far == Aboard(19, 1)
    assert list((folder / "上车后").glob("现场增补-*.xlsx"))
    assert again.faults == first.faults


def test_a_corrected_paper_takes_the_place_of_the_first(
    campaign: Campaign, boarded: BoardOutcome, tmp_path: Path
) -> None:
    (paper,) = (tmp_path / "名单").iterdir()
    board(campaign, [with_walk_up(paper, 22)], tmp_path / "上车后")
    assert totals(campaign) == (20, 1)
    names = [cell.value for cell in load_workbook(boarded.paths[0]).worksheets[0]["B"]]
    assert (signup_row(21)["姓名"] in names, signup_row(22)["姓名"] in names) == (False, True)


def test_a_walk_up_signed_up_afterwards_is_one_person(
    campaign: Campaign, boarded: BoardOutcome, planned: Planner, tmp_path: Path
) -> None:
    (added,) = (tmp_path / "上车后").glob("现场增补-*.xlsx")
    plan = planned(added=(added,)).plan
    assert (plan.summary["signups"], plan.summary["planned"], totals(campaign)) == (21, 19, (20, 1))
    walked_up = plan.unplanned[plan.unplanned["signup"].str.startswith("现场增补")]
    assert list(walked_up["code"]) == ["travelled"]
    header = show(campaign)[0]
    evening = Evening.of(header.created_at.date(), header.created_at, 1)
    rows = {what.en: more for what, _, more, _ in to_do(Day(evening, "zh", PlanInForce(header, plan)))}
    assert "自行前往" not in rows["People on no coach"]
    assert rows["People on no coach"] == "不够起运 1；另有 1 人已出发"
    again = board(campaign, list((tmp_path / "名单").iterdir()), tmp_path / "上车后")
    assert again.so_far == Aboard(19, 1)
    assert load_workbook(again.paths[0]).worksheets[0].max_row == 1 + 20


def test_walk_ups_stay_in_the_totals_of_a_plan_changed_by_hand(
    campaign: Campaign, boarded: BoardOutcome, planned: Planner, tmp_path: Path
) -> None:
    later = {"最早出发日期": date(2021, 3, 8), "最晚出发日期": date(2021, 3, 8)}
    plan = planned(added=(listed(tmp_path / "三.xlsx", *range(31, 51), **later),)).plan
    change(campaign, ChangeRequest(plan.batches[-1].id, tmp_path / "名单", plate="桂B12345"))
    assert show(campaign)[1].batches[-1].plate == "桂B12345"
    assert totals(campaign) == (20, 1)


def test_who_is_on_the_list_and_was_added_all_the_same_has_boarded(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    """The ticks leave one row blank; the escort wrote its person below."""
    last = show(campaign)[1].riders.set_index("seat")["person"][20]
    filled(paper, "上车", dict.fromkeys(range(19), "√"))
    outcome = board(campaign, [with_walk_up(paper, int(last))], tmp_path / "上车后")
    assert outcome.so_far == Aboard(20, 0)
    assert outcome.counts == {"boarded": 20}


def test_who_got_on_another_coach_gives_up_the_seat_they_had(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """The last of the second coach goes with the first; the next plan does not keep their seat."""
    later = {"最早出发日期": date(2021, 3, 8), "最晚出发日期": date(2021, 3, 8)}
    planned(
        listed(tmp_path / "一.xlsx", *range(1, 21)), listed(tmp_path / "二.xlsx", *range(21, 41), **later)
    )
    publish(campaign, Choice(city="东莞"))
    first = show(campaign)[1].batches[0]
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(first.id,))).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    assert board(campaign, [with_walk_up(paper, 40)], tmp_path / "上车后").so_far == Aboard(20, 1)
    (added,) = (tmp_path / "上车后").glob("现场增补-*.xlsx")
    plan = planned(added=(added,)).plan
    assert [batch.load for batch in plan.batches] == [20, 19]
    assert list(plan.unplanned["code"]) == ["travelled"]


@pytest.mark.parametrize("has_seat", [True, False], ids=["on another coach", "on none"])
def test_who_left_without_a_seat_is_not_planned_again(
    campaign: Campaign, planned: Planner, tmp_path: Path, has_seat: bool
) -> None:
    """The last of the second coach, or of those too few for one, goes with the first; another joins the list."""
    later = {"最早出发日期": date(2021, 3, 8), "最晚出发日期": date(2021, 3, 8)}
    first = listed(tmp_path / "一.xlsx", *range(1, 21))
    planned(first, listed(tmp_path / "二.xlsx", *range(21, 41) if has_seat else [40], **later))
    publish(campaign, Choice(until=date(2021, 2, 20)))
    id_ = show(campaign)[1].batches[0].id
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(id_,))).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    board(campaign, [with_walk_up(paper, 40)], tmp_path / "上车后")
    plan = planned(first, listed(tmp_path / "二.xlsx", *range(21, 42), **later)).plan
    assert dict(zip(plan.unplanned["code"], plan.unplanned["reason_en"], strict=True)) == {
        "travelled": f"left with {id_} as a walk-up"
    }


def test_who_got_on_another_coach_of_the_day_has_travelled(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """Their own coach has a cross at their name, and the day is past: nobody has to agree on another date with them."""
    days = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 18)}
    files = (
        listed(tmp_path / "一.xlsx", *range(1, 21), **days),
        listed(tmp_path / "二.xlsx", *range(21, 41), 务工城市="深圳市", **days),
    )
    planned(*files)
    publish(campaign, Choice(until=date(2021, 2, 20)))
    papers = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    first = show(campaign)[1].batches[0]
    dongguan, shenzhen = sorted(papers, key=lambda path: "深圳" in path.name)
    last = show(campaign)[1].riders.set_index("name")["person"][signup_row(40)["姓名"]]
    seats = show(campaign)[1].riders.query("batch != @first.id").set_index("person")["seat"]
    ticks = {seat - 1: "×" if person == last else "√" for person, seat in seats.items()}
    filled(dongguan, "上车", dict.fromkeys(range(20), "√"))
    board(campaign, [with_walk_up(dongguan, 40), filled(shenzhen, "上车", ticks)], tmp_path / "上车后")
    for as_of in (None, date(2021, 2, 20)):
        if as_of:
            plan = planned(*files, as_of=as_of).plan
            assert list(plan.unplanned["code"]) == ["travelled"]
        explanation = explain(campaign, str(last)).explanation
        assert explanation is not None
        assert (explanation.code, explanation.lines[0].en) == (
            "travelled",
            f"left with {first.id} as a walk-up",
        )


def test_a_walk_up_on_no_known_coach_is_listed_and_said(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    with_walk_up(paper, 21)
    book = load_workbook(paper)
    (batch,) = show(campaign)[1].batches
    for cell in (cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == batch.id):
        cell.value = "0399-9"
    book.save(paper)
    outcome = board(campaign, [paper], tmp_path / "上车后")
    assert (outcome.num_astray, outcome.so_far) == (1, Aboard(0, 0))
    assert load_workbook(outcome.paths[0]).worksheets[0].cell(2, 2).value == signup_row(21)["姓名"]


def test_who_was_absent_waits_in_the_next_plan(
    campaign: Campaign, boarded: BoardOutcome, planned: Planner, tmp_path: Path
) -> None:
    plan = planned(tmp_path / "报名.xlsx").plan
    assert len(plan.riders) == 19
    assert set(plan.riders["status"]) == {"boarded"}
    assert list(plan.unplanned["code"]) == ["below_min_load"]
    assert totals(campaign) == (20, 1)


def test_a_walk_up_loads_as_a_sign_up_that_needs_no_seat(
    boarded: BoardOutcome, planned: Planner, tmp_path: Path
) -> None:
    (added,) = (tmp_path / "上车后").glob("现场增补-*.xlsx")
    plan = planned(added=(added,)).plan
    assert set(plan.unplanned["code"]) == {"below_min_load", "travelled"}


def test_the_bill_has_what_each_carrier_is_owed_for_coaches_that_have_run(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """Two coaches have left, of one the marked list is not back; the third is still to come."""
    fleet: list[Line] = [["车型", "乘客座位数", "包车费", "承运单位"], ["20座", 20, 3000, "融运公司"]]
    days = [{"最早出发日期": date(2021, 2, day), "最晚出发日期": date(2021, 2, day)} for day in (18, 19, 22)]
    lists = [
        listed(tmp_path / f"{nth}.xlsx", *range(20 * nth + 1, 20 * nth + 21), **own)
        for nth, own in enumerate(days)
    ]
    planned(*lists, save_xlsx(tmp_path / "车辆.xlsx", 车辆=fleet))
    header, plan = show(campaign)
    first, second, _ = (batch.id for batch in plan.batches)
    with Store.open(campaign.store_path) as store:
        store.set_state(header.id, [second], "departed")
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(first,))).paths
    board(campaign, [filled(paper, "上车", dict.fromkeys(range(19), "√"))], tmp_path / "上车后")
    rows = load_workbook(tmp_path / "上车后" / "车费结算.xlsx").worksheets[0].iter_rows(values_only=True)
    above, (headers, *lines) = split_at_header(rows, "承运单位")
    assert any("车费总计(元)" in line and "6,000" in line for line in above)
    wanted = [headers.index(name) for name in ("承运单位", "号车", "上车人数", "车费(元)", "备注")]
    assert [tuple(line[at] or "" for at in wanted) for line in lines[:4]] == [
        ("融运公司", first, 19, 3000, ""),
        ("融运公司", second, "", 3000, "上车名单还没有交回"),
        ("融运公司", "合计", 19, 6000, ""),
        ("总计", "", 19, 6000, ""),
    ]


def test_a_walk_up_who_had_signed_up_has_number_class_and_home_on_the_subsidy_list(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """They had a seat on the second coach and got on the first; what was written of a call stays theirs."""
    later = {"最早出发日期": date(2021, 3, 8), "最晚出发日期": date(2021, 3, 8)}
    planned(
        listed(tmp_path / "一.xlsx", *range(1, 21)),
        listed(tmp_path / "二.xlsx", *range(21, 41), 人员类别="脱贫户", 乡镇="融水镇", **later),
    )
    first = show(campaign)[1].batches[0].id
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(first,))).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    paths = board(campaign, [with_walk_up(paper, 40)], tmp_path / "上车后").paths
    sheet = load_workbook(tmp_path / "上车后" / "补贴名单.xlsx").worksheets[0]
    _, (headers, *lines) = split_at_header(sheet.values, "编号")
    row = dict(zip(headers, lines[20], strict=True))
    own = show(campaign)[1].riders.set_index("name").loc[row["姓名"]]
    assert row["姓名"] == signup_row(40)["姓名"]
    assert (row["编号"], row["人员类别"], row["乡镇"]) == (own["person"], "脱贫户", "融水镇")
    assert row["户籍县"] == "融水苗族自治县"
    filled(paths[0], "7天回访结果", {20: "已上班"})
    again = board(campaign, [paper], tmp_path / "上车后").paths[0]
    assert "已上班" in [cell.value for cell in load_workbook(again).worksheets[0][22]]


def test_those_who_boarded_are_called_back_and_paid(boarded: BoardOutcome) -> None:
    for path in boarded.paths[:2]:
        _, (_, *lines) = split_at_header(load_workbook(path).worksheets[0].values, "编号")
        names = [line[1] for line in lines if line[2]]
        assert len(names) == 19 + 1
        assert names[-1] == signup_row(21)["姓名"]
    headers = [cell.value for cell in load_workbook(boarded.paths[0]).worksheets[0][1]]
    assert {"7天回访日期", "30天回访日期"} <= set(headers)


@pytest.mark.parametrize(("rest", "num_free"), [("office", 19 + 1), ("worker", 0)])
def test_who_paid_nothing_is_listed_for_offices_that_grant_tickets(
    campaign: Campaign, tmp_path: Path, rest: str, num_free: int
) -> None:
    payers = Campaign(Config.model_validate({"payers": {"rest": rest}}), campaign.store_path)
    planner(tmp_path, payers)(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    (paper,) = manifest(payers, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(19), "√"))
    board(payers, [with_walk_up(paper, 21)], tmp_path / "上车后")
    assert load_workbook(tmp_path / "上车后" / "免费乘车名单.xlsx").worksheets[0].max_row == 1 + num_free


def receipt(path: Path, marks: dict[int, str], notes: dict[int, str]) -> Path:
    """Write into the columns 到岗 and 备注 of the receipt of some papers: row from 0 -> what."""
    book = load_workbook(path)
    sheet = next(sheet for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "到岗")
    for column, words in (("到岗", marks), ("备注", notes)):
        header = next(cell for row in sheet.iter_rows() for cell in row if cell.value == column)
        for row, word in words.items():
            sheet.cell(header.row + 1 + row, header.column, word)
    book.save(path)
    return path


@pytest.fixture
def paper(tmp_path: Path, campaign: Campaign, planned: Planner) -> Path:
    """Return the papers of twenty people; the receiver's first one needs care, which stands under 备注."""
    planned(listed(tmp_path / "病.xlsx", 1, 备注="晕车"), listed(tmp_path / "报名.xlsx", *range(2, 21)))
    (path,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    return path


def test_a_receipt_says_who_arrived_and_who_went_elsewhere(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    care = int(show(campaign)[1].riders.set_index("note")["seat"]["晕车"]) - 1
    others = [row for row in range(20) if row != care]
    receipt(paper, dict.fromkeys(others[:17], "√"), {others[17]: "去了长安电子厂"})
    outcome = board(campaign, [paper], tmp_path / "上车后")
    assert outcome.counts == {"arrived": 17, "other_factory": 1, "boarded": 2}
    assert show(campaign)[1].riders.set_index("note").loc["晕车", "status"] == "boarded"


def test_a_receipt_alone_tells_who_arrived(campaign: Campaign, paper: Path, tmp_path: Path) -> None:
    outcome = board(campaign, [receipt(paper, {0: "是", 1: "1"}, {})], tmp_path / "上车后")
    assert outcome.counts == {"arrived": 2}


def test_a_receipt_in_the_employers_own_form_counts_as_ours(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    riders = show(campaign)[1].riders
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    said = ["已报到", "未报到", "已离职", "换到长安电子厂", ""]
    people = zip(riders["name"], riders["id_number"], said, strict=False)
    own = save_xlsx(
        tmp_path / "回执.xlsx",
        报到=[
            ["立讯报到回执"],
            ["姓名", "身份证号码", "报到情况"],
            *map(list, people),
            ["某人", "1", "已报到"],
        ],
    )
    outcome = board(campaign, [paper, own], tmp_path / "上车后")
    assert sorted(fault.code for fault in outcome.faults) == ["marks_differ", "nobody_of_the_plan"]
    assert outcome.counts == {"arrived": 1, "other_factory": 1, "boarded": 17}


def test_an_employers_own_numbers_are_not_taken_for_ours(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    riders = show(campaign)[1].riders.head(3)
    people = zip((3, 1, 2), riders["name"], riders["id_number"], ("到", "到", "未到"), strict=True)
    own = save_xlsx(tmp_path / "回执.xlsx", 报到=[["编号", "姓名", "身份证号码", "到岗"], *map(list, people)])
    outcome = board(campaign, [own], tmp_path / "上车后")
    assert (outcome.faults, outcome.counts) == ((), {"arrived": 2})


def test_papers_of_before_a_change_say_nothing_of_who_has_left_the_batch(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    (batch,) = show(campaign)[1].batches
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", drop=("3",)))
    old = paper if paper.exists() else paper.parent / "作废" / paper.name
    filled(old, "上车", dict.fromkeys(range(20), "√"))
    outcome = board(campaign, [old], tmp_path / "上车后")
    assert outcome.unknown == [3]
    assert outcome.counts == {"boarded": 19}


def test_who_was_absent_is_served_first_by_class(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """Twenty newcomers wait for ten seats; the one who was absent is of the first class and gets one."""
    save_xlsx(
        tmp_path / "车辆.xlsx",
        车辆=[["车型", "乘客座位数", "包车费(元/趟)", "每日可用车辆数"], ["10座", 10, 900, 1]],
    )
    signed = (
        listed(tmp_path / "一.xlsx", 1, 人员类别="脱贫户", **WINDOW),
        listed(tmp_path / "二.xlsx", *range(2, 11), **WINDOW),
    )
    planned(*signed, tmp_path / "车辆.xlsx")
    (path,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    first = show(campaign)[1].riders.set_index("person")["seat"][1] - 1
    filled(path, "上车", {row: "√" for row in range(10) if row != first})
    assert board(campaign, [path], tmp_path / "上车后").counts == {"boarded": 9, "absent": 1}
    day = max(batch.date for batch in show(campaign)[1].batches)
    later = {"最早出发日期": day + timedelta(days=1), "最晚出发日期": day + timedelta(days=1)}
    plan = planned(added=(listed(tmp_path / "三.xlsx", *range(11, 31), **later),)).plan
    assert plan.riders.set_index("person").loc[1, "status"] == "assigned"


def test_results_of_calling_back_outlive_the_next_sheet(
    campaign: Campaign, boarded: BoardOutcome, tmp_path: Path
) -> None:
    sheet = filled(boarded.paths[0], "7天回访结果", {2: "稳定就业"})
    again = board(campaign, list((tmp_path / "名单").iterdir()), tmp_path / "上车后")
    assert again.counts == boarded.counts
    cells = [cell.value for row in load_workbook(sheet).worksheets[0].iter_rows() for cell in row]
    assert cells.count("稳定就业") == 1


def test_it_is_entered_whole_or_not_at_all(
    campaign: Campaign, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(paper, "上车", dict.fromkeys(range(19), "√"))
    before = show(campaign)[1]

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "record_calls", fail)
    with pytest.raises(KeyboardInterrupt):
        board(campaign, [paper], tmp_path / "上车后")
    assert show(campaign)[1].batches == before.batches
    assert set(show(campaign)[1].riders["status"]) == {"assigned"}


def test_papers_of_a_batch_say_nothing_of_who_rides_another_one_by_now() -> None:
    riders = pd.DataFrame({"person": [1, 2], "batch": ["乙", "甲"], "note": "", "status": "assigned"})
    for is_ticked, astray in ((True, [1]), (False, [])):
        report = JourneyReport((), (Boarding("甲", 1, is_ticked), Boarding("甲", 2, True)), (), (), ())
        assert statuses(report, riders) == ({2: "boarded"}, astray)


def test_walk_ups_stay_in_the_lists_when_later_papers_name_none(
    campaign: Campaign, boarded: BoardOutcome, tmp_path: Path
) -> None:
    (paper,) = (tmp_path / "名单").iterdir()
    filled(paper, "姓名", {20: ""})
    filled(boarded.paths[0], "7天回访结果", {19: "已转正"})
    board(campaign, [receipt(paper, {0: "是"}, {})], tmp_path / "上车后")
    for path in boarded.paths[:2]:
        names = [cell.value for cell in load_workbook(path).worksheets[0]["B"]]
        assert names.count(signup_row(21)["姓名"]) == 1
    cells = [cell.value for row in load_workbook(boarded.paths[0]).worksheets[0].iter_rows() for cell in row]
    assert cells.count("已转正") == 1


@pytest.fixture
def hired(tmp_path: Path, campaign: Campaign, planned: Planner) -> Path:
    """Return the papers of twenty people who have an employer, not yet marked."""
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21), 务工企业="东坑电子厂"))
    (path,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    return path


def status_of_first(campaign: Campaign, hired: Path) -> str:
    (person,) = (cell.value for cell in _column(hired, "编号")[:1])
    riders = show(campaign)[1].riders
    return str(riders.loc[riders["person"] == person, "status"].item())


def _column(paper: Path, header: str, sheet: int = 0) -> list[Any]:
    table = load_workbook(paper).worksheets[sheet]
    top = next(cell for row in table.iter_rows() for cell in row if cell.value == header)
    return [row[top.column - 1] for row in table.iter_rows(min_row=top.row + 1)]


def on_receipt(hired: Path, header: str, value: str) -> Path:
    """Write into the first row of the receipt."""
    book = load_workbook(hired)
    (cell, *_) = _column(hired, header, 2)
    book.worksheets[2][cell.coordinate].value = value
    book.save(hired)
    return hired


@pytest.mark.parametrize(("ride", "receipt"), [("×", "√"), ("未到", "到"), ("到", "未到"), ("√", "×")])
def test_a_cross_on_one_paper_and_a_tick_on_the_other_is_a_question(
    campaign: Campaign, hired: Path, tmp_path: Path, ride: str, receipt: str
) -> None:
    filled(hired, "上车", dict.fromkeys(range(1, 20), "√") | {0: ride})
    outcome = board(campaign, [on_receipt(hired, "到岗", receipt)], tmp_path / "上车后")
    (fault,) = outcome.faults
    assert (fault.code, fault.value, fault.cell[0]) == ("marks_differ", receipt, "H")
    assert status_of_first(campaign, hired) == "assigned"
    assert outcome.counts["boarded"] == 19


def test_papers_read_one_after_the_other_contradict_each_other_too(
    campaign: Campaign, hired: Path, tmp_path: Path
) -> None:
    filled(hired, "上车", dict.fromkeys(range(1, 20), "√") | {0: "×"})
    board(campaign, [hired], tmp_path / "上车后")
    filled(hired, "上车", dict.fromkeys(range(20), None))
    outcome = board(campaign, [on_receipt(hired, "到岗", "√")], tmp_path / "上车后")
    assert [fault.code for fault in outcome.faults] == ["marks_differ"]
    assert status_of_first(campaign, hired) == "absent"
    filled(hired, "上车", {0: "√"})
    assert board(campaign, [hired], tmp_path / "上车后").faults == ()
    assert status_of_first(campaign, hired) == "arrived"


def test_a_later_paper_with_few_ticks_takes_nobody_off(
    campaign: Campaign, hired: Path, tmp_path: Path
) -> None:
    filled(hired, "上车", dict.fromkeys(range(14), "√"))
    assert board(campaign, [hired], tmp_path / "上车后").counts == {"boarded": 14, "absent": 6}
    filled(hired, "上车", dict.fromkeys(range(14), "") | {0: "√", 19: "√"})
    outcome = board(campaign, [hired], tmp_path / "上车后")
    assert outcome.faults == ()
    assert outcome.counts == {"boarded": 2, "absent": 5}
    assert outcome.so_far == Aboard(15, 0)


def test_a_blank_on_one_paper_is_no_word_against_the_tick_on_another(
    campaign: Campaign, hired: Path, tmp_path: Path
) -> None:
    filled(hired, "上车", {0: "√"})
    first = tmp_path / "第一张.xlsx"
    first.write_bytes(hired.read_bytes())
    filled(hired, "上车", {0: "", 1: "√"})
    for papers in ([first, hired], [hired, first]):
        assert board(campaign, papers, tmp_path / "上车后").counts == {"boarded": 2, "absent": 18}


def test_a_manifest_without_its_receipt_does_not_undo_an_arrival(
    campaign: Campaign, hired: Path, tmp_path: Path
) -> None:
    filled(hired, "上车", dict.fromkeys(range(20), "√"))
    unsigned = tmp_path / "没有签收.xlsx"
    unsigned.write_bytes(hired.read_bytes())
    board(campaign, [on_receipt(hired, "到岗", "√")], tmp_path / "上车后")
    board(campaign, [unsigned], tmp_path / "上车后")
    assert status_of_first(campaign, hired) == "arrived"


def test_a_cross_after_a_tick_is_a_question_until_it_is_confirmed(
    campaign: Campaign, hired: Path, tmp_path: Path
) -> None:
    filled(hired, "上车", dict.fromkeys(range(20), "√"))
    board(campaign, [hired], tmp_path / "上车后")
    outcome = board(campaign, [filled(hired, "上车", {0: "×"})], tmp_path / "上车后")
    assert [(fault.code, fault.value) for fault in outcome.faults] == [("marks_differ", "×")]
    assert "确认未到" in outcome.faults[0].fix.zh
    assert status_of_first(campaign, hired) == "boarded"
    outcome = board(campaign, [filled(hired, "上车", {0: "确认未到"})], tmp_path / "上车后")
    assert outcome.faults == ()
    assert status_of_first(campaign, hired) == "absent"


def test_a_cross_with_where_somebody_went_is_no_contradiction(
    campaign: Campaign, hired: Path, tmp_path: Path
) -> None:
    filled(hired, "上车", dict.fromkeys(range(20), "√"))
    on_receipt(hired, "备注", "去了虎门")
    assert board(campaign, [on_receipt(hired, "到岗", "×")], tmp_path / "上车后").faults == ()
    assert status_of_first(campaign, hired) == "other_factory"


@pytest.mark.parametrize("mark", ["×", "√"])
@pytest.mark.parametrize("remark", ["未到", "没上车", "打电话说不来了", "未报到", "已离职", "did not come"])
def test_a_remark_that_somebody_is_not_there_leaves_the_mark_of_the_escort(
    campaign: Campaign, hired: Path, tmp_path: Path, mark: str, remark: str
) -> None:
    filled(hired, "上车", dict.fromkeys(range(1, 20), "√") | {0: mark})
    receipt(hired, dict.fromkeys(range(1, 20), "√"), {0: remark})
    outcome = board(campaign, [hired], tmp_path / "上车后")
    assert outcome.faults == ()
    assert status_of_first(campaign, hired) == {"×": "absent", "√": "boarded"}[mark]


@pytest.mark.parametrize("remark", ["去了虎门", "没来，去了昆山", "未报到，换厂了"])
def test_a_cross_of_the_escort_stands_wherever_somebody_went(
    campaign: Campaign, hired: Path, tmp_path: Path, remark: str
) -> None:
    filled(hired, "上车", dict.fromkeys(range(1, 20), "√") | {0: "×"})
    receipt(hired, dict.fromkeys(range(1, 20), "√"), {0: remark})
    assert board(campaign, [hired], tmp_path / "上车后").faults == ()
    assert status_of_first(campaign, hired) == "absent"


def test_where_somebody_went_who_has_no_tick_is_a_question(
    campaign: Campaign, hired: Path, tmp_path: Path
) -> None:
    filled(hired, "上车", dict.fromkeys(range(1, 20), "√"))
    receipt(hired, dict.fromkeys(range(1, 20), "√"), {0: "去了虎门"})
    outcome = board(campaign, [hired], tmp_path / "上车后")
    assert [(fault.code, fault.value) for fault in outcome.faults] == [("marks_differ", "去了虎门")]
    assert status_of_first(campaign, hired) == "assigned"
    for mark, status in (("×", "absent"), ("√", "other_factory")):
        assert board(campaign, [filled(hired, "上车", {0: mark})], tmp_path / "上车后").faults == ()
        assert status_of_first(campaign, hired) == status


def test_who_missed_one_coach_and_took_a_later_one_was_absent_and_on_board(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """The papers of all evenings lie in one folder, and all of it is read each time."""
    signups = listed(tmp_path / "报名.xlsx", *range(1, 21))
    planned(signups)
    publish(campaign, Choice(city="东莞"))
    (first,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    filled(first, "上车", dict.fromkeys(range(1, 20), "√") | {0: "×"})
    board(campaign, [first], tmp_path / "上车后")
    (absent,) = (cell.value for cell in _column(first, "编号")[:1])
    planned(signups, added=(listed(tmp_path / "又报.xlsx", *range(30, 45)),))
    riders = show(campaign)[1].riders.set_index("person")
    later = str(riders.loc[absent, "batch"])
    (second,) = manifest(campaign, PapersRequest(tmp_path / "名单", batches=(later,))).paths
    filled(second, "上车", dict.fromkeys(range(int((riders["batch"] == later).sum())), "√"))
    for papers in ([first, second], [second, first], [first]):
        outcome = board(campaign, papers, tmp_path / "上车后")
        assert (outcome.faults, outcome.unknown) == ((), [])
        assert show(campaign)[1].riders.set_index("person").loc[absent, "status"] == "boarded"


def test_papers_of_a_batch_whose_day_has_not_come_ask(
    campaign: Campaign, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (batch,) = show(campaign)[1].batches
    monkeypatch.setattr("returnplan.usecases.board.today_in_china", lambda: batch.date - timedelta(days=2))
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    with pytest.raises(UsageError, match=batch.id):
        board(campaign, [paper], tmp_path / "上车后")
    assert not (tmp_path / "上车后").exists()
    assert {one.state for one in show(campaign)[1].batches} == {batch.state}
    assert board(campaign, [paper], tmp_path / "上车后", yes=True).counts == {"boarded": 20}


def test_papers_of_the_day_itself_are_entered_without_a_question(
    campaign: Campaign, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (batch,) = show(campaign)[1].batches
    monkeypatch.setattr("returnplan.usecases.board.today_in_china", lambda: batch.date)
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    assert board(campaign, [paper], tmp_path / "上车后").counts == {"boarded": 20}


def test_a_list_with_crosses_alone_says_of_how_many_it_says_nothing(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    publish(campaign, Choice(city="东莞"))
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    outcome = board(campaign, [filled(paper, "上车", {3: "×"})], tmp_path / "上车后")
    (batch,) = show(campaign)[1].batches
    assert (outcome.counts, outcome.crossed_only) == ({"absent": 1}, {batch.id: 19})
    ticked = board(campaign, [filled(paper, "上车", dict.fromkeys(range(4, 20), "√"))], tmp_path / "上车后")
    assert ticked.crossed_only == {}


def test_a_list_with_crosses_alone_says_who_was_entered_as_absent_before(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    """A tick by mistake made absent people of all others; the corrected list has a cross in its place."""
    out = tmp_path / "上车后"
    board(campaign, [filled(paper, "上车", {3: "√"})], out)
    outcome = board(campaign, [filled(paper, "上车", {3: "×"})], out)
    (batch,) = show(campaign)[1].batches
    assert (outcome.crossed_only, outcome.absent_before) == ({}, {batch.id: 19})
    undo_boarding(campaign, batch.id, out, yes=True)
    outcome = board(campaign, [paper], out)
    assert (outcome.crossed_only, outcome.absent_before) == ({batch.id: 19}, {})


def test_a_list_sent_again_without_its_cross_says_who_is_still_absent_and_a_tick_counts(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    out = tmp_path / "上车后"
    board(campaign, [filled(paper, "上车", {3: "×"})], out)
    outcome = board(campaign, [filled(paper, "上车", {3: ""})], out)
    (batch,) = show(campaign)[1].batches
    assert (outcome.crossed_only, outcome.absent_before) == ({}, {batch.id: 1})
    outcome = board(campaign, [filled(paper, "上车", dict.fromkeys(range(20), "√"))], out)
    assert (outcome.counts, outcome.absent_before) == ({"boarded": 20}, {})


def test_who_was_entered_as_absent_by_mistake_is_on_board_after_the_next_plan_too(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """One tick made absent people of all others; the next plan gave them other seats, then all are ticked."""
    out, signups = tmp_path / "上车后", listed(tmp_path / "报名.xlsx", *range(1, 21), **WINDOW)
    planned(signups)
    publish(campaign, Choice(city="东莞"))
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    board(campaign, [filled(paper, "上车", {0: "√"})], out)
    assert sorted(planned(signups).plan.riders["status"]) == ["assigned"] * 19 + ["boarded"]
    ticked = filled(paper, "上车", dict.fromkeys(range(20), "√"))
    for _ in range(2):  # read again, it says the same
        outcome = board(campaign, [ticked], out)
        assert (len(outcome.after_all), outcome.unknown) == (19, [])
        assert outcome.so_far == Aboard(1, 19)
        assert not list(out.glob("现场增补-*"))
    assert set(planned(signups).plan.riders["status"]) == {"boarded"}


def test_a_tick_on_ones_own_coach_is_no_walk_up_whatever_else_is_read(
    campaign: Campaign, paper: Path, tmp_path: Path
) -> None:
    """All but one were entered as absent by mistake; the corrected list names one number that nobody has."""
    out = tmp_path / "上车后"
    board(campaign, [filled(paper, "上车", {0: "√"})], out)
    corrected = filled(filled(paper, "上车", dict.fromkeys(range(20), "√")), "编号", {3: "9999"})
    outcome = board(campaign, [corrected], out)
    assert (outcome.after_all, outcome.unknown, outcome.here) == ([], [9999], Aboard(19, 0))


def no_shows_in(folder: Path) -> list[tuple[Any, ...]]:
    """Return person, batch and what became of them, of each line of the list."""
    rows = load_workbook(folder / "未到名单.xlsx").active.iter_rows(min_row=2, values_only=True)
    return [(row[0], row[8], row[-1]) for row in rows]


def test_who_was_absent_stays_on_the_list_of_no_shows_after_the_next_plan(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    signups = listed(tmp_path / "报名.xlsx", *range(1, 21), **WINDOW)
    (batch,) = planned(signups).plan.batches
    publish(campaign, Choice(batches=(batch.id,)))
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(2, 20), "√"))
    board(campaign, [paper], tmp_path / "上车后", yes=True)
    first, second = (cell.value for cell in _column(paper, "编号")[:2])
    missed = [(person, batch.id, "没有座位") for person in (first, second)]
    assert no_shows_in(tmp_path / "上车后") == missed
    others = listed(
        tmp_path / "又来.xlsx", *range(21, 41), 最早出发日期=date(2021, 2, 20), 最晚出发日期=date(2021, 2, 20)
    )
    later = planned(signups, others).plan
    board(campaign, [paper], tmp_path / "上车后", yes=True)
    now = {row[0]: row[2] for row in no_shows_in(tmp_path / "上车后")}
    explanation = explain(campaign, str(first)).explanation
    assert explanation is not None
    day = f"{batch.date.month}月{batch.date.day}日"
    assert f"{day} {batch.id} 未到(随车名单登记)" in [line.zh for line in explanation.lines]
    riding = dict(zip(later.riders["person"], later.riders["batch"], strict=True))
    assert now == {one: f"{riding[one]} 已安排" for one in (first, second)}
    filled(paper, "上车", {0: "√"})
    board(campaign, [paper], tmp_path / "上车后", yes=True)
    assert [row[0] for row in no_shows_in(tmp_path / "上车后")] == [second]
