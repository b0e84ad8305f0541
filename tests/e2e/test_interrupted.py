"""Ctrl-C: exit 130, and what is said of it is true."""

import signal
from pathlib import Path

import pytest

from returnplan.store import Store
from returnplan.usecases.plan import make
from tests.e2e.program import call


def press(*_: object, **__: object) -> None:
    signal.raise_signal(signal.SIGINT)


def test_interrupted_while_it_plans_nothing_is_changed(dozen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "plan_roster", press)
    assert "nothing was changed" in call(dozen, "plan", "signups.xlsx", "--lang", "en", exit_code=130).stderr
    assert not (dozen / "returnplan.db").exists()


def test_interrupted_once_the_run_is_saved_it_is_named(dozen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "write_plan_workbook", press)
    told = call(dozen, "plan", "signups.xlsx", "--lang", "en", exit_code=130).stderr
    with Store.open(dozen / "returnplan.db") as store:
        (run,) = store.runs()
    assert f"run {run.id} is saved" in told
    assert "nothing was changed" not in told
