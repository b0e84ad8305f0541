"""A first plan where stops bind before seats do: as few vehicles as call for everybody, each a set of stops.

There a rider costs nothing once a vehicle calls at both of his stops, and one vehicle more costs as much as dozens of
stops. A search that moves riders rarely saves a vehicle, as most of its stops have to find a place in others at once.
So the vehicles are counted first, and a search over their stops alone leaves as few people absent as it can; if any
are, there is one vehicle more (``cpp/stop_sets``).
"""

import math

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
PACKING, SETTLING = 0.25, 0.12
"""Moves to seat all in so many vehicles, and to make these cheap, for a unit of work of the search after them."""
FILLED = 0.7
"""Share of the average load that one vehicle more takes of those who are absent."""


def knows_all_rules(market: Market) -> bool:
    """Return whether a search over stops knows what matters in the market: one class, no day caps, no dated rules."""
    cells, limits = market.cells, market.limits[0]
    a_person = cells["weight"] / np.maximum(1, cells["persons"])
    return bool(
        max(limits["max_pickups"], limits["max_dropoffs"]) <= MOST_STOPS
        and len(market.km[0]) <= MOST_PLACES
        and np.ptp(a_person) == 0
        and not limits["has_caps"]
        and len(market.join) == 1
    )


def on_fewest_vehicles(market: Market, work: int, seed: int, watch: _core.Watch) -> Ints:
    """Return (K, 2) unit and batch of those who ride, batch by batch: everybody, if the time suffices.

    Parameters
    ----------
    work : units of the search that is to improve the plan
    """
    people = int(market.cells["persons"][market.unit_cell].sum())
    num_vehicles = fewest_vehicles(market)
    while True:
        fleet = _Fleet(market, num_vehicles, seed, watch)
        fleet.pack(int(PACKING * work))
        absent = fleet.core.absent_persons
        if absent == 0 or watch.time_over >= 1.0:
            fleet.settle(int(SETTLING * work))
            return _units(market, fleet.core.riders)
        num_vehicles += max(1, int(FILLED * absent * num_vehicles / max(1, people - absent)))


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
        self._anneal(num_moves, HOT, WARM, PERSON_FIRST, PERSON_LAST, ends_when_all_ride=True)

    def settle(self, num_moves: int) -> None:
        """Make the stops cheap."""
        self._anneal(num_moves, WARM, COLD, PERSON_SEATED, PERSON_SEATED, ends_when_all_ride=False)

    def _anneal(self, num_moves: int, *shares: float, ends_when_all_ride: bool) -> None:
        yuan = [share * self._alone_yuan for share in shares]
        self.core.anneal(num_moves, *yuan, LATE_DAYS_PER_PERSON, ends_when_all_ride, self._watch)


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
