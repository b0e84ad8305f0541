"""A road that the distances sheet closes: nobody is sent over it, and a published coach on it is said."""

from datetime import date, time
from pathlib import Path

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
    assert outcome.plan.batches[0].km == 700.0
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", depart=time(7, 30)))
    assert planned(lists, close(tmp_path, FIRST, SECOND)).plan.batches[0].km == 700.0
