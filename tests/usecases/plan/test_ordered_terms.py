"""Other km and prices than a published coach was ordered with: said once, and taken over by one command."""

from datetime import time
from pathlib import Path

import pytest

from returnplan.config import Config
from returnplan.model.rules import Rules
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.plan.make import PlanOutcome
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.specimens.sheets import Line, save_xlsx
from tests.usecases.conftest import Planner, listed, planner

PICKUP = "融水汽车站"


def sheets(folder: Path, km: float, minutes: float, fixed_yuan: float = 1000) -> list[Path]:
    """Write twenty people, the road to their city and a fleet that is paid by the km."""
    save_xlsx(folder / "里程.xlsx", 里程=[["起点", "终点", "公里", "分钟"], [PICKUP, "东莞市", km, minutes]])
    fleet: list[Line] = [
        ["车型", "乘客座位数", "包车费", "每公里运价", "承运单位"],
        ["37座中巴", 37, fixed_yuan, 10, "融运公司"],
    ]
    save_xlsx(folder / "车辆.xlsx", 车辆=fleet)
    return [listed(folder / "报名.xlsx", *range(1, 21)), folder / "里程.xlsx", folder / "车辆.xlsx"]


@pytest.fixture
def later(tmp_path: Path, campaign: Campaign, planned: Planner) -> PlanOutcome:
    """Return the plan after a new distances sheet; its one coach is published."""
    planned(*sheets(tmp_path, 700, 600))
    publish(campaign, Choice(city="东莞"))
    return planned(*sheets(tmp_path, 800, 700))


def test_one_line_says_which_sum_stands_and_whom_to_ask(campaign: Campaign, later: PlanOutcome) -> None:
    (batch,) = later.plan.batches
    said = [note.zh for note in later.notes if batch.id in note.zh]
    assert len(said) == 1
    assert "700 公里、8000.00 元照旧" in said[0]
    assert "按现在的表是 800 公里、9000.00 元" in said[0]
    assert (
        f"融运公司能否照原来的时刻和价格跑；要按新的，用 returnplan change {batch.id} --depart 08:00"
        in said[0]
    )
    assert (batch.km, batch.contract_yuan) == (700.0, 8000.0)


def test_of_another_price_alone_nothing_is_said_besides(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    (batch,) = planned(*sheets(tmp_path, 700, 600)).plan.batches
    publish(campaign, Choice(city="东莞"))
    later = planned(*sheets(tmp_path, 700, 600, fixed_yuan=1200))
    (said,) = [note.zh for note in later.notes if batch.id in note.zh]
    assert "700 公里、8000.00 元照旧" in said
    assert "按现在的表是 8200.00 元" in said


def test_of_another_price_of_stops_nothing_is_said(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    """It weighs plans, and stands on no order: the carrier has nothing to answer."""
    files = sheets(tmp_path, 700, 600)
    other_stop = {"户籍县(市、区)": "三江县", "上车地点": "三江汽车站"}
    files.append(listed(tmp_path / "三江.xlsx", *range(21, 26), **other_stop))
    (batch,) = planned(*files).plan.batches
    assert len(batch.stops) == 3
    publish(campaign, Choice(city="东莞"))
    dearer = Campaign(Config(rules=Rules(stop_cost=80)), campaign.store_path)
    later = planner(tmp_path, dearer)(*files)
    assert not [note for note in later.notes if batch.id in note.zh]


def test_the_command_that_it_names_takes_the_figures_of_today(
    tmp_path: Path, campaign: Campaign, planned: Planner, later: PlanOutcome
) -> None:
    (batch,) = later.plan.batches
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", depart=time(8)))
    (now,) = show(campaign)[1].batches
    assert (now.km, now.contract_yuan) == (800.0, 9000.0)
    files = sheets(tmp_path, 800, 700)
    for again in (planned(*files), planned(*files)):  # another plan, and one that is found in the store
        assert not [note for note in again.notes if "按现在的表" in note.zh]


def test_the_line_comes_again_with_a_plan_that_stands_until_it_is_done(
    tmp_path: Path, campaign: Campaign, planned: Planner, later: PlanOutcome
) -> None:
    files = [tmp_path / name for name in ("报名.xlsx", "里程.xlsx", "车辆.xlsx")]
    for changes in (False, True):
        again = planned(*files)
        assert not again.is_new
        assert any("按现在的表" in note.zh for note in again.notes) is not changes
        change(campaign, ChangeRequest(later.plan.batches[0].id, tmp_path / "名单", depart=time(8)))
