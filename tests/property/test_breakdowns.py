"""Whatever vehicle does not come, the plan that is proposed keeps every rule and disturbs nobody who need not be."""

import time

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from returnplan.audit import audit
from returnplan.edits.breakdown import rescued
from returnplan.edits.fares import with_fares
from returnplan.edits.totals import retotalled
from returnplan.enrolment.destinations import with_full_names
from returnplan.model.law import Law
from returnplan.model.plan import Batch
from tests.property.campaigns import Campaign, Outcome, campaigns, planned
from tests.sweeps import cases


@settings(deadline=None, max_examples=cases(8, of=25))
@given(campaign=campaigns(), which=st.integers(0, 10_000))
def test_a_breakdown_keeps_every_rule_and_moves_nobody_of_another_batch(
    campaign: Campaign, which: int
) -> None:
    outcome = planned(campaign)
    batches = outcome.plan.batches
    assume(batches)
    keeps_every_rule(campaign, outcome, batches[which % len(batches)])


def keeps_every_rule(campaign: Campaign, outcome: Outcome, batch: Batch) -> float:
    """Break down the vehicle of a batch of a planned campaign, and return the CPU seconds of the proposal."""
    plan, rules = outcome.plan, with_full_names(campaign.rules)
    before = time.process_time()
    after = rescued(plan, batch.id, outcome.roster, rules, Law())
    seconds = time.process_time() - before
    bound = plan.summary["lower_bound"]
    # The bound is of the people who are still planned; this test is about the rules.
    after = with_fares(after, plan, outcome.roster)
    after = retotalled(after, outcome.roster, 0.0 if len(after.riders) < len(plan.riders) else bound)
    found = audit(after, outcome.roster, rules, Law())
    assert not [violation for violation in found if violation.severity == "error"]
    then, now = (one.riders.set_index("person")["batch"] for one in (plan, after))
    others = then[then != batch.id]
    assert (now.reindex(others.index) == others).all()
    hours = {one.id: (one.date, one.vehicle, [stop.time for stop in one.stops]) for one in after.batches}
    for one in plan.batches:
        if one.id != batch.id:
            assert hours[one.id] == (one.date, one.vehicle, [stop.time for stop in one.stops])
    return seconds
