"""``explain``: who is meant by a text."""

import re
import sqlite3
from pathlib import Path

import pytest

from returnplan.model.errors import UsageError
from returnplan.model.masking import mask_name
from returnplan.model.plan import Plan
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice
from returnplan.usecases.explain import explain
from returnplan.usecases.notify import notify, read_calls
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.specimens.sheets import Line, lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled


@pytest.mark.parametrize("text", ["陈 明", "陈　明", "陈明"])
def test_a_row_with_an_error_is_found_by_a_name_with_or_without_blanks(
    campaign: Campaign, planned: Planner, tmp_path: Path, text: str
) -> None:
    rows = [*map(signup_row, range(1, 21)), signup_row(21, 姓名="陈　明", 身份证号码="45022519850607002")]
    planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(rows)))
    found = explain(campaign, text).explanation
    assert found is not None
    assert found.signup == "报名.xlsx!报名!22"


def test_four_digits_of_a_row_with_an_error_are_no_other_person(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """A clerk has the last four of a phone on a slip: a row with an error may be meant as well as a good one."""
    faulty = signup_row(21, 身份证号码="45022519850607002", 联系电话="13900000003")
    alone = signup_row(22, 身份证号码="45022519850607002", 联系电话="13900007777")
    planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([*map(signup_row, range(1, 21)), faulty, alone])))
    several = explain(campaign, "0003")
    assert [one.signup for one in several.namesakes] == ["报名.xlsx!报名!4", "报名.xlsx!报名!22"]
    found = explain(campaign, "7777").explanation
    assert found is not None
    assert found.signup == "报名.xlsx!报名!23"


def test_four_digits_that_are_a_number_alone_are_said_to_be_one(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    with sqlite3.connect(campaign.store_path) as connection:
        connection.execute("INSERT INTO persons (number, id_number) VALUES (4320, 'of the year before')")
    planned(listed(tmp_path / "报名.xlsx", *range(1, 22)))
    found = explain(campaign, "4321").explanation
    assert found is not None
    assert "按编号 4321 找到" in found.lines[0].zh


def test_who_is_in_no_list_any_more_is_told_the_row_in_which_they_stood(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    rows = [*map(signup_row, range(1, 30)), signup_row(30, 姓名="郭光华")]
    planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(rows)))
    batch = show(campaign)[1].batches[0].id
    row, number = rows[-1], show(campaign)[1].riders.set_index("id_number")["person"]
    notes = planned(listed(tmp_path / "报名.xlsx", *range(1, 30))).notes
    person = number[row["身份证号码"]]
    (note,) = (note.zh for note in notes if "现在哪张表里都没有" in note.zh)
    assert f"{mask_name(row['姓名'])}(编号 {person}，" in note
    assert f"{batch} 报名.xlsx!报名!" in note
    where = re.search(r"报名.xlsx!报名!\d+", note)
    assert where
    for text in ("郭 光华", row["姓名"], row["身份证号码"].lower(), row["联系电话"], where[0]):
        with pytest.raises(UsageError, match=rf"报名.xlsx!报名!\d+, on {batch}"):
            explain(campaign, text)
    with pytest.raises(UsageError, match="nobody in the plan"):
        explain(campaign, "没有这个人")


def test_of_namesakes_who_are_in_no_list_any_more_each_row_is_told(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    gone = [signup_row(nth, 姓名="郭光华") for nth in (30, 31)]
    planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([*map(signup_row, range(1, 30)), *gone])))
    planned(listed(tmp_path / "报名.xlsx", *range(1, 30)), allow_drop=True)
    with pytest.raises(UsageError, match=r"has 2 people 报名.xlsx!报名!31, on \S+; 报名.xlsx!报名!32, on "):
        explain(campaign, "郭光华")


def test_for_a_mistyped_name_no_earlier_plan_is_loaded(
    campaign: Campaign, planned: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in (28, 29, 30):
        last = planned(listed(tmp_path / "报名.xlsx", *range(1, most))).header.id
    loaded, load = [], Store.load_plan

    def load_plan(store: Store, run_id: str) -> Plan:
        loaded.append(run_id)
        return load(store, run_id)

    monkeypatch.setattr(Store, "load_plan", load_plan)
    for text in ("没有这个人", "13900000000"):
        with pytest.raises(UsageError, match="nobody in the plan"):
            explain(campaign, text)
    assert loaded == [last, last]


def test_who_lost_the_seat_on_a_draft_hears_which_it_was(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    def fleet(seats: int) -> Path:
        rows: list[Line] = [["车型", "乘客座位数", "包车费", "每日可用车辆数"], ["中巴", seats, 3000, 1]]
        return save_xlsx(tmp_path / "车辆.xlsx", 车辆=rows)

    days = {"最早出发日期": "2021-02-18", "最晚出发日期": "2021-02-18"}
    people = listed(tmp_path / "报名.xlsx", *range(1, 21), **days)
    (draft,) = planned(people, fleet(20)).plan.batches
    plan = planned(people, fleet(15)).plan
    left, seated = plan.unplanned["person"].iloc[0], plan.riders["person"].iloc[0]
    explanations = [explain(campaign, str(person)).explanation for person in (left, seated)]
    said = [[line.zh for line in one.lines if "上一方案" in line.zh] for one in explanations if one]
    assert [len(lines) for lines in said] == [1, 0]
    assert f"{draft.id} 的座位(草案，没有锁定)" in said[0][0]


def told(campaign: Campaign, person: int) -> list[str]:
    """Return what is said of a person."""
    explanation = explain(campaign, str(person)).explanation
    assert explanation is not None
    return [line.zh for line in explanation.lines]


def test_the_earlier_coach_and_the_last_call_are_told(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    (batch,) = planned(listed(tmp_path / "报名.xlsx", *range(1, 21))).plan.batches
    publish(campaign, Choice(batches=(batch.id,)))
    (paper,) = notify(campaign, Choice(), tmp_path / "通知").paths
    read_calls(campaign, [filled(paper, "结果", {0: "已通知", 1: "改期至3月1日"})])
    run = planned(tmp_path / "报名.xlsx").header.id
    with Store.snapshot(campaign.store_path) as store:
        first = store.runs()[1].id
        result = {person: call.result for person, call in store.calls().items() if call.result != "uncalled"}
    gone, stayed = sorted(result, key=result.__getitem__)
    assert run != first
    kept, left = (told(campaign, person) for person in (stayed, gone))
    assert any(f"的方案 {first} 里坐 {batch.id}" in line for line in left)
    assert any(f"读回的电话：{batch.id} 改期至3月1日" in line for line in left)
    assert any(f"读回的电话：{batch.id} 已通知" in line for line in kept)
    assert any(line.startswith(f"{batch.id}：") and line.endswith("锁定") for line in kept)
