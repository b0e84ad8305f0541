"""Two lists side by side on a sheet, under the same header: nobody of either is lost."""

from pathlib import Path
from typing import Any

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.sheets.tables import whole_sheet
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

FIELDS = ["姓名", "身份证号码", "联系电话", "务工城市", "最早出发日期"]


def rows(*serials: int) -> list[list[Any]]:
    """Return the lines of some people, without their header."""
    return lines_of([{field: signup_row(serial)[field] for field in FIELDS} for serial in serials])[1:]


def read(path: Path) -> Intake:
    return read_files([path], ReadingSettings(year=2021), is_look=True)


@pytest.mark.parametrize("between", [[], [None], [None, None]], ids=len)
def test_both_lists_are_read_with_the_cells_of_the_sheet(between: list[None], tmp_path: Path) -> None:
    left, right = rows(1, 2, 3), rows(4, 5)
    right[1][4] = "2月30日"
    lines: list[list[Any]] = [["桥圩镇返岗名单"], [*FIELDS, *between, *FIELDS]]
    lines += [[*one, *between, *other] for one, other in zip(left, right, strict=False)] + [left[2]]
    intake = read(save_xlsx(tmp_path / "a.xlsx", 表=lines))
    assert sorted(intake.signups["name"]) == [signup_row(serial)["姓名"] for serial in (1, 2, 3, 4)]
    assert len(set(intake.signups["ref"])) == 4
    assert [(sheet.accepted, sheet.not_read, whole_sheet(sheet.sheet)) for sheet in intake.sheets] == [
        (3, 0, "表"),
        (1, 0, "表"),
    ]
    assert set(intake.titles.values()) == {(("桥圩镇返岗名单",), (tmp_path.name,))}
    (fault,) = intake.faults
    assert (fault.code, fault.cell) == ("no_such_date", f"{'JKL'[len(between)]}4")


def test_each_list_has_a_title_of_its_own(tmp_path: Path) -> None:
    titles = ["桥圩镇", None, None, None, None, "木乐镇"]
    lines: list[list[Any]] = [titles, [*FIELDS, *FIELDS], [*rows(1)[0], *rows(2)[0]]]
    intake = read(save_xlsx(tmp_path / "a.xlsx", 表=lines))
    assert [above for above, _ in intake.titles.values()] == [("桥圩镇",), ("木乐镇",)]


def test_three_lists(tmp_path: Path) -> None:
    lines: list[list[Any]] = [[*FIELDS] * 3, [*rows(1)[0], *rows(2)[0], *rows(3)[0]]]
    assert len(read(save_xlsx(tmp_path / "a.xlsx", 表=lines)).signups) == 3


def test_lists_of_another_order_are_refused_with_their_people(tmp_path: Path) -> None:
    other = [FIELDS[i] for i in (0, 2, 1, 3, 4)]
    left, right = rows(1)[0], rows(2)[0]
    lines: list[list[Any]] = [[*FIELDS, *other], [*left, *(right[i] for i in (0, 2, 1, 3, 4))]]
    intake = read(save_xlsx(tmp_path / "a.xlsx", 表=lines))
    (sheet,) = intake.sheets
    assert (sheet.accepted, sheet.not_read) == (0, 2)
    assert all("上下接成一张" in fault.fix.zh for fault in intake.faults if fault.code == "column_twice")


@pytest.mark.parametrize("name", ["报名（配偶）", "报名（第2栏）"])
def test_a_sheet_of_its_own_is_no_part_of_another(name: str) -> None:
    """Else people of two sheets with the same 同行组号 would be one party."""
    assert whole_sheet(name) == name
