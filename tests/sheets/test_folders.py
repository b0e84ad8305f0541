"""What a folder stands for when all that lies in it counts."""

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused
from returnplan.papers.pages import Column, Page, render
from returnplan.sheets.files import expand, readable, shown_names
from tests.specimens.hostile import good

OLD_EXCEL = Path(__file__).parents[1] / "specimens" / "old_excel.xls"


def names_of(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the files that count and of those that are skipped."""
    files, skipped = expand([folder], is_deep=True)
    return [file.name for file in files], [skip.path.name for skip in skipped]


def old(path: Path, age_seconds: float = 3600) -> Path:
    os.utime(path, (time.time() - age_seconds,) * 2)
    return path


def test_all_files_and_subfolders_count(tmp_path: Path) -> None:
    for name in ("甲.et", "乙.zip", "丙.pdf", "丁", "下级/再下级/戊.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    files, skipped = names_of(tmp_path)
    assert (sorted(files), skipped) == (sorted(["甲.et", "乙.zip", "丙.pdf", "丁", "戊.csv"]), [])


def test_what_the_system_and_the_program_keep_there_is_passed_over_and_named(tmp_path: Path) -> None:
    good(tmp_path)
    litter = (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$good.xlsx",
        "returnplan.toml",
        "returnplan.db",
        "排车.bat",
    )
    for name in litter:
        (tmp_path / name).write_bytes(b"x")
    files, skipped = names_of(tmp_path)
    assert files == ["good.xlsx"]
    assert sorted(skipped) == sorted(litter)


def test_outputs_of_the_program_are_no_lists_of_people(tmp_path: Path) -> None:
    good(tmp_path)
    output = render([Page("名单", (Column("姓名", 9, ["韦家旺"]),))], {"run": "0123456789ab"})
    night = tmp_path / "outbox" / "0218-1900"
    (night / "returns").mkdir(parents=True)
    good(night / "returns", "退回-good.xlsx")
    for path in (tmp_path / "plan.xlsx", night / "今日要办.xlsx"):
        path.write_bytes(output)
    assert names_of(tmp_path) == (["good.xlsx"], ["plan.xlsx", "0218-1900"])


def test_a_returned_file_that_nobody_corrected_does_not_replace_a_later_original(tmp_path: Path) -> None:
    (tmp_path / "退回").mkdir()
    original, returned = good(tmp_path), good(tmp_path / "退回", "退回-good.xlsx")
    old(returned)
    assert expand([tmp_path], is_deep=True)[0] == [original]
    old(original, age_seconds=7200)
    assert expand([tmp_path], is_deep=True)[0] == [returned]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_back_is_followed_once(tmp_path: Path) -> None:
    good(tmp_path)
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级" / "回来").symlink_to(tmp_path)
    assert names_of(tmp_path)[0] == ["good.xlsx"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_names_in_other_bytes_are_shown_as_people_write_them(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "木乐镇.xlsx".encode("gb18030")))
    shutil.copy(good(tmp_path), path)
    assert shown_names([path]) == ["木乐镇.xlsx"]
    shown = Path(readable(str(path)))
    assert expand([shown])[0] == [path]
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    odd.write_bytes(b"x")
    assert readable(odd.name) == "\\xff.csv"
    assert expand([tmp_path / "\\xff.csv"])[0] == [odd]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_what_is_no_regular_file_is_named_and_never_opened(tmp_path: Path) -> None:
    good(tmp_path)
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "链接.xlsx").symlink_to(tmp_path / "没有.xlsx")
    files, skipped = expand([tmp_path], is_deep=True)
    assert [file.name for file in files] == ["good.xlsx"]
    reasons = {skip.path.name: skip.reason.zh for skip in skipped}
    assert "不是普通文件" in reasons["管道.xlsx"]
    assert "指向的文件不存在" in reasons["链接.xlsx"]
    with pytest.raises(InputRefused, match="target does not exist"):
        expand([tmp_path / "链接.xlsx"])


def test_a_folder_of_our_own_workbooks_alone_is_told_from_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"holds no \.xlsx"):
        expand([tmp_path], is_deep=True)
    (tmp_path / "returnplan.toml").touch()
    with pytest.raises(InputRefused, match=r"holds no \.xlsx"):
        expand([tmp_path], is_deep=True)
    page = Page("名单", (Column("姓名", 10, ["韦一"]),))
    (tmp_path / "plan.xlsx").write_bytes(render([page], {"run": "a1"}))
    with pytest.raises(InputRefused, match=r"this program alone, such as plan\.xlsx"):
        expand([tmp_path], is_deep=True)
