"""A later run leaves people on the batches of the last plan, told or not (goal c)."""

from datetime import date
from pathlib import Path
from typing import Any

from returnplan.edits.diff import diff
from returnplan.model.plan import Plan
from returnplan.usecases.plan.make import PlanOutcome
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed

EARLY: dict[str, Any] = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 24)}
LATE: dict[str, Any] = {"最早出发日期": date(2021, 2, 24), "最晚出发日期": date(2021, 2, 24)}


def two_lists(folder: Path, planned: Planner, **options: bool) -> tuple[Plan, PlanOutcome]:
    """Plan twelve people who may leave on any day of a week, then twelve more who can only go on its last."""
    first = planned(
        save_xlsx(folder / "一.xlsx", 报名=lines_of([signup_row(n, **EARLY) for n in range(1, 13)]))
    )
    late = save_xlsx(folder / "二.xlsx", 报名=lines_of([signup_row(n, **LATE) for n in range(13, 25)]))
    return first.plan, planned(added=(late,), **options)


def test_nobody_moves_for_money(tmp_path: Path, planned: Planner) -> None:
    """One coach on the last day could take all, but twelve people have a date already."""
    first, second = two_lists(tmp_path, planned)
    change = diff(first, second.plan)
    assert (len(change.new), len(change.moved), len(change.off)) == (12, 0, 0)
    assert len(second.plan.batches) == 2


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
