"""A published train in the next plan: newcomers take its free seats, with new feeders and shuttles too.

The planner is offered what is left of the train as a train of its own that is paid for already. Who takes it is put on
the batch that people know, so the train stays one batch.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from returnplan.carryover.kept import Kept, may_be_joined
from returnplan.carryover.train_seats import TrainSeats
from returnplan.edits import recounted
from returnplan.edits.itineraries import Seats
from returnplan.model.plan import Batch, Plan, Stop, StopKind
from returnplan.model.roster import RailCall, RailService, Roster
from returnplan.model.rules import Rules


def trains_left(kept: Kept, roster: Roster, rules: Rules, old: Plan) -> tuple[RailService, ...]:
    """Return the trains that may be ordered, and what is left of those that are, for newcomers."""
    ordered = {(batch.service, batch.date) for batch in kept.batches if batch.mode == "train"}
    plan = replace(old, batches=kept.batches, riders=kept.riders)
    return (
        *(service for service in roster.rail if (service.name, service.day) not in ordered),
        *_rests(plan, roster, rules),
    )


def _rests(plan: Plan, roster: Roster, rules: Rules) -> Iterator[RailService]:
    """Yield the free seats of each published train whose list is open, as a train that costs its seats alone."""
    for batch in plan.batches:
        if batch.kind != "train" or not may_be_joined(batch, roster):
            continue
        seats = TrainSeats.of(plan, batch, roster, rules)
        if seats is None or seats.is_closed:
            continue
        service, calls = seats.service, _calls_left(batch, seats)
        if calls and (num := seats.num_left("train")):
            yield replace(
                service,
                calls=calls,
                capacity=num,
                min_load=1,
                fixed_yuan=0.0,
                carriage_yuan=0.0,
                carriage_seats=1,
                county_quotas=tuple(
                    (county, seats.num_left("county", county)) for county, _ in service.county_quotas
                ),
            )


def _calls_left(train: Batch, seats: TrainSeats) -> tuple[RailCall, ...]:
    """Return the calls of a train with what is left of their quotas; none if its hours have changed.

    All board before the first who alight, as they do in every plan.
    """
    calls = seats.service.calls
    boards = {call.departs: line for line, call in enumerate(calls)}
    alights = {call.arrives: line for line, call in enumerate(calls)}
    called_at = [(boards if stop.kind == "pickup" else alights).get(stop.time) for stop in train.stops]
    lines = [line for line in called_at if line is not None]
    if len(lines) < len(train.stops) or lines != sorted(lines):
        return ()
    num_boarding = sum(stop.kind == "pickup" for stop in train.stops)
    seq_of = dict(zip(lines, (stop.seq for stop in train.stops), strict=True))
    last, first = lines[num_boarding - 1], lines[num_boarding]
    return tuple(
        replace(
            call,
            arrives=call.arrives if line > last else None,
            departs=call.departs if line < first else None,
            quota=None
            if call.quota is None
            else seats.num_left("station", seq_of.get(line, 0), most=call.quota),
        )
        for line, call in enumerate(calls)
    )


def with_one_batch_a_train(plan: Plan, kept: Iterable[Batch]) -> Plan:
    """Return the plan in which whoever takes the rest of a kept train rides on that batch."""
    for train in kept:
        named = (train.service, train.product, train.date)
        for rest in plan.batches:
            if rest.id != train.id and train.service and named == (rest.service, rest.product, rest.date):
                plan = _joined(plan, train.id, rest)
    return plan


def _joined(plan: Plan, train_id: str, rest: Batch) -> Plan:
    """Return the plan with the riders of one batch of a train on the other one."""
    train = next(batch for batch in plan.batches if batch.id == train_id)
    stops = _all_stops(train.stops, rest.stops)
    seq_of = {(stop.kind, stop.time): stop.seq for stop in stops}
    riders = plan.riders.copy()
    for batch in (train, rest):
        own = riders["batch"] == batch.id
        new = {stop.seq: seq_of[stop.kind, stop.time] for stop in batch.stops}
        for column in ("pickup_seq", "dropoff_seq"):
            riders.loc[own, column] = riders.loc[own, column].map(new).astype(riders[column].dtype)
    moved = (riders["batch"] == rest.id).tolist()
    free = Seats(plan)
    before = zip(moved, riders["seat"], riders["child_seats"], strict=True)
    seats = [
        free.take(train, 1 + len(children)) if is_moved else (seat, *children)
        for is_moved, seat, children in before
    ]
    riders["seat"] = [own for own, *_ in seats]
    riders["child_seats"] = pd.Series([tuple(children) for _, *children in seats], riders.index, dtype=object)
    for column in ("batch", "journey"):
        riders[column] = riders[column].where(riders[column] != rest.id, train.id)
    whole = replace(train, stops=stops, depart=stops[0].time, arrive=stops[-1].time)
    batches = tuple(whole if batch.id == train.id else batch for batch in plan.batches if batch.id != rest.id)
    return recounted(replace(plan, batches=batches, riders=riders), {train.id})


def _all_stops(some: Sequence[Stop], others: Sequence[Stop]) -> tuple[Stop, ...]:
    """Return the stops of both in the order in which the train calls there."""
    stops: dict[tuple[StopKind, datetime], Stop] = {(stop.kind, stop.time): stop for stop in (*others, *some)}
    order = sorted(stops.values(), key=lambda stop: (stop.kind == "dropoff", stop.time))
    return tuple(replace(stop, seq=seq) for seq, stop in enumerate(order, start=1))
