"""What an employer hears: what it got last is the measure, not what its people were told."""

from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.store import Store
from returnplan.usecases.board import board
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.employers import who_comes
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import notify, read_calls
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled

EVERYTHING = Choice()


@pytest.fixture
def batch_id(tmp_path: Path, planned: Planner) -> str:
    """Return the id of the coach of twenty people of one employer."""
    lists = listed(tmp_path / "报名.xlsx", *range(1, 21), 务工企业="东坑电子厂")
    (batch,) = planned(lists).plan.batches
    return batch.id


def employer_list(campaign: Campaign, folder: Path) -> list[list[str]]:
    (path,) = manifest(campaign, PapersRequest(folder, for_employers=True)).paths
    return rows(path)


def rows(path: Path) -> list[list[str]]:
    """Return the texts of a sheet, row by row."""
    lines = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [[str(cell) for cell in line if cell is not None] for line in lines]


def corrections(campaign: Campaign, folder: Path, choice: Choice = EVERYTHING) -> list[list[str]]:
    """Return the rows of people on the one correction, none where there is no correction."""
    found = notify(campaign, choice, folder).corrections
    return [row for path in found for row in rows(path) if {"不来了", "有变动", "新增"} & set(row)]


def test_who_cancels_by_phone_is_on_the_correction_the_same_night(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    """Nobody has planned again yet: the person still has the seat."""
    employer_list(campaign, tmp_path / "企业")
    (path,) = notify(campaign, EVERYTHING, tmp_path / "通知").paths
    read_calls(campaign, [filled(path, "结果", {0: "取消", 1: "改期至3月1日", 2: "已通知"})])
    said = [row[-1].split("(")[0] for row in corrections(campaign, tmp_path / "二")]
    assert said == ["不来：本人电话取消", "不来：本人改期至3月1日"]
    assert said == [row[-1].split("(")[0] for row in corrections(campaign, tmp_path / "二")]  # asked again
    again = employer_list(campaign, tmp_path / "企业")
    assert "第2版" in again[1][0]
    assert "不来2人" in again[2][0]
    assert corrections(campaign, tmp_path / "三") == []


def test_a_draft_that_leaves_at_another_hour_is_a_correction_though_nobody_was_called(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    employer_list(campaign, tmp_path / "企业")
    change(campaign, ChangeRequest(batch_id, tmp_path / "名单", depart=time(6, 30)))
    found = corrections(campaign, tmp_path / "通知", Choice(batches=(batch_id,)))
    assert len(found) == 20
    assert {row[1] for row in found} == {"有变动"}


def test_who_joins_is_a_correction(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    employer_list(campaign, tmp_path / "企业")
    planned(added=(listed(tmp_path / "增补.xlsx", 21, 务工企业="东坑电子厂"),))
    assert [row[1] for row in corrections(campaign, tmp_path / "通知")] == ["新增"]


def test_an_employer_in_another_spelling_is_the_same_receiver(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    employer_list(campaign, tmp_path / "企业")
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21), 务工企业="东坑电子有限公司"))
    assert corrections(campaign, tmp_path / "通知") == []


def test_who_was_not_on_board_is_said_to_the_employer(
    campaign: Campaign, batch_id: str, tmp_path: Path
) -> None:
    employer_list(campaign, tmp_path / "企业")
    (paper,) = manifest(campaign, PapersRequest(tmp_path / "名单")).paths
    board(campaign, [filled(paper, "上车", dict.fromkeys(range(20), "√") | {3: "×"})], tmp_path / "回")
    with Store.open(campaign.store_path) as store:
        coming = who_comes(store, next(iter(store.runs())))
    assert [text.zh for text in coming.why_not.values() if text.zh == "未上车"] == ["未上车"]
    said = employer_list(campaign, tmp_path / "企业")
    assert [row[-1].split("(")[0] for row in said if row[0] == "不来"] == ["不来：未上车"]
    assert sum("已上车" in row for row in said) == 19


def test_after_a_purge_no_list_names_anybody(campaign: Campaign, batch_id: str, tmp_path: Path) -> None:
    employer_list(campaign, tmp_path / "企业")
    with Store.open(campaign.store_path) as store:
        assert [bool(one.content) for one in store.load_lists("arrivals").values()] == [True]
        store.purge(date(2031, 1, 1))
        assert [one.content for one in store.load_lists("arrivals").values()] == [""]


def test_a_list_that_nobody_needs_any_more_goes_out_of_the_way(
    campaign: Campaign, batch_id: str, tmp_path: Path, planned: Planner
) -> None:
    folder = tmp_path / "企业"
    employer_list(campaign, folder)
    kept = folder / "到岗名单-旧厂-东莞-内部资料.xlsx"
    (folder / "到岗名单-东坑电子厂-东莞-内部资料.xlsx").rename(kept)
    employer_list(campaign, folder)
    assert [path.name for path in (folder / "作废").iterdir()] == [kept.name]
