"""Yes and no, the sexes, kinds of transport."""

import pytest

from returnplan.reading.cells import CellError, remark, several, text
from returnplan.reading.words import mode, sex, yes_no
from returnplan.sheets.tables import Cell

rides = yes_no("是否乘坐", "rides", blank=True, no=("自驾",))


@pytest.mark.parametrize(
    "cell",
    [
        "是",
        "√",
        "1",
        1.0,
        True,
        "Ｙ",
        " 有 ",
        "",
        "是的",
        "A.是",
        "A、是",
        "1.是",
        "a: 是",
        "✅",
        "是┋有",
        "(空)",
        "N/A",
    ],
)
def test_yes(cell: Cell) -> None:
    assert rides(cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "0", 0.0, False, "自驾", "无", "B.否", "B. 自驾", "否┋自驾"])
def test_no(cell: Cell) -> None:
    assert rides(cell) is False


@pytest.mark.parametrize("cell", ["看情况", "是┋否", "是，自驾", "A.看情况"])
def test_neither_or_both_is_an_error(cell: str) -> None:
    with pytest.raises(CellError, match="not_yes_no"):
        rides(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("男", "男"),
        ("1", "男"),
        ("A.男", "男"),
        ("B、女", "女"),
        ("-", None),
        ("无", None),
        (2.0, "女"),
        ("Female", "女"),
        ("不限", None),
        ("", None),
    ],
)
def test_sexes(cell: Cell, expected: str | None) -> None:
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
        ("N/A", ""),
        ("(空)", ""),
        ("（跳过）", ""),
        ("A.东莞市", "东莞市"),
        ("J. Smith", "J. Smith"),
        ('="A1"', "A1"),
    ],
)
def test_texts_are_tidied(cell: str, expected: str) -> None:
    assert text(cell) == expected


def test_several_in_one_cell() -> None:
    assert several("张三、李四，王五/张三") == ("张三", "李四", "王五")
    assert several("脱贫户┋监测对象") == ("脱贫户", "监测对象")
    assert several("A.脱贫户┋B. 监测对象") == ("脱贫户", "监测对象")
    assert several("无") == several("-") == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("☑是 □否", True),
        ("□是 ☑否", False),
        ("√是□否", True),
        ("是□ 否☑", False),
        ("是（√）  否（□）", True),
        ("□是 □否", None),
        ("（√）是、（□）否", True),
    ],
)
def test_a_ticked_box(cell: str, expected: bool | None) -> None:
    assert yes_no("是否乘坐", "rides", blank=None)(cell) is expected


def test_both_boxes_ticked_say_neither() -> None:
    with pytest.raises(CellError):
        yes_no("是否乘坐", "rides")("☑是 ☑否 □待定")


def test_ticked_boxes_are_the_answers() -> None:
    assert several("☑脱贫户 □监测对象 □其他") == ("脱贫户",)
    assert several("□脱贫户 ☑监测对象 ☒易地搬迁") == ("监测对象", "易地搬迁")
    assert sex("□男 ☑女") == "女"
    assert text("□广州 ☑东莞 □其他") == "东莞"


@pytest.mark.parametrize(
    "cell", ["黄□", "□东莞市", "东莞□展电子厂", "桥圩□政府", "坐□号车", "□□", "□星□辰厂", "黄□、李□"]
)
def test_a_box_among_words_is_a_letter_that_an_export_did_not_know(cell: str) -> None:
    assert text(cell) == remark(cell) == cell


def test_a_box_without_an_option_is_no_answer() -> None:
    with pytest.raises(CellError):
        yes_no("是否乘坐", "rides")("☑ □否")
