"""By which hour coaches have left on the evening of a day."""

from datetime import UTC, date, datetime, time, timedelta

from returnplan.usecases.evening import Evening

TODAY = date(2021, 2, 18)
AT_SEVEN = datetime(2021, 2, 18, 11, tzinfo=UTC)
"""In Beijing, in the evening."""


def test_of_today_it_is_the_hour_of_the_clock_in_beijing() -> None:
    assert Evening.of(TODAY, AT_SEVEN, 1).hour == datetime(2021, 2, 18, 19)


def test_of_a_day_that_is_over_it_is_its_end() -> None:
    assert Evening.of(TODAY - timedelta(days=3), AT_SEVEN, 1).hour == datetime.combine(
        date(2021, 2, 15), time.max
    )


def test_of_a_day_to_come_no_coach_has_left() -> None:
    assert Evening.of(TODAY + timedelta(days=1), AT_SEVEN, 1).hour < datetime(2021, 2, 19)
