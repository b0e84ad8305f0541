"""The main job: what is saved when, and what a second call changes."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.assembly.assemble import assemble
from returnplan.config import Config
from returnplan.model.errors import InputRefused, PlanBroken, UsageError
from returnplan.model.plan import Plan
from returnplan.store import Store
from returnplan.usecases.adopt import adopt
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.choice import latest_header
from returnplan.usecases.plan import solve as solving
from returnplan.usecases.plan.make import PlanRequest, plan
from returnplan.usecases.show import runs, show
from tests.specimens.coach import id_number
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Editor, Planner, listed

TWENTY = range(1, 21)


def test_a_plan_is_saved_whole(tmp_path: Path, campaign: Campaign, planned: Planner) -> None:
    outcome = planned(listed(tmp_path / "报名.xlsx", *TWENTY))
    header, plan = show(campaign)
    assert outcome.is_new
    assert header.id == outcome.header.id
    assert plan.summary == outcome.plan.summary
    assert plan.summary["planned"] == 20
    assert list(plan.riders["person"].sort_values()) == list(TWENTY)
    assert (tmp_path / "plan.xlsx").exists()


def test_the_same_again_changes_nothing(tmp_path: Path, campaign: Campaign, planned: Planner) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    first, second = planned(file), planned(file)
    assert not second.is_new
    assert second.header == first.header
    assert len(runs(campaign)) == 1


def test_the_same_files_in_another_order_are_the_same_run(tmp_path: Path, planned: Planner) -> None:
    one, other = listed(tmp_path / "甲.xlsx", *TWENTY), listed(tmp_path / "乙.xlsx", *range(21, 41))
    planned(one, other)
    assert not planned(other, one).is_new
    assert not planned().is_new


def test_the_order_of_lists_that_fill_another_ones_blanks_makes_another_run(
    tmp_path: Path, planned: Planner
) -> None:
    header = ["企业名称", "所在市", "岗位", "招聘人数", "复工日期"]
    days = {"甲": date(2021, 2, 22), "乙": date(2021, 2, 24), "丙": None}
    one, other, last = (
        save_xlsx(tmp_path / f"{name}.xlsx", 用工需求=[header, ["恒达电子", "东莞市", "普工", 9, day]])
        for name, day in days.items()
    )
    leaves = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 27)}
    signups = listed(tmp_path / "报名.xlsx", *TWENTY, 务工企业="恒达电子", **leaves)
    assert not planned(signups, one, other, last).is_hopeless
    assert not planned(one, other, signups, last).is_new
    assert planned(signups, other, one, last).is_new


def test_who_is_taken_for_a_job_seeker_is_said_with_the_employer(tmp_path: Path, planned: Planner) -> None:
    """A demand sheet for the city of a list without employers takes its people over."""
    header = ["企业名称", "所在市", "岗位", "招聘人数"]
    demand = save_xlsx(tmp_path / "需求.xlsx", 用工需求=[header, ["恒达电子", "东莞市", "普工", 15]])
    (note,) = (
        note.en
        for note in planned(listed(tmp_path / "报名.xlsx", *TWENTY, 务工企业=""), demand).notes
        if "job seekers" in note.en
    )
    assert note.startswith("20 people without an employer are taken for job seekers: 恒达电子 15, no vacancy")
    of_a_fair = planned(listed(tmp_path / "求职登记表.xlsx", *TWENTY, 务工企业=""), demand, allow_drop=True)
    assert not any("job seekers" in note.en for note in of_a_fair.notes)


def test_a_lost_workbook_comes_back(tmp_path: Path, planned: Planner) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    assert not planned(file).is_rewritten
    assert not planned(file).is_rewritten
    (tmp_path / "plan.xlsx").unlink()
    again = planned(file)
    assert (again.is_new, again.is_rewritten) == (False, True)
    assert (tmp_path / "plan.xlsx").exists()


def test_a_workbook_with_edits_goes_out_of_the_way(
    tmp_path: Path, campaign: Campaign, planned: Planner, edit: Editor
) -> None:
    """The newest plan is in plan.xlsx; what somebody typed into the old one is not lost, and can still be taken in."""
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    planned(file)
    edit("批次", 0, "车牌号", "桂B12345")
    again = planned(file)
    assert again.is_rewritten
    aside = tmp_path / "作废" / "plan.xlsx"
    assert again.notes[-1].en.endswith(f"to take them in: returnplan adopt {aside}")
    assert not planned(file).is_rewritten
    assert adopt(campaign, aside).is_adopted
    edit("批次", 0, "车牌号", "桂B99999")
    news = planned(file, listed(tmp_path / "乙.xlsx", *range(21, 41)), allow_drop=True).notes[-1]
    assert news.en.endswith("they are of an earlier plan and cannot be taken in")
    assert (tmp_path / "作废" / "plan(2).xlsx").exists()


def test_where_excel_holds_the_workbook_it_is_said_where_the_new_one_stands(
    tmp_path: Path, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, move = tmp_path / "plan.xlsx", Path.replace

    def move_unless_held(source: Path, target: Path) -> Path:
        if target == held:
            raise PermissionError(13, "in use")
        return move(source, target)

    monkeypatch.setattr(Path, "replace", move_unless_held)
    outcome = planned(listed(tmp_path / "报名.xlsx", *TWENTY))
    assert outcome.workbook == tmp_path / "plan(2).xlsx"
    assert "the new one is plan(2).xlsx" in outcome.notes[-1].en


def test_our_own_workbook_is_no_list_of_people(tmp_path: Path, planned: Planner) -> None:
    planned(listed(tmp_path / "报名.xlsx", *TWENTY))
    with pytest.raises(InputRefused, match=r"plan\.xlsx is a workbook that this program wrote"):
        planned(tmp_path / "plan.xlsx")


def test_another_language_is_another_workbook_of_the_same_run(tmp_path: Path, planned: Planner) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    planned(file)
    assert not planned(file, lang="en").is_new
    assert "Riders" in load_workbook(tmp_path / "plan.xlsx").sheetnames


def test_another_rule_is_another_run(tmp_path: Path, campaign: Campaign, planned: Planner) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    first = planned(file).header.id
    other = Campaign(Config.model_validate({"rules": {"min_load": 5}}), campaign.store_path)
    second = plan(other, PlanRequest(Inputs((file,)), tmp_path / "plan.xlsx"))
    assert second.is_new
    assert second.header.id != first


def test_a_dry_run_leaves_no_trace(tmp_path: Path, planned: Planner) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    assert planned(file, dry_run=True).plan.summary["planned"] == 20
    assert list(tmp_path.iterdir()) == [file]


def test_nobody_planned_is_not_saved(tmp_path: Path, campaign: Campaign, planned: Planner) -> None:
    outcome = planned(listed(tmp_path / "报名.xlsx", 1))
    assert outcome.is_hopeless
    assert outcome.workbook is None
    assert not campaign.store_path.exists()


def test_a_hopeless_list_leaves_the_last_plan_standing(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    good = planned(file).header.id
    listed(file, 1)
    planned(file, allow_drop=True)
    with Store.open(campaign.store_path) as store:
        assert latest_header(store).id == good


def test_a_broken_plan_is_never_saved(
    tmp_path: Path, campaign: Campaign, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overloaded(*args: Any, **options: Any) -> Plan:
        plan = assemble(*args, **options)
        return replace(plan, batches=tuple(replace(batch, load=batch.load + 1) for batch in plan.batches))

    monkeypatch.setattr(solving, "assemble", overloaded)
    with pytest.raises(PlanBroken):
        planned(listed(tmp_path / "报名.xlsx", *TWENTY))
    assert not campaign.store_path.exists()


def test_refused_input_changes_nothing(tmp_path: Path, campaign: Campaign, planned: Planner) -> None:
    (tmp_path / "报名.xlsx").write_bytes(b"no spreadsheet")
    with pytest.raises(InputRefused):
        planned(tmp_path / "报名.xlsx")
    assert not campaign.store_path.exists()


def test_a_supplement_joins_the_files_of_the_last_plan(tmp_path: Path, planned: Planner) -> None:
    planned(listed(tmp_path / "报名.xlsx", *TWENTY))
    outcome = planned(added=(listed(tmp_path / "增补.xlsx", 21, 22),))
    assert outcome.plan.summary["planned"] == 22


def test_a_list_sent_again_takes_the_place_of_its_predecessor(tmp_path: Path, planned: Planner) -> None:
    planned(listed(tmp_path / "报名.xlsx", *TWENTY))
    again = tmp_path / "再报"
    again.mkdir()
    outcome = planned(added=(listed(again / "报名.xlsx", *range(1, 23)),))
    assert outcome.plan.summary["planned"] == 22


def test_a_supplement_needs_a_plan(tmp_path: Path, planned: Planner) -> None:
    with pytest.raises(UsageError):
        planned(added=(listed(tmp_path / "增补.xlsx", 1),))


def test_a_vanished_file_is_refused_unless_allowed(tmp_path: Path, planned: Planner) -> None:
    one, other = listed(tmp_path / "甲.xlsx", *TWENTY), listed(tmp_path / "乙.xlsx", *range(21, 41))
    planned(one, other)
    with pytest.raises(InputRefused, match=r"乙\.xlsx"):
        planned(one)
    assert planned(one, allow_drop=True).plan.summary["planned"] == 20


def test_a_twentieth_may_be_missing_and_no_more(tmp_path: Path, planned: Planner) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    planned(file)
    listed(file, *range(3, 21))
    with pytest.raises(InputRefused, match="2 of the 20"):
        planned(file)
    listed(file, *range(2, 21))
    assert planned(file).plan.summary["planned"] == 19


def test_who_has_another_id_number_now_is_not_missing(tmp_path: Path, planned: Planner) -> None:
    """Two corrected ones and a mistyped one are more than a twentieth."""
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    planned(file)
    others = [id_number("450225", date(1985, 6, 8), 1), id_number("450225", date(1985, 6, 8), 2), "450225"]
    rows = [signup_row(serial, 身份证号码=other) for serial, other in enumerate(others, start=1)]
    save_xlsx(file, 报名=lines_of([*rows, *(signup_row(serial) for serial in range(4, 21))]))
    outcome = planned(file)
    assert sorted(outcome.plan.riders["person"]) == [1, 2, *range(4, 21)]
    assert [note.en for note in outcome.notes if "had a seat" in note.en] == [
        "1 people had a seat and have none now: 韦* (person 3, 0218-001 faulty row)"
    ]


def test_a_corrected_id_number_keeps_its_person(tmp_path: Path, campaign: Campaign, planned: Planner) -> None:
    file = listed(tmp_path / "报名.xlsx", *TWENTY)
    planned(file)
    corrected = {"身份证号码": id_number("450225", date(1985, 6, 8), 1)}
    rows = [signup_row(1, **corrected), *(signup_row(serial) for serial in range(2, 21))]
    save_xlsx(file, 报名=lines_of(rows))
    outcome = planned(file)
    first = outcome.plan.riders.set_index("id_number").loc[corrected["身份证号码"]]
    assert first["person"] == 1
    assert any("1 people with a corrected ID" in note.en for note in outcome.notes)
