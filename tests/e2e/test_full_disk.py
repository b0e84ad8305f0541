"""A disk that takes no more, and folders that cannot be written: exit 5, one clear line, the last good state.

A limit on the size of files does to the program what a full disk does, also for root.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.program import call
from tests.usecases.conftest import listed

if sys.platform == "win32":
    pytest.skip("Windows has no limit on the size of files", allow_module_level=True)

import resource

TOO_LITTLE = 4096
STORE_OR_DISK = 5


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond a page."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (TOO_LITTLE, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


COMMANDS = [
    ["plan", "--add", "增补.xlsx"],
    ["plan", "报名.xlsx", "--out", "新.xlsx"],
    ["manifest"],
    ["manifest", "--employers"],
    ["notify"],
    ["dispatch"],
    ["change", "0218-001", "--plate", "桂B12345"],
    ["change", "0218-001", "--drop", "3"],
    ["publish", "0218-001"],
    ["adopt", "plan.xlsx"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_on_a_full_disk_the_last_good_state_stays(words: list[str], office: Path) -> None:
    if words[0] == "adopt":
        edited(office / "plan.xlsx")
    before = files_in(office)
    shown = call(office, "show", "--json").stdout
    with full_disk():
        done = call(office, *words, exit_code=STORE_OR_DISK)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) <= 2
    assert files_in(office) == before
    assert call(office, "show", "--json").stdout == shown
    call(office, *words)


def edited(path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["批次"]["G2"] = "桂B12345"
    book.save(path)


def test_a_night_on_a_full_disk_is_made_up_for(office: Path) -> None:
    (office / "inbox").mkdir()
    (office / "报名.xlsx").rename(office / "inbox" / "报名.xlsx")
    before = (office / "returnplan.db").read_bytes()
    with full_disk():
        call(office, "nightly", "--as-of", "2021-02-10", exit_code=STORE_OR_DISK)
    assert (office / "returnplan.db").read_bytes() == before
    assert '"exit_code": 5' in (office / "nightly.log").read_text(encoding="utf-8")
    call(office, "nightly", "--as-of", "2021-02-10")
    (folder,) = (office / "outbox").iterdir()
    assert (folder / "今日要办.xlsx").exists()


OUT_OF_REACH = [
    ["plan", "报名.xlsx", "--out", "文件/plan.xlsx"],
    ["plan", "报名.xlsx", "--store", "文件/returnplan.db"],
    ["manifest", "--out", "文件"],
    ["notify", "--out", "文件/通知"],
    ["dispatch", "--out", "文件/派车"],
    ["check", "增补.xlsx", "--report", "文件"],
]


@pytest.mark.parametrize("words", OUT_OF_REACH, ids=" ".join)
def test_where_no_folder_can_be_nothing_is_lost(words: list[str], office: Path) -> None:
    (office / "文件").write_text("no folder")
    listed(office / "增补.xlsx", 40, 务工城市="没有这个市")
    before = files_in(office)
    done = call(office, *words, exit_code=STORE_OR_DISK)
    assert "文件" in done.stderr
    assert files_in(office) == before
