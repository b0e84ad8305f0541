"""Marked papers read back: statuses, lists, and absent people waiting again."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.pipeline.boarding import BoardOutcome, board
from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.choosing import Choice
from returnplan.pipeline.papers import PapersRequest, write_papers
from returnplan.pipeline.publishing import publish
from returnplan.pipeline.stored import load_plan
from tests.pipeline.conftest import Planner, listed
from tests.pipeline.test_telling import filled
from tests.specimens.sheets import signup_row


@pytest.fixture
def boarded(tmp_path: Path, campaign: Campaign, planned: Planner) -> BoardOutcome:
    """Return what the papers of twenty people say: one absent, one added on the spot."""
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    publish(campaign, Choice(city="东莞"))
    (paper,) = write_papers(campaign, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(19), "√"))
    walk_up = signup_row(21)
    for header in ("姓名", "身份证号码", "联系电话"):
        filled(paper, header, {20: walk_up[header]})
    return board(campaign, [paper], tmp_path / "上车后")


def test_ticks_and_blanks_are_counted(campaign: Campaign, boarded: BoardOutcome) -> None:
    assert boarded.counts == {"boarded": 19, "absent": 1}
    assert boarded.num_walk_ups == 1
    plan = load_plan(campaign)[1]
    assert plan.summary["origins"]["柳州市"]["boarded"] == 19
    assert {batch.state for batch in plan.batches} == {"departed"}


def test_who_was_absent_waits_in_the_next_plan(
    campaign: Campaign, boarded: BoardOutcome, planned: Planner, tmp_path: Path
) -> None:
    plan = planned(tmp_path / "报名.xlsx").plan
    assert len(plan.riders) == 19
    assert set(plan.riders["status"]) == {"boarded"}
    assert list(plan.unplanned["code"]) == ["below_min_load"]
    assert plan.summary["origins"]["柳州市"]["boarded"] == 19


def test_a_walk_up_loads_as_a_sign_up_that_needs_no_seat(
    boarded: BoardOutcome, planned: Planner, tmp_path: Path
) -> None:
    added = tmp_path / "上车后" / "现场增补.xlsx"
    plan = planned(added=(added,)).plan
    assert set(plan.unplanned["code"]) == {"below_min_load", "own_transport"}


def test_those_who_boarded_are_called_back_and_paid(boarded: BoardOutcome) -> None:
    for path in boarded.paths[:2]:
        sheet = load_workbook(path).worksheets[0]
        assert sheet.max_row == 20
    headers = [cell.value for cell in load_workbook(boarded.paths[0]).worksheets[0][1]]
    assert {"7天回访日期", "30天回访日期"} <= set(headers)
