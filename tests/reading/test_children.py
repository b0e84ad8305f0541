"""The number of children along, told from their ages and sizes."""

import pytest

from returnplan.reading.cells import CellError
from returnplan.reading.children import children_along
from returnplan.sheets.tables import Cell


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("", 0),
        ("无", 0),
        (2.0, 2),
        ("2", 2),
        ("一个", 1),
        ("2-3个", 2),
        ("1（女）", 1),
        ("1个（3岁）", 1),
        ("2（3岁、5岁）", 2),
        ("带1个", 1),
        ("2个小孩", 2),
        ("1（不占座）", 0),
        ("不占座", 0),
        ("没有小孩", 0),
        ("无随行儿童", 0),
        ("不是", 0),
        ("否", 0),
        ("1（3岁，不占座）", 0),
        ("2个，都不占座", 0),
        ("孩子2个", 2),
        ("携带2名儿童", 2),
        ("有，2个", 2),
        ("2个：3岁和5岁", 2),
    ],
)
def test_children_are_counted(cell: Cell, number: int) -> None:
    assert children_along(cell) == number


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("3岁", 1),
        ("10个月", 1),
        ("8月", 1),
        ("3岁、5岁", 2),
        ("5-6岁", 1),
        ("1岁2个月", 1),
        ("120cm", 1),
        ("1米2", 1),
        ("2020年", 1),
        (2020.0, 1),
        ("女儿", 1),
        ("有", 1),
        ("2(1个不占座)", 2),
        ("1个占座，1个不占座", 1),
        ("1个大人1个小孩", 1),
    ],
)
def test_an_age_or_a_size_is_no_number_of_children(cell: Cell, number: int) -> None:
    with pytest.raises(CellError) as caught:
        children_along(cell)
    finding = caught.value.finding
    assert (finding.code, finding.severity, finding.value) == ("children_unclear", "warning", number)


@pytest.mark.parametrize("cell", ["第几", "不确定", "没定", "无法确定"])
def test_what_is_not_understood_is_an_error(cell: Cell) -> None:
    with pytest.raises(CellError) as caught:
        children_along(cell)
    assert caught.value.finding.severity == "error"
