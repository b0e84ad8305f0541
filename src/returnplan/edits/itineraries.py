"""The rides by which a person can take a batch: one in a direct coach; with a train, also the way to it and from it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import numpy as np
import pandas as pd

from returnplan.edits.batches import batch_named, place_lines
from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, Plan, Stop, StopKind
from returnplan.model.records import Spot
from returnplan.model.roster import Roster
from returnplan.model.texts import Text


@dataclass(frozen=True, slots=True)
class Ride:
    """One ride of a person who is put on a batch: the two stops and the seats."""

    batch: Batch
    pickup: Stop
    dropoff: Stop
    seat: int
    child_seats: tuple[int, ...]


Way = tuple[tuple[Batch, Stop, Stop], ...]
"""Rides one after the other: of each the batch, where one boards, where one alights."""


class Seats:
    """The free seats of a plan's batches; those that are given away are free no more."""

    def __init__(self, plan: Plan) -> None:
        self._riders = plan.riders
        self._free: dict[str, list[int]] = {}

    def copy(self) -> "Seats":
        """Return the same seats; those that are taken of the copy are still free here."""
        other = Seats.__new__(Seats)
        other._riders = self._riders
        other._free = {batch: list(free) for batch, free in self._free.items()}
        return other

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
    stop = _stop_at(batch, kind, roster.places[place].spot)
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
    ways = list(ways_of(row, batch, plan, roster))
    if not ways:
        raise _no_way(row, batch, roster)
    for way in ways:
        if rides := seated(way, needed, seats):
            return journey_of(way), rides
    scarce = min((one for one, _, _ in ways[0]), key=lambda one: len(seats.free(one)))
    raise too_few(scarce, len(seats.free(scarce)), needed)


def seated(way: Way, num: int, seats: Seats) -> tuple[Ride, ...]:
    """Return the rides of a way, of each of which some seats are taken; none if a vehicle has too few."""
    if any(len(seats.free(batch)) < num for batch, _, _ in way):
        return ()
    return tuple(
        Ride(batch, pickup, dropoff, own, tuple(children))
        for batch, pickup, dropoff in way
        for own, *children in [seats.take(batch, num)]
    )


def journey_of(way: Way) -> str:
    """Return the id of the journey: that of the train, or of the direct coach."""
    return next((batch.id for batch, _, _ in way if batch.kind == "train"), way[0][0].id)


def too_few(batch: Batch, num_free: int, needed: int) -> UsageError:
    """Return that a batch has too few free seats."""
    return UsageError(
        Text(
            f"{batch.id} 还剩 {num_free} 个座位，需要 {needed} 个",
            f"{batch.id} has {num_free} free seats, {needed} are needed",
        )
    )


def ways_of(row: dict[Any, Any], batch: Batch, plan: Plan, roster: Roster) -> Iterator[Way]:
    """Yield the ways from the person's pick-up to the drop-off that take the batch.

    Between home or work and a station people walk where the rules let them; who needs no shuttle takes none.

    Parameters
    ----------
    row : the person's line of ``Roster.people``
    """
    home, goal = (roster.places[row[kind]].spot for kind in ("pickup", "dropoff"))
    if batch.kind == "direct":
        pickup, dropoff = _stop_at(batch, "pickup", home), _stop_at(batch, "dropoff", goal)
        if pickup and dropoff:
            yield ((batch, pickup, dropoff),)
        return
    for train, feeders, shuttles in _trains(batch, plan):
        for boards in (stop for stop in train.stops if stop.kind == "pickup"):
            for alights in (stop for stop in train.stops if stop.kind == "dropoff" and stop.seq > boards.seq):
                walks_there = row["pickup"] in near_station(boards, train, roster)
                walks_away = row["shuttle"] == "no" or row["dropoff"] in near_station(alights, train, roster)
                for before in _hops(feeders, home, boards.spot, walks_there):
                    for after in _hops(shuttles, alights.spot, goal, walks_away):
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


def near_station(station: Stop, train: Batch, roster: Roster) -> set[int]:
    """Return the lines of the places between which and a station of a train people walk."""
    try:
        (at,) = place_lines([station], roster)
    except UsageError:  # nobody of the roster boards or alights there
        return set()
    roads = roster.km[roster.network_of.get(train.date, 0)]
    km = roads[:, at] if station.kind == "pickup" else roads[at]
    return {at, *np.flatnonzero(km <= roster.rail_rules.walk_km).tolist()}


def _hops(coaches: list[Batch], start: Spot, end: Spot, walks: bool) -> Iterator[Way]:
    """Yield how one gets from one spot to another: on foot where one walks, else by one of the coaches."""
    if walks:
        yield ()
        return
    for coach in coaches:
        pickup, dropoff = _stop_at(coach, "pickup", start), _stop_at(coach, "dropoff", end)
        if pickup and dropoff:
            yield ((coach, pickup, dropoff),)


def _stop_at(batch: Batch, kind: StopKind, spot: Spot) -> Stop | None:
    return next((stop for stop in batch.stops if stop.kind == kind and stop.spot == spot), None)


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
        "pickup" if _stop_at(batch, "pickup", roster.places[row["pickup"]].spot) is None else "dropoff"
    )
    own = home if kind == "pickup" else goal
    stops = "、".join(stop.place for stop in batch.stops if stop.kind == kind)
    return UsageError(
        Text(
            f"{batch.id} 不经过 {own}({row['signup']})；停靠：{stops}",
            f"{batch.id} does not call at {own} ({row['signup']}); it stops at {stops}",
        )
    )
