"""The page of the plan that stands: from the run before, with what was changed by hand."""

import re
from datetime import date
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused, UsageError
from returnplan.usecases.board import board
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.publish import publish
from returnplan.usecases.report import report
from returnplan.usecases.show import runs, show
from tests.specimens.sheets import signup_row
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "页面 1" / "report.html"


def test_without_a_plan_there_is_no_page(campaign: Campaign, out: Path) -> None:
    with pytest.raises(InputRefused):
        report(campaign, out)
    assert not out.exists()


def test_the_first_plan_has_a_page_without_changes(
    campaign: Campaign, planned: Planner, tmp_path: Path, out: Path
) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    assert report(campaign, out, today=date(2021, 2, 10)).path == out
    page = out.read_text("utf-8")
    assert "与上一个方案相比" not in page
    assert "今日要办" in page
    assert "先打电话：最早出发的" in page


def test_the_page_tells_the_changes_since_the_run_before_or_any_other(
    campaign: Campaign, planned: Planner, tmp_path: Path, out: Path
) -> None:
    for last in (21, 22, 24):
        planned(listed(tmp_path / "报名.xlsx", *range(1, last)))
    _, before, first = runs(campaign)
    report(campaign, out)
    assert f"上一个方案 {before.id}" in out.read_text("utf-8")
    report(campaign, out, first.id[:6])
    assert f"上一个方案 {first.id}" in out.read_text("utf-8")
    assert "相差 +3 人" in out.read_text("utf-8")
    with pytest.raises(UsageError):
        report(campaign, out, "zzz")


def test_the_page_tells_what_changes_by_hand_cost(
    campaign: Campaign, planned: Planner, tmp_path: Path, out: Path
) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    _, before = show(campaign)
    for person in before.riders["person"].iloc[:2]:
        change(campaign, ChangeRequest(before.batches[0].id, tmp_path / "manifests", drop=(str(person),)))
    _, after = show(campaign)
    assert after.summary["as_planned"] == {"planned": 20, "cost": before.summary["cost"]}
    report(campaign, out, lang="en")
    page = out.read_text("utf-8")
    assert "Changes by hand since the plan was made: 2; batches concerned: 1." in page
    assert "the people planned from 20 to 18 (-2)" in page


def test_changes_by_hand_to_the_run_before_are_told_with_what_changed_since(
    campaign: Campaign, planned: Planner, tmp_path: Path, out: Path
) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    (batch,) = show(campaign)[1].batches
    publish(campaign, Choice(city="东莞"))
    change(campaign, ChangeRequest(batch.id, tmp_path / "manifests", plate="桂B12345"))
    planned(listed(tmp_path / "报名.xlsx", *range(1, 22)))
    report(campaign, out, lang="en")
    page = out.read_text("utf-8")
    assert "Nothing was changed by hand since the plan was made." in page
    assert f"since the plan compared with: 1 ({batch.id})." in page


def test_who_was_absent_is_told_from_those_who_are_left_behind_and_so_are_walk_ups(
    campaign: Campaign, planned: Planner, tmp_path: Path, out: Path
) -> None:
    days = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 18)}
    signups = listed(tmp_path / "报名.xlsx", *range(1, 22), **days)
    added = listed(tmp_path / "增补.xlsx", 22, **days)
    planned(signups)
    batch = show(campaign)[1].batches[0].id
    publish(campaign, Choice(batches=(batch,)))
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(2, 21), "√"))
    for header in ("姓名", "身份证号码", "联系电话"):
        filled(paper, header, {21: signup_row(22)[header]})
    board(campaign, [paper], tmp_path / "上车后", yes=True)
    plan = planned(signups, added, as_of=date(2021, 2, 19)).plan
    assert sorted(plan.unplanned["code"]) == ["travelled", "window_past", "window_past"]
    report(campaign, out, today=date(2021, 2, 19))
    page = out.read_text("utf-8")
    told = {what: num for num, what in re.findall(r'class="tile"><b>([^<]*)</b> <span>([^<]*)<', page)}
    assert (told["没有排上"], told["未到"], told["已上车"]) == ("2", "2", "20")
    assert "未到，日期已过" in page
