"""The ways in which people may take a train: a cell, a service, a station to board at and one to alight at.

What feeder and shuttle cost is estimated first by full vehicles that drive straight to the station, which nothing
undercuts, and later by the vehicles of a plan.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from returnplan.model.law import MINUTES_A_DAY
from returnplan.model.roster import RailCall
from returnplan.problem.model import Bools, Floats, Ints, Problem, Rail
from returnplan.problem.timetable import Halt

CENT = 0.005
"""What sums of yuan may differ by."""
MOST_GUESSES = 8
"""Of the hour at which a feeder has to leave; at night and with rests it takes longer."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Arrays of length W.

    Attributes
    ----------
    cell, service : lines of the problem's cells and services
    board, alight : stations of the service, as lines of its calls
    has_feeder, has_shuttle : whether the people need one
    feeder_yuan, shuttle_yuan : what these cost for one group
    """

    cell: Ints
    service: Ints
    board: Ints
    alight: Ints
    has_feeder: Bools
    has_shuttle: Bools
    feeder_yuan: Floats
    shuttle_yuan: Floats

    def __len__(self) -> int:
        return len(self.cell)

    def take(self, lines: Ints | Bools) -> "Ways":
        """Return some of the ways."""
        return Ways(*(getattr(self, name)[lines] for name in self.__slots__))

    @property
    def numbers(self) -> tuple[Ints, ...]:
        """The columns that say who takes which train from where to where."""
        return self.cell, self.service, self.board, self.alight

    def transfer_yuan(self) -> Floats:
        """Return what feeder and shuttle cost for one group."""
        return self.feeder_yuan + self.shuttle_yuan

    def priced(self, feeder_yuan: Floats, shuttle_yuan: Floats) -> "Ways":
        """Return the ways with other prices of feeders and shuttles."""
        return replace(self, feeder_yuan=feeder_yuan, shuttle_yuan=shuttle_yuan)


def rail_of(problem: Problem) -> Rail:
    """Return the trains of a problem that has some."""
    assert problem.rail is not None
    return problem.rail


def day_of(problem: Problem, service: int) -> int:
    """Return the day on which a train leaves its first station, as an index that may lie outside the campaign."""
    return (rail_of(problem).services[service].day - problem.first_day).days


def minute_of(problem: Problem, hour: datetime | None) -> float:
    """Return the minutes from the first midnight of the problem to an hour."""
    assert hour is not None
    return (hour - datetime.combine(problem.first_day, datetime.min.time())).total_seconds() / 60


def seat_yuan(problem: Problem, service: int) -> float:
    """Return what a seat of a train costs where carriages are full, without the fixed price."""
    train = rail_of(problem).services[service]
    return train.seat_yuan + train.carriage_yuan / train.carriage_seats


def find_ways(problem: Problem, *, by_the_clock: bool = True) -> Ways:
    """Return all ways in which a cell may take a train within its window and the hours of the day.

    ``by_the_clock`` false leaves the hours out. From each station to board at there is the way to the station that is
    the cheapest to alight at.
    """
    found = []
    for service in range(len(rail_of(problem).services)):
        if 0 <= day_of(problem, service) < problem.num_days:
            found += _ways_of(problem, service, by_the_clock)
    none = (np.zeros(0, np.int64),) * 4 + (np.zeros(0, np.bool_),) * 2 + (np.zeros(0),) * 2
    columns = [np.concatenate(column) for column in zip(*found, strict=True)] if found else none
    return Ways(*columns)


def _ways_of(problem: Problem, service: int, by_the_clock: bool) -> list[tuple[Ints | Floats | Bools, ...]]:
    train, cells, day = rail_of(problem).services[service], problem.cells, day_of(problem, service)
    good = (cells.earliest <= day) & (cells.latest >= day) & (cells.pickup >= 0) & (cells.num_groups > 0)
    own = np.flatnonzero(good)
    shuttles = [_shuttle(problem, own, service, line) for line in range(1, len(train.calls))]
    ways = []
    for board, call in enumerate(train.calls[:-1]):
        if call.departs is None:
            continue
        has_feeder, feeder_yuan = _feeder(problem, own, service, board, by_the_clock)
        yuan = np.stack([yuan for _, yuan in shuttles[board:]])
        best = yuan.argmin(axis=0)
        shuttle_yuan = yuan[best, np.arange(len(own))]
        has_shuttle = np.stack([has for has, _ in shuttles[board:]])[best, np.arange(len(own))]
        is_open = np.isfinite(feeder_yuan + shuttle_yuan)
        of_all = (own, np.full_like(own, service), np.full_like(own, board), board + 1 + best)
        ways.append(
            tuple(column[is_open] for column in (*of_all, has_feeder, has_shuttle, feeder_yuan, shuttle_yuan))
        )
    return ways


def _feeder(
    problem: Problem, own: Ints, service: int, board: int, by_the_clock: bool
) -> tuple[Bools, Floats]:
    """Return whether cells need a feeder to a station, and the least price of one for a group, inf if none can run."""
    rail, cells = rail_of(problem), problem.cells
    call = rail.services[service].calls[board]
    km = _roads(problem, service)[cells.pickup[own], call.place]
    network = int(problem.network_of_day[day_of(problem, service)])
    minutes = problem.minutes_on(network, cells.pickup[own], call.place)
    is_near = km <= rail.rules.walk_km
    is_late = by_the_clock & (minutes > farthest_minutes(problem, service, board))
    is_far = km > rail.rules.max_transfer_km
    yuan = cells.num_seats[own] * cheapest_seat_yuan(
        problem, cells.prefecture[own], np.full(len(own), rail.prefecture[call.place]), km
    )
    return ~is_near, np.where(is_near, 0.0, np.where(is_late | is_far, np.inf, yuan))


def farthest_minutes(problem: Problem, service: int, board: int) -> float:
    """Return the longest drive by day from which a feeder is in time at the station: by bisection."""
    departs = rail_of(problem).services[service].calls[board].departs
    limit = math.floor(minute_of(problem, departs) - rail_of(problem).rules.board_minutes)
    near, far = 0.0, float(MINUTES_A_DAY)
    while far - near > 1.0:
        minutes = (near + far) / 2
        halts = Halt(0.0, 1), Halt(minutes / problem.schedule.minutes_per_km, 1)
        if hours_to_arrive(problem, halts, day_of(problem, service), limit) is None:
            far = minutes
        else:
            near = minutes
    return near


class Hours(NamedTuple):
    """When a run starts and ends, and its rests, each with its begin and its minutes."""

    start: int
    end: int
    rests: tuple[tuple[int, int], ...]


def hours_to_arrive(problem: Problem, halts: Sequence[Halt], day: int, last: int) -> Hours | None:
    """Return when a run starts on a day to end by some minute; None if the law or the day forbid it."""
    start = last - problem.schedule.under_way(
        sum(map(problem.schedule.drive_minutes, halts)), len(halts), sum(halt.heads for halt in halts[:-1])
    )
    for _ in range(MOST_GUESSES):
        hours = hours_from(problem, halts, day, start)
        if hours is None or hours.end <= last:
            return hours
        start -= hours.end - last
    return None


def hours_from(problem: Problem, halts: Sequence[Halt], day: int, start: int) -> Hours | None:
    """Return the hours of a run that leaves at some minute of its day; None if that is not legal."""
    midnight = day * MINUTES_A_DAY
    if not midnight <= start < midnight + MINUTES_A_DAY:
        return None
    date = problem.first_day + timedelta(days=day)
    hour = time((start - midnight) // 60, (start - midnight) % 60)
    timing = problem.schedule.timing(halts, date, start=hour)
    if not timing.is_legal:
        return None
    rests = tuple((int(minute_of(problem, rest.time)), rest.minutes) for rest in timing.rests)
    return Hours(start, int(minute_of(problem, timing.times[-1])), rests)


def _shuttle(problem: Problem, own: Ints, service: int, alight: int) -> tuple[Bools, Floats]:
    """Return whether cells need a shuttle from a station, and the least price of one for a group, inf if none can."""
    rail, cells = rail_of(problem), problem.cells
    call = rail.services[service].calls[alight]
    place = call.place
    if call.arrives is None:
        return np.ones(len(own), dtype=np.bool_), np.full(len(own), np.inf)
    roads = problem.km[problem.network_on(shuttle_day(problem, call)), place]
    farthest = np.maximum.reduceat(roads[cells.drop_place], cells.drop_start[:-1])[own]
    is_near = (farthest <= rail.rules.walk_km) | (cells.own_transfer[own] == 1)
    base = np.full(len(own), rail.prefecture[place])
    yuan = cells.num_seats[own] * cheapest_seat_yuan(problem, base, cells.goal[own], farthest)
    is_far = farthest > rail.rules.max_transfer_km
    return ~is_near, np.where(is_near, 0.0, np.where(is_far, np.inf, yuan))


def shuttle_day(problem: Problem, call: RailCall) -> int:
    """Return the day on which the passengers of a train are ready to leave a station on a shuttle."""
    ready = math.ceil(minute_of(problem, call.arrives) + rail_of(problem).rules.alight_minutes)
    return ready // MINUTES_A_DAY


def _roads(problem: Problem, service: int) -> Floats:
    return np.asarray(problem.km[problem.network_of_day[day_of(problem, service)]])


def cheapest_seat_yuan(problem: Problem, prefecture: Ints, goal: Ints, km: Floats) -> Floats:
    """Return the least that a seat of a feeder or shuttle costs from one prefecture to another over some km."""
    pools, best = problem.pools, np.full(len(km), np.inf)
    serves = pools.serve(prefecture, goal)
    for pool, told in enumerate(rail_of(problem).pools):
        if told.use == "direct" or pools.usable[pool] == 0 or told.per_day == 0:
            continue
        yuan = (pools.fixed_yuan[pool] + pools.per_km_yuan[pool] * km) / pools.usable[pool]
        best = np.where(serves[:, pool], np.minimum(best, yuan), best)
    return best
