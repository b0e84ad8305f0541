"""A carrier hears when a vehicle that it had confirmed is not needed, or goes another way."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from returnplan.model.plan import Batch
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.carriers import changed_for_carriers
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch, read_orders
from tests.specimens.coach import DAY, make_batch, make_riders
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
