"""The main job on the examples: a plan, its workbook, the papers, and everybody accounted for."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.e2e.program import call, run

ID_OR_PHONE = re.compile(r"\d{17}[\dX]|(?<!\d)1[3-9]\d{9}(?!\d)")


@pytest.fixture(scope="module")
def answer(gangnan: Path) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(call(gangnan, "show", "--json").stdout)
    return shown


def test_three_hundred_and_thirty_people_travel(answer: dict[str, Any]) -> None:
    """The three rows beside them: one mistyped ID, one city that is none, one person sent in twice."""
    assert answer["summary"]["planned"] == 330
    assert {person["code"] for person in answer["unplanned"]} == {"faulty_row"}
    assert len(answer["unplanned"]) == 2
    assert {batch["city"] for batch in answer["batches"]} == {"深圳市", "东莞市", "佛山市", "中山市"}


def test_every_row_is_a_rider_or_unplanned_once(answer: dict[str, Any]) -> None:
    riders = [rider["signup"] for batch in answer["batches"] for rider in batch["riders"]]
    rows = Counter(riders + [person["signup"] for person in answer["unplanned"]])
    assert set(rows.values()) == {1}
    assert sum(rows.values()) == 332


def test_summary_counts_what_the_batches_hold(answer: dict[str, Any]) -> None:
    summary, batches = answer["summary"], answer["batches"]
    assert summary["batches"] == len(batches) == sum(summary["vehicles"].values())
    assert summary["planned"] == sum(batch["load"] for batch in batches)
    assert summary["cost"] == pytest.approx(sum(batch["cost"] for batch in batches), abs=0.01 * len(batches))
    assert summary["lower_bound"] <= summary["cost"]


def test_papers_are_one_workbook_a_batch_with_three_sheets(gangnan: Path, answer: dict[str, Any]) -> None:
    papers = sorted((gangnan / "manifests").rglob("*.xlsx"))
    assert len(papers) == sum("东莞市" in batch["cities"] for batch in answer["batches"])
    sheets = load_workbook(papers[0]).worksheets
    assert [sheet.title for sheet in sheets[:2]] == ["随车名单", "车门名单"]
    assert {sheet["A1"].value for sheet in sheets[2:]} == {"人员交接签收单", "车长页"}


def test_plan_workbook_opens(gangnan: Path) -> None:
    assert len(load_workbook(gangnan / "plan.xlsx").sheetnames) >= 8


@pytest.mark.parametrize(
    "command",
    [
        ["show", form]
        for form in ("batches", "riders", "unplanned", "employers", "days", "origins", "flows", "runs")
    ]
    + [["show", "--json"], ["check", "报名", "资料"], ["check", "报名", "资料", "--json"]],
    ids=" ".join,
)
def test_nothing_personal_on_screen(command: list[str], gangnan: Path) -> None:
    done = call(gangnan, *command)
    assert ID_OR_PHONE.findall(done.stdout + done.stderr) == []


def test_minimal_list_needs_nothing_else(empty: Path) -> None:
    run(empty, "plan", "signups.xlsx")
    run(empty, "manifest", "--city", "Dongguan")
    assert list((empty / "manifests").rglob("*.xlsx"))
