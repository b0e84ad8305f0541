"""A train that the railway moved, with its feeders and shuttles, at the hours of the rail sheet."""

from dataclasses import replace
from datetime import time, timedelta

from returnplan.edits.batches import batch_named, replaced
from returnplan.edits.journeys import driven
from returnplan.model.errors import UsageError
from returnplan.model.law import Law
from returnplan.model.moved_trains import hours_now, service_of
from returnplan.model.plan import CONNECTING, Batch, Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text

_MOST_TRIES = 5
"""Of an hour of departure at which a feeder comes in time: by night it drives more slowly."""


def at_railway_hours(plan: Plan, train_id: str, hour: time, roster: Roster, rules: Rules, law: Law) -> Plan:
    """Return the plan with a train at the hours of the rail sheet; feeders and shuttles leave as much earlier or later.

    A feeder of two trains is moved as the one of them that leaves it less time.

    Parameters
    ----------
    hour : at which the train leaves its first stop by the rail sheet; who names it has read the sheet

    Raises
    ------
    UsageError : the rail sheet says another hour, or has the train, or one of its stops, no more; or a feeder or
        shuttle would leave on another day
    """
    train = batch_named(plan, train_id)
    service = service_of(train, roster)
    hours = hours_now(train, service, roster) if service else []
    stops = tuple(
        replace(stop, time=now) for stop, now in zip(train.stops, hours, strict=False) if now is not None
    )
    if len(stops) < len(train.stops):
        raise UsageError(
            Text(
                f"铁路表里没有 {train.service}，或它不再停 {train.id} 的某一站，不能改点；请取消后重新排车",
                f"the rail sheet does not have {train.service}, or it calls no more at a stop of {train.id}; cancel it "
                "and plan again",
            )
        )
    if stops[0].time.time() != hour:
        raise UsageError(
            Text(
                f"{train.id} 是列车 {train.service}，时刻由铁路部门决定：铁路表是 {stops[0].time:%H:%M}。"
                "时刻变了，先改铁路表、重新排车，再用 --depart 写新时刻",
                f"{train.id} is the train {train.service}, and the railway decides its hours: the rail sheet says "
                f"{stops[0].time:%H:%M}. If they have changed, correct the sheet and plan, then give the new hour",
            )
        )
    moved = replace(train, stops=stops, depart=stops[0].time, arrive=stops[-1].time)
    after = replaced(plan, moved)
    for batch, by in _connecting(after, train, moved):
        after = replaced(after, _shifted(batch, by, roster, rules, law))
    return after


def _connecting(plan: Plan, train: Batch, moved: Batch) -> list[tuple[Batch, timedelta]]:
    """Return the feeders and shuttles of a train, and by how much each of them has to leave later."""
    rides = plan.riders.sort_values(["person", "leg"], kind="stable")
    before = {stop.seq: stop.time for stop in train.stops}
    later = {stop.seq: stop.time - before[stop.seq] for stop in moved.stops}
    own = rides[rides["batch"] == train.id].set_index("person")
    found = []
    for batch in plan.batches:
        if batch.kind not in CONNECTING:
            continue
        people = rides[rides["batch"] == batch.id]
        with_it = people[people["journey"] == train.id]
        if with_it.empty:
            continue
        column = "pickup_seq" if batch.kind == "feeder" else "dropoff_seq"
        shifts = [later[seq] for seq in own.loc[with_it["person"], column].unique().tolist()]
        if len(with_it) < len(people):  # the others take a train that was not moved
            shifts.append(timedelta())
        by = min(shifts) if batch.kind == "feeder" else max(shifts)
        if by:
            found.append((batch, by))
    return found


def _shifted(batch: Batch, by: timedelta, roster: Roster, rules: Rules, law: Law) -> Batch:
    """Return a feeder or shuttle that leaves so much later (or earlier), a feeder early enough to come in time.

    Raises
    ------
    UsageError : it would leave on another day
    """
    leaves, due = batch.depart + by, [stop.time + by for stop in batch.stops if stop.kind == "dropoff"]
    for _ in range(_MOST_TRIES):
        if leaves.date() != batch.date:
            raise UsageError(
                Text(
                    f"{batch.id} 要改到 {leaves:%m-%d %H:%M} 发车，不是当天，不能随车改点；请取消列车后重新排车",
                    f"{batch.id} would leave at {leaves:%m-%d %H:%M}, which is another day; cancel the train and plan "
                    "again",
                )
            )
        shifted = driven(batch, batch.stops, leaves.time(), roster, rules, law)
        arrives = [stop.time for stop in shifted.stops if stop.kind == "dropoff"]
        late = max(arrive - hour for arrive, hour in zip(arrives, due, strict=True))
        if batch.kind == "shuttle" or late <= timedelta():
            break
        leaves -= late
    return shifted
