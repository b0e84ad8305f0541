"""A couple in one row: who comes along is a person of their own, and nobody is lost."""

from pathlib import Path
from typing import Any

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.sheets import lines_of, save_xlsx, signup_row


def couple(serial: int, answer: str | None, **cells: Any) -> dict[str, Any]:
    """Return the row of somebody whose spouse has the next serial number."""
    spouse = signup_row(serial + 1)
    return {
        **signup_row(serial),
        "备注": None,
        "配偶姓名": spouse["姓名"],
        "配偶身份证号": spouse["身份证号码"],
        "配偶联系电话": spouse["联系电话"],
        "配偶是否同行": answer,
        **cells,
    }


def read(folder: Path, *rows: dict[str, Any]) -> Intake:
    path = save_xlsx(folder / "a.xlsx", 表=lines_of(rows))
    return read_files([path], ReadingSettings(year=2021), is_look=True)


def test_who_comes_along_is_a_person_with_the_city_and_days_of_the_row(tmp_path: Path) -> None:
    intake = read(tmp_path, couple(1, "是", 备注="带小孩1个"), couple(3, "否"))
    assert sorted(intake.signups["name"]) == [signup_row(serial)["姓名"] for serial in (1, 2, 3)]
    spouse = intake.signups.set_index("name").loc[signup_row(2)["姓名"]]
    assert (spouse["city"], spouse["phone"], spouse["num_children"]) == ("东莞市", "13800000002", 0)
    assert spouse["companions"] == (signup_row(1)["姓名"],)
    assert not [fault for fault in intake.faults if fault.code != "note_children"]


def test_of_whom_the_row_says_nothing_the_number_is_named(tmp_path: Path) -> None:
    intake = read(tmp_path, couple(1, "是"), couple(3, None))
    assert len(intake.signups) == 3
    assert sum(sheet.not_read for sheet in intake.sheets) == 1
    (fault,) = (fault for fault in intake.faults if fault.severity == "error")
    assert (fault.code, fault.cell.rstrip("0123456789")) == ("unknown_column", "L")


def test_who_comes_along_without_an_id_number_is_a_faulty_row(tmp_path: Path) -> None:
    row = couple(1, "同行")
    del row["配偶身份证号"]
    intake = read(tmp_path, row)
    (rejected,) = intake.rejected
    assert rejected.name == signup_row(2)["姓名"]
    assert "missing_id_number" in {fault.code for fault in intake.faults}


@pytest.mark.parametrize("answer", ["否", "不同行", "×"])
def test_who_stays_is_nobody(answer: str, tmp_path: Path) -> None:
    intake = read(tmp_path, couple(1, answer))
    assert (len(intake.signups), intake.rejected, intake.faults) == (1, (), ())


def test_who_comes_along_without_a_name_is_one_companion_too_few(tmp_path: Path) -> None:
    nobody = dict.fromkeys(("配偶姓名", "配偶身份证号", "配偶联系电话"))
    intake = read(tmp_path, couple(1, "是"), couple(3, "是", **nobody))
    assert len(intake.signups) == 3
    assert [fault.code for fault in intake.faults] == ["companions_unnamed"]
