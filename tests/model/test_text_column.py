"""A column of texts is what pandas' own column of texts is, in fewer bytes."""

import operator
import pickle
from itertools import chain

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.model.text_column import (
    TextColumn,
    TextNumbers,
    joined_texts,
    references,
    repeated,
    text_column,
    words_of,
)

TOWNS = ["桥圩镇", "", "木格镇", "桥圩镇", "", "瓦塘镇"]
PHONES = ["13800000003", "13800000001", "0775-4200", "13800000002"]
texts = st.text(st.sampled_from("ab1韦"), max_size=3)
columns = st.lists(texts | st.none(), max_size=12)


def plain(values: list[str | None]) -> "pd.Series[str]":
    return pd.Series(values, dtype="str")


@given(columns)
def test_it_says_what_the_texts_say(values: list[str | None]) -> None:
    column, other = pd.Series(text_column(values)), plain(values)
    assert column.isna().tolist() == other.isna().tolist()
    assert column.dropna().tolist() == other.dropna().tolist()
    assert column.duplicated(keep=False).tolist() == other.duplicated(keep=False).tolist()
    assert column.sort_values(kind="stable").index.tolist() == other.sort_values(kind="stable").index.tolist()
    for asked in ("", "a", 1):
        assert (column == asked).tolist() == (other == asked).tolist()
        assert (column != asked).tolist() == (other != asked).tolist()
    assert column.isin(["a", "1", "a\0"]).tolist() == other.isin(["a", "1", "a\0"]).tolist()
    assert (column + "村").dropna().tolist() == (other + "村").dropna().tolist()
    assert dict(column.groupby(column).size()) == dict(other.groupby(other).size())


@given(columns, columns)
def test_two_columns_are_compared_and_joined_text_by_text(
    one: list[str | None], two: list[str | None]
) -> None:
    both = pd.concat([pd.Series(text_column(one)), pd.Series(text_column(two))], ignore_index=True)
    assert isinstance(both.array, TextColumn)
    assert both.dropna().tolist() == [text for text in (*one, *two) if text is not None]
    short = min(len(one), len(two))
    for compare in (operator.eq, operator.ne):
        found = compare(text_column(one[:short]), text_column(two[:short]))
        assert found.tolist() == compare(plain(one[:short]), plain(two[:short])).tolist()
    known = [text for text in two if text is not None]
    assert text_column(one).isin(text_column(two)).tolist() == plain(one).isin(plain(two).dropna()).tolist()
    lines = text_column(one).lines_in(text_column(two)).tolist()
    assert lines == [two.index(text) if text in known else -1 for text in one]


@given(columns, st.integers(0, 11), texts)
def test_a_new_text_may_be_entered(values: list[str | None], at: int, new: str) -> None:
    if at >= len(values):
        return
    column = text_column(values)
    before = column.copy()
    column[at] = new
    values[at] = new
    assert [None if pd.isna(text) else text for text in column] == values
    assert len(before) == len(values)
    assert before.table is not column.table or new in before.tolist()


@given(st.lists(st.lists(texts, max_size=6), max_size=4))
def test_sheets_are_joined_under_one_table(sheets: list[list[str]]) -> None:
    assert joined_texts([text_column(sheet) for sheet in sheets]).tolist() == list(chain(*sheets))


def test_a_text_that_many_have_takes_a_byte_a_line() -> None:
    assert text_column(TOWNS).nbytes == len(TOWNS)
    assert repeated("assigned", 1000).nbytes == 1000


def test_numbers_of_ones_own_are_bytes_that_columns_taken_from_each_other_share() -> None:
    column = text_column(PHONES)
    assert column.table.own.itemsize == len("13800000003")  # type: ignore[attr-defined]
    assert column[[1, 0]].table is column.table
    assert joined_texts([column, text_column(["13900000000"])]).table.own.shape == (5,)  # type: ignore[attr-defined]


def test_a_part_is_the_same_letters_whatever_the_table() -> None:
    for values in (PHONES, TOWNS, [*PHONES, "韦一的号码"], [*PHONES, *PHONES]):
        assert text_column(values).part(1, 3).tolist() == [text[1:3] for text in values]


def test_references_are_a_sheet_and_a_row() -> None:
    column = joined_texts(
        [references("甲.xlsx!报名!", np.array([2, 3, 11])), references("乙.xlsx!报名!", np.array([2]))]
    )
    written = ["甲.xlsx!报名!2", "甲.xlsx!报名!3", "甲.xlsx!报名!11", "乙.xlsx!报名!2"]
    assert column.tolist() == written
    assert column.before_mark().tolist() == [text.rpartition("!")[0] for text in written]
    strange = ["甲.xlsx!报名!4", "甲.xlsx!报名!02", "甲.xlsx!报名!", "报名!2", "甲.xlsx!报名!12"]
    assert column.isin(strange).any() == False  # noqa: E712
    assert column.isin([written[2], written[3]]).tolist() == [False, False, True, True]
    assert column.argsort().tolist() == np.argsort(written).tolist()


numbers = st.lists(st.integers(1, 9), unique=True, max_size=4).map(sorted)
sheets = st.dictionaries(st.sampled_from(["甲!报名!", "乙!报名!", "丙!1!"]), numbers, max_size=3)


@given(sheets, sheets, columns)
def test_references_are_found_among_references_as_they_are_written(
    one: dict[str, list[int]], two: dict[str, list[int]], others: list[str | None]
) -> None:
    own, other = (
        joined_texts([references(sheet, np.array(rows, dtype=int)) for sheet, rows in some.items()])
        for some in (one, two)
    )
    behind = TextColumn._concat_same_type([other, text_column([*others, "甲!报名!3"])])
    for asked in (other, behind):
        among = asked.tolist()
        assert own.isin(asked).tolist() == [text in among for text in own.tolist()]
        assert own.lines_in(asked).tolist() == [among.index(text) if text in among else -1 for text in own]
        assert asked.isin(own).tolist() == [text in own.tolist() for text in among]


def test_several_numbers_may_have_one_word() -> None:
    column = words_of(np.array([0, 1, 2, -1]), ["东莞市", "深圳市", "东莞市"])
    assert (column == "东莞市").tolist() == [True, False, True, True]


def test_each_text_is_mapped_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    mapped = pd.Series(text_column(TOWNS)).map(length)
    assert mapped.tolist() == list(map(len, TOWNS))
    assert sorted(asked) == sorted(set(TOWNS))


def test_people_get_the_number_of_their_text() -> None:
    met = TextNumbers(sorted(PHONES), range(2, 2 + len(PHONES)))
    numbers = TextNumbers(["13800000009"], [1]).with_others(met)
    assert dict(numbers.items()) == {
        "13800000009": 1,
        **{text: 2 + i for i, text in enumerate(sorted(PHONES))},
    }
    assert dict(numbers) == dict(numbers.items())
    people = pd.Series(text_column([*PHONES, "13800000009"]))
    assert people.map(numbers).tolist() == [numbers[text] for text in people]
    assert pd.isna(pd.Series(text_column(["13800000008"])).map(numbers)).all()
    with pytest.raises(KeyError):
        numbers["13800000008"]
    others = TextNumbers(["x", "13800000009"], [9, 8])
    assert [numbers.with_others(others)[text] for text in ("x", "13800000009")] == [9, 1]


def test_it_travels_to_another_process() -> None:
    column = text_column([*PHONES, *TOWNS])
    assert pickle.loads(pickle.dumps(column)).tolist() == column.tolist()


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError):
        text_column([1, "韦一"])
