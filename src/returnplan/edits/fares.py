"""What trains cost when the seats taken on them have changed."""

from collections.abc import Mapping
from dataclasses import replace

from returnplan.model.plan import Plan
from returnplan.model.roster import Roster


def with_fares(plan: Plan, before: Plan, roster: Roster) -> Plan:
    """Return the plan with what more or fewer seats on a train cost than before, by the rail sheet of now.

    A train whose seats are as they were costs what it did, whatever the sheet says by now; so does one that no sheet
    names.
    """
    services = {(one.name, one.day, one.product): one for one in roster.rail}
    seats, seats_before = _seats_taken(plan), _seats_taken(before)
    cost_before = {batch.id: batch.cost_yuan for batch in before.batches}
    batches = []
    for batch in plan.batches:
        service = batch.product and services.get((batch.service, batch.date, batch.product))
        if service:
            yuan = service.cost_yuan(seats.get(batch.id, 0))
            if batch.id in cost_before:
                yuan += cost_before[batch.id] - service.cost_yuan(seats_before.get(batch.id, 0))
            batch = replace(batch, cost_yuan=round(yuan, 2), contract_yuan=round(yuan, 2))
        batches.append(batch)
    return replace(plan, batches=tuple(batches))


def _seats_taken(plan: Plan) -> Mapping[str, int]:
    """Return the seats that riders of each batch take, with those of their children."""
    riders = plan.riders
    seats = (1 + riders["child_seats"].map(len)).groupby(riders["batch"]).sum()
    return dict(zip(seats.index.tolist(), seats.tolist(), strict=True))
