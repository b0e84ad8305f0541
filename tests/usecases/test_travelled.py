"""免费乘车名单 names who paid for each ride of a person: their own payers, not those of others on the vehicle."""

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from returnplan.assembly.payments import payments_of
from returnplan.model.payers import Payers
from returnplan.model.plan import WalkUp
from returnplan.usecases.travelled import travellers_of, write_free_riders
from tests.specimens.journeys import TRAIN, its_riders, with_a_train

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
