"""ID numbers: right, wrong, and damaged by Excel."""

from datetime import date

import pytest

from returnplan.reading.cells import CellError
from returnplan.reading.ids import birth_year_of, check_digit, id_number, sex_of
from returnplan.sheets.tables import Cell
from tests.specimens.coach import id_number as coach_id_number

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
        f'="{GOOD}"',
        f'＝"{GOOD}"',
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
        ("450221189912310018", "id_birthday"),
        ("E12345678", "id_other_document"),
        ("EA1234567", "id_other_document"),
        ("H12345678", "id_other_document"),
        ("USA110080010112", "id_other_document"),
        ('="45022119800101001Y"', "id_malformed"),
        ("450221198001010011", "id_check_digit"),
    ],
)
def test_wrong_numbers_say_what_is_wrong(cell: Cell, code: str) -> None:
    with pytest.raises(CellError) as caught:
        id_number(cell)
    assert caught.value.finding.code == code


@pytest.mark.parametrize("first_six", ["810000", "820000", "830000", "911840", "930840"])
def test_residents_with_other_cards_have_id_numbers_too(first_six: str) -> None:
    number = coach_id_number(first_six, date(1980, 1, 1), 12)
    assert id_number(number) == number


def test_a_foreigners_number_does_not_tell_the_sex() -> None:
    assert sex_of(coach_id_number("911840", date(1980, 1, 1), 12)) is None


def test_a_number_with_decimals_is_exact_unless_a_binary_number_could_be_it() -> None:
    exact = "450803198803120114"
    assert int(exact) % 64 != 0
    assert id_number(f"{exact}.00") == id_number(f"{exact}.0 ") == exact
    rounded = next(
        number
        for serial in range(1000)
        if int(number := coach_id_number("450803", date(1988, 3, 12), serial).replace("X", "1")) % 64 == 0
    )
    assert f"{float(rounded):.2f}" == f"{rounded}.00"
    with pytest.raises(CellError, match="id_damaged"):
        id_number(f"{rounded}.00")


def test_check_digits_of_the_standard() -> None:
    """The two examples of GB 11643-1999, annex A."""
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


def test_what_a_number_tells() -> None:
    assert (sex_of(GOOD), birth_year_of(GOOD)) == ("男", 1980)
    assert sex_of("450221198001010028") == "女"


def test_a_disability_card_holds_the_id_number() -> None:
    """A register of poverty relief keeps the 20 characters of the card."""
    with pytest.raises(CellError) as caught:
        id_number(GOOD + "43")
    finding = caught.value.finding
    assert (finding.code, finding.severity, finding.value) == ("id_of_disability_card", "warning", GOOD)
    for wrong in (GOOD + "83", GOOD + "4", GOOD[:17] + "143"):
        with pytest.raises(CellError) as caught:
            id_number(wrong)
        assert caught.value.finding.code in ("id_malformed", "id_check_digit")


@pytest.mark.parametrize("between", ["\n", "、", " / ", "和"])
def test_two_numbers_in_a_cell_are_several_people(between: str) -> None:
    other = coach_id_number("450225", date(1985, 6, 7), 2)
    with pytest.raises(CellError) as caught:
        id_number(GOOD + between + other)
    assert caught.value.finding.code == "several_people"
    assert "2 个人" in caught.value.finding.message.zh
