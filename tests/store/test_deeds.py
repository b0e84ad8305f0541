"""What a call to a person means for the seat."""

from datetime import date, datetime

import pytest

from returnplan.store import CallRecord
from returnplan.store.deeds import DECISIVE

TUESDAY, WEDNESDAY, THURSDAY = (date(2021, 2, day) for day in (23, 24, 25))
BATCH = "0224-001"


def call(postponed_to: date | None, result: str = DECISIVE[0]) -> CallRecord:
    """Return a call about the seat on the batch of Wednesday."""
    at = datetime(2021, 2, 22, 9)
    return CallRecord(1, BATCH, WEDNESDAY, "融水汽车站", datetime(2021, 2, 24, 8), result, postponed_to, at)


def test_only_who_wants_an_earlier_day_has_a_last_one() -> None:
    assert call(TUESDAY).last_day == TUESDAY
    assert call(WEDNESDAY).last_day is None
    assert call(THURSDAY).last_day is None
    assert call(None).last_day is None


@pytest.mark.parametrize(
    ("postponed_to", "frees"), [(None, True), (TUESDAY, True), (WEDNESDAY, False), (THURSDAY, True)]
)
def test_another_day_gives_up_the_seat_of_this_one(postponed_to: date | None, frees: bool) -> None:
    assert call(postponed_to).frees(BATCH, WEDNESDAY) == frees
    assert not call(postponed_to).frees("0224-002", WEDNESDAY)
