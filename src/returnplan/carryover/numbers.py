"""Batches of a new plan under the ids, versions, plates and drivers of the last one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

import pandas as pd

from returnplan.edits.journey import waved
from returnplan.model.plan import Batch, Plan

_UNSEEN = ["signup", "status", "earliest", "latest", "bound_yuan", "rent_yuan"]
"""Of riders, what no paper shows."""


def succeeding(plan: Plan, old: Plan, kept: frozenset[str]) -> Plan:
    """Return the plan with batch numbers that stay.

    A new batch takes the id of the old batch of its date with which it shares most riders, else a free number
    of the date. What the papers show has changed: the next version.

    Parameters
    ----------
    kept : ids of held batches, which are theirs already
    """
    names = _names(plan, old, kept)
    batches = sorted(
        (replace(batch, id=names[batch.id][0], number=names[batch.id][1]) for batch in plan.batches),
        key=lambda batch: (batch.date, batch.number, batch.id),
    )
    ids = plan.riders["batch"].map({old_id: new_id for old_id, (new_id, _) in names.items()})
    riders = plan.riders.assign(batch=ids, journey=ids)
    order = {batch.id: at for at, batch in enumerate(batches)}
    riders = riders.assign(at=riders["batch"].map(order)).sort_values(["at", "seat"], kind="stable")
    named = replace(plan, batches=tuple(batches), riders=riders.drop(columns="at").reset_index(drop=True))
    return waved(_versioned(waved(named), old))


def _names(plan: Plan, old: Plan, kept: frozenset[str]) -> dict[str, tuple[str, int]]:
    """Return the new id and number of each batch of the plan, by its present id."""
    held = [batch for batch in plan.batches if batch.id in kept]
    names = {batch.id: (batch.id, batch.number) for batch in held}
    free = [batch for batch in plan.batches if batch.id not in kept]
    taken = {(batch.date, batch.number) for batch in held}
    ids = set(kept)
    before = {batch.id: batch for batch in old.batches}
    for new_id, old_id in _heirs(free, plan, old, kept):
        if new_id not in names and old_id not in ids:
            names[new_id] = old_id, before[old_id].number
            taken.add((before[old_id].date, before[old_id].number))
            ids.add(old_id)
    for batch in free:
        if batch.id not in names:
            names[batch.id] = _free_name(batch, taken, ids)
            taken.add((batch.date, names[batch.id][1]))
            ids.add(names[batch.id][0])
    return names


def _heirs(free: list[Batch], plan: Plan, old: Plan, kept: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a new and an old batch of one date with common riders, most of them first."""
    days = {batch.id: batch.date for batch in free}
    old_days = {batch.id: batch.date for batch in old.batches if batch.id not in kept}
    columns = ["person", "leg", "batch"]
    pairs = plan.riders[columns].merge(old.riders[columns], on=["person", "leg"], suffixes=("", "_old"))
    same_day = pairs["batch"].map(days) == pairs["batch_old"].map(old_days)
    shared = pairs[same_day].groupby(["batch", "batch_old"]).size().rename("num").reset_index()
    shared = shared.sort_values(["num", "batch_old", "batch"], ascending=[False, True, True])
    yield from zip(shared["batch"], shared["batch_old"], strict=True)


def _free_name(batch: Batch, taken: set[tuple[date, int]], ids: set[str]) -> tuple[str, int]:
    for number in count(1):
        name = f"{batch.date:%m%d}-{number:03d}"
        if (batch.date, number) not in taken and name not in ids:
            return name, number
    raise AssertionError


def _versioned(plan: Plan, old: Plan) -> Plan:
    before = {batch.id: batch for batch in old.batches}
    was, now = _printed(old), _printed(plan)
    batches = []
    for batch in plan.batches:
        if last := before.get(batch.id):
            if last.vehicle == batch.vehicle and not batch.plate:
                batch = replace(batch, plate=last.plate, drivers=last.drivers)
            same = replace(last, wave=batch.wave, state=batch.state) == replace(batch, version=last.version)
            is_same = same and was[batch.id] == now[batch.id]
            batch = replace(batch, version=last.version + (not is_same))
        batches.append(batch)
    return replace(plan, batches=tuple(batches))


def _printed(plan: Plan) -> dict[str, int]:
    """Return a fingerprint of what the papers of each batch show of its riders."""
    shown = plan.riders.drop(columns=_UNSEEN)
    lines = pd.util.hash_pandas_object(shown.astype(str), index=False)
    return {
        str(batch): hash(tuple(sorted(own))) for batch, own in lines.groupby(plan.riders["batch"].to_numpy())
    }
