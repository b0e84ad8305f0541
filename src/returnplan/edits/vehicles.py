"""Another vehicle for a batch: seats, usable seats and cost follow; seats beyond the new ones move forward."""

import difflib
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from returnplan.edits.batches import batch_named, legs_km, place_lines, replaced, with_blocks
from returnplan.edits.itineraries import free_seats
from returnplan.edits.spare_vehicles import spare_pools
from returnplan.model.errors import UsageError
from returnplan.model.law import Law
from returnplan.model.notices import Notice
from returnplan.model.plan import Batch, Plan
from returnplan.model.pools import pool_of
from returnplan.model.roster import Roster, VehiclePool
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.places import tidy
from returnplan.problem.draft import hire_yuan
from returnplan.problem.regimes import notices_for, under
from returnplan.problem.seats import usable_seats


def pool_named(
    vehicle: str, batch: Batch, plan: Plan, roster: Roster, day: date | None = None
) -> VehiclePool:
    """Return the pool of a type that may run a batch: one with a free vehicle first, of these one of the same base.

    Of several the carrier that the batch has comes first.

    Parameters
    ----------
    day : on which it is to run; None: its own

    Raises
    ------
    UsageError : the fleet has no such type; with those that it has, the nearest first
    """
    wanted = tidy(vehicle)  # brackets and letters of either width are the same
    pools = [pool for pool in roster.pools if tidy(pool.vehicle) == wanted]
    if len(pools) > 1:  # what its own vehicle is counted for comes free
        others = plan
        if not batch.block:
            others = replace(plan, batches=tuple(one for one in plan.batches if one.id != batch.id))
        free = spare_pools(others, batch, day or batch.date, roster)
        pools = [pool for pool in free if tidy(pool.vehicle) == wanted] or pools
    if pools:
        return min(pools, key=lambda pool: (pool.base != batch.base, pool.carrier != batch.carrier))
    names = sorted({pool.vehicle for pool in roster.pools})
    shown = dict.fromkeys([*difflib.get_close_matches(vehicle, names), *names])
    raise UsageError(
        Text(
            f"车辆表里没有“{vehicle}”，有：{'、'.join(shown)}",
            f"the fleet has no {vehicle!r}; it has: {', '.join(shown)}",
        )
    )


def in_vehicle(plan: Plan, batch_id: str, pool: VehiclePool, roster: Roster, rules: Rules, law: Law) -> Plan:
    """Return the plan with a batch in a vehicle of this pool, which makes no other run with it.

    Raises
    ------
    UsageError : it has too few seats for the riders and their children; or the batch is a train
    """
    batch = batch_named(plan, batch_id)
    if batch.mode == "train":
        raise UsageError(
            Text(
                f"{batch.id} 是列车 {batch.service}，不能换成汽车；请取消后重新排车",
                f"{batch.id} is the train {batch.service}, which no coach can replace; cancel it and plan again",
            )
        )
    changed = replace(
        batch,
        vehicle=pool.vehicle,
        mode=pool.mode,
        base=pool.base,
        carrier=pool.carrier,
        seats=pool.seats,
        usable=usable_seats(pool.seats, rules, notices_of(plan, batch, law)),
        plate="",
        block="",
    )
    km = sum(legs_km(place_lines(batch.stops, roster), batch.date, roster))
    batches = with_blocks(replaced(plan, priced(changed, km, roster, rules)).batches)
    return on_seats_there_are(replace(plan, batches=batches), changed)


def notices_of(plan: Plan, batch: Batch, law: Law) -> tuple[Notice, ...]:
    """Return the dated notices that hold for a batch with the riders that it has."""
    own = plan.riders[plan.riders["batch"] == batch.id]
    at = {stop.seq: stop.city for stop in batch.stops}
    boards_in = (at.get(seq) or home for seq, home in zip(own["pickup_seq"], own["prefecture"], strict=True))
    return notices_for(set(zip(boards_in, own["county"], own["city"], strict=True)), batch.date, law.notices)


def under_notices(plan: Plan, changed: Collection[str], rules: Rules, law: Law) -> Plan:
    """Return the plan in which some coaches have the notices, and usable seats, of their day and riders."""
    batches = list(plan.batches)
    for line, batch in enumerate(batches):
        if batch.id in changed and batch.mode == "coach":
            held = notices_of(plan, batch, law)
            batches[line] = under(replace(batch, usable=usable_seats(batch.seats, rules, held)), held)
    return replace(plan, batches=tuple(batches))


def priced(batch: Batch, km: float, roster: Roster, rules: Rules) -> Batch:
    """Return the batch with its prices over these km; they stay as they were if the fleet has lost its vehicle."""
    line = pool_of(batch, roster.pools)
    if line is None:
        return batch
    pool, num_stops = roster.pools[line], len(batch.stops)
    cost_yuan, contract_yuan = (
        round(hire_yuan(pool.fixed_yuan, pool.per_km_yuan, km, num_stops, stop_yuan), 2)
        for stop_yuan in (rules.stop_cost, 0.0)
    )
    return replace(batch, cost_yuan=cost_yuan, contract_yuan=contract_yuan)


def on_seats_there_are(plan: Plan, batch: Batch) -> Plan:
    """Return the plan with everybody on a seat that the vehicle has; those who have one keep it.

    Raises
    ------
    UsageError : there are too few seats
    """
    own = plan.riders[plan.riders["batch"] == batch.id]
    last = [max(seat, *children, 0) for seat, children in zip(own["seat"], own["child_seats"], strict=True)]
    beyond = np.array(last, dtype=np.int64) > batch.seats
    needed = len(own) + int(own["child_seats"].map(len).sum())
    if needed > batch.seats:
        raise UsageError(
            Text(
                f"{batch.vehicle}只有 {batch.seats} 座，{batch.id} 需要 {needed} 座",
                f"{batch.vehicle} has {batch.seats} seats, {batch.id} needs {needed}",
            )
        )
    if not beyond.any():
        return plan
    seats = iter(free_seats(replace(batch, usable=batch.seats), own[~beyond]))
    given = {
        line: (next(seats), tuple(islice(seats, len(children))))
        for line, children in own.loc[beyond, "child_seats"].items()
    }
    kept = zip(plan.riders.index, plan.riders["seat"], plan.riders["child_seats"], strict=True)
    lines = [given.get(line, (seat, children)) for line, seat, children in kept]
    columns = {name: [line[at] for line in lines] for at, name in enumerate(("seat", "child_seats"))}
    return replace(plan, riders=plan.riders.assign(**columns))
