"""From which pool of the fleet a batch of a plan has its vehicle: a plan names only type, base and seats."""

from collections.abc import Sequence

from returnplan.model.plan import Batch
from returnplan.model.roster import VehiclePool


def pool_of(batch: Batch, pools: Sequence[VehiclePool], *, any_seats: bool = False) -> int | None:
    """Return the line of the batch's pool.

    Of several it is one of its carrier, one that is there for such rides, and the first which is open on the date.

    Parameters
    ----------
    any_seats : where the fleet has the type at the base with other seats only, return that
    """
    alike = [
        line for line, pool in enumerate(pools) if (pool.vehicle, pool.base) == (batch.vehicle, batch.base)
    ]
    same = [line for line in alike if pools[line].seats == batch.seats] or (alike if any_seats else [])
    return min(
        same,
        key=lambda line: (
            pools[line].carrier != batch.carrier,
            pools[line].use == ("transfer" if batch.kind == "direct" else "direct"),
            not pools[line].is_open(batch.date),
        ),
        default=None,
    )
