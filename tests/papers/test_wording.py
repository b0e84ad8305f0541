"""Words of papers in a second language: what a foreign reader needs is translated, names of the office stay."""

from dataclasses import replace

import pytest

from returnplan.papers.wording import say_batches, say_code, say_vehicle, vehicles_by_seats
from tests.specimens.coach import make_batch, make_riders


@pytest.mark.parametrize(
    ("vehicle", "words"),
    [
        ("49座大巴", "49-seat coach"),
        ("37座", "37-seat coach"),
        ("55座大客车", "55-seat coach"),
        ("19座中巴车", "19-seat midibus"),
        ("7座商务车", "7-seat van"),
        ("大型客车", "coach"),
        ("包车厢", "chartered carriages"),
        ("宇通ZK6122", "宇通ZK6122"),
        ("49座大巴(备用)", "49座大巴(备用)"),
    ],
)
def test_a_vehicle_that_says_seats_and_size_is_translated(vehicle: str, words: str) -> None:
    assert say_vehicle(vehicle, "en") == words
    assert say_vehicle(vehicle, "zh") == vehicle


def test_a_reason_is_words_in_either_language() -> None:
    assert (say_code("faulty_row", "zh"), say_code("faulty_row", "en")) == ("信息有误", "faulty row")


def test_of_many_batches_the_first_ones_are_named() -> None:
    ids = [f"0223-{number:03d}" for number in range(1, 13)]
    assert say_batches(ids[:2]) == ("0223-001、0223-002", "0223-001, 0223-002")
    assert say_batches(ids).zh.endswith("0223-008 等 12 趟")
    assert say_batches(ids).en.endswith("0223-008 and 4 more")


def test_a_type_of_several_sizes_is_counted_by_its_seats() -> None:
    batch = make_batch(make_riders(3))
    batches = [replace(batch, vehicle="大巴", seats=seats) for seats in (49, 53, 53)]
    batches.append(replace(batch, vehicle="中巴", seats=29))
    assert vehicles_by_seats(batches, "zh") == {"中巴": 1, "大巴(49座)": 1, "大巴(53座)": 2}
    assert vehicles_by_seats(batches[:2], "en") == {"coach (49 seats)": 1, "coach (53 seats)": 1}
