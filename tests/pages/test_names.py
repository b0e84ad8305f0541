"""Sheet names that Excel takes, each once."""

from hypothesis import given
from hypothesis import strategies as st

from returnplan.pages import file_stem, file_stems, sheet_names


@given(st.lists(st.text(max_size=40), max_size=12))
def test_sheet_names_are_legal_and_different(wishes: list[str]) -> None:
    names = sheet_names(wishes)
    assert len({name.casefold() for name in names}) == len(wishes)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_a_good_name_stays() -> None:
    assert sheet_names(["签收单 永信家具"]) == ["签收单 永信家具"]


@given(st.text(max_size=200))
def test_file_stems_are_legal(wish: str) -> None:
    stem = file_stem(wish)
    assert 1 <= len(stem) <= 80
    assert not set('<>:"/\\|?*') & set(stem)
    assert stem == stem.strip(" .")


def test_receivers_whose_names_differ_in_what_no_file_name_may_hold_get_a_file_each() -> None:
    assert file_stems(["甲/乙", "甲_乙", "A", "a"]) == ["甲_乙", "甲_乙(2)", "A", "a(2)"]
