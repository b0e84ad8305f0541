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
    ],
)
def test_an_age_or_a_size_is_no_number_of_children(cell: Cell, number: int) -> None:
    with pytest.raises(CellError) as caught:
        children_along(cell)
    finding = caught.value.finding
    assert (finding.code, finding.severity, finding.value) == ("children_unclear", "warning", number)


def test_what_is_not_understood_is_an_error() -> None:
    with pytest.raises(CellError) as caught:
        children_along("第几")
    assert caught.value.finding.severity == "error"
