"""Feeders and shuttles: coach problems of one date, in which a station is the only drop-off (the only pick-up).

The planner of direct coaches plans them. Then each run gets its hours and its vehicle: a vehicle makes several runs
on a day if it is back in time.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

import numpy as np

from returnplan.model.plan import BatchKind
from returnplan.planning.effort import Effort
from returnplan.planning.rail.ways import Ways, day_of, minute_of, rail_of
from returnplan.planning.solve import solve
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import NO_CAPS, NO_PREVIOUS, UNLIMITED, Cells, Ints, Problem

Side = Literal["feeder", "shuttle"]
MINUTES_A_DAY = 24 * 60
MOST_RUNS = 4
"""Of a vehicle on one day, where neither the fleet sheet nor the hours say fewer."""


@dataclass(frozen=True, slots=True)
class Portions:
    """Groups of a cell that take one way: ``ways`` of length N, and how many groups (N,) take each."""

    ways: Ways
    num: Ints

    def __len__(self) -> int:
        return len(self.num)

    def carrying(self, num: Ints) -> "Portions":
        """Return the portions with other numbers of groups, without those that are empty."""
        return Portions(self.ways.take(num > 0), num[num > 0])


def plan_side(
    problem: Problem, portions: Portions, side: Side, taken: Ints, effort: Effort
) -> tuple[list[Leg], Ints]:
    """Return the feeders (shuttles) of some portions, and how many groups of each have a seat or need none.

    Parameters
    ----------
    portions : the loads of the legs number them
    taken : (V, D) vehicles that are away on each day
    """
    needs = portions.ways.has_feeder if side == "feeder" else portions.ways.has_shuttle
    served = np.where(needs, 0, portions.num)
    legs: list[Leg] = []
    days = np.array(
        [_day(problem, portions.ways, line, side) for line in range(len(portions))], dtype=np.int64
    )
    for day in np.unique(days[needs]).tolist():
        legs += _runs_of_day(
            problem, portions, np.flatnonzero(needs & (days == day)), side, day, taken, effort
        )
    for leg in legs:
        for line, num in leg.load:
            served[line] += num
    return legs, served


def run_minutes(problem: Problem, leg: Leg) -> float:
    """Return how long a run takes from its first to its last stop, by the timetable of today."""
    return _drive_minutes(problem, leg.km(problem), len(leg.stops))


def _drive_minutes(problem: Problem, km: float, num_stops: int) -> float:
    return km * problem.caps.minutes_per_km + problem.caps.dwell_minutes * (num_stops - 1)


def _day(problem: Problem, ways: Ways, line: int, side: Side) -> int:
    """Return the day of the ride: that of the train, or that on which its passengers are ready to leave."""
    if side == "feeder":
        return day_of(problem, int(ways.service[line]))
    return int(_limit(problem, ways, line, side) // MINUTES_A_DAY)


def _limit(problem: Problem, ways: Ways, line: int, side: BatchKind) -> float:
    """Return the minute by which a feeder arrives, or from which on a shuttle leaves."""
    rail = rail_of(problem)
    calls = rail.services[int(ways.service[line])].calls
    if side == "feeder":
        return minute_of(problem, calls[int(ways.board[line])].departs) - rail.rules.board_minutes
    return minute_of(problem, calls[int(ways.alight[line])].arrives) + rail.rules.alight_minutes


def _runs_of_day(
    problem: Problem, portions: Portions, lines: Ints, side: Side, day: int, taken: Ints, effort: Effort
) -> list[Leg]:
    """Return the runs of one day with their hours; fewer runs a vehicle are tried until the hours allow them."""
    free = _free_vehicles(problem, day, taken)
    for most_runs in range(MOST_RUNS if (free < UNLIMITED).any() else 1, 0, -1):
        runs = [min(most_runs, pool.runs_per_day or most_runs) for pool in rail_of(problem).pools]
        available = np.where(free < UNLIMITED, free * np.array(runs, dtype=np.int64), UNLIMITED)
        drafts = solve(_coach_problem(problem, portions, lines, side, day, available), effort)
        legs = [_leg_of(draft, portions.ways, lines, side, day) for draft in drafts]
        timed = _with_hours(problem, portions.ways, legs, free, runs)
        if timed is not None:
            return timed
    return []


def _free_vehicles(problem: Problem, day: int, taken: Ints) -> Ints:
    """Return (V,) how many vehicles may run feeders or shuttles on a day."""
    date = problem.first_day + timedelta(days=day)
    free = np.zeros(len(problem.pools), dtype=np.int64)
    for line, pool in enumerate(rail_of(problem).pools):
        if pool.use != "direct" and pool.is_open(date):
            free[line] = UNLIMITED if pool.per_day is None else pool.per_day
    away = taken[:, day] if day < taken.shape[1] else 0
    return np.where(free < UNLIMITED, np.maximum(0, free - away), free)


def _coach_problem(
    problem: Problem, portions: Portions, lines: Ints, side: Side, day: int, available: Ints
) -> Problem:
    """Return the coach problem of some portions on one day; riders of one train and station may share a vehicle."""
    cells, ways, rail = problem.cells, portions.ways.take(lines), rail_of(problem)
    calls = [
        rail.services[service].calls[ways.board[i] if side == "feeder" else ways.alight[i]]
        for i, service in enumerate(ways.service.tolist())
    ]
    station = np.array([call.place for call in calls], dtype=np.int64)
    together = np.unique(np.stack([ways.service, station]), axis=1, return_inverse=True)[1].reshape(-1)
    own, zero = ways.cell, np.zeros(len(lines), dtype=np.int64)
    num_drops = np.ones_like(own) if side == "feeder" else np.diff(cells.drop_start)[own]
    drops = np.concatenate([np.arange(cells.drop_start[cell], cells.drop_start[cell + 1]) for cell in own])
    return Problem(
        first_day=problem.first_day + timedelta(days=day),
        cells=Cells(
            pickup=cells.pickup[own] if side == "feeder" else station,
            prefecture=cells.prefecture[own] if side == "feeder" else rail.prefecture[station],
            county=cells.county[own],
            city_group=together.astype(np.int64),
            earliest=zero,
            latest=zero,
            late_days=np.zeros((len(lines), 1)),
            weight=cells.weight[own],
            num_persons=cells.num_persons[own],
            num_seats=cells.num_seats[own],
            num_groups=portions.num[lines],
            previous=np.full_like(own, NO_PREVIOUS),
            drop_start=np.append(0, np.cumsum(num_drops)),
            drop_place=station if side == "feeder" else cells.drop_place[drops],
            drop_persons=cells.num_persons[own] if side == "feeder" else cells.drop_persons[drops],
        ),
        pools=replace(
            problem.pools,
            available=available[:, None],
            turnaround_days=np.ones_like(problem.pools.turnaround_days),
        ),
        limits=problem.limits,
        km=problem.km,
        network_of_day=problem.network_of_day[day : day + 1]
        if day < problem.num_days
        else np.zeros(1, np.int64),
        caps=replace(NO_CAPS, city_of_cell=zero),
    )


def _leg_of(draft: Draft, ways: Ways, lines: Ints, side: Side, day: int) -> Leg:
    """Return a run of the coach problem in the days of the whole problem, its load in portions."""
    load = tuple(sorted((int(lines[cell]), num) for cell, num in draft.load))
    return replace(draft.leg, day=day, load=load, kind=side, service=int(ways.service[load[0][0]]))


def _with_hours(
    problem: Problem, ways: Ways, legs: Sequence[Leg], free: Ints, runs: Sequence[int]
) -> list[Leg] | None:
    """Return the runs with hours and vehicles, None if the vehicles are too few for the hours."""
    by_pool: defaultdict[int, list[Leg]] = defaultdict(list)
    for leg in legs:
        by_pool[leg.pool].append(leg)
    timed: list[Leg] = []
    for pool, own in sorted(by_pool.items()):
        each = _roster_of_runs(problem, ways, own, int(free[pool]), runs[pool])
        if each is None:
            return None
        timed += each
    return timed


def _roster_of_runs(
    problem: Problem, ways: Ways, legs: Sequence[Leg], num_vehicles: int, most_runs: int
) -> list[Leg] | None:
    """Return the runs of one pool, each on the vehicle that waits least, None if some run finds none in time.

    Feeders are laid backwards from their trains, shuttles forwards: as late, or as early, as the vehicle can. The
    hours of a feeder are turned round for this, so that both are one rule.
    """
    sign = -1.0 if legs[0].kind == "feeder" else 1.0
    limits = [sign * _limit(problem, ways, leg.load[0][0], leg.kind) for leg in legs]
    minutes = [run_minutes(problem, leg) for leg in legs]
    wait = rail_of(problem).rules.wait_minutes
    done: list[list[Leg]] = []
    ready: list[float] = []
    for i in sorted(range(len(legs)), key=lambda i: (limits[i], -minutes[i], i)):
        leg = legs[i]
        starts = [
            (max(limits[i], ready[line] + _way_back(problem, own[-1], leg)), line)
            for line, own in enumerate(done)
            if len(own) < most_runs
        ]
        if len(done) < num_vehicles:
            starts.append((limits[i], len(done)))
            done.append([])
            ready.append(0.0)
        start, line = min(starts, default=(np.inf, -1))
        begins = start if sign > 0 else -start - minutes[i]
        if start > limits[i] + wait or begins < leg.day * MINUTES_A_DAY:
            return None
        ready[line] = start + minutes[i]
        done[line].append(replace(leg, start_minute=begins - leg.day * MINUTES_A_DAY, vehicle=line + 1))
        if not done[-1]:
            done.pop()
            ready.pop()
    return [replace(leg, vehicle=leg.vehicle if len(own) > 1 else 0) for own in done for leg in own]


def _way_back(problem: Problem, one: Leg, other: Leg) -> float:
    """Return the minutes between two runs of one vehicle: a stand, and the empty way from the end of the earlier one.

    Feeders come in the order of the vehicle's day turned round: the other is the earlier one.
    """
    earlier, later = (other, one) if one.kind == "feeder" else (one, other)
    empty_km = earlier.km_between(problem, (earlier.stops[-1], later.stops[0]))[0]
    return _drive_minutes(problem, empty_km, 2)
