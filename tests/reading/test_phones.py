"""Phones as townships write them."""

import pytest

from returnplan.reading.cells import CellError
from returnplan.reading.phones import phone


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
        ("0772-5123456", "0772-5123456"),
        ("", ""),
    ],
)
def test_phones(cell: object, expected: str) -> None:
    assert phone(cell) == expected


@pytest.mark.parametrize("cell", ["1380000000", "23800000001", "5123456", "没有"])
def test_a_doubtful_phone_is_a_warning_and_kept(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        phone(cell)
    assert caught.value.finding.severity == "warning"
    assert caught.value.finding.value == cell
