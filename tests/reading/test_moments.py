"""When a form was submitted, as form services write it."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.reading.cells import CellError
from returnplan.reading.moments import moment
from returnplan.sheets.tables import Cell

NOON = datetime(2021, 2, 10, 12)


@pytest.mark.parametrize(
    "cell",
    [
        "2021/2/10 12:00:00",  # 问卷星
        "2021-02-10 12:00",  # 接龙
        "2021年2月10日 12:00",  # 腾讯文档
        "2021年02月10日12时00分",
        "2021.2.10 12:00:00.0",
        "2021-02-10T12:00:00",
        "2021-02-10T04:00:00Z",
        "2021-02-10T12:00:00+08:00",
        "2021/2/10 下午 12:00:00",  # Google, 时间戳记
        "2021/02/10 12:00:00 PM GMT+8",
        "2021-02-10 12:00:00.417",
        "2021/2/10 星期三 12:00",
        "２０２１/２/１０　１２：００",
        44237.5,
        "44237.5",
        NOON,
        NOON.replace(tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_noon(cell: Cell) -> None:
    assert moment(cell) == NOON


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2021/2/10 上午 9:05:03", datetime(2021, 2, 10, 9, 5, 3)),
        ("2021/2/10 下午 9:05", datetime(2021, 2, 10, 21, 5)),
        ("2/13/2021 12:30:00 AM", datetime(2021, 2, 13, 0, 30)),  # Google, Timestamp
        ("13/2/21 12:30", datetime(2021, 2, 13, 12, 30)),
        ("2021-02-10", datetime(2021, 2, 10)),
        (date(2021, 2, 10), datetime(2021, 2, 10)),
        (44237.0, datetime(2021, 2, 10)),
        (44237 + 61 / 86_400, datetime(2021, 2, 10, 0, 1, 1)),
        ("2/2/2021 8:00", datetime(2021, 2, 2, 8)),
        ("", None),
        ("-", None),
    ],
)
def test_days_and_hours(cell: Cell, expected: datetime | None) -> None:
    assert moment(cell) == expected


@pytest.mark.parametrize(
    "cell",
    ["昨天", "2/3/2021 12:00", "2021-02-30 12:00", "2021-02-10 25:00", "0001-01-01 0:00+14", "85秒", 3.5],
)
def test_what_cannot_be_read_is_a_warning_and_empty(cell: Cell) -> None:
    with pytest.raises(CellError) as caught:
        moment(cell)
    assert caught.value.finding.severity == "warning"
    assert caught.value.finding.value is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda told: told.replace(microsecond=0)))
def test_every_moment_is_read_back(told: datetime) -> None:
    assert moment(f"{told:%Y/%m/%d %H:%M:%S}") == told
    assert moment(f"{told:%Y年%m月%d日 %H:%M:%S}") == told
    assert moment((told - datetime(1899, 12, 30)) / timedelta(days=1)) == told


@given(st.text(alphabet="0123456789/-.: 年月日时分上下午TZ+GMT()", max_size=40) | st.floats())
def test_nothing_else_is_raised(cell: Cell) -> None:
    try:
        told = moment(cell)
    except CellError:
        return
    assert told is None or told.tzinfo is None
