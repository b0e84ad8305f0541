"""Days that Excel stores as numbers."""

from datetime import datetime

import pytest

from returnplan.reading.serial_days import of_serial


@pytest.mark.parametrize(
    ("days", "day"),
    [(44245, datetime(2021, 2, 18)), (44245.5, datetime(2021, 2, 18, 12)), (36526, datetime(2000, 1, 1))],
)
def test_a_number_is_a_day(days: float, day: datetime) -> None:
    assert of_serial(days) == day


@pytest.mark.parametrize("days", [0, 36525.9, 73416, 2021])
def test_other_numbers_are_no_days_of_our_time(days: float) -> None:
    assert of_serial(days) is None
