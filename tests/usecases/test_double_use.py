"""One plate or one driver on two coaches at once."""

from datetime import datetime, timedelta

import pytest

from returnplan.model.plan import Batch
from returnplan.usecases.double_use import used_twice
from tests.specimens.coach import make_batch, make_riders

DEPART = datetime(2021, 2, 23, 8)


def coach(number: int, hours_later: float = 0, plate: str = "桂R12345", *drivers: str) -> Batch:
    """Return a coach that is on its way for eight hours, and for as long back."""
    depart = DEPART + timedelta(hours=hours_later)
    return make_batch(
        make_riders(20),
        id=f"0223-{number:02d}",
        depart=depart,
        arrive=depart + timedelta(hours=8),
        plate=plate,
        drivers=drivers,
    )


@pytest.mark.parametrize(("hours_later", "num_warnings"), [(0, 1), (8, 1), (15.9, 1), (16, 0)])
def test_a_plate_is_taken_until_the_coach_is_back(hours_later: float, num_warnings: int) -> None:
    assert len(used_twice([coach(1), coach(2, hours_later)], ["0223-02"])) == num_warnings


def test_a_driver_is_known_by_the_phone() -> None:
    one, other = coach(1, 0, "", "李师傅 13900000001"), coach(2, 1, "", "李强 139-0000-0001")
    (warning,) = used_twice([one, other], ["0223-01"])
    assert warning.zh.startswith("李** 139****0001 同时在 0223-01")
    assert "0223-02" in warning.zh
    assert used_twice([one, coach(2, 1, "", "李师傅 13900000002")], ["0223-01"]) == []


@pytest.mark.parametrize("driver", ["李师傅", "李 师傅", "李师傅 139 0000 0001"])
def test_nobody_reads_the_whole_name_or_phone_of_a_driver(driver: str) -> None:
    (warning,) = used_twice([coach(1, 0, "", driver), coach(2, 1, "", driver)], ["0223-01"])
    assert warning.zh.startswith("李**")
    assert warning.en.startswith("李**")
    assert "0000" not in warning.zh + warning.en


def test_only_what_was_changed_is_warned_of() -> None:
    assert used_twice([coach(1), coach(2), coach(3, 0, "")], ["0223-03"]) == []
