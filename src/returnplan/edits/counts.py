"""Heads on and off at each stop, loads and cities, counted anew from the riders."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from returnplan.model.plan import Batch, Plan, Stop

Heads = Mapping[tuple[str, int], int]


def recounted(plan: Plan, batch_ids: Collection[str]) -> Plan:
    """Return the plan with the heads of some batches counted anew; their stops stay where they are."""
    riders = plan.riders[plan.riders["batch"].isin(list(batch_ids))]
    on, off = (_heads(riders, column) for column in ("pickup_seq", "dropoff_seq"))
    batches = tuple(
        _counted(batch, riders, on, off) if batch.id in batch_ids else batch for batch in plan.batches
    )
    return replace(plan, batches=batches)


def replaced(plan: Plan, batch: Batch) -> Plan:
    """Return the plan with the batch in the place of that of the same id."""
    return replace(plan, batches=tuple(batch if one.id == batch.id else one for one in plan.batches))


def _heads(riders: pd.DataFrame, column: str) -> Heads:
    return Counter(zip(riders["batch"].tolist(), riders[column].tolist(), strict=True))


def _counted(batch: Batch, riders: pd.DataFrame, on: Heads, off: Heads) -> Batch:
    own = riders[riders["batch"] == batch.id].sort_values("dropoff_seq", kind="stable")
    heads = Counter(own["city"].tolist())
    return replace(
        batch,
        load=len(own),
        city=max(heads, key=lambda city: heads[city]) if heads else batch.city,
        cities=tuple(heads) or batch.cities,
        stops=tuple(_counted_stop(batch.id, stop, on, off) for stop in batch.stops),
    )


def _counted_stop(batch_id: str, stop: Stop, on: Heads, off: Heads) -> Stop:
    key = batch_id, stop.seq
    is_pickup = stop.kind == "pickup"
    return replace(
        stop, num_on=on.get(key, 0) if is_pickup else 0, num_off=0 if is_pickup else off.get(key, 0)
    )
