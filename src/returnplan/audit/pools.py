"""Which pool of the fleet a batch takes its vehicle from: the plan names only type, mode and base."""

from datetime import date
from functools import partial

from returnplan.model.plan import Batch
from returnplan.model.roster import VehiclePool
from returnplan.model.rules import Rules

CENT = 0.0051
"""Half of the last place that is stated, and what a sum of floats may be off."""


def pool_lines(batches: tuple[Batch, ...], pools: tuple[VehiclePool, ...], rules: Rules) -> list[int]:
    """Return for each batch the line of ``pools`` that suits it best, -1 where none has its type.

    Of several pools of one type and base the one that is open on the date, has the seats and explains the cost.
    """
    lines: dict[tuple[str, str, str], list[int]] = {}
    for line, pool in enumerate(pools):
        lines.setdefault((pool.vehicle, pool.mode, pool.base), []).append(line)
    return [
        min(
            lines.get((batch.vehicle, batch.mode, batch.base), ()),
            key=partial(_misfits, batch, pools, rules),
            default=-1,
        )
        for batch in batches
    ]


def is_open(pool: VehiclePool, day: date) -> bool:
    """Return whether the pool may be used on a day."""
    not_yet = pool.first_date is not None and day < pool.first_date
    return not (not_yet or (pool.last_date is not None and day > pool.last_date))


def _misfits(
    batch: Batch, pools: tuple[VehiclePool, ...], rules: Rules, line: int
) -> tuple[bool, bool, bool]:
    pool = pools[line]
    cost = pool.fixed_yuan + pool.per_km_yuan * batch.km + rules.stop_cost * (len(batch.stops) - 2)
    return not is_open(pool, batch.date), pool.seats != batch.seats, abs(cost - batch.cost_yuan) > CENT
