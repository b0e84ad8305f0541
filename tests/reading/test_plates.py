"""Plates as carriers write them."""

import pytest

from returnplan.reading.plates import is_plate, plate


@pytest.mark.parametrize(
    "words", ["待定", "xx", "XXX", "无", "-", "—", "?", "？", "未定", "暂无", "待报", "***", ""]
)
def test_words_for_a_plate_that_is_not_known_are_none(words: str) -> None:
    assert plate(words) == ""


@pytest.mark.parametrize("words", ["桂r 12345", "桂R·12345", "桂R12345 ", "桂Ｒ12345"])
def test_a_plate_is_written_one_way(words: str) -> None:
    assert plate(words) == "桂R12345"


@pytest.mark.parametrize("number", ["桂R12345", "桂R1234A", "桂AD12345", "粤ZAB12港"])
def test_a_whole_plate_is_one(number: str) -> None:
    assert is_plate(number)


@pytest.mark.parametrize("number", ["桂R12", "R12345", "桂12345", "桂R1234567", "49座", ""])
def test_half_a_plate_is_none(number: str) -> None:
    assert not is_plate(number)
