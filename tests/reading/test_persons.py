"""The name and the phone of a person in a cell that may say more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.reading.cells import CellError
from returnplan.reading.persons import name_cell, phone
from returnplan.sheets.tables import Cell


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


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("13800000001", "13800000001"),
        (13800000001.0, "13800000001"),
        ("138 0000 0001", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("'１３８００００００１１", "13800000011"),
        ("+86 13800000001", "13800000001"),
        ("13800000001/13900000002", "13800000001/13900000002"),
        ("13800000001、13900000002", "13800000001/13900000002"),
        ("13800000001 13900000002", "13800000001/13900000002"),
        ("13800000001\n13800000001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("(+86)13800000001", "13800000001"),
        ("0086-138 0000 0001", "13800000001"),
        ("8613800000001", "13800000001"),
        (8613800000001.0, "13800000001"),
        ("13800000001.0", "13800000001"),
        ("13800000001.00 ", "13800000001"),
        ("１３８－００００－０００１", "13800000001"),
        ("138.0000.0001", "13800000001"),
        ("13800000001或13900000002", "13800000001/13900000002"),
        ("13800000001-13900000002", "13800000001/13900000002"),
        ("手机：13800000001", "13800000001"),
        ('="13800000001"', "13800000001"),
        ("0772-5123456", "0772-5123456"),
        ("(0772)5123456", "0772-5123456"),
        ("0772 5123456 / 13800000001", "0772-5123456/13800000001"),
        ("", ""),
    ],
)
def test_phones(cell: Cell, expected: str) -> None:
    assert phone(cell) == expected


@pytest.mark.parametrize("cell", ["1380000000", "23800000001", "5123456", "没有"])
def test_a_doubtful_phone_is_a_warning_and_kept(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        phone(cell)
    assert caught.value.finding.severity == "warning"
    assert caught.value.finding.value == cell


@pytest.mark.parametrize(
    ("cell", "number", "words"),
    [
        ("138 0000 0001(父亲)", "13800000001", "父亲"),
        ("父亲13800000001", "13800000001", "父亲"),
        ("13800000001（本人）13900000002（妻）", "13800000001/13900000002", "本人妻"),
        ("微信同号 13800000001", "13800000001", "微信同号"),
    ],
)
def test_words_beside_a_phone_are_a_warning_and_the_number_is_kept(
    cell: str, number: str, words: str
) -> None:
    with pytest.raises(CellError) as caught:
        phone(cell)
    finding = caught.value.finding
    assert (finding.code, finding.severity, finding.value) == ("phone_words", "warning", number)
    assert words in finding.message.zh


@pytest.mark.parametrize("cell", ["13800000001转8001", "138000000011", "13800000001 分机 12"])
def test_digits_that_belong_to_no_number_leave_the_cell_as_it_stands(cell: str) -> None:
    with pytest.raises(CellError, match="phone_unclear") as caught:
        phone(cell)
    assert caught.value.finding.value == cell
