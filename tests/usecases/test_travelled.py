"""Lists of those who have travelled, and what is owed for it: who paid which ride, totals, children, trains."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.assembly.payments import payments_of
from returnplan.model.payers import Payers
from returnplan.model.plan import RunHeader, WalkUp
from returnplan.usecases.carrier_bill import write_carrier_bill
from returnplan.usecases.travelled import travellers_of, write_free_riders, write_subsidies
from tests.specimens.journeys import TRAIN, its_riders, with_a_train

RUN = RunHeader("a1b2c3d4e5f6", datetime(2021, 2, 20, tzinfo=UTC), "0", None, (), {}, "zh")
PAYERS = Payers.model_validate(
    {
        "shares": [
            {"payer": "county", "parts": ["feeder"]},
            {"payer": "prefecture", "parts": ["train"]},
            {"payer": "employer", "parts": ["shuttle"]},
        ],
        "rest": "office",
    }
)


def test_each_ride_has_its_payers(tmp_path: Path) -> None:
    plan = with_a_train()
    hired = tuple(replace(batch, contract_yuan=batch.cost_yuan) for batch in plan.batches)
    plan = replace(plan, batches=hired)
    riders = [rider for own in its_riders(plan).values() for rider in own if rider.leg == 1]
    walk_up = WalkUp(TRAIN, "路人", "", "", "", "", "")
    people = travellers_of(riders, [walk_up], {batch.id: batch for batch in plan.batches})
    path = write_free_riders(people, payments_of(plan, PAYERS, "人社局"), tmp_path, "zh")
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    payer, person = rows[0].index("付款方(各程)"), rows[0].index("编号")
    said = {row[person]: row[payer] for row in rows[1:]}
    assert len(said) == 11
    assert said[1] == "0223-001 融水苗族自治县；0223-003 柳州市；0223-005 华强电子"
    assert said[6] == "0223-002 兴宾区；0223-003 来宾市；0223-005 华强电子"
    assert said[None] == "柳州市、来宾市"  # of a walk-up the payers of the vehicle are all that is known


def split_at_header(rows: Iterable[Any], first: str) -> tuple[list[Any], list[Any]]:
    """Return the lines of a sheet before the one that begins with a header, and that one with all below it."""
    lines = list(rows)
    at = next(nth for nth, line in enumerate(lines) if line[0] == first)
    return lines[:at], lines[at:]


def test_the_bill_counts_children_and_has_the_trains(tmp_path: Path) -> None:
    """As the order does: 11 heads of which one is a child."""
    plan = with_a_train()
    departed = tuple(replace(batch, state="departed", contract_yuan=1000.4) for batch in plan.batches)
    plan = replace(plan, batches=departed, riders=plan.riders.assign(status="boarded"))
    path = write_carrier_bill(plan, [], tmp_path, RUN)
    _, (headers, *lines) = split_at_header(load_workbook(path).worksheets[0].values, "承运单位")
    rows = [dict(zip(headers, line, strict=True)) for line in lines]
    (train,) = (row for row in rows if row["号车"] == TRAIN)
    assert (train["承运单位"], train["车型、车次"], train["车费(元)"]) == ("铁路", "D4508", 1000.4)
    assert (train["上车人数"], train["其中儿童"]) == (11, 1)
    assert next(row for row in rows if row["承运单位"] == "总计")["车费(元)"] == pytest.approx(
        1000.4 * len(departed)
    )


def test_the_subsidy_list_has_title_totals_and_room_for_village_and_sum(tmp_path: Path) -> None:
    plan = with_a_train()
    riders = [rider for own in its_riders(plan).values() for rider in own if rider.leg == 1]
    people = travellers_of(riders, [], {batch.id: batch for batch in plan.batches})
    path = write_subsidies(people, tmp_path, RUN)
    above, (headers, *lines) = split_at_header(load_workbook(path).worksheets[0].values, "编号")
    words = [str(cell) for line in above for cell in line if cell is not None]
    assert words[0] == "返岗务工人员交通补贴名单"
    assert float(words[words.index("人数合计") + 1]) == 10
    assert any(word.startswith("各乡镇：") and word.endswith("人") for word in words)
    assert {"村(社区)", "补贴金额(元)"} <= set(headers)
    assert sum(isinstance(line[0], int) for line in lines) == 10
