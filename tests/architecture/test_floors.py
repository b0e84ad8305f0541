"""The floors and fences of docs/architecture.md, as import-linter contracts in pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from returnplan.cli.main import SUMMARIES

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = shutil.which("lint-imports", path=Path(sys.executable).parent) or "lint-imports"

HEAVY = ("pandas", "numpy", "rustworkx", "highspy", "openpyxl", "rapidfuzz", "rich")


def test_every_import_stays_on_its_floor() -> None:
    run = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("arguments", [["--version"], *([name, "--help"] for name in ("", *SUMMARIES))])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    """0.25 s is the promise; pandas alone takes 0.4 s, the planner a second."""
    script = (
        "import sys\n"
        "from returnplan.cli.main import main\n"
        "try:\n    main()\n"
        "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *filter(None, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stderr.strip() == "[]"


@pytest.mark.parametrize("use_case", ["change", "change.seats", "dispatch", "publish", "manifest"])
def test_what_is_done_at_the_coach_door_loads_no_planner(use_case: str) -> None:
    """``change`` and ``dispatch`` are promised in 2 s; the planner's libraries alone take half a second to load."""
    script = (
        f"import sys, returnplan.usecases.{use_case}\n"
        "print([name for name in ('rustworkx', 'highspy', 'returnplan.planning') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("use_case", ["dispatch", "notify"])
def test_lists_are_written_tonight_without_pandas(use_case: str) -> None:
    """It would take a third of the second that they are promised in, numpy alone a twentieth."""
    script = f"import sys, returnplan.usecases.{use_case}\nprint({{'pandas', 'numpy'}} & sys.modules.keys())"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "set()"
