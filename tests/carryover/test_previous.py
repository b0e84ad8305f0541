"""A batch keeps its number from run to run, and its version grows when its papers change."""

from dataclasses import replace

import pytest

from returnplan.carryover import succeeding
from returnplan.model.plan import Plan
from tests.specimens.two_batches import two_batches

NONE_KEPT: frozenset[str] = frozenset()


@pytest.fixture
def old() -> Plan:
    plan = two_batches().plan
    first = replace(plan.batches[0], plate="桂B12345", drivers=("覃师傅 13800001111",), version=3)
    riders = plan.riders.assign(journey=plan.riders["batch"])  # as every plan has it
    return replace(plan, batches=(first, plan.batches[1]), riders=riders)


def renamed(plan: Plan, **changes: object) -> Plan:
    """Return the plan with the first batch under another id, as a new run made it."""
    first = replace(plan.batches[0], id="0222-9", number=9, version=1, plate="", drivers=(), **changes)  # type: ignore[arg-type]
    names = plan.riders["batch"].replace({plan.batches[0].id: "0222-9"})
    riders = plan.riders.assign(batch=names, journey=names)
    return replace(plan, batches=(first, plan.batches[1]), riders=riders)


def test_the_batch_of_the_same_riders_keeps_number_plate_drivers_and_version(old: Plan) -> None:
    batch = succeeding(renamed(old), old, NONE_KEPT).batches[0]
    assert (batch.id, batch.plate, batch.drivers) == ("0222-1", "桂B12345", ("覃师傅 13800001111",))
    assert batch.version == 3


def test_what_the_papers_show_has_changed_so_there_is_a_next_version(old: Plan) -> None:
    assert succeeding(renamed(old, km=601.0), old, NONE_KEPT).batches[0].version == 4


def test_another_vehicle_has_another_plate(old: Plan) -> None:
    assert succeeding(renamed(old, vehicle="53座"), old, NONE_KEPT).batches[0].plate == ""


def test_a_batch_that_was_called_off_does_not_come_back_under_its_number(old: Plan) -> None:
    new = renamed(old)
    others = new.riders.assign(person=new.riders["person"] + 100)
    batch = succeeding(replace(new, riders=others), old, NONE_KEPT, {"0222-001"}).batches[0]
    assert (batch.id, batch.number) == ("0222-002", 2)


def test_a_batch_of_other_people_takes_a_free_number_of_its_date(old: Plan) -> None:
    new = renamed(old)
    others = new.riders.assign(person=new.riders["person"] + 100)
    batch = succeeding(replace(new, riders=others), old, NONE_KEPT).batches[0]
    assert (batch.id, batch.number, batch.version) == ("0222-001", 1, 1)
