"""Later evenings: who was told an hour and an employer of a draft is not phoned again because somebody joins it."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from returnplan.papers.calls import Call
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice
from returnplan.usecases.notify import notify, read_calls
from tests.specimens.sheets import Line, save_xlsx
from tests.usecases.conftest import Planner, listed

TOMORROW = date(2021, 2, 18)
PLACES: list[Line] = [
    ["地点", "纬度", "经度", "所属"],
    ["融水汽车站", 25.07, 109.25, "融水县"],
    ["村口", 25.2, 109.1, "融水县"],
    ["厂门口", 23.0, 113.7, "东莞市"],
]
KM: list[Line] = [
    ["起点", "终点", "里程"],
    ["村口", "融水汽车站", 26],
    ["融水汽车站", "厂门口", 700],
    ["村口", "厂门口", 726],
]
"""From the village over the bus station it is no detour; the other way round it is 52 km, 312 yuan."""


def everybody_told(campaign: Campaign, folder: Path) -> None:
    for path in notify(campaign, Choice(), folder).paths:
        book = load_workbook(path)
        cells = [cell for row in book.worksheets[0] for cell in row]
        header = next(cell for cell in cells if cell.value == "结果")
        serial = next(cell for cell in cells if cell.value == "姓名")
        for row in range(header.row + 1, book.worksheets[0].max_row + 1):
            if book.worksheets[0].cell(row, serial.column).value:
                book.worksheets[0].cell(row, header.column, "已通知")
        book.save(path)
        read_calls(campaign, [path])


def test_who_joins_at_a_stop_before_the_first_one_leaves_sooner_and_nobody_else_is_phoned(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    roads = save_xlsx(tmp_path / "资料.xlsx", 地点=PLACES, 里程=KM)
    cells = {"下车地点": "厂门口", "最早出发日期": TOMORROW, "最晚出发日期": TOMORROW}
    told = listed(tmp_path / "一.xlsx", *range(1, 21), **cells)
    (batch,) = planned(told, roads).plan.batches
    everybody_told(campaign, tmp_path / "通知")
    village = listed(tmp_path / "二.xlsx", 21, 22, 上车地点="村口", **cells)
    (now,) = planned(told, village, roads).plan.batches
    assert now.id == batch.id
    assert [stop.place for stop in now.stops] == ["村口", "融水汽车站", "厂门口"]
    assert f"{now.depart:%H:%M}" == "07:30"
    calls = notify(campaign, Choice(), tmp_path / "再通知").calls
    assert [call.rider.pickup for call in calls if isinstance(call, Call)] == ["村口", "村口"]
    assert len(calls) == 2


def test_who_was_told_of_an_employer_works_there_though_another_list_comes_in(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    header = ["企业名称", "所在市", "地址", "岗位", "需求人数", "月薪"]
    first: list[Line] = [header, ["甲厂", "东莞市", "甲厂门口", "普工", 20, 5000]]
    better: list[Line] = [*first, ["乙厂", "东莞市", "乙厂门口", "普工", 20, 9000]]
    days = {"最早出发日期": TOMORROW, "最晚出发日期": TOMORROW}
    told = listed(tmp_path / "一.xlsx", *range(1, 21), **days)
    planned(told, save_xlsx(tmp_path / "用工.xlsx", 用工需求=first))
    everybody_told(campaign, tmp_path / "通知")
    later = listed(tmp_path / "二.xlsx", *range(21, 32), **days)
    plan = planned(told, later, save_xlsx(tmp_path / "用工.xlsx", 用工需求=better)).plan
    is_told, rides = plan.matches["person"] <= 20, plan.riders[plan.riders["person"] <= 20]
    assert plan.matches.loc[is_told, "employer"].tolist() == ["甲厂"] * 20
    assert plan.matches.loc[~is_told, "employer"].tolist() == ["乙厂"] * 11
    assert rides["dropoff"].tolist() == ["甲厂门口"] * 20
