"""plan.xlsx edited by hand: what is found, what is taken in, and what later runs make of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.errors import InputRefused
from returnplan.pipeline.adopting import adopt, verify
from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.changing import ChangeRequest, change
from returnplan.pipeline.stored import load_plan
from returnplan.plan import Plan
from tests.pipeline.conftest import Planner, listed
from tests.specimens.sheets import save_xlsx

FLEET = [
    ["车型", "乘客座位数", "包车费(元/趟)", "每公里运价"],
    ["39座", 39, 3000, 6],
    ["53座", 53, 3900, 6],
]


@pytest.fixture
def two(tmp_path: Path, planned: Planner) -> Plan:
    """Return seventy people on two coaches to Dongguan."""
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET)
    return planned(listed(tmp_path / "报名.xlsx", *range(1, 71)), tmp_path / "车辆.xlsx").plan


Editor = Callable[[str, int, str, Any], Path]


@pytest.fixture
def edit(tmp_path: Path) -> Editor:
    """Return a function that writes a value into plan.xlsx: sheet, row from 0 below the header, column."""

    def write(sheet: str, row: int, column: str, value: Any) -> Path:
        path = tmp_path / "plan.xlsx"
        book = load_workbook(path)
        page = book[sheet]
        header = next(cell for line in page.iter_rows() for cell in line if cell.value == column)
        page.cell(header.row + 1 + row, header.column, value)
        book.save(path)
        return path

    return write


def test_an_unedited_workbook_says_nothing(campaign: Campaign, two: Plan, tmp_path: Path) -> None:
    outcome = verify(campaign, tmp_path / "plan.xlsx")
    assert (outcome.changed, outcome.faults) == ((), ())


def test_a_rider_moved_is_pinned(
    campaign: Campaign, two: Plan, edit: Editor, planned: Planner, tmp_path: Path
) -> None:
    fuller, emptier = (batch.id for batch in sorted(two.batches, key=lambda batch: -batch.load))
    row = two.riders["batch"].tolist().index(fuller)
    person = int(two.riders.iloc[row]["person"])
    path = edit("乘车人员", row, "批次编号", emptier)
    assert set(verify(campaign, path).changed) == {fuller, emptier}
    assert adopt(campaign, path).is_adopted
    stored = load_plan(campaign)[1]
    assert stored.riders.set_index("person").loc[person, "batch"] == emptier
    assert [batch.version for batch in stored.batches] == [2, 2]
    later = planned(added=(listed(tmp_path / "增补.xlsx", 71),)).plan
    assert later.riders.set_index("person").loc[person, "batch"] == emptier


def test_a_vehicle_too_small_is_found_with_its_cell(campaign: Campaign, two: Plan, edit: Editor) -> None:
    big = next(at for at, batch in enumerate(two.batches) if batch.load > 30)
    path = edit("乘车人员", 0, "批次编号", two.batches[big].id)
    for row in range(1, 45):
        path = edit("乘车人员", row, "批次编号", two.batches[big].id)
    outcome = adopt(campaign, path)
    assert not outcome.is_adopted
    assert {fault.sheet for fault in outcome.faults} <= {"乘车人员", "批次"}
    assert all(fault.cell for fault in outcome.faults)
    assert load_plan(campaign)[1].batches == two.batches


def test_another_vehicle_and_its_plate(campaign: Campaign, two: Plan, edit: Editor) -> None:
    edit("批次", 0, "车型", "53座")
    assert adopt(campaign, edit("批次", 0, "车牌号", "桂B12345")).is_adopted
    batch = load_plan(campaign)[1].batches[0]
    assert (batch.vehicle, batch.plate, batch.seats) == ("53座", "桂B12345", 53)


def test_a_vehicle_that_the_fleet_lacks_is_a_fault_of_its_cell(
    campaign: Campaign, two: Plan, edit: Editor
) -> None:
    (fault,) = verify(campaign, edit("批次", 0, "车型", "45座")).faults
    assert (fault.sheet, fault.cell, fault.value) == ("批次", "F2", "45座")


def test_a_seat_given_twice_is_found(campaign: Campaign, two: Plan, edit: Editor) -> None:
    seat = int(two.riders.iloc[1]["seat"])
    codes = {fault.code for fault in verify(campaign, edit("乘车人员", 0, "座位", seat)).faults}
    assert codes == {"seat_taken"}


def test_a_workbook_of_before_is_refused(campaign: Campaign, two: Plan, edit: Editor, tmp_path: Path) -> None:
    path = edit("批次", 0, "车牌号", "桂B12345")
    change(campaign, ChangeRequest(two.batches[0].id, tmp_path / "名单", plate="桂B99999"))
    with pytest.raises(InputRefused, match="not of the plan that stands"):
        adopt(campaign, path)
