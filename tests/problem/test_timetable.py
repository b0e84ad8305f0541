"""The hours of a journey by the law of the road; each rule decides about one of them."""

from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.model.law import Drivers, Law, Timetable
from returnplan.problem.timetable import Halt, Schedule, Timing

DAY = date(2021, 2, 23)


def law(drivers: dict[str, Any] | None = None, **timetable: Any) -> Law:
    return Law(timetable=Timetable(**{"speed_kmh": 70.0} | timetable), drivers=Drivers(**drivers or {}))


def timing(*km: float, by: Law | None = None, start: str = "", heads: int = 0, reception: int = 0) -> Timing:
    """Return the hours of a journey whose stops are so many km apart."""
    halts = [Halt(0.0, heads), *(Halt(one, heads) for one in km)]
    hour = time.fromisoformat(start) if start else None
    return Schedule(by or law()).timing(halts, DAY, start=hour, reception=reception)


def hours(found: Timing) -> list[str]:
    return [f"{at:%d %H:%M}" for at in found.times]


def rests(found: Timing) -> list[tuple[int, str, int, str]]:
    return [(rest.after, f"{rest.time:%d %H:%M}", rest.minutes, rest.kind) for rest in found.rests]


def test_speed_and_dwell_add_up_in_whole_minutes() -> None:
    """30.5 km at 60 km/h are 30.5 minutes, and the coach stands 5 at each stop it leaves."""
    found = timing(30.5, 30.5, by=law(speed_kmh=60, dwell_minutes=5), start="06:30")
    assert hours(found) == ["23 06:30", "23 07:05", "23 07:41"]


def test_two_stops_at_one_place_do_not_go_back_in_time() -> None:
    first, second = timing(0.0, by=law(dwell_minutes=0)).times
    assert first == second


def test_boarding_takes_time_of_each_rider() -> None:
    quick, slow = (timing(70, by=law(boarding_minutes=each), heads=20) for each in (0.0, 1.0))
    assert (hours(quick)[-1], hours(slow)[-1]) == ("23 09:10", "23 09:30")


def boards_at(*spans: tuple[str, str] | None, km: tuple[float, ...] = (35.0, 210.0)) -> list[str]:
    """Return the hours of a journey with two pick-ups, which are open at these hours."""
    halts = [Halt(0.0), *map(Halt, km)]
    return hours(Schedule(law(dwell_minutes=0)).timing(halts, DAY, boarding=spans))


def test_a_coach_leaves_when_its_pick_ups_are_open() -> None:
    assert boards_at(None, None) == ["23 08:00", "23 08:30", "23 11:30"]
    assert boards_at(None, ("09:00", "18:00")) == ["23 08:30", "23 09:00", "23 12:00"]
    assert boards_at(("05:00", "07:00"), ("05:00", "07:10")) == ["23 06:30", "23 07:00", "23 10:00"]
    assert boards_at(("22:00", "06:00"), None) == ["23 06:00", "23 06:30", "23 09:30"]


def test_the_hour_stays_where_no_other_suits_all_pick_ups_or_another_day_would_be_reached() -> None:
    assert boards_at(("05:00", "06:00"), ("09:00", "10:00"))[0] == "23 08:00"
    assert boards_at(("19:00", "20:00"), None, km=(35.0, 420.0))[0] == "23 08:00"


def test_four_hours_by_day_are_followed_by_a_rest() -> None:
    assert rests(timing(282)) == [(1, "23 12:10", 20, "rest")]
    assert rests(timing(280)) == []
    assert rests(timing(280, 14)) == [(2, "23 12:10", 20, "rest")]
    assert rests(timing(420, by=law({"hours_in_one_go": 3}))) == [(1, "23 11:10", 20, "rest")]
    assert rests(timing(282, by=law({"rest_minutes": 30}))) == [(1, "23 12:10", 30, "rest")]


def test_two_hours_by_night_are_followed_by_a_rest() -> None:
    """From 22:00 on the coach goes at 56 km/h; from midnight it rests."""
    found = timing(112 + 7, by=law(dwell_minutes=0), start="22:00")
    assert rests(found) == [(1, "24 00:00", 20, "rest")]
    assert hours(found)[-1] == "24 00:27"
    day = law({"night": ("23:59", "00:00")}, dwell_minutes=0)
    assert hours(timing(119, by=day, start="22:00"))[-1] == "23 23:42"
    assert rests(timing(119, by=law({"night_hours_in_one_go": 4}, dwell_minutes=0), start="22:00")) == []
    fast = law({"night_speed": 1.0}, dwell_minutes=0)
    assert hours(timing(119, by=fast, start="22:00"))[-1] == "23 23:42"


def test_a_long_distance_coach_stands_from_two_to_five_and_a_feeder_does_not() -> None:
    found = timing(40, 725, start="00:30")
    assert rests(found)[0] == (2, "23 02:00", 180, "standstill")
    assert rests(timing(199, start="00:30")) == [(1, "23 02:40", 20, "rest")]
    assert "standstill" in {rest.kind for rest in timing(199, by=law({"short_km": 100}), start="00:30").rests}
    later = law({"standstill": ("03:00", "04:00")})
    assert (1, "23 03:00", 60, "standstill") in rests(timing(765, by=later, start="01:30"))


@pytest.mark.parametrize(
    ("km", "num_drivers"), [(400, 1), (401, 2), (765, 2), (1_085, 2), (1_200, 3), (1_600, 3)]
)
def test_drivers_are_counted_by_km_and_by_hours_at_the_wheel(km: float, num_drivers: int) -> None:
    found = timing(km)
    assert found.num_drivers == num_drivers
    assert found.is_legal == (num_drivers <= 2)


def test_a_journey_of_days_needs_the_drivers_of_its_longest_day() -> None:
    """Three drivers of eight hours drive in turns, day after day; so do two who stop for the night."""
    days = timing(4_000, by=law({"most": 3}))
    assert (days.is_legal, days.num_drivers) == (True, 3)
    assert (days.times[-1] - days.times[0]).days == 3
    nights = timing(4_000, by=law({"night_stop": True}))
    assert (nights.is_legal, nights.num_drivers) == (True, 2)


def test_what_makes_a_long_way_legal() -> None:
    """Another driver, a stop for the night, or a faster road."""
    assert not timing(1_200).is_legal
    assert timing(1_200, by=law({"most": 3})).is_legal
    assert timing(1_200, by=law(speed_kmh=90)).is_legal
    assert timing(1_200, by=law({"hours_a_day": 10})).is_legal
    night = timing(1_200, by=law({"night_stop": True, "night_stop_hours": 9}))
    assert (night.is_legal, night.num_drivers) == (True, 2)
    assert (540, "night_stop") in [(rest.minutes, rest.kind) for rest in night.rests]


def test_a_road_above_400_km_needs_a_second_driver_where_the_office_says_so() -> None:
    assert timing(500, by=law({"two_above_km": 600, "hours_a_day": 9})).num_drivers == 1


def test_the_usual_hour_stays_where_nothing_is_gained() -> None:
    assert hours(timing(700))[0] == "23 08:00"
    assert hours(timing(700, by=law(start="07:15")))[0] == "23 07:15"


def test_another_hour_is_chosen_where_it_saves_half_an_hour_or_is_the_only_legal_one() -> None:
    """From 20:00 the coach would stand still from two to five; with 06:30 two drivers do, with 08:00 they do not."""
    evening = law(start="20:00")
    assert hours(timing(700, by=evening))[0] == "23 12:30"
    assert "standstill" in {rest.kind for rest in timing(700, by=evening, start="20:00").rests}
    assert hours(timing(1_085))[0] == "23 06:30"
    assert not timing(1_085, start="08:00").is_legal


def test_a_fixed_hour_is_kept() -> None:
    fixed = law(start="20:00", start_window=("20:00", "20:00"))
    assert hours(timing(700, by=fixed))[0] == "23 20:00"


def test_a_slow_road_takes_its_own_minutes_and_its_own_rest() -> None:
    """60 km of mountain road in two hours, then 140 km at the usual 70: four hours at the wheel, a rest after them."""
    slow = [Halt(0.0), Halt(60.0, drive_minutes=120.0), Halt(140.0), Halt(35.0)]
    found = Schedule(law(dwell_minutes=0)).timing(slow, DAY, start=time(8))
    assert [f"{hour:%H:%M}" for hour in found.times] == ["08:00", "10:00", "12:00", "12:50"]
    assert [(rest.after, rest.minutes) for rest in found.rests] == [(3, 20)]


def test_slow_roads_need_more_drivers_than_their_km() -> None:
    """300 km at the usual speed are one driver's day; in ten hours they are not."""
    slow = [Halt(0.0), Halt(300.0, drive_minutes=600.0)]
    assert (timing(300).num_drivers, Schedule(law()).timing(slow, DAY).num_drivers) == (1, 2)


def test_people_arrive_when_they_are_taken_in() -> None:
    """700 km from eight on end at 18:50; who closes at 17:00 has them come earlier, who opens at 20:00 later."""
    schedule = Schedule(
        law(), [("00:00", "23:59"), ("07:00", "17:00"), ("20:00", "02:00"), ("03:00", "03:10")]
    )
    halts = [Halt(0.0), Halt(700.0)]
    starts = [schedule.timing(halts, DAY, reception=number).times[0] for number in range(4)]
    assert [f"{start:%H:%M}" for start in starts] == ["08:00", "06:00", "09:30", "08:00"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 900), min_size=1, max_size=6),
    st.integers(0, 47),
    st.integers(1, 3),
    st.booleans(),
    st.integers(0, 40),
    st.sampled_from([None, 0.4, 3.0]),
)
def test_hours_never_decrease_and_the_table_says_the_same(
    km: list[float], half_hour: int, most: int, night_stop: bool, heads: int, pace: float | None
) -> None:
    """A rest lies between the stop after which it is and the next one."""
    by = law({"most": most, "night_stop": night_stop}, boarding_minutes=0.5)
    schedule, start = Schedule(by), time(half_hour // 2, half_hour % 2 * 30)
    halts = [Halt(0.0, heads), *(Halt(one, heads, pace and pace * one) for one in km)]
    for found in (schedule.timing(halts, DAY), schedule.timing(halts, DAY, start=start)):
        assert all(before <= after for before, after in pairwise(found.times))
        for rest in found.rests:
            assert found.times[rest.after - 1] <= rest.time <= found.times[rest.after]
    chosen = schedule.timing(halts, DAY)
    drive_minutes = sum(map(schedule.drive_minutes, halts))
    under_way = schedule.under_way(drive_minutes, len(halts), heads * len(km))
    row = schedule.row(sum(km), 0)
    assert chosen.is_legal == (sum(km) <= by.most_km and schedule.is_legal(under_way, row))
    assert (chosen.times[-1].date() - DAY).days == schedule.arrival_day(under_way, row)
    if chosen.is_legal:
        assert chosen.num_drivers <= max(most, 2 if sum(km) > by.drivers.two_above_km else 1)
        assert chosen.times[0] == datetime.combine(DAY, chosen.times[0].time())
