"""Names without the numbers and brackets that lists put around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.reading.person_names import name_cell


@pytest.mark.parametrize(
    ("cell", "name", "remark"),
    [
        ("韦家旺", "韦家旺", ""),
        ("1. 韦家旺", "韦家旺", ""),
        ("2、覃金莲", "覃金莲", ""),
        ("（3）黄德胜", "黄德胜", ""),
        ("④梁振华", "梁振华", ""),
        ("⑸陆玉凤", "陆玉凤", ""),
        ("6莫小燕", "莫小燕", ""),
        ("7．蒙海生。", "蒙海生", ""),
        ("黄德胜（已报名）", "黄德胜", ""),
        ("8、黄德胜(组长)", "黄德胜", "组长"),
        ("黄德胜（晕车）[脱贫户]", "黄德胜", "晕车；脱贫户"),
        ("姓名：韦一", "韦一", ""),
        ("阿卜杜·热合曼", "阿卜杜·热合曼", ""),
        ("1. 阿卜杜·热合曼", "阿卜杜·热合曼", ""),
        ("Wei Yi", "Wei Yi", ""),
        ("12", "12", ""),
        ("（空）", "", ""),
    ],
)
def test_names(cell: str, name: str, remark: str) -> None:
    assert name_cell(cell) == (name, remark)


@given(
    st.text("韦家旺覃·", min_size=2, max_size=5),
    st.integers(1, 999),
    st.sampled_from(["{}.", "{}、", "({})", "{}．"]),
)
def test_a_number_before_a_name_is_no_part_of_it(name: str, number: int, style: str) -> None:
    assert name_cell(style.format(number) + name) == (name, "")
