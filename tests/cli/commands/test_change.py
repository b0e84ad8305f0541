"""What ``change`` says on the screen."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from returnplan.cli.main import cli
from tests.usecases.railway import FEEDER, TRAIN, railway_campaign


def test_many_who_lose_their_seat_stand_on_one_line_before_what_is_to_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    railway_campaign(tmp_path)
    words = ["change", TRAIN, "--cancel", "--yes", "--out", "papers", "--lang", "zh"]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    (named,) = [line for line in lines if "不再乘坐" in line]
    assert named.startswith("不再乘坐的 10 人(姓名 编号)：")
    assert len(named.split("、")) == 10


def test_a_change_that_is_made_already_is_not_printed_as_if_it_were_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    railway_campaign(tmp_path)
    words = ["change", FEEDER, "--plate", "桂B12345", "--out", "papers", "--lang", "zh"]
    first, again = (CliRunner().invoke(cli, words).output for _ in range(2))
    assert "已经是这样" not in first
    assert f"{FEEDER} 已经是这样，没有再改：第1版" in again


@pytest.mark.parametrize(
    "other", [["--vehicle", "没有的车"], ["--plate", "桂B12345"], ["--date", "2021-02-24"]]
)
def test_who_calls_a_batch_off_changes_nothing_else_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    railway_campaign(tmp_path)
    result = CliRunner().invoke(cli, ["change", TRAIN, "--cancel", *other, "--yes", "--lang", "zh"])
    assert result.exit_code == 2
    assert "--cancel 请单独用" in result.output
