"""A list of another year is read, and it is said: by its title, file or folder, or by all of its days."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from returnplan.reading.other_year import names_other_year
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

YEAR = ReadingSettings(year=2027)
THIS = {"最早出发日期": "2月20日", "最晚出发日期": "2月21日"}


def codes(path: Path, title: str = "", **cells: Any) -> list[str]:
    path.parent.mkdir(exist_ok=True)
    lines = lines_of([signup_row(serial, **(THIS | cells)) for serial in range(1, 4)])
    save_xlsx(path, 报名=[*([[title]] if title else []), *lines])
    return [fault.code for fault in read_files([path.parent], YEAR).faults if fault.code == "other_year"]


def test_a_list_of_this_year_says_nothing(tmp_path: Path) -> None:
    assert codes(tmp_path / "2027年" / "报名2027.xlsx", "2027年春节后返岗花名册") == []


def test_a_title_of_last_year_is_said_once(tmp_path: Path) -> None:
    assert codes(tmp_path / "2026年" / "报名2026.xlsx", "2026年春节后返岗花名册") == ["other_year"]


@pytest.mark.parametrize("name", ["收件/报名2026.xlsx", "2026年/报名.xlsx", "收件/报名20260210.xlsx"])
def test_a_file_or_folder_of_last_year_is_said(tmp_path: Path, name: str) -> None:
    assert codes(tmp_path / name) == ["other_year"]


def test_days_that_all_lie_in_another_year_are_said(tmp_path: Path) -> None:
    days: dict[str, Any] = {"最早出发日期": date(2026, 2, 20), "最晚出发日期": date(2026, 2, 21)}
    assert codes(tmp_path / "收件" / "报名.xlsx", **days) == ["other_year"]


def test_the_last_months_before_the_campaign_are_no_other_year(tmp_path: Path) -> None:
    days: dict[str, Any] = {"最早出发日期": date(2026, 12, 20), "最晚出发日期": date(2026, 12, 21)}
    assert codes(tmp_path / "收件" / "2026年12月摸底.xlsx", **days) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026年返岗", True),
        ("2026-2027年度返岗", False),
        ("豫人社〔2026〕12号", False),
        ("电话12026年", False),
        ("2026.2.10", True),
        ("2026返岗", True),
        ("2026名单", True),
        ("2026个人报名表", True),
        ("报名人数：2035", False),
        ("报名人数: 2035", False),
        ("合计 2015", False),
        ("共2015人", False),
        ("现有2015名务工人员", False),
        ("2035 people", False),
        ("截至2025年底", False),
        ("统计截止到2025年12月31日", False),
    ],
)
def test_which_words_name_another_year(text: str, found: bool) -> None:
    assert bool(names_other_year([text], 2027)) is found


def test_without_a_year_in_the_rules_nothing_is_another_one() -> None:
    assert names_other_year(["2026年返岗"], None) is None
