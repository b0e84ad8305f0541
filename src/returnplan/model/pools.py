"""Which line of the fleet sheet the vehicle of a batch is from."""

from collections.abc import Sequence

from returnplan.model.plan import Batch
from returnplan.model.roster import VehiclePool


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
