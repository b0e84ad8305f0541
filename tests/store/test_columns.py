"""Columns come back from their blocks as they were."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.model.text_column import TextColumn, joined_texts, references, text_column
from returnplan.store.columns import pack, packed, unpack, unpacked

texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=20)


@pytest.mark.parametrize("dtype", ["str", "object"])
@given(values=texts)
def test_texts_come_back(dtype: str, values: list[str]) -> None:
    series = pd.Series(values, dtype=dtype, name="note")
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)


@given(values=st.lists(st.lists(st.text(max_size=3), max_size=3).map(tuple), max_size=9))
def test_tuples_of_cities_come_back(values: list[tuple[str, ...]]) -> None:
    series = pd.Series(values, dtype=object, name="acceptable")
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([3, -1, 2**40], name="a"),
        pd.Series([True, False], name="a"),
        pd.Series([pd.Timestamp("2021-02-18"), pd.NaT], name="a", dtype="datetime64[s]"),
        pd.Series([], name="a", dtype="int64"),
    ],
)
def test_numbers_and_days_come_back(series: "pd.Series") -> None:
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)


@pytest.mark.parametrize("values", [["a", None, "b"], [None], [("东莞市",), None]])
def test_what_is_missing_comes_back_as_none(values: list[object]) -> None:
    assert unpack(pack(pd.Series(values, dtype=object, name="a"))).tolist() == values


@pytest.mark.parametrize("values", [["桂", None, "b", "桂"], [None, None]])
def test_a_text_may_be_missing_in_a_column_of_texts(values: list[str | None]) -> None:
    series = pd.Series(text_column(values), name="a")
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)


ID_NUMBERS = st.lists(st.text("0123456789X", min_size=1, max_size=18), min_size=1, max_size=20, unique=True)
SHEETS = st.lists(
    st.tuples(
        st.sampled_from(["报名.xlsx!一!", "报名.xlsx!二!", "a!b!c!"]), st.sets(st.integers(1, 99), min_size=1)
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda sheet: sheet[0],
)


def column_of_references(sheets: list[tuple[str, set[int]]]) -> TextColumn:
    """Return the references to some rows of some sheets."""
    return joined_texts([references(name, pd.array(sorted(rows)).to_numpy()) for name, rows in sheets])


def same_in_parts(column: TextColumn, monkeypatch: pytest.MonkeyPatch, most_lines: int) -> None:
    """Check that a column comes back from blocks of so many lines, of the same kind."""
    monkeypatch.setattr("returnplan.store.columns.MOST_LINES", most_lines)
    frame = pd.DataFrame({"a": pd.Series(column), "b": range(len(column))})
    back = unpacked(packed(own for _, own in frame.items()))
    pd.testing.assert_frame_equal(back, frame, check_dtype=False)
    assert type(back["a"].array.table) is type(column.table)


@pytest.mark.parametrize("most_lines", [2, 1000])
@given(values=ID_NUMBERS, data=st.data())
def test_everybodys_own_texts_come_back(most_lines: int, values: list[str], data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.integers(0, len(values) - 1), min_size=1))
    with pytest.MonkeyPatch.context() as monkeypatch:
        same_in_parts(text_column(values).take(lines), monkeypatch, most_lines)


@pytest.mark.parametrize("most_lines", [2, 1000])
@given(sheets=SHEETS, data=st.data())
def test_references_come_back(
    most_lines: int, sheets: list[tuple[str, set[int]]], data: st.DataObject
) -> None:
    column = column_of_references(sheets)
    lines = data.draw(st.lists(st.integers(0, len(column) - 1), min_size=1))
    with pytest.MonkeyPatch.context() as monkeypatch:
        same_in_parts(column.take(lines), monkeypatch, most_lines)


@given(sheets=SHEETS)
def test_a_reference_may_be_missing(sheets: list[tuple[str, set[int]]]) -> None:
    series = pd.Series(column_of_references(sheets).take([0, -1], allow_fill=True), name="signup")
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)
