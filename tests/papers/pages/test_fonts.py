"""Whether papers can be read on this machine is asked of the system, whichever it is."""

import sys
from pathlib import Path

import pytest

from returnplan.papers.pages import has_chinese_font

linux_only = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="asks fontconfig")


@linux_only
@pytest.mark.parametrize(("listed", "has_one"), [("Noto Sans CJK SC", True), ("", False)])
def test_what_fontconfig_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str, has_one: bool
) -> None:
    program = tmp_path / "fc-list"
    program.write_text(f"#!/bin/sh\necho '{listed}'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert has_chinese_font() is has_one


@linux_only
def test_a_machine_without_fontconfig(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not has_chinese_font()


def test_the_fonts_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("WINDIR", str(tmp_path))
    assert not has_chinese_font()
    (tmp_path / "Fonts").mkdir()
    (tmp_path / "Fonts" / "simsun.ttc").touch()
    assert has_chinese_font()
