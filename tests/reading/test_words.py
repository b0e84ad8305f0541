"""Yes and no, the sexes, kinds of transport."""

import pytest

from returnplan.reading.cells import CellError, several, text
from returnplan.reading.words import mode, sex, yes_no

rides = yes_no("是否乘坐", "rides", blank=True, no=("自驾",))


@pytest.mark.parametrize("cell", ["是", "√", "1", 1.0, True, "Ｙ", " 有 ", ""])
def test_yes(cell: object) -> None:
    assert rides(cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "0", 0.0, False, "自驾", "无"])
def test_no(cell: object) -> None:
    assert rides(cell) is False


def test_neither_is_an_error() -> None:
    with pytest.raises(CellError, match="not_yes_no"):
        rides("看情况")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("男", "男"), ("1", "男"), (2.0, "女"), ("Female", "女"), ("不限", None), ("", None)],
)
def test_sexes(cell: object, expected: str | None) -> None:
    assert sex(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("汽车", "coach"), ("", "coach"), ("专列", "train"), ("Train", "train")]
)
def test_modes(cell: str, expected: str) -> None:
    assert mode(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("张 三", "张三"),
        ("　张\u00a0三 ", "张三"),
        ("Zhang  San", "Zhang San"),
        ("'Ａ１", "A1"),
        ("无", ""),
        ("/", ""),
    ],
)
def test_texts_are_tidied(cell: str, expected: str) -> None:
    assert text(cell) == expected


def test_several_in_one_cell() -> None:
    assert several("张三、李四，王五/张三") == ("张三", "李四", "王五")
