"""Ctrl-C, or a bug, while something is saved and written: what is said of it is true."""

import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from returnplan.model.errors import Crashed, Interrupted
from returnplan.store import Store
from returnplan.usecases import adopt as adopting
from returnplan.usecases import board as boarding
from returnplan.usecases import change as changing
from returnplan.usecases import nightly
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import papers as change_papers
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.plan import make
from returnplan.usecases.show import runs, show
from tests.usecases.conftest import Editor, Planner, listed
from tests.usecases.test_telling import filled

save_run = Store.save_run


def press(*_: object, **__: object) -> None:
    signal.raise_signal(signal.SIGINT)


def press_after_saving(*arguments: Any) -> None:
    save_run(*arguments)
    press()


def what_is_said(act: Callable[..., object], *arguments: object) -> str:
    """Return what is said is saved when somebody interrupts: empty for nothing."""
    with pytest.raises((Interrupted, KeyboardInterrupt)) as stop:
        act(*arguments)
    return str(stop.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return listed(tmp_path / "报名.xlsx", *range(1, 21))


def test_before_the_workbook_is_written_the_run_is_said_to_be_saved(
    file: Path, campaign: Campaign, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(make, "write_plan_workbook", press)
        said = what_is_said(planned, file)
    header, _ = show(campaign)
    assert f"run {header.id} is saved" in said
    assert not (file.parent / "plan.xlsx").exists()
    assert planned(file).header == header
    assert (file.parent / "plan.xlsx").exists()


def crash(*_: object, **__: object) -> None:
    raise LookupError("罗云")


def test_a_bug_before_the_workbook_is_written_does_not_say_that_nothing_was_changed(
    file: Path, campaign: Campaign, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "write_plan_workbook", crash)
    with pytest.raises(Crashed) as bug:
        planned(file)
    header, _ = show(campaign)
    assert f"(LookupError), but run {header.id} is saved" in str(bug.value)
    assert "罗云" not in bug.value.message.zh + bug.value.message.en


def test_a_bug_before_the_run_is_saved_is_left_as_it_is(
    file: Path, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "save_run", crash)
    with pytest.raises(LookupError):
        planned(file)


def test_a_run_counts_as_saved_once_it_is_in_the_store(
    file: Path, campaign: Campaign, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "save_run", press_after_saving)
    said = what_is_said(planned, file)
    (header,) = runs(campaign)
    assert f"run {header.id} is saved" in said


def test_before_that_nothing_is_said_to_be_saved(
    file: Path, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "save_run", press)
    assert what_is_said(planned, file) == ""


def test_a_night_that_is_planned_and_not_written_is_said_to_be_saved(
    file: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    Path("inbox").mkdir()
    file.rename("inbox/报名.xlsx")
    monkeypatch.setattr(nightly, "write_plan_workbook", press)
    said = what_is_said(nightly.nightly, campaign, date(2021, 2, 10))
    assert f"run {show(campaign)[0].id} is saved" in said


def test_a_change_whose_papers_are_missing_is_said_to_be_saved(
    file: Path, campaign: Campaign, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (batch,) = planned(file).plan.batches
    monkeypatch.setattr(change_papers, "write_next_versions", press)
    request = changing.ChangeRequest(batch.id, file.parent, plate="桂B12345")
    said = what_is_said(changing.change, campaign, request)
    assert f"returnplan manifest --batch {batch.id}" in said
    assert show(campaign)[1].batches[0].plate == "桂B12345"


def test_edits_whose_workbook_is_old_are_said_to_be_saved(
    file: Path, campaign: Campaign, planned: Planner, edit: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(file)
    path = edit("批次", 0, "车牌号", "桂B12345")
    with monkeypatch.context() as patched:
        patched.setattr(adopting, "write_plan_workbook", press)
        said = what_is_said(adopting.adopt, campaign, path)
    assert "the same command again" in said
    assert show(campaign)[1].batches[0].plate == "桂B12345"
    again = adopting.adopt(campaign, path)
    assert (again.is_adopted, len(again.changed)) == (True, 1)
    assert adopting.verify(campaign, path).changed == ()


def test_journeys_whose_lists_are_missing_are_said_to_be_saved(
    file: Path, campaign: Campaign, planned: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(file)
    (paper,) = manifest(campaign, PapersRequest(file.parent / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(19), "√"))
    monkeypatch.setattr(boarding, "write_follow_up", press)
    said = what_is_said(boarding.board, campaign, [paper], file.parent / "上车后")
    assert "the same command again" in said
    assert show(campaign)[1].batches[0].state == "departed"
