"""A carrier hears when a vehicle that it had confirmed is not needed, or goes another way."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.plan import Batch
from returnplan.store import Amendment, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.carriers import changed_for_carriers
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch, read_orders
from tests.specimens.coach import DAY, make_batch, make_riders
from tests.specimens.sheets import save_xlsx
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled


def coach(**changes: object) -> Batch:
    fields: dict[str, object] = {"carrier": "桂平客运公司", "plate": "桂R12345", "drivers": ("李师傅",)}
    return make_batch(make_riders(20), **(fields | changes))


def said(old: Batch, *new: Batch, today: date | None = None, is_confirmed: bool = True) -> list[str]:
    confirmed = {old.id} if is_confirmed else set()
    return [news.zh for news in changed_for_carriers([old], new, confirmed, today)]


def test_a_vehicle_that_is_needed_as_before_is_no_news() -> None:
    assert said(coach(), coach(load=25, plate="桂R99999")) == []


def test_a_vehicle_that_is_not_needed_is_named_with_day_and_plate() -> None:
    start = "请告诉承运单位 桂平客运公司：0223-03(2月23日(周二) 49座大巴 桂R12345)不用派了"
    assert said(coach()) == [start]
    assert said(coach(), coach(carrier="平安旅运", plate="桂R99999")) == [start]
    smaller = coach(vehicle="39座中巴", seats=39, plate="", drivers=())
    assert said(coach(), smaller) == [f"{start}，改派 39座中巴"]


def test_another_hour_or_stop_is_news() -> None:
    old = coach()
    later = replace(old.stops[0], time=old.stops[0].time + timedelta(minutes=30))
    (words,) = said(old, replace(old, stops=(later, *old.stops[1:])))
    assert words.endswith("停靠站点或时间改了，要发新的派车单")


def test_of_what_no_carrier_has_confirmed_or_what_is_past_nothing_is_said() -> None:
    assert said(coach(), is_confirmed=False) == []
    assert said(coach(plate="", drivers=())) == []
    assert said(coach(state="departed")) == []
    assert said(coach(), today=DAY + timedelta(days=1)) == []


def test_one_sentence_a_carrier() -> None:
    first, second = coach(), coach(id="0223-04", number=4)
    other = coach(id="0223-05", number=5, carrier="平安旅运")
    news = changed_for_carriers([first, second, other], [], {"0223-03", "0223-04", "0223-05"}, None)
    assert [one.zh.count("不用派了") for one in news] == [2, 1]


def test_the_plan_that_loses_a_confirmed_coach_says_so_and_so_does_dispatch(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    """A driver would wait on the old day; the old order would look like one that holds."""
    days = {"最早出发日期": "2021-02-18", "最晚出发日期": "2021-02-18"}
    sheet = listed(tmp_path / "报名.xlsx", *range(1, 21), **days)
    (old,) = planned(sheet).plan.batches
    folder = tmp_path / "派车"
    (order,) = dispatch(campaign, Choice(), folder).paths
    read_orders(campaign, [filled(order, "车牌号", {0: "桂b12345"})])
    (folder / "派车单-别家.xlsx").write_bytes(b"")
    days = {"最早出发日期": "2021-02-20", "最晚出发日期": "2021-02-20"}
    outcome = planned(listed(sheet, *range(1, 21), **days))
    (news,) = [note for note in outcome.notes if "承运单位" in note.zh]
    assert f"{old.id}(2月18日(周四)" in news.zh
    assert "桂B12345)不用派了" in news.zh
    first, second = dispatch(campaign, Choice(batches=(outcome.plan.batches[0].id,)), folder).notes
    assert first == news
    assert second.zh.startswith("1 个旧名单已移到")
    assert sorted(path.name for path in folder.iterdir()) == ["作废", order.name]
    assert dispatch(campaign, Choice(), folder).notes == [news]


def test_an_order_of_one_coach_in_the_other_language_puts_none_away(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    (batch,) = planned(listed(tmp_path / "报名.xlsx", *range(1, 21))).plan.batches
    folder = tmp_path / "派车"
    (order,) = dispatch(campaign, Choice(), folder).paths
    (other,) = dispatch(campaign, Choice(batches=(batch.id,)), folder, lang="en").paths
    assert sorted(folder.iterdir()) == sorted([order, other])


def test_an_order_has_the_rates_by_which_its_price_is_reckoned(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    (order,) = dispatch(campaign, Choice(), tmp_path / "派车").paths
    lines = list(load_workbook(order).worksheets[0].iter_rows(values_only=True))
    head = next(line for line in lines if line[0] == "批次编号")
    coach = dict(zip(head, lines[lines.index(head) + 1], strict=True))
    fixed, per_km = re.fullmatch(r"(?:([\d,.]+)元\+)?([\d.]+)元/公里", coach["车价"]).groups()  # type: ignore[union-attr]
    yuan = float((fixed or "0").replace(",", "")) + float(per_km) * float(coach["里程(公里)"])
    assert yuan == pytest.approx(coach["包车费(元)"], abs=0.01)


def test_a_vehicle_that_its_carrier_has_named_and_that_broke_down_is_said_to_it_and_on_the_next_order(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    """The plan that stands was changed by hand, so the one before it says nothing."""
    (batch,) = planned(listed(tmp_path / "报名.xlsx", *range(1, 21))).plan.batches
    (order,) = dispatch(campaign, Choice(), tmp_path / "派车").paths
    read_orders(campaign, [filled(order, "车牌号", {0: "桂B12345"})])
    assert dispatch(campaign, Choice(), tmp_path / "派车").notes == []
    with Store.open(campaign.store_path) as store:
        run = next(iter(store.runs())).id
        (named,) = store.load_batches(run)
        store.amend(run, Amendment("changed", [replace(named, plate="", version=3)]))
    outcome = dispatch(campaign, Choice(), tmp_path / "派车")
    assert [f"{batch.id}(" in note.zh and "桂B12345)不用派了，改派" in note.zh for note in outcome.notes] == [
        True
    ]
    shown = [str(c.value) for row in load_workbook(outcome.paths[0]).worksheets[0].iter_rows() for c in row]
    assert "车牌原桂B12345，现待定" in shown
    assert any("第2版" in text for text in shown)
    assert dispatch(campaign, Choice(), tmp_path / "派车").notes == []


def test_a_sheet_for_the_office_is_no_version(campaign: Campaign, tmp_path: Path, planned: Planner) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    dispatch(campaign, Choice(), tmp_path / "草案", for_office=True)
    with Store.open(campaign.store_path) as store:
        assert store.load_lists("order sheet") == {}


def test_a_carrier_that_has_lost_its_last_coach_hears_so_once_and_keeps_the_sheet(
    campaign: Campaign, tmp_path: Path, planned: Planner
) -> None:
    people, fleet, folder = (
        listed(tmp_path / "报名.xlsx", *range(1, 21)),
        tmp_path / "车辆.xlsx",
        tmp_path / "派车",
    )

    def written(carrier: str) -> list[list[str]]:
        header = ["车型", "乘客座位数", "包车费(元/趟)", "每公里运价", "承运单位"]
        save_xlsx(fleet, 车辆=[header, ["49座", 49, 3900, 6, carrier]])
        batches = planned(people, fleet).plan.batches
        choice = Choice(batches=tuple(batch.id for batch in batches))
        return [sorted(path.name for path in dispatch(campaign, choice, folder).paths) for _ in range(2)]

    assert written("甲公司") == [["派车单-甲公司.xlsx"]] * 2
    first, again = written("乙公司")
    assert (first, again) == (["派车单-乙公司.xlsx", "派车单-甲公司.xlsx"], ["派车单-乙公司.xlsx"])
    assert sorted(path.name for path in folder.glob("*.xlsx")) == first
