"""Who rides in which batch, from where to where, on which seat; one pass over columns each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from returnplan.model.roster import Roster
from returnplan.problem.draft import Draft
from returnplan.problem.model import Ints, Travellers


@dataclass(frozen=True, slots=True)
class Rides:
    """Everybody planned, batch by batch and seat by seat; arrays of length R.

    ``batch`` is a line of the drafts, ``person`` a line of ``Roster.people``, ``group`` what is not split;
    ``pickup_seq``, ``dropoff_seq`` count the stops of the batch from 1; ``seat`` is the rider's own, those of
    the children along follow it.
    """

    batch: Ints
    person: Ints
    group: Ints
    pickup_seq: Ints
    dropoff_seq: Ints
    seat: Ints


def rides_of(drafts: Sequence[Draft], travellers: Travellers, roster: Roster) -> Rides:
    """Return who rides where.

    The groups of a cell are interchangeable: the first by ID number ride in its first batch, and so on.
    """
    batch, group = _groups_aboard(drafts, travellers)
    num_members = np.diff(travellers.member_start)[group]
    person = travellers.member_row[_spans(travellers.member_start[group], num_members)]
    batch, group = np.repeat(batch, num_members), np.repeat(group, num_members)
    people = roster.people
    pickup, dropoff = (people[name].to_numpy(np.int64)[person] for name in ("pickup", "dropoff"))
    num_places = len(roster.places)
    pickup_seq = _stop_seq(batch, pickup, [draft.leg.pickups for draft in drafts], num_places)
    dropoff_seq = _stop_seq(batch, dropoff, [draft.leg.dropoffs for draft in drafts], num_places)
    dropoff_seq += np.array([len(draft.leg.pickups) for draft in drafts], dtype=np.int64)[batch]
    seats = 1 + people["num_children"].to_numpy(np.int64)[person]
    order = _seating_order(batch, group, pickup_seq, dropoff_seq, seats)
    batch, seats = batch[order], seats[order]
    seats_before = np.cumsum(seats) - seats
    return Rides(
        batch=batch,
        person=person[order],
        group=group[order],
        pickup_seq=pickup_seq[order],
        dropoff_seq=dropoff_seq[order],
        seat=seats_before - seats_before[np.searchsorted(batch, batch)] + 1,  # counted in each batch
    )


def _groups_aboard(drafts: Sequence[Draft], travellers: Travellers) -> tuple[Ints, Ints]:
    """Return the batch and the number of every group on board."""
    loads = [(line, cell, num) for line, draft in enumerate(drafts) for cell, num in draft.load]
    batch, cell, num_groups = np.array(loads, dtype=np.int64).reshape(-1, 3).T
    order = np.lexsort((batch, cell))
    batch, cell, num_groups = batch[order], cell[order], num_groups[order]
    before = np.cumsum(num_groups) - num_groups
    first_of_cell = np.searchsorted(cell, cell)
    first_group = travellers.group_start[cell] + before - before[first_of_cell]
    return np.repeat(batch, num_groups), _spans(first_group, num_groups)


def _spans(start: Ints, length: Ints) -> Ints:
    """Return the concatenation of the ranges that begin at ``start``."""
    before = np.cumsum(length) - length
    return np.repeat(start - before, length) + np.arange(int(length.sum()))


def _stop_seq(batch: Ints, place: Ints, stops: list[tuple[int, ...]], num_places: int) -> Ints:
    """Return at which of its batch's stops of one kind (from 1) each place is called at."""
    keys = np.array([line * num_places + stop for line, of in enumerate(stops) for stop in of], np.int64)
    seq = np.array([number for of in stops for number in range(1, len(of) + 1)], dtype=np.int64)
    order = np.argsort(keys)
    return seq[order[np.searchsorted(keys, batch * num_places + place, sorter=order)]]


def _seating_order(batch: Ints, group: Ints, pickup_seq: Ints, dropoff_seq: Ints, seats: Ints) -> Ints:
    """Return the riders from the front seat to the back.

    Who alights first sits in front; among them groups that fill pairs of seats come before the others, so that
    they start on the odd seat of a pair; then who boards first sits farther back; a group sits together.
    """
    _, first, number = np.unique(group, return_index=True, return_inverse=True)
    alights = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(alights, number, dropoff_seq)
    is_odd = np.bincount(number, seats, len(first)).astype(np.int64) % 2
    keys = (np.arange(len(batch)), dropoff_seq, group, -pickup_seq, is_odd[number], alights[number], batch)
    return np.lexsort(keys)
