"""The unattended run: everything in a folder of its own, once, and never two at a time."""

import json
import shutil
from pathlib import Path

import pytest

from returnplan.store import RunLock
from tests.e2e.program import call

DAY = "2021-02-15"


@pytest.fixture
def inbox(empty: Path) -> Path:
    """Return a folder whose inbox holds the minimal list."""
    (empty / "inbox").mkdir()
    shutil.move(empty / "signups.xlsx", empty / "inbox")
    return empty


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_lies_in_the_folder_of_the_run(inbox: Path) -> None:
    call(inbox, "nightly", "--as-of", DAY)
    (folder,) = (inbox / "outbox").iterdir()
    assert {path.name for path in folder.iterdir()} >= {"今日要办.xlsx", "plan.xlsx", "manifests", "calls"}
    (line,) = (inbox / "nightly.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["exit_code"] == 0


def test_a_second_night_with_the_same_inbox_changes_nothing(inbox: Path) -> None:
    call(inbox, "nightly", "--as-of", DAY)
    before = files_in(inbox / "outbox")
    call(inbox, "nightly", "--as-of", DAY)
    assert files_in(inbox / "outbox") == before


def test_two_at_a_time_are_one_too_many(inbox: Path) -> None:
    with RunLock(inbox / "returnplan.db"):
        call(inbox, "nightly", "--as-of", DAY, exit_code=4)
    assert not (inbox / "outbox").exists()


def test_an_empty_inbox_is_refused_and_logged(inbox: Path) -> None:
    (inbox / "inbox" / "signups.xlsx").unlink()
    call(inbox, "nightly", "--as-of", DAY, exit_code=3)
    (line,) = (inbox / "nightly.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["exit_code"] == 3
