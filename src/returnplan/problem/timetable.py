"""When a coach leaves and where it is when, by the law of the road: speeds, stops, rests, hours of the night, drivers.

*Minutes under way* are those that the journey takes by day without a rest, stops included. A stop is shorter than a
rest and none, so it counts as time at the wheel (but for the wait at the first stop). Then rests and hours of the night
depend on one number, and tables over the minutes under way say when a coach has come so far. What is planned by them is
legal; a journey with long stops may have a rest more than it needs.
"""

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import accumulate
from math import ceil
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from returnplan.model.law import MINUTES_A_DAY, MINUTES_AN_HOUR, MOST_DAYS, Law, Span, minute_of
from returnplan.model.plan import Rest, RestKind

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOT_LEGAL = -1
"""The hour of a journey that no hour of departure makes legal."""
MANY_DRIVERS = 99
BEYOND_MINUTES = 1e9
"""Under way where there is no road."""
STEP_MINUTES = 30
"""Between two hours of departure that are tried; another than the usual one must save as much."""
TINY = 1e-6
"""Minutes and km that are lost in rounding."""
ANY_HOUR: Span = ("00:00", "23:59")
DECIMALS = 6
"""Of a minute, so that what ends at ten does end at ten."""


@dataclass(frozen=True, slots=True)
class Halt:
    """A stop as the timetable sees it: the way from the stop before, and the people who board or alight.

    ``drive_minutes`` at the wheel by day; None: those of the usual speed.
    """

    km: float
    heads: int = 0
    drive_minutes: float | None = None


class Timing(NamedTuple):
    """When a coach comes to each stop, where it rests, and how many drivers it needs.

    ``is_legal`` is false where they are more than a coach may have.
    """

    times: tuple[datetime, ...]
    rests: tuple[Rest, ...]
    num_drivers: int
    is_legal: bool


class Stand(NamedTuple):
    """A coach stands on the road after so many minutes under way, from a minute after midnight on."""

    under_way: float
    start: float
    minutes: float
    kind: RestKind


Drive = tuple[float, float]
"""A coach moves from one minute after midnight to another."""


class Clock:
    """The course of all journeys that leave at one minute of the day; those of more than ``short_km`` are long."""

    def __init__(self, law: Law, start: int, *, is_long: bool) -> None:
        """Drive on for as long as the drivers may."""
        self.start = start
        self._drivers = law.drivers
        course = _Course(law, start, is_long)
        course.drive()
        self.stands = course.stands
        self._under_way, self._moved, self._drives = course.under_way, course.moved, course.drives
        self._ends = [stand.under_way for stand in self.stands]
        self._num_drivers: dict[int, int] = {}
        self._stood = np.array([0.0, *accumulate(stand.minutes for stand in self.stands)])
        self.longest = int(self._under_way[-1] + TINY)
        """The minutes under way of the longest journey that is legal."""

    def minutes(self, under_way: Ints) -> Ints:
        """Return the whole minutes from midnight to when the coach has come so far, and does not rest yet."""
        stood = self._stood[np.searchsorted(self._ends, under_way, side="left")]
        minute = np.floor(self.start + self._move(under_way) + stood + TINY)
        return np.asarray(minute, dtype=np.int64)

    def num_drivers(self, under_way: int) -> int:
        """Return how many drivers have to share the wheel to come so far: by the hours driven within any 24."""
        if under_way not in self._num_drivers:  # thousands of coaches of a region come equally far
            self._num_drivers[under_way] = self._drivers_to(under_way)
        return self._num_drivers[under_way]

    def _drivers_to(self, under_way: int) -> int:
        left = float(self._move(np.array([under_way]))[0]) - self._moved[1]
        drives, longest = list[Drive](), 0.0
        for begin, end in self._drives:
            if left <= TINY:
                break
            drives.append((begin, min(end, begin + left)))
            left -= end - begin
            longest = max(longest, _driven_in_a_day(drives))
        return max(1, ceil((longest - TINY) / (MINUTES_AN_HOUR * self._drivers.hours_a_day)))

    def _move(self, under_way: Ints) -> Floats:
        """Return the minutes in which the coach moves, or waits at stops, until it has come so far."""
        beyond = np.maximum(0, under_way - self._under_way[-1])
        return np.asarray(np.interp(under_way, self._under_way, self._moved) + beyond)


class _Course:
    """A coach on its way: what its drivers have done so far, and what they may do next."""

    def __init__(self, law: Law, start: int, is_long: bool) -> None:
        wait = law.timetable.dwell_minutes
        self.under_way, self.moved, self.stands = [0.0, wait], [0.0, wait], list[Stand]()
        self._drivers, self._is_long = law.drivers, is_long
        self._night, self._standstill = law.drivers.night, law.drivers.standstill
        self._minute, self._end = start + wait, start + MOST_DAYS * MINUTES_A_DAY
        self._in_one_go = self._at_night = 0.0
        self.drives: list[Drive] = []

    def drive(self) -> None:
        """Drive and stand in turns until the drivers may drive no more."""
        while self._minute < self._end and (self._left_today >= 1 or self._drivers.night_stop):
            must_stand = self._must_stand()
            if must_stand:
                self._stand(*must_stand)
            else:
                self._go()

    def _must_stand(self) -> tuple[float, RestKind] | None:
        """Return for how long the coach has to stand now, and why; None if it may go on."""
        if self._is_long and _is_within(self._minute, self._standstill):
            return _minutes_until(self._standstill[1], self._minute), "standstill"
        if self._left_today < 1:
            return MINUTES_AN_HOUR * self._drivers.night_stop_hours, "night_stop"
        return (self._drivers.rest_minutes, "rest") if self._left_in_one_go < TINY else None

    @property
    def _is_night(self) -> bool:
        return _is_within(self._minute, self._night)

    @property
    def _left_today(self) -> float:
        """Minutes that all drivers together may still drive in the 24 hours that end now."""
        driven = _driven_in_a_day(self.drives, self._minute)
        return MINUTES_AN_HOUR * self._drivers.hours_a_day * self._drivers.most - driven

    @property
    def _left_in_one_go(self) -> float:
        """Minutes that the coach may go on before a rest."""
        drivers = self._drivers
        left = MINUTES_AN_HOUR * drivers.hours_in_one_go - self._in_one_go
        left_at_night = MINUTES_AN_HOUR * drivers.night_hours_in_one_go - self._at_night
        return min(left, left_at_night) if self._is_night else left

    def _stand(self, minutes: float, kind: RestKind) -> None:
        self.stands.append(Stand(self.under_way[-1], self._minute, minutes, kind))
        self._minute = round(self._minute + minutes, DECIMALS)
        if minutes >= self._drivers.rest_minutes:
            self._in_one_go = self._at_night = 0.0

    def _go(self) -> None:
        """Drive until the night begins or ends, or until the coach has to stand."""
        changes = (*self._night, *self._standstill) if self._is_long else self._night
        until = min(_minutes_until(hour, self._minute) for hour in changes)
        minutes, is_night = min(self._left_today, self._left_in_one_go, until), self._is_night
        self.drives.append((self._minute, self._minute + minutes))
        self.under_way.append(self.under_way[-1] + minutes * (self._drivers.night_speed if is_night else 1.0))
        self.moved.append(self.moved[-1] + minutes)
        self._in_one_go += minutes
        self._at_night += minutes * is_night
        self._minute = round(self._minute + minutes, DECIMALS)


def _driven_in_a_day(drives: Sequence[Drive], until: float | None = None) -> float:
    """Return the minutes driven in the 24 hours that end at a minute; None: with the last drive."""
    since = (drives[-1][1] if until is None else until) - MINUTES_A_DAY
    return sum(end - max(begin, since) for begin, end in drives if end > since)


def _is_within(minute: float, span: Span) -> bool:
    begin, end, now = minute_of(span[0]), minute_of(span[1]), minute % MINUTES_A_DAY
    return begin <= now < end if begin <= end else now >= begin or now < end


def _is_open(minute: float, span: Span) -> bool:
    """Return whether a minute lies in a span of the day, both ends included."""
    opens, closes = map(minute_of, span)
    return (minute - opens) % MINUTES_A_DAY <= (closes - opens) % MINUTES_A_DAY


def _minutes_until(hour: str, minute: float) -> float:
    """Return the minutes to the next time that it is so late, a day if it is now."""
    return (minute_of(hour) - minute) % MINUTES_A_DAY or float(MINUTES_A_DAY)


class Schedule:
    """When journeys leave and arrive, by their minutes under way.

    Of the hours of departure at which a journey is legal, if possible those at which it arrives in the hours of
    reception, those count that lose less than ``STEP_MINUTES`` to rests and the night against the best of them; of
    these the nearest to the usual hour is taken.

    Attributes
    ----------
    arrival : (2R, M) minutes from midnight of the date of departure to the arrival after so many minutes under way;
        rows 2r of journeys of at most ``short_km``, rows 2r + 1 of longer ones; ``NOT_LEGAL`` where no hour is legal.
        There is no legal journey of M minutes or more
    departure : (2R, M) the same of the departure
    """

    def __init__(self, law: Law, receptions: Sequence[Span] = (ANY_HOUR,)) -> None:
        """Look at every hour of departure; ``receptions`` (R,) are the hours at which places take people in."""
        self.law, timetable = law, law.timetable
        self._receptions = tuple(receptions)
        self.minutes_per_km = MINUTES_AN_HOUR / timetable.speed_kmh
        self.dwell_minutes, self.boarding_minutes = timetable.dwell_minutes, timetable.boarding_minutes
        self._clocks: dict[tuple[int, bool], Clock] = {}
        clocks = [[self._clock(start, is_long) for start in _starts(law)] for is_long in (False, True)]
        under_way = np.arange(1 + max(clock.longest for row in clocks for clock in row))
        rows = [self._chosen(row, under_way, span) for span in receptions for row in clocks]
        self.departure, self.arrival = (np.stack(table) for table in zip(*rows, strict=True))

    def _clock(self, start: int, is_long: bool) -> Clock:
        key = start, is_long
        if key not in self._clocks:
            self._clocks[key] = Clock(self.law, start, is_long=is_long)
        return self._clocks[key]

    @staticmethod
    def _chosen(clocks: Sequence[Clock], under_way: Ints, reception: Span) -> tuple[Ints, Ints]:
        """Return departure and arrival by the minutes under way; the clocks stand in the order of preference."""
        arrival = np.stack([clock.minutes(under_way) for clock in clocks])
        start = np.array([clock.start for clock in clocks])[:, None]
        is_legal = under_way <= np.array([clock.longest for clock in clocks])[:, None]
        opens, closes = map(minute_of, reception)
        hour = arrival % MINUTES_A_DAY
        is_open = (hour - opens) % MINUTES_A_DAY <= (closes - opens) % MINUTES_A_DAY
        suits = is_legal & is_open
        suits = np.where(suits.any(axis=0), suits, is_legal)
        takes = np.where(suits, arrival - start, MOST_DAYS * MINUTES_A_DAY)
        chosen = np.argmax(suits & (takes < takes.min(axis=0) + STEP_MINUTES), axis=0)
        line = np.arange(len(under_way))
        is_any_legal = suits[chosen, line]
        return (
            np.where(is_any_legal, start[chosen, 0], NOT_LEGAL),
            np.where(is_any_legal, arrival[chosen, line], NOT_LEGAL),
        )

    def minutes_to_opening(self, arrival: int, reception: int) -> int:
        """Return for how long who arrives at a minute stands before a closed gate; 0 where people are taken in."""
        span = self._receptions[reception]
        return 0 if _is_open(arrival, span) else (minute_of(span[0]) - arrival) % MINUTES_A_DAY

    def drive_minutes(self, halt: Halt) -> float:
        """Return the minutes at the wheel by day from the stop before to this one."""
        return halt.km * self.minutes_per_km if halt.drive_minutes is None else halt.drive_minutes

    def under_way(self, drive_minutes: float, num_stops: int, heads: int) -> int:
        """Return the whole minutes under way from the first stop to the last.

        Parameters
        ----------
        drive_minutes : at the wheel by day
        heads : people who board or alight before the last stop, each counted once for each
        """
        dwell = self.dwell_minutes * (num_stops - 1) + self.boarding_minutes * heads
        return int(min(drive_minutes + dwell + TINY, BEYOND_MINUTES))

    def longest_drive_minutes(self, num_stops: Ints) -> Floats:
        """Return the longest minutes at the wheel that are legal with so many stops, if boarding takes no time."""
        return np.asarray(self.arrival.shape[1] - self.dwell_minutes * (num_stops - 1) - TINY)

    def up_to(self, minutes: int) -> "Schedule":
        """Return the schedule in which no journey of more minutes under way is legal."""
        other = copy(self)
        other.departure, other.arrival = self.departure[:, : minutes + 1], self.arrival[:, : minutes + 1]
        return other

    def row(self, km: float, reception: int) -> int:
        """Return the row of the tables that holds for a journey of these km to a place of the reception."""
        return 2 * reception + (km > self.law.drivers.short_km + TINY)

    def may_go(self, km: float) -> bool:
        """Return whether as many drivers as there may be are let go so far, however quick the road is."""
        return km <= self.law.most_km + TINY

    def is_legal(self, under_way: int, row: int) -> bool:
        """Return whether there is a legal hour of departure."""
        return under_way < self.arrival.shape[1] and bool(self.arrival[row, under_way] != NOT_LEGAL)

    def arrival_day(self, under_way: int, row: int) -> int:
        """Return the days from departure to arrival; a journey that is not legal has the drivers that it needs."""
        if self.is_legal(under_way, row):
            return int(self.arrival[row, under_way]) // MINUTES_A_DAY
        clock = self._clock_of(self._best_start(under_way, row), under_way, row)
        return int(clock.minutes(np.array([under_way]))[0]) // MINUTES_A_DAY

    def timing(
        self,
        halts: Sequence[Halt],
        day: date,
        *,
        start: time | None = None,
        reception: int = 0,
        boarding: Sequence[Span | None] = (),
    ) -> Timing:
        """Return when a coach comes to each stop, its rests and the drivers that it needs.

        Parameters
        ----------
        start : the hour of departure; None: it is chosen
        reception : the number of the hours at which the last stop takes people in
        boarding : the hours at which one can board at each of the first stops, None for any hour
        """
        waits = [self.dwell_minutes + self.boarding_minutes * halt.heads for halt in halts]
        ways = [self.drive_minutes(halt) for halt in halts[1:]]
        exact = accumulate((wait + way for wait, way in zip(waits, ways, strict=False)), initial=0.0)
        under_way = np.array([int(minutes + TINY) for minutes in exact])
        km, last = sum(halt.km for halt in halts[1:]), int(under_way[-1])
        row = self.row(km, reception)
        if start:
            begin = MINUTES_AN_HOUR * start.hour + start.minute
        else:
            begin = self._start_when_open(self._best_start(last, row), under_way, row, boarding)
        clock = self._clock_of(begin, last, row)
        is_legal = last <= self._clock(begin, row % 2 == 1).longest and self.may_go(km)
        midnight = datetime.combine(day, time())
        num_drivers = max(clock.num_drivers(last), 2 if km > self.law.drivers.two_above_km else 1)
        return Timing(
            times=tuple(midnight + timedelta(minutes=int(minute)) for minute in clock.minutes(under_way)),
            rests=tuple(
                Rest(
                    bisect_right(under_way.tolist(), stand.under_way),
                    midnight + timedelta(minutes=int(stand.start + TINY)),
                    round(stand.minutes),
                    stand.kind,
                )
                for stand in clock.stands
                if stand.under_way < last
            ),
            num_drivers=num_drivers,
            is_legal=is_legal,
        )

    def _start_when_open(self, usual: int, under_way: Ints, row: int, boarding: Sequence[Span | None]) -> int:
        """Return the hour of departure at which all pick-ups are open; the chosen one if there is none as good.

        The journey has to arrive on the same day then, with no more drivers, and no earlier than it is received.
        """
        spans = [(line, span) for line, span in enumerate(boarding) if span is not None]
        last = int(under_way[-1])
        if not spans or not self.is_legal(last, row):
            return usual

        def outcome(clock: Clock) -> tuple[int, int, int]:
            arrival = int(clock.minutes(under_way[-1:])[0])
            to_opening = self.minutes_to_opening(arrival, row // 2)
            return arrival // MINUTES_A_DAY, clock.num_drivers(last), to_opening

        day, most_drivers, most_minutes = outcome(self._clock(usual, row % 2 == 1))
        for start in (usual, *_starts(self.law)):
            clock = self._clock(start, row % 2 == 1)
            times = clock.minutes(under_way).tolist()
            if last <= clock.longest and all(_is_open(times[line], span) for line, span in spans):
                own_day, num_drivers, to_opening = outcome(clock)
                if own_day == day and num_drivers <= most_drivers and to_opening <= most_minutes:
                    return start
        return usual

    def _clock_of(self, start: int, under_way: int, row: int) -> Clock:
        """Return the course of a journey that leaves at a minute; with as many drivers as it needs if none is legal."""
        clock = self._clock(start, row % 2 == 1)
        return clock if under_way <= clock.longest else self._with_many_drivers._clock(start, row % 2 == 1)

    @cached_property
    def _with_many_drivers(self) -> "Schedule":
        """The schedule of coaches with as many drivers as they need."""
        drivers = self.law.drivers.model_copy(update={"most": MANY_DRIVERS})
        usual = (self.law.timetable.start,) * 2
        timetable = self.law.timetable.model_copy(update={"start_window": usual})
        return Schedule(Law(timetable=timetable, drivers=drivers))

    def _best_start(self, under_way: int, row: int) -> int:
        """Return the hour of departure, the usual one where none is legal."""
        if self.is_legal(under_way, row):
            return int(self.departure[row, under_way])
        return minute_of(self.law.timetable.start)


def _starts(law: Law) -> list[int]:
    """Return the hours of departure in minutes: the usual one, then the others, the nearest to it first."""
    usual = minute_of(law.timetable.start)
    first, last = map(minute_of, law.timetable.start_window)
    others = (minute for minute in range(0, MINUTES_A_DAY, STEP_MINUTES) if first <= minute <= last)
    return sorted({usual, *others}, key=lambda minute: (abs(minute - usual), minute))


@cache
def default_schedule() -> Schedule:
    """Return the schedule under the default settings."""
    return Schedule(Law())
