"""What stands under no header is named; a person there is counted as not read."""

from datetime import date
from pathlib import Path

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.cells import clean
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.coach import id_number
from tests.specimens.sheets import lines_of, save_csv, save_xlsx, signup_row

ROWS = lines_of([signup_row(serial, 备注="晕车") for serial in (1, 2)])


def read(path: Path) -> Intake:
    return read_files([path], ReadingSettings(year=2021))


def found(intake: Intake) -> list[tuple[str, str, str, str]]:
    return [(fault.cell, fault.value, fault.code, fault.severity) for fault in intake.faults]


def test_the_rest_of_a_row_that_is_longer_than_the_header_is_named(tmp_path: Path) -> None:
    header, first, second = ROWS
    intake = read(
        save_csv(tmp_path / "a.csv", [header, [*first, "带小孩", "要前排"], [*second, "孕妇", "无"]])
    )
    assert found(intake) == [
        ("K2", "带小孩", "no_header", "warning"),
        ("L2", "要前排", "no_header", "warning"),
    ]
    assert intake.faults[0].message.zh.startswith("K2、K3有内容")
    assert len(intake.signups) == 2


def test_many_cells_of_a_column_are_one_finding(tmp_path: Path) -> None:
    rows = lines_of([signup_row(serial) for serial in range(1, 9)])
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=[rows[0], *([*row, "已核对"] for row in rows[1:])]))
    assert len(intake.faults) == 1
    assert "等 8 格" in intake.faults[0].message.zh


def test_a_person_under_no_header_is_an_error_and_is_counted(tmp_path: Path) -> None:
    wife = f"另：还有我老婆覃小妹{id_number('450881', date(1990, 1, 1), 7)}一起"
    header, first, second = ROWS
    intake = read(
        save_xlsx(tmp_path / "a.xlsx", 报名=[header, [*first, "", wife], second, [""] * 11 + [wife]])
    )
    assert found(intake) == [("L2", wife, "no_header", "error")]
    assert intake.num_not_read == 2
    assert len(intake.signups) == 2


@pytest.mark.parametrize("column", ["同行人", "备注"])
def test_a_person_without_a_row_inside_another_cell_is_an_error_and_is_counted(
    tmp_path: Path, column: str
) -> None:
    wife = f"覃小妹{id_number('450881', date(1990, 1, 1), 7)}"
    rows = lines_of([signup_row(1, **{column: wife}), signup_row(2, **{column: signup_row(1)["身份证号码"]})])
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=rows))
    told = [fault for fault in intake.faults if fault.code == "person_without_row"]
    assert [(fault.value, fault.severity) for fault in told] == [(wife, "error")]
    assert intake.num_not_read == 1
    assert len(intake.signups) == 2
    if column == "同行人":
        assert intake.signups["companions"].tolist()[0] == ("覃小妹",)


@pytest.mark.parametrize(
    "note",
    [
        "身份证原报{}，已更正",
        "正确号码{}",
        "带小孩覃小明{}",
        "{}的儿童不占座",
    ],
)
def test_a_number_of_the_row_itself_or_of_a_child_with_a_seat_needs_no_row(tmp_path: Path, note: str) -> None:
    words = note.format(id_number("450881", date(1990, 1, 1), 7))
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=lines_of([signup_row(1, 备注=words), signup_row(2)])))
    assert "person_without_row" not in [fault.code for fault in intake.faults]
    assert intake.num_not_read == 0


def test_a_number_in_the_remark_of_a_row_whose_own_is_wrong_needs_no_row(tmp_path: Path) -> None:
    words = f"覃小妹{id_number('450881', date(1990, 1, 1), 7)}"
    rows = lines_of([signup_row(1, 备注=words, 身份证号码="4502"), signup_row(2)])
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=rows))
    assert "person_without_row" not in [fault.code for fault in intake.faults]


def test_who_has_a_row_in_another_file_has_one(tmp_path: Path) -> None:
    first, second = (str(signup_row(serial)["身份证号码"]) for serial in (1, 2))
    spaced = f"{second[:6]} {second[6:14]} {second[14:]}"
    a = save_xlsx(tmp_path / "a.xlsx", 报名=lines_of([signup_row(1, 备注=f"和{second.lower()}一起")]))
    b = save_xlsx(
        tmp_path / "b.xlsx", 报名=lines_of([signup_row(2, 身份证号码=spaced, 备注=f"和{first}一起")])
    )
    intake = read_files([a, b], ReadingSettings(year=2021))
    assert "person_without_row" not in [fault.code for fault in intake.faults]
    assert intake.num_not_read == 0
    (told,) = [fault for fault in read(a).faults if fault.code == "person_without_row"]
    assert told.cell.endswith("2")


def test_an_x_of_an_id_number_may_be_small(tmp_path: Path) -> None:
    number = next(
        number for n in range(99) if (number := id_number("450881", date(1990, 1, 1), n)).endswith("X")
    )
    rows = lines_of([signup_row(1, 身份证号码=number), signup_row(2, 备注=f"和{number.lower()}一起")])
    assert read(save_xlsx(tmp_path / "a.xlsx", 报名=rows)).num_not_read == 0


def test_who_stays_at_home_needs_no_row(tmp_path: Path) -> None:
    note = f"紧急联系人：覃小妹{id_number('450881', date(1990, 1, 1), 7)}"
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=lines_of([signup_row(1, 备注=note), signup_row(2)])))
    assert "person_without_row" not in [fault.code for fault in intake.faults]


def test_serial_numbers_and_copies_of_the_rows_own_number_are_no_further_people(tmp_path: Path) -> None:
    header, *people = ROWS
    lines = [["", *header], *([i, *row, row[1]] for i, row in enumerate(people, start=1))]
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=lines))
    assert found(intake) == [("L2", people[0][1], "no_header", "warning")]
    assert intake.num_not_read == 0


def family(label: str) -> list[list[object]]:
    """Two travellers, beside each the ID number of another under ``label``."""
    header, *people = ROWS
    others = [id_number("450881", date(1990, 1, day), 7) for day in (1, 2)]
    return [[*header, label], *([*row, other] for row, other in zip(people, others, strict=True))]


@pytest.mark.parametrize(
    "label",
    [
        "成员1身份证号",
        "成员1身份证号（请如实填写）",
        "同行人姓名、联系电话、身份证号",
        "成员姓名及联系方式、身份证",
        "家庭成员身份证号(填报)",
        "家长/陪同家属身份证号",
    ],
)
def test_family_members_under_an_unknown_header_are_an_error_and_are_counted(
    tmp_path: Path, label: str
) -> None:
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=family(label)))
    (fault,) = [fault for fault in intake.faults if fault.severity == "error"]
    assert (fault.code, fault.cell) == ("unknown_column", "K2")
    assert f"“{clean(label)}”是不认识的列" in fault.message.zh
    assert f"'{clean(label)}' is not known" in fault.message.en
    assert (intake.num_not_read, len(intake.signups)) == (2, 2)


@pytest.mark.parametrize(
    ("label", "along", "num_not_read"),
    [
        ("配偶身份证号", ["0", "无"], 0),
        ("配偶身份证号", ["0", ""], 1),
        ("配偶身份证号", ["1", "0"], 1),
        ("随行配偶身份证号", ["0", "0"], 2),
        ("成员1身份证号", ["0", "0"], 2),
    ],
)
def test_a_spouse_of_somebody_who_travels_alone_is_no_further_person(
    tmp_path: Path, label: str, along: list[str], num_not_read: int
) -> None:
    lines = [[*line, cell] for line, cell in zip(family(label), ["同行人数", *along], strict=True)]
    assert read(save_xlsx(tmp_path / "a.xlsx", 报名=lines)).num_not_read == num_not_read


def test_the_numbers_of_those_who_stay_at_home_are_no_further_people(tmp_path: Path) -> None:
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=family("户主身份证号")))
    assert intake.num_not_read == 0
    assert not [fault for fault in intake.faults if fault.severity == "error"]


def test_the_way_to_say_that_a_spouse_stays_at_home_stands_in_the_fix(tmp_path: Path) -> None:
    intake = read(save_xlsx(tmp_path / "a.xlsx", 报名=family("配偶身份证号")))
    (fault,) = [fault for fault in intake.faults if fault.severity == "error"]
    assert "留守配偶身份证号" in fault.fix.zh
    assert "留守配偶身份证号" in fault.fix.en
    as_told = read(save_xlsx(tmp_path / "b.xlsx", 报名=family("留守配偶身份证号")))
    assert as_told.num_not_read == 0
