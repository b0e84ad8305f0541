"""A vehicle does not come: its riders get other seats, in the order in which a dispatcher looks for them.

First the free seats of the same day, if there are enough for everybody; then a spare vehicle, which calls at the same
stops at the same hours, so that nobody has to hear more than another plate; else free seats of that day and later
ones, and for those who are left a vehicle of the next day. Batches that take people along keep stops and hours
(:mod:`returnplan.edits.reseating`). By law others take on the passengers of a vehicle that cannot run, at no further
price, and nobody outside the contract boards a charter (道路旅客运输及客运站管理规定, Ministry of Transport 2020
No. 17): so the batches that take them get new papers.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from returnplan.edits.batches import batch_named
from returnplan.edits.journeys import moved_to, without_batches
from returnplan.edits.people import parties_in_need, put_on, without_seat
from returnplan.edits.reseating import reseated, with_parts
from returnplan.edits.room import DayCounts, can_travel, heads_of
from returnplan.edits.spare_vehicles import spare_pools
from returnplan.edits.vehicles import in_vehicle, notices_of
from returnplan.model.law import Law
from returnplan.model.notices import Notice
from returnplan.model.plan import Batch, Plan
from returnplan.model.pools import pool_of
from returnplan.model.roster import Roster, VehiclePool
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.problem.draft import hire_yuan
from returnplan.problem.rules import ROUNDING
from returnplan.problem.seats import least_riders, usable_seats

NO_VEHICLE = Text("车辆来不了，没有别的座位", "the vehicle does not come and there is no other seat")


def rescued(plan: Plan, batch_id: str, roster: Roster, rules: Rules, law: Law) -> Plan:
    """Return the plan without the vehicle of a batch; who finds no seat is on no batch.

    The batch runs on under its id where another vehicle takes its place, on the same day or the next; else it is gone.
    """
    persons = plan.riders.loc[plan.riders["batch"] == batch_id, "person"].tolist()
    today = reseated(plan, batch_id, persons, NO_VEHICLE, roster, rules, same_day=True)
    if len(today.batch_of) == len(persons):
        return without_batches(today.plan, {batch_id})
    batch = batch_named(plan, batch_id)
    notices = notices_of(plan, batch, law)
    if spare := _spare(plan, batch, batch.date, roster, rules, notices):
        standing = without_seat(plan, batch_id, usable_seats(spare.seats, rules, notices), roster)
        seated, yuan = len(persons) - len(standing), _hire_yuan(spare, batch, rules)
        if not standing or (
            seated >= least_riders(spare, rules, notices) and _is_cheap_enough(yuan, seated, rules)
        ):
            rest = reseated(plan, batch_id, standing, NO_VEHICLE, roster, rules).plan if standing else plan
            return in_vehicle(rest, batch_id, spare, roster, rules, law)
    later = reseated(plan, batch_id, persons, NO_VEHICLE, roster, rules)
    left = [person for person in persons if person not in later.batch_of]
    return _on_the_next_day(plan, later.plan, batch, left, roster, rules, law)


def _spare(
    plan: Plan, batch: Batch, day: date, roster: Roster, rules: Rules, notices: Sequence[Notice]
) -> VehiclePool | None:
    """Return a vehicle that is free on a day for the riders of a batch: the cheapest that seats all, or the largest.

    Where they are too few for the vehicle that they have, they may be too few for the other one, too.
    """
    riders = plan.riders[plan.riders["batch"] == batch.id]
    needed = len(riders) + int(riders["child_seats"].map(len).sum())
    others_yuan = sum(one.cost_yuan for one in plan.batches if one.id != batch.id)
    most_yuan = float("inf") if rules.budget is None else rules.budget - others_yuan + ROUNDING

    def usable(pool: VehiclePool) -> int:
        return usable_seats(pool.seats, rules, notices)

    def yuan(pool: VehiclePool) -> float:
        return _hire_yuan(pool, batch, rules)

    own = pool_of(batch, roster.pools, any_seats=True)
    is_too_empty = own is not None and len(riders) < least_riders(roster.pools[own], rules, notices)
    pools = [
        pool
        for pool in spare_pools(plan, batch, day, roster)
        if (is_too_empty or min(len(riders), usable(pool)) >= least_riders(pool, rules, notices))
        and yuan(pool) <= most_yuan
        and _is_cheap_enough(yuan(pool), len(riders) * min(1.0, usable(pool) / needed), rules)
    ]
    return min(pools, key=lambda pool: (-min(needed, usable(pool)), yuan(pool), pool.vehicle), default=None)


def _hire_yuan(pool: VehiclePool, batch: Batch, rules: Rules) -> float:
    return hire_yuan(pool.fixed_yuan, pool.per_km_yuan, batch.km, len(batch.stops), rules.stop_cost)


def _is_cheap_enough(yuan: float, riders: float, rules: Rules) -> bool:
    return rules.max_cost_per_head is None or yuan <= rules.max_cost_per_head * riders + ROUNDING


def _on_the_next_day(
    before: Plan,
    plan: Plan,
    batch: Batch,
    left: list[int],
    roster: Roster,
    rules: Rules,
    law: Law,
) -> Plan:
    """Return the plan in which the batch runs a day later with those who are left, if a vehicle is free and enough can.

    Parameters
    ----------
    before : the plan in which they ride on the batch
    plan : the plan in which they have left it
    """
    away = before.riders[before.riders["person"].isin(left)]
    day = batch.date + timedelta(days=1)
    elsewhere = (before.riders["batch"] == batch.id) & ~before.riders["person"].isin(left)
    notices = notices_of(before, replace(batch, date=day), law)
    only_they = replace(before, riders=before.riders[~elsewhere])
    is_alone = batch.kind == "direct"  # no ride of a journey by train changes its day by itself
    spare = _spare(only_they, batch, day, roster, rules, notices) if len(away) and is_alone else None
    if spare is None:
        return without_batches(plan, {batch.id})
    moved = in_vehicle(plan, batch.id, spare, roster, rules, law)
    moved = moved_to(moved, batch.id, day, batch.depart.time(), roster, rules, law)
    now = batch_named(moved, batch.id)
    is_left = roster.people["signup"].isin(away["signup"])
    number = dict(zip(away["signup"], away["person"], strict=True))
    people = roster.people[is_left].assign(
        home=roster.boarding_prefectures()[is_left], person=roster.people.loc[is_left, "signup"].map(number)
    )
    signups = _who_fit(people, now, moved, roster, rules)
    if len(signups) < least_riders(spare, rules, notices) or not _is_cheap_enough(
        now.cost_yuan, len(signups), rules
    ):
        return without_batches(plan, {batch.id})
    return with_parts(put_on(moved, batch.id, signups, roster), away)


def _who_fit(people: pd.DataFrame, batch: Batch, plan: Plan, roster: Roster, rules: Rules) -> list[str]:
    """Return the row references of those who can travel with a batch that has no riders yet, party by party."""
    counts = DayCounts(rules)
    counts.heads.update(heads_of(plan.batches, plan.riders, roster))
    free, chosen = batch.usable, list[str]()
    for party in parties_in_need(people.assign(can=can_travel(people, batch.date))):
        seats = len(party) + int(party["num_children"].sum())
        if (
            party["can"].all()
            and seats <= free
            and counts.takes(party, batch.date, [batch.arrive.date()] * len(party))
        ):
            chosen += party["signup"].tolist()
            free -= seats
    return chosen
