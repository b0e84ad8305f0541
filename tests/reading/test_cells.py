"""Long cells: how much of them is read, and what is said about it."""

from pathlib import Path
from typing import Any

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.cells import several
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.signup_sheet import companions
from tests.specimens.sheets import lines_of, save_csv, signup_row


def read(folder: Path, **cells: Any) -> Intake:
    path = save_csv(folder / "报名.csv", lines_of([signup_row(1, **cells), signup_row(2)]))
    return read_files([path], ReadingSettings(year=2021))


def test_a_long_remark_is_shortened_with_a_warning(tmp_path: Path) -> None:
    intake = read(tmp_path, 备注="照顾" * 20_000)
    (fault,) = intake.faults
    assert (fault.code, fault.severity, fault.cell) == ("text_shortened", "warning", "J2")
    assert "40000 个字，只采用前面 200 个字" in fault.message.zh
    assert len(fault.value) == 200
    (note, _) = intake.signups["note"]
    assert (len(note), note[:4], note[-3:]) == (200, "照顾照顾", "...")


def test_letters_count_as_excel_counts_them(tmp_path: Path) -> None:
    assert read(tmp_path, 备注="😀" * 100).faults == ()
    (fault,) = read(tmp_path, 备注="😀" * 101).faults
    assert fault.code == "text_shortened"


@pytest.mark.parametrize("header", ["户籍县(市、区)", "上车地点", "工种"])
def test_other_fields_have_limits_too(tmp_path: Path, header: str) -> None:
    intake = read(tmp_path, **{header: "1" * 131_000})
    assert "text_shortened" in {fault.code for fault in intake.faults}
    assert intake.signups.map(lambda value: len(str(value))).to_numpy().max() <= 100


@pytest.mark.parametrize("header", ["姓名", "务工城市", "身份证号码"])
def test_a_needed_cell_that_is_far_too_long_is_an_error(tmp_path: Path, header: str) -> None:
    intake = read(tmp_path, **{header: "长" * 40_000})
    assert [(fault.code, fault.severity) for fault in intake.faults] == [("text_too_long", "error")]
    (rejected,) = intake.rejected
    assert max(len(rejected.name), len(rejected.city), len(rejected.id_number)) <= 200


def test_spaces_do_not_make_a_cell_long(tmp_path: Path) -> None:
    intake = read(tmp_path, 姓名="韦" + " " * 500 + "一", 备注="甲" + " " * 500 + "乙\n" + "\n" * 300)
    assert intake.faults == ()
    assert intake.signups["name"][0] == "韦一"


@pytest.mark.parametrize("cell", ["李四、王五", "李四+王五", "李四，\n王五"])
def test_several_answers_stand_between_marks(cell: str) -> None:
    assert several(cell) == ("李四", "王五")


def test_companions_may_stand_in_lines() -> None:
    assert companions("李四\n王五") == ("李四", "王五")
    assert companions("李四 45岁\n王五13800000003") == ("李四", "王五")


def test_a_word_that_is_wrapped_is_one_and_known_words_in_lines_are_several(tmp_path: Path) -> None:
    intake = read(tmp_path, 人员类别="易地\n搬迁", 可接受城市="广东省\n佛山市")
    assert intake.signups[["categories", "acceptable_cities"]].values.tolist()[0] == [
        ("易地搬迁",),
        ("广东省佛山市",),
    ]
    intake = read(tmp_path, 人员类别="脱贫户\n监测对象", 可接受城市="佛山市\n中山")
    assert intake.signups[["categories", "acceptable_cities"]].values.tolist()[0] == [
        ("脱贫户", "监测对象"),
        ("佛山市", "中山"),
    ]
    intake = read(tmp_path, 人员类别="脱贫户\n残疾人、易地\n搬迁")
    assert intake.signups["categories"][0] == ("脱贫户", "残疾人", "易地搬迁")


def test_lines_of_a_district_are_one_place(tmp_path: Path) -> None:
    intake = read(tmp_path, 可接受城市="佛山市\n顺德区")
    assert intake.signups["acceptable_cities"][0] == ("佛山市顺德区",)
