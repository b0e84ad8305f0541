"""Sheet names that Excel takes, each once."""

from hypothesis import given
from hypothesis import strategies as st

from returnplan.pages import file_stem, sheet_names


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
