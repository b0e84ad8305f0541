"""Batches of a plan: found by their ids, put in another's place, counted again; and the roads between their stops."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import isnan

import numpy as np
import numpy.typing as npt

from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, Plan, Stop
from returnplan.model.roster import NO_ROAD_KM, Roster
from returnplan.model.texts import Text


def batch_named(plan: Plan, batch_id: str) -> Batch:
    """Return the batch of this id.

    Raises
    ------
    UsageError : there is none
    """
    for batch in plan.batches:
        if batch.id == batch_id:
            return batch
    raise UsageError(
        Text(
            f"没有号车 {batch_id}(用 returnplan show batches 查看)",
            f"no such batch: {batch_id}; see: returnplan show batches",
        )
    )


def place_lines(stops: Sequence[Stop], roster: Roster) -> list[int]:
    """Return the lines of ``Roster.places`` at which a batch stops, in order.

    Raises
    ------
    UsageError : a stop is at no place of the roster
    """
    lines = roster.lines_by_spot()
    try:
        return [lines[stop.spot] for stop in stops]
    except KeyError as error:
        place = error.args[0][0]
        raise UsageError(Text(f"名单中没有地点 {place}", f"{place} is no place of the sign-ups")) from error


def legs_km(lines: Sequence[int], day: date, roster: Roster) -> list[float]:
    """Return the road km from each place to the next on a day; where no road is open, of that which is closed."""
    legs: list[float] = roster.km[_networks(lines, day, roster), lines[:-1], lines[1:]].tolist()
    return legs


def legs_minutes(lines: Sequence[int], day: date, roster: Roster) -> list[float | None]:
    """Return the minutes at the wheel by day from each place to the next, None where nobody told them."""
    if roster.drive_minutes is None:
        return [None] * (len(lines) - 1)
    told = roster.drive_minutes[_networks(lines, day, roster), lines[:-1], lines[1:]].tolist()
    return [None if isnan(minutes) else minutes for minutes in told]


def _networks(lines: Sequence[int], day: date, roster: Roster) -> "npt.NDArray[np.int64]":
    """Return the network of the road from each place to the next: that of the day, or one in which it is open."""
    legs, of_day = roster.km[:, lines[:-1], lines[1:]], roster.network_of.get(day, 0)
    return np.where(legs[of_day] < NO_ROAD_KM, of_day, legs.argmin(axis=0))


def recounted(plan: Plan, batch_ids: Collection[str]) -> Plan:
    """Return the plan with the heads of some batches counted again; their stops stay where they are."""
    riders = plan.riders[plan.riders["batch"].isin(list(batch_ids))]
    batches = list(plan.batches)
    for line, batch in enumerate(batches):
        if batch.id in batch_ids:
            own = riders[riders["batch"] == batch.id].sort_values("dropoff_seq", kind="stable")
            on, off = Counter(own["pickup_seq"].tolist()), Counter(own["dropoff_seq"].tolist())
            heads = Counter(own["city"].tolist())
            batches[line] = replace(
                batch,
                load=len(own),
                city=max(heads, key=lambda city: heads[city]) if heads else batch.city,
                cities=tuple(heads) or batch.cities,
                stops=tuple(
                    replace(stop, num_on=on[stop.seq], num_off=0)
                    if stop.kind == "pickup"
                    else replace(stop, num_on=0, num_off=off[stop.seq])
                    for stop in batch.stops
                ),
            )
    return replace(plan, batches=tuple(batches))


def replaced(plan: Plan, batch: Batch) -> Plan:
    """Return the plan with the batch in the place of that of the same id."""
    return replace(plan, batches=tuple(batch if one.id == batch.id else one for one in plan.batches))


def with_blocks(batches: Iterable[Batch]) -> tuple[Batch, ...]:
    """Return batches of which some are gone; the runs of one vehicle that are left are named after their first."""
    stay = list(batches)
    runs: dict[str, list[str]] = defaultdict(list)
    for batch in stay:
        runs[batch.block].append(batch.id)
    block_of = {block: own[0] if len(own) > 1 else "" for block, own in runs.items() if block}
    return tuple(
        batch if batch.block == (block := block_of.get(batch.block, "")) else replace(batch, block=block)
        for batch in stay
    )
