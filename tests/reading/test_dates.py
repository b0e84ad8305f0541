"""Dates in the forms of the field, with 2021 as the year of the campaign."""

from datetime import date, datetime, timedelta

import pytest
from lunar_python import Lunar

from returnplan.reading.cells import CellError
from returnplan.reading.dates import day, days, tells_a_day, with_month
from returnplan.sheets.tables import Cell

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
        "2021.02.18.",
        "2021年2月18日。",
        "正月初七/2月18日",
        "2月18日、正月初七",
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
        "2021年2月18日（正月初七）星期四",
        "2/18",
        "2021/2/18 8:00",
        "2021-02-18T08:00:00",
        "2月18日上午",
        "2月18日出发",
        "2月18日均可",
        "正月初7",
        "正月7日",
        "农历1月7日",
        "初七早上8点半",
        "年初七",
        "年后初七",
    ],
)
def test_one_day_in_many_forms(cell: Cell) -> None:
    assert day(2021)(cell) == FEB_18


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("腊月廿八", date(2021, 2, 9)),
        ("腊月二十八", date(2021, 2, 9)),
        ("腊月28", date(2021, 2, 9)),
        ("年廿八", date(2021, 2, 9)),
        ("年二十八", date(2021, 2, 9)),
        ("年28", date(2021, 2, 9)),
        ("年前廿八", date(2021, 2, 9)),
        ("年廿九", date(2021, 2, 10)),
        ("年二七", date(2021, 2, 8)),
        ("年二八", date(2021, 2, 9)),
        ("大年二九", date(2021, 2, 10)),
        ("腊月二八", date(2021, 2, 9)),
        ("年三十", date(2021, 2, 11)),
        ("大年三十", date(2021, 2, 11)),
        ("大年三十晚上", date(2021, 2, 11)),
        ("年卅", date(2021, 2, 11)),
        ("除夕", date(2021, 2, 11)),
        ("年初八", date(2021, 2, 19)),
        ("年十六", date(2021, 2, 27)),
        ("正月十六", date(2021, 2, 27)),
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
        ("出发", "date_unclear"),
        ("正月初七/2月19日", "date_unclear"),
        ("2月18日/2月19日", "date_unclear"),
        ("周四", "date_unclear"),
        ("2月18日周五", "dates_contradict"),
        ("廿八", "date_unclear"),
        ("二八", "date_unclear"),
        ("2021年二八", "date_unclear"),
        ("春节后", "date_unclear"),
        ("2月18日或19日", "date_unclear"),
        ("18/2?", "date_unclear"),
        (2.2, "date_unclear"),
        (2.211, "date_unclear"),
        (0.5, "date_unclear"),
        (2.35, "no_such_date"),
        ("21号", "date_unclear"),
        ("10-12号", "date_unclear"),
        ("2月廿八", "date_unclear"),
        ("二月廿八", "date_unclear"),
        ("2-18号", "date_unclear"),
        ("18-20号", "date_unclear"),
        ("18/2", "no_such_date"),
        (date(1921, 2, 18), "date_far_away"),
        ("2012-02-18", "date_far_away"),
    ],
)
def test_doubtful_days_are_refused(cell: Cell, code: str) -> None:
    with pytest.raises(CellError) as caught:
        day(2021)(cell)
    assert caught.value.finding.code == code


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        *(
            (cell, "还没有定")
            for cell in ("待定", "未定", "时间未定", "不确定", "看情况", "尚未确定", "还没想好")
        ),
        *((cell, "没有日期") for cell in ("节后", "年后", "过完年", "2月底", "正月", "春节后")),
    ],
)
def test_what_names_no_day_is_said_with_the_mend(cell: str, said: str) -> None:
    with pytest.raises(CellError) as caught:
        day(2027)(cell)
    finding = caught.value.finding
    assert said in finding.message.zh
    assert "2027-02-18" in finding.fix.zh
    assert "随时" in finding.fix.zh
    assert not tells_a_day(cell)


def test_a_span_of_days_gets_the_month_of_the_others_unless_it_may_name_it() -> None:
    assert with_month("10-12号", 2) == "2月10-12号"
    assert with_month("18-20号", 2) == "2月18-20号"
    assert with_month("2-18号", 2) is None
    assert day(2021)("8-3号") == date(2021, 8, 3)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2020年腊月廿八", date(2021, 2, 9)),
        ("2021年腊月廿八", date(2021, 2, 9)),
        ("腊月廿八", date(2021, 2, 9)),
        ("2020年除夕", date(2021, 2, 11)),
        ("2020年冬月廿五", date(2021, 1, 8)),
        ("2020年正月初八", date(2020, 2, 1)),
    ],
)
def test_the_last_months_of_the_lunar_year_before_lie_in_the_campaigns(cell: Cell, expected: date) -> None:
    assert day(2021)(cell) == expected


def test_a_day_without_a_year_needs_the_campaigns() -> None:
    with pytest.raises(CellError) as caught:
        day(None)("2月18日")
    assert caught.value.finding.code == "no_year"


def test_the_last_day_of_the_year_is_30_by_name_also_in_years_that_end_on_a_29th() -> None:
    assert day(2022)("年三十") == day(2022)("年廿九") == day(2022)("除夕") == date(2022, 1, 31)
    with pytest.raises(CellError, match="no_such_date"):
        day(2022)("腊月三十")


@pytest.mark.parametrize("year", range(1990, 2050))
def test_days_around_sixty_new_years_follow_the_calendar(year: int) -> None:
    first = Lunar.fromYmd(year, 1, 1).getSolar()
    new_year = date(first.getYear(), first.getMonth(), first.getDay())
    assert day(year)("正月初一") == day(year)(f"{year}年正月初一") == new_year
    assert day(year)("年三十") == day(year)("大年三十") == day(year)("除夕") == new_year - timedelta(days=1)
    assert day(year)("年初八") == day(year)("初八") == new_year + timedelta(days=7)
    months_28th = Lunar.fromYmd(year - 1, 12, 28).getSolar()
    assert (
        day(year)("年廿八")
        == day(year)("腊月廿八")
        == date(year, months_28th.getMonth(), months_28th.getDay())
    )
    assert day(year)("年廿八") in (new_year - timedelta(days=2), new_year - timedelta(days=3))


@pytest.mark.parametrize(
    "cell", ["2月18日以后", "2月18日起", "2月18日及之后均可", "正月初七以后", "年初七起"]
)
def test_a_day_and_later_is_a_first_day_with_an_open_end(cell: str) -> None:
    assert days(2021)(cell) == (FEB_18, None)
    assert day(2021, "first")(cell) == FEB_18
    for other in (day(2021), day(2021, "last")):
        with pytest.raises(CellError, match="date_unclear"):
            other(cell)


@pytest.mark.parametrize("cell", ["2月17日之后均可", "正月初六后", "年初六过后"])
def test_after_a_day_is_from_the_next_one_on(cell: str) -> None:
    assert days(2021)(cell) == (FEB_18, None)


def test_nobody_is_put_on_a_feast_who_leaves_after_or_before_it() -> None:
    assert days(2027)("元宵后") == days(2027)("元宵节过后") == (date(2027, 2, 21), None)
    assert days(2027)("元宵前") == (None, date(2027, 2, 19))


@pytest.mark.parametrize(
    ("cell", "last"),
    [
        *(("2月18、19日都可", 19), ("2月18日、19日、20日", 20), ("2月18日或19日", 19), ("2.18、2.19", 19)),
        *(("正月初七、初八", 19), ("正月初七/初八", 19), ("正月初七、2月18日", 18)),
    ],
)
def test_days_that_follow_one_another_are_a_span(cell: str, last: int) -> None:
    assert days(2021)(cell) == (FEB_18, date(2021, 2, last))


@pytest.mark.parametrize("cell", ["2月18日或20日", "2月19日、18日", "正月初七/2月19日", "2月18日、正月初八"])
def test_days_that_do_not_are_refused(cell: str) -> None:
    with pytest.raises(CellError, match="date_unclear"):
        days(2021)(cell)


@pytest.mark.parametrize("cell", ["随时", "随时都可以走", "均可", "听安排", "时间不限"])
def test_who_can_leave_on_any_day_names_none(cell: str) -> None:
    assert days(2021)(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(2.21, date(2027, 2, 21)), (2.05, date(2027, 2, 5)), (2.4, date(2027, 2, 4)), (2.3, date(2027, 2, 3))],
)
def test_a_number_that_can_be_one_day_only_is_that_day(cell: float, expected: date) -> None:
    assert day(2027)(cell) == expected


def test_a_number_that_may_be_two_days_names_both_and_the_mend_has_the_campaigns_year() -> None:
    with pytest.raises(CellError) as caught:
        day(2027)(12.1)
    assert "12月1日和12月10日" in caught.value.finding.message.zh
    assert "2027-02-18" in caught.value.finding.fix.zh
    with pytest.raises(CellError, match="no_year"):
        day(None)(2.21)


@pytest.mark.parametrize("cell", ["2月18日以前", "2月18日前", "正月初七之前", "2月18日为止"])
def test_a_day_and_earlier_is_a_last_day(cell: str) -> None:
    assert days(2021)(cell) == (None, FEB_18)
    assert day(2021, "last")(cell) == FEB_18
    with pytest.raises(CellError, match="date_unclear"):
        day(2021, "first")(cell)


@pytest.mark.parametrize("cell", ["2月18号左右", "大约2月18日", "正月初七前后"])
def test_an_approximate_day_is_that_day_with_a_warning(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        day(2021)(cell)
    assert (caught.value.finding.code, caught.value.finding.severity) == ("date_about", "warning")
    assert caught.value.finding.value == FEB_18
    with pytest.raises(CellError) as caught:
        days(2021)(cell)
    assert caught.value.finding.value == (FEB_18, FEB_18)


@pytest.mark.parametrize("cell", ["", " ", "无", "/"])
def test_nothing_is_no_day(cell: str) -> None:
    assert day(2021)(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "2月18日至20日",
        "2月18日-2月20日",
        "2月18—20日",
        "2月18-20",
        "2021-02-18至2021-02-20",
        "2021.2.18-2.20",
        "正月初七日至2月20日",
        "正月初七至初九",
        "初七到初九",
        "年初七-年初九",
    ],
)
def test_a_span_of_days(cell: str) -> None:
    assert days(2021)(cell) == (FEB_18, date(2021, 2, 20))


def test_a_span_over_the_new_year_and_one_before_it() -> None:
    assert days(2021)("年廿八至廿九") == (date(2021, 2, 9), date(2021, 2, 10))
    assert days(2021)("年二八至二九") == (date(2021, 2, 9), date(2021, 2, 10))
    assert days(2021)("腊月廿八至初三") == (date(2021, 2, 9), date(2021, 2, 14))


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2月上旬", date(2021, 2, 1), date(2021, 2, 10)),
        ("2月中旬出发", date(2021, 2, 11), date(2021, 2, 20)),
        ("2月下旬", date(2021, 2, 21), date(2021, 2, 28)),
        ("2021年3月下旬", date(2021, 3, 21), date(2021, 3, 31)),
        ("正月中旬", date(2021, 2, 22), date(2021, 3, 3)),
        ("正月下旬", date(2021, 3, 4), date(2021, 3, 12)),  # this first month has 29 days
    ],
)
def test_a_third_of_a_month_is_its_ten_days(cell: str, first: date, last: date) -> None:
    assert days(2021)(cell) == (first, last)


def test_a_long_cell_is_no_date_and_takes_no_time() -> None:
    with pytest.raises(CellError, match="date_unclear"):
        days(2021)("初八至" * 40_000)


def test_a_span_backwards_is_refused() -> None:
    with pytest.raises(CellError):
        days(2021)("2月20日至18日")


@pytest.mark.parametrize("words", ["越早越好", "听通知", "等通知", "尽快"])
def test_who_goes_whenever_there_is_a_coach_names_no_day(words: str) -> None:
    assert days(2021)(words) is None


@pytest.mark.parametrize("words", ["过完元宵就走", "过了元宵节再走", "元宵节后"])
def test_a_feast_that_has_passed_opens_the_window_on_the_next_day(words: str) -> None:
    assert days(2021)(words) == (date(2021, 2, 27), None)
