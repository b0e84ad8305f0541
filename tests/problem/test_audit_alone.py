"""What a change of plates and drivers can break is found by looking at its batch alone, of any plan, sound or not."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returnplan.assembly.assemble import Vehicle, assemble, in_reading_order
from returnplan.audit import Violation, audit, audit_alone
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem.build import build_problem
from returnplan.problem.draft import Draft
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
    drafts = [Draft((vehicle.leg,)) for vehicle in in_reading_order(drawn, roster)]
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


def part_of(plan: Plan, batch: str) -> Plan:
    """Return the plan as it is loaded for such a change: of the people the riders of one batch."""
    return replace(
        plan,
        riders=plan.riders[plan.riders["batch"] == batch],
        unplanned=plan.unplanned.iloc[:0],
        matches=plan.matches.iloc[:0],
    )


def news(before: Sequence[Violation], after: Sequence[Violation]) -> set[Violation]:
    """Return what is broken after a change and was not before."""
    return set(after) - set(before)


@settings(max_examples=cases(15, of=200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offices(), st.data())
def test_a_look_at_the_batch_finds_all_that_new_names_break(
    office: tuple[Roster, Rules], data: st.DataObject
) -> None:
    roster, rules = office
    plan = data.draw(plans(roster, rules))
    if not plan.batches:
        return
    at = data.draw(st.integers(0, len(plan.batches) - 1))
    batch = plan.batches[at].id
    before = named(plan, at, data.draw(PLATES), data.draw(CREWS))
    after = named(before, at, data.draw(PLATES), data.draw(CREWS))
    whole = [audit(one, roster, rules, LAW, {batch}) for one in (before, after)]
    alone = [audit_alone(part_of(one, batch), roster, rules, LAW, {batch}) for one in (before, after)]
    assert news(*alone) == news(*whole)
    assert set(alone[1]) <= set(whole[1])


def test_too_few_names_are_found_alone() -> None:
    """The one rule that such a change can break, so that the comparison above compares something."""
    case = two_batches().with_batch(0, num_drivers=2, drivers=("王一 13800000001",))
    batch = case.plan.batches[0].id
    found = audit_alone(part_of(case.plan, batch), case.roster, case.rules, case.law, {batch})
    assert [one.code for one in found] == ["too_few_drivers"]
