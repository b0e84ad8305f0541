"""What a plan takes of what is not there without end: vehicles of a pool, and the day caps on people."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from returnplan.planning.drafts import Draft, num_persons, route_km
from returnplan.problem.model import UNLIMITED, Problem

Wants = frozenset[tuple[str, int]]
"""Pools, and prefectures and cities with a day cap, each by its number."""


class Usage:
    """Riders a day, vehicles a pool and day, and people a day who leave each prefecture and reach each city."""

    def __init__(self, problem: Problem, drafts: Iterable[Draft]) -> None:
        """Count some drafts; others may be added, or taken off again."""
        self._problem = problem
        self.riders = np.zeros(problem.num_days, dtype=np.int64)
        self._vehicles = np.zeros((len(problem.pools), problem.num_days), dtype=np.int64)
        self._departures = np.zeros_like(problem.caps.max_departures)
        self._arrivals = np.zeros_like(problem.caps.max_arrivals)
        for draft in drafts:
            self.count(draft)

    def count(self, draft: Draft, times: int = 1) -> None:
        """Add the draft, or take it off (``times`` -1)."""
        self.riders[draft.day] += times * num_persons(self._problem, draft)
        self._vehicles[draft.pool, draft.day] += times
        if self._problem.caps.bind:
            self._count_people(draft, times)

    def exchange(self, draft: Draft, others: Iterable[Draft]) -> Draft:
        """Return the first of the others that vehicles and caps allow instead of the draft, the draft if none is.

        It is counted in the draft's place; while the others are looked at (one by one), neither is counted.
        """
        self.count(draft, -1)
        for other in others:
            self.count(other)
            if self.suffices(other.pool):
                return other
            self.count(other, -1)
        self.count(draft)
        return draft

    def overdrawn(self) -> Wants:
        """Return what is wanted more than there is of it on some day."""
        caps = self._problem.caps
        scarce = {("pool", pool) for pool in range(len(self._vehicles)) if self._lacks(pool)}
        crowded = np.flatnonzero((self._departures > caps.max_departures).any(axis=1))
        full = np.flatnonzero((self._arrivals > caps.max_arrivals).any(axis=1))
        return frozenset(
            scarce | {("departures", int(i)) for i in crowded} | {("arrivals", int(i)) for i in full}
        )

    def suffices(self, pool: int) -> bool:
        """Return whether there are vehicles enough in the pool, and all day caps are kept."""
        caps = self._problem.caps
        within = (self._departures <= caps.max_departures).all() and (
            self._arrivals <= caps.max_arrivals
        ).all()
        return bool(within) and not self._lacks(pool)

    def left(self) -> Problem:
        """Return the problem with the vehicles and the places under day caps that are left for others.

        A vehicle away from day d to d + T - 1 also keeps others from leaving in the T - 1 days before d, which would
        still be away on d; and on all these days no more may be away than there are on day d.
        """
        problem, pools = self._problem, self._problem.pools
        available, taken = pools.available.copy(), np.zeros_like(pools.available)
        for pool, day in zip(*np.nonzero(self._vehicles), strict=True):
            turn = int(pools.turnaround_days[pool])
            days = slice(max(0, day - turn + 1), day + turn)
            available[pool, days] = np.minimum(available[pool, days], pools.available[pool, day])
            taken[pool, days] += self._vehicles[pool, day]
        available = np.where(available < UNLIMITED, np.maximum(0, available - taken), available)
        caps = problem.caps
        if caps.bind:
            caps = replace(
                caps,
                max_departures=caps.max_departures - self._departures,
                max_arrivals=caps.max_arrivals - self._arrivals,
            )
        return replace(problem, pools=replace(pools, available=available), caps=caps)

    def _count_people(self, draft: Draft, times: int) -> None:
        cells, city_of_cell = self._problem.cells, self._problem.caps.city_of_cell
        arrives = min(_arrival_day(self._problem, draft), self._arrivals.shape[1] - 1)
        for cell, num_groups in draft.load:
            persons = times * num_groups * cells.num_persons[cell]
            if cells.prefecture[cell] >= 0:  # else nobody knows which
                self._departures[cells.prefecture[cell], draft.day] += persons
            self._arrivals[city_of_cell[cell], arrives] += persons

    def _lacks(self, pool: int) -> bool:
        """Return whether on a day with a departure the vehicles away exceed those there are."""
        used, pools = self._vehicles[pool], self._problem.pools
        turn = min(int(pools.turnaround_days[pool]), len(used))
        away = np.convolve(used, np.ones(turn, dtype=np.int64))
        # away[d] counts departures of the ``turn`` days up to d
        available = pools.available[pool]
        return any(away[day : day + turn].max() > available[day] for day in np.flatnonzero(used))


def _arrival_day(problem: Problem, draft: Draft) -> int:
    """Return the day on which the batch reaches its last stop."""
    caps = problem.caps
    num_legs = len(draft.pickups) + len(draft.dropoffs) - 1
    driving = route_km(problem, draft) * caps.minutes_per_km
    minutes = caps.start_minute + driving + caps.dwell_minutes * num_legs
    return draft.day + int(minutes // 1440)
