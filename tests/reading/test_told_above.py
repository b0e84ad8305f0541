"""What stands once above a list, for everybody in it."""

from datetime import datetime

import numpy as np
import pytest

from returnplan.reading.names import Names
from returnplan.reading.sheet import SheetOutcome, layouts, read_sheet
from returnplan.reading.signups import SignUps
from tests.specimens.sheets import Line, lines_of, signup_row, table_of


def read(*above: Line, columns: tuple[str, ...] = ("姓名", "身份证号码", "联系电话")) -> SheetOutcome:
    lines = lines_of([{name: signup_row(number)[name] for name in columns} for number in (1, 2)])
    return read_sheet(table_of([*above, *lines]), layouts(2021), Names({}), 2021)


def values(outcome: SheetOutcome, field: str) -> list[object]:
    assert isinstance(outcome.content, SignUps)
    told: list[object] = np.asarray(outcome.content.columns[field]).tolist()
    return told


FOSHAN: tuple[Line, ...] = (
    ["乘车异地务工人员花名册"],
    ["企业名称（盖章）：佛山市顺德区美联电器有限公司", "", "经办人：何小姐", "", "联系电话：0757-22334455"],
    [
        "车牌号：湘E12345\u3000\u3000发车日期：2021年2月13日\u3000\u3000出发地：城步县\u3000\u3000到达地：佛山市顺德区容桂街道"
    ],
)


def test_a_list_of_a_firm_tells_its_day_its_places_and_itself_once() -> None:
    outcome = read(*FOSHAN)
    assert values(outcome, "employer") == ["佛山市顺德区美联电器有限公司"] * 2
    assert values(outcome, "city") == ["佛山市顺德区容桂街道"] * 2
    assert values(outcome, "named_date") == [datetime(2021, 2, 13)] * 2
    assert values(outcome, "phone") == [signup_row(number)["联系电话"] for number in (1, 2)]
    (fault,) = outcome.faults
    assert (fault.code, fault.severity) == ("told_above", "warning")
    assert "何小姐" not in fault.message.zh


def test_a_column_of_the_list_counts_more() -> None:
    outcome = read(["目的地：深圳市"], columns=("姓名", "身份证号码", "务工城市"))
    assert outcome.faults == ()
    assert set(values(outcome, "city")) == {signup_row(1)["务工城市"]}


def test_a_pick_up_is_where_a_coach_is_boarded() -> None:
    assert values(read(["出发地：贵港 目的地：东莞"]), "pickup") == ["", ""]
    assert values(read(["上车地点：县汽车北站 目的地：东莞"]), "pickup") == ["县汽车北站"] * 2


@pytest.mark.parametrize(
    "words",
    [
        "上午8:00",
        "8:30",
        "待定",
        "详见通知",
        "2021年春节后",
        "请填写2月10日至20日之间的日期",
        "2021年2月18日8:30从贵港出发",
    ],
)
def test_words_that_a_column_would_refuse_are_not_used(words: str) -> None:
    outcome = read([f"出发时间：{words}"], columns=("姓名", "身份证号码", "务工城市"))
    assert isinstance(outcome.content, SignUps)
    assert (outcome.content.num_accepted, len(outcome.content.rejected)) == (2, 0)
    assert "told_above" not in {fault.code for fault in outcome.faults}


def test_columns_of_other_days_count_more() -> None:
    outcome = read(["出发日期：2月20日"], columns=("姓名", "身份证号码", "务工城市", "最早出发日期"))
    assert outcome.faults == ()


@pytest.mark.parametrize(
    "line",
    [
        ["单位名称：丹口镇人民政府", "填报日期：2月3日", "联系电话：13800000000"],
        ["地市：邵阳市", "日期：2月3日"],
        ["务工企业：", "目的地：____"],
        ["注意：8:00 出发", "备注：请准时"],
        ["镇街：桥圩镇"],
        ["乡镇：", "填报人"],
        ["工作单位：桥圩镇社保所", "企业名称：平安劳务公司"],
        ["企业：", "城市", "东莞"],
    ],
)
def test_what_is_of_the_office_or_blank_is_of_nobody(line: Line) -> None:
    outcome = read(line, columns=("姓名", "身份证号码", "务工城市", "最早出发日期"))
    assert outcome.faults == ()
    for field in ("employer", "town", "township"):
        assert values(outcome, field) == ["", ""]


def test_what_is_told_twice_in_different_words_is_not_used() -> None:
    outcome = read(["目的地：东莞市"], ["到达城市：深圳市"])
    assert "missing_column" in {fault.code for fault in outcome.faults}
