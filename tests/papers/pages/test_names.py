"""Sheet and file names that Excel, Windows and Linux take, each once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.model.texts import num_units
from returnplan.papers.pages import file_stem, file_stems, sheet_names

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=300)
"""All of Unicode: halves of letters (bytes that are no UTF-8), control marks, letters of four bytes."""


@given(st.lists(ANY_TEXT, max_size=12))
def test_sheet_names_are_legal_and_different(wishes: list[str]) -> None:
    names = sheet_names(wishes)
    assert len({name.casefold() for name in names}) == len(wishes)
    for name in names:
        assert 1 <= num_units(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name == name.strip("'")
        assert name.casefold() != "history"
        name.encode()


def test_a_good_name_stays() -> None:
    assert sheet_names(["签收单 永信家具"]) == ["签收单 永信家具"]


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("History", "History_"),
        ("'甲'", "甲"),
        ("a" * 30 + "'b", "a" * 30),
        ("😀" * 20, "😀" * 15),
        ("甲\x01\ufffe\ud800\u202e乙", "甲乙"),
        ("[甲]", "甲"),
        ("", "-"),
    ],
)
def test_sheet_names_that_excel_refuses_are_made_legal(wish: str, name: str) -> None:
    assert sheet_names([wish]) == [name]


@given(ANY_TEXT, st.sampled_from(["", "-3号车-第1版"]))
def test_file_stems_are_legal(wish: str, ending: str) -> None:
    stem = file_stem(wish, ending)
    assert 1 <= len(stem.encode()) <= 201
    assert not set('<>:"/\\|?*') & set(stem)
    assert stem == stem.strip(" .")
    assert stem.endswith(ending)


@pytest.mark.parametrize("device", ["CON", "nul", "com1", "LPT9", "aux.2021", "COM¹", "NUL .x"])
def test_names_of_devices_are_no_file_names(device: str) -> None:
    assert file_stem(device) == f"_{device}"
    assert file_stem(f"县{device}") == f"县{device}"


def test_what_stands_at_the_end_stays_however_long_the_beginning_is() -> None:
    assert file_stem("😀" * 80, "-3号车-第1版").endswith("😀-3号车-第1版")


def test_receivers_whose_names_differ_in_what_no_file_name_may_hold_get_a_file_each() -> None:
    assert file_stems(["甲/乙", "甲_乙", "A", "a"]) == ["甲_乙", "甲_乙(2)", "A", "a(2)"]


def test_long_receivers_that_begin_alike_get_a_file_each() -> None:
    first, second = file_stems(["😀" * 80 + "甲", "😀" * 80 + "乙"])
    assert first != second
    assert max(len(stem.encode()) for stem in (first, second)) <= 200
