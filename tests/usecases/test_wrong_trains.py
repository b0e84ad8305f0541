"""A rail or fleet sheet with an error is refused with its cell, and nothing is planned without the vehicle."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.nightly import nightly
from returnplan.usecases.show import show
from tests.specimens.coach import id_number
from tests.specimens.sheets import Line, save_xlsx
from tests.usecases.conftest import Planner, listed

HEADERS = ["车次", "产品", "日期", "车站", "到达", "发车", "票额", "定员", "最低人数", "包列费", "各县名额"]
FIRST: Line = ["D4508", "专列", "2021-02-23", "柳州", None, "11:30", None, 613, 300, 48_000, None]
LAST: Line = ["D4508", "专列", "2021-02-23", "广州南", "15:20", None, None, None, None, None, None]


def rail(folder: Path, row: int, header: str, value: Any) -> Path:
    """Write a rail sheet with one cell changed, ``row`` counted from 0."""
    rows = [list(FIRST), list(LAST)]
    rows[row][HEADERS.index(header)] = value
    return save_xlsx(folder / "铁路.xlsx", 铁路=[HEADERS, *rows])


@pytest.mark.parametrize(
    ("row", "header", "value", "cell"),
    [
        (1, "到达", "10:20", "E3"),
        (1, "车站", "火星南", "D3"),
        (0, "票额", 700, "G2"),
        (0, "发车", "25:99", "F2"),
        (0, "日期", None, "C2"),
        (0, "各县名额", "火星县60", "K2"),
    ],
)
def test_a_wrong_cell_of_a_train_stops_the_plan_and_nothing_is_saved(
    campaign: Campaign, planned: Planner, tmp_path: Path, row: int, header: str, value: Any, cell: str
) -> None:
    people, trains = listed(tmp_path / "报名.xlsx", *range(1, 21)), rail(tmp_path, row, header, value)
    with pytest.raises(InputRefused, match=f"铁路!{cell}"):
        planned(people, trains)
    assert not campaign.store_path.exists()


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"所在端": "目的地"}, "E3"),
        ({"乘客座位数": "很多"}, "B3"),
        ({"所在市": "火星市"}, "D3"),
        ({"包车费": "面议"}, "C3"),
    ],
)
def test_a_vehicle_with_a_wrong_cell_is_not_left_out(
    campaign: Campaign, planned: Planner, tmp_path: Path, changes: dict[str, Any], cell: str
) -> None:
    headers = ["车型", "乘客座位数", "包车费", "所在市", "所在端"]
    wrong = dict(zip(headers, ["39座", 39, 3000, None, None], strict=True)) | changes
    people = listed(tmp_path / "报名.xlsx", *range(1, 21))
    first = planned(people).plan
    fleet = save_xlsx(
        tmp_path / "车辆.xlsx", 车辆=[headers, ["49座", 49, 3600, None, None], list(wrong.values())]
    )
    with pytest.raises(InputRefused, match=f"车辆!{cell}") as refusal:
        planned(people, fleet)
    assert "不能丢下这些车排车" in refusal.value.message.zh
    assert show(campaign)[1].summary == first.summary


FLEET: list[Line] = [["车型", "乘客座位数", "包车费"], ["49座", 49, 3600]]
DRIVERS: list[Line] = [
    ["车型", "座位数", "车牌号", "驾驶员", "电话"],
    ["49座", 49, "桂R12345", "韦师傅", "13800001234"],
]


def test_a_list_of_drivers_beside_a_fleet_sheet_stops_nothing(planned: Planner, tmp_path: Path) -> None:
    people, fleet = (
        listed(tmp_path / "报名.xlsx", *range(1, 21)),
        save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET),
    )
    drivers = save_xlsx(tmp_path / "驾驶员.xlsx", 驾驶员=DRIVERS)
    assert planned(people, fleet, drivers).plan.summary["planned"] == 20
    with pytest.raises(InputRefused, match="no column fixed cost"):
        planned(people, drivers)


def test_a_fleet_sheet_without_prices_beside_another_is_not_left_out(
    planned: Planner, tmp_path: Path
) -> None:
    people, fleet = (
        listed(tmp_path / "报名.xlsx", *range(1, 21)),
        save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET),
    )
    with pytest.raises(InputRefused, match="no column fixed cost"):
        planned(
            people,
            fleet,
            save_xlsx(
                tmp_path / "车辆2.xlsx",
                车辆=[["车型", "乘客座位数", "每日可用车辆数", "承运单位"], ["39座", 39, 2, "通达"]],
            ),
        )


def test_the_id_number_of_a_driver_beside_the_list_stops_nothing(planned: Planner, tmp_path: Path) -> None:
    people = listed(tmp_path / "报名.xlsx", *range(1, 21))
    driver: Line = [*FLEET[1], id_number("450225", date(1980, 1, 2), 77)]
    fleet = save_xlsx(tmp_path / "车辆.xlsx", 车辆=[FLEET[0], driver])
    assert planned(people, fleet).plan.summary["planned"] == 20


OFFER = ["车型", "乘客座位数", "包车费", "所在市", "承运单位"]


@pytest.mark.parametrize(
    "wrong",
    [["49座", 49, "面议", "柳州市", "通达"], ["49座", 49, 3600, "火星市", "通达"]],
)
def test_an_error_of_a_fleet_list_that_its_carrier_corrects_in_a_later_one_stops_nothing(
    planned: Planner, tmp_path: Path, wrong: Line
) -> None:
    people = listed(tmp_path / "报名.xlsx", *range(1, 21))
    old = save_xlsx(tmp_path / "车辆.xlsx", 车辆=[OFFER, wrong])
    new = save_xlsx(tmp_path / "车辆2.xlsx", 车辆=[OFFER, ["49座", 49, 3600, "柳州市", "通达"]])
    assert planned(people, old, new).plan.summary["planned"] == 20
    with pytest.raises(InputRefused, match=r"车辆\.xlsx"):
        planned(people, new, old)


def test_a_right_rail_sheet_is_planned(planned: Planner, tmp_path: Path) -> None:
    people, trains = listed(tmp_path / "报名.xlsx", *range(1, 21)), rail(tmp_path, 0, "票额", 600)
    assert planned(people, trains).plan.summary["trains_not_run"][0]["service"] == "D4508"


def test_a_night_with_a_wrong_cell_of_a_train_names_it_and_keeps_the_plan_with_the_train(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    listed(inbox / "报名.xlsx", *range(1, 21))
    rail(inbox, 0, "票额", 600)
    first = nightly(campaign, date(2021, 2, 10))
    rail(inbox, 1, "到达", "10:20")
    listed(inbox / "增补.xlsx", *range(31, 36))
    with pytest.raises(InputRefused, match="铁路!E3"):
        nightly(campaign, date(2021, 2, 11))
    page = load_workbook(tmp_path / "outbox" / "未完成" / "今日要办.xlsx").worksheets[0]
    told = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any("铁路!E3" in text for text in told)
    assert any(text.startswith(first.planned.header.id) for text in told)
    assert show(campaign)[0].id == first.planned.header.id
    rail(inbox, 0, "票额", 600)
    assert nightly(campaign, date(2021, 2, 11)).planned.plan.summary["planned"] == 25
