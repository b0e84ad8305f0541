"""The previous plan in the new one: who was on which of its batches, and its numbers on the batches of the new plan.

People should stay on the batch that they were put on, although nobody may have told them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count

import numpy as np
import pandas as pd

from returnplan.carryover.previous_journeys import PreviousJourneys, previous_journeys
from returnplan.carryover.told_seats import with_told_seats
from returnplan.edits.journeys import waved
from returnplan.model.plan import Batch, Plan
from returnplan.model.pools import pool_of
from returnplan.model.roster import Roster
from returnplan.problem import PreviousBatches
from returnplan.problem.model import NO_PREVIOUS, Ints, ToldHour

UNTOLD = 0.1
"""What a person who was planned on a draft and told nothing counts of one who was told; and a call about another hour
alone, where day, coach and pick-up stay."""

_FACTOR = np.uint64(1_000_003)
"""Of a hash of several values."""

UNSEEN = ["signup", "status", "earliest", "latest", "bound_yuan", "rent_yuan"]
"""Of riders, what no paper shows."""


def previous_batches(
    old: Plan,
    kept: Set[str],
    roster: Roster,
    person: "pd.Series[int]",
    told: Mapping[int, datetime],
    move_yuan: float,
) -> PreviousBatches:
    """Return the batches of the previous plan that may be planned again, and who is on them.

    People who want another pick-up now are on none: they are told something new in any case.

    Parameters
    ----------
    kept : ids of batches that are not planned again
    person : the person number of each line of the roster's people
    told : person number -> the hour at which people board the batch that they are on, of those who were told
    move_yuan : what it costs to move a person who was told
    """
    batches = [batch for batch in old.batches if batch.id not in kept]
    number = {batch.id: at for at, batch in enumerate(batches)}
    riders = old.riders[old.riders["batch"].isin(number)]
    nothing = PreviousJourneys((), (), {})
    trains = previous_journeys(batches, riders, roster) if roster.rail else nothing
    riders = riders.sort_values("leg", kind="stable")
    riders = riders.drop_duplicates("person").set_index("person")  # people know where they board first
    first = riders["batch"].map(number)
    journey = riders.index.to_series().map(trains.of_person).fillna(first).astype("int64")
    is_told = riders.index.to_series().isin(list(told))
    share_told = is_told.groupby(journey).mean()
    dates = [batch.date for batch in batches]
    pools = [pool_of(batch, roster.pools) for batch in batches]
    head_yuan = [batch.cost_yuan / max(1, batch.load) for batch in batches]
    for by_train in trains.journeys[len(batches) :]:
        dates.append(batches[by_train.rides[0]].date)
        pools.append(None)
        head_yuan.append(sum(head_yuan[ride] for ride in by_train.rides))
    shares = np.array([share_told.get(nth, 0.0) for nth in range(len(dates))])
    places = np.array([*(place.name for place in roster.places), ""], dtype=object)
    walks = riders.index[riders["batch"].isin([batch.id for batch in batches if batch.kind == "train"])]
    same_pickup = places[roster.people["pickup"].to_numpy()] == person.map(riders["pickup"]).to_numpy()
    same_pickup |= person.isin(walks).to_numpy(dtype=bool)  # they board at a station
    own = person.map(journey).where(same_pickup, NO_PREVIOUS).fillna(NO_PREVIOUS)
    previous = np.asarray(own, dtype=np.int64)
    return PreviousBatches(
        batch=previous,
        dates=tuple(dates),
        pools=np.array([NO_PREVIOUS if pool is None else pool for pool in pools], dtype=np.int64),
        move_yuan=move_yuan * (UNTOLD + (1 - UNTOLD) * shares),
        head_yuan=np.array(head_yuan),
        told_hours=_told_hours(roster.people["pickup"].to_numpy(), person, previous, told, dates),
        call_yuan=UNTOLD * move_yuan,
        rides=trains.rides,
        journeys=trains.journeys,
    )


def _told_hours(
    pickup: Ints,
    person: "pd.Series[int]",
    previous: Ints,
    told: Mapping[int, datetime],
    dates: Sequence[date],
) -> tuple[ToldHour, ...]:
    """Return how many riders of each batch were told which hour at each pick-up.

    Parameters
    ----------
    pickup, person, previous : place, person number and batch of each line of the roster's people
    dates : of the batches
    """
    heads: Counter[tuple[int, int, int]] = Counter()
    for line, number in enumerate(person.tolist()):
        if previous[line] != NO_PREVIOUS and number in told:
            day = datetime.combine(dates[previous[line]], time())
            minute = round((told[number] - day) / timedelta(minutes=1))
            heads[int(previous[line]), int(pickup[line]), minute] += 1
    return tuple(ToldHour(*key, num) for key, num in sorted(heads.items()))


def succeeding(
    plan: Plan,
    old: Plan,
    kept: Set[str],
    retired: Set[str] = frozenset(),
    told: Mapping[int, tuple[str, int]] | None = None,
) -> Plan:
    """Return the plan with batch numbers that stay, and seats that people were told.

    A new batch takes the id of the old batch of its date with which it shares most riders, else a free number
    of the date. What the papers show has changed: the next version.

    Parameters
    ----------
    kept : ids of kept batches, which are theirs already
    retired : ids of batches that people knew and that are gone; no other batch takes them
    told : person number -> the batch and the seat of which the person was told
    """
    names = _names(plan, old, kept, retired)
    new_ids = {own: new_id for own, (new_id, _) in names.items()}
    renamed = (
        replace(batch, id=new_ids[batch.id], number=names[batch.id][1], block=new_ids.get(batch.block, ""))
        for batch in plan.batches
    )
    batches = sorted(renamed, key=lambda batch: (batch.date, batch.number, batch.id))
    riders = plan.riders.assign(**{name: plan.riders[name].map(new_ids) for name in ("batch", "journey")})
    riders = with_told_seats(riders, batches, told or {}, kept)
    order = {batch.id: at for at, batch in enumerate(batches)}
    riders = riders.assign(at=riders["batch"].map(order)).sort_values(["at", "seat"], kind="stable")
    named = replace(plan, batches=tuple(batches), riders=riders.drop(columns="at").reset_index(drop=True))
    return waved(_versioned(waved(named), old))


def _names(plan: Plan, old: Plan, kept: Set[str], retired: Set[str]) -> dict[str, tuple[str, int]]:
    """Return the new id and number of each batch of the plan, by its present id."""
    stay = [batch for batch in plan.batches if batch.id in kept]
    names = {batch.id: (batch.id, batch.number) for batch in stay}
    free = [batch for batch in plan.batches if batch.id not in kept]
    taken = {(batch.date, batch.number) for batch in stay}
    ids = {*kept, *retired}
    before = {batch.id: batch for batch in old.batches}
    for new_id, old_id in _heirs(free, plan, old, kept):
        if new_id not in names and old_id not in ids:
            names[new_id] = old_id, before[old_id].number
            taken.add((before[old_id].date, before[old_id].number))
            ids.add(old_id)
    for batch in free:
        if batch.id not in names:
            free_names = ((f"{batch.date:%m%d}-{number:03d}", number) for number in count(1))
            name, number = next(
                (name, number)
                for name, number in free_names
                if (batch.date, number) not in taken and name not in ids
            )
            names[batch.id] = name, number
            taken.add((batch.date, number))
            ids.add(name)
    return names


def _heirs(free: list[Batch], plan: Plan, old: Plan, kept: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a new and an old batch of one date and kind with common riders, most of them first."""
    days = {batch.id: (batch.date, batch.kind) for batch in free}
    old_days = {batch.id: (batch.date, batch.kind) for batch in old.batches if batch.id not in kept}
    columns = ["person", "batch"]
    pairs = plan.riders[columns].merge(old.riders[columns], on="person", suffixes=("", "_old"))
    same_day = pairs["batch"].map(days) == pairs["batch_old"].map(old_days)
    shared = pairs[same_day].groupby(["batch", "batch_old"]).size().rename("num").reset_index()
    shared = shared.sort_values(["num", "batch_old", "batch"], ascending=[False, True, True])
    yield from zip(shared["batch"], shared["batch_old"], strict=True)


def _versioned(plan: Plan, old: Plan) -> Plan:
    before = {batch.id: batch for batch in old.batches}
    was, now = _printed(old), _printed(plan)
    batches = []
    for batch in plan.batches:
        if last := before.get(batch.id):
            is_same_vehicle = last.vehicle == batch.vehicle and last.carrier in ("", batch.carrier)
            if is_same_vehicle and not batch.plate:
                batch = replace(batch, plate=last.plate, drivers=last.drivers)
            same = replace(last, wave=batch.wave, state=batch.state) == replace(batch, version=last.version)
            is_same = same and was[batch.id] == now[batch.id]
            batch = replace(batch, version=last.version + (not is_same))
        batches.append(batch)
    return replace(plan, batches=tuple(batches))


def _printed(plan: Plan) -> dict[str, int]:
    """Return a fingerprint of what the papers of each batch show of its riders."""
    lines = np.zeros(len(plan.riders), dtype=np.uint64)
    for name in plan.riders.columns.drop(UNSEEN).sort_values():
        number, different = pd.factorize(plan.riders[name], use_na_sentinel=False)
        said = pd.util.hash_array(np.array(list(map(str, different)), dtype=object), categorize=False)
        lines = lines * _FACTOR + said[number]
    own = pd.Series(lines).groupby(plan.riders["batch"].to_numpy())
    return {str(batch): hash(tuple(sorted(its_lines))) for batch, its_lines in own}
