"""People who wait without a seat, in groups that could travel together: one coachload at most."""

from dataclasses import dataclass

import numpy as np

from returnplan.problem.draft import Load
from returnplan.problem.model import Ints, Travellers
from returnplan.problem.rules import MAX_DROPOFF_KM, MAX_PICKUP_KM, breaches, pools_for
from returnplan.reasons.gathering import sharing
from returnplan.reasons.left_over import LeftOver, carrying

LOOPS = (MAX_PICKUP_KM, MAX_DROPOFF_KM)


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Groups of some cells that have no seat, with their common days, the first and the last."""

    load: Load
    first_day: int
    last_day: int

    def num_persons(self, left_over: LeftOver) -> int:
        """Return how many people wait."""
        return int(sum(num * left_over.problem.cells.num_persons[cell] for cell, num in self.load))


def single_group(left_over: LeftOver, cell: int) -> WaitingGroup:
    """Return one group of a cell by itself."""
    cells = left_over.problem.cells
    return WaitingGroup(((cell, 1),), int(cells.earliest[cell]), int(cells.latest[cell]))


def waiting_groups(left_over: LeftOver) -> list[WaitingGroup]:
    """Return everybody without a seat, in groups of people who could share a vehicle on a common day.

    The largest number of people who are alike asks the nearest others. A party that cannot travel whole is in no
    group.
    """
    cells = left_over.problem.cells
    can_travel = (cells.pickup >= 0) & (cells.city_group >= 0) & (cells.earliest <= cells.latest)
    remaining = np.where(can_travel, left_over.num_left, 0)
    seeds = np.flatnonzero(remaining)
    seeds = seeds[np.argsort(-(remaining * cells.num_persons)[seeds], kind="stable")]
    groups = []
    for seed in seeds.tolist():
        while remaining[seed] > 0:
            group = _coachload(left_over, seed, remaining)
            groups.append(group)
            for cell, num in group.load:
                remaining[cell] -= num
    return groups


def _coachload(left_over: LeftOver, seed: int, remaining: Ints) -> WaitingGroup:
    """Return groups of the seed, and of the cells nearest to it, that fit into one vehicle and its limits of stops."""
    problem, cells = left_over.problem, left_over.problem.cells
    pools = np.flatnonzero(pools_for(problem, seed))
    pool = int(pools[problem.pools.usable[pools].argmax()]) if len(pools) else -1
    free = int(problem.pools.usable[pool]) if pool >= 0 else 0
    first, last = int(cells.earliest[seed]), int(cells.latest[seed])
    load: dict[int, int] = {}
    pickups: set[int] = set()
    dropoffs: set[int] = set()
    for cell in _nearest_first(left_over, seed, remaining):
        num = min(int(remaining[cell]), free // int(cells.num_seats[cell]))
        if cell == seed:
            num = max(1, num)  # also a party that no vehicle holds
        days = max(first, int(cells.earliest[cell])), min(last, int(cells.latest[cell]))
        if num <= 0 or days[0] > days[1]:
            continue
        board, alight = pickups | {int(cells.pickup[cell])}, dropoffs.union(_drops(left_over, cell))
        if load and (board, alight) != (pickups, dropoffs):
            if len(board) > problem.limits.max_pickups or len(alight) > problem.limits.max_dropoffs:
                continue
            tried = carrying(problem, tuple(sorted({**load, cell: num}.items())), pool, days[0])
            if breaches(problem, tried, LOOPS):
                continue
        load[cell], (first, last) = num, days
        pickups, dropoffs = board, alight
        free -= num * int(cells.num_seats[cell])
    return WaitingGroup(tuple(sorted(load.items())), first, last)


def _nearest_first(left_over: LeftOver, seed: int, remaining: Ints) -> list[int]:
    """Return the seed and the cells with people left that may share a vehicle with it, the nearest first."""
    problem, cells = left_over.problem, left_over.problem.cells
    among = left_over.same_cities[int(cells.city_group[seed])]
    near = sharing(problem, seed, among[remaining[among] > 0])
    drop = cells.drop_place[cells.drop_start[near]]
    own_drop = cells.drop_place[cells.drop_start[seed]]
    away_km = problem.km[:, cells.pickup[seed], cells.pickup[near]].min(axis=0)
    away_km += problem.km[:, own_drop, drop].min(axis=0)
    order: list[int] = near[np.lexsort((near, away_km))].tolist()
    return [seed, *(cell for cell in order if cell != seed)]


def _drops(left_over: LeftOver, cell: int) -> list[int]:
    cells = left_over.problem.cells
    drops: list[int] = cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]].tolist()
    return drops


def group_of_rows(groups: list[WaitingGroup], left_over: LeftOver, travellers: Travellers) -> dict[int, int]:
    """Return the number of the waiting group, from 0, of each line of ``Roster.people`` that is in one."""
    number: dict[int, int] = {}
    left = np.flatnonzero(left_over.waits)  # those of a cell are consecutive
    next_left = np.searchsorted(left, travellers.group_start[:-1])
    for nth, group in enumerate(groups):
        for cell, num in group.load:
            for own in left[next_left[cell] : next_left[cell] + num].tolist():
                number |= dict.fromkeys(travellers.members(own).tolist(), nth)
            next_left[cell] += num
    return number
