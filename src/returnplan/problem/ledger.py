"""What a plan takes of what is scarce: vehicles of a pool and their days on the road, day caps on people, money."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from returnplan.model.roster import CapRule
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import UNLIMITED, Bools, Ints, Pools, Problem
from returnplan.problem.rules import BUDGET, FLEET, MAX_ARRIVALS, MAX_DEPARTURES, ROUNDING, Breach, Rule

Resource = tuple[Literal["pool", CapRule], int]
"""A pool, or a prefecture or city with a day cap, by its number."""

CAP_RULES: dict[CapRule, Rule] = {"max_departures": MAX_DEPARTURES, "max_arrivals": MAX_ARRIVALS}


class Ledger:
    """Vehicles a pool and day, people a day who leave each prefecture and reach each city, and yuan.

    ``riders`` (D,) counts the people who leave on each day, ``yuan`` the cost of all drafts.
    """

    def __init__(self, problem: Problem, drafts: Iterable[Draft] = ()) -> None:
        """Take some drafts; others may be taken and released later."""
        self.riders = np.zeros(problem.num_days, dtype=np.int64)
        self.yuan = 0.0
        self._problem = problem
        self._do_caps_bind = problem.caps.bind
        self._vehicles = np.zeros((len(problem.pools), problem.num_days), dtype=np.int64)
        self._people: dict[CapRule, Ints] = {
            "max_departures": np.zeros_like(problem.caps.max_departures),
            "max_arrivals": np.zeros_like(problem.caps.max_arrivals),
        }
        self._most: dict[CapRule, Ints] = {
            "max_departures": problem.caps.max_departures,
            "max_arrivals": problem.caps.max_arrivals,
        }
        for draft in drafts:
            self.take(draft)

    def take(self, draft: Draft) -> None:
        """Count what the draft takes."""
        self._count(draft, 1)

    def release(self, draft: Draft) -> None:
        """Give back what the draft took."""
        self._count(draft, -1)

    def fits(self, draft: Draft) -> bool:
        """Return whether there are vehicles, room within the day caps and money for one draft more."""
        return not self.breaches(draft)

    def breaches(self, draft: Draft) -> tuple[Breach, ...]:
        """Return the rules on scarce things that one draft more would break."""
        is_free = self.is_vehicle_free(draft.leg.pool, draft.day)
        lacking = () if is_free else (Breach(FLEET, 1, 0),)
        return (*lacking, *self.caps_exceeded(draft), *self._unpaid(draft))

    def caps_exceeded(self, draft: Draft, instead_of: Draft | None = None) -> tuple[Breach, ...]:
        """Return the day caps that the draft would exceed, be it in the place of one that was taken."""
        more = Counter(self.heads(draft))
        if instead_of is not None:
            more.subtract(self.heads(instead_of))
        counted = (
            (rule, int(self._people[rule][line, day]) + num, int(self._most[rule][line, day]))
            for (rule, line, day), num in more.items()
            if num > 0
        )
        return tuple(Breach(CAP_RULES[rule], heads, most) for rule, heads, most in counted if heads > most)

    def room(self, leg: Leg, cells: Ints) -> int:
        """Return how many people of the cells the day caps let go on vehicles like the leg's."""
        caps, of = self._problem.caps, self._problem.cells
        if not self._do_caps_bind:
            return UNLIMITED
        bases = np.unique(of.prefecture[cells][of.prefecture[cells] >= 0])
        cities = np.unique(caps.city_of_cell[cells])
        arrives = self._last_counted(leg.arrival_day(self._problem))
        leave = self._most["max_departures"][bases, leg.day] - self._people["max_departures"][bases, leg.day]
        reach = self._most["max_arrivals"][cities, arrives] - self._people["max_arrivals"][cities, arrives]
        return int(min(leave.sum(), reach.sum()))

    def exchange(self, draft: Draft, others: Iterable[Draft]) -> Draft:
        """Return the first of the others that fits in the place of the draft, the draft if none does.

        It is taken in the draft's place; while the others are looked at (one by one), neither is.
        """
        self.release(draft)
        chosen = next((other for other in others if self.fits(other)), draft)
        self.take(chosen)
        return chosen

    def is_vehicle_free(self, pool: int, day: int) -> bool:
        """Return whether one more vehicle of the pool may leave on the day."""
        return bool(self._free_days(np.array([pool]))[0, day])

    def free_vehicles(self) -> Bools:
        """Return (V, D) whether one more vehicle of the pool may leave on the day."""
        free = np.zeros(self._vehicles.shape, dtype=np.bool_)
        turnaround_days = self._problem.pools.turnaround_days
        for num_days in np.unique(turnaround_days).tolist():
            alike = np.flatnonzero(turnaround_days == num_days)
            free[alike] = self._free_days(alike)
        return free

    def taken_by(self, draft: Draft) -> set[Resource]:
        """Return what the draft takes something of."""
        return {("pool", draft.leg.pool), *((rule, line) for rule, line, _ in self.heads(draft))}

    def overdrawn(self) -> frozenset[Resource]:
        """Return the resources of which more is taken than there is on some day."""
        overdrawn: set[Resource] = {
            ("pool", int(pool))
            for pool in np.flatnonzero(self._vehicles.any(axis=1))
            if self._is_lacking(int(pool))
        }
        for rule, people in self._people.items():
            crowded = np.flatnonzero((people > self._most[rule]).any(axis=1))
            overdrawn |= {(rule, line) for line in crowded.tolist()}
        return frozenset(overdrawn)

    def left(self) -> Problem:
        """Return the problem with the vehicles and the places under day caps that are left for others."""
        problem, caps = self._problem, self._problem.caps
        nonzero = zip(*(line.tolist() for line in np.nonzero(self._vehicles)), strict=True)
        taken = ((pool, day) for pool, day in nonzero for _ in range(self._vehicles[pool, day]))
        if self._do_caps_bind:
            caps = replace(
                caps,
                max_departures=caps.max_departures - self._people["max_departures"],
                max_arrivals=caps.max_arrivals - self._people["max_arrivals"],
            )
        return replace(problem, pools=without_vehicles(problem.pools, taken), caps=caps)

    def _count(self, draft: Draft, times: int) -> None:
        self.riders[draft.day] += times * draft.num_persons(self._problem)
        self._vehicles[draft.leg.pool, draft.day] += times
        for (rule, line, day), num in self.heads(draft).items():
            self._people[rule][line, day] += times * num
        if self._is_budget_given:
            self.yuan += times * draft.cost_yuan(self._problem)

    @property
    def _is_budget_given(self) -> bool:
        return bool(np.isfinite(self._problem.limits.budget_yuan))

    def _unpaid(self, draft: Draft) -> Iterator[Breach]:
        """Yield the budget, if there is one, and it does not pay for the draft."""
        if self._is_budget_given:
            yuan, most = self.yuan + draft.cost_yuan(self._problem), self._problem.limits.budget_yuan
            if yuan > most + ROUNDING:
                yield Breach(BUDGET, yuan, most)

    def heads(self, draft: Draft) -> "Counter[tuple[CapRule, int, int]]":
        """Return the people of the draft by rule, prefecture or city, and day."""
        heads: Counter[tuple[CapRule, int, int]] = Counter()
        if not self._do_caps_bind:
            return heads
        caps, cells = self._problem.caps, self._problem.cells
        arrives = self._last_counted(draft.arrival_day(self._problem))
        for cell, num_groups in draft.load:
            num = num_groups * int(cells.num_persons[cell])
            if cells.prefecture[cell] >= 0:  # else nobody knows which
                heads["max_departures", int(cells.prefecture[cell]), draft.day] += num
            heads["max_arrivals", int(caps.city_of_cell[cell]), arrives] += num
        return heads

    def _last_counted(self, day: int) -> int:
        """Return the day on which arrivals of a day are counted; the last is for all later ones."""
        num_days: int = self._people["max_arrivals"].shape[1]
        return min(day, num_days - 1)

    def _free_days(self, pools: Ints) -> Bools:
        """Return (P, D) whether one more vehicle may leave, without keeping those from it that leave or are away.

        Parameters
        ----------
        pools : (P,) whose vehicles are away for equally long
        """
        available = self._problem.pools.available[pools]
        away, spare = self._spans(pools)
        length = away.shape[1] - available.shape[1] + 1
        most_away = sliding_window_view(away, length, axis=1).max(axis=2)
        least_spare = sliding_window_view(spare, length, axis=1).min(axis=2)
        return np.asarray((most_away < available) & (least_spare > 0))

    def _is_lacking(self, pool: int) -> bool:
        return bool((self._spans(np.array([pool]))[1] < 0).any())

    def _spans(self, pools: Ints) -> tuple[Ints, Ints]:
        """Return how many vehicles of pools leave in each span of days, and how many more may.

        A span is as long as a vehicle is away, which is the same for all; it begins on each day from that which ends
        with the first day. The vehicles that there are on its days of departure are the most that may leave in it.
        """
        length = min(int(self._problem.pools.turnaround_days[pools[0]]), self._problem.num_days)
        around = (0, 0), (length - 1, length - 1)
        used = np.pad(self._vehicles[pools], around)
        available = np.pad(self._problem.pools.available[pools], around)
        away = sliding_window_view(used, length, axis=1).sum(axis=2)
        most = sliding_window_view(np.where(used > 0, available, UNLIMITED), length, axis=1).min(axis=2)
        return away, most - away


def without_vehicles(pools: Pools, taken: Iterable[tuple[int, int]]) -> Pools:
    """Return the pools less vehicles that others have.

    Parameters
    ----------
    taken : the pool and the day of departure of each
    """
    fleet = FleetLeft(pools.available, pools.turnaround_days)
    for pool, day in taken:
        fleet.take(pool, day)
    return replace(pools, available=fleet.left(slice(None)))


class FleetLeft:
    """Vehicles that are taken one by one, and how many of each pool are left on each day.

    A vehicle away from day d to d + T - 1 also keeps others from leaving in the T - 1 days before d, which
    would still be away on d; and on all these days no more may be away than there are on day d.

    Parameters
    ----------
    available : (V, D) how many vehicles of each pool may leave on each day
    turnaround_days : (V,) for how many days each is away
    """

    def __init__(self, available: Ints, turnaround_days: Ints) -> None:
        self._available, self._turnaround_days = available, turnaround_days
        self._most, self._away = available.copy(), np.zeros_like(available)

    def take(self, pool: int, day: int) -> None:
        """Take a vehicle that leaves on a day, which may lie before the first or after the last."""
        available = self._available
        turn = int(self._turnaround_days[pool])
        days = slice(max(0, day - turn + 1), max(0, day + turn))
        there = available[pool, day] if 0 <= day < available.shape[1] else 0
        if there > 0:
            self._most[pool, days] = np.minimum(self._most[pool, days], there)
        self._away[pool, days] += 1

    def left(self, pools: Ints | slice) -> Ints:
        """Return (V, D) how many vehicles of some pools are left."""
        most = self._most[pools]
        return np.where(most < UNLIMITED, np.maximum(0, most - self._away[pools]), most)
