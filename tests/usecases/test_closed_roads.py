"""A road that the distances sheet closes: nobody is sent over it, and a published coach on it is said."""

from datetime import date, time
from pathlib import Path

import pytest

from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.publish import publish
from tests.specimens.sheets import Line, save_xlsx
from tests.usecases.conftest import Planner, listed

HEADER: Line = ["起点", "终点", "公里", "封闭开始", "封闭结束"]
FIRST, SECOND = "2021-02-18", "2021-02-19"


def close(folder: Path, *days: str) -> Path:
    """Write the only road from the pick-up to the city, closed from one day to another, or never."""
    road: Line = ["融水汽车站", "东莞市", 700, *days]
    save_xlsx(folder / "里程.xlsx", 里程=[HEADER[: len(road)], road])
    return folder / "里程.xlsx"


def test_drafts_leave_on_the_day_on_which_the_road_is_open(tmp_path: Path, planned: Planner) -> None:
    lists = listed(tmp_path / "报名.xlsx", *range(1, 21), 最早出发日期=FIRST, 最晚出发日期=SECOND)
    (batch,) = planned(lists, close(tmp_path, FIRST, FIRST)).plan.batches
    assert (batch.date, batch.km) == (date(2021, 2, 19), 700.0)


def test_who_can_leave_on_no_other_day_hears_why(tmp_path: Path, planned: Planner) -> None:
    lists = listed(tmp_path / "报名.xlsx", *range(1, 21), 最早出发日期=FIRST, 最晚出发日期=SECOND)
    plan = planned(lists, close(tmp_path, FIRST, SECOND)).plan
    assert set(plan.unplanned["code"]) == {"no_route"}
    assert "封闭" in plan.unplanned["reason_zh"].iloc[0]


def test_a_published_coach_on_a_closed_road_is_said_and_keeps_its_km(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    lists = listed(tmp_path / "报名.xlsx", *range(1, 21), 最早出发日期=FIRST, 最晚出发日期=FIRST)
    (batch,) = planned(lists, close(tmp_path)).plan.batches
    publish(campaign, Choice(batches=(batch.id,)))
    outcome = planned(lists, close(tmp_path, FIRST, SECOND))
    (said,) = [note for note in outcome.notes if batch.id in note.zh]
    assert "封闭" in said.zh
    assert f"returnplan recall {batch.id}" in said.zh
    assert outcome.plan.batches[0].km == 700.0
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", depart=time(7, 30)))
    assert planned(lists, close(tmp_path, FIRST, SECOND)).plan.batches[0].km == 700.0


NORTH, SOUTH = "融水县汽车站", "融水县南站"


def villages(folder: Path, *closed: Line) -> Path:
    """Write roads between two pick-ups and the city, and rows that close some of them."""
    header: Line = ["起点", "终点", "公里", "封闭"]
    roads: list[Line] = [[NORTH, "东莞市", 700, ""], [SOUTH, "东莞市", 710, ""], [NORTH, SOUTH, 12, ""]]
    save_xlsx(folder / "里程.xlsx", 里程=[header, *roads, *closed])
    return folder / "里程.xlsx"


def from_two_stops(folder: Path) -> tuple[Path, Path]:
    return (
        listed(folder / "北.xlsx", *range(1, 21), 上车地点=NORTH),
        listed(folder / "南.xlsx", *range(21, 41), 上车地点=SOUTH),
    )


def test_a_closed_road_beside_which_another_leads_there_is_said(tmp_path: Path, planned: Planner) -> None:
    lists = from_two_stops(tmp_path)
    outcome = planned(*lists, villages(tmp_path, [SOUTH, "东莞市", 710, "是"]))
    assert len(outcome.plan.riders) == 40
    (said,) = [note for note in outcome.notes if "拦不住" in note.zh]
    assert f"{SOUTH}到东莞市可经{NORTH}，712 公里(封闭的 710 公里)" in said.zh
    assert "by way of" in said.en
    assert "要走的绕行路" in said.zh
    assert "the detour to take" in said.en


def test_a_road_with_km_and_without_its_other_end_closes_no_place(tmp_path: Path, planned: Planner) -> None:
    outcome = planned(*from_two_stops(tmp_path), villages(tmp_path, [SOUTH, "", 710, "是"]))
    assert len(outcome.plan.riders) == 40
    assert "missing_destination" in {fault.code for fault in outcome.plan.faults}


def test_a_road_that_is_closed_to_good_purpose_is_not_said(tmp_path: Path, planned: Planner) -> None:
    lists = listed(tmp_path / "报名.xlsx", *range(1, 21), 最早出发日期=FIRST, 最晚出发日期=SECOND)
    outcome = planned(lists, close(tmp_path, FIRST, FIRST))
    assert not [note for note in outcome.notes if "拦不住" in note.zh]


@pytest.mark.parametrize("row", [[SOUTH, "", "", "是"], ["", SOUTH, "", "是"], [SOUTH, SOUTH, "", "是"]])
def test_a_place_that_is_closed_whole_is_called_at_by_nobody(
    tmp_path: Path, planned: Planner, row: Line
) -> None:
    outcome = planned(*from_two_stops(tmp_path), villages(tmp_path, row))
    assert {stop.place for batch in outcome.plan.batches for stop in batch.stops} == {NORTH, "东莞市"}
    assert set(outcome.plan.unplanned["code"]) == {"no_route"}
    assert "封闭" in outcome.plan.unplanned["reason_zh"].iloc[0]
    assert not [note for note in outcome.notes if "拦不住" in note.zh]


def test_told_people_at_a_place_that_is_closed_are_named_by_their_coach(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    lists = from_two_stops(tmp_path)
    planned(*lists, villages(tmp_path))
    publish(campaign, Choice(city="东莞"))
    outcome = planned(*lists, villages(tmp_path, [SOUTH, "", "", "是"]))
    said = [note.zh for note in outcome.notes if SOUTH in note.zh and "封闭" in note.zh]
    assert said
    assert len(outcome.plan.riders) == 40


def test_a_closed_place_that_nobody_uses_is_named_with_those_that_are_like_it(
    tmp_path: Path, planned: Planner
) -> None:
    outcome = planned(*from_two_stops(tmp_path), villages(tmp_path, ["融水县", "", "", "是"]))
    (fault,) = [fault for fault in outcome.plan.faults if fault.code == "closes_nothing"]
    assert (fault.severity, fault.value) == ("warning", "融水县")
    assert SOUTH in fault.fix.zh


def test_a_road_without_its_other_end_or_its_km_is_an_error_as_before(
    tmp_path: Path, planned: Planner
) -> None:
    rows: list[Line] = [[SOUTH, "", 12, ""], [SOUTH, "东莞市", "", "是"], ["", "", 5, "是"]]
    outcome = planned(*from_two_stops(tmp_path), villages(tmp_path, *rows))
    codes = [fault.code for fault in outcome.plan.faults if fault.file == "里程.xlsx"]
    assert codes == ["missing_destination", "missing_km", "missing_origin", "missing_destination"]
