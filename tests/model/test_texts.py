"""Lengths as Excel counts them, and numbers with their nouns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.model.texts import Text, num_units, shortened


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.integers(1, 40))
def test_a_shortened_text_fits_and_is_a_beginning(words: str, most: int) -> None:
    short = shortened(words, most)
    assert num_units(short) == len(short.encode("utf-16-le")) // 2 <= most
    assert short == words or (short.endswith("…") and words.startswith(short[:-1]))


def test_a_letter_of_four_bytes_counts_twice() -> None:
    assert shortened("😀😀😀", 6) == "😀😀😀"
    assert shortened("😀😀😀", 5) == "😀😀…"
    assert shortened("😀😀😀", 4) == "😀…"


@pytest.mark.parametrize(
    ("num", "words"), [(0, "0 order sheets"), (1, "1 order sheet"), (2, "2 order sheets")]
)
def test_a_number_brings_its_noun(num: int, words: str) -> None:
    said = Text("{num} 张派车单", "{num:order sheet|order sheets}")
    assert said.filled("en", num=num) == words
    assert said.filled("zh", num=num) == f"{num} 张派车单"


def test_a_large_number_with_its_noun_may_have_commas() -> None:
    said = Text("{num} 辆车", "{num:,coach|coaches}")
    assert [said.filled("en", num=num) for num in (1, 1842)] == ["1 coach", "1,842 coaches"]
    assert said.filled("zh", num=1842) == "1842 辆车"


def test_a_value_in_both_languages_is_said_in_each() -> None:
    said = Text("出错：{error}({num} 行)", "failed: {error} ({num:row|rows})")
    both = said.with_values(error=Text("没有名单", "no list"), num=1)
    assert both == Text("出错：没有名单(1 行)", "failed: no list (1 row)")
