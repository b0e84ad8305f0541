"""The last moment: coaches leave when somebody on board has to, and then take along whoever rides for nothing.

Both rules cost nothing tonight and leave more ways open tomorrow. Were there but one stop and seats for all, nothing
better could be done, whoever signs up later: windows are met by the fewest coaches if each leaves when the next window
ends (Gupta, Lee and Leung 1982, "Efficient algorithms for interval graphs and circular-arc graphs").
"""

from collections.abc import Iterable, Sequence

import numpy as np

from returnplan.carryover.outlook import Coach, Outlook, loads
from returnplan.problem.draft import Leg
from returnplan.problem.model import Bools, Ints


def at_the_last_moment(outlook: Outlook, coaches: Iterable[Coach]) -> list[Coach]:
    """Return the coaches of the first day that cannot wait, filled with people who could leave later."""
    return _filled(outlook, [coach for coach in coaches if not _can_wait(outlook, coach)])


def _can_wait(outlook: Outlook, coach: Coach) -> bool:
    """Return whether all on board may leave a day later, and no later after a resume date."""
    cells, day, aboard = outlook.problem.cells, outlook.day, coach.load > 0
    if cells.latest[aboard].min() <= day:
        return False
    return bool((cells.late_days[aboard, day + 1] <= cells.late_days[aboard, day]).all())


def _filled(outlook: Outlook, coaches: Sequence[Coach]) -> list[Coach]:
    """Return the coaches with those on their free seats who need no further stop, the most urgent first."""
    cells = outlook.problem.cells
    left = outlook.known - loads(coaches, outlook.known)
    filled = []
    for coach in coaches:
        load, free = coach.load.copy(), _free_seats(outlook, coach)
        fits = np.flatnonzero(_may_join(outlook, coach) & (left > 0))
        for cell in fits[np.argsort(cells.latest[fits], kind="stable")].tolist():
            num = min(int(left[cell]), free // int(cells.num_seats[cell]))
            load[cell] += num
            left[cell] -= num
            free -= num * int(cells.num_seats[cell])
        filled.append(coach._replace(load=load))
    return filled


def _free_seats(outlook: Outlook, coach: Coach) -> int:
    load = tuple((cell, int(coach.load[cell])) for cell in np.flatnonzero(coach.load).tolist())
    leg = Leg(outlook.day, coach.pool, (), (), load)
    return leg.usable(outlook.problem) - leg.num_seats(outlook.problem)


def _may_join(outlook: Outlook, coach: Coach) -> Bools:
    """Return (C,) of which cells people could ride along on the first day without a further stop."""
    problem, aboard = outlook.problem, coach.load > 0
    cells, pool = problem.cells, coach.pool
    stops = np.isin(cells.drop_place, cells.drop_place[_drops_of(aboard, cells.drop_start)])
    alights = np.logical_and.reduceat(np.append(stops, True), cells.drop_start[:-1])
    serves = problem.pools.serve(cells.prefecture, cells.goal)[:, pool]
    same_county = problem.limits.mix_counties | (cells.county == cells.county[aboard][0])
    boards = np.isin(cells.pickup, cells.pickup[aboard]) & (cells.earliest <= outlook.day)
    return np.asarray(outlook.is_of(coach.flow) & boards & alights & serves & same_county)


def _drops_of(aboard: Bools, drop_start: Ints) -> Bools:
    """Return which drop-offs belong to cells that have somebody on board."""
    return np.repeat(aboard, np.diff(drop_start))
