"""接龙: one person a line of text, from a chat or from a service."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.model.faults import Fault
from returnplan.reading.names import Names
from returnplan.reading.sheet import SheetOutcome, layouts, read_sheet
from returnplan.reading.signups import SignUps
from tests.specimens.coach import id_number
from tests.specimens.sheets import Line, table_of


def number(serial: int) -> str:
    return id_number("450225", date(1985, 6, 7), serial)


def read(lines: Sequence[Line], year: int | None = 2021) -> SheetOutcome:
    return read_sheet(table_of(lines), layouts(year), Names({}), year)


def people(lines: Sequence[Line], year: int | None = 2021) -> SignUps:
    content = read(lines, year).content
    assert isinstance(content, SignUps)
    return content


def told(lines: Sequence[Line], *fields: str) -> list[tuple[object, ...]]:
    return list(people(lines).frame[list(fields)].itertuples(index=False, name=None))


def codes(faults: Sequence[Fault]) -> list[tuple[str, str, str]]:
    return [(fault.cell, fault.code, fault.severity) for fault in faults]


CHAT = [
    ["#接龙"],
    ["返岗专车报名"],
    ["例 姓名 身份证 电话 城市 日期"],
    [""],
    [f"1. 韦一 {number(1)} 13800138001 东莞市 2月18日"],
    [f"2、韦二，{number(2)}，138 00138002".replace(" 0", "0") + "，去深圳打工，2.19"],
    [f"3.韦三{number(3)}13800138003 东莞"],
    ["4."],
]


def test_a_chat() -> None:
    assert told(CHAT, "ref", "name", "id_number", "phone", "city") == [
        ("报名.xlsx!报名!5", "韦一", number(1), "13800138001", "东莞市"),
        ("报名.xlsx!报名!6", "韦二", number(2), "13800138002", "深圳"),
        ("报名.xlsx!报名!7", "韦三", number(3), "13800138003", "东莞"),
    ]
    days = people(CHAT).frame["named_date"].tolist()
    assert days == [pd.Timestamp(2021, 2, 18), pd.Timestamp(2021, 2, 19), pd.NaT]
    assert read(CHAT).faults == ()
    assert read(CHAT).report.kind == "signups"


def test_a_line_without_an_id_number_is_a_person_with_a_fault() -> None:
    outcome = read([*CHAT, ["5. 韦五 东莞 2月18日"], ["6. 韦六"]])
    assert isinstance(outcome.content, SignUps)
    assert [(row.ref, row.name, row.city) for row in outcome.content.rejected] == [
        ("报名.xlsx!报名!9", "韦五", "东莞"),
        ("报名.xlsx!报名!10", "韦六", ""),
    ]
    assert ("A9", "missing_id_number", "error") in codes(outcome.faults)


def test_the_next_line_may_bring_the_number() -> None:
    lines = [
        ["#Group Note"],
        ["1. 韦一 东莞"],
        [f"{number(1)} 13800138001"],
        ["2. 韦二"],
        [f"{number(2)} 东莞"],
    ]
    assert told(lines, "name", "id_number", "city") == [
        ("韦一", number(1), "东莞"),
        ("韦二", number(2), "东莞"),
    ]


def test_lines_without_numbers() -> None:
    lines = [[f"韦一 {number(1)} 东莞"], [f"韦二 {number(2)} 东莞"]]
    assert told(lines, "name", "id_number") == [("韦一", number(1)), ("韦二", number(2))]


def test_a_chat_without_its_title_and_without_id_numbers() -> None:
    content = people([["1. 韦一 东莞 2月18日"], ["2. 韦二 深圳 2月19日"]])
    assert [(row.name, row.city) for row in content.rejected] == [("韦一", "东莞"), ("韦二", "深圳")]


def test_an_entry_on_two_lines() -> None:
    lines = [
        ["#接龙"],
        [f"1. 韦一 {number(1)}"],
        ["13800138001 东莞 2月18日"],
        ["2. 韦二 13800138002"],
        [f"{number(2)} 去深圳"],
        ["2月19日"],
    ]
    assert told(lines, "name", "id_number", "phone", "city") == [
        ("韦一", number(1), "13800138001", "东莞"),
        ("韦二", number(2), "13800138002", "深圳"),
    ]
    assert people(lines).frame["named_date"].dt.day.tolist() == [18, 19]


def test_words_that_touch_each_other() -> None:
    lines = [[f"1.韦一{number(1)}电话13800138001去东莞2月18日"], [f"2.韦二{number(2)} 正月初七到深圳"]]
    assert told(lines, "name", "id_number", "phone", "city") == [
        ("韦一", number(1), "13800138001", "东莞"),
        ("韦二", number(2), "", "深圳"),
    ]
    assert people(lines).frame["named_date"].tolist() == [pd.Timestamp(2021, 2, 18)] * 2
    assert read(lines).faults == ()


def test_a_nickname_before_the_name_goes_to_the_note() -> None:
    lines = [[f"1. 🌸阿0🌸 韦一 {number(1)} 东莞"], [f"2. 韦二 东莞 {number(2)}"]]
    assert told(lines, "name", "city", "note") == [("韦一", "东莞", "🌸阿0🌸"), ("韦二", "东莞", "")]


def test_plus_signs_part_words() -> None:
    lines = [[f"1.韦一+{number(1)}+13800138001+东莞"]]
    assert told(lines, "name", "phone", "city") == [("韦一", "13800138001", "东莞")]


def test_what_is_no_field_goes_to_the_note() -> None:
    outcome = read([[f"1. 韦一 {number(1)} 桥圩镇 东莞 晕车"]])
    assert isinstance(outcome.content, SignUps)
    assert outcome.content.frame["city"].tolist() == ["东莞"]
    assert outcome.content.frame["note"].tolist() == ["晕车"]
    assert ("A1", "words_left_over", "warning") in codes(outcome.faults)


@pytest.mark.parametrize(
    ("words", "employer"),
    [
        ("单位：立讯精密", "立讯精密"),
        ("厂：裕成", "裕成"),
        ("昆山立讯精密工业有限公司", "昆山立讯精密工业有限公司"),
        ("仁宝电子科技（昆山）有限公司", "仁宝电子科技(昆山)有限公司"),
        ("东莞裕成鞋厂", "东莞裕成鞋厂"),
        ("电子厂", ""),
    ],
)
def test_the_employer_is_what_is_labelled_so_or_ends_as_a_firm(words: str, employer: str) -> None:
    assert told([[f"1. 韦一 {number(1)} 苏州市 {words} 2月18日"]], "city", "employer") == [
        ("苏州市", employer)
    ]


@pytest.mark.parametrize("word", ["取消", "（取消）", "不去了", "退出", "已取消！", "不走了"])
def test_an_entry_that_says_so_is_cancelled(word: str) -> None:
    lines = [[f"1. 韦一 {number(1)} 东莞 2月18日 {word}"], [f"2. 韦二 {number(2)} 东莞 2月18日"]]
    assert told(lines, "name", "cancelled", "note") == [("韦一", True, ""), ("韦二", False, "")]
    assert read(lines).faults == ()


def test_what_stands_below_the_people_is_named() -> None:
    outcome = read([*CHAT, ["大家快点"], ["合计3人"]])
    assert codes(outcome.faults) == [("A9", "nobody", "warning")]


def test_labels_inside_an_entry() -> None:
    lines = [[f"1、姓名：韦一 身份证号: {number(1)} 联系电话：13800138001 务工城市：深圳 备注：晕车"]]
    assert told(lines, "name", "id_number", "phone", "city", "note") == [
        ("韦一", number(1), "13800138001", "深圳", "晕车")
    ]
    assert read(lines).faults == ()
    without_colons = [[f"1、韦一 身份证 {number(1)} 电话 13800138001 目的地 深圳 备注"]]
    assert told(without_colons, "id_number", "phone", "city", "note") == [
        (number(1), "13800138001", "深圳", "备注")
    ]


EXPORT: list[Line] = [
    ["接龙序号", "接龙昵称", "接龙内容", "接龙时间"],
    [1.0, "小韦", f"韦一 {number(1)} 13800138001 东莞市 2月18日", "2021-02-10 12:00"],
    [2.0, "韦二", f"{number(2)} 东莞市 2月18日", datetime(2021, 2, 10, 12)],
    [3.0, "韦三", "", "2021-02-10 12:00"],
]


def test_an_export() -> None:
    outcome = read(EXPORT)
    assert isinstance(outcome.content, SignUps)
    assert told(EXPORT, "name", "city") == [("韦一", "东莞市"), ("韦二", "东莞市")]
    assert outcome.content.frame["submitted"].tolist() == [pd.Timestamp(2021, 2, 10, 12)] * 2
    assert codes(outcome.faults) == [("C3", "nickname_as_name", "warning")]
    assert outcome.report.header_row == 1


@pytest.mark.parametrize(
    ("submitted", "day", "expected"),
    [
        ("2021-02-10 12:00", "2月18日", pd.Timestamp(2021, 2, 18)),
        ("2020-12-28 12:00", "2月18日", pd.Timestamp(2021, 2, 18)),
        ("2021-02-10 12:00", "正月初七", pd.Timestamp(2021, 2, 18)),
    ],
)
def test_a_day_without_a_year_is_the_first_after_its_submission(
    submitted: str, day: str, expected: pd.Timestamp
) -> None:
    lines: list[Line] = [EXPORT[0], [1.0, "", f"韦一 {number(1)} 东莞 {day}", submitted]]
    assert people(lines, None).frame["named_date"].tolist() == [expected]
    assert codes(read(lines, None).faults) == [("C2", "year_from_submission", "warning")]


def test_one_cell_with_several_people_is_a_fault() -> None:
    outcome = read([[f"#接龙\n1. 韦一 {number(1)} 东莞\n2. 韦二 {number(2)} 东莞"]])
    assert codes(outcome.faults) == [("A1", "several_people", "error")]
    assert isinstance(outcome.content, SignUps)
    assert [row.name for row in outcome.content.rejected] == ["韦一"]


def test_two_id_numbers_on_one_line_are_two_people() -> None:
    two = f"1. 韦一 {number(1)} 13800138001 韦二 {number(2)} 13800138002 东莞 2月18日"
    outcome = read([[two], [f"2. 韦三 {number(3)} 东莞"], [f"3. 韦四 {number(4)} 东莞 {number(4)}"]])
    assert codes(outcome.faults)[0] == ("A1", "several_people", "error")
    assert "2 个人" in outcome.faults[0].message.zh
    assert isinstance(outcome.content, SignUps)
    assert [row.name for row in outcome.content.rejected] == ["韦一"]
    assert outcome.report.accepted == 2


def test_a_column_beside_a_chat_is_named() -> None:
    outcome = read([[f"1. 韦一 {number(1)} 东莞", ""], [f"2. 韦二 {number(2)} 东莞", "晕车"]])
    assert outcome.report.accepted == 2
    assert codes(outcome.faults) == [("B2", "unknown_column", "warning")]


@pytest.mark.parametrize(
    "lines",
    [
        [["1. 请各村于2月1日前上报"], ["2. 不得漏报"]],
        [["1. 请各村于2月1日前上报"], ["2. 联系电话：13800138001"]],
        [["菜名"], ["米粉"]],
        [["#接龙"], ["返岗专车报名"]],
        [["1. 韦一", "东莞"]],
        [[f"1. 韦一 {number(1)}", f"1. 韦二 {number(2)}"]],
    ],
)
def test_other_texts_are_no_chain(lines: Sequence[Line]) -> None:
    assert read(lines).report.kind is None


WORDS = st.sampled_from(
    [
        "东莞",
        "去深圳",
        "2月18日",
        "正月初七",
        "13800138001",
        number(7),
        "男",
        "脱贫户",
        "晕车",
        "3人",
        "电话：",
        "：",
        "。",
    ]
)


@given(st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=6))
@settings(deadline=None)
def test_nobody_vanishes_and_no_word_is_lost(entries: list[list[str]]) -> None:
    lines = [
        ["#接龙"],
        *([f"{i}. 韦{chr(0x4E00 + i)} {' '.join(words)}"] for i, words in enumerate(entries, 1)),
    ]
    content = people(lines)
    assert content.num_accepted + len(content.rejected) == len(entries)


def test_how_many_travel_counts_the_person_too() -> None:
    entry = f"{number(1)} 13800138001 东莞市 2月18日"
    sheet = people(
        [["#接龙"], [f"1. 韦一 {entry} 2人"], [f"2. 韦二 {entry} 1人".replace(number(1), number(2))]]
    )
    assert [(fault.cell, fault.value, fault.code) for fault in sheet.faults] == [
        ("A2", "2人", "companions_unnamed")
    ]


@pytest.mark.parametrize("day", ["2月21日（不去了）", "2月21日(取消)", "2月21日 去不了"])
def test_words_in_brackets_behind_a_day_cancel(day: str) -> None:
    sheet = people([["#接龙"], [f"1. 韦一 {number(1)} 13800138001 东莞市 {day}"]])
    assert sheet.frame[["cancelled", "note"]].to_numpy().tolist() == [[True, ""]]
    assert sheet.frame["named_date"].dt.day.tolist() == [21]
    assert sheet.faults == ()


@pytest.mark.parametrize(
    ("title", "warned"),
    [
        ("返岗专车报名，格式：姓名 身份证 电话 乡镇 务工城市 出发日期", False),
        ("例 姓名 身份证 电话 乡镇 城市 日期", False),
        ("返岗专车报名", True),
    ],
)
def test_the_township_before_the_city_is_that_of_home(title: str, warned: bool) -> None:
    lines: list[Line] = [["#接龙"], [title], [f"1. 韦一 {number(1)} 13800138001 施洞镇 东莞市 2月12日"]]
    assert told(lines, "township", "city", "note") == [("施洞镇", "东莞市", "")]
    assert ("township_taken" in {fault.code for fault in read(lines).faults}) == warned


def test_the_town_behind_the_city_is_not_that_of_home() -> None:
    lines: list[Line] = [["#接龙"], [f"1. 韦一 {number(1)} 13800138001 东莞市 长安镇 2月12日"]]
    assert told(lines, "township", "note") == [("", "长安镇")]


def test_where_the_format_asks_for_a_township_it_may_stand_anywhere() -> None:
    lines: list[Line] = [
        ["格式：姓名 身份证 城市 乡镇"],
        [f"1. 韦一 {number(1)} 务工城市：东莞市 革一镇 2月12日"],
    ]
    assert told(lines, "township", "city", "note") == [("革一镇", "东莞市", "")]
