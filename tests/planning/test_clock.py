"""Every search gets its part of the time limit, however many there are for a core."""

import pytest

from returnplan.planning.clock import Clock, Slot, time_slots


def test_one_core_gives_each_search_time_by_its_work() -> None:
    assert time_slots([3, 1], 1, 0.0) == [Slot(0.0, 0.75), Slot(0.75, 1.0)]


def test_a_core_that_is_free_takes_the_next_search() -> None:
    assert time_slots([2, 1, 1], 2, 0.0) == [Slot(0.0, 1.0), Slot(0.0, 0.5), Slot(0.5, 1.0)]


def test_what_is_over_is_not_given_away_again() -> None:
    assert time_slots([1, 1], 1, 0.5) == [Slot(0.5, 0.75), Slot(0.75, 1.0)]


def test_searches_without_work_and_no_searches_have_slots_too() -> None:
    assert time_slots([0, 0], 2, 0.0) == [Slot(0.0, 1.0)] * 2
    assert time_slots([], 2, 0.0) == []


def test_a_slot_that_has_not_begun_is_all_time_ahead() -> None:
    clock = Clock(3_600.0, lambda: False)
    assert clock.share_of(Slot(0.5, 1.0)) == 0.0
    assert clock.share_of(Slot(0.0, 1.0)) == pytest.approx(clock.share(), abs=0.01)


@pytest.mark.parametrize("clock", [Clock(0, lambda: False), Clock(None, lambda: True)])
def test_whoever_has_no_time_or_asks_for_an_end_ends_all(clock: Clock) -> None:
    assert clock.share_of(Slot(0.9, 1.0)) == 1.0


def test_without_a_limit_time_stands_still() -> None:
    assert Clock(None, lambda: False).share_of(Slot(0.0, 0.5)) == 0.0
