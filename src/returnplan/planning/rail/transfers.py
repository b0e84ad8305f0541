"""Feeders and shuttles: coach problems of one date, in which a station is the only drop-off (the only pick-up).

The planner of direct coaches plans them. Then each run gets its hours and its vehicle: a vehicle makes several runs
on a day if it is back in time.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from returnplan.model.law import MINUTES_A_DAY, MOST_DAYS
from returnplan.model.plan import BatchKind, ConnectingKind
from returnplan.planning.effort import Effort
from returnplan.planning.rail.previous import (
    changes_yuan,
    group_move_yuan,
    is_worth_calls,
    leg_again,
    rides_before,
)
from returnplan.planning.rail.ways import (
    MOST_GUESSES,
    Hours,
    Ways,
    day_of,
    farthest_minutes,
    hours_from,
    hours_to_arrive,
    minute_of,
    rail_of,
)
from returnplan.planning.solve import improved, solve
from returnplan.planning.watching import Clock
from returnplan.problem.draft import Draft, Leg, Load, Stops, groups_planned
from returnplan.problem.model import NO_CAPS, NO_PREVIOUS, UNLIMITED, Cells, Ints, Problem
from returnplan.problem.rules import breaches
from returnplan.problem.shift import drivers_of_runs
from returnplan.problem.timetable import Halt, Schedule

MOST_RUNS = 4
"""Of a vehicle on one day, where neither the fleet sheet nor the hours say fewer."""
MOST_RESTS = 2
"""For which drivers have time between two runs where they need one: before the empty way and after it."""
MORE_WORK = 10
"""Times the work of a search that leaves people behind beside free vehicles: least loads are hard to keep."""
FEW_PORTIONS, MOST_RUNS_OF_MANY = 150, 2
"""People of many kinds fill a fleet that comes twice; more runs are not tried for them."""


@dataclass(frozen=True, slots=True)
class Portions:
    """Groups of a cell that take one way: ``ways`` of length N, and how many groups (N,) take each.

    ``line`` (N,) says where each way stands among all of the problem that are looked at.
    """

    ways: Ways
    num: Ints
    line: Ints

    @classmethod
    def on(cls, ways: Ways, num: Ints) -> "Portions":
        """Return those of some ways that somebody takes."""
        return cls(ways, num, np.arange(len(num))).carrying(num)

    def __len__(self) -> int:
        return len(self.num)

    def carrying(self, num: Ints) -> "Portions":
        """Return the portions with other numbers of groups, without those that are empty."""
        return Portions(self.ways.take(num > 0), num[num > 0], self.line[num > 0])


Known = dict[tuple[object, ...], list[Leg]]
"""The runs of days that were planned before, by all that decides them; loads number the portions of that day."""


def plan_side(
    problem: Problem,
    portions: Portions,
    side: ConnectingKind,
    taken: Ints,
    effort: Effort,
    known: Known,
    *,
    afresh: bool,
) -> tuple[list[Leg], Ints]:
    """Return the feeders (shuttles) of some portions, and how many groups of each have a seat or need none.

    Parameters
    ----------
    portions : the loads of the legs number them
    taken : (V, D + MOST_DAYS) vehicles that are away on each day
    known : what was planned before for this problem; it grows
    afresh : plan a day anew, too, where the runs of the last plan, or these mended, carry everybody
    """
    needs = portions.ways.has_feeder if side == "feeder" else portions.ways.has_shuttle
    served = np.where(needs, 0, portions.num)
    legs: list[Leg] = []
    days = np.array(
        [_day(problem, portions.ways, line, side) for line in range(len(portions))], dtype=np.int64
    )
    for day in np.unique(days[needs]).tolist():
        lines = np.flatnonzero(needs & (days == day))
        own = Portions(portions.ways.take(lines), portions.num[lines], portions.line[lines])
        numbered = lines.tolist()
        legs += [
            replace(leg, load=tuple((numbered[line], num) for line, num in leg.load))
            for leg in _runs_by_night(problem, own, side, day, legs, taken, effort, known, afresh=afresh)
        ]
    for leg in legs:
        for line, num in leg.load:
            served[line] += num
    return legs, served


def _runs_by_night(
    problem: Problem,
    own: Portions,
    side: ConnectingKind,
    day: int,
    before: Sequence[Leg],
    taken: Ints,
    effort: Effort,
    known: Known,
    *,
    afresh: bool,
) -> list[Leg]:
    """Return the runs of one day, made by vehicles that are back from the night before, and free till they are back.

    Parameters
    ----------
    before : the runs of the days before
    """
    first = 0
    if side == "shuttle":  # none of them leaves sooner
        limits = [_limit(problem, own.ways, line, side) for line in range(len(own))]
        first = min(limits) - day * MINUTES_A_DAY
    out = [leg for leg in before if leg.back_minute > (day - leg.day) * MINUTES_A_DAY + first]
    free = _free_vehicles(problem, day, taken + vehicles_of(problem, out))
    runs = _known_runs(problem, own, side, day, free, effort, known, afresh=afresh)
    date = problem.first_day + timedelta(days=day + 1)
    is_open = np.array([pool.is_open(date) for pool in rail_of(problem).pools], dtype=np.bool_)
    tomorrow = np.where(is_open, _free_vehicles(problem, day + 1, taken), UNLIMITED)
    if (vehicles_of(problem, runs)[:, day + 1] > tomorrow).any():
        runs = _known_runs(problem, own, side, day, np.minimum(free, tomorrow), effort, known, afresh=afresh)
    return runs


def _known_runs(
    problem: Problem,
    own: Portions,
    side: ConnectingKind,
    day: int,
    free: Ints,
    effort: Effort,
    known: Known,
    *,
    afresh: bool,
) -> list[Leg]:
    """Return the runs of one day, which are planned once."""
    numbers = (column.tobytes() for column in own.ways.numbers)
    key = (side, day, free.tobytes(), own.num.tobytes(), *numbers)
    if key not in known:
        runs = _runs_of_day(problem, own, side, day, free, effort, afresh=afresh)
        if len(own) <= FEW_PORTIONS and _are_some_left_in_vain(problem, own, runs, day, free):
            longer = replace(effort, work_per_group=MORE_WORK * effort.work_per_group)
            runs = _best_runs(
                problem,
                own.ways,
                side,
                [runs, _runs_of_day(problem, own, side, day, free, longer, afresh=afresh)],
            )
        known[key] = runs
    return known[key]


def _are_some_left_in_vain(
    problem: Problem, own: Portions, runs: Sequence[Leg], day: int, free: Ints
) -> bool:
    """Return whether people have no seat on runs though some vehicle of each pool makes none: few are hard to share."""
    return bool(
        _num_seated(runs) < own.num.sum() and (vehicles_of(problem, runs)[:, day] < free)[free > 0].all()
    )


def vehicles_of(problem: Problem, legs: Iterable[Leg]) -> Ints:
    """Return (V, D + MOST_DAYS) how many vehicles make the runs of feeders and shuttles, or are not back, by day."""
    away = np.zeros((len(problem.pools), problem.num_days + MOST_DAYS), dtype=np.int64)
    num_days: defaultdict[tuple[int, int, str, int], int] = defaultdict(int)
    for nth, leg in enumerate(legs):
        if leg.kind != "train":
            vehicle = leg.pool, leg.day, leg.kind, leg.vehicle or -1 - nth
            num_days[vehicle] = max(num_days[vehicle], math.ceil(leg.back_minute / MINUTES_A_DAY))
    for (pool, day, _, _), num in num_days.items():
        away[pool, day : day + num] += 1
    return away


def renumbered(legs: Sequence[Leg], served: Ints) -> list[Leg]:
    """Return legs in the numbers of the portions that are left when those without a seat are gone."""
    line = (np.cumsum(served > 0) - 1).tolist()
    return [replace(leg, load=tuple((line[old], num) for old, num in leg.load)) for leg in legs]


def with_fewer_riders(problem: Problem, ways: Ways, legs: Iterable[tuple[Leg, Load]]) -> list[Leg] | None:
    """Return runs with loads that are a part of theirs, without those that are empty; None if one cannot be.

    A vehicle that makes several runs makes them when it did.

    Parameters
    ----------
    ways : that the loads number
    """
    runs, all_pools = [], np.full(len(problem.pools), UNLIMITED)
    for leg, left in legs:
        assert leg.kind != "direct"
        assert leg.kind != "train"
        if not left or left == leg.load:
            runs += [leg] if left else []
            continue
        lines, num = np.array(left, dtype=np.int64).T
        part = _coach_problem(problem, Portions(ways.take(lines), num, lines), leg.kind, leg.day, all_pools)
        load = tuple(enumerate(num.tolist()))
        draft = Draft(replace(leg, day=0, load=())).with_some(part, load)
        if breaches(part, draft):
            return None
        run = _run_of(problem, part, draft, ways.take(lines), leg.kind, leg.day)
        assert leg.start_minute is not None
        again = _from_its_start(problem, run, leg.start_minute, leg.vehicle)
        if again is None and not leg.vehicle:
            hours = _hours_beside(problem, run, None, 0)
            again = None if hours is None else _at(run, hours, 0)
        if again is None:
            return None
        runs.append(replace(again, load=left))
    return runs


def _day(problem: Problem, ways: Ways, line: int, side: ConnectingKind) -> int:
    """Return the day of the ride: that of the train, or that on which its passengers are ready to leave."""
    if side == "feeder":
        return day_of(problem, int(ways.service[line]))
    return int(_limit(problem, ways, line, side) // MINUTES_A_DAY)


def _limit(problem: Problem, ways: Ways, line: int, side: BatchKind) -> int:
    """Return the minute by which a feeder arrives, or from which on a shuttle leaves."""
    rail = rail_of(problem)
    calls = rail.services[int(ways.service[line])].calls
    if side == "feeder":
        return math.floor(minute_of(problem, calls[int(ways.board[line])].departs) - rail.rules.board_minutes)
    return math.ceil(minute_of(problem, calls[int(ways.alight[line])].arrives) + rail.rules.alight_minutes)


class _Run(NamedTuple):
    """A run without hours: its leg, its stops as the timetable sees them, and the minute that limits it."""

    leg: Leg
    halts: tuple[Halt, ...]
    limit: int


def _runs_of_day(
    problem: Problem,
    portions: Portions,
    side: ConnectingKind,
    day: int,
    free: Ints,
    effort: Effort,
    *,
    afresh: bool,
) -> list[Leg]:
    """Return the runs of one day, the best: those of the last plan, these mended for whom they leave, or all anew."""
    if (rides_before(problem, portions.ways, side) == NO_PREVIOUS).all():
        return _planned_runs(problem, portions, side, day, free, effort)
    plans = [_runs_of_before(problem, portions, side, day, free)]
    if _num_seated(plans[0]) < portions.num.sum():
        most, available = _most_runs(problem, free, MOST_RUNS)
        mended = _mended_runs(problem, portions, side, day, available, plans[0], effort)
        at_told_hours = _beside(problem, plans[0], mended, free, most)
        plans += [at_told_hours, _with_hours(problem, mended, free, most)]
    if afresh or max(map(_num_seated, plans)) < portions.num.sum():
        plans.append(_planned_runs(problem, portions, side, day, free, effort))
    return _best_runs(problem, portions.ways, side, plans)


def _num_seated(runs: Sequence[Leg]) -> int:
    """Return how many groups have a seat on runs."""
    return sum(num for leg in runs for _, num in leg.load)


class _Worth(NamedTuple):
    """What the runs of a day are worth: minus people by class, and yuan with calls; then people, and calls alone."""

    by_class: float
    yuan: float
    num_persons: float
    calls_yuan: float


def _worth_of_runs(problem: Problem, ways: Ways, legs: Sequence[Leg], side: ConnectingKind) -> _Worth:
    """Return what runs are worth; less people by class is better, then less yuan."""
    weight, persons = problem.cells.weight[ways.cell], problem.cells.num_persons[ways.cell]
    num = np.zeros(len(ways))
    for leg in legs:
        for line, groups in leg.load:
            num[line] += groups
    calls_yuan = changes_yuan(problem, ways, legs, side)
    yuan = round(sum(leg.cost_yuan(problem) for leg in legs) + calls_yuan, 4)
    return _Worth(-float(num @ weight), yuan, float(num @ persons), calls_yuan)


def _best_runs(problem: Problem, ways: Ways, side: ConnectingKind, plans: Sequence[list[Leg]]) -> list[Leg]:
    """Return the best runs of a day, where a seat more is worth some calls only; of equal ones the first."""
    best, *others = [(_worth_of_runs(problem, ways, legs, side), legs) for legs in plans]
    for other in others:
        now, then = best[0], other[0]
        is_calm = is_worth_calls(
            problem, then.num_persons - now.num_persons, then.calls_yuan - now.calls_yuan
        )
        if then[:2] < now[:2] and (is_calm or then.yuan < now.yuan):
            best = other
    return best[1]


def _mended_runs(
    problem: Problem,
    portions: Portions,
    side: ConnectingKind,
    day: int,
    available: Ints,
    before: Sequence[Leg],
    effort: Effort,
) -> list[_Run]:
    """Return runs of the last plan after a search for those whom they do not carry; who changes the run is priced.

    Parameters
    ----------
    available : (V,) how many runs the vehicles of each pool may make
    """
    part = _after_rides(problem, portions, side, _coach_problem(problem, portions, side, day, available))
    start = [
        Draft.direct(
            day=0,
            pool=leg.pool,
            pickups=leg.pickups,
            dropoffs=leg.dropoffs,
            load=leg.load,
            previous=int(part.cells.previous[leg.load[0][0]]),
        )
        for leg in before
    ]
    waiting = np.flatnonzero(groups_planned(part, start) < portions.num)
    drafts = improved(part, start, waiting, effort, Clock(None, lambda: False))
    return [_run_of(problem, part, draft, portions.ways, side, day) for draft in drafts]


def _beside(
    problem: Problem, before: Sequence[Leg], runs: Sequence[_Run], free: Ints, most: Sequence[int]
) -> list[Leg]:
    """Return the runs with hours: those that call where one of before did start when it did, on the same vehicle."""
    told_at: defaultdict[tuple[int, Stops], list[Leg]] = defaultdict(list)
    for leg in before:
        told_at[leg.pool, leg.stops].append(leg)
    again: list[Leg] = []
    others: list[_Run] = []
    for run in runs:
        same = None
        if legs := told_at[run.leg.pool, run.leg.stops]:
            told = legs.pop(0)
            assert told.start_minute is not None
            same = _from_its_start(problem, run, told.start_minute, told.vehicle)
        if same:
            again.append(same)
        else:
            others.append(run)
    stay = _with_vehicles(problem, again, free)
    highest: Counter[int] = Counter()
    used = np.zeros_like(free)
    for leg in stay:
        highest[leg.pool] = max(highest[leg.pool], leg.vehicle)
    for pool, _ in {(leg.pool, leg.vehicle or -nth) for nth, leg in enumerate(stay, 1)}:
        used[pool] += 1
    left = np.where(free < UNLIMITED, free - used, free)
    more = _with_hours(problem, others, left, most)
    return [*stay, *(replace(leg, vehicle=leg.vehicle and highest[leg.pool] + leg.vehicle) for leg in more)]


def _after_rides(problem: Problem, portions: Portions, side: ConnectingKind, part: Problem) -> Problem:
    """Return the coach problem of one day with the runs of the last plan, and what it costs to leave one."""
    ride_of = rides_before(problem, portions.ways, side)
    rides = np.unique(ride_of[ride_of != NO_PREVIOUS])
    previous = np.where(ride_of == NO_PREVIOUS, NO_PREVIOUS, np.searchsorted(rides, ride_of))
    known = ride_of != NO_PREVIOUS
    a_person = group_move_yuan(problem)[portions.ways.cell] / part.cells.num_persons
    before = [problem.previous_rides[ride] for ride in rides.tolist()]
    return replace(
        part,
        cells=replace(part.cells, previous=previous),
        previous_days=np.zeros(len(rides), dtype=np.int64),
        previous_pools=np.array([NO_PREVIOUS if ride is None else ride.pool for ride in before]),
        previous_move_yuan=np.bincount(previous[known], a_person[known]) / np.bincount(previous[known]),
        previous_head_yuan=np.zeros(len(rides)),
    )


def _runs_of_before(
    problem: Problem, portions: Portions, side: ConnectingKind, day: int, free: Ints
) -> list[Leg]:
    """Return the runs of the last plan at their hours, with those of their riders who are among the portions.

    One that would break a rule, or that no vehicle can make, is not run.
    """
    ride_of = rides_before(problem, portions.ways, side)
    numbers = np.unique(ride_of[ride_of != NO_PREVIOUS]).tolist()
    if not numbers:
        return []
    part = _coach_problem(problem, portions, side, day, free)
    runs: list[Leg] = []
    for number in numbers:
        ride = problem.previous_rides[number]
        assert ride is not None
        if (ride.date - part.first_day).days or ride.pool < 0:
            continue
        leg = leg_again(part, ride, np.flatnonzero(ride_of == number), portions.num)
        if leg is None or breaches(part, Draft(leg)):
            continue
        run = _run_of(problem, part, Draft(leg), portions.ways, side, day)
        if again := _from_its_start(problem, run, ride.start_minute, ride.vehicle):
            runs.append(again)
    return _with_vehicles(problem, runs, free)


def _from_its_start(problem: Problem, run: _Run, start_minute: int, vehicle: int) -> Leg | None:
    """Return a run that starts at a minute of its day; None if it comes too late, or its people wait too long."""
    hours = hours_from(problem, run.halts, run.leg.day, run.leg.day * MINUTES_A_DAY + start_minute)
    if hours is None:
        return None
    if not 0 <= _waits_minutes(run, hours) <= rail_of(problem).rules.wait_minutes:
        return None
    return _at(run, hours, vehicle)


def _with_vehicles(problem: Problem, runs: Sequence[Leg], free: Ints) -> list[Leg]:
    """Return the runs that the free vehicles can make, each on the vehicle that it had."""
    made: list[Leg] = []
    vehicles: defaultdict[int, set[int]] = defaultdict(set)
    order = sorted(range(len(runs)), key=lambda nth: (runs[nth].pool, runs[nth].start_minute, nth))
    for nth in order:
        leg = runs[nth]
        number = leg.vehicle or -1 - nth
        others = (
            [one for one in made if (one.pool, one.vehicle) == (leg.pool, leg.vehicle)] if leg.vehicle else []
        )
        if number not in vehicles[leg.pool] and len(vehicles[leg.pool]) >= free[leg.pool]:
            continue
        most_runs = rail_of(problem).pools[leg.pool].runs_per_day
        if most_runs and len(others) >= most_runs:
            continue
        if others:
            last = others[-1]
            assert last.end_minute is not None
            assert leg.start_minute is not None
            if last.end_minute + _way_back(problem, last, leg) > leg.start_minute:
                continue
            if drivers_of_runs(problem, [*others, leg]) is None:
                continue
        vehicles[leg.pool].add(number)
        made.append(leg)
    runs_of = Counter((leg.pool, leg.vehicle) for leg in made)
    return [leg if runs_of[leg.pool, leg.vehicle] > 1 else replace(leg, vehicle=0) for leg in made]


def _planned_runs(
    problem: Problem, portions: Portions, side: ConnectingKind, day: int, free: Ints, effort: Effort
) -> list[Leg]:
    """Return the runs of one day with their hours; fewer runs a vehicle are tried until the hours allow them all."""
    timed: list[Leg] = []
    most_of_all = MOST_RUNS if len(portions) <= FEW_PORTIONS else MOST_RUNS_OF_MANY
    for most_runs in range(most_of_all if (free < UNLIMITED).any() else 1, 0, -1):
        most, available = _most_runs(problem, free, most_runs)
        part = _coach_problem(problem, portions, side, day, available)
        runs = [_run_of(problem, part, draft, portions.ways, side, day) for draft in solve(part, effort)]
        timed = _with_hours(problem, runs, free, most)
        if len(timed) == len(runs):
            break
    return timed


def _most_runs(problem: Problem, free: Ints, most_runs: int) -> tuple[list[int], Ints]:
    """Return how many runs a vehicle of each pool may make, and how many (V,) the free ones make together."""
    most = [min(most_runs, pool.runs_per_day or most_runs) for pool in rail_of(problem).pools]
    return most, np.where(free < UNLIMITED, free * np.array(most, dtype=np.int64), UNLIMITED)


def _free_vehicles(problem: Problem, day: int, taken: Ints) -> Ints:
    """Return (V,) how many vehicles may run feeders or shuttles on a day."""
    date = problem.first_day + timedelta(days=day)
    free = np.zeros(len(problem.pools), dtype=np.int64)
    for line, pool in enumerate(rail_of(problem).pools):
        if pool.use != "direct" and pool.is_open(date):
            free[line] = UNLIMITED if pool.per_day is None else pool.per_day
            if pool.use is None and day < problem.num_days:  # less those that kept batches have
                free[line] = min(free[line], problem.pools.available[line, day])
            elif free[line] < UNLIMITED:
                free[line] -= rail_of(problem).kept_vehicles.get((line, day), 0)
                free[line] -= sum(broken == date for broken, _ in pool.broken)
    away = taken[:, day]
    return np.where(free < UNLIMITED, np.maximum(0, free - away), free)


def _coach_problem(
    problem: Problem, portions: Portions, side: ConnectingKind, day: int, available: Ints
) -> Problem:
    """Return the coach problem of some portions on one day; riders of one train and station may share a vehicle."""
    cells, ways, rail = problem.cells, portions.ways, rail_of(problem)
    calls = [
        rail.services[service].calls[ways.board[i] if side == "feeder" else ways.alight[i]]
        for i, service in enumerate(ways.service.tolist())
    ]
    station = np.array([call.place for call in calls], dtype=np.int64)
    together = np.unique(np.stack([ways.service, station]), axis=1, return_inverse=True)[1].reshape(-1)
    own, zero = ways.cell, np.zeros(len(portions), dtype=np.int64)
    num_drops = np.ones_like(own) if side == "feeder" else np.diff(cells.drop_start)[own]
    drops = np.concatenate([np.arange(cells.drop_start[cell], cells.drop_start[cell + 1]) for cell in own])
    return Problem(
        first_day=problem.first_day + timedelta(days=day),
        cells=Cells(
            pickup=cells.pickup[own] if side == "feeder" else station,
            prefecture=cells.prefecture[own] if side == "feeder" else rail.prefecture[station],
            goal=rail.prefecture[station] if side == "feeder" else cells.goal[own],
            county=cells.county[own],
            city_group=together.astype(np.int64),
            earliest=zero,
            latest=zero,
            late_days=np.zeros((len(portions), 1)),
            weight=cells.weight[own],
            num_persons=cells.num_persons[own],
            num_seats=cells.num_seats[own],
            num_groups=portions.num,
            own_transfer=cells.own_transfer[own],
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
        drive_minutes=problem.drive_minutes,
        network_of_day=np.array([problem.network_on(day)]),
        caps=replace(NO_CAPS, city_of_cell=zero),
        regimes=problem.regimes
        and replace(
            problem.regimes,
            of_cell=problem.regimes.on(own, day)[:, None],
            later=np.zeros((len(own), 0), dtype=np.int64),
        ),
        schedule=_schedule_to(problem, ways) if side == "feeder" else problem.schedule,
        reception=problem.reception,
    )


def _schedule_to(problem: Problem, ways: Ways) -> Schedule:
    """Return the schedule of feeders: none is under way for longer than any that is in time for its train."""
    trains = set(zip(ways.service.tolist(), ways.board.tolist(), strict=True))
    minutes = max(farthest_minutes(problem, service, board) for service, board in trains)
    return problem.schedule.up_to(problem.schedule.under_way(minutes, 2, 1))


def _run_of(
    problem: Problem, part: Problem, draft: Draft, ways: Ways, side: ConnectingKind, day: int
) -> _Run:
    """Return a run of the coach problem in the days of the whole problem, its load in portions."""
    leg = draft.leg
    heads = leg.alighting(part)
    for cell, num in leg.load:
        place = int(part.cells.pickup[cell])
        heads[place] = heads.get(place, 0) + num * int(part.cells.num_persons[cell])
    halts = leg.halts(part, (heads[place] for place in leg.stops))
    load = tuple(sorted(leg.load))
    leg = replace(leg, day=day, load=load, kind=side, service=int(ways.service[load[0][0]]))
    return _Run(leg, tuple(halts), _limit(problem, ways, load[0][0], side))


def _with_hours(problem: Problem, runs: Sequence[_Run], free: Ints, most: Sequence[int]) -> list[Leg]:
    """Return the runs with hours and vehicles; those for which no vehicle is there in time are missing."""
    by_pool: defaultdict[int, list[_Run]] = defaultdict(list)
    for run in runs:
        by_pool[run.leg.pool].append(run)
    return [
        leg
        for pool, own in sorted(by_pool.items())
        for leg in _roster_of_runs(problem, own, int(free[pool]), most[pool])
    ]


def _roster_of_runs(problem: Problem, runs: Sequence[_Run], num_vehicles: int, most_runs: int) -> list[Leg]:
    """Return the runs of one pool with hours, each on the vehicle with which its people wait least.

    Feeders are laid backwards from their trains, shuttles forwards: as late, or as early, as the vehicle can, its
    drivers may, and people are taken in. Where no vehicle comes else, drivers take a rest or two between two runs.
    """
    is_feeder = runs[0].leg.kind == "feeder"
    wait = rail_of(problem).rules.wait_minutes
    rota: list[list[Leg]] = []
    order = sorted(
        runs, key=lambda run: (-run.limit if is_feeder else run.limit, -sum(h.km for h in run.halts))
    )
    for run in order:
        for num_rests in range(MOST_RESTS + 1):
            vehicles, found = [*rota, []][:num_vehicles], list[tuple[int, int, Hours]]()
            for line, own in enumerate(vehicles):
                other = own[-1] if own else None
                hours = _hours_beside(problem, run, other, num_rests) if len(own) < most_runs else None
                if hours is not None and (waits_minutes := _waits_minutes(run, hours)) <= wait:
                    found.append((waits_minutes, line, hours))
            legs = [(vehicles[line], _at(run, hours, line + 1)) for _, line, hours in sorted(found)]
            leg = next((leg for own, leg in legs if _may_drive(problem, [*own, leg])), None)
            if leg is not None:
                rota = vehicles[: max(len(rota), leg.vehicle)]
                rota[leg.vehicle - 1].append(leg)
            if leg is not None or not found:
                break
    return [leg if len(own) > 1 else replace(leg, vehicle=0) for own in rota for leg in own]


def _at(run: _Run, hours: Hours, vehicle: int) -> Leg:
    """Return the leg of a run at some hours, on one of the vehicles of its pool."""
    midnight = run.leg.day * MINUTES_A_DAY
    return replace(
        run.leg,
        start_minute=hours.start - midnight,
        end_minute=hours.end - midnight,
        rests=tuple((begin - midnight, minutes) for begin, minutes in hours.rests),
        vehicle=vehicle,
    )


def _waits_minutes(run: _Run, hours: Hours) -> int:
    """Return for how long the people of a run wait at the station."""
    return run.limit - hours.end if run.leg.kind == "feeder" else hours.start - run.limit


def _may_drive(problem: Problem, legs: Sequence[Leg]) -> bool:
    """Return whether the law lets the drivers of a vehicle make these runs of one day."""
    in_order = sorted(legs, key=lambda leg: leg.start_minute or 0)
    return len(legs) < 2 or drivers_of_runs(problem, in_order) is not None


def _hours_beside(problem: Problem, run: _Run, other: Leg | None, num_rests: int) -> Hours | None:
    """Return the hours of a run of the vehicle that makes the other one, too; None if the law or the day forbid it.

    Parameters
    ----------
    num_rests : for which the drivers have time between the two
    """
    midnight = run.leg.day * MINUTES_A_DAY
    rest_minutes = num_rests * problem.schedule.law.drivers.rest_minutes
    if run.leg.kind == "shuttle":
        start = run.limit
        if other is not None:
            assert other.end_minute is not None
            start = max(
                start, midnight + other.end_minute + rest_minutes + _way_back(problem, other, run.leg)
            )
        return _when_taken_in(problem, run, start)
    last = run.limit
    if other is not None:
        assert other.start_minute is not None
        last = min(last, midnight + other.start_minute - rest_minutes - _way_back(problem, run.leg, other))
    return hours_to_arrive(problem, run.halts, run.leg.day, last)


def _when_taken_in(problem: Problem, run: _Run, start: int) -> Hours | None:
    """Return the hours of a shuttle that leaves at some minute, or later, so that it arrives when people are taken in.

    Where its people would have to wait longer at the station than the rules say, it leaves at that minute.
    """
    hours = soonest = hours_from(problem, run.halts, run.leg.day, start)
    last = run.limit + rail_of(problem).rules.wait_minutes
    for _ in range(MOST_GUESSES):
        if hours is None or hours.start > last:
            return soonest
        closed = problem.schedule.minutes_to_opening(hours.end, problem.reception_at(run.leg.stops[-1]))
        if not closed:
            return hours
        hours = hours_from(problem, run.halts, run.leg.day, hours.start + closed)
    return soonest


def _way_back(problem: Problem, earlier: Leg, later: Leg) -> int:
    """Return the minutes from the end of a run to the start of the next: a stand, and the empty way as by night."""
    empty_minutes = earlier.minutes_between(problem, (earlier.stops[-1], later.stops[0]))[0]
    schedule = problem.schedule
    return math.ceil(schedule.dwell_minutes + empty_minutes / schedule.law.drivers.night_speed)
