"""The rides by which a person can take a batch: one in a direct coach; with a train, also the way to it and from it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import pandas as pd

from returnplan.edits.batches import batch_named
from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, Plan, Stop, StopKind
from returnplan.model.roster import Roster
from returnplan.model.texts import Text

Spot = tuple[str, str, float, float]


@dataclass(frozen=True, slots=True)
class Ride:
    """One ride of a person who is put on a batch: the two stops and the seats."""

    batch: Batch
    pickup: Stop
    dropoff: Stop
    seat: int
    child_seats: tuple[int, ...]


class Seats:
    """The free seats of a plan's batches; those that are given away are free no more."""

    def __init__(self, plan: Plan) -> None:
        self._riders = plan.riders
        self._free: dict[str, list[int]] = {}

    def free(self, batch: Batch) -> list[int]:
        """Return the seats of a batch that may still be taken, front to back."""
        if batch.id not in self._free:
            self._free[batch.id] = free_seats(batch, self._riders[self._riders["batch"] == batch.id])
        return self._free[batch.id]

    def take(self, batch: Batch, num: int) -> tuple[int, ...]:
        """Return the first free seats of a batch, which are taken by it."""
        taken = tuple(self.free(batch)[:num])
        del self.free(batch)[:num]
        return taken


def by_person(riders: pd.DataFrame, keep: Literal["first", "last"] = "first") -> pd.DataFrame:
    """Return one line of each person, that of the first ride or of the last one, in the order of the frame."""
    lines = riders.sort_values("leg", kind="stable").drop_duplicates("person", keep=keep)
    return lines.sort_index()


def free_seats(batch: Batch, aboard: pd.DataFrame) -> list[int]:
    """Return the seats of a batch that may still be taken, front to back."""
    taken = set(aboard["seat"].tolist()).union(*aboard["child_seats"])
    free = (seat for seat in range(1, batch.seats + 1) if seat not in taken)
    return list(islice(free, max(0, batch.usable - len(taken))))


def stop_of(batch: Batch, kind: StopKind, place: int, roster: Roster) -> int | None:
    """Return at which stop of a kind a batch calls at a place of the roster; None if it does not."""
    stop = _stop_at(batch, kind, _place_spot(place, roster))
    return stop.seq if stop else None


def itinerary(
    row: dict[Any, Any], batch: Batch, plan: Plan, seats: Seats, roster: Roster
) -> tuple[str, tuple[Ride, ...]]:
    """Return the journey, and its rides in their order, by which a person takes a batch; their seats are taken.

    Parameters
    ----------
    row : the person's line of ``Roster.people``

    Raises
    ------
    UsageError : no rides lead from where the person boards to where the person alights, or a seat is missing
    """
    needed = 1 + row["num_children"]
    ways = list(_ways(row, batch, plan, roster))
    if not ways:
        raise _no_way(row, batch, roster)
    for way in ways:
        if all(len(seats.free(one)) >= needed for one, _, _ in way):
            journey = next((one.id for one, _, _ in way if one.kind == "train"), batch.id)
            return journey, tuple(
                Ride(one, pickup, dropoff, own, tuple(children))
                for one, pickup, dropoff in way
                for own, *children in [seats.take(one, needed)]
            )
    scarce = min((one for one, _, _ in ways[0]), key=lambda one: len(seats.free(one)))
    raise too_few(scarce, len(seats.free(scarce)), needed)


def too_few(batch: Batch, num_free: int, needed: int) -> UsageError:
    """Return that a batch has too few free seats."""
    return UsageError(
        Text(
            f"{batch.id} 还剩 {num_free} 个座位，需要 {needed} 个",
            f"{batch.id} has {num_free} free seats, {needed} are needed",
        )
    )


_Hop = tuple[Batch, Stop, Stop]


def _ways(row: dict[Any, Any], batch: Batch, plan: Plan, roster: Roster) -> Iterator[tuple[_Hop, ...]]:
    """Yield the ways from the person's pick-up to the drop-off that take the batch."""
    home, goal = (_place_spot(row[kind], roster) for kind in ("pickup", "dropoff"))
    if batch.kind == "direct":
        pickup, dropoff = _stop_at(batch, "pickup", home), _stop_at(batch, "dropoff", goal)
        if pickup and dropoff:
            yield ((batch, pickup, dropoff),)
        return
    for train, feeders, shuttles in _trains(batch, plan):
        for boards in (stop for stop in train.stops if stop.kind == "pickup"):
            for alights in (stop for stop in train.stops if stop.kind == "dropoff" and stop.seq > boards.seq):
                for before in _hops(feeders, home, _spot(boards)):
                    for after in _hops(shuttles, _spot(alights), goal):
                        way = (*before, (train, boards, alights), *after)
                        if any(one.id == batch.id for one, _, _ in way):
                            yield way


def _trains(batch: Batch, plan: Plan) -> Iterator[tuple[Batch, list[Batch], list[Batch]]]:
    """Yield each train that riders of a batch take, with its feeders and its shuttles."""
    riders = plan.riders
    named = {one.id: one for one in plan.batches}
    for journey in dict.fromkeys([batch.id, *riders.loc[riders["batch"] == batch.id, "journey"]]):
        if named[journey].kind == "train":
            of_kind: dict[str, list[Batch]] = defaultdict(list)
            for name in dict.fromkeys(riders.loc[riders["journey"] == journey, "batch"]):
                of_kind[named[name].kind].append(named[name])
            yield batch_named(plan, journey), of_kind["feeder"], of_kind["shuttle"]


def _hops(coaches: list[Batch], start: Spot, end: Spot) -> Iterator[tuple[_Hop, ...]]:
    """Yield how one gets from one spot to another: not at all where they are one, else by one of the coaches."""
    if start == end:
        yield ()
        return
    for coach in coaches:
        pickup, dropoff = _stop_at(coach, "pickup", start), _stop_at(coach, "dropoff", end)
        if pickup and dropoff:
            yield ((coach, pickup, dropoff),)


def _stop_at(batch: Batch, kind: StopKind, spot: Spot) -> Stop | None:
    return next((stop for stop in batch.stops if stop.kind == kind and _spot(stop) == spot), None)


def _spot(stop: Stop) -> Spot:
    return stop.place, stop.city, stop.lat, stop.lon


def _place_spot(place: int, roster: Roster) -> Spot:
    where = roster.places[place]
    return where.name, where.city, where.lat, where.lon


def _no_way(row: dict[Any, Any], batch: Batch, roster: Roster) -> UsageError:
    home, goal = (roster.places[row[kind]].name for kind in ("pickup", "dropoff"))
    if batch.kind != "direct":
        return UsageError(
            Text(
                f"乘 {batch.id} 的行程不能从 {home} 到 {goal}({row['signup']})：没有这样的接驳车",
                f"no journey with {batch.id} leads from {home} to {goal} ({row['signup']}): no feeder or shuttle does",
            )
        )
    kind: StopKind = (
        "pickup" if _stop_at(batch, "pickup", _place_spot(row["pickup"], roster)) is None else "dropoff"
    )
    own = home if kind == "pickup" else goal
    stops = "、".join(stop.place for stop in batch.stops if stop.kind == kind)
    return UsageError(
        Text(
            f"{batch.id} 不经过 {own}({row['signup']})；停靠：{stops}",
            f"{batch.id} does not call at {own} ({row['signup']}); it stops at {stops}",
        )
    )
