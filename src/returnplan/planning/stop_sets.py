"""Fewer vehicles where stops bind before seats do: each is a set of stops, and who rides in which follows from them.

There a rider costs nothing once a vehicle calls at both of his stops, and one vehicle more costs as much as dozens of
stops. A search that moves riders rarely saves a vehicle, as all its stops have to find a place in others at once. So
one vehicle less than in the last plan gets other stops until nobody is absent, and so on, as long as that succeeds
(the fleet minimisation of Christiaens and Vanden Berghe 2020, "Slack induction by string removals"; the moves are in
``cpp/stop_sets``).
"""

import math
from collections.abc import Iterator

import numpy as np

from returnplan.planning import _core
from returnplan.planning.tables import Market
from returnplan.problem.model import Floats, Ints

MOST_STOPS, MOST_PLACES = 6, 1023
"""Of a kind on a batch, and of a market; the search tells no more of them apart."""
HOT, WARM, COLD = 0.25, 0.12, 0.003
"""Temperatures as shares of what it costs a group on average to have a vehicle to itself: when people are to be seated
the first and the last, when the stops are to become cheap the last and the end."""
PERSON_FIRST, PERSON_LAST, PERSON_SEATED = 0.7, 1.4, 3.0
"""What an absent person costs, of the same: at first and in the end, and once all were seated."""
LATE_DAYS_PER_PERSON = 10.0
"""So many weigh as much as one absent person, if they have no own price."""
PACKING, SETTLING, IMPROVING = 0.25, 0.12, 0.5
"""Moves to seat all in so many vehicles and to make these cheap, and work of a search that starts from them, for a unit
of work of the search before."""
TRIES, NEARLY = 2, 2
"""To seat all in so many vehicles: so often, if after the last try no more persons were absent than this."""
SETTLINGS = 2
"""How often the stops are made cheap, one after the other, as by chance plans of one and the next differ by 1 %; once
where tries to save one vehicle more have taken that time."""
PACKED, A_TRY, SETTLED = 4.0, 0.5, 0.7
"""How long all of this takes, against the search before; the share of what is left of it that a try to seat all is
given; and of each time that the stops are made cheap, without the search from them."""
ENOUGH_WORK = 10_000
"""Units of work for a group from which on there is time for it: a large problem has less."""


def can_be_packed(market: Market, work: int) -> bool:
    """Return whether there is time to pack stops, and nothing but the packing knows: no day caps, no dated rules."""
    limits = market.limits[0]
    return bool(
        work >= ENOUGH_WORK * len(market.unit_cell)
        and max(limits["max_pickups"], limits["max_dropoffs"]) <= MOST_STOPS
        and len(market.km[0]) <= MOST_PLACES
        and not limits["has_caps"]
        and len(market.join) == 1
    )


def on_fewer_vehicles(
    market: Market, num_vehicles: int, work: int, seed: int, watch: _core.Watch
) -> Iterator[Ints]:
    """Yield (K, 2) unit and batch of everybody, batch by batch, once or twice; nothing where no fewer vehicles suffice.

    Parameters
    ----------
    num_vehicles : of which fewer are to suffice
    work : units of the search before
    watch : told the way up to its ``work_until``, in shares; the caller's search from what is yielded is part of it
    """
    end, fewest = watch.work_until, fewest_vehicles(market)
    best = fleet = None
    while num_vehicles > fewest:
        num_vehicles -= 1
        fleet = _packed(market, num_vehicles, work, seed, watch, end)
        if fleet is None:
            break
        best = fleet
    if best is None:
        return
    begun, times = watch.work_over, SETTLINGS if fleet else 1
    length = (end - begun) / times
    for nth in range(times):
        watch.work_until = begun + (nth + SETTLED) * length
        best.settle(int(SETTLING * work))
        if best.core.absent_persons > 0:
            return
        watch.work_until = begun + (nth + 1) * length
        yield _units(market, best.core.riders)


def _packed(
    market: Market, num_vehicles: int, work: int, seed: int, watch: _core.Watch, end: float
) -> "_Fleet | None":
    """Return so many vehicles in which all ride; none if the tries do not find them."""
    for nth in range(TRIES):
        watch.work_until = watch.work_over + A_TRY * (end - watch.work_over)
        fleet = _Fleet(market, num_vehicles, seed + nth, watch)
        fleet.pack(int(PACKING * work))
        if fleet.core.absent_persons == 0:
            return fleet
        if fleet.core.absent_persons > NEARLY:
            break
    return None


def fewest_vehicles(market: Market) -> int:
    """Return how many vehicles there are at least, by seats and by how often they have to call at all stops."""
    cells, limits, room = market.cells, market.limits[0], int(market.limits[0]["most_usable"])
    drops = market.drops["place"]
    num_drops = cells["drop_end"] - cells["drop_first"]
    pickup, seats = np.repeat(cells["pickup"], num_drops), np.zeros(len(drops), dtype=np.int64)
    wanted = cells["seats"] * (cells["end_unit"] - cells["first_unit"])
    seats[cells["drop_first"]] = wanted  # of several drop-offs the first stands for all
    at_pickups = _calls(pickup, drops, seats, limits["max_dropoffs"], room) / limits["max_pickups"]
    at_dropoffs = _calls(drops, pickup, seats, limits["max_pickups"], room) / limits["max_dropoffs"]
    return max(1, math.ceil(wanted.sum() / room), math.ceil(at_pickups), math.ceil(at_dropoffs))


def _calls(stop: Ints, other: Ints, seats: Ints, most_others: int, room: int) -> int:
    """Return how often vehicles call at all stops at least (as ``bounding/calls``)."""
    pairs = np.unique(np.stack([stop, other]), axis=1)
    by_others = np.ceil(np.bincount(pairs[0]) / most_others)
    by_seats: Floats = np.ceil(np.bincount(stop, seats) / room)
    return int(np.maximum(by_others, by_seats).sum())


class _Fleet:
    """So many vehicles, and the temperatures and prices at which their stops are searched."""

    def __init__(self, market: Market, num_vehicles: int, seed: int, watch: _core.Watch) -> None:
        self.core, self._watch = _core.StopSets(market, num_vehicles, seed), watch
        self._alone_yuan = float(market.cells["alone_yuan"].mean())

    def pack(self, num_moves: int) -> None:
        """Seat all, if so many moves suffice."""
        self._anneal(num_moves, (HOT, WARM), (PERSON_FIRST, PERSON_LAST), ends_when_all_ride=True)

    def settle(self, num_moves: int) -> None:
        """Make the stops cheap."""
        self._anneal(num_moves, (WARM, COLD), (PERSON_SEATED, PERSON_SEATED), ends_when_all_ride=False)

    def _anneal(
        self,
        num_moves: int,
        temperature: tuple[float, float],
        person: tuple[float, float],
        *,
        ends_when_all_ride: bool,
    ) -> None:
        self.core.anneal(
            num_moves=num_moves,
            hot_yuan=temperature[0] * self._alone_yuan,
            cold_yuan=temperature[1] * self._alone_yuan,
            first_person_yuan=person[0] * self._alone_yuan,
            last_person_yuan=person[1] * self._alone_yuan,
            late_days_per_person=LATE_DAYS_PER_PERSON,
            ends_when_all_ride=ends_when_all_ride,
            watch=self._watch,
        )


def _units(market: Market, riders: Ints) -> Ints:
    """Return (K, 2) unit and batch of (R, 3) vehicle, cell and number of units."""
    vehicle, cell, num = riders.T
    order = np.argsort(cell, kind="stable")
    before = np.zeros(len(riders), dtype=np.int64)
    before[order] = np.cumsum(num[order]) - num[order]
    first_of_cell = np.full(len(market.cells), len(market.unit_cell))
    np.minimum.at(first_of_cell, cell, before)
    first = market.cells["first_unit"][cell] + before - first_of_cell[cell]
    within = np.arange(num.sum()) - np.repeat(np.cumsum(num) - num, num)
    number = np.unique(vehicle, return_inverse=True)[1]
    return np.column_stack([np.repeat(first, num) + within, np.repeat(number, num)])
