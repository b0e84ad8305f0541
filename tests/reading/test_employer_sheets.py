"""Employers' named lists are told from sign-up sheets."""

from pathlib import Path

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
