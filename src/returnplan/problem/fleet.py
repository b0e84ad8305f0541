"""The pools of the fleet: from which a batch has its vehicle, and how many vehicles may leave on a day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from returnplan.model.plan import Batch
from returnplan.model.roster import VehiclePool
from returnplan.problem.model import UNLIMITED, Ints


def pool_of(batch: Batch, pools: Sequence[VehiclePool], *, any_seats: bool = False) -> int | None:
    """Return the line of the batch's pool; a plan names only type, base and seats.

    Of several it is one of its carrier, one which is open on the date, one of its seats, one that may make such rides,
    and that with the price at which the batch was planned: the audit tells them apart in the same order.

    Parameters
    ----------
    any_seats : one of the type at the base with other seats will do
    """
    alike = [
        line for line, pool in enumerate(pools) if (pool.vehicle, pool.base) == (batch.vehicle, batch.base)
    ]
    same = [line for line in alike if any_seats or pools[line].seats == batch.seats]
    return min(
        same,
        key=lambda line: (
            pools[line].carrier != batch.carrier,
            not pools[line].is_open(batch.date),
            pools[line].seats != batch.seats,
            pools[line].use == ("transfer" if batch.kind == "direct" else "direct"),
            abs(pools[line].fixed_yuan + pools[line].per_km_yuan * batch.km - batch.contract_yuan),
        ),
        default=None,
    )


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
