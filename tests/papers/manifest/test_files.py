"""File names that people read and Windows takes."""

from datetime import datetime
from pathlib import Path

import pytest

from returnplan.papers.edition import Edition
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.files import batch_file, outdated_note
from returnplan.papers.settings import ManifestSettings
from returnplan.papers.wording import say_hour, short_name
from tests.specimens.coach import make_batch, make_rider


def name_of(county: str, city: str = "东莞市", **changes: object) -> str:
    rider = make_rider(0, county=county)
    batch = make_batch([rider], city=city, cities=(city,), **changes)
    return batch_file(
        BatchEdition(batch, Edition("zh", "a1", datetime(2021, 2, 22)), ManifestSettings()), [rider]
    )


def test_day_county_city_coach_version() -> None:
    assert name_of("融水苗族自治县") == "0223-融水-东莞-3号车-第1版.xlsx"


def test_no_character_that_windows_refuses() -> None:
    name = name_of('a<b>:"/\\|?*c')
    assert not set('<>:"/\\|?*') & set(name)


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("东莞市", "东莞"),
        ("港南区", "港南"),
        ("横县", "横县"),
        ("融水苗族自治县", "融水"),
        ("隆林各族自治县", "隆林"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("巴马瑶族自治县", "巴马"),
        ("", ""),
    ],
)
def test_short_names(full: str, short: str) -> None:
    assert short_name(full) == short


def test_the_next_morning_says_so() -> None:
    first = datetime(2021, 2, 23, 20).date()
    assert say_hour(datetime(2021, 2, 24, 5, 30), first, "zh") == "次日05:30"
    assert say_hour(datetime(2021, 2, 24, 5, 30), first, "en") == "05:30 (+1)"
    assert say_hour(datetime(2021, 2, 23, 21), first, "zh") == "21:00"


def outdated(folder: Path, *, is_whole_plan: bool) -> str:
    """Return what is said once the second version of the third coach is written beside what was there."""
    for name in ("0223-港南-东莞-3号车-第1版.xlsx", "0224-港南-深圳-1号车-第1版.xlsx", "我的笔记.xlsx"):
        (folder / name).touch()
    new = folder / "0223-港南-东莞-3号车-第2版.xlsx"
    new.touch()
    note = outdated_note(folder, [new], is_whole_plan=is_whole_plan)
    assert note is not None
    return note.zh


def test_an_earlier_version_of_a_list_is_out_of_date(tmp_path: Path) -> None:
    note = outdated(tmp_path, is_whole_plan=False)
    assert note == f"{tmp_path} 里有 1 个旧名单,请勿再用:0223-港南-东莞-3号车-第1版.xlsx"


def test_of_a_whole_plan_every_other_list_is_too(tmp_path: Path) -> None:
    note = outdated(tmp_path, is_whole_plan=True)
    assert "2 个旧名单" in note
    assert "我的笔记" not in note


def test_nothing_is_said_of_a_tidy_folder(tmp_path: Path) -> None:
    (tmp_path / "0223-港南-东莞-3号车-第2版.xlsx").touch()
    assert outdated_note(tmp_path, list(tmp_path.iterdir()), is_whole_plan=True) is None
