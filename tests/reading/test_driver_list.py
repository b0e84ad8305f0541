"""A carrier's list of drivers is named as one, and none of them is left behind by a plan."""

from pathlib import Path

import pytest

from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

PEOPLE = [signup_row(serial) for serial in (31, 32)]


def findings(
    folder: Path, file: str, *header: str, title: str = ""
) -> tuple[list[tuple[str, str]], int, int]:
    """Return codes and severities of a list beside one of workers, its rejected rows and people not read."""
    known = {"姓名": "姓名", "驾驶员姓名": "姓名", "身份证号码": "身份证号码", "联系电话": "联系电话"}
    known |= {"身份证号": "身份证号码", "手机号": "联系电话"}
    rows = [[person.get(known.get(name, ""), "A1") for name in header] for person in PEOPLE]
    titles = [[title]] if title else []
    drivers = save_xlsx(folder / file, Sheet1=[*titles, list(header), *rows])
    workers = save_xlsx(folder / "报名.xlsx", 报名=lines_of([signup_row(1)]))
    intake = read_files([workers, drivers], ReadingSettings(year=2021))
    own: list[tuple[str, str]] = [
        (fault.code, fault.severity) for fault in intake.faults if fault.file == file
    ]
    return own, len(intake.rejected), sum(sheet.not_read for sheet in intake.sheets)


@pytest.mark.parametrize(
    "header",
    [
        ("姓名", "身份证号码", "准驾车型"),
        ("姓名", "身份证号码", "联系电话", "从业资格证号"),
        ("驾驶员姓名", "身份证号码", "联系电话"),
    ],
)
def test_by_its_headers(tmp_path: Path, header: tuple[str, ...]) -> None:
    assert findings(tmp_path, "平安旅运.xlsx", *header) == ([("drivers_list", "warning")], 0, 0)


def test_by_its_name_alone_it_is_asked_about(tmp_path: Path) -> None:
    found = findings(tmp_path, "平安旅运驾驶员.xlsx", "姓名", "身份证号码", "联系电话")
    assert found == ([("drivers_list", "error")], 0, 2)


@pytest.mark.parametrize(
    ("file", "header"),
    [
        ("石咀镇.xlsx", ("姓名", "身份证号码", "联系电话", "驾照")),
        ("石咀镇.xlsx", ("姓名", "身份证号码", "户籍地址", "准驾车型")),
        ("司机求职.xlsx", ("姓名", "身份证号码", "联系电话")),
    ],
)
def test_workers_without_a_city_stay_people(tmp_path: Path, file: str, header: tuple[str, ...]) -> None:
    codes, num_rejected, _ = findings(tmp_path, file, *header)
    assert ("missing_column", "error") in codes
    assert num_rejected == 2


@pytest.mark.parametrize(
    ("file", "title", "header"),
    [
        (
            "花名册.xlsx",
            "外出务工人员花名册",
            ("姓名", "性别", "身份证号", "手机号", "文化程度", "准驾车型"),
        ),
        ("花名册.xlsx", "外出务工人员花名册", ("姓名", "身份证号码", "联系电话", "准驾车型")),
        ("石咀镇.xlsx", "", ("姓名", "身份证号码", "联系电话", "准驾车型")),
        ("花名册.xlsx", "", ("姓名", "身份证号码", "联系电话", "文化程度", "准驾车型")),
        ("花名册.xlsx", "", ("姓名", "身份证号码", "准驾车型", *"一二三四五六", "户籍地址")),
        ("车上人员.xlsx", "2月18日贵港至东莞 驾驶员：张三", ("姓名", "身份证号码", "联系电话")),
        ("车上人员.xlsx", "驾驶员：张三", ("姓名", "身份证号码", "联系电话")),
        ("司机张三.xlsx", "", ("姓名", "身份证号码", "联系电话")),
    ],
)
def test_workers_whose_licence_or_driver_is_named_stay_people(
    tmp_path: Path, file: str, title: str, header: tuple[str, ...]
) -> None:
    codes, num_rejected, num_not_read = findings(tmp_path, file, *header, title=title)
    assert ("missing_column", "error") in codes
    assert "drivers_list" not in dict(codes)
    assert (num_rejected, num_not_read) == (2, 0)


def test_workers_without_id_numbers_and_with_licences_are_not_read_and_counted(tmp_path: Path) -> None:
    header = ("姓名", "手机号", "从业资格证")
    title = "外出务工人员花名册"
    found, _, num_not_read = findings(tmp_path, "花名册.xlsx", *header, title=title)
    assert (dict(found)["unknown_sheet"], num_not_read) == ("error", 2)


def test_a_title_that_is_all_of_drivers_is_asked_about(tmp_path: Path) -> None:
    header = ("姓名", "身份证号码", "联系电话")
    found = findings(tmp_path, "平安旅运.xlsx", *header, title="平安旅运公司驾驶员名单")
    assert found == ([("drivers_list", "error")], 0, 2)
