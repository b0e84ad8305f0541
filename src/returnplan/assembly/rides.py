"""Who rides in which batch, from where to where, on which seat; one pass over columns each."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from returnplan.model.plan import BatchKind
from returnplan.model.roster import Roster
from returnplan.problem.draft import Leg
from returnplan.problem.model import Bools, Ints, Travellers
from returnplan.problem.parts import spans

Narrow = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Rides:
    """Everybody planned, batch by batch and seat by seat; arrays of length R, in four bytes a number.

    ``batch`` is a line of the vehicles, ``person`` a line of ``Roster.people``, ``group`` what is not split;
    ``pickup``, ``dropoff`` are places, ``pickup_seq``, ``dropoff_seq`` count the stops of the batch from 1; ``seat`` is
    the rider's own, those of the children along follow it. ``leg`` counts the rides of a person from 1, ``journey`` is
    the line of the direct coach or the train.
    """

    batch: Narrow
    person: Narrow
    group: Narrow
    pickup: Narrow
    dropoff: Narrow
    pickup_seq: Narrow
    dropoff_seq: Narrow
    seat: Narrow
    leg: Narrow
    journey: Narrow

    @property
    def is_first(self) -> Bools:
        """Whether it is the first ride of the person."""
        return np.asarray(self.leg == 1)

    @property
    def is_last(self) -> Bools:
        """Whether it is the last ride of the person."""
        most = np.zeros(int(self.person.max(initial=-1)) + 1, dtype=np.int64)
        np.maximum.at(most, self.person, self.leg)
        return np.asarray(self.leg == most[self.person])


@dataclass(frozen=True, slots=True)
class Aboard:
    """The vehicles of one kind, on which each group that they carry rides once.

    Attributes
    ----------
    lines : their numbers among all vehicles
    travellers : who stands behind the cells of their loads
    pickup, dropoff : (C,) the station at which each cell boards or alights; None: as the people said
    leg, journey : (C,) which ride it is for them, and the vehicle of their journey; None: this is the whole journey
    """

    kind: BatchKind
    lines: Ints
    legs: Sequence[Leg]
    travellers: Travellers
    pickup: Ints | None = None
    dropoff: Ints | None = None
    leg: Ints | None = None
    journey: Ints | None = None


def rides_of(parts: Sequence[Aboard], roster: Roster) -> Rides:
    """Return who rides where."""
    each = [_rides_of(part, roster) for part in parts]
    if len(each) == 1:
        return each[0]
    columns = {f.name: np.concatenate([getattr(rides, f.name) for rides in each]) for f in fields(Rides)}
    order = np.argsort(columns["batch"], kind="stable")
    return Rides(**{name: column[order] for name, column in columns.items()})


def _rides_of(part: Aboard, roster: Roster) -> Rides:
    """Return who rides on the vehicles of a kind.

    The groups of a cell are interchangeable: the first by ID number ride in its first batch, and so on.
    """
    travellers = part.travellers
    batch, group = _groups_aboard(part.legs, travellers)
    num_members = np.diff(travellers.member_start)[group]
    person = travellers.member_row[spans(travellers.member_start[group], num_members)]
    batch, group = np.repeat(batch, num_members), np.repeat(group, num_members)
    cell = travellers.cell_of_group[group]
    people, num_places = roster.people, len(roster.places)
    pickup, dropoff = (
        (people[name].to_numpy()[person] if stations is None else stations[cell]).astype(np.int32)
        for name, stations in (("pickup", part.pickup), ("dropoff", part.dropoff))
    )
    pickup_seq = _stop_seq(batch, pickup, [leg.pickups for leg in part.legs], num_places)
    dropoff_seq = _stop_seq(batch, dropoff, [leg.dropoffs for leg in part.legs], num_places)
    dropoff_seq += np.array([len(leg.pickups) for leg in part.legs], dtype=np.int32)[batch]
    seats = 1 + people["num_children"].to_numpy(np.int64)[person]
    order = _seating_order(batch, group, pickup_seq, dropoff_seq, seats)
    batch, seats, cell = batch[order], seats[order], cell[order]
    seats_before = np.cumsum(seats) - seats
    line = part.lines[batch].astype(np.int32)
    seat = seats_before - seats_before[np.searchsorted(batch, batch)] + 1  # counted in each batch
    return Rides(
        batch=line,
        person=person[order].astype(np.int32),
        group=group[order].astype(np.int32),
        pickup=pickup[order],
        dropoff=dropoff[order],
        pickup_seq=pickup_seq[order],
        dropoff_seq=dropoff_seq[order],
        seat=seat.astype(np.int32),
        leg=np.ones_like(line) if part.leg is None else part.leg[cell].astype(np.int32),
        journey=line if part.journey is None else part.journey[cell].astype(np.int32),
    )


def _groups_aboard(legs: Sequence[Leg], travellers: Travellers) -> tuple[Ints, Ints]:
    """Return the batch and the number of every group on board."""
    loads = [(line, cell, num) for line, leg in enumerate(legs) for cell, num in leg.load]
    batch, cell, num_groups = np.array(loads, dtype=np.int64).reshape(-1, 3).T
    order = np.lexsort((batch, cell))
    batch, cell, num_groups = batch[order], cell[order], num_groups[order]
    before = np.cumsum(num_groups) - num_groups
    first_of_cell = np.searchsorted(cell, cell)
    first_group = travellers.group_start[cell] + before - before[first_of_cell]
    return np.repeat(batch, num_groups), spans(first_group, num_groups)


def _stop_seq(batch: Ints, place: Narrow, stops: list[tuple[int, ...]], num_places: int) -> Narrow:
    """Return at which of its batch's stops of one kind (from 1) each place is called at."""
    keys = np.array([line * num_places + stop for line, of in enumerate(stops) for stop in of], np.int64)
    seq = np.array([number for of in stops for number in range(1, len(of) + 1)], dtype=np.int32)
    order = np.argsort(keys)
    return seq[order[np.searchsorted(keys, batch * num_places + place, sorter=order)]]


def _seating_order(batch: Ints, group: Ints, pickup_seq: Narrow, dropoff_seq: Narrow, seats: Ints) -> Ints:
    """Return the riders from the front seat to the back.

    Who alights first sits in front; among them groups that fill pairs of seats come before the others, so that
    they start on the odd seat of a pair; then who boards first sits farther back; a group sits together.
    """
    _, first, number = np.unique(group, return_index=True, return_inverse=True)
    alights = np.full(len(first), np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(alights, number, dropoff_seq)
    is_odd = (np.bincount(number, seats, len(first)) % 2).astype(np.int8)
    is_odd, alights = is_odd[number], alights[number]
    del number, first
    return np.lexsort((dropoff_seq, group, -pickup_seq, is_odd, alights, batch))  # stable
