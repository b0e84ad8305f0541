"""One vehicle, several runs on a day: its drivers, who drive the empty ways between them, too."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.model.law import Drivers, Law
from returnplan.problem.draft import Leg
from returnplan.problem.model import Problem
from returnplan.problem.shift import drivers_of_runs
from returnplan.problem.timetable import Schedule
from tests.planning.problems import one_road

HOUR = 60


def roads(minutes: int, **rules: float) -> Problem:
    """Return a problem in which two places are so many minutes apart."""
    problem = one_road(1, vehicles=1)
    law = Law(drivers=Drivers(**rules))  # type: ignore[arg-type]
    return replace(problem, drive_minutes=np.full_like(problem.km, minutes), schedule=Schedule(law))


def run(start: int, end: int, rests: tuple[tuple[int, int], ...] = ()) -> Leg:
    return Leg(0, 0, (0,), (1,), ((0, 1),), "feeder", 0, start, end, rests, vehicle=1)


def test_two_drivers_share_what_is_too_much_for_one() -> None:
    """Two runs of three hours, ten minutes of which the coach waits, and three hours back: eight and forty minutes."""
    runs = [run(5 * HOUR, 8 * HOUR), run(13 * HOUR, 16 * HOUR)]
    assert drivers_of_runs(roads(180), runs) == 2
    assert drivers_of_runs(roads(120), runs) == 1
    assert drivers_of_runs(roads(180, most=1), runs) is None


@pytest.mark.parametrize(
    ("leaves", "is_legal"),
    [
        (640, False),  # back at 10:40, and on at once: five hours and fifty minutes in one go
        (659, False),
        (660, True),  # with a rest of twenty minutes before the way back
    ],
)
def test_they_rest_between_two_runs_where_they_must(leaves: int, is_legal: bool) -> None:
    runs = [run(5 * HOUR, 8 * HOUR), run(leaves, leaves + 80)]
    assert (drivers_of_runs(roads(160), runs) is not None) == is_legal


def test_a_run_that_begins_with_a_rest_on_the_way_needs_none_before() -> None:
    first, rested = run(5 * HOUR, 8 * HOUR), run(540, 760, ((555, 20),))
    assert drivers_of_runs(roads(60), [first, rested]) == 1
    assert drivers_of_runs(roads(60), [first, replace(rested, rests=())]) is None


def test_by_night_they_drive_for_two_hours_in_one_go_and_more_slowly() -> None:
    by_night = [run(0, 70), run(170, 240)]
    assert drivers_of_runs(roads(72), by_night) is None  # 60 + 90 + 60 minutes
    assert drivers_of_runs(roads(40), by_night) == 1  # 50 minutes, and two rests
    assert drivers_of_runs(roads(72), [run(600, 670), run(770, 840)]) == 1
