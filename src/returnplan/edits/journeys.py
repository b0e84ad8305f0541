"""Another journey for a batch: stops in another order or fewer of them, another day or hour, or no batch at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import numpy as np
import pandas as pd

from returnplan.edits.batches import batch_named, legs_km, place_lines, recounted, replaced
from returnplan.edits.vehicles import priced
from returnplan.model.law import Law
from returnplan.model.plan import Batch, Plan, Stop
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem.timetable import Halt, Schedule


def rerouted(plan: Plan, batch_id: str, order: Sequence[int], roster: Roster, rules: Rules, law: Law) -> Plan:
    """Return the plan with the stops of a batch in another order.

    Parameters
    ----------
    order : the present ``seq`` of each stop in the order in which it is called at now; a stop that is left out
        is not called at any more and must have no riders
    """
    batch = batch_named(plan, batch_id)
    by_seq = {stop.seq: stop for stop in batch.stops}
    stops = [replace(by_seq[old], seq=new) for new, old in enumerate(order, start=1)]
    new_of = {old: new for new, old in enumerate(order, start=1)}
    changed = replaced(plan, _driven(batch, stops, batch.depart.time(), roster, rules, law))
    own = (plan.riders["batch"] == batch_id).to_numpy()
    seqs = {
        column: np.where(own, plan.riders[column].replace(new_of), plan.riders[column])
        for column in ("pickup_seq", "dropoff_seq")
    }
    return recounted(replace(changed, riders=plan.riders.assign(**seqs)), {batch_id})


def _driven(
    batch: Batch, stops: Sequence[Stop], start: time, roster: Roster, rules: Rules, law: Law
) -> Batch:
    """Return the batch along these stops, the first of which it leaves at ``start``."""
    legs = legs_km(place_lines(stops, roster), batch.date, roster)
    heads = (stop.num_on + stop.num_off for stop in stops)
    timing = Schedule(law).timing(list(map(Halt, (0.0, *legs), heads)), batch.date, start=start)
    timed = tuple(replace(stop, time=at) for stop, at in zip(stops, timing.times, strict=True))
    driven = replace(
        batch,
        stops=timed,
        depart=timing.times[0],
        arrive=timing.times[-1],
        rests=timing.rests,
        num_drivers=timing.num_drivers,
        km=round(sum(legs), 3),
    )
    return priced(driven, sum(legs), roster, rules)


def moved_to(
    plan: Plan, batch_id: str, day: date, hour: time, roster: Roster, rules: Rules, law: Law
) -> Plan:
    """Return the plan with a batch leaving on another day or at another hour; the id stays the one people know.

    The number (号车) is kept if no other batch of that day has it, else it is the next free one.
    """
    batch = batch_named(plan, batch_id)
    if day != batch.date:
        taken = {other.number for other in plan.batches if other.date == day}
        number = batch.number if batch.number not in taken else max(taken) + 1
        batch = replace(batch, date=day, number=number)
    batch = _driven(batch, batch.stops, hour, roster, rules, law)
    # Mark those riders who travel on a day that they did not name.
    named = roster.people.drop_duplicates("signup").set_index("signup")[["flex_from", "flex_to"]]
    riders = plan.riders.copy()
    own = riders["batch"] == batch.id
    days = named.reindex(riders.loc[own, "signup"])
    departs = pd.Timestamp(batch.date)
    riders.loc[own, "flexed"] = ((departs < days["flex_from"]) | (departs > days["flex_to"])).to_numpy()
    return waved(replace(replaced(plan, batch), riders=riders))


def without_batch(plan: Plan, batch_id: str) -> Plan:
    """Return the plan without a batch that has no riders any more."""
    return waved(replace(plan, batches=tuple(batch for batch in plan.batches if batch.id != batch_id)))


def waved(plan: Plan) -> Plan:
    """Return the plan with its waves (批) counted again: the ordinals of the dates."""
    days = sorted({batch.date for batch in plan.batches})
    wave = {day: number for number, day in enumerate(days, start=1)}
    return replace(plan, batches=tuple(replace(batch, wave=wave[batch.date]) for batch in plan.batches))
