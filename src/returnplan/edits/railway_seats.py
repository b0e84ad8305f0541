"""A train that the railway has cut: who has no seat any more, and the train with the seats of the rail sheet."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from returnplan.edits.batches import batch_named, replaced
from returnplan.edits.people import without_seat
from returnplan.edits.vehicles import on_seats_there_are
from returnplan.model.errors import UsageError
from returnplan.model.moved_trains import service_of
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import RailService, Roster
from returnplan.model.texts import Text


def seats_cut(plan: Plan, roster: Roster) -> dict[str, dict[str, Any]]:
    """Return, for the summary, of each train with fewer seats than its people need who has none any more.

    Parties stay together; a seat keeps who comes first by class, then who must leave soonest, then who signed up first.
    """
    return {
        batch.id: {"needed": _needed(plan, batch), "seats": service.capacity, "over": over}
        for batch, service in _coming(plan, roster)
        if (over := _over(plan, batch, service, roster))
    }


def with_railway_seats(plan: Plan, train_id: str, roster: Roster) -> tuple[Plan, list[int]]:
    """Return the plan with a train of as many seats as the rail sheet says, and who has none there any more.

    Those are still on it: they are to be taken off before :func:`seated_anew`.

    Raises
    ------
    UsageError : the rail sheet has the train no more
    """
    train = batch_named(plan, train_id)
    service = service_of(train, roster)
    if service is None:
        raise UsageError(
            Text(
                f"铁路表里没有 {train.service} 了；不开的用 returnplan change {train.id} --cancel",
                f"the rail sheet does not have {train.service} any more; if it does not run: returnplan change "
                f"{train.id} --cancel",
            )
        )
    over = _over(plan, train, service, roster)
    return replaced(plan, replace(train, seats=service.capacity, usable=service.capacity)), over


def seated_anew(plan: Plan, train_id: str) -> Plan:
    """Return the plan in which everybody on a train has a line of its name list."""
    return on_seats_there_are(plan, batch_named(plan, train_id))


def _coming(plan: Plan, roster: Roster) -> Iterator[tuple[Batch, RailService]]:
    for batch in plan.batches:
        if batch.mode == "train" and batch.state != "departed" and (service := service_of(batch, roster)):
            yield batch, service


def _needed(plan: Plan, train: Batch) -> int:
    own = plan.riders[plan.riders["batch"] == train.id]
    return len(own) + int(own["child_seats"].map(len).sum())


def _over(plan: Plan, train: Batch, service: RailService, roster: Roster) -> list[int]:
    """Return the person numbers of who has no seat: of the quota of their station first, then of the train."""
    over = list[int]()
    calls = {roster.places[call.place].spot: call for call in service.calls}
    for stop in train.stops:
        call = calls.get(stop.spot)
        if stop.kind == "pickup" and call and call.quota is not None:
            boards_elsewhere = (plan.riders["batch"] == train.id) & (plan.riders["pickup_seq"] != stop.seq)
            there = replace(plan, riders=plan.riders[~boards_elsewhere])
            over += without_seat(there, train.id, call.quota, roster)
    return sorted([*over, *without_seat(_without(plan, over), train.id, service.capacity, roster)])


def _without(plan: Plan, persons: Collection[int]) -> Plan:
    return replace(plan, riders=plan.riders[~plan.riders["person"].isin(list(persons))])
