"""What the cells of one row say together."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from returnplan.model.person import OWN_WORK
from returnplan.reading.headers import find_header
from returnplan.reading.names import Names
from returnplan.reading.parsed import parse_sheet
from returnplan.reading.sheet import layouts
from returnplan.reading.signups import SignUps, read_signups
from tests.specimens.coach import id_number
from tests.specimens.sheets import lines_of, signup_row, table_of


def read(*rows: dict[str, Any], year: int | None = 2021) -> SignUps:
    table = table_of(lines_of(rows))
    (header,) = find_header(table, layouts(year), Names({}))
    return read_signups(parse_sheet(table, header), year)


@pytest.mark.parametrize(
    ("born", "codes"),
    [
        (date(2020, 2, 18), []),
        (date(2020, 2, 19), ["id_birthday"]),
        (date(2021, 1, 1), ["id_birthday"]),
        (date(2071, 1, 1), ["id_birthday"]),
        (date(2005, 1, 1), []),
    ],
)
def test_nobody_travels_before_the_first_birthday(born: date, codes: list[str]) -> None:
    read_sheet = read(signup_row(1, 身份证号码=id_number("450225", born, 1)))
    assert [fault.code for fault in read_sheet.faults] == codes
    assert read_sheet.num_accepted == 1 - len(codes)


def test_without_a_date_the_campaigns_year_counts_and_without_both_nothing_is_said() -> None:
    nobody_knows = {
        "最早出发日期": "",
        "最晚出发日期": "",
        "身份证号码": id_number("450225", date(2030, 1, 1), 1),
    }
    assert [fault.code for fault in read(signup_row(1, **nobody_knows)).faults] == ["id_birthday"]
    assert read(signup_row(1, **nobody_knows), year=None).faults == ()


def test_a_foreigners_sex_is_the_one_told() -> None:
    row = signup_row(1, 身份证号码=id_number("911840", date(1985, 6, 7), 1), 性别="女")
    assert read(row).frame["sex"].tolist() == ["女"]
    assert read(row).faults == ()


def test_a_window_with_an_open_end_and_an_approximate_day() -> None:
    rows = [signup_row(i, 最早出发日期="", 最晚出发日期="") for i in (1, 2)]
    sheet = read({**rows[0], "出发日期": "2月18日以后"}, {**rows[1], "出发日期": "2月18日左右"})
    assert sheet.frame["earliest"].dt.date.tolist()[0] == date(2021, 2, 18)
    assert sheet.frame["latest"].isna().tolist() == [True, True]
    assert sheet.frame["named_date"].dt.date.tolist()[1] == date(2021, 2, 18)
    assert [(fault.code, fault.severity) for fault in sheet.faults] == [("date_about", "warning")]


def test_from_the_day_on_which_somebody_can_leave_the_end_is_open() -> None:
    """可出发日期 is no day of travel, as 出发日期 is; a span there says its end."""
    blank = {"最早出发日期": "", "最晚出发日期": ""}
    days = ("2021-02-20", "2月20日至22日")
    frame = read(*({**signup_row(i), **blank, "可出发日期": day} for i, day in enumerate(days, 1))).frame
    assert frame["earliest"].dt.day.tolist() == [20, 20]
    assert (pd.isna(frame["latest"][0]), frame["latest"][1].day) == (True, 22)
    assert frame["named_date"].isna().all()


def test_an_age_that_is_none_keeps_nobody_at_home() -> None:
    sheet = read(*(signup_row(i, 年龄=age) for i, age in enumerate(("不详", "35周岁", "３６岁"), start=1)))
    assert sheet.num_accepted == 3
    assert [(fault.code, fault.severity) for fault in sheet.faults] == [("not_a_number", "warning")]


def test_answers_of_a_form_with_option_letters_and_several_choices() -> None:
    row = signup_row(
        1, 人员类别="A.脱贫户┋C.易地搬迁", 是否乘坐="A.是", 可接受城市="深圳市┋惠州市", 同行人="无"
    )
    sheet = read({**row, "是否脱贫户": "B.否", "状态": "已报名"})
    (person,) = sheet.frame.to_dict("records")
    assert person["categories"] == ("脱贫户", "易地搬迁")
    assert (person["rides"], person["cancelled"]) == (True, False)
    assert person["acceptable_cities"] == ("深圳市", "惠州市")
    assert person["companions"] == ()
    assert sheet.faults == ()


def noted(*notes: str, **told: str) -> SignUps:
    """Return the sign-ups of people with remarks, and the same cells in other columns."""
    return read(*({**signup_row(i), **told, "备注": note} for i, note in enumerate(notes, 1)))


def test_a_remark_that_leaves_no_doubt_is_entered_and_named() -> None:
    sheet = noted("不去了", "自驾", "带小孩2个", "晕车")
    assert sheet.frame["cancelled"].tolist() == [True, False, False, False]
    assert sheet.frame["rides"].tolist() == [True, False, True, True]
    assert sheet.frame["num_children"].tolist() == [0, 0, 2, 0]
    assert [(f.code, f.value, f.severity) for f in sheet.faults] == [
        ("note_withdraws", "不去了", "warning"),
        ("note_own_transport", "自驾", "warning"),
        ("note_children", "带小孩2个", "warning"),
    ]
    assert sheet.num_accepted == 4


def test_a_doubtful_remark_keeps_the_seat_and_is_named() -> None:
    sheet = noted("不确定去不去")
    assert [fault.code for fault in sheet.faults] == ["note_may_not_ride"]
    assert (sheet.frame["rides"].tolist(), sheet.frame["cancelled"].tolist()) == ([True], [False])


@pytest.mark.parametrize("told", [{"是否乘坐返岗专车": "是"}, {"取消": "正常"}])
def test_a_remark_against_its_own_column_is_only_said(told: dict[str, str]) -> None:
    sheet = noted("自驾", "取消", **told)
    assert [fault.code for fault in sheet.faults] == ["note_may_not_ride"] * 2
    assert (sheet.frame["rides"].tolist(), sheet.frame["cancelled"].tolist()) == ([True] * 2, [False] * 2)


@pytest.mark.parametrize("told", [{"是否乘坐返岗专车": "否"}, {"取消": "取消"}])
def test_a_remark_that_repeats_its_own_column_says_nothing_new(told: dict[str, str]) -> None:
    assert noted("自驾", "不去了", **told).faults == ()


def test_the_column_of_children_goes_before_the_remark() -> None:
    sheet = noted("带小孩2个", 随行儿童="0")
    assert (sheet.frame["num_children"].tolist(), sheet.faults) == ([0], ())


def test_brackets_beside_a_name_are_a_remark_too() -> None:
    sheet = read({**signup_row(1), "姓名": "韦一（自驾）"}, {**signup_row(2), "姓名": "韦二（带小孩1个）"})
    assert sheet.frame["rides"].tolist() == [False, True]
    assert sheet.frame["num_children"].tolist() == [0, 1]
    assert [fault.cell[:1] for fault in sheet.faults] == ["A", "A"]


def test_adults_in_a_remark_get_no_seat_and_are_pointed_out() -> None:
    assert [fault.code for fault in noted("和老婆一起", "3人").faults] == ["note_companions"] * 2


@pytest.mark.parametrize("told", [{"同行人": "韦四"}, {"同行组号": "1"}])
def test_who_is_named_elsewhere_is_not_asked_for_again(told: dict[str, str]) -> None:
    assert noted("和老婆一起", **told).faults == ()


@pytest.mark.parametrize(("number", "code"), [("1", "companions_unnamed"), ("0", "note_companions")])
def test_the_number_of_companions_is_said_once(number: str, code: str) -> None:
    assert [fault.code for fault in noted("和老婆一起", 随行人数=number).faults] == [code]


@pytest.mark.parametrize(("answer", "codes"), [("是", ["companions_unnamed"]), ("否", [])])
def test_a_relative_who_is_said_to_come_along_is_missed(answer: str, codes: list[str]) -> None:
    assert [fault.code for fault in noted("", 家属是否同行=answer).faults] == codes


def test_another_day_in_a_remark_is_said_and_the_columns_count() -> None:
    sheet = noted("改到23号走", "2月19日走", "18号以后", "2月21日之后走", "哪天走都行，2月30日")
    assert sheet.frame["latest"].dt.day.tolist() == [20] * 5
    assert [(fault.code, fault.value) for fault in sheet.faults] == [
        ("note_other_day", "改到23号走"),
        ("note_other_day", "2月21日之后走"),
        ("note_other_day", "哪天走都行，2月30日"),
    ]


def test_a_day_in_a_remark_where_the_row_has_none_is_said() -> None:
    (fault,) = noted("2月19日走", 最早出发日期="", 最晚出发日期="").faults
    assert (fault.code, "2月19日" in fault.message.zh) == ("note_other_day", True)


def test_another_pickup_in_a_remark_is_said() -> None:
    sheet = noted("从成都上车", "到融水汽车站上车")
    assert [(fault.code, fault.value) for fault in sheet.faults] == [("note_other_pickup", "从成都上车")]


def test_the_way_of_travelling_says_who_needs_a_seat() -> None:
    ways = ("包车", "统一安排", "自驾", "高铁", "")
    sheet = read(*({**signup_row(i), "出行方式": way} for i, way in enumerate(ways, 1)))
    assert sheet.frame["rides"].tolist() == [True, True, False, False, True]
    assert [(fault.code, fault.severity, fault.value) for fault in sheet.faults] == [
        ("goes_by_train", "warning", "高铁")
    ]


def test_who_takes_any_way_planned_here_rides() -> None:
    ways = ("均可", "专车专列均可", "专车、专列都可以", "专车或专列均可")
    sheet = read(*({**signup_row(i), "出行方式": way} for i, way in enumerate(ways, 1)))
    assert sheet.frame["rides"].tolist() == [True] * 4
    assert not sheet.faults


def test_people_who_come_along_without_a_name_are_pointed_out() -> None:
    along = (
        {"随行人数": "2"},
        {"随行人数": "1人", "同行人": "韦二"},
        {"随行人数": "1", "随行儿童": "1"},
        {"随行人数": "无"},
    )
    blank = {"同行人": "", "随行儿童": ""}
    sheet = read(*({**signup_row(i), **blank, **told} for i, told in enumerate(along, 1)))
    assert [(fault.code, fault.severity, fault.value) for fault in sheet.faults] == [
        ("companions_unnamed", "warning", "2")
    ]


def codes_of_companions(header: str, *cells: str) -> list[tuple[str, str]]:
    sheet = read(*({**signup_row(i), header: cell} for i, cell in enumerate(cells, 1)))
    assert sheet.frame["companions"].map(len).sum() == 0
    return [(fault.value, fault.code) for fault in sheet.faults]


def test_numbers_of_companions_are_no_names() -> None:
    alone = ("1个人", "一个人", "就我一个人", "没有人", "无", "独自")
    assert codes_of_companions("同行人", *alone) == []
    assert codes_of_companions("同行人", "3个人", "2", "2人") == [
        (cell, "companions_unnamed") for cell in ("3个人", "2", "2人")
    ]


@pytest.mark.parametrize("header", ["同行人", "几个人一起走"])
def test_children_among_companions_get_seats(header: str) -> None:
    sheet = read({**signup_row(1), header: "带一个小孩"}, {**signup_row(2), header: "小孩2个"})
    assert sheet.frame["num_children"].tolist() == [1, 2]
    assert [fault.code for fault in sheet.faults] == ["note_children"] * 2


def test_a_phone_among_companions_is_no_number_of_people() -> None:
    sheet = read({**signup_row(1), "同行人": "13800138001"}, {**signup_row(2), "同行人": "1" * 5000})
    assert sheet.frame["companions"].map(len).tolist() == [1, 1]


def test_names_behind_a_number_are_companions() -> None:
    told = ("2个人，和韦四", "2人（韦四）", "和韦四", "3个人，韦四")
    sheet = read(*({**signup_row(i), "几个人一起走": cell} for i, cell in enumerate(told, 1)))
    assert sheet.frame["companions"].tolist() == [("和韦四",), ("韦四",), ("和韦四",), ("韦四",)]
    assert [(fault.value, fault.code) for fault in sheet.faults] == [("3个人，韦四", "companions_unnamed")]


def test_who_is_asked_how_many_travel_counts_too() -> None:
    cells = ("1", "1人", "一个人", "2", "3个人")
    told = [("2", "companions_unnamed"), ("3个人", "companions_unnamed")]
    assert codes_of_companions("7、几个人一起走？", *cells) == told
    assert len(codes_of_companions("随行人数", "1", "0", "无")) == 1


def on(*days: str) -> SignUps:
    """Return the sign-ups of people who leave on these days."""
    blank = {"最早出发日期": "", "最晚出发日期": ""}
    return read(*({**signup_row(i), **blank, "出发日期": day} for i, day in enumerate(days, 1)))


def test_a_day_without_a_month_has_the_month_of_all_others() -> None:
    sheet = on("2月20日", "21号", "2021-02-18", "20日上午")
    assert sheet.frame["named_date"].dt.day.tolist() == [20, 21, 18, 20]
    assert [(f.code, f.severity, f.value) for f in sheet.faults] == [
        ("month_from_others", "warning", "21号"),
        ("month_from_others", "warning", "20日上午"),
    ]


def test_days_without_a_month_have_the_month_of_all_others() -> None:
    frame = on("2月20日", "21、22号", "21-23日", "21号以后").frame
    assert frame["earliest"].dt.day.tolist()[1:] == [21, 21, 21]
    assert frame["latest"].dt.day.tolist()[1:3] == [22, 23]
    assert frame["latest"].isna().tolist() == [True, False, False, True]


def test_a_column_of_one_number_before_the_dash_is_of_that_month() -> None:
    sheet = on("2-18日", "2-19日", "2-18日")
    assert sheet.frame["named_date"].dt.strftime("%m-%d").tolist() == ["02-18", "02-19", "02-18"]
    told = {(fault.code, fault.severity, fault.value) for fault in sheet.faults}
    assert told == {("month_from_others", "warning", "2-18日"), ("month_from_others", "warning", "2-19日")}
    assert "按2月18号" in sheet.faults[0].message.zh
    assert "2月18号" in sheet.faults[0].message.en


def test_one_that_is_no_window_tells_of_all() -> None:
    sheet = on("2-8号", "2-18号")
    assert sheet.frame["named_date"].dt.strftime("%m-%d").tolist() == ["02-08", "02-18"]


@pytest.mark.parametrize(
    "days",
    [
        ("2-18日",),
        ("2-18日", "3-19日"),
        ("18-20号", "18-21号"),
        ("2-18日", "晚点"),
        ("10-12号", "10-15号"),
        ("2-5号", "2-8号"),
    ],
)
def test_other_columns_with_dashes_are_refused(days: tuple[str, ...]) -> None:
    assert {fault.code for fault in on(*days).faults} == {"date_unclear"}


@pytest.mark.parametrize(
    "days", [("21号",), ("21、22号",), ("2月27日", "3月2日", "21号"), ("2月20日", "30号")]
)
def test_a_day_without_a_month_is_refused_where_the_others_do_not_say_it(days: tuple[str, ...]) -> None:
    assert [fault.code for fault in on(*days).faults] == ["date_unclear"]


def test_classes_are_asked_and_denied_in_many_words() -> None:
    told = ("否", "以上都不是", "(空)", "脱贫户", "是")
    header = "10、您是否是脱贫户或监测对象？"
    sheet = read(*({**signup_row(i), header: words} for i, words in enumerate(told, 1)))
    assert sheet.frame["categories"].tolist() == [(), (), (), ("脱贫户",), ("脱贫户",)]
    both = read({**signup_row(1), header: "是"}, {**signup_row(2), header: "监测对象"})
    assert both.frame["categories"].tolist() == [("脱贫户",), ("监测对象",)]


def test_remarks_that_say_nothing_are_not_printed() -> None:
    sheet = noted("(空)", "无", "否", "以上都不是", "没有要求", "晕车")
    assert sheet.frame["note"].tolist() == ["", "", "", "", "", "晕车"]


def working(*cells: str, **told: str) -> SignUps:
    return read(*(signup_row(n, 务工企业=cell, **told) for n, cell in enumerate(cells, start=1)))


@pytest.mark.parametrize(
    "cell",
    [
        "待定",
        "待安排",
        "未定",
        "无",
        "不确定",
        "还没定",
        "暂未确定",
        "听安排",
        "没有单位",
        "暂时没有",
        "还没有找到工作",
        "不定",
        "待定（可能去长安）",
        "求职",
        "?",
    ],
)
def test_a_word_for_no_employer_is_no_employer(cell: str) -> None:
    assert working(cell).frame["employer"].tolist() == [""]


def test_a_name_between_brackets_is_an_employer() -> None:
    assert working("（东莞）华强电子（长安）").frame["employer"].tolist() == ["(东莞)华强电子(长安)"]
    assert working("（华强电子有限公司）").frame["employer"].tolist() == ["(华强电子有限公司)"]


@pytest.mark.parametrize(
    "cell", ["自找", "自己找", "自主择业", "自己找工作", "自行联系", "自谋职业", "灵活就业", "打零工"]
)
def test_who_finds_work_alone_says_so_in_one_word(cell: str) -> None:
    assert working(cell).frame["employer"].tolist() == [OWN_WORK]


@pytest.mark.parametrize("cell", ["待丰电子", "三一重工", "自立精密厂", "安排工贸", "无限制衣", "零工坊"])
def test_a_name_like_such_a_word_is_an_employer(cell: str) -> None:
    assert working(cell).frame["employer"].tolist() == [cell]


def test_a_trade_for_an_employer_is_the_post_and_said_once() -> None:
    found = working("保安", "恒达厂", "普工", "保安")
    assert found.frame["employer"].tolist() == ["", "恒达厂", "", ""]
    assert found.frame["post"].tolist() == ["保安", "", "普工", "保安"]
    (told,) = [fault for fault in found.faults if fault.code == "employer_is_trade"]
    assert (told.severity, told.value) == ("warning", "保安")
    assert "等 3 人按工种保安、普工" in told.message.zh


def test_beside_a_column_of_posts_the_employer_stays() -> None:
    assert working("保安", 工种="保安").frame["employer"].tolist() == ["保安"]


def test_a_list_of_job_seekers_is_read_with_the_cities_that_they_wish() -> None:
    row = signup_row(
        1,
        求职工种="缝纫工",
        意向企业="华坚",
        期望月薪="6000",
        学历="初中",
        工作年限="5年",
        意向城市="东莞、惠州",
    )
    del row["务工城市"]
    found = read(row, row | {"意向城市": "深圳", "身份证号码": signup_row(2)["身份证号码"]})
    assert [fault.code for fault in found.faults] == ["employer_wished"]
    assert found.frame["city"].tolist() == ["东莞", "深圳"]
    assert found.frame["acceptable_cities"].tolist() == [("东莞", "惠州"), ("深圳",)]
    assert found.frame["post"].tolist() == ["缝纫工", "缝纫工"]
    assert found.frame["employer"].tolist() == ["", ""]


def test_wished_employers_are_said_once_of_those_who_have_none() -> None:
    """They are no employers: a seat at one goes by post, city and wage."""
    wishes = ("华坚", "不限", "", "华坚", "待定")
    rows = [signup_row(i, 务工企业="", 意向企业=wish) for i, wish in enumerate(wishes, 1)]
    found = read(*rows, signup_row(9, 务工企业="恒达厂", 意向企业="华坚"))
    (told,) = found.faults
    assert (told.code, told.severity, told.value) == ("employer_wished", "warning", "华坚")
    assert "2 人" in told.message.zh
    assert found.frame["employer"].tolist() == ["", "", "", "", "", "恒达厂"]


def test_beside_a_city_the_wished_ones_are_others_that_will_do() -> None:
    found = read(signup_row(1, 意向城市="深圳"))
    assert (found.frame["city"].tolist(), found.frame["acceptable_cities"].tolist()) == (
        ["东莞市"],
        [("深圳",)],
    )


def test_as_above_is_what_stands_above() -> None:
    rows = [
        signup_row(i, 务工企业=firm, 联系电话=phone)
        for i, (firm, phone) in enumerate(
            [("同上", "13800000001"), ("华强厂", "13800000002"), ("同上", "同上"), ("″", ""), ("", "")], 1
        )
    ]
    rows[2] |= {"务工城市": "同上", "最早出发日期": "同上", "最晚出发日期": "〃"}
    rows[1] |= {"务工城市": "深圳市"}
    sheet = read(*rows)
    assert sheet.frame["employer"].tolist() == ["同上", "华强厂", "华强厂", "华强厂", ""]
    assert sheet.frame["city"].tolist() == ["东莞市", "深圳市", "深圳市", "东莞市", "东莞市"]
    assert sheet.frame["phone"].tolist()[2] == "同上"
    assert sheet.frame["latest"].notna().all()


def test_the_companions_of_the_row_above_are_not_those_of_the_next() -> None:
    sheet = read(signup_row(1, 姓名="张三", 同行人="李四"), signup_row(2, 姓名="李四", 同行人="同上"))
    assert sheet.frame["companions"].tolist() == [("李四",), ("同上",)]


def test_letters_that_an_export_did_not_know_stay_in_their_words() -> None:
    odd = {"姓名": "黄□", "上车地点": "桥圩□政府", "务工企业": "东莞□展电子厂", "备注": "坐□号车"}
    sheet = read(signup_row(1, **odd))
    assert sheet.num_accepted == 1
    person = sheet.frame.iloc[0]
    assert [person[field] for field in ("name", "pickup", "employer", "note")] == list(odd.values())


def test_boxes_left_open_under_cancelled_are_an_unknown_status() -> None:
    sheet = read(signup_row(1, 取消="□是 □否"), signup_row(2, 取消="☑是 □否"))
    assert [(fault.code, fault.cell) for fault in sheet.faults] == [("status_unknown", "J2")]
    assert sheet.frame["cancelled"].tolist() == [False, True]


def test_boxes_of_classes_may_stand_in_lines() -> None:
    sheet = read(
        signup_row(1, 人员类别="☑脱贫户\n□监测对象\n☑易地搬迁"), signup_row(2, 人员类别="□脱贫户\n□监测对象")
    )
    assert sheet.frame["categories"].tolist() == [("脱贫户", "易地搬迁"), ()]


@pytest.mark.parametrize("city", ["未定", "待定", "不确定", "地点待定"])
def test_a_city_that_is_not_decided_is_said_to_be_so(city: str) -> None:
    people = read(signup_row(1), signup_row(2, 务工城市=city))
    (fault,) = people.faults
    assert (fault.code, fault.message.zh) == ("missing_city", "还没有定去哪个城市")
