"""A batch on another day or at another hour, or not at all."""

from collections import Counter
from dataclasses import replace
from datetime import date, time

import pandas as pd

from returnplan.edits.counts import replaced
from returnplan.edits.lookup import batch_named
from returnplan.edits.routes import driven, leaving_at
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules, Timetable


def moved_to(
    plan: Plan, batch_id: str, day: date, hour: time, roster: Roster, rules: Rules, timetable: Timetable
) -> Plan:
    """Return the plan with a batch leaving on another day or at another hour; the id stays the one people know.

    The number (号车) is kept if no other batch of that day has it, else it is the next free one.
    """
    batch = batch_named(plan, batch_id)
    if day != batch.date:
        number = _free_number(plan, batch, day)
        batch = replace(
            batch,
            date=day,
            number=number,
            depart=batch.depart.replace(year=day.year, month=day.month, day=day.day),
        )
        batch = driven(batch, batch.stops, roster, rules, timetable)
    changed = replaced(plan, leaving_at(batch, hour))
    return waved(replace(changed, riders=_flexed(plan.riders, batch, roster)))


def without_batch(plan: Plan, batch_id: str) -> Plan:
    """Return the plan without a batch that has no riders any more."""
    return waved(replace(plan, batches=tuple(batch for batch in plan.batches if batch.id != batch_id)))


def waved(plan: Plan) -> Plan:
    """Return the plan with its waves (批) counted anew: the ordinals of the dates."""
    days = sorted({batch.date for batch in plan.batches})
    wave = {day: number for number, day in enumerate(days, start=1)}
    return replace(plan, batches=tuple(replace(batch, wave=wave[batch.date]) for batch in plan.batches))


def _free_number(plan: Plan, batch: Batch, day: date) -> int:
    taken = Counter(other.number for other in plan.batches if other.date == day)
    return batch.number if batch.number not in taken else max(taken) + 1


def _flexed(riders: pd.DataFrame, batch: Batch, roster: Roster) -> pd.DataFrame:
    """Return the riders with those of the batch marked who travel on a day that they did not name."""
    named = roster.people.drop_duplicates("signup").set_index("signup")[["flex_from", "flex_to"]]
    own = riders["batch"] == batch.id
    days = named.reindex(riders.loc[own, "signup"])
    day = pd.Timestamp(batch.date)
    riders = riders.copy()
    riders.loc[own, "flexed"] = ((day < days["flex_from"]) | (day > days["flex_to"])).to_numpy()
    return riders
