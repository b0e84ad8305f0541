"""The recipe of docs/architecture.md is followed: its diff is made in a copy of the program, and does what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.papers.workbook.tables import RIDERS
from returnplan.planning import _core
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

ROOT = Path(__file__).parents[2]
MOST_FILES = 8
NUM_PEOPLE = 12
PROGRAM = """
import sys
sys.meta_path = [finder for finder in sys.meta_path if "editable" not in type(finder).__module__]
sys.argv[0] = "returnplan"
from returnplan.cli.main import main
main()
"""
"""Runs the copy on the path, where an editable install would come first."""
ROOM = "3栋502"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git applies the diff")


def recipe() -> str:
    """Return the diff of the worked change."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (diff,) = re.findall(r"```diff\n(.+?)```", page, re.DOTALL)
    return str(diff)


def test_a_column_from_sign_up_to_manifest_costs_eight_files() -> None:
    touched = re.findall(r"^\+\+\+ b/(.+)$", recipe(), re.MULTILINE)
    assert len(touched) == len(set(touched)) <= MOST_FILES
    assert [path for path in touched if not (ROOT / path).is_file()] == []


@needs_git
def test_a_column_declared_once_reaches_form_json_plan_and_manifest(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(_core.__file__, tmp_path / "src" / "returnplan" / "planning")
    (tmp_path / "recipe.diff").write_text(recipe(), encoding="utf-8", newline="\n")
    run(tmp_path, "git", "apply", "--ignore-whitespace", "recipe.diff")
    people = [signup_row(serial, 宿舍=ROOM) for serial in range(1, NUM_PEOPLE + 1)]
    save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(people))
    returnplan(tmp_path, "init", "表")
    returnplan(tmp_path, "plan", "报名.xlsx", "--out", "plan.xlsx")
    returnplan(tmp_path, "manifest", "--out", "名单")
    plan = json.loads(returnplan(tmp_path, "show", "--json", "--unmask"))
    assert {rider["dormitory"] for batch in plan["batches"] for rider in batch["riders"]} == {ROOM}
    assert ROOM not in returnplan(tmp_path, "show", "--json")
    (manifest,) = (tmp_path / "名单").iterdir()
    assert ROOM in column(tmp_path / "plan.xlsx", RIDERS.zh)
    assert ROOM in column(manifest, "随车名单")
    assert list(column(tmp_path / "表" / "报名表.xlsx", "报名"))[:1] == [None]


def returnplan(folder: Path, *arguments: str) -> str:
    """Run the command of the copy in the folder and return what it prints."""
    return run(folder, sys.executable, "-c", PROGRAM, *arguments)


def run(folder: Path, *command: str) -> str:
    paths = {"PYTHONPATH": str(folder / "src"), "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **paths, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def column(path: Path, sheet: str) -> Iterator[object]:
    """Yield what stands below 宿舍; the column must be there."""
    page = load_workbook(path)[sheet]
    (header,) = (cell for line in page.iter_rows() for cell in line if cell.value == "宿舍")
    return (page.cell(row, header.column).value for row in range(header.row + 1, page.max_row + 1))
