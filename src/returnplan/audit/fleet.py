"""Hard rule 7: vehicles of the fleet, on days they are there, no more of them than it has, from their base."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from returnplan.audit.pools import is_open
from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Ints, Tables, boarding_prefectures
from returnplan.model.roster import VehiclePool
from returnplan.model.texts import Text

UNKNOWN_VEHICLE = Promise(
    "unknown_vehicle",
    7,
    Text(
        "{batch} 的 {vehicle}({base})不在车辆表中",
        "{batch} uses {vehicle} of {base!r}, which the fleet does not have",
    ),
)
VEHICLE_DATES = Promise(
    "vehicle_dates",
    7,
    Text(
        "{batch} 的 {vehicle} 在 {date:%Y-%m-%d} 不可用",
        "{batch} uses {vehicle} on {date:%Y-%m-%d}, outside its dates",
    ),
)
TOO_MANY = Promise(
    "too_many_vehicles",
    7,
    Text(
        "{date:%Y-%m-%d} 有 {away} 辆 {vehicle}({base})在外,只有 {owned} 辆",
        "{away} vehicles {vehicle} of {base!r} are away on {date:%Y-%m-%d}, there are {owned}",
    ),
)
WRONG_BASE = Promise(
    "wrong_base",
    7,
    Text(
        "{batch} 的车辆属 {base},{signup} 在 {boards_in} 上车",
        "{batch} is based in {base}; {signup} boards in {boards_in}",
    ),
)


def vehicles(tables: Tables) -> Iterable[Violation]:
    """Check that the type exists at the base, runs on the date, and that enough of it are free."""
    batches, pools = tables.batches, tables.roster.pools
    yield from UNKNOWN_VEHICLE.broken_by(batches[batches["pool"] < 0])
    known = batches[batches["pool"] >= 0]
    runs = [is_open(pools[line], day.date()) for line, day in zip(known["pool"], known["date"], strict=True)]
    yield from VEHICLE_DATES.broken_by(known[~np.array(runs, dtype=np.bool_)])
    alike = [_alike(pool) for pool in pools]
    for line, rows in known.groupby(known["pool"].map([alike.index(key) for key in alike].__getitem__)):
        yield from TOO_MANY.broken_by(_shortages([p for p in pools if _alike(p) == alike[line]], rows))


def bases(tables: Tables) -> Iterable[Violation]:
    """Check that all riders of a vehicle with a base board in that prefecture."""
    riders = tables.riders
    base = tables.batches["base"].to_numpy(dtype=object)[riders["at"].to_numpy()]
    boards_in = boarding_prefectures(tables)
    wrong = (base != "") & (base != boards_in)
    yield from WRONG_BASE.broken_by(riders[wrong].assign(base=base[wrong], boards_in=boards_in[wrong]))


def _alike(pool: VehiclePool) -> tuple[Any, ...]:
    """Return what the plan knows of a pool: it cannot tell lines of the fleet sheet apart that share it."""
    return pool.vehicle, pool.mode, pool.base, pool.seats, pool.fixed_yuan, pool.per_km_yuan


def _shortages(pools: list[VehiclePool], rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each date that ends a span with too many departures, both numbers and one of the batches.

    That is one which may still be changed, if there is any. The spans are as long as a vehicle is away.
    """
    if any(pool.per_day is None for pool in pools):
        return rows.iloc[:0]
    rows = rows.sort_values("held", kind="stable")
    days = _day_numbers(rows["date"])
    short = []
    for length in sorted({_turnaround(pool) for pool in pools}):
        for last in np.unique(days):
            inside = np.flatnonzero((days > last - length) & (days <= last))
            owned = sum(_most_departures(pool, last - length + 1, last) for pool in pools)
            if len(inside) > owned:
                date = np.datetime64(int(last), "D").astype("datetime64[s]")
                short.append(rows.iloc[inside[:1]].assign(date=date, away=len(inside), owned=owned))
    return pd.concat(short).drop_duplicates("date") if short else rows.iloc[:0]


def _day_numbers(days: "pd.Series[pd.Timestamp]") -> Ints:
    return days.to_numpy("datetime64[D]").astype(np.int64)


def _turnaround(pool: VehiclePool) -> int:
    return max(1, pool.turnaround_days)


def _most_departures(pool: VehiclePool, first: int, last: int) -> int:
    """Return how often vehicles of a pool can leave in a span of days (counted since 1970)."""
    days = [np.datetime64(day, "D").item() for day in range(first, last + 1)]
    num_open = sum(is_open(pool, day) for day in days)
    return (pool.per_day or 0) * -(-num_open // _turnaround(pool))
