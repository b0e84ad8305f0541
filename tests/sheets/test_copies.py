"""Which of two files is the later one."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.sheets.copies import oldest_first


def saved(path: Path, seconds: float) -> Path:
    """Write a file that was saved at some second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (seconds, seconds))
    return path


def names(given: list[Path], files: list[Path]) -> list[str]:
    return [file.name for file in oldest_first(given, files)]


@pytest.mark.parametrize(
    "copy",
    [
        "报名表(1).xlsx", "报名表 (2).xlsx", "报名表（3）.xlsx", "报名表 - 副本.xlsx", "报名表 - 副本 (2).xlsx",
        "报名表的副本.xlsx", "报名表副本2.xlsx", "副本报名表.xlsx", "复件 报名表.xls", "报名表 - Copy.xlsx",
        "Copy of 报名表.xlsx", "报名表最新.xlsx", "报名表 最新版.xlsx", "报名表-修改.xlsx", "报名表（修改后）.xlsx",
        "报名表_v2.xlsx", "报名表 V3.csv", "报名表第二版.xlsx", "报名表-终稿.xlsx", "报名表新.xlsx",
        "最新 报名表.xlsx", "报名表最新版(1).xlsx", "退回-报名表(1).xlsx",
    ],
)  # fmt: skip
def test_a_copy_is_later_than_its_file_whenever_they_were_saved(copy: str, tmp_path: Path) -> None:
    copied, original = saved(tmp_path / copy, 100.0), saved(tmp_path / "报名表.xlsx", 200.0)
    first, second = oldest_first([tmp_path], [copied, original])
    assert (first.name, second.name) == ("报名表.xlsx", copy.removeprefix("退回-"))
    assert first.copies == (second.name,)
    assert second.copies == ()


def test_copies_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    order = ["X.xlsx", "X(1).xlsx", "X(2).xlsx", "X (10).xlsx", "X - 副本.xlsx", "X - 副本 (2).xlsx", "X_v2.xlsx",
             "X最新.xlsx", "X最新(1).xlsx"]  # fmt: skip
    files = [saved(tmp_path / name, 1000.0 - i) for i, name in enumerate(order)]
    assert names([tmp_path], files[::-1]) == order


def test_words_that_say_no_order_are_in_that_of_the_time_saved(tmp_path: Path) -> None:
    files = [saved(tmp_path / "X修改.xlsx", 300.0), saved(tmp_path / "X最新.xlsx", 200.0)]
    assert names([tmp_path], files) == ["X最新.xlsx", "X修改.xlsx"]


def test_other_files_are_in_the_order_in_which_they_were_saved(tmp_path: Path) -> None:
    """Copies stay together: they are as new as the last of them."""
    files = [
        saved(tmp_path / "木乐.xlsx", 100.0),
        saved(tmp_path / "木乐(1).xlsx", 300.0),
        saved(tmp_path / "社坡.xlsx", 200.0),
        saved(tmp_path / "安.xlsx", 200.0),
    ]
    assert names([tmp_path], files) == ["安.xlsx", "社坡.xlsx", "木乐.xlsx", "木乐(1).xlsx"]


def test_files_of_different_folders_are_no_copies_of_each_other(tmp_path: Path) -> None:
    files = [saved(tmp_path / "一" / "报名表.xlsx", 300.0), saved(tmp_path / "二" / "报名表(1).xlsx", 200.0)]
    assert [file.copies for file in oldest_first([tmp_path], files)] == [(), ()]
    assert names([tmp_path], files) == ["报名表(1).xlsx", "报名表.xlsx"]


def test_the_order_of_the_command_line_goes_before_marks_and_times(tmp_path: Path) -> None:
    copied, original = saved(tmp_path / "X(1).xlsx", 300.0), saved(tmp_path / "X.xlsx", 200.0)
    assert names([copied, original], [copied, original]) == ["X(1).xlsx", "X.xlsx"]


def test_a_file_given_by_folder_and_by_name_counts_at_its_first_place(tmp_path: Path) -> None:
    copied, original = saved(tmp_path / "X(1).xlsx", 300.0), saved(tmp_path / "X.xlsx", 200.0)
    assert names([tmp_path, original], [copied, original]) == ["X.xlsx", "X(1).xlsx"]
    assert names([copied, tmp_path], [copied, original]) == ["X(1).xlsx", "X.xlsx"]


def test_a_name_that_is_all_mark_is_a_name(tmp_path: Path) -> None:
    files = [saved(tmp_path / name, 100.0) for name in ("(1).xlsx", "最新.xlsx", "副本.xlsx", "新.xlsx")]
    assert all(not file.copies for file in oldest_first([tmp_path], files))


@settings(max_examples=50, deadline=None)
@given(times=st.lists(st.integers(1, 5), min_size=6, max_size=6), order=st.permutations(range(6)))
def test_the_order_in_which_a_folder_lists_its_files_does_not_matter(
    times: list[int], order: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("收件")
    titles = ("X.xlsx", "X(1).xlsx", "X新.xlsx", "Y.csv", "Y - 副本.csv", "Z.xls")
    files = [saved(folder / name, time) for name, time in zip(titles, times, strict=True)]
    ordered = names([folder], files)
    assert names([folder], [files[i] for i in order]) == ordered
    assert ordered.index("X.xlsx") < ordered.index("X(1).xlsx") < ordered.index("X新.xlsx")
