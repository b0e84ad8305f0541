"""Which vehicles of the fleet could run a batch: those that may make such rides, and are free on the day."""

from collections.abc import Iterator, Set
from dataclasses import replace
from datetime import date, timedelta

from returnplan.model.plan import Batch, Plan
from returnplan.model.records import Side
from returnplan.model.roster import Roster, VehiclePool
from returnplan.problem.fleet import days_away, departures, vehicles_out
from returnplan.problem.ledger import FleetLeft


def spare_pools(plan: Plan, batch: Batch, day: date, roster: Roster) -> list[VehiclePool]:
    """Return the pools of which one more vehicle may leave on a day and may make the journey of a batch.

    A vehicle with a base stays with people who board there, or with its other side travel there. The other end of a
    feeder is its station, and so is the first one of a shuttle.
    """
    ends = _ends(plan, batch, roster)
    return [
        pool
        for pool in _free_pools(plan, batch, day, roster)
        if pool.mode == batch.mode and (not pool.base or ends[pool.side] <= {pool.base})
    ]


def _ends(plan: Plan, batch: Batch, roster: Roster) -> dict[Side, Set[str]]:
    """Return the prefectures in which the riders of a batch board, and those to which it takes them."""
    riders = plan.riders[plan.riders["batch"] == batch.id]
    is_rider = roster.people["signup"].isin(riders["signup"])
    ends: dict[Side, Set[str]] = {
        "origin": set(roster.boarding_prefectures()[is_rider]),
        "destination": set(roster.people.loc[is_rider, "city"]),
    }
    if batch.kind == "feeder":
        ends["destination"] = {stop.city for stop in batch.stops if stop.kind == "dropoff"}
    elif batch.kind == "shuttle":
        ends["origin"] = {stop.city for stop in batch.stops if stop.kind == "pickup"}
    return ends


def _free_pools(plan: Plan, batch: Batch, day: date, roster: Roster) -> Iterator[VehiclePool]:
    """Yield the pools for rides like the batch's that have a vehicle on a day; those that did not come are not free.

    Of pools that look alike in a plan only that counts from which a batch there has its vehicle.
    """
    any_use = [replace(pool, use=None) for pool in roster.pools]
    away = days_away(any_use)
    reach = int(away.max(initial=0))  # who leaves so many days before or after does not concern the day
    first_day = day - timedelta(days=reach)
    fleet = FleetLeft(departures(any_use, first_day, 2 * reach + 1), away)
    for line, pool in enumerate(roster.pools):
        for out, _ in pool.broken:
            fleet.take(line, (out - first_day).days)
    span = day - timedelta(days=reach), day + timedelta(days=reach)
    others = [other for other in plan.batches if span[0] <= other.date <= span[1]]
    for line, out, num_days in vehicles_out(others, roster.pools):
        for since in range(num_days if away[line] == 1 else 1):
            fleet.take(line, (out - first_day).days + since)
    left = fleet.left(slice(None))[:, reach]
    first: dict[tuple[str, str, str, int], int] = {}
    use = "direct" if batch.kind == "direct" else "transfer"
    for line, pool in enumerate(roster.pools):
        if pool.use in (None, use) and pool.is_open(day):
            first.setdefault((pool.vehicle, pool.base, pool.carrier, pool.seats), line)
    for line in first.values():
        if left[line] > 0:
            yield roster.pools[line]
