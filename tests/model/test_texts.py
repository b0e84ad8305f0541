"""Lengths as Excel counts them."""

from hypothesis import given
from hypothesis import strategies as st

from returnplan.model.texts import num_units, shortened


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.integers(1, 40))
def test_a_shortened_text_fits_and_is_a_beginning(words: str, most: int) -> None:
    short = shortened(words, most)
    assert num_units(short) == len(short.encode("utf-16-le")) // 2 <= most
    assert short == words or (short.endswith("…") and words.startswith(short[:-1]))


def test_a_letter_of_four_bytes_counts_twice() -> None:
    assert shortened("😀😀😀", 6) == "😀😀😀"
    assert shortened("😀😀😀", 5) == "😀😀…"
    assert shortened("😀😀😀", 4) == "😀…"
