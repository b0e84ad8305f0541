"""A second table below the first is not read by the header of the first."""

from pathlib import Path

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.sheets import Line, lines_of, save_xlsx, signup_row

FIRST = lines_of([signup_row(serial) for serial in (1, 2)])
SECOND = lines_of([dict(reversed(signup_row(serial).items())) for serial in (3, 4, 5)])


def read(folder: Path, *lines: Line) -> Intake:
    return read_files([save_xlsx(folder / "a.xlsx", 报名=list(lines))], ReadingSettings(year=2021))


def test_a_header_in_another_order_ends_the_table_and_its_people_are_counted(tmp_path: Path) -> None:
    intake = read(tmp_path, *FIRST, [], *SECOND)
    assert len(intake.signups) == 2
    assert intake.rejected == ()
    assert intake.num_not_read == 3
    (fault,) = intake.faults
    assert (fault.cell, fault.code, fault.severity) == ("A5", "second_table", "error")
    assert "第 5 行" in fault.message.zh


def test_a_title_of_the_second_table_is_nobody(tmp_path: Path) -> None:
    intake = read(tmp_path, *FIRST, ["第二批"], *SECOND)
    assert intake.rejected == ()
    assert [(fault.cell, fault.code) for fault in intake.faults] == [("A5", "second_table"), ("A4", "nobody")]


def test_the_header_again_in_its_own_order_is_no_second_table(tmp_path: Path) -> None:
    again = lines_of([signup_row(3)])
    intake = read(tmp_path, *FIRST, [], *again)
    assert len(intake.signups) == 3
    assert intake.faults == ()


def test_a_person_whose_words_are_headers_is_no_header(tmp_path: Path) -> None:
    flags = {"脱贫户": "监测对象", "监测对象": "脱贫户", "人员类别": "易地搬迁", "岗位": "务工企业"}
    intake = read(tmp_path, *lines_of([signup_row(1, **flags), signup_row(2, **flags)]))
    assert "second_table" not in {fault.code for fault in intake.faults}


def test_people_above_the_header_that_is_read_are_counted(tmp_path: Path) -> None:
    fuller = lines_of([signup_row(serial, 备注="晕车", 岗位="普工") for serial in (6, 7)])
    intake = read(tmp_path, *FIRST, [], *([line[1], line[0], *line[2:]] for line in fuller))
    assert len(intake.signups) == 2
    assert intake.num_not_read == 2
    (fault,) = intake.faults
    assert (fault.cell, fault.code, fault.severity) == ("A5", "second_table", "error")


def test_a_header_of_two_lines_printed_again_is_no_data(tmp_path: Path) -> None:
    header = [["姓名", "身份证号", "户籍地", "", "务工地", ""], ["", "", "县", "乡镇", "省", "市"]]
    people = [
        [row["姓名"], row["身份证号码"], "融水县", "大浪镇", "广东", "东莞"]
        for row in map(signup_row, (1, 2, 3))
    ]
    intake = read(tmp_path, *header, *people[:2], *header, *people[2:])
    assert len(intake.signups) == 3
    assert [fault.code for fault in intake.faults] == []
    assert intake.signups["township"].tolist() == ["大浪镇"] * 3


FLEET: list[Line] = [
    ["车型", "座位数", "包车费", "每公里运价", "数量"],
    ["49座", 49.0, 3000.0, 6.0, 2.0],
]
DEMAND: list[Line] = [["企业名称", "所在市", "岗位", "需求人数"], ["甲厂", "东莞市", "普工", 20.0]]
PICKUPS: list[Line] = [["乡镇", "上车点", "户籍县"], ["西山镇", "西山镇政府", "桂平市"]]
NAMED: list[Line] = [["企业名称", "姓名", "身份证号码"], ["甲厂", "韦家旺", "450225198506070013"]]


@pytest.mark.parametrize(
    ("upper", "lower", "kind", "num_people", "cell"),
    [
        (FIRST, FLEET, "signups", 0, "A5"),
        (DEMAND, FLEET, "fleet", 0, "A1"),
        (FLEET, PICKUPS, "fleet", 0, "A4"),
        (PICKUPS, FIRST, "signups", 0, "A1"),
        (NAMED, FIRST, "signups", 1, "A1"),
        (lines_of([{**signup_row(1), "身份证号码": "不详"}]), [], "signups", 0, ""),
        (FIRST[:2], DEMAND, "signups", 0, "A4"),
    ],
)
def test_a_table_of_another_kind_is_named(
    tmp_path: Path, upper: list[Line], lower: list[Line], kind: str, num_people: int, cell: str
) -> None:
    intake = read(tmp_path, *upper, [], *lower)
    (sheet,) = intake.sheets
    assert (sheet.kind, sheet.not_read) == (kind, num_people)
    assert [fault.cell for fault in intake.faults if fault.code == "second_table"] == [cell] * bool(cell)
