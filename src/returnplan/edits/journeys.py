"""Another journey for a batch: stops in another order or fewer of them, another day or hour, or no batch at all."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, time

import numpy as np
import pandas as pd

from returnplan.edits.batches import (
    batch_named,
    legs_km,
    legs_minutes,
    place_lines,
    recounted,
    replaced,
    with_blocks,
)
from returnplan.edits.vehicles import priced
from returnplan.model.errors import UsageError
from returnplan.model.law import Law
from returnplan.model.plan import Batch, Plan, Stop
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.problem.timetable import Halt, Schedule


def rerouted(plan: Plan, batch_id: str, order: Sequence[int], roster: Roster, rules: Rules, law: Law) -> Plan:
    """Return the plan with the stops of a batch in another order.

    Parameters
    ----------
    order : the present ``seq`` of each stop in the order in which it is called at now; a stop that is left out
        is not called at any more and must have no riders

    Raises
    ------
    UsageError : the batch is a train
    """
    batch = batch_named(plan, batch_id)
    if batch.mode == "train":
        raise UsageError(
            Text(
                f"{batch.id} 是列车 {batch.service}，停站由铁路部门决定",
                f"{batch.id} is the train {batch.service}: the railway decides where it stops",
            )
        )
    by_seq = {stop.seq: stop for stop in batch.stops}
    stops = [replace(by_seq[old], seq=new) for new, old in enumerate(order, start=1)]
    new_of = {old: new for new, old in enumerate(order, start=1)}
    changed = replaced(plan, driven(batch, stops, batch.depart.time(), roster, rules, law))
    own = (plan.riders["batch"] == batch_id).to_numpy()
    seqs = {
        column: np.where(own, plan.riders[column].replace(new_of), plan.riders[column])
        for column in ("pickup_seq", "dropoff_seq")
    }
    return recounted(replace(changed, riders=plan.riders.assign(**seqs)), {batch_id})


def driven(batch: Batch, stops: Sequence[Stop], start: time, roster: Roster, rules: Rules, law: Law) -> Batch:
    """Return a coach along these stops, the first of which it leaves at ``start``."""
    lines = place_lines(stops, roster)
    legs = legs_km(lines, batch.date, roster)
    minutes = legs_minutes(lines, batch.date, roster)
    heads = (stop.num_on + stop.num_off for stop in stops)
    halts = list(map(Halt, (0.0, *legs), heads, (0.0, *minutes)))
    timing = Schedule(law).timing(halts, batch.date, start=start)
    timed = tuple(replace(stop, time=at) for stop, at in zip(stops, timing.times, strict=True))
    driven = replace(
        batch,
        stops=timed,
        depart=timing.times[0],
        arrive=timing.times[-1],
        rests=timing.rests,
        num_drivers=max(timing.num_drivers, batch.num_drivers if batch.block else 1),  # its vehicle runs on
        km=round(sum(legs), 3),
    )
    return priced(driven, sum(legs), roster, rules)


def moved_to(
    plan: Plan, batch_id: str, day: date, hour: time, roster: Roster, rules: Rules, law: Law
) -> Plan:
    """Return the plan with a batch leaving on another day or at another hour; the id stays the one people know.

    The number (号车) is kept if no other batch of that day has it, else it is the next free one.

    Raises
    ------
    UsageError : it is a train (:mod:`returnplan.edits.railway_hours`); or another day for a feeder or shuttle, whose
        riders have more rides on its day
    """
    batch = batch_named(plan, batch_id)
    if batch.mode == "train":
        raise UsageError(
            Text(
                f"{batch.id} 是列车 {batch.service}，日期和时刻由铁路部门决定；时刻变了，先改铁路表、重新排车，"
                "再用 change --depart 写新时刻；日期变了，取消后重新排车",
                f"{batch.id} is the train {batch.service}: the railway decides its day and hours; if its hours have "
                "changed, correct the rail sheet, plan, then change --depart with the new hour; if its day has, cancel "
                "it and plan again",
            )
        )
    if batch.kind != "direct" and day != batch.date:
        raise UsageError(
            Text(
                f"{batch.id} 与列车衔接，不能单独改日期；请取消后重新排车",
                f"{batch.id} belongs to a journey by train and cannot change its day alone; cancel it and plan again",
            )
        )
    if day != batch.date:
        taken = {other.number for other in plan.batches if other.date == day}
        number = batch.number if batch.number not in taken else max(taken) + 1
        batch = replace(batch, date=day, number=number)
    batch = driven(batch, batch.stops, hour, roster, rules, law)
    # Mark those riders who travel on a day that they did not name.
    named = roster.people.drop_duplicates("signup").set_index("signup")[["flex_from", "flex_to"]]
    riders = plan.riders.copy()
    own = riders["batch"] == batch.id
    days = named.reindex(riders.loc[own, "signup"])
    departs = pd.Timestamp(batch.date)
    riders.loc[own, "flexed"] = ((departs < days["flex_from"]) | (departs > days["flex_to"])).to_numpy()
    return waved(replace(replaced(plan, batch), riders=riders))


def without_batches(plan: Plan, batch_ids: Collection[str]) -> Plan:
    """Return the plan without batches that have no riders any more.

    Where the first of several runs of one vehicle is gone, the block is called after the next one.
    """
    stay = (batch for batch in plan.batches if batch.id not in batch_ids)
    return waved(replace(plan, batches=with_blocks(stay)))


def emptied(plan: Plan, before: Plan) -> set[str]:
    """Return the ids of batches that had riders before and have none now."""
    return set(before.riders["batch"].unique()) - set(plan.riders["batch"].unique())


def waved(plan: Plan) -> Plan:
    """Return the plan with its waves (批) counted again: the ordinals of the dates."""
    days = sorted({batch.date for batch in plan.batches})
    wave = {day: number for number, day in enumerate(days, start=1)}
    batches = (
        batch if batch.wave == wave[batch.date] else replace(batch, wave=wave[batch.date])
        for batch in plan.batches
    )
    return replace(plan, batches=tuple(batches))
