"""Employers' named lists are told from sign-up sheets."""

from datetime import date
from pathlib import Path

import pytest

from returnplan.model.intake import Intake
from returnplan.model.records import NamedRow
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.coach import id_number
from tests.specimens.intakes import BORN
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

SETTINGS = ReadingSettings(year=2021)


def test_a_list_of_employees_is_read(tmp_path: Path) -> None:
    number = id_number("450225", BORN, 1)
    rows = [
        {
            "企业名称": "恒达电子厂",
            "姓名": "韦甲",
            "身份证号码": number,
            "联系电话": "13800000001",
            "岗位": "普工",
        },
        {"企业名称": "恒达电子厂", "姓名": "韦乙", "身份证号码": "", "联系电话": "", "岗位": ""},
    ]
    intake = read_files([save_xlsx(tmp_path / "返岗.xlsx", 名单=lines_of(rows))], SETTINGS)
    assert intake.named == (
        NamedRow(
            ref="返岗.xlsx!名单!2", employer="恒达电子厂", name="韦甲", id_number=number, phone="13800000001"
        ),
        NamedRow(ref="返岗.xlsx!名单!3", employer="恒达电子厂", name="韦乙"),
    )
    assert intake.faults == ()
    assert intake.signups.empty


def test_a_signup_sheet_without_its_city_is_no_list_of_employees(tmp_path: Path) -> None:
    row = {header: cell for header, cell in signup_row(务工企业="恒达电子厂").items() if header != "务工城市"}
    path = save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([row]))
    good = save_xlsx(tmp_path / "二.xlsx", 报名=lines_of([signup_row()]))
    intake = read_files([path, good], SETTINGS)
    assert intake.named == ()
    assert [fault.code for fault in intake.faults] == ["missing_column", "missing_city"]


DEMAND = {"用工单位": "海天塑机", "所在区县": "北仑区", "用工人数": "50", "联系人及电话": "林女士13958212345"}


def demand_read(tmp_path: Path, **cells: str) -> Intake:
    return read_files([save_xlsx(tmp_path / "需求.xlsx", 需求=lines_of([{**DEMAND, **cells}]))], SETTINGS)


def test_demand_of_the_other_end_needs_no_column_of_cities(tmp_path: Path) -> None:
    intake = demand_read(tmp_path, 报到时间="2月22日")
    (line,) = intake.demand
    assert intake.faults == ()
    assert (line.city, line.town, line.headcount, line.resume) == ("", "北仑区", 50, date(2021, 2, 22))
    assert (line.contact, line.phone) == ("林女士", "13958212345")


@pytest.mark.parametrize(
    ("words", "contact", "phone"),
    [
        ("周工 13906741234", "周工", "13906741234"),
        ("0574-86980000", "", "0574-86980000"),
        ("周工", "周工", ""),
    ],
)
def test_a_contact_and_a_phone_in_one_cell(words: str, contact: str, phone: str, tmp_path: Path) -> None:
    (line,) = demand_read(tmp_path, 联系人及电话=words).demand
    assert (line.contact, line.phone) == (contact, phone)


@pytest.mark.parametrize(("words", "day"), [("2月22日前", date(2021, 2, 22)), ("节后面议", None)])
def test_an_employers_day_that_is_none_keeps_its_line(words: str, day: date | None, tmp_path: Path) -> None:
    intake = demand_read(tmp_path, 报到时间=words)
    assert [line.resume for line in intake.demand] == [day]
    assert [(fault.value, fault.severity) for fault in intake.faults] == [(words, "warning")]


def test_people_with_employers_and_towns_are_no_demand(tmp_path: Path) -> None:
    row = {key: cell for key, cell in signup_row(务工企业="恒达", 镇街="长安镇").items() if key != "务工城市"}
    more = {"工种": "普工", "性别": "男", "年龄": "35", "下车地点": "东门"}
    path = save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([{**row, **more}]))
    good = save_xlsx(tmp_path / "二.xlsx", 报名=lines_of([signup_row()]))
    assert [sheet.kind for sheet in read_files([path, good], SETTINGS).sheets] == ["signups"] * 2
