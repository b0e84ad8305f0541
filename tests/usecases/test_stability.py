"""A later run moves people off the batches of the last plan only where that saves more than it is worth (goal c)."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from returnplan.config import Config
from returnplan.edits.diff import diff
from returnplan.model.plan import Plan
from returnplan.model.rules import Rules
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice
from returnplan.usecases.plan.make import PlanOutcome
from returnplan.usecases.publish import publish, recall
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed, planner

EARLY: dict[str, Any] = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 24)}
LATE: dict[str, Any] = {"最早出发日期": date(2021, 2, 24), "最晚出发日期": date(2021, 2, 24)}


def two_lists(folder: Path, planned: Planner, **options: bool) -> tuple[Plan, PlanOutcome]:
    """Plan twelve people who may leave on any day of a week, then twelve more who can only go on its last."""
    first = planned(
        save_xlsx(folder / "一.xlsx", 报名=lines_of([signup_row(n, **EARLY) for n in range(1, 13)]))
    )
    late = save_xlsx(folder / "二.xlsx", 报名=lines_of([signup_row(n, **LATE) for n in range(13, 25)]))
    return first.plan, planned(added=(late,), **options)


def told_dear(campaign: Campaign, move_yuan: float) -> Campaign:
    """Return the campaign with another price of moving a person."""
    return replace(campaign, config=Config(rules=Rules(move_yuan=move_yuan)))


def saved_afresh(outcome: PlanOutcome) -> list[str]:
    return [note.zh for note in outcome.notes if "--afresh" in note.zh]


def test_a_draft_changes_where_that_saves_a_coach(tmp_path: Path, planned: Planner) -> None:
    """One coach on the last day takes all: twelve people of whom nobody was told cost less than a second coach."""
    first, second = two_lists(tmp_path, planned)
    change = diff(first, second.plan)
    assert (len(change.new), len(change.moved), len(change.off)) == (12, 12, 0)
    assert [batch.load for batch in second.plan.batches] == [24]
    assert saved_afresh(second) == []


def test_nobody_moves_for_less_than_that_is_worth(tmp_path: Path, campaign: Campaign) -> None:
    """The office holds a draft as dear as a promise; it is said what a new plan would save."""
    first, second = two_lists(tmp_path, planner(tmp_path, told_dear(campaign, 10_000.0)))
    change = diff(first, second.plan)
    assert (len(change.new), len(change.moved), len(change.off)) == (12, 0, 0)
    assert [batch.load for batch in second.plan.batches] == [12, 12]
    (words,) = saved_afresh(second)
    assert "改动 12 人" in words
    saved_yuan = second.plan.summary["cost"] / 2
    assert f"{saved_yuan:,.0f}" in words


def test_who_was_called_is_dearer_than_a_draft(tmp_path: Path, campaign: Campaign) -> None:
    """At this price twelve people of a draft move; those whose coach was published and recalled do not."""
    planned = planner(tmp_path, told_dear(campaign, 1_000.0))
    early = save_xlsx(tmp_path / "一.xlsx", 报名=lines_of([signup_row(n, **EARLY) for n in range(1, 13)]))
    first = planned(early).plan
    batch = first.batches[0].id
    publish(campaign, Choice(batches=(batch,)))
    recall(campaign, (batch,))
    late = save_xlsx(tmp_path / "二.xlsx", 报名=lines_of([signup_row(n, **LATE) for n in range(13, 25)]))
    assert len(diff(first, planned(added=(late,)).plan).moved) == 0


def test_afresh_the_last_draft_counts_for_nothing(tmp_path: Path, planned: Planner) -> None:
    _, second = two_lists(tmp_path, planned, afresh=True)
    assert [(batch.load, batch.date) for batch in second.plan.batches] == [(24, date(2021, 2, 24))]


def test_afresh_also_plans_unchanged_lists(tmp_path: Path, planned: Planner) -> None:
    lists = listed(tmp_path / "报名.xlsx", *range(1, 21))
    assert planned(lists).is_new
    assert not planned(lists).is_new
    assert planned(lists, afresh=True).is_new


def test_another_pickup_is_told_anew_and_the_others_stay(tmp_path: Path, planned: Planner) -> None:
    rows = [signup_row(n, **EARLY) for n in range(1, 21)]
    first = planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(rows))).plan
    rows[0] = signup_row(1, 上车地点="融水高速出口", **EARLY)
    second = planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(rows))).plan
    assert diff(first, second).moved["person"].tolist() == [1]
