"""Arrays that describe what is to be planned; shapes: C cells, G groups, P places, D days, V pools, N networks.

A *group* is what may not be split: a person with the children along, or a party. A *cell* is a set of
identical groups. The effort of planning grows with cells and days, not with people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from returnplan.model.alike import alike
from returnplan.model.roster import RailService, VehiclePool
from returnplan.model.rules import RailRules
from returnplan.problem.previous_rides import PreviousJourney, PreviousRide
from returnplan.problem.timetable import Schedule, default_schedule

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NO_PREVIOUS = -1
"""The batch of the last plan of people who were on none."""

UNLIMITED = 1 << 30
"""Vehicles a day where the fleet sheet names no number."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Identical groups, all arrays of length C unless said otherwise.

    Attributes
    ----------
    pickup : place
    prefecture, goal : ids of the prefectures that the group leaves and travels to
    county : id of the home county (for ``mix_counties``)
    city_group : destination cities that may share a vehicle have the same id
    earliest, latest : day indices of the window, both included (earliest > latest: no common day)
    late_days : (C, D) person-days after the resume date if the group leaves on that day
    weight : value of having the group planned; a higher class outweighs a coach of the next one
    num_persons, num_seats : of one group (a child along takes a seat but is no rider)
    num_groups : how many identical groups the cell holds
    own_transfer : 1 where none of the group needs a shuttle from the station at which a train ends
    previous : batch of the last plan (a place in ``Problem.previous_days``) that the group is on, -1 if on none
    drop_start : (C + 1,) slices of ``drop_place`` and ``drop_persons``: where one group alights
    """

    pickup: Ints
    prefecture: Ints
    goal: Ints
    county: Ints
    city_group: Ints
    earliest: Ints
    latest: Ints
    late_days: Floats
    weight: Floats
    num_persons: Ints
    num_seats: Ints
    num_groups: Ints
    own_transfer: Ints
    previous: Ints
    drop_start: Ints
    drop_place: Ints
    drop_persons: Ints

    def __len__(self) -> int:
        return len(self.pickup)

    def drop_lines(self, part: Ints) -> Ints:
        """Return the lines of ``drop_place`` in which groups of some cells alight, one cell after the other."""
        end = self.drop_start[part + 1]
        num = end - self.drop_start[part]
        return np.repeat(end - np.cumsum(num), num) + np.arange(int(num.sum()))

    def drops_of(self, cell: int) -> list[int]:
        """Return the places at which one group of a cell alights."""
        places: list[int] = self.drop_place[self.drop_start[cell] : self.drop_start[cell + 1]].tolist()
        return places


@dataclass(frozen=True, slots=True)
class Pools:
    """Vehicles of one type at one base, arrays of length V.

    ``usable`` seats after load factor, reserve and crew; ``min_load`` in riders; ``base`` the prefecture id in which
    all riders board, ``goal`` that to which they travel, -1: any; ``per_day`` vehicles, ``available`` (V, D) the
    same, 0 outside the pool's dates; ``turnaround_days`` at least 1.
    """

    usable: Ints
    min_load: Ints
    fixed_yuan: Floats
    per_km_yuan: Floats
    base: Ints
    goal: Ints
    available: Ints
    turnaround_days: Ints

    def __len__(self) -> int:
        return len(self.usable)

    def keep_busy(self, pool: Ints, day: Ints, pool_days: Ints) -> Bools:
        """Return (B, N) whether batches, each of a pool and a day (B,), keep a vehicle busy on pool days (N, 2)."""
        since = pool_days[:, 1] - day[:, None]
        is_out: Bools = (since >= 0) & (since < self.turnaround_days[pool, None])
        is_same: Bools = pool_days[:, 0] == pool[:, None]
        return is_out & is_same

    def serve(self, prefecture: Ints, goal: Ints) -> Bools:
        """Return (N, V) whether each pool may carry groups who leave one prefecture and travel to another (N,)."""
        leaves = (self.base < 0) | (self.base == prefecture[:, None])
        serves: Bools = leaves & ((self.goal < 0) | (self.goal == goal[:, None]))
        return serves

    def serve_ways(self, prefecture: Ints, goal: Ints) -> tuple[Bools, Ints]:
        """Return (W, V) whether each pool may carry groups on each way there is, and (N,) the way of each group.

        A way leads from one prefecture to another: there are few, however many groups.
        """
        first, way = alike(prefecture, goal)
        return self.serve(prefecture[first], goal[first]), way


@dataclass(frozen=True, slots=True)
class Regimes:
    """Dated rules on seats and least loads: K sets of rules that may hold for a batch, the mildest first.

    Attributes
    ----------
    of_cell : (C, D) the set that holds for the cell's people if they leave on the day
    join : (K, K) what holds for a batch with people under two of them
    usable, least : (K, V) usable seats and least riders of each pool
    later : (C, L) the same as ``of_cell`` on days after the last, on which shuttles may run
    """

    of_cell: Ints
    join: Ints
    usable: Ints
    least: Ints
    later: Ints

    def until(self, num_days: int) -> "Regimes":
        """Return the regimes of which only those of the first days hold for who leaves home."""
        days = np.append(self.of_cell, self.later, axis=1)
        return replace(self, of_cell=days[:, :num_days].copy(), later=days[:, num_days:].copy())

    def on(self, cells: Ints | list[int], day: int) -> Ints:
        """Return the set that holds for the people of each of some cells on a day."""
        num_days = self.of_cell.shape[1]
        return self.of_cell[cells, day] if day < num_days else self.later[cells, day - num_days]

    def of(self, cells: list[int], day: int) -> int:
        """Return what holds for a batch with people of these cells on a day."""
        strictest = 0
        for regime in self.on(cells, day).tolist():
            strictest = int(self.join[strictest, regime])
        return strictest


@dataclass(frozen=True, slots=True)
class Limits:
    """Stop and loop limits of a batch, and prices.

    ``late_day_yuan`` None: days after the resume date count before any money. A batch that
    costs more than ``max_yuan_per_head`` for each rider is not run; ``budget_yuan`` is what the whole plan may cost.
    """

    max_pickups: int
    max_dropoffs: int
    max_pickup_km: float
    max_dropoff_km: float
    stop_cost_yuan: float
    mix_counties: bool
    late_day_yuan: float | None = None
    max_yuan_per_head: float = np.inf
    budget_yuan: float = np.inf


@dataclass(frozen=True, slots=True)
class Caps:
    """Day caps on people.

    ``max_departures`` (prefectures, D) and ``max_arrivals`` (cities, D) in people; ``city_of_cell`` (C,) the
    destination city, -1 where no cap asks for it.
    """

    max_departures: Ints
    max_arrivals: Ints
    city_of_cell: Ints

    @property
    def bind(self) -> bool:
        """Return whether there is any cap at all."""
        return bool((self.max_departures < UNLIMITED).any() or (self.max_arrivals < UNLIMITED).any())


NO_CAPS = Caps(*(np.full((0, 1), UNLIMITED, dtype=np.int64),) * 2, np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Rail:
    """The trains that may be ordered, and the vehicles that may run feeders and shuttles for them.

    Attributes
    ----------
    services : with stations as places of the problem
    rules : when people change, how far they walk
    prefecture : (P,) id of the prefecture that a place lies in, -1 if nobody knows it
    pools : those of the roster, as the pools of the problem
    county_seats : of each county of which some train has a quota, (C,) the seats that a group of a cell takes
    later_networks : the roads of each day after the last, on which shuttles may run
    kept_vehicles : how many vehicles of a pool the kept batches have on a day
    """

    services: tuple[RailService, ...]
    rules: RailRules
    prefecture: Ints
    pools: tuple[VehiclePool, ...]
    county_seats: Mapping[str, Ints]
    later_networks: Ints
    kept_vehicles: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Travellers:
    """Who stands behind the cells: groups of a cell are consecutive and sorted by ID number.

    ``group_start`` (C + 1,) slices groups by cell; ``member_start`` (G + 1,) slices ``member_row`` (lines of
    ``Roster.people``) by group.
    """

    group_start: Ints
    member_start: Ints
    member_row: Ints

    @property
    def cell_of_group(self) -> Ints:
        """Return (G,) the cell of each group."""
        return np.repeat(np.arange(len(self.group_start) - 1), np.diff(self.group_start))

    @property
    def group_of_member(self) -> Ints:
        """Return the group of each entry of ``member_row``."""
        return np.repeat(np.arange(len(self.member_start) - 1), np.diff(self.member_start))

    @property
    def first_member(self) -> Ints:
        """Return (C,) the line of the first person of each cell."""
        return self.member_row[self.member_start[self.group_start[:-1]]]

    def members(self, group: int) -> Ints:
        """Return the lines of people of one group."""
        return self.member_row[self.member_start[group] : self.member_start[group + 1]]


@dataclass(frozen=True, slots=True)
class ToldHour:
    """Riders of a batch of the last plan who were told when it calls at their pick-up.

    Attributes
    ----------
    previous : the batch, a place in ``Problem.previous_days``
    pickup : place
    minute : after the midnight of the day of the batch
    num_persons : who were told so
    """

    previous: int
    pickup: int
    minute: int
    num_persons: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One campaign to be planned; ``km`` (N, P, P) and ``network_of_day`` (D,) hold road km as driven.

    ``drive_minutes`` (N, P, P) are those at the wheel by day; None: all roads are driven at the usual speed.
    ``regimes`` are the dated rules (None: the pools' own figures hold for everybody on all days).
    ``schedule`` says when batches leave and arrive, ``reception`` (P,) which of its hours of reception each place has
    (empty: all have the first). The arrays ``previous_…`` (B,) describe the batches of the last plan: their days, their
    pools (-1: not in the fleet now), what it costs that one rider leaves the batch (a call, a broken word), and what it
    cost a head. ``told_hours`` says who of them were told an hour, and ``call_yuan`` what a call about another one
    counts. ``rail`` is None where no train may be ordered; where one may, ``previous_rides`` are the batches of the
    last plan (None: it cannot run as it was), and ``previous_journeys`` say how the people of each number of
    ``previous`` travelled.
    """

    first_day: date
    cells: Cells
    pools: Pools
    limits: Limits
    km: Floats
    network_of_day: Ints
    caps: Caps = NO_CAPS
    regimes: Regimes | None = None
    schedule: Schedule = field(default_factory=default_schedule)
    reception: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    previous_days: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    previous_pools: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    previous_move_yuan: Floats = field(default_factory=lambda: np.zeros(0))
    previous_head_yuan: Floats = field(default_factory=lambda: np.zeros(0))
    told_hours: tuple[ToldHour, ...] = ()
    call_yuan: float = 0.0
    rail: Rail | None = None
    drive_minutes: Floats | None = None
    previous_rides: tuple[PreviousRide | None, ...] = ()
    previous_journeys: tuple[PreviousJourney, ...] = ()

    @property
    def num_days(self) -> int:
        """Return the number of days from the first to the last day anyone may travel."""
        return len(self.network_of_day)

    def network_on(self, day: int) -> int:
        """Return the roads of a day, which may be one after the last."""
        if day < self.num_days:
            return int(self.network_of_day[day])
        return int(self.rail.later_networks[day - self.num_days]) if self.rail else 0

    def minutes_on(self, network: int, origin: Any, destination: Any) -> Floats:
        """Return the minutes at the wheel by day from some places to others, each an index as numpy takes it."""
        if self.drive_minutes is None:
            return np.asarray(self.km[network, origin, destination] * self.schedule.minutes_per_km)
        return np.asarray(self.drive_minutes[network, origin, destination])

    def reception_at(self, place: int) -> int:
        """Return the number of the hours at which a place takes people in."""
        return int(self.reception[place]) if len(self.reception) else 0
