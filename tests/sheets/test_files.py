"""Which files a call means."""

import os
import threading
import time
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused
from returnplan.sheets.files import expand, original_name, shown_names


def touch(path: Path, *, age_seconds: float = 3600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (time.time() - age_seconds,) * 2)
    return path


def test_a_folder_stands_for_its_spreadsheets(tmp_path: Path) -> None:
    paths = [touch(tmp_path / name) for name in ("乙.xls", "甲.xlsx", "丙.CSV")]
    touch(tmp_path / "说明.docx")
    touch(tmp_path / "往年" / "旧.xlsx")
    assert expand([tmp_path]) == (sorted(paths), [])


@pytest.mark.parametrize("name", ["报名.xlsx", "报名.csv", "报名.et", "导出.xml"])
def test_a_file_for_correction_counts_as_its_original(name: str) -> None:
    returned = f"退回-{name}" if name.endswith(".xlsx") else f"退回-{name}.xlsx"
    assert original_name(Path(returned)) == name


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    first, second = touch(tmp_path / "b.xlsx"), touch(tmp_path / "a.xlsx")
    assert expand([first, tmp_path, first])[0] == [first, second]


def test_owner_files_are_skipped_and_named(tmp_path: Path) -> None:
    book, owner = touch(tmp_path / "报名.xlsx"), touch(tmp_path / "~$报名.xlsx")
    files, skipped = expand([tmp_path])
    assert files == [book]
    assert [(skip.path, skip.reason.zh) for skip in skipped] == [(owner, "Excel 打开时的临时文件")]


def test_growing_files_are_skipped_and_named(tmp_path: Path) -> None:
    quiet, growing = touch(tmp_path / "a.csv", age_seconds=0), touch(tmp_path / "b.csv")
    is_done = threading.Event()

    def write() -> None:
        with growing.open("ab", buffering=0) as file:
            while not is_done.wait(0.01):
                file.write(b"x")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.1)
        files, skipped = expand([tmp_path])
    finally:
        is_done.set()
        writer.join()
    assert files == [quiet]
    assert [skip.path for skip in skipped] == [growing]


def test_all_folders_wait_together_for_what_may_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("报名", "资料"):
        (tmp_path / folder).mkdir()
        touch(tmp_path / folder / "表.csv", age_seconds=0)
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    files, _ = expand([tmp_path / "报名", tmp_path / "资料"])
    assert len(files) == 2
    assert len(waits) == 1


@pytest.mark.parametrize("make_folder", [True, False])
def test_nothing_there_is_refused(make_folder: bool, tmp_path: Path) -> None:
    path = tmp_path / "报名"
    if make_folder:
        path.mkdir()
    with pytest.raises(InputRefused, match="报名"):
        expand([path])


def test_names_as_short_as_they_can_be(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("x/甲/报名.xlsx", "y/甲/报名.xlsx", "y/乙/报名.xlsx", "单.xlsx")]
    assert shown_names(files) == ["x/甲/报名.xlsx", "y/甲/报名.xlsx", "乙/报名.xlsx", "单.xlsx"]
