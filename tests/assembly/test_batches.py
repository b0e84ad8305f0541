from datetime import date, datetime

from returnplan.assembly.batches import stop_times
from returnplan.model.rules import Timetable

DAY = date(2021, 2, 23)


def test_speed_and_dwell_add_up_in_whole_minutes() -> None:
    """30.5 km at 60 km/h are 30.5 minutes, and the coach stands 5 at each stop it leaves."""
    times = stop_times(DAY, [30.5, 30.5], Timetable(start="05:30", speed_kmh=60, dwell_minutes=5))
    assert times == (datetime(2021, 2, 23, 5, 30), datetime(2021, 2, 23, 6, 5), datetime(2021, 2, 23, 6, 41))


def test_a_long_road_ends_the_next_day() -> None:
    assert stop_times(DAY, [1400.0], Timetable())[-1].date() == date(2021, 2, 24)


def test_two_stops_at_one_place_do_not_go_back_in_time() -> None:
    first, second = stop_times(DAY, [0.0], Timetable(dwell_minutes=0))
    assert first == second
