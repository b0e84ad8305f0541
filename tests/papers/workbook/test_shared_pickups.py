"""The plan's page names batches that call at the same two pick-ups, and what stands against parting them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.model.plan import Batch, Plan, Rider
from returnplan.model.texts import Text
from returnplan.papers.workbook import write_plan_workbook
from returnplan.papers.workbook.shared_pickups import DROPOFFS, LIMITS, PARTIES, TOLD, shared_pickups
from tests.specimens.coach import make_batch, make_riders
from tests.specimens.plans import frame, make_header, make_plan

ONE, OTHER = "0223-01", "0223-02"


def twins(riders: dict[str, Any] | None = None, batch: dict[str, Any] | None = None) -> Plan:
    """Return a plan with two coaches along the same stops; the second one's riders and batch may differ."""
    base = [replace(rider, batch=ONE, party="", child_seats=()) for rider in make_riders(20)]
    second = [replace(rider, batch=OTHER, **(riders or {})) for rider in base]
    first = replace(make_batch(base), id=ONE, state="draft")
    twin: Batch = replace(replace(first, id=OTHER), **(batch or {}))
    return replace(make_plan(), batches=(first, twin), riders=frame(Rider, [*base, *second]))


def elsewhere(batch: Batch) -> tuple[Any, ...]:
    """Return the stops of the batch with other drop-offs."""
    return tuple(
        replace(stop, place=f"{stop.place}后门") if stop.kind == "dropoff" else stop for stop in batch.stops
    )


def reasons(plan: Plan) -> list[Text]:
    return [pair.reason for pair in shared_pickups(plan)]


@pytest.mark.parametrize(
    ("riders", "batch", "reason"),
    [
        ({}, {}, LIMITS),
        ({"party": "组1"}, {}, PARTIES),
        ({"child_seats": (40,)}, {}, PARTIES),
        ({}, {"state": "published"}, TOLD),
        ({"party": "组1"}, {"stops": elsewhere(make_batch(make_riders(20)))}, DROPOFFS),
    ],
)
def test_a_pair_is_named_with_its_reason(riders: dict[str, Any], batch: dict[str, Any], reason: Text) -> None:
    assert reasons(twins(riders, batch)) == [reason]


@pytest.mark.parametrize("batch", [{"date": date(2021, 2, 25)}, {"vehicle": "37座大巴"}, {"base": "南宁市"}])
def test_coaches_of_two_days_types_or_bases_are_no_pair(batch: dict[str, Any]) -> None:
    assert reasons(twins(batch=batch)) == []


def test_the_first_page_says_it(tmp_path: Path) -> None:
    path = write_plan_workbook(twins(), make_header(), tmp_path / "plan.xlsx", lang="zh")
    words = [cell for row in load_workbook(path)["汇总"].iter_rows(values_only=True) for cell in row]
    (sentence,) = (word for word in words if isinstance(word, str) and word.startswith(ONE))
    assert OTHER in sentence
    assert LIMITS.zh in sentence
