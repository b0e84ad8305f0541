"""Who could share a vehicle with a cell: enough people for the minimum load, or not?"""

import numpy as np

from returnplan.problem.draft import Leg
from returnplan.problem.model import Ints, Problem
from returnplan.problem.rules import MIX_COUNTIES, may_ride


def most_companions(problem: Problem, cell: int, among: Ints, num_groups: Ints) -> tuple[int, int]:
    """Return the most people that could leave together with the cell on one day of its window.

    An upper estimate: everyone with a common day and city, in the same prefecture where every vehicle has a
    base, whose own pick-up and drop-off lie near enough to those of the cell.

    Parameters
    ----------
    among : the cells that go to the same cities
    num_groups : (C,) how many groups of each cell are counted

    Returns
    -------
    the people there are; and of them those that the limits on the number of stops let aboard one vehicle
    """
    near = sharing(problem, cell, among[num_groups[among] > 0])
    cells, limits = problem.cells, problem.limits
    persons = (cells.num_persons * num_groups)[near]
    most = most_in_stops = 0
    for day in range(int(cells.earliest[cell]), int(cells.latest[cell]) + 1):
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
