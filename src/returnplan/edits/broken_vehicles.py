"""Vehicles that did not come: each is away for as long as its journey would have taken, unless it is mended."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from returnplan.model.plan import Batch
from returnplan.model.pools import pool_of
from returnplan.model.roster import Roster, VehiclePool


def with_broken(roster: Roster, batch: Batch) -> Roster:
    """Return the roster in which the vehicle of a batch is out.

    The roster stays as it is where the fleet has any number of such vehicles, and where the vehicle has other runs on
    that day: these keep it until they are said to have none, either.
    """
    line = pool_of(batch, roster.pools, any_seats=True)
    if line is None or roster.pools[line].per_day is None or batch.block:
        return roster
    pools = list(roster.pools)
    pools[line] = replace(pools[line], broken=(*pools[line].broken, (batch.date, batch.id)))
    return replace(roster, pools=tuple(pools))


def last_day_out(roster: Roster, batch: Batch) -> date | None:
    """Return the last day on which the vehicle of a batch that did not come is away; None if it is not out."""
    days = [
        day + timedelta(days=max(1, pool.turnaround_days) - 1)
        for pool in roster.pools
        for day, batch_id in pool.broken
        if (day, batch_id) == (batch.date, batch.id)
    ]
    return max(days, default=None)


def with_mended(roster: Roster, batch_id: str) -> Roster:
    """Return the roster in which the vehicles that were to run a batch may be used again."""
    return replace(
        roster,
        pools=tuple(
            replace(pool, broken=tuple(one for one in pool.broken if one[1] != batch_id))
            for pool in roster.pools
        ),
    )


def broken_as_before(roster: Roster, before: Iterable[VehiclePool]) -> Roster:
    """Return the roster in which vehicles are out that were out ``before``, in pools of the same vehicles."""
    pools = list(roster.pools)
    for old in before:
        for day, batch_id in old.broken:
            lines = [line for line, pool in enumerate(pools) if _is_same(pool, old) and pool.is_open(day)]
            if lines:
                pool = pools[lines[0]]
                pools[lines[0]] = replace(pool, broken=(*pool.broken, (day, batch_id)))
    return replace(roster, pools=tuple(pools))


def _is_same(pool: VehiclePool, old: VehiclePool) -> bool:
    names = ("vehicle", "mode", "base", "carrier", "seats")
    return all(getattr(pool, name) == getattr(old, name) for name in names) and pool.per_day is not None
