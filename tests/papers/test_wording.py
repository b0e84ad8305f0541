"""Words of papers in a second language: what a foreign reader needs is translated, names of the office stay."""

import pytest

from returnplan.papers.wording import say_vehicle


@pytest.mark.parametrize(
    ("vehicle", "words"),
    [
        ("49座大巴", "49-seat coach"),
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
