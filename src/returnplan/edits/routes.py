"""Stops in another order, or fewer of them: km, hours and cost follow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

import numpy as np
import pandas as pd

from returnplan.assembly.hours import stop_times
from returnplan.edits.counts import recounted, replaced
from returnplan.edits.lookup import batch_named, legs_km, place_lines
from returnplan.edits.vehicles import cost_yuan
from returnplan.model.plan import Batch, Plan, Stop
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules, Timetable


def rerouted(
    plan: Plan, batch_id: str, order: Sequence[int], roster: Roster, rules: Rules, timetable: Timetable
) -> Plan:
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
    changed = replaced(plan, driven(batch, stops, roster, rules, timetable))
    return recounted(replace(changed, riders=_renumbered(plan.riders, batch_id, new_of)), {batch_id})


def driven(batch: Batch, stops: Sequence[Stop], roster: Roster, rules: Rules, timetable: Timetable) -> Batch:
    """Return the batch along these stops, which it leaves for at its own hour."""
    legs = legs_km(place_lines(stops, roster), batch.date, roster)
    start = timetable.model_copy(update={"start": f"{batch.depart:%H:%M}"})
    times = stop_times(batch.date, legs, start)
    timed = tuple(replace(stop, time=at) for stop, at in zip(stops, times, strict=True))
    km = sum(legs)
    return replace(
        batch,
        stops=timed,
        depart=times[0],
        arrive=times[-1],
        km=round(km, 3),
        cost_yuan=cost_yuan(batch, km, len(timed), roster, rules),
    )


def leaving_at(batch: Batch, hour: time) -> Batch:
    """Return the batch with all its hours shifted."""
    shift = batch.depart.replace(hour=hour.hour, minute=hour.minute) - batch.depart
    stops = tuple(replace(stop, time=stop.time + shift) for stop in batch.stops)
    return replace(batch, stops=stops, depart=batch.depart + shift, arrive=batch.arrive + shift)


def _renumbered(riders: pd.DataFrame, batch_id: str, new_of: dict[int, int]) -> pd.DataFrame:
    riders = riders.copy()
    own = (riders["batch"] == batch_id).to_numpy()
    for column in ("pickup_seq", "dropoff_seq"):
        riders[column] = np.where(own, riders[column].replace(new_of), riders[column])
    return riders
