"""The page of the plan that stands: from the run before, with what was changed by hand."""

from datetime import date
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused, UsageError
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.publish import publish
from returnplan.usecases.report import report
from returnplan.usecases.show import runs, show
from tests.usecases.conftest import Planner, listed


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
