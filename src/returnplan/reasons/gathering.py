"""Vehicles that gather their least load from people who were left, to see which limits stand in their way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from returnplan.problem.draft import Draft, Leg, Load
from returnplan.problem.model import Ints, Problem
from returnplan.problem.rules import BASE, MAX_COST_PER_HEAD, RULES, WINDOW, breaches, may_ride
from returnplan.reasons.standing import Standing
from returnplan.reasons.trial import carrying

MOST_DAYS = 3
"""Days that are tried, those first on which most people could leave: it is done for everybody who was left."""

ALL_BUT_MONEY = tuple(rule for rule in RULES if rule is not MAX_COST_PER_HEAD)


def gathered(standing: Standing, cell: int, near: Ints, pools: Ints, days: Ints) -> Iterator[Draft]:
    """Yield vehicles with a group of the cell that keep all rules but those on money and on people a day.

    The nearest people are asked first, and the stops are filled; that may miss a vehicle, but is soon done.

    Parameters
    ----------
    near : the cells whose people may be asked
    pools, days : what may be tried; the cheapest free vehicle of a day leaves with its least load
    """
    near = _nearest_first(standing.problem, cell, near)
    for day in _fullest(standing, near, days):
        for pool in _cheapest(standing, pools, day):
            own = Leg(day, pool, (), (), ((cell, 1),))
            going = near[may_ride(standing.problem, own, near, (BASE, WINDOW))]
            draft = carrying(standing.problem, _load(standing, cell, going, pool), pool, day)
            if not breaches(standing.problem, draft, ALL_BUT_MONEY):
                yield draft


def _load(standing: Standing, cell: int, going: Ints, pool: int) -> Load:
    """Return a group of the cell, and groups of the others up to the least load, for a draft."""
    aboard = _Aboard(standing.problem, pool)
    aboard.take(cell, 1)
    for other in going.tolist():
        aboard.take(other, int(standing.num_left[other]) - aboard.groups[other])
    return tuple(sorted(aboard.groups.items()))


@dataclass
class _Aboard:
    """What a vehicle takes aboard until it has its least load."""

    problem: Problem
    pool: int
    groups: Counter[int] = field(default_factory=Counter)
    stops: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    riders: int = 0
    seats: int = 0

    def take(self, cell: int, num_groups: int) -> None:
        """Take groups of a cell, as far as they are wanted, seated and at one of the stops that are allowed."""
        cells, pools = self.problem.cells, self.problem.pools
        persons, seats = int(cells.num_persons[cell]), int(cells.num_seats[cell])
        wanted = -(-(int(pools.min_load[self.pool]) - self.riders) // persons)
        num = min(num_groups, wanted, (int(pools.usable[self.pool]) - self.seats) // seats)
        if num > 0 and self._calls_at(cell):
            self.groups[cell] += num
            self.riders += num * persons
            self.seats += num * seats

    def _calls_at(self, cell: int) -> bool:
        """Make the stops of the cell, if there may be so many."""
        cells, limits = self.problem.cells, self.problem.limits
        drops = cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]].tolist()
        pickups, dropoffs = self.stops[0] | {int(cells.pickup[cell])}, self.stops[1].union(drops)
        if len(pickups) > limits.max_pickups or len(dropoffs) > limits.max_dropoffs:
            return False
        self.stops = pickups, dropoffs
        return True


def _nearest_first(problem: Problem, cell: int, near: Ints) -> Ints:
    cells = problem.cells
    drop, own_drop = (cells.drop_place[cells.drop_start[of]] for of in (near, cell))
    away_km = problem.km[0, cells.pickup[cell], cells.pickup[near]] + problem.km[0, own_drop, drop]
    return np.asarray(near[np.argsort(away_km, kind="stable")])


def _fullest(standing: Standing, near: Ints, days: Ints) -> list[int]:
    cells = standing.problem.cells
    persons = (cells.num_persons * standing.num_left)[near]
    leaves = (cells.earliest[near] <= days[:, None]) & (days[:, None] <= cells.latest[near])
    order = np.argsort(-(leaves * persons).sum(axis=1), kind="stable")
    fullest: list[int] = days[order][:MOST_DAYS].tolist()
    return fullest


def _cheapest(standing: Standing, pools: Ints, day: int) -> list[int]:
    """Return the pool of which a vehicle is hired for least on the day; none where all are taken."""
    free = pools[standing.is_free[pools, day]]
    cheapest: list[int] = free[np.argsort(standing.problem.pools.fixed_yuan[free], kind="stable")].tolist()
    return cheapest[:1]
