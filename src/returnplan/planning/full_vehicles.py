"""Full vehicles from one stop to another: where demand is dense they are most of the plan, and need no search.

Nobody travels for less than their seat in a full vehicle that drives from their pick-up straight to their drop-off,
its type the cheapest by the seat (``bounding/seats.py``). Where enough people wait for such vehicles, these leave
first. The others are planned as ever, and then everybody's place is in question once more: some of those who stay
are best taken by a vehicle that gives up a full load for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from returnplan.model.alike import alike
from returnplan.planning.markets import servable
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import FleetLeft, Ledger
from returnplan.problem.model import Bools, Floats, Ints, Problem
from returnplan.problem.rules import breaches

LEAST_SHARE, FEWEST = 0.5, 100
"""Of all seats wanted, and vehicles: where fewer are full, a search from the beginning finds as good a plan."""
SCARCE, ENOUGH = 1.25, 0.9
"""Seats of all vehicles on all their days for each seat wanted: where there are fewer, filling on all days alike is
tried first, else filling on the day that most want. And the share of all seats wanted that makes a second try needless.
"""
AS_CHEAP = 1.005
"""Times the cheapest seat, or the shortest road: what costs no more is as good."""


def full_vehicles(problem: Problem) -> list[Draft]:
    """Return full vehicles that together carry most people, none where there are too few.

    There are none either where the last plan, day caps, a budget or dated rules have a say in who rides.
    """
    cells = problem.cells
    if (
        (cells.previous >= 0).any()
        or problem.caps.bind
        or problem.regimes is not None
        or np.isfinite(problem.limits.budget_yuan)
        or len(problem.pools) == 0
    ):
        return []
    may_ride = servable(problem)
    seats = cells.num_groups * cells.num_seats
    wanted = int(seats[may_ride].sum())
    least = LEAST_SHARE * wanted
    journeys = list(_journeys(problem, may_ride, seats))
    if sum(int(seats[journey].sum()) for journey in journeys) < least:
        return []
    is_scarce = float(problem.pools.usable @ problem.pools.available.sum(axis=1)) < SCARCE * wanted
    carried, drafts = _filled(problem, journeys, is_scarce)
    if carried < ENOUGH * wanted:
        carried, drafts = max((carried, drafts), _filled(problem, journeys, not is_scarce), key=itemgetter(0))
    if carried < least or len(drafts) < FEWEST or Ledger(problem, drafts).overdrawn():
        return []
    return drafts


def _filled(problem: Problem, journeys: Sequence[Ints], is_scarce: bool) -> tuple[int, list[Draft]]:
    """Return how many seats full vehicles take, and these vehicles; ``is_scarce``: they are used on all days alike."""
    filling = _Filling(problem, is_scarce)
    for journey in journeys:
        filling.fill(journey)
    return sum(draft.leg.num_seats(problem) for draft in filling.drafts), filling.drafts


def _journeys(problem: Problem, may_ride: Bools, seats: Ints) -> Iterator[Ints]:
    """Yield the cells of each journey between two stops that could fill a vehicle, the largest journey first."""
    cells = problem.cells
    one_drop = np.flatnonzero(may_ride & (np.diff(cells.drop_start) == 1))
    columns = (
        cells.pickup, cells.drop_place[np.minimum(cells.drop_start[:-1], len(cells.drop_place) - 1)],
        cells.prefecture, cells.goal, cells.county, cells.city_group,
    )  # fmt: skip
    journey = alike(*(column[one_drop] for column in columns)).of_line
    wanted = np.bincount(journey, seats[one_drop])
    by_journey = np.split(one_drop[np.argsort(journey, kind="stable")], np.cumsum(np.bincount(journey))[:-1])
    for number in np.argsort(-wanted, kind="stable").tolist():
        if wanted[number] < problem.pools.usable.min():
            return
        yield by_journey[number]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The cells of one journey, those with the fewest days first.

    ``on_day`` (N, D) tells whether people of a cell may leave on a day and are not late, ``num_left`` (N,) how many
    groups wait.
    """

    cells: Ints
    num_seats: Ints
    on_day: Bools
    num_left: Ints

    @classmethod
    def of(cls, problem: Problem, cells: Ints) -> "_Waiting":
        """Let all groups of some cells wait."""
        of, days = problem.cells, np.arange(problem.num_days)
        on_day = (of.earliest[cells, None] <= days) & (days <= of.latest[cells, None])
        on_day &= of.late_days[cells] == 0
        order = np.lexsort((-of.num_seats[cells], on_day.sum(axis=1)))
        cells = cells[order]
        return cls(cells, of.num_seats[cells], on_day[order], of.num_groups[cells])

    def load(self, day: int, seats: int) -> Ints:
        """Return (N,) how many groups of each cell fill a vehicle, those with the fewest days first."""
        load = np.zeros_like(self.num_left)
        for i in np.flatnonzero(self.on_day[:, day] & (self.num_left > 0)).tolist():
            load[i] = min(int(self.num_left[i]), seats // int(self.num_seats[i]))
            seats -= int(load[i] * self.num_seats[i])
            if seats == 0:
                break
        return load


class _Filling:
    """Fills vehicles of journeys, one after the other, with the vehicles that are left.

    Each vehicle leaves on the day for which most people of its journey wait: so the fewest are left over. Where
    vehicles are scarce, that takes those of the days in the middle, and those of the first and last days stay idle.
    There it leaves on the day with the most seats left for each who waits.
    """

    def __init__(self, problem: Problem, is_scarce: bool) -> None:
        self.drafts: list[Draft] = []
        self._is_scarce = is_scarce
        self._problem = problem
        self._km: Floats = problem.km.min(axis=0)
        self._fleet = FleetLeft(problem.pools.available, problem.pools.turnaround_days)

    def fill(self, cells: Ints) -> None:
        """Fill vehicles of one journey as long as enough people wait for one on some day.

        They ride in the largest vehicle that they fill.
        """
        of = self._problem.cells
        pickup, dropoff = int(of.pickup[cells[0]]), int(of.drop_place[of.drop_start[cells[0]]])
        pools = self._cheap_pools(int(cells[0]), self._km[pickup, dropoff])
        usable, waiting = self._problem.pools.usable[pools], _Waiting.of(self._problem, cells)
        roads_km = self._problem.km[self._problem.network_of_day, pickup, dropoff]
        is_open = np.tile(roads_km <= AS_CHEAP * self._km[pickup, dropoff], (len(pools), 1))
        while True:
            wanted = (waiting.num_seats * waiting.num_left) @ waiting.on_day
            left = self._fleet.left(pools)
            fits = is_open & (usable[:, None] <= wanted) & (left > 0)
            if not fits.any():
                return
            worth = (usable @ left) / np.maximum(1, wanted) if self._is_scarce else wanted
            day = int(np.where(fits.any(axis=0), worth, -1).argmax())
            own = int(np.where(fits[:, day], usable, -1).argmax())
            load = waiting.load(day, int(usable[own]))
            aboard = np.flatnonzero(load)
            on_board = sorted(zip(waiting.cells[aboard].tolist(), load[aboard].tolist(), strict=True))
            draft = Draft.direct(day, int(pools[own]), (pickup,), (dropoff,), tuple(on_board))
            if int(load @ waiting.num_seats) < usable[own] or breaches(self._problem, draft):
                is_open[own, day] = False
                continue
            waiting.num_left[:] -= load
            self._fleet.take(int(pools[own]), day)
            self.drafts.append(draft)

    def _cheap_pools(self, cell: int, km: float) -> Ints:
        """Return the pools in which a seat costs the cell no more than elsewhere."""
        pools, of = self._problem.pools, self._problem.cells
        serves = pools.serve(of.prefecture[[cell]], of.goal[[cell]])[0] & (pools.usable > 0)
        trip_yuan = pools.fixed_yuan + pools.per_km_yuan * km
        seat_yuan = np.where(serves, trip_yuan / np.maximum(1, pools.usable), np.inf)
        return np.flatnonzero(serves & (seat_yuan <= AS_CHEAP * seat_yuan.min(initial=np.inf)))
