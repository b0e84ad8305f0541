"""Dates in the forms of the field, with 2021 as the year of the campaign."""

from datetime import date, datetime

import pytest

from returnplan.reading.cells import CellError
from returnplan.reading.dates import day, days

FEB_18 = date(2021, 2, 18)


@pytest.mark.parametrize(
    "cell",
    [
        FEB_18,
        datetime(2021, 2, 18, 8, 30),
        44245.0,
        44245.354,
        "44245",
        20210218.0,
        "20210218",
        "2021-02-18",
        "2021-2-18 08:00",
        "2021.2.18",
        "2021/2/18",
        "２０２１年２月１８日",
        "21年2月18日",
        "2 月 18 日",
        "2月18日",
        "2月18号上午8点",
        "2月18日星期四",
        "2.18",
        "2-18",
        "正月初七",
        "大年初七",
        "农历正月初七",
        "2021年正月初七",
        "2月18日正月初七",
        "2月18日（正月初七）",
        "正月初七(2月18日)",
    ],
)
def test_one_day_in_many_forms(cell: object) -> None:
    assert day(2021)(cell) == FEB_18


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("腊月廿八", date(2021, 2, 9)),
        ("腊月二十八", date(2021, 2, 9)),
        ("除夕", date(2021, 2, 11)),
        ("春节", date(2021, 2, 12)),
        ("初十", date(2021, 2, 21)),
        ("元宵节", date(2021, 2, 26)),
        ("农历二月十八", date(2021, 3, 30)),
    ],
)
def test_lunar_days_around_the_new_year(cell: str, expected: date) -> None:
    assert day(2021)(cell) == expected


@pytest.mark.parametrize(
    ("year", "new_year"),
    [(2020, (1, 25)), (2021, (2, 12)), (2022, (2, 1)), (2023, (1, 22)), (2024, (2, 10))],
)
def test_new_years_day_of_five_years(year: int, new_year: tuple[int, int]) -> None:
    assert day(year)("正月初一") == date(year, *new_year)


def test_both_calendars_at_once_agree_in_2023() -> None:
    assert day(2023)("1月30日正月初九") == date(2023, 1, 30)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2月30日", "no_such_date"),
        ("2021-02-29", "no_such_date"),
        ("正月三十", "no_such_date"),
        ("1月30日正月初九", "dates_contradict"),
        ("二月十八", "date_unclear"),
        ("随时", "date_unclear"),
        ("2月18日左右", "date_unclear"),
        (2.2, "date_unclear"),
        ("18/2", "no_such_date"),
        (date(1921, 2, 18), "date_far_away"),
        ("2012-02-18", "date_far_away"),
    ],
)
def test_doubtful_days_are_refused(cell: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        day(2021)(cell)
    assert caught.value.finding.code == code


def test_a_day_without_a_year_needs_the_campaigns() -> None:
    with pytest.raises(CellError) as caught:
        day(None)("2月18日")
    assert caught.value.finding.code == "no_year"


@pytest.mark.parametrize("cell", ["", " ", "无", "/"])
def test_nothing_is_no_day(cell: str) -> None:
    assert day(2021)(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["2月18日至20日", "2月18日-2月20日", "2月18—20日", "2021-02-18至2021-02-20", "正月初七日至2月20日"],
)
def test_a_span_of_days(cell: str) -> None:
    assert days(2021)(cell) == (FEB_18, date(2021, 2, 20))


def test_a_span_backwards_is_refused() -> None:
    with pytest.raises(CellError):
        days(2021)("2月20日至18日")
