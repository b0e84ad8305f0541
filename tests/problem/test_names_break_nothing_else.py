"""New plates and drivers break no promise but that enough drivers are named, whatever the plan, sound or not."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returnplan.assembly.assemble import Vehicle, assemble, in_reading_order
from returnplan.audit import audit
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem.build import build_problem
from returnplan.problem.draft import Draft
from returnplan.usecases.drivers import lacks_drivers
from tests.assembly.campaigns import LAW
from tests.problem.test_audit_agrees import drafts_for, offices
from tests.specimens.two_batches import two_batches
from tests.sweeps import cases

PLATES = st.sampled_from(["", "桂B12345", "桂R00001"])
CREWS = st.lists(st.sampled_from(["王一 13800000001", "李二 13800000002"]), max_size=2, unique=True)


@st.composite
def plans(draw: st.DrawFn, roster: Roster, rules: Rules) -> Plan:
    """Return any plan for a roster, some batches published; many break rules, and a batch may hide a rider."""
    problem, travellers = build_problem(roster, rules, LAW)
    drawn = [Vehicle(draft.leg, problem, travellers) for draft in draw(drafts_for(problem))]
    drafts = [Draft(vehicle.leg) for vehicle in in_reading_order(drawn, roster)]
    numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
    plan = assemble(roster, problem, travellers, drafts, numbers)
    batches = (replace(batch, state=draw(st.sampled_from(["draft", "published"]))) for batch in plan.batches)
    seats = plan.riders["seat"].where(plan.riders["seat"] != draw(st.integers(0, 3)), 1)
    return replace(plan, batches=tuple(batches), riders=plan.riders.assign(seat=seats))


def named(plan: Plan, at: int, plate: str, drivers: Sequence[str]) -> Plan:
    """Return the plan with another plate and other drivers on one batch."""
    batches = list(plan.batches)
    batches[at] = replace(batches[at], plate=plate, drivers=tuple(drivers), version=batches[at].version + 1)
    return replace(plan, batches=tuple(batches))


@settings(max_examples=cases(15, of=200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offices(), st.data())
def test_new_names_break_one_promise_at_most(office: tuple[Roster, Rules], data: st.DataObject) -> None:
    roster, rules = office
    plan = data.draw(plans(roster, rules))
    if not plan.batches:
        return
    at = data.draw(st.integers(0, len(plan.batches) - 1))
    before = named(plan, at, data.draw(PLATES), data.draw(CREWS))
    after = named(before, at, data.draw(PLATES), data.draw(CREWS))
    news = set(audit(after, roster, rules, LAW)) - set(audit(before, roster, rules, LAW))
    assert {(one.code, one.batch) for one in news} <= {("too_few_drivers", plan.batches[at].id)}
    assert not news or lacks_drivers(after.batches[at])


def test_a_driver_too_few_is_that_promise() -> None:
    """So that the comparison above compares something."""
    case = two_batches().with_batch(0, num_drivers=2, drivers=("王一 13800000001",))
    batch = case.plan.batches[0]
    found = audit(case.plan, case.roster, case.rules, case.law, {batch.id})
    assert [(one.code, one.batch) for one in found] == [("too_few_drivers", batch.id)]
    assert lacks_drivers(batch)
