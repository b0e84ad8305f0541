"""Days without a year where the rules tell none."""

from datetime import date
from pathlib import Path

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.untold_year import untold_year
from tests.specimens.sheets import lines_of, save_xlsx, signup_row


def intake(folder: Path, name: str = "报名.xlsx", title: str = "", day: str = "2月20日") -> Intake:
    folder.mkdir(exist_ok=True)
    lines = lines_of([signup_row(最早出发日期=day, 最晚出发日期=day)])
    save_xlsx(folder / name, 报名=[*([[title]] if title else []), *lines])
    return read_files([folder], ReadingSettings())


def year(intake: Intake, as_of: date | None = None) -> int | None:
    told = untold_year(intake, as_of)
    return told[0] if told else None


def test_the_present_day_tells_it_but_for_the_months_before_the_next_year(tmp_path: Path) -> None:
    lists = intake(tmp_path / "收件", "报名2026.xlsx")
    assert year(lists, date(2027, 2, 17)) == 2027
    assert year(lists, date(2026, 12, 17)) == 2026
    assert year(intake(tmp_path / "收"), date(2026, 12, 17)) is None


@pytest.mark.parametrize(
    ("folder", "name", "title"),
    [
        ("收件", "报名2027.xlsx", ""),
        ("2027年春节", "报名.xlsx", ""),
        ("收件", "报名.xlsx", "2027年返岗花名册"),
    ],
)
def test_titles_files_and_folders_tell_it(tmp_path: Path, folder: str, name: str, title: str) -> None:
    told = untold_year(intake(tmp_path / folder, name, title), None)
    assert told is not None
    assert told[0] == 2027
    assert "2027 年" in told[1].zh


def test_a_column_of_days_like_2_18_needs_the_year_too(tmp_path: Path) -> None:
    lines = lines_of(
        [signup_row(n, 最早出发日期=day, 最晚出发日期=day) for n, day in ((1, "2-18号"), (2, "2-20号"))]
    )
    save_xlsx(tmp_path / "报名.xlsx", 报名=lines)
    assert year(read_files([tmp_path], ReadingSettings()), date(2027, 2, 10)) == 2027


def test_a_day_that_cannot_be_read_asks_for_no_year(tmp_path: Path) -> None:
    assert year(intake(tmp_path, day="月底看情况"), date(2027, 2, 10)) is None


def test_two_years_or_none_are_asked_for_and_days_with_a_year_need_none(tmp_path: Path) -> None:
    assert year(intake(tmp_path / "2026年", "报名2027.xlsx")) is None
    assert year(intake(tmp_path / "a")) is None
    assert year(intake(tmp_path / "b", "报名2027.xlsx", day="2027-02-20")) is None
