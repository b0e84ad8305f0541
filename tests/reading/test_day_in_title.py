"""A day of travel that only a title says."""

import pytest

from returnplan.reading.names import Names
from returnplan.reading.sheet import layouts, read_sheet
from tests.specimens.sheets import lines_of, signup_row, table_of


def codes(title: str, *columns: str) -> list[str]:
    row = signup_row(1)
    lines = lines_of([{name: row[name] for name in ("姓名", "身份证号码", "务工城市", *columns)}])
    outcome = read_sheet(table_of([[title], *lines]), layouts(2021), Names({}), 2021)
    return [fault.code for fault in outcome.faults]


@pytest.mark.parametrize(
    "title", ["返岗名单（2月18日走）", "2月18号出发去东莞", "发车时间定在2月18日", "正月初八返岗人员报名表"]
)
def test_a_day_in_the_title_is_asked_for(title: str) -> None:
    assert codes(title) == ["day_in_title"]
    assert codes(title, "最早出发日期") == []


def test_of_a_title_only_the_day_is_said() -> None:
    row = signup_row(1)
    lines = lines_of([{name: row[name] for name in ("姓名", "身份证号码", "务工城市")}])
    title = "返岗名单 联系人张三 2月18日统一走"
    (fault,) = read_sheet(table_of([[title], *lines]), layouts(2021), Names({}), 2021).faults
    assert fault.value == "2月18日统一走"
    assert "张三" not in fault.message.zh + fault.message.en


@pytest.mark.parametrize(
    "title", ["返岗人员报名表", "返岗报名表（2月10日统计）", "填报日期：2月10日", "2月10日返岗复工工作部署会"]
)
def test_other_days_of_a_title_are_none_of_travel(title: str) -> None:
    assert codes(title) == []
