"""Lines of Chinese are full, and no mark stands where it may not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from returnplan.cli.drawing import break_offsets


def lines_of(text: str, width: int) -> list[str]:
    edges = [0, *break_offsets(text, width), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(edges)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("等下一批(再有 9 人即可成行);换更小的车", 16, ["等下一批(再有 9", "人即可成行);换更", "小的车"]),
        ("查不到“东塘市”，是否为东坑镇", 14, ["查不到“东塘", "市”，是否为东", "坑镇"]),
        ("报名表.xlsx!Sheet1!22", 12, ["报名表", ".xlsx!Sheet1", "!22"]),
        ("校验位不符 → 请改正", 14, ["校验位不符", "→ 请改正"]),
        ("no plan below this", 10, ["no plan", "below this"]),
        ("", 5, [""]),
    ],
)
def test_where_a_text_breaks(text: str, width: int, lines: list[str]) -> None:
    assert lines_of(text, width) == lines


@given(st.text("返岗车a1 ,。(“”)→\t", max_size=40), st.integers(2, 20))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    edges = [0, *break_offsets(text, width), len(text)]
    assert edges == sorted(set(edges)) or text == ""
    assert all(cell_len(line) <= width for line in lines_of(text, width))
