"""What is decided: a leg is one vehicle on one day, its stops in order, and who rides it.

A draft is a direct coach, one leg of its own. Feeders, trains and shuttles are bare legs of a plan with trains, as they
share riders: who takes a train is in the load of one of each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from returnplan.model.plan import BatchKind
from returnplan.problem.model import Ints, Problem
from returnplan.problem.timetable import Halt

Stops = tuple[int, ...]
"""Places in the order in which they are called at."""

Load = tuple[tuple[int, int], ...]
"""Pairs of a cell and the number of its groups on board, sorted by cell."""

Numbers = Sequence[int] | Mapping[int, int]
"""The new number of each old one."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One vehicle of a pool on one day, in the integers of a problem: one batch.

    Attributes
    ----------
    day : index of the day of departure; a shuttle may run on a day after the last of the problem
    pool : of the vehicle, -1 for a train
    service : line of ``Rail.services``, -1 for a direct coach
    start_minute, end_minute : of departure and arrival, after the midnight of the day; None: as the schedule chooses
    rests : of a run with hours, when each begins, in the same minutes, and how long it is
    vehicle : which vehicle of the pool makes this run, from 1 on, if it makes several on the day; else 0
    """

    day: int
    pool: int
    pickups: Stops
    dropoffs: Stops
    load: Load
    kind: BatchKind = "direct"
    service: int = -1
    start_minute: int | None = None
    end_minute: int | None = None
    rests: tuple[tuple[int, int], ...] = ()
    vehicle: int = 0

    @property
    def stops(self) -> Stops:
        """All stops from the first pick-up to the last drop-off."""
        return self.pickups + self.dropoffs

    @property
    def back_minute(self) -> int:
        """When the vehicle of a run with hours is back where it set out, if the way back takes as long as the run."""
        assert self.start_minute is not None
        assert self.end_minute is not None
        return 2 * self.end_minute - self.start_minute

    @property
    def cells(self) -> list[int]:
        """The cells that have somebody on board."""
        return [cell for cell, _ in self.load]

    def num_persons(self, problem: Problem) -> int:
        """Return the riders."""
        of_cell = problem.cells.num_persons.item  # an int of Python at once: a plan asks millions of times
        return int(sum([num * of_cell(cell) for cell, num in self.load]))

    def num_seats(self, problem: Problem) -> int:
        """Return the seats that riders and the children along take."""
        of_cell = problem.cells.num_seats.item
        return int(sum([num * of_cell(cell) for cell, num in self.load]))

    def late_days(self, problem: Problem) -> float:
        """Return the person-days after the resume date of the riders."""
        of_cell = problem.cells.late_days.item
        return float(sum([num * of_cell(cell, self.day) for cell, num in self.load]))

    def km_between(self, problem: Problem, stops: Stops) -> list[float]:
        """Return the km from each of some stops to the next on the roads of the day."""
        network = problem.network_on(self.day)
        if len(stops) == 2:  # most of a large plan go from one stop to another, and it asks millions of times
            return [problem.km.item(network, *stops)]
        legs: list[float] = problem.km[network, stops[:-1], stops[1:]].tolist()
        return legs

    def km(self, problem: Problem) -> float:
        """Return the km from the first pick-up to the last drop-off."""
        return sum(self.km_between(problem, self.stops))

    def minutes_between(self, problem: Problem, stops: Stops) -> list[float]:
        """Return the minutes at the wheel by day from each of some stops to the next on the roads of the day."""
        legs: list[float] = problem.minutes_on(problem.network_on(self.day), stops[:-1], stops[1:]).tolist()
        return legs

    def halts(self, problem: Problem, heads: Iterable[int]) -> list[Halt]:
        """Return the stops as the timetable sees them; ``heads`` board or alight at each."""
        km, minutes = self.km_between(problem, self.stops), self.minutes_between(problem, self.stops)
        return list(map(Halt, (0.0, *km), heads, (0.0, *minutes)))

    def cost_yuan(self, problem: Problem) -> float:
        """Return what the vehicle costs; nothing when nobody rides."""
        if not self.load:
            return 0.0
        if self.kind == "train":
            assert problem.rail is not None
            return problem.rail.services[self.service].cost_yuan(self.num_seats(problem))
        return hire_yuan(
            float(problem.pools.fixed_yuan[self.pool]),
            float(problem.pools.per_km_yuan[self.pool]),
            self.km(problem),
            len(self.stops),
            problem.limits.stop_cost_yuan,
        )

    def usable(self, problem: Problem) -> int:
        """Return the seats that may be filled, as the dated rules leave them for those who ride."""
        if problem.regimes is None:
            return int(problem.pools.usable[self.pool])
        return int(problem.regimes.usable[problem.regimes.of(self.cells, self.day), self.pool])

    def least_load(self, problem: Problem) -> int:
        """Return the fewest riders with whom it may run."""
        if problem.regimes is None:
            return int(problem.pools.min_load[self.pool])
        return int(problem.regimes.least[problem.regimes.of(self.cells, self.day), self.pool])

    def alighting(self, problem: Problem) -> dict[int, int]:
        """Return the riders who alight at each place."""
        cells, heads = problem.cells, dict.fromkeys(self.dropoffs, 0)
        for cell, num in self.load:
            for at in range(cells.drop_start[cell], cells.drop_start[cell + 1]):
                place = int(cells.drop_place[at])
                heads[place] = heads.get(place, 0) + num * int(cells.drop_persons[at])
        return heads

    def under_way(self, problem: Problem) -> tuple[int, int]:
        """Return the minutes under way and the row of the schedule's tables that holds for them."""
        if not self.stops:
            return 0, 0
        schedule, km, last = problem.schedule, self.km(problem), self.dropoffs[-1]
        heads = 0
        if schedule.boarding_minutes:
            heads = 2 * self.num_persons(problem) - self.alighting(problem)[last]
        drive_minutes = sum(self.minutes_between(problem, self.stops))
        minutes = schedule.under_way(drive_minutes, len(self.stops), heads)
        return minutes, schedule.row(km, problem.reception_at(last))

    def is_legal(self, problem: Problem) -> bool:
        """Return whether the law lets its drivers go so far from some hour on."""
        schedule = problem.schedule
        return schedule.may_go(self.km(problem)) and schedule.is_legal(*self.under_way(problem))

    def arrival_day(self, problem: Problem) -> int:
        """Return the day on which the last stop is reached."""
        return self.day + problem.schedule.arrival_day(*self.under_way(problem))


@dataclass(frozen=True, slots=True)
class Draft:
    """A direct journey that the planner decides about: its only leg, and what it is in the eyes of the last plan.

    ``previous`` is the batch of the last plan that it continues, -1 if none.
    """

    leg: Leg
    previous: int = -1

    @classmethod
    def direct(
        cls, day: int, pool: int, pickups: Stops, dropoffs: Stops, load: Load, previous: int = -1
    ) -> "Draft":
        """Return the journey of one vehicle from the pick-ups to the drop-offs."""
        return cls(Leg(day, pool, pickups, dropoffs, load), previous)

    @property
    def day(self) -> int:
        """The day of departure."""
        return self.leg.day

    @property
    def load(self) -> Load:
        """Who travels."""
        return self.leg.load

    def on_day(self, day: int) -> "Draft":
        """Return the journey on another day of departure."""
        return replace(self, leg=replace(self.leg, day=day))

    def in_pool(self, pool: int) -> "Draft":
        """Return the journey in a vehicle of another pool."""
        return replace(self, leg=replace(self.leg, pool=pool))

    def carrying(self, load: Load) -> "Draft":
        """Return the journey with others on board, its stops as they are."""
        return replace(self, leg=replace(self.leg, load=load))

    def with_some(self, problem: Problem, load: Load) -> "Draft":
        """Return the journey with some of its riders, without the stops where nobody boards or alights any more."""
        some = self.carrying(load)
        boards = {int(problem.cells.pickup[cell]) for cell, _ in load}
        alights = {place for place, heads in some.leg.alighting(problem).items() if heads}
        leg = replace(
            some.leg,
            pickups=tuple(place for place in self.leg.pickups if place in boards),
            dropoffs=tuple(place for place in self.leg.dropoffs if place in alights),
        )
        return replace(some, leg=leg)

    def renumbered(self, number: Numbers, place: Numbers | None = None) -> "Draft":
        """Return the journey in a problem whose cells, and places, have other numbers: ``number`` of each on board."""
        load = tuple(sorted((number[cell], num) for cell, num in self.load))
        if place is None:
            return self.carrying(load)
        pickups, dropoffs = (
            tuple(place[stop] for stop in stops) for stops in (self.leg.pickups, self.leg.dropoffs)
        )
        return replace(self, leg=replace(self.leg, pickups=pickups, dropoffs=dropoffs, load=load))

    def num_persons(self, problem: Problem) -> int:
        """Return how many people travel."""
        return self.leg.num_persons(problem)

    def late_days(self, problem: Problem) -> float:
        """Return the person-days after the resume date of those who travel."""
        return self.leg.late_days(problem)

    def km(self, problem: Problem) -> float:
        """Return the km from the first pick-up to the last drop-off."""
        return self.leg.km(problem)

    def cost_yuan(self, problem: Problem) -> float:
        """Return what the vehicle costs."""
        return self.leg.cost_yuan(problem)

    def arrival_day(self, problem: Problem) -> int:
        """Return the day on which the last drop-off is reached."""
        return self.leg.arrival_day(problem)


def hire_yuan(
    fixed_yuan: float, per_km_yuan: float, km: float, num_stops: int, stop_cost_yuan: float
) -> float:
    """Return what a vehicle costs: fixed, per km, and for each stop beyond the first and the last."""
    return fixed_yuan + per_km_yuan * km + stop_cost_yuan * (num_stops - 2)


def groups_planned(problem: Problem, drafts: Iterable[Draft]) -> Ints:
    """Return (C,) how many groups of each cell travel."""
    pairs = chain.from_iterable(draft.load for draft in drafts)
    load = np.fromiter(chain.from_iterable(pairs), dtype=np.int64).reshape(-1, 2)
    return np.bincount(load[:, 0], load[:, 1], len(problem.cells)).astype(np.int64)
