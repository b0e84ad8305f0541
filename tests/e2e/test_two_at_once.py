"""While one run is at work, a second one changes nothing and says who holds the lock; looking is free."""

import sys
from pathlib import Path

import pytest

from returnplan.store import RunLock
from tests.e2e.program import call

BUSY = 4
CHANGES = [
    ["plan", "--add", "增补.xlsx"],
    ["change", "0218-001", "--plate", "桂B12345"],
    ["publish", "0218-001"],
    ["recall", "0218-001"],
    ["adopt", "plan.xlsx"],
    ["board", "名单"],
    ["notify", "--read", "通知"],
    ["dispatch", "--read", "派车"],
    ["purge", "--before", "2031-01-01", "--yes"],
]
LOOKS = [
    ["show"],
    ["diff"],
    ["explain", "3"],
    ["manifest", "--out", "又一份"],
    ["notify", "--out", "又一份"],
    ["dispatch", "--out", "又一份"],
    ["plan", "报名.xlsx", "--dry-run"],
    ["check", "报名.xlsx"],
]


@pytest.fixture
def sheets(office: Path) -> Path:
    """Return the folder with all sheets that may come back."""
    for words in (["manifest", "--out", "名单"], ["notify", "--out", "通知"], ["dispatch", "--out", "派车"]):
        call(office, *words)
    return office


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_a_second_run_waits_its_turn(words: list[str], sheets: Path) -> None:
    before = (sheets / "returnplan.db").read_bytes()
    with RunLock(sheets / "returnplan.db"):
        done = call(sheets, *words, exit_code=BUSY)
    assert "始于" in done.stderr
    assert "Traceback" not in done.stderr
    assert (sheets / "returnplan.db").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_by_a_link_to_the_store_it_waits_too(words: list[str], sheets: Path) -> None:
    (sheets / "link").mkdir()
    (sheets / "link" / "链接.db").symlink_to(sheets / "returnplan.db")
    before = (sheets / "returnplan.db").read_bytes()
    with RunLock(sheets / "returnplan.db"):
        call(sheets, *words, "--store", "link/链接.db", exit_code=BUSY)
    assert (sheets / "returnplan.db").read_bytes() == before


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_looking_needs_no_turn(words: list[str], office: Path) -> None:
    with RunLock(office / "returnplan.db"):
        call(office, *words)
