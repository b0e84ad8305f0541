"""The log of unattended runs: lines of JSON, masked, rotated, for the owner alone."""

import json
import stat
import sys
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError
from returnplan.usecases import nightly as nights
from returnplan.usecases.nightly import log_line


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_run_is_a_line_of_json(tmp_path: Path) -> None:
    log_line(tmp_path / "夜间.log", exit_code=0, planned=12)
    log_line(tmp_path / "夜间.log", exit_code=3, error="报名.xlsx 打不开")
    first, second = lines(tmp_path / "夜间.log")
    assert (first["exit_code"], first["planned"]) == (0, 12)
    assert second["error"] == "报名.xlsx 打不开"
    assert "at" in first


def test_id_numbers_and_phones_never_reach_the_log(tmp_path: Path) -> None:
    log_line(tmp_path / "a.log", error="45022519850607003X 的电话 13800001234")
    text = (tmp_path / "a.log").read_text(encoding="utf-8")
    assert "450225********003X" in text
    assert "138****1234" in text


def test_the_folder_of_a_run_is_named_in_full(tmp_path: Path) -> None:
    folder = "发出/1128-1552-1048a9769636"
    log_line(tmp_path / "a.log", run="112345678901", folder=folder, files_not_read=["13800001234.csv"])
    (line,) = lines(tmp_path / "a.log")
    assert (line["run"], line["folder"]) == ("112345678901", folder)
    assert line["files_not_read"] == ["138****1234.csv"]


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


@POSIX
def test_log_and_its_folder_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "日志" / "夜间" / "a.log"
    log_line(path, exit_code=0)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


@POSIX
def test_a_full_log_is_put_aside_for_the_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nights, "MOST_LOG_BYTES", 200)
    for night in range(40):
        log_line(tmp_path / "a.log", night=night)
    logs = sorted(tmp_path.iterdir())
    assert [path.name for path in logs] == [
        "a.log",
        *(f"a.log.{n}" for n in range(1, nights.NUM_OLD_LOGS + 1)),
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in logs} == {0o600}
    assert lines(tmp_path / "a.log")[-1]["night"] == 39


def test_a_log_that_cannot_be_written_is_a_matter_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        log_line(tmp_path / "file" / "a.log", exit_code=0)
