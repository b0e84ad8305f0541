"""What kind of demand a market has: thin, where stops bind before seats do; divisible, where many are alike;
indivisible, where groups are large; and whether routes may be long."""

import numpy as np

from returnplan.model.alike import alike
from returnplan.problem.model import Floats, Ints, Problem


def is_thin(problem: Problem, part: Ints) -> bool:
    """Return whether stops bind before seats do for most riders of the market ``part`` (its cells)."""
    cells = problem.cells
    seats = (cells.num_groups * cells.num_seats)[part]
    return bool(seats[_in_reach(problem, part) < problem.pools.usable.max()].sum() > seats.sum() / 2)


def _in_reach(problem: Problem, part: Ints) -> Floats:
    """Return (len(part),) the seats wanted on one day at as many stops as a vehicle may have, were all alike.

    Infinite where a vehicle may call at all stops: there only days and seats bind.
    """
    cells, limits = problem.cells, problem.limits
    county = np.zeros_like(part) if limits.mix_counties else cells.county[part]
    group = alike(cells.city_group[part], county).of_line
    num_days = cells.latest[part].max() - cells.earliest[part].min() + 1
    seat_days = (cells.num_groups * cells.num_seats * (cells.latest - cells.earliest + 1))[part]
    num_drops = cells.drop_start[part + 1] - cells.drop_start[part]
    drops = cells.drop_place[cells.drop_lines(part)]
    pickups = np.minimum(1.0, limits.max_pickups / _num_distinct(group, cells.pickup[part]))
    dropoffs = np.minimum(1.0, limits.max_dropoffs / _num_distinct(np.repeat(group, num_drops), drops))
    a_day = np.bincount(group, seat_days) / num_days
    return np.where(pickups * dropoffs < 1.0, a_day * pickups * dropoffs, np.inf)[group]


def _num_distinct(group: Ints, place: Ints) -> Ints:
    """Return how many places each group has."""
    return np.bincount(group[alike(group, place).first])


MANY_ALIKE = 6
"""Groups of a cell up to which they are few."""


def is_divisible(problem: Problem, part: Ints) -> bool:
    """Return whether more than half of the seats of the market ``part`` (its cells) are for many who are alike.

    Where all board at one stop there is nothing to share out.
    """
    cells = problem.cells
    seats = (cells.num_groups * cells.num_seats)[part]
    if len(np.unique(cells.pickup[part])) == 1:
        return False
    return bool(seats[cells.num_groups[part] > MANY_ALIKE].sum() > seats.sum() / 2)


MANY_SEATS = 4
"""Of a group from which on it is large: where the next vehicle goes full depends on which of them ride together."""
MOST_LARGE = 400
"""Groups of a market up to which the choice among batches of several searches pays."""


def is_indivisible(problem: Problem, part: Ints) -> bool:
    """Return whether more than half of the seats of the market ``part`` are for large groups, and these are few."""
    cells = problem.cells
    seats = (cells.num_groups * cells.num_seats)[part]
    large = seats[cells.num_seats[part] >= MANY_SEATS].sum()
    return bool(cells.num_groups[part].sum() <= MOST_LARGE and large > seats.sum() / 2)


MANY_STOPS = 10
"""Pick-ups of a batch from which on their order is a problem of its own; offices allow three to six."""


def has_long_routes(problem: Problem, part: Ints) -> bool:
    """Return whether a vehicle may call at many of the pick-ups of the market ``part``."""
    num_stops = len(np.unique(problem.cells.pickup[part]))
    return min(problem.limits.max_pickups, num_stops) >= MANY_STOPS
