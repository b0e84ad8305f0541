"""Home prefecture and county."""

import pytest

from returnplan.model.intake import SheetReport
from returnplan.model.roster import Roster
from tests.specimens.coach import id_number
from tests.specimens.intakes import BORN, codes, enrolled, fault, signup


def home(roster: Roster) -> tuple[str, str]:
    return roster.people["prefecture"].iloc[0], roster.people["county"].iloc[0]


@pytest.mark.parametrize(
    ("told", "prefecture", "county"),
    [
        ({"prefecture": "柳州市", "county": "融水县"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "柳州", "county": "Rongshui"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "", "county": "广西柳州市融水县大浪镇"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "柳州市融水县", "county": ""}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "柳州市", "county": "", "township": "融水县大浪镇"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "南宁市", "county": "横县"}, "南宁市", "横州市"),
        ({"prefecture": "柳州市", "county": "柳州市"}, "柳州市", ""),
        ({"prefecture": "贵港市", "county": ""}, "贵港市", ""),
    ],
)
def test_homes_have_full_names(told: dict[str, str], prefecture: str, county: str) -> None:
    roster = enrolled(signup(1, **told))
    assert home(roster) == (prefecture, county)
    assert codes(roster) == []


def test_an_ambiguous_county_is_decided_by_the_prefecture_of_the_id_number() -> None:
    worker = signup(1, prefecture="", county="城中区", id_number=id_number("450202", BORN, 1))
    assert home(enrolled(worker)) == ("柳州市", "城中区")
    stranger = signup(1, prefecture="", county="城中区", id_number=id_number("450803", BORN, 1))
    wrong = fault(enrolled(stranger), "unknown_county")
    assert "柳州市城中区" in wrong.message.zh
    assert "西宁市城中区" in wrong.message.zh


def test_no_home_at_all_is_taken_from_the_id_number_and_said_once() -> None:
    roster = enrolled(*(signup(i, prefecture="", county="") for i in (1, 2)))
    assert home(roster) == ("柳州市", "融水苗族自治县")
    warning = fault(roster, "county_from_id")
    assert warning.severity == "warning"
    assert "2 行" in warning.message.zh


@pytest.mark.parametrize(
    ("code", "prefecture", "county"),
    [
        ("452122", "南宁市", "横州市"),
        ("450122", "南宁市", "武鸣区"),
        ("451025", "百色市", "靖西市"),
        ("512922", "南充市", "南部县"),
        ("441900", "东莞市", ""),
        ("452501", "玉林市", ""),
    ],
)
def test_a_retired_code_of_the_id_number_is_todays_county_and_said_at_its_cell(
    code: str, prefecture: str, county: str
) -> None:
    worker = signup(1, prefecture="", county="", id_number=id_number(code, BORN, 1))
    report = SheetReport("报名.xlsx", "报名", "signups", 1, 1, 1, (("id_number", "C"),))
    roster = enrolled(worker, sheets=[report])
    assert home(roster) == (prefecture, county)
    warning = fault(roster, "county_from_id")
    assert (warning.cell, warning.value, warning.severity) == ("C2", worker.id_number, "warning")
    assert code in warning.message.zh


def test_a_retired_code_decides_an_ambiguous_county_too() -> None:
    worker = signup(1, prefecture="", county="城中区", id_number=id_number("452221", BORN, 1))
    assert home(enrolled(worker)) == ("柳州市", "城中区")


def test_a_misspelt_county_is_an_error_with_near_names_at_its_cell() -> None:
    roster = enrolled(signup(1, county="融永县"), signup(2))
    wrong = fault(roster, "unknown_county")
    assert (wrong.file, wrong.sheet, wrong.cell, wrong.value) == ("报名.xlsx", "报名", "G2", "融永县")
    assert "融安县" in wrong.message.zh
    assert "融水苗族自治县" in wrong.message.zh
    assert [row.ref for row in roster.rejected] == [wrong.signup]
    assert len(roster.people) == 1


def test_a_county_of_another_prefecture_is_an_error_that_says_where_it_lies() -> None:
    wrong = fault(enrolled(signup(1, county="桂平市")), "unknown_county")
    assert "贵港市桂平市" in wrong.message.zh


def test_an_unknown_prefecture_is_an_error_at_its_cell() -> None:
    wrong = fault(enrolled(signup(1, prefecture="刘州市")), "unknown_prefecture")
    assert wrong.cell == "F2"
    assert "柳州市" in wrong.message.zh


def test_a_province_in_place_of_the_prefecture_narrows_too() -> None:
    assert home(enrolled(signup(1, prefecture="广西", county="城中区"))) == ("柳州市", "城中区")
