"""doctor: one line for each thing looked at, with the mend, and the exit code that it calls for."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from returnplan.store import RunLock, Store
from returnplan.usecases import doctor as doctoring
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.doctor import doctor
from tests.e2e.program import call

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes of files")


@pytest.fixture(autouse=True)
def with_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctoring, "has_chinese_font", lambda: True)


@pytest.fixture
def kept(campaign: Campaign) -> Campaign:
    """Return a campaign whose store is there."""
    Store.open(campaign.store_path, create=True).close()
    return campaign


def ill(campaign: Campaign, *outputs: Path) -> list[tuple[str, int]]:
    """Return what wants mending, in English, with its exit code."""
    return [(found.words.en, found.exit_code) for found in doctor(campaign, outputs) if not found.is_well]


def test_before_a_plan_and_after_one_all_is_well(campaign: Campaign) -> None:
    assert ill(campaign, campaign.store_path.with_name("none.xlsx")) == []
    Store.open(campaign.store_path, create=True).close()
    assert ill(campaign) == []


def test_a_full_disk_is_exit_5(kept: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3_000_000))
    ((words, exit_code),) = ill(kept)
    assert words.startswith("free space: 3 MB are left")
    assert exit_code == 5


def test_a_damaged_store_is_exit_5(kept: Campaign) -> None:
    kept.store_path.write_bytes(b"\x00" * 8192)
    ((words, exit_code),) = ill(kept)
    assert "put a backup in its place" in words or "no returnplan store" in words
    assert exit_code == 5
    done = call(kept.store_path.parent, "doctor", "--lang", "en", exit_code=5)
    assert f"✗ {words.replace(str(kept.store_path), 'returnplan.db')}\n" in done.stdout


def test_a_lock_that_is_held_says_by_whom(kept: Campaign) -> None:
    with RunLock(kept.store_path):
        ((words, exit_code),) = ill(kept)
    assert words.startswith("lock: another run is at work (process ")
    assert exit_code == 4


@posix_only
@pytest.mark.parametrize("name", ["returnplan.db", "名单"])
def test_what_others_may_open_is_named_with_the_mend(kept: Campaign, name: str) -> None:
    path = kept.store_path.with_name(name)
    path.touch()
    path.chmod(0o640)
    mend = f"permissions: others may open {path}; run: chmod -R go= {path}"
    assert ill(kept, path.with_name("名单")) == [(mend, 0)]


@pytest.mark.parametrize(
    ("name", "says", "word"),
    [
        ("is_network_drive", lambda folder: True, "drive: "),
        ("has_chinese_font", lambda: False, "fonts: none"),
    ],
)
def test_a_network_drive_and_missing_fonts(
    kept: Campaign, monkeypatch: pytest.MonkeyPatch, name: str, says: Callable[..., bool], word: str
) -> None:
    monkeypatch.setattr(doctoring, name, says)
    ((words, exit_code),) = ill(kept)
    assert words.startswith(word)
    assert exit_code == 0
    assert "✗" in call(kept.store_path.parent, "doctor", "--strict", exit_code=1).stdout


def test_windows_has_profiles_for_modes(
    kept: Campaign, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctoring, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "elsewhere")
    ((words, _),) = ill(kept)
    assert words.startswith(f"permissions: {tmp_path} is outside your profile")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert ill(kept) == []


def test_the_lines_of_a_healthy_folder(kept: Campaign) -> None:
    done = call(kept.store_path.parent, "doctor")
    assert [line[:6] for line in done.stdout.splitlines()] == [
        "✓ 存放位置",
        "✓ 数据文件",
        "✓ 运行锁：",
        "✓ 残留文件",
        "✓ 权限：数",
        "✓ 字体：有",
    ]
