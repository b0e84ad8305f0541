"""The pools of the fleet: from which a batch has its vehicle, and how many vehicles may leave on a day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from returnplan.model.plan import Batch
from returnplan.model.pools import pool_of
from returnplan.model.roster import VehiclePool
from returnplan.problem.model import UNLIMITED, Ints


def vehicles_out(batches: Sequence[Batch], pools: Sequence[VehiclePool]) -> Iterator[tuple[int, date, int]]:
    """Yield of each vehicle of some batches its pool, the day on which it leaves, and for how many days it is away.

    The runs of a block are made by one vehicle. It is away longer than its day where it comes back after midnight.
    """
    runs: dict[str, list[Batch]] = {}
    for batch in batches:
        runs.setdefault(batch.block or batch.id, []).append(batch)
    for own in runs.values():
        line = pool_of(own[0], pools, any_seats=True)
        if line is None:
            continue
        day = own[0].date
        last = max(batch.back for batch in own) - timedelta(minutes=1)
        nights = (last.date() - day).days
        yield line, day, max(1, nights + 1 if own[0].kind != "direct" else pools[line].turnaround_days)


def departures(pools: Sequence[VehiclePool], first_day: date, num_days: int) -> Ints:
    """Return (V, D) how many vehicles of each pool may leave on each day for the whole way."""
    days = [first_day + timedelta(days=d) for d in range(num_days)]
    num = [
        [pool.use != "transfer" and pool.is_open(day) and _per_day(pool) for day in days] for pool in pools
    ]
    return np.array(num, dtype=np.int64).reshape(len(pools), num_days)


def _per_day(pool: VehiclePool) -> int:
    return UNLIMITED if pool.per_day is None else pool.per_day


def days_away(pools: Sequence[VehiclePool]) -> Ints:
    """Return (V,) for how many days a vehicle of each pool is away."""
    return np.array([max(1, pool.turnaround_days) for pool in pools], dtype=np.int64)
