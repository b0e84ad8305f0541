"""Consoles, pipes and repeated runs: the program behaves the same and leaves nothing behind."""

import json
from pathlib import Path

import pytest

from tests.e2e.program import call, run

BARE_CONSOLE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
GBK_CONSOLE = {"PYTHONIOENCODING": "gbk"}


@pytest.mark.parametrize("console", [BARE_CONSOLE, GBK_CONSOLE], ids=["C locale", "GBK"])
@pytest.mark.parametrize(
    "command", [["show", "riders"], ["check", "报名", "资料"], ["plan", "--help"]], ids=" ".join
)
def test_no_console_crashes_it(command: list[str], console: dict[str, str], gangnan: Path) -> None:
    run(gangnan, *command, exit_code=0, **console)


def test_piped_output_is_plain(gangnan: Path) -> None:
    done = run(gangnan, "show", "batches", FORCE_COLOR="", NO_COLOR="1")
    assert "\x1b" not in done.stdout + done.stderr


def test_stdout_is_json_alone(dozen: Path) -> None:
    done = run(dozen, "plan", "signups.xlsx", "--json")
    assert json.loads(done.stdout)["summary"]["planned"] > 0


def test_second_run_changes_nothing(dozen: Path) -> None:
    first = json.loads(run(dozen, "plan", "signups.xlsx", "--json").stdout)
    before = {path.name: path.read_bytes() for path in dozen.iterdir() if path.suffix == ".xlsx"}
    second = json.loads(call(dozen, "plan", "signups.xlsx", "--json").stdout)
    assert second == first
    assert {path.name: path.read_bytes() for path in dozen.iterdir() if path.suffix == ".xlsx"} == before


def test_dry_run_leaves_the_folder_alone(dozen: Path) -> None:
    call(dozen, "plan", "signups.xlsx", "--dry-run")
    assert [path.name for path in dozen.iterdir()] == ["signups.xlsx"]


def test_another_rule_is_another_plan(empty: Path) -> None:
    few = json.loads(call(empty, "plan", "signups.xlsx", "--json").stdout)["summary"]
    (empty / "returnplan.toml").write_text("[rules]\nload_factor = 0.5\n", encoding="utf-8")
    many = json.loads(call(empty, "plan", "signups.xlsx", "--json").stdout)["summary"]
    assert many["batches"] > few["batches"]
    assert many["planned"] == few["planned"]
