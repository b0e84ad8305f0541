"""Numbers, ranges and numbers left open."""

from datetime import time, timedelta

import pytest

from returnplan.reading.cells import CellError
from returnplan.reading.quantities import age_limits, amount, count, duration_minutes, headcount, wage
from returnplan.sheets.tables import Cell

people = count("人数", "the people")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (5000.0, 5000),
        ("5,000元/月", 5000),
        ("4000-6500元", 4000),
        ("4千至6千", 4000),
        ("0.5万", 5000),
        ("约5000", 5000),
        ("¥3,600", 3600),
        ("￥３，６００", 3600),
        ("3600元/趟", 3600),
        ("3,600.00", 3600),
        ("RMB 3600", 3600),
        ("0.36万元", 3600),
        ("¥3600-¥4000", 3600),
        ("", None),
        ("无", None),
    ],
)
def test_amounts(cell: Cell, expected: float | None) -> None:
    assert wage(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (20.0, 20),
        ("20-30人", 20),
        ("35周岁", 35),
        ("３５岁", 35),
        ("两个", 2),
        ("5辆", 5),
        ("２０人", 20),
        ("共20人", 20),
        ("", None),
    ],
)
def test_counts(cell: Cell, expected: int | None) -> None:
    assert people(cell) == expected


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("男20女10", 30),
        ("男20人，女10人", 30),
        ("20男、10女", 30),
        ("男工:20/女工:10", 30),
        ("女15", 15),
        ("20男", 20),
    ],
)
def test_a_headcount_by_sex_is_the_sum_with_a_warning(cell: str, number: int) -> None:
    with pytest.raises(CellError) as error:
        headcount(cell)
    found = error.value.finding
    assert (found.code, found.severity, found.value) == ("headcount_by_sex", "warning", number)


def test_a_headcount_for_either_sex_needs_no_warning() -> None:
    assert [headcount(cell) for cell in ("30人", 30.0, "")] == [30, 30, None]


@pytest.mark.parametrize("cell", ["计件6000左右", "底薪 6000", "综合6000以上", "6000元/月起"])
def test_a_wage_has_words_around_it(cell: str) -> None:
    assert wage(cell) == 6000


@pytest.mark.parametrize(
    ("cell", "code"), [("28元/小时", "other_unit"), ("6毛一件", "other_unit"), ("看表现", "not_a_number")]
)
def test_a_wage_that_cannot_be_read_keeps_its_row(cell: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        wage(cell)
    finding = caught.value.finding
    assert (finding.code, finding.severity, finding.value) == (code, "warning", None)
    assert "按未填处理" in finding.message.zh


@pytest.mark.parametrize("cell", ["6元/公里", "6元每公里", "80元/人", "6 yuan/km"])
def test_a_price_for_something_else_is_an_error(cell: str) -> None:
    trip = amount("包车费", "the cost a trip", not_per=("公里", "km", "人"))
    with pytest.raises(CellError, match="other_unit"):
        trip(cell)
    assert trip("3600元/趟") == 3600


@pytest.mark.parametrize("cell", ["若干", "长期招", "若干人", "面议"])
def test_numbers_left_open_are_warnings(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        people(cell)
    assert (caught.value.finding.code, caught.value.finding.severity) == ("left_open", "warning")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("很多", "not_a_number"),
        (-3.0, "not_a_count"),
        (2.5, "not_a_count"),
        (1e12, "not_a_count"),
        (float("inf"), "not_a_number"),
    ],
)
def test_what_is_no_count_is_an_error(cell: Cell, code: str) -> None:
    with pytest.raises(CellError) as caught:
        people(cell)
    assert (caught.value.finding.code, caught.value.finding.severity) == (code, "error")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("18-45岁", (18, 45)),
        ("18至45周岁", (18, 45)),
        ("18岁以上", (18, None)),
        ("45岁以下", (None, 45)),
        ("不限", (None, None)),
        ("", (None, None)),
    ],
)
def test_age_limits(cell: str, expected: tuple[int | None, int | None]) -> None:
    assert age_limits(cell) == expected


def test_unclear_age_limits_are_a_warning() -> None:
    with pytest.raises(CellError) as caught:
        age_limits("年轻")
    assert caught.value.finding.value == (None, None)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (430.0, 430),
        ("430", 430),
        ("约430分钟", 430),
        ("7小时10分", 430),
        ("7 小时 10 分钟左右", 430),
        ("7个半小时", 450),
        ("7小时半", 450),
        ("半个小时", 30),
        ("1.5小时", 90),
        ("7:10", 430),
        ("07:10:00", 430),
        ("7 h 10 min", 430),
        (time(7, 10), 430),
        (timedelta(hours=26), 1560),
        (0.2986111111, 430),
        ("", None),
    ],
)
def test_durations(cell: Cell, expected: float | None) -> None:
    assert duration_minutes(cell) == expected


@pytest.mark.parametrize("cell", ["大概一天", "小时", "早上8点", "7小时10分20", "-30"])
def test_what_is_no_duration_is_an_error(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        duration_minutes(cell)
    assert caught.value.finding.code == "duration_unclear"
