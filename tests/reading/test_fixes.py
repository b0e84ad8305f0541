"""Whoever does what a fault's last sentence says has a sheet that loads without that fault."""

from pathlib import Path
from typing import Any

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

ID_NUMBER = signup_row(1)["身份证号码"]
VEHICLE = {"车型": "大巴", "座位数": 49, "包车费(元/趟)": 3600}


def read(folder: Path, row: dict[str, Any]) -> Intake:
    return read_files([save_xlsx(folder / "表.xlsx", 表=lines_of([row]))], ReadingSettings(year=2021))


@pytest.mark.parametrize(
    ("header", "cell", "code", "fixed"),
    [
        ("身份证号码", "450225198506070", "id_15_digits", ID_NUMBER),
        ("身份证号码", "E12345678", "id_other_document", ID_NUMBER),
        ("身份证号码", 4.50225198506070e17, "id_damaged", ID_NUMBER),
        ("联系电话", "1380000000", "phone_unclear", "13800000001"),
        ("联系电话", "13800000001（父亲）", "phone_words", "13800000001"),
        ("性别", "某", "sex_unclear", "男"),
        ("最早出发日期", "廿八", "date_unclear", "腊月廿八"),
        ("最早出发日期", "二月十八", "date_unclear", "2021-02-18"),
        ("最早出发日期", "二月初一", None, "2021-02-18"),
        ("出发日期", "2月18日或20日", "date_unclear", "2021-02-18"),
        ("出发日期", "2月18日星期五", "dates_contradict", "2021-02-18"),
        ("是否乘坐返岗专车", "看情况", "not_yes_no", "否"),
        ("随行儿童", "有", "children_unclear", "1"),
        ("年龄", "不详", "not_a_number", "35"),
    ],
)
def test_a_persons_cell(tmp_path: Path, header: str, cell: object, code: str | None, fixed: object) -> None:
    row = signup_row(1)
    if header == "年龄":
        fixed = 2021 - int(ID_NUMBER[6:10])
    if header == "出发日期":
        row |= {"最早出发日期": "", "最晚出发日期": ""}
    if header == "性别":
        fixed = "男" if int(ID_NUMBER[16]) % 2 else "女"
    if code is not None:
        assert [fault.code for fault in read(tmp_path, {**row, header: cell}).faults] == [code]
    mended = read(tmp_path, {**row, header: fixed})
    assert mended.faults == ()
    assert len(mended.signups) == 1


@pytest.mark.parametrize(
    ("header", "cell", "code", "fixed"),
    [
        ("座位数", "33座含导游", "seats_unclear", 32),
        ("座位数", "大", "not_a_number", 49),
        ("包车费(元/趟)", "6元/公里", "other_unit", 3600),
        ("包车费(元/趟)", "面议", "missing_cost", 3600),
        ("运输方式", "轮船", "mode_unknown", "汽车"),
        ("车型", "53座", "seats_differ", "49座"),
    ],
)
def test_a_vehicles_cell(tmp_path: Path, header: str, cell: object, code: str, fixed: object) -> None:
    broken = read_files_or_fault(tmp_path, {**VEHICLE, header: cell})
    assert code in broken
    assert read_files_or_fault(tmp_path, {**VEHICLE, header: fixed}) == []


def read_files_or_fault(folder: Path, row: dict[str, Any]) -> list[str]:
    """Return the codes of the faults of a sheet with one row."""
    return [fault.code for fault in read(folder, row).faults]
