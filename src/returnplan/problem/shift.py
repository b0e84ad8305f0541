"""What the runs of one vehicle on a day ask of its drivers, who drive it back empty from one run to the next.

Between two runs they drive the empty way, and rest as often as the time that is left allows. By night all of the way is
taken as driven by night, so what is legal here is legal wherever they rest.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from returnplan.model.law import MINUTES_A_DAY, MINUTES_AN_HOUR, Drivers, minute_of
from returnplan.problem.draft import Leg
from returnplan.problem.model import Problem

TINY = 1e-6


def drivers_of_runs(problem: Problem, runs: Sequence[Leg]) -> int | None:
    """Return how many drivers a vehicle needs for its runs with hours, 1 at least; None if the law forbids them.

    Parameters
    ----------
    runs : in the order in which they are made
    """
    schedule = problem.schedule
    wheel = _Wheel(schedule.law.drivers)
    is_legal = True
    for before, leg in pairwise((None, *runs)):
        assert leg is not None
        assert leg.start_minute is not None
        assert leg.end_minute is not None
        if before is not None:
            assert before.end_minute is not None
            (empty_minutes,) = before.minutes_between(problem, (before.stops[-1], leg.stops[0]))
            is_legal &= wheel.drive_back(before.end_minute, leg.start_minute, empty_minutes)
        begin = leg.start_minute + schedule.dwell_minutes
        for rest_begin, minutes in (*leg.rests, (leg.end_minute, 0)):
            is_legal &= wheel.drive(begin, rest_begin)
            begin = rest_begin + minutes
            if minutes >= wheel.rules.rest_minutes:
                wheel.rest()
    num = max(1, ceil((wheel.driven - TINY) / (MINUTES_AN_HOUR * wheel.rules.hours_a_day)))
    return num if is_legal and num <= wheel.rules.most else None


class _Wheel:
    """The minutes that a vehicle has been driven: all, since the last rest, and of these by night."""

    def __init__(self, rules: Drivers) -> None:
        """Begin rested."""
        self.rules = rules
        self.driven = self._in_one_go = self._at_night = 0.0
        self._most, self._night_most = (
            MINUTES_AN_HOUR * hours for hours in (rules.hours_in_one_go, rules.night_hours_in_one_go)
        )

    def rest(self) -> None:
        """Rest for long enough."""
        self._in_one_go = self._at_night = 0.0

    def drive(self, begin: float, end: float) -> bool:
        """Drive from one minute to another; return whether that was legal."""
        minutes = max(0.0, end - begin)
        self.driven += minutes
        self._in_one_go += minutes
        self._at_night += self._night_minutes(begin, end)
        return self._in_one_go <= self._most + TINY and self._at_night <= self._night_most + TINY

    def drive_back(self, begin: float, end: float, day_minutes: float) -> bool:
        """Drive an empty way in a span of time, with rests in the rest of it; return whether that was legal."""
        is_night = self._night_minutes(begin, end) > 0
        left = day_minutes / (self.rules.night_speed if is_night else 1.0)
        num_rests = int((end - begin - left + TINY) // self.rules.rest_minutes)
        self.driven += left
        while left > (room := self._room(is_night=is_night)) + TINY:
            if num_rests < 1:
                return False
            left, num_rests = left - room, num_rests - 1
            self.rest()
        self._in_one_go += left
        self._at_night += left * is_night
        if num_rests > 0:
            self.rest()
        return num_rests >= 0

    def _room(self, *, is_night: bool) -> float:
        """Return for how long it may be driven on."""
        room = self._most - self._in_one_go
        return min(room, self._night_most - self._at_night) if is_night else room

    def _night_minutes(self, begin: float, end: float) -> float:
        """Return the minutes of the night between two minutes."""
        starts, ends = map(minute_of, self.rules.night)
        ends += MINUTES_A_DAY * (ends < starts)
        nights = (MINUTES_A_DAY * day for day in range(-1, int(end) // MINUTES_A_DAY + 1))
        return sum(max(0.0, min(end, night + ends) - max(begin, night + starts)) for night in nights)
