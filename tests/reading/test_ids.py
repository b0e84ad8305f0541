"""ID numbers: right, wrong, and damaged by Excel."""

import pytest

from returnplan.reading.cells import CellError
from returnplan.reading.ids import birth_year_of, check_digit, id_number, sex_of

GOOD = "45022119800101001X"


@pytest.mark.parametrize(
    "cell",
    [
        GOOD,
        GOOD.lower(),
        "'" + GOOD,
        "450221 19800101 001X",
        "４５０２２１１９８００１０１００１Ｘ",
        f"\u00a0{GOOD}\u200b",
        "450221-19800101-001x",
    ],
)
def test_one_number_in_many_spellings(cell: str) -> None:
    assert id_number(cell) == GOOD


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (4.50221198001010e17, "id_damaged"),
        ("4.50E+17", "id_damaged"),
        ("450221198001010000", "id_damaged"),
        ("450221800101001", "id_15_digits"),
        ("45022119800101001", "id_malformed"),
        ("45022119800101001Y", "id_malformed"),
        ("不知道", "id_malformed"),
        (12345.0, "id_malformed"),
        ("450221198002300011", "id_birthday"),
        ("450221198001010011", "id_check_digit"),
    ],
)
def test_wrong_numbers_say_what_is_wrong(cell: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        id_number(cell)
    assert caught.value.finding.code == code


def test_check_digits_of_the_standard() -> None:
    """The two examples of GB 11643-1999, annex A."""
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


def test_what_a_number_tells() -> None:
    assert (sex_of(GOOD), birth_year_of(GOOD)) == ("男", 1980)
    assert sex_of("450221198001010028") == "女"
