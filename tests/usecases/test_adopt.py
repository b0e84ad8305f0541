"""plan.xlsx edited by hand: what is found, what is taken in, and what later runs make of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.model.plan import Plan
from returnplan.store import RunLock, Store
from returnplan.usecases.adopt import adopt, verify
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.specimens.sheets import Line, save_xlsx
from tests.usecases.conftest import Editor, Planner, listed

FLEET: list[Line] = [
    ["车型", "乘客座位数", "包车费(元/趟)", "每公里运价"],
    ["39座", 39, 3000, 6],
    ["53座", 53, 3900, 6],
]


@pytest.fixture
def two(tmp_path: Path, planned: Planner) -> Plan:
    """Return seventy people on two coaches to Dongguan."""
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET)
    return planned(listed(tmp_path / "报名.xlsx", *range(1, 71)), tmp_path / "车辆.xlsx").plan


def test_an_unedited_workbook_says_nothing(campaign: Campaign, two: Plan, tmp_path: Path) -> None:
    outcome = verify(campaign, tmp_path / "plan.xlsx")
    assert (outcome.changed, outcome.faults) == ((), ())


def test_a_plan_without_batches_is_consistent(campaign: Campaign, planned: Planner, tmp_path: Path) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21), 取消="是"))
    outcome = verify(campaign, tmp_path / "plan.xlsx")
    assert (outcome.changed, outcome.faults) == ((), ())


def test_a_workbook_in_english_stays_in_english(
    campaign: Campaign, two: Plan, edit: Editor, planned: Planner, tmp_path: Path
) -> None:
    planned(tmp_path / "报名.xlsx", tmp_path / "车辆.xlsx", lang="en")
    fuller, emptier = (batch.id for batch in sorted(two.batches, key=lambda batch: -batch.load))
    row = two.riders["batch"].tolist().index(fuller)
    path = edit("Riders", row, "Batch", emptier)
    assert adopt(campaign, path).is_adopted
    assert "Riders" in load_workbook(path).sheetnames
    assert verify(campaign, path).changed == ()


def test_a_rider_moved_is_pinned(
    campaign: Campaign, two: Plan, edit: Editor, planned: Planner, tmp_path: Path
) -> None:
    fuller, emptier = (batch.id for batch in sorted(two.batches, key=lambda batch: -batch.load))
    row = two.riders["batch"].tolist().index(fuller)
    person = int(two.riders.iloc[row]["person"])
    path = edit("乘车人员", row, "批次编号", emptier)
    assert set(verify(campaign, path).changed) == {fuller, emptier}
    assert adopt(campaign, path).is_adopted
    stored = show(campaign)[1]
    assert stored.riders.set_index("person").loc[person, "batch"] == emptier
    assert [batch.version for batch in stored.batches] == [2, 2]
    later = planned(added=(listed(tmp_path / "增补.xlsx", 71),)).plan
    assert later.riders.set_index("person").loc[person, "batch"] == emptier


def test_a_vehicle_too_small_is_found_with_its_cell(campaign: Campaign, two: Plan, edit: Editor) -> None:
    big = next(at for at, batch in enumerate(two.batches) if batch.load > 30)
    outcome = adopt(campaign, edit("乘车人员", 0, "批次编号", *[two.batches[big].id] * 45))
    assert not outcome.is_adopted
    assert {fault.sheet for fault in outcome.faults} <= {"乘车人员", "批次"}
    assert all(fault.cell for fault in outcome.faults)
    assert show(campaign)[1].batches == two.batches


def test_another_vehicle_and_its_plate(campaign: Campaign, two: Plan, edit: Editor) -> None:
    edit("批次", 0, "车型", "53座")
    assert adopt(campaign, edit("批次", 0, "车牌号", "桂B12345")).is_adopted
    batch = show(campaign)[1].batches[0]
    assert (batch.vehicle, batch.plate, batch.seats) == ("53座", "桂B12345", 53)


def test_what_still_costs_more_than_a_budget_lowered_since_but_less_than_before_is_taken_in(
    campaign: Campaign, two: Plan, edit: Editor
) -> None:
    assert adopt(campaign, edit("批次", 0, "车型", "53座")).is_adopted
    rules = campaign.config.rules.model_copy(update={"budget": 1_000.0})
    poorer = replace(campaign, config=campaign.config.model_copy(update={"rules": rules}))
    assert adopt(poorer, edit("批次", 0, "车型", "39座")).is_adopted
    assert not adopt(poorer, edit("批次", 0, "车型", "53座")).is_adopted


def test_a_vehicle_with_too_few_seats_is_a_fault_of_its_cell(
    campaign: Campaign, planned: Planner, edit: Editor, tmp_path: Path
) -> None:
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=[FLEET[0], *FLEET[1:][::-1]])
    planned(listed(tmp_path / "报名.xlsx", *range(1, 46)), tmp_path / "车辆.xlsx")
    (fault,) = verify(campaign, edit("批次", 0, "车型", "39座")).faults
    assert (fault.cell, fault.message.en) == ("F2", "39座 has 39 seats, 0218-001 needs 45")


def test_a_larger_vehicle_takes_those_who_are_moved_into_it(
    campaign: Campaign, planned: Planner, edit: Editor, tmp_path: Path
) -> None:
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET[:2])
    planned(listed(tmp_path / "报名.xlsx", *range(1, 79)), tmp_path / "车辆.xlsx")
    save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET)
    plan = planned(tmp_path / "报名.xlsx", tmp_path / "车辆.xlsx").plan
    assert [batch.load for batch in plan.batches] == [39, 39]
    edit("批次", 0, "车型", "53座")
    second = plan.riders["batch"].tolist().index(plan.batches[1].id)
    assert adopt(campaign, edit("乘车人员", second, "批次编号", plan.batches[0].id)).is_adopted
    assert [batch.load for batch in show(campaign)[1].batches] == [40, 38]


def test_a_vehicle_that_the_fleet_lacks_is_a_fault_of_its_cell(
    campaign: Campaign, two: Plan, edit: Editor
) -> None:
    (fault,) = verify(campaign, edit("批次", 0, "车型", "45座")).faults
    assert (fault.sheet, fault.cell, fault.value) == ("批次", "F2", "45座")


@pytest.mark.parametrize(
    ("sheet", "column", "value"),
    [("批次", "车牌号", "桂B12345"), ("批次", "车型", "别的车"), ("乘车人员", "批次编号", "")],
)
def test_a_batch_that_has_left_is_edited_no_more(
    campaign: Campaign,
    two: Plan,
    planned: Planner,
    edit: Editor,
    tmp_path: Path,
    sheet: str,
    column: str,
    value: str,
) -> None:
    """It stays as it was, also in the workbook; nor does anybody get off it, or on."""
    first, other = (batch.id for batch in two.batches)
    publish(campaign, Choice(batches=(first,)))
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        store.set_state(show(campaign)[0].id, [first], "departed")
    planned(tmp_path / "报名.xlsx", tmp_path / "车辆.xlsx")
    row = 0 if sheet == "批次" else two.riders["batch"].tolist().index(other)
    outcome = verify(campaign, edit(sheet, row, column, value or first))
    assert outcome.changed == ()
    assert [(fault.code, fault.message.en) for fault in outcome.faults] == [
        ("cannot_be_done", f"{first} has departed")
    ]


def test_a_seat_given_twice_is_found(campaign: Campaign, two: Plan, edit: Editor) -> None:
    seat = int(two.riders.iloc[1]["seat"])
    codes = {fault.code for fault in verify(campaign, edit("乘车人员", 0, "座位", seat)).faults}
    assert codes == {"seat_taken"}


@pytest.mark.parametrize(
    ("sheet", "column", "value", "cell"),
    [("批次", "车型", "45座", "W2"), ("乘车人员", "座位", 99, "AB2"), ("站点", "站序", 2, "J2")],
)
def test_a_fault_names_the_cell_where_its_column_was_moved_to(
    campaign: Campaign, two: Plan, edit: Editor, sheet: str, column: str, value: object, cell: str
) -> None:
    path = edit(sheet, 0, column, value)
    move_to_the_end(path, sheet, column)
    (fault,) = verify(campaign, path).faults
    assert (fault.sheet, fault.cell, fault.value) == (sheet, cell, str(value))
    assert load_workbook(path)[sheet][cell].value == value


def move_to_the_end(path: Path, sheet: str, column: str) -> None:
    """Cut a column and paste it behind the last one, as a person does in Excel."""
    book = load_workbook(path)
    page = book[sheet]
    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    at = lines[0].index(column)
    for number, line in enumerate(lines, start=1):
        for position, value in enumerate([*line[:at], *line[at + 1 :], line[at]], start=1):
            page.cell(number, position).value = value
    book.save(path)


def test_a_workbook_of_before_is_refused(campaign: Campaign, two: Plan, edit: Editor, tmp_path: Path) -> None:
    path = edit("批次", 0, "车牌号", "桂B12345")
    change(campaign, ChangeRequest(two.batches[0].id, tmp_path / "名单", plate="桂B99999"))
    with pytest.raises(InputRefused, match="not of the plan that stands"):
        adopt(campaign, path)


PLACES: list[Line] = [
    ["地点", "纬度", "经度", "所属市", "所属县"],
    ["汽车站", 25.06, 109.25, "柳州市", "融水县"],
    ["汽车站", 25.23, 109.40, "柳州市", "融安县"],
    ["东厂", 23.05, 113.95, "东莞市", ""],
    ["西厂", 22.95, 113.65, "东莞市", ""],
]


@pytest.fixture
def four_stops(tmp_path: Path, planned: Planner) -> Plan:
    """Return twenty people of two counties, each with a bus station called 汽车站, to two gates of Dongguan."""
    save_xlsx(tmp_path / "地点.xlsx", 地点=PLACES)
    of_both = (("融水县", "东厂", range(1, 11)), ("融安县", "西厂", range(11, 21)))
    lists = [
        listed(
            tmp_path / f"{county}.xlsx",
            *serials,
            下车地点=gate,
            上车地点="汽车站",
            **{"户籍县(市、区)": county},
        )
        for county, gate, serials in of_both
    ]
    plan = planned(*lists, tmp_path / "地点.xlsx").plan
    assert [len(batch.stops) for batch in plan.batches] == [4]
    return plan


def stops(plan: Plan) -> list[tuple[str, float]]:
    return [(stop.place, stop.lat) for stop in plan.batches[0].stops]


def test_stops_of_one_name_are_told_apart(campaign: Campaign, four_stops: Plan, tmp_path: Path) -> None:
    assert verify(campaign, tmp_path / "plan.xlsx").changed == ()


@pytest.mark.parametrize("first", [0, 2])
def test_stops_in_another_order_are_taken_over_and_stay(
    campaign: Campaign, four_stops: Plan, edit: Editor, planned: Planner, tmp_path: Path, first: int
) -> None:
    edit("站点", first, "站序", first + 2)
    path = edit("站点", first + 1, "站序", first + 1)
    outcome = adopt(campaign, path)
    assert (outcome.is_adopted, outcome.faults) == (True, ())
    turned = stops(four_stops)
    turned[first : first + 2] = reversed(turned[first : first + 2])
    stored = show(campaign)[1]
    assert stops(stored) == turned
    assert stored.batches[0].km > four_stops.batches[0].km
    later = planned(added=(listed(tmp_path / "增补.xlsx", *range(31, 51)),)).plan
    assert stops(later) == turned


def test_a_workbook_taken_in_can_be_edited_again(
    campaign: Campaign, four_stops: Plan, edit: Editor, tmp_path: Path
) -> None:
    edit("站点", 2, "站序", 4)
    assert adopt(campaign, edit("站点", 3, "站序", 3)).is_adopted
    assert verify(campaign, tmp_path / "plan.xlsx").changed == ()
    assert adopt(campaign, edit("批次", 0, "车牌号", "桂B12345")).is_adopted
    assert [batch.version for batch in show(campaign)[1].batches] == [3]


def test_alighting_before_boarding_is_found_with_its_cell(
    campaign: Campaign, four_stops: Plan, edit: Editor
) -> None:
    edit("站点", 0, "站序", 4)
    outcome = adopt(campaign, edit("站点", 3, "站序", 1))
    assert not outcome.is_adopted
    assert {(fault.sheet, fault.cell, fault.value) for fault in outcome.faults} == {("站点", "B5", "1")}
    assert stops(show(campaign)[1]) == stops(four_stops)


def test_two_stops_under_one_number_are_found_with_their_cell(
    campaign: Campaign, four_stops: Plan, edit: Editor
) -> None:
    (fault,) = verify(campaign, edit("站点", 3, "站序", 3)).faults
    assert (fault.sheet, fault.cell, fault.code) == ("站点", "B4", "cannot_be_done")


def test_a_deleted_row_is_no_cancellation(campaign: Campaign, two: Plan, tmp_path: Path) -> None:
    book = load_workbook(tmp_path / "plan.xlsx")
    book["乘车人员"].delete_rows(2)
    book.save(tmp_path / "plan.xlsx")
    outcome = verify(campaign, tmp_path / "plan.xlsx")
    assert outcome.changed == ()
    assert [str(two.riders.iloc[0]["person"]) in note.zh for note in outcome.notes] == [True]


def test_a_plan_workbook_of_before_a_change_is_written_anew(
    campaign: Campaign, two: Plan, planned: Planner, tmp_path: Path
) -> None:
    before = (tmp_path / "plan.xlsx").read_bytes()
    change(campaign, ChangeRequest(two.batches[0].id, tmp_path / "名单", plate="桂B99999"))
    files = tmp_path / "报名.xlsx", tmp_path / "车辆.xlsx"
    assert not planned(*files).is_new
    assert load_workbook(tmp_path / "plan.xlsx")["批次"]["G2"].value == "桂B99999"
    after = (tmp_path / "plan.xlsx").read_bytes()
    planned(*files)
    assert before != after == (tmp_path / "plan.xlsx").read_bytes()
