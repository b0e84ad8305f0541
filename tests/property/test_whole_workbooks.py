"""Whatever files an office sends, every command ends as it should, and nobody on a list is lost without a word."""

import json
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from returnplan.planning import Effort
from tests.e2e.program import Done, call
from tests.property.workbooks import File, files
from tests.sweeps import cases

NUM_EXAMPLES = cases(4, of=100)
ENDINGS = {
    "check": (0, 3),
    "plan": (0, 3, 6),
    "manifest": (0, 2, 3),
    "notify": (0, 2, 3),
    "nightly": (0, 3, 6),
}
"""How a command may end: done, nothing chosen, input refused, nobody planned; never by a bug (70)."""


@settings(max_examples=NUM_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(files())
def test_files_of_any_kind(made: list[File]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder)
        (office / "inbox").mkdir()
        (office / "returnplan.toml").write_text(
            "[dates]\nyear = 2021\n[rules]\nmin_load = 1\n", encoding="utf-8"
        )
        paths = [file.save(office / "inbox").relative_to(office) for file in made]
        lists: list[str | Path] = ["--", *paths]
        ended(office, "check", "--report", "back", *lists)
        planned = ended(office, "plan", "--json", "--unmask", *lists)
        if planned.returncode == 0:
            assert_nobody_is_lost(made, planned)
        ended(office, "manifest")
        ended(office, "notify")
        night = ended(office, "nightly", "--as-of", "2021-02-10")
        if night.returncode == 0:
            assert list(office.rglob("今日要办.xlsx"))
        for written in office.rglob("*.xlsx"):
            if written.parent.name != "inbox":
                load_workbook(written)


def ended(office: Path, command: str, *arguments: str | Path) -> Done:
    """Run a command, with little search, and expect an ending that it may have."""
    quick = patch.object(Effort, "work", lambda self, num_groups, num_all, num_people: 100 * num_groups)
    with quick, patch.object(os, "cpu_count", lambda: 1):
        done = call(office, command, *arguments, exit_code=None)
        if done.returncode not in ENDINGS[command] or "Traceback" in done.stderr:
            again = call(office, command, "--debug", *arguments, exit_code=None)
            raise AssertionError(f"{command} exits {done.returncode}: {again.stderr}")
    return done


def assert_nobody_is_lost(made: list[File], planned: Done) -> None:
    """Expect each person to ride, to wait, or to stand on a row, a sheet or a file that is named as not read."""
    told = json.loads(planned.stdout)
    riders = {rider["signup"] for batch in told["batches"] for rider in batch["riders"]}
    waiting = {line["signup"] for line in told["unplanned"]}
    assert not riders & waiting
    named = {fault["signup"] for fault in told["faults"]}
    cells = {
        (fault["file"], fault["sheet"], "".join(filter(str.isdigit, fault["cell"])))
        for fault in told["faults"]
    }
    for person in {person for file in made for person in file.people} - riders - waiting - named:
        file, sheet, row = person.rsplit("!", 2)
        places = {(file, sheet, row), (file, sheet, ""), (file, "", "")}
        assert places & cells or file in planned.stderr, (person, told["faults"], planned.stderr)
