"""Who could share a vehicle with a group that was left, and vehicles that gather their least load from them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import Ints, Problem
from returnplan.problem.rules import (
    BASE,
    MAX_COST_PER_HEAD,
    MIX_COUNTIES,
    RULES,
    WINDOW,
    breaches,
    may_ride,
)
from returnplan.reasons.left_over import LeftOver, carrying

MOST_DAYS = 3
"""Days that are tried, those first on which most people could leave: it is done for everybody who was left."""

ALL_BUT_MONEY = tuple(rule for rule in RULES if rule is not MAX_COST_PER_HEAD)


def most_companions(
    problem: Problem, cell: int, among: Ints, num_groups: Ints, days: Ints
) -> tuple[int, int]:
    """Return the most people that could leave together with the cell on one of some days of its window.

    An upper estimate: everyone with a common day and city, in the same prefecture where every vehicle has a
    base, whose own pick-up and drop-off lie near enough to those of the cell.

    Parameters
    ----------
    among : the cells that go to the same cities
    num_groups : (C,) how many groups of each cell are counted
    days : of the window, those that count

    Returns
    -------
    the people there are; and of them those that the limits on the number of stops let aboard one vehicle
    """
    near = sharing(problem, cell, among[num_groups[among] > 0])
    cells, limits = problem.cells, problem.limits
    persons = (cells.num_persons * num_groups)[near]
    most = most_in_stops = 0
    for day in days.tolist():
        going = np.where((cells.earliest[near] <= day) & (cells.latest[near] >= day), persons, 0)
        most = max(most, int(going.sum()))
        by_pickup = _by_stops(cells.pickup[near], going, int(cells.pickup[cell]), limits.max_pickups)
        first_drop = cells.drop_place[cells.drop_start[near]]
        own_drop = int(cells.drop_place[cells.drop_start[cell]])
        by_drop = _by_stops(first_drop, going, own_drop, limits.max_dropoffs)
        most_in_stops = max(most_in_stops, min(by_pickup, by_drop))
    return most, most_in_stops


def sharing(problem: Problem, cell: int, among: Ints) -> Ints:
    """Return those of the cells (itself among them) that the rules let share a vehicle with the cell."""
    cells, limits = problem.cells, problem.limits
    km = problem.km.min(axis=0) if len(problem.km) > 1 else problem.km[0]
    good = cells.pickup[among] >= 0  # else a party that cannot travel whole
    if (problem.pools.base >= 0).all():
        good &= cells.prefecture[among] == cells.prefecture[cell]
    own = Leg(int(cells.earliest[cell]), 0, (), (), ((cell, 1),))
    good &= may_ride(problem, own, among, (MIX_COUNTIES,))
    near = among[good]
    pickup, drop = cells.pickup[near], cells.drop_place[cells.drop_start[near]]
    own_pickup, own_drop = cells.pickup[cell], cells.drop_place[cells.drop_start[cell]]
    on_loop = np.minimum(km[own_pickup, pickup], km[pickup, own_pickup]) <= limits.max_pickup_km
    on_loop &= np.minimum(km[own_drop, drop], km[drop, own_drop]) <= limits.max_dropoff_km
    return np.asarray(near[on_loop])


def _by_stops(place: Ints, persons: Ints, own: int, num_stops: int) -> int:
    """Return the people at the own place and at the fullest other places that the stops allow."""
    places, number = np.unique(place, return_inverse=True)
    heads = np.bincount(number, persons, len(places))
    others = np.sort(heads[places != own])[::-1]
    return int(heads[places == own].sum() + others[: num_stops - 1].sum())


def gathered(left_over: LeftOver, cell: int, near: Ints, pools: Ints, days: Ints) -> Iterator[Draft]:
    """Yield vehicles with a group of the cell that keep all rules but those on money and on people a day.

    The nearest people are asked first, and the stops are filled; that may miss a vehicle, but is soon done.

    Parameters
    ----------
    near : the cells whose people may be asked
    pools, days : what may be tried; the cheapest free vehicle of a day leaves with its least load
    """
    problem, cells = left_over.problem, left_over.problem.cells
    drop, own_drop = (cells.drop_place[cells.drop_start[of]] for of in (near, cell))
    away_km = problem.km[:, cells.pickup[cell], cells.pickup[near]].min(axis=0)
    away_km += problem.km[:, own_drop, drop].min(axis=0)
    near = near[np.argsort(away_km, kind="stable")]
    persons = (cells.num_persons * left_over.num_left)[near]
    leaves = (cells.earliest[near] <= days[:, None]) & (days[:, None] <= cells.latest[near])
    fullest = days[np.argsort(-(leaves * persons).sum(axis=1), kind="stable")][:MOST_DAYS]
    for day in fullest.tolist():
        free = pools[left_over.is_free[pools, day]]
        if not len(free):
            continue
        pool = int(free[problem.pools.fixed_yuan[free].argmin()])
        vehicle = _FillingVehicle(problem, pool)
        vehicle.take(cell, 1)
        own = Leg(day, pool, (), (), ((cell, 1),))
        for other in near[may_ride(problem, own, near, (BASE, WINDOW))].tolist():
            vehicle.take(other, int(left_over.num_left[other]) - vehicle.groups[other])
        draft = carrying(problem, tuple(sorted(vehicle.groups.items())), pool, day)
        if not breaches(problem, draft, ALL_BUT_MONEY):
            yield draft


@dataclass
class _FillingVehicle:
    """What a vehicle takes on board until it has its least load."""

    problem: Problem
    pool: int
    groups: Counter[int] = field(default_factory=Counter)
    stops: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    riders: int = 0
    seats: int = 0

    def take(self, cell: int, num_groups: int) -> None:
        """Take groups of a cell, as far as they are wanted, seated and at one of the stops that are allowed."""
        cells, pools, limits = self.problem.cells, self.problem.pools, self.problem.limits
        persons, seats = int(cells.num_persons[cell]), int(cells.num_seats[cell])
        wanted = -(-(int(pools.min_load[self.pool]) - self.riders) // persons)
        num = min(num_groups, wanted, (int(pools.usable[self.pool]) - self.seats) // seats)
        drops = cells.drops_of(cell)
        pickups, dropoffs = self.stops[0] | {int(cells.pickup[cell])}, self.stops[1].union(drops)
        if num > 0 and len(pickups) <= limits.max_pickups and len(dropoffs) <= limits.max_dropoffs:
            self.stops = pickups, dropoffs
            self.groups[cell] += num
            self.riders += num * persons
            self.seats += num * seats
