"""Plates as carriers write them."""

import pytest

from returnplan.reading.plates import plate


@pytest.mark.parametrize(
    "words", ["待定", "xx", "XXX", "无", "-", "—", "?", "？", "未定", "暂无", "待报", "***", ""]
)
def test_words_for_a_plate_that_is_not_known_are_none(words: str) -> None:
    assert plate(words) == ""


@pytest.mark.parametrize("words", ["桂r 12345", "桂R·12345", "桂R12345 ", "桂Ｒ12345"])
def test_a_plate_is_written_one_way(words: str) -> None:
    assert plate(words) == "桂R12345"
