"""Kinds and columns are recognised by headers; what is ambiguous is reported."""

from collections.abc import Sequence
from datetime import date, time

import pytest

from returnplan.model.errors import UsageError
from returnplan.model.records import SheetKind
from returnplan.reading.headers import Header, find_header, header_faults, is_readable
from returnplan.reading.layout import header_names, yielding_names
from returnplan.reading.names import Names
from returnplan.reading.questions import asked, normal
from returnplan.reading.sheet import layouts, read_sheet
from tests.specimens.coach import id_number
from tests.specimens.sheets import Line, lines_of, signup_row, table_of

NEEDED = ["姓名", "身份证号码", "务工城市"]


def headers_of(lines: Sequence[Line], extra: dict[str, tuple[str, ...]] | None = None) -> list[Header]:
    return find_header(table_of(lines), layouts(2021), Names(extra or {}))


def header_of(lines: Sequence[Line], extra: dict[str, tuple[str, ...]] | None = None) -> Header:
    (header,) = headers_of(lines, extra)
    return header


def fault_codes(lines: Sequence[Line]) -> list[str]:
    table = table_of(lines)
    (header,) = find_header(table, layouts(2021), Names({}))
    return [fault.code for fault in header_faults(table, header)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (NEEDED, "signups"),
        (["Name", "ID number", "City"], "signups"),
        (["企业名称", "所在市", "岗位"], "demand"),
        (["车型", "核载人数", "包车费(元/趟)"], "fleet"),
        (["名称", "纬度", "经度"], "places"),
        (["起点", "终点", "公里"], "distances"),
        (["乡镇", "上车点"], "pickups"),
    ],
)
def test_the_least_that_tells_a_kind(line: list[str], kind: str) -> None:
    assert header_of([line]).layout.kind == kind


def test_every_header_means_one_field_of_its_kind() -> None:
    """No spelling is listed under two fields of a kind: one of them would never be found."""
    for kind, fields in header_names().items():
        names = [normal(name) for field in fields.values() for name in {normal(n): n for n in field}.values()]
        assert sorted({name for name in names if names.count(name) > 1}) == [], kind


def test_every_question_means_one_field_of_its_kind() -> None:
    """No two fields have names that ask for the same, so that a question never has two answers."""
    for kind, fields in header_names().items():
        asked_by: dict[str, set[str]] = {}
        for field, names in fields.items():
            for name in names if not field.startswith("_") and field != "submitted" else ():
                asked_by.setdefault(asked(name), set()).add(field)
        assert {question for question, fields in asked_by.items() if len(fields) > 1} == set(), kind


MARKS = (  # what form services put around the name of a question
    "1、{}",
    "3. {}",
    "4．{}？",
    "(5) {}",
    "Q7_{}",
    "Q8. {}",
    "8.{}（必填）",
    "*9、{}",
    "10、{}[单选题]",
    "【单选题】{}",
    "{}（单选）*",
    "{}（自动）",
    "①{}",
    "第1题：{}",
    "一、{}",
    "12、{}(必填)：",
)
PHRASES = ("2、您的{}：", "（6）请填写{}", "请输入您的{}", "请选择{}", "你的{}（必填）", "您的{}是什么？")
ENGLISH_PHRASES = ("1. What is your {}?", "Please enter your {} *", "Your {}", "{} (required)")


def differently_understood(dress: str, *, is_phrase: bool = False, is_english: bool = False) -> list[str]:
    """Return the names that mean something else within a dress than alone."""
    names = Names({})
    return [
        name
        for kind, fields in header_names().items()
        for field, spellings in fields.items()
        for name in spellings
        if name.isascii() == is_english or not is_phrase
        if normal(name) and not (is_phrase and (field.startswith("_") or field == "submitted"))
        if names.fields(kind, [(dress.format(name),)]) != names.fields(kind, [(name,)])
    ]


@pytest.mark.parametrize("dress", MARKS)
def test_numbers_and_marks_change_no_meaning(dress: str) -> None:
    assert differently_understood(dress) == []


@pytest.mark.parametrize("dress", PHRASES)
def test_polite_words_change_no_meaning(dress: str) -> None:
    whether = [name for name in differently_understood(dress, is_phrase=True) if not name.startswith("是否")]
    assert whether == []


@pytest.mark.parametrize("dress", ENGLISH_PHRASES)
def test_polite_english_words_change_no_meaning(dress: str) -> None:
    assert differently_understood(dress, is_phrase=True, is_english=True) == []


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("1、您的姓名：", "name"),
        ("1、基本信息—姓名", "name"),
        ("1、基本信息:身份证号码", "id_number"),
        ("2、您的个人信息——(2)联系电话", "phone"),
        ("3、您的手机号码是？", "phone"),
        ("4、您要去哪个城市务工？", "city"),
        ("您打算去哪里打工?", "city"),
        ("5、您打算哪天出发？", "named_date"),
        ("您计划什么时候返岗？", "named_date"),
        ("您最早什么时候可以出发？", "earliest"),
        ("最早出发", "earliest"),
        ("最晚走", "latest"),
        ("可出发日期", "named_date"),
        ("务工企业全称", "employer"),
        ("带小孩人数", "num_children"),
        ("务工省市县", "city"),
        ("6、您是否为脱贫户？", "脱贫户"),
        ("您是脱贫户吗？", "脱贫户"),
        ("是不是监测对象", "监测对象"),
        ("需不需要乘坐返岗专车", "rides"),
        ("您愿意乘坐返岗专车吗？", "rides"),
        ("是否愿意乘坐政府组织的免费返岗专车（专列）？", "rides"),
        ("您是否愿意乘坐政府免费返岗专列？", "rides"),
        ("去向（市）", "city"),
        ("填写人姓名", "name"),
        ("7、同行人姓名（没有填无）", "companions"),
        ("您在哪里上车？", "pickup"),
        ("11、需要县上统一安排返岗专车吗？", "rides"),
        ("是否需要组织专车", "rides"),
        ("10、您是否是脱贫户或监测对象？", "categories"),
        ("家庭情况（可多选）", "categories"),
        ("务工所在地（省市县）", "city"),
        ("预计外出时间", "named_date"),
        ("12、其他需要说明的", "note"),
        ("其他要求", "note"),
        ("您的上车点在哪里？", "pickup"),
    ],
)
def test_questions(question: str, field: str) -> None:
    assert Names({}).fields("signups", [(question,)]) == [field]


@pytest.mark.parametrize(
    "header", ["是否务工人员", "去年务工地", "2月18日", "填写单位", "工作时间", "1", "家属姓名"]
)
def test_what_only_looks_like_a_question_stays_unknown(header: str) -> None:
    assert Names({}).fields("signups", [(header,)]) == [None]


def test_every_name_means_its_own_field() -> None:
    names = Names({})
    for kind, fields in header_names().items():
        for field, spellings in fields.items():
            for name in spellings:
                expected = "submitted" if field == "_submitted" else field
                assert names.fields(kind, [(name,)]) == [expected], name


def test_every_field_has_headers_and_every_header_a_field() -> None:
    for layout in layouts(2021):
        fields = {field for field in header_names()[layout.kind] if not field.startswith("_")}
        assert {field.name for field in layout.fields} == fields


def test_title_and_notes_above() -> None:
    lines = [["报名表", "", ""], ["单位：桥圩镇", "", ""], NEEDED, ["韦一", "", ""]]
    assert header_of(lines).line == 2


def test_header_as_far_down_as_row_30_and_no_further() -> None:
    assert header_of([[f"说明{i}", "", ""] for i in range(29)] + [NEEDED]).line == 29
    assert headers_of([[f"说明{i}", "", ""] for i in range(30)] + [NEEDED]) == []


def test_spelling_does_not_matter() -> None:
    header = header_of([["姓  名*", "身份证号码\n（18位）", "务工城市：", "户籍县（市、区）", "Ｐｈｏｎｅ"]])
    assert header.columns == {"name": 0, "id_number": 1, "city": 2, "county": 3, "phone": 4}


def test_a_remark_behind_a_header_with_parentheses() -> None:
    header = header_of([[*NEEDED, "户籍所在地县（市、区）（必填）"]])
    assert header.columns["county"] == 3


def test_two_lines() -> None:
    """A group above, its parts below; other headers merged over both lines."""
    lines = [
        ["姓名", "身份证号码", "务工地", "", "出发日期", ""],
        ["", "", "城市", "镇街", "最早", "最晚"],
        ["韦一", "4502", "东莞", "长安", "2月18日", "2月20日"],
    ]
    header = header_of(lines, {"city": ("务工地城市",)})
    assert header.line == 1
    assert header.columns == {"name": 0, "id_number": 1, "city": 2, "town": 3, "earliest": 4, "latest": 5}


def test_a_wide_group_title_names_none_of_its_columns() -> None:
    """务工地 over 省, 市, 镇街: only the second is the city."""
    lines = [["姓名", "身份证号码", "务工地", "", ""], ["", "", "省", "市", "镇街"]]
    header = header_of(lines)
    assert header.columns == {"name": 0, "id_number": 1, "work_province": 2, "city": 3, "town": 4}
    assert header.labels[3] == "务工地市"


def test_home_and_destination_under_groups() -> None:
    lines = [["姓名", "身份证号码", "户籍地", "", "目的地", ""], ["", "", "市", "县（区）", "市", "县（区）"]]
    assert header_of(lines).columns == {
        "name": 0,
        "id_number": 1,
        "prefecture": 2,
        "county": 3,
        "city": 4,
        "town": 5,
    }


def test_remarks_under_a_header_are_not_part_of_it() -> None:
    lines = [["姓名", "身份证号码", "务工城市"], ["（与身份证一致）", "18位", "如：东莞市"]]
    assert header_of(lines).columns == {"name": 0, "id_number": 1, "city": 2}


def test_a_group_title_is_no_field_of_its_own() -> None:
    lines = [["乘车人", "", "务工城市"], ["姓名", "身份证号码", ""]]
    assert header_of(lines).columns == {"name": 0, "id_number": 1, "city": 2}


def test_the_office_adds_names() -> None:
    assert header_of([["师傅", "身份证号码", "务工城市"]], {"name": ("师傅",)}).columns["name"] == 0


def test_a_misspelt_field_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="id_number"):
        Names({"id_numbr": ("证号",)})


def test_unknown_headers_are_reported_and_serial_numbers_are_not() -> None:
    assert fault_codes([["序号", *NEEDED, "鞋码"]]) == ["unknown_column"]


def test_an_optional_column_twice_is_left_out() -> None:
    lines = [[*NEEDED, "联系电话", "手机号"]]
    header = header_of(lines)
    assert "phone" not in header.columns
    assert is_readable(header)
    assert fault_codes(lines) == ["column_twice"]


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in yielding_names().items() for name in names]
)
def test_a_header_that_yields_never_takes_the_place_of_another(kind: SheetKind, name: str) -> None:
    """A sheet with both is read as it was when the second one was not known, and the second one is named."""
    needed = {
        "signups": NEEDED,
        "demand": ["企业名称", "所在市", "地址"],
        "fleet": ["车型", "座位数", "包车费"],
    }[kind]
    field = Names({}).field(kind, (name,))
    assert field is not None
    better = next(one for one in header_names()[kind][field] if one not in yielding_names()[kind])
    line = [*(one for one in needed if Names({}).field(kind, (one,)) != field), better, name]
    header = header_of([line])
    assert header.layout.kind == kind
    assert header.columns[field] == len(line) - 2
    assert is_readable(header)
    is_something_else = {"reception_from", "work_county"} & header.columns.keys()
    assert set(fault_codes([line])) == (set() if is_something_else else {"column_twice"})


@pytest.mark.parametrize(
    ("line", "field", "column"),
    [
        ([*NEEDED, "到达地"], "city", 2),
        ([*NEEDED, "上车地点", "始发地"], "pickup", 3),
        ([*NEEDED, "监测户", "监测对象"], "监测对象", 4),
        ([*NEEDED, "务工所在镇", "务工镇街"], "town", 4),
        ([*NEEDED, "务工所在县", "务工地县区"], "town", 4),
        ([*NEEDED, "务工县", "务工镇街", "务工区县"], "work_county", 3),
        (["车型", "座位数", "单价", "包车费"], "fixed_yuan", 3),
        (["车型", "座位数", "单价", "价格"], "fixed_yuan", 3),
        (["车型", "座位数", "单价（元）", "包车费（元）"], "fixed_yuan", 3),
        (["车型", "座位数", "包车费", "单价（元/公里）", "每公里运价"], "per_km_yuan", 4),
        (["车型", "座位数", "包车费", "数量", "可提供车辆（台）"], "per_day", 3),
    ],
)
def test_an_older_header_counts_beside_a_newer_one(line: list[str], field: str, column: int) -> None:
    header = header_of([line])
    assert is_readable(header)
    assert header.columns[field] == column


def test_a_header_below_its_group_yields_too() -> None:
    lines = [["车辆信息", "", "费用", ""], ["车型", "座位数", "单价", "包车费"]]
    assert header_of(lines).columns == {"vehicle": 0, "seats": 1, "fixed_yuan": 3}


def test_the_day_to_report_beside_the_day_of_work_is_when_people_are_taken_in() -> None:
    header = header_of([["企业名称", "所在市", "需求人数", "复工时间", "报到时间"]])
    assert (header.columns["resume"], header.columns["reception_from"]) == (3, 4)
    alone = header_of([["企业名称", "所在市", "需求人数", "报到时间"]])
    assert alone.columns["resume"] == 3
    all_three = header_of([["企业名称", "所在市", "复工时间", "报到时间", "最早报到"]])
    assert (all_three.columns["resume"], all_three.columns["reception_from"]) == (2, 4)


def test_a_required_column_twice_is_refused() -> None:
    lines = [[*NEEDED, "目的地"]]
    assert not is_readable(header_of(lines))
    assert fault_codes(lines) == ["column_twice"]


def test_a_missing_column_is_named() -> None:
    lines = [["姓名", "联系电话", "务工城市", "乡镇"]]
    assert not is_readable(header_of(lines))
    assert fault_codes(lines) == ["missing_column"]


def test_a_sheet_without_any_of_ours() -> None:
    assert headers_of([["菜名", "价格"], ["米粉", 8.0]]) == []


def test_data_that_looks_like_a_header_changes_nothing() -> None:
    lines = lines_of([signup_row(备注="备注"), signup_row(2, 备注="姓名")])
    assert header_of(lines).line == 0


@pytest.mark.parametrize(
    ("line", "township", "town"),
    [
        (["姓名", "身份证", "镇（街道）", "村", "务工城市"], 2, None),
        (["姓名", "身份证", "务工城市", "镇（街道）", "村"], 3, None),
        (["姓名", "身份证", "镇街", "务工城市"], 2, None),
        (["姓名", "身份证", "4、镇（街）：", "务工城市"], 2, None),
        (["姓名", "身份证", "户籍县", "镇街", "务工城市", "镇街道"], 3, 5),
        (["姓名", "身份证", "务工城市", "镇街"], None, 3),
        (["姓名", "身份证", "务工城市", "务工企业", "联系电话", "镇街"], None, 5),
        (["姓名", "身份证", "镇街", "务工城市", "乡镇"], 4, 2),
        (["姓名", "身份证", "务工镇街", "务工城市"], None, 2),
        (["务工城市", "姓名", "身份证", "户籍县", "镇街"], 4, None),
    ],
)
def test_a_column_of_towns_is_of_the_home_or_of_the_work_place_by_the_columns_around(
    line: list[str], township: int | None, town: int | None
) -> None:
    header = header_of([line])
    assert (header.columns.get("township"), header.columns.get("town")) == (township, town)


@pytest.mark.parametrize(
    ("groups", "lower", "field"),
    [
        (["户籍所在地", "", "务工城市"], ["县", "镇（街道）", ""], "township"),
        (["务工地", "", "备注"], ["市", "镇（街道）", ""], "town"),
        (["务工地", "", "备注"], ["镇（街道）", "市", ""], "town"),
        (["务工城市", "家庭", ""], ["", "镇（街道）", "组别"], "township"),
    ],
)
def test_the_group_above_says_whose_town_it_is(groups: list[str], lower: list[str], field: str) -> None:
    header = header_of([["姓名", "身份证", "电话", *groups], ["", "", "", *lower]])
    assert header.columns[field] == 3 + lower.index("镇（街道）")


def test_the_offices_own_name_of_the_town_needs_no_columns_around() -> None:
    line = ["姓名", "身份证", "镇（街道）", "务工城市"]
    assert header_of([line], {"town": ("镇（街道）",)}).columns["town"] == 2


def test_a_household_head_above_is_not_the_traveller() -> None:
    upper = ["户主信息", "", "务工人员信息", "", "务工城市"]
    header = header_of([upper, ["姓名", "联系电话", "姓名", "身份证号", ""]])
    assert (header.columns["name"], header.columns["id_number"]) == (2, 3)
    assert "phone" not in header.columns


def test_members_below_their_own_title_are_the_travellers() -> None:
    header = header_of([["成员信息（联系人填写）", "", "", "务工城市"], ["姓名", "身份证号", "联系电话", ""]])
    assert (header.columns["name"], header.columns["id_number"], header.columns["phone"]) == (0, 1, 2)


@pytest.mark.parametrize(
    ("price", "field"),
    [
        ("价格", "fixed_yuan"),
        ("价格（元/趟）", "fixed_yuan"),
        ("趟价", "fixed_yuan"),
        ("价钱", "fixed_yuan"),
        ("价格（元/公里）", "per_km_yuan"),
        ("价格（元/天）", None),
    ],
)
def test_the_price_of_a_quotation_is_read_by_its_unit(price: str, field: str | None) -> None:
    table = table_of([["车型", "座位", "台数", price], ["大巴", "49座", "8台", "5800"]])
    (header,) = find_header(table, layouts(2027), Names({}))
    assert header.layout.kind == "fleet"
    assert header.columns["per_day"] == 2
    assert {name for name, column in header.columns.items() if column == 3} == ({field} if field else set())


def test_the_mend_of_a_sheet_of_vehicles_names_their_columns() -> None:
    table = table_of([["车型", "座位", "租金"], ["大巴", "49座", "5800"]])
    (fault,) = read_sheet(table, layouts(2027), Names({}), 2027).faults
    assert fault.code == "unknown_sheet"
    assert "车辆表需要“车型、包车费" in fault.fix.zh
    assert "a fleet sheet needs the columns vehicle, fixed cost" in fault.fix.en


def test_a_list_of_passengers_is_no_pickup_sheet() -> None:
    """乡镇 and 上车地点 of people who go where the title says: nobody is lost as a row of pick-ups."""
    lines = [["序号", "姓名", "身份证号码", "联系电话", "乡镇", "上车地点", "备注"]]
    header = header_of(lines)
    assert header.layout.kind == "signups"
    assert header.missing == (("city",),)
    assert header_of([["乡镇", "上车地点", "联系人", "联系电话"]]).layout.kind == "pickups"


@pytest.mark.parametrize(
    "line",
    [
        ["序号", "姓名", "电话", "乡镇", "集合地点", "出发时间", "目的地"],
        ["姓名", "性别", "电话", "出发地", "目的地", "里程"],
        ["姓名", "电话", "乡镇", "上车点", "年龄"],
    ],
)
def test_people_without_id_numbers_are_no_places_or_roads_either(line: list[str]) -> None:
    header = header_of([line])
    assert header.layout.kind == "signups"
    assert ("id_number",) in header.missing


def test_the_contact_of_each_township_is_nobody_who_travels() -> None:
    line = ["乡镇", "上车点", "姓名", "电话"]
    contacts = [["西山镇", "镇政府", "韦一", "13800000001"], ["木乐镇", "镇政府", "韦二", "13800000002"]]
    assert header_of([line, *contacts]).layout.kind == "pickups"
    people = [*contacts, ["木乐镇", "镇政府", "韦三", "13800000003"]]
    assert headers_of([line, *people])[0].layout.kind == "signups"


def test_a_township_has_several_pickups_and_each_its_contact() -> None:
    towns = ["西山镇"] * 4 + ["木乐镇"] * 4
    contacts = [[town, f"第{i}村委会", f"韦{i}", f"1380000000{i}"] for i, town in enumerate(towns)]
    assert header_of([["乡镇", "上车地点", "姓名", "电话"], *contacts]).layout.kind == "pickups"
    merged = [[town if i % 4 == 0 else "", *rest] for i, (town, *rest) in enumerate(contacts)]
    assert header_of([["乡镇", "上车地点", "姓名", "电话"], *merged]).layout.kind == "pickups"


@pytest.mark.parametrize(("header", "cell"), [("发车时间", "8:00"), ("性别", "男"), ("出发时间", "8:00")])
def test_the_hour_or_the_sex_of_the_contact_is_of_no_traveller(header: str, cell: str) -> None:
    lines = [
        ["乡镇", "上车地点", "姓名", "电话", header],
        ["西山镇", "镇政府", "韦一", "13800000001", cell],
        ["木乐镇", "文化广场", "韦二", "13800000002", cell],
    ]
    assert header_of(lines).layout.kind == "pickups"
    people = [[*lines[1][:2], f"韦{i}", f"1390000000{i}", cell] for i in range(3)]
    assert header_of([*lines, *people]).layout.kind == "signups"


def test_the_offer_of_a_carrier_with_its_routes_is_no_distances_sheet() -> None:
    lines = [
        ["序号", "车型", "核载", "线路", "", "里程（公里）", "包车单价（元/趟）", "可提供车辆（台）"],
        ["", "", "", "起点", "终点", "", "", ""],
        ["1", "大型客车", "49", "城步", "东莞", "720", "6800", "4"],
    ]
    header = header_of(lines)
    assert header.layout.kind == "fleet"
    assert {name: header.columns[name] for name in ("vehicle", "licensed", "fixed_yuan", "per_day")} == {
        "vehicle": 1,
        "licensed": 2,
        "fixed_yuan": 6,
        "per_day": 7,
    }
    assert header_of([["起点", "终点", "里程", "车型"]]).layout.kind == "distances"
    without_price = header_of([["车型", "座位", "台数", "起点", "终点", "里程", "租金"]])
    assert (without_price.layout.kind, without_price.missing) == ("fleet", (("fixed_yuan",),))


@pytest.mark.parametrize("past", ["2026年务工情况", "上年务工情况", "去年务工情况", "原务工情况"])
def test_the_work_of_last_year_is_not_where_people_go(past: str) -> None:
    lines = [
        ["姓名", "身份证号", past, "", "2027年外出务工意向", "", ""],
        ["", "", "务工地点（省市县）", "企业名称", "拟外出时间", "拟外出地点", "是否需要组织输送"],
    ]
    header = header_of(lines)
    assert header.columns == {"name": 0, "id_number": 1, "named_date": 4, "city": 5, "rides": 6}
    assert [header.labels[i] for i in header.unknown] == [f"{past}务工地点（省市县）", f"{past}企业名称"]


def test_the_last_line_of_a_header_alone_knows_no_better_than_with_its_groups() -> None:
    lines = [
        ["基本信息", "", "2026年务工情况", "", "2027年外出意向", ""],
        ["姓名", "身份证号", "务工地点", "企业名称", "外出地点", "拟出行时间"],
    ]
    assert header_of(lines).columns == {"name": 0, "id_number": 1, "city": 4, "named_date": 5}


@pytest.mark.parametrize("past", ["去年", "2026年务工情况"])
@pytest.mark.parametrize("lower", [["姓名", "身份证号码"], ["", ""]])
def test_the_last_line_alone_is_no_other_kind_of_sheet_either(past: str, lower: list[str]) -> None:
    lines = [
        ["姓名", "身份证号码", past, "", "今年" if past == "去年" else "2027年", ""],
        [*lower, "务工企业", "工种", "务工城市", "出发日期"],
    ]
    assert header_of(lines).columns == {"name": 0, "id_number": 1, "city": 4, "named_date": 5}


def test_who_people_are_and_where_they_live_is_of_any_year() -> None:
    lines = [
        ["序号", "2026年家庭信息", "", "原籍", "", "2027年务工意向", "", "联系电话"],
        ["", "姓名", "身份证号", "县", "乡镇", "外出地点", "拟出行时间", ""],
    ]
    columns = {"name": 1, "id_number": 2, "county": 3, "township": 4, "city": 5, "named_date": 6, "phone": 7}
    assert header_of(lines).columns == columns


def test_where_nothing_else_is_said_people_go_where_they_were() -> None:
    lines = [["姓名", "身份证号", "2026年务工情况", ""], ["", "", "务工地点", "企业名称"]]
    assert header_of(lines).columns == {"name": 0, "id_number": 1, "city": 2, "employer": 3}


def test_the_home_of_a_register_is_not_the_destination() -> None:
    """输入市 asks for no 市: that of 省, 市, 县, 乡 is the home."""
    line = ["省", "市", "县", "乡", "村", "姓名", "证件号码", "务工所在地"]
    assert header_of([line]).columns == {
        "prefecture": 1,
        "county": 2,
        "township": 3,
        "name": 5,
        "id_number": 6,
        "city": 7,
    }
    assert header_of([["姓名", "身份证号", "输入市", "市"]]).columns == {
        "name": 0,
        "id_number": 1,
        "city": 2,
        "prefecture": 3,
    }


@pytest.mark.parametrize("others", ["劳务经纪人", "带队人员", "网格员", "帮扶责任人", "驻村第一书记", "组长"])
def test_names_under_a_group_of_others_are_not_the_travellers(others: str) -> None:
    """城步 signs people up with the labour brokers of the villages."""
    lines = [
        ["序号", others, "", "乘车人信息", "", "", "", "务工城市"],
        ["", "姓名", "联系电话", "姓名", "性别", "身份证号", "联系电话", ""],
    ]
    header = header_of(lines)
    assert is_readable(header)
    assert {name: header.columns[name] for name in ("name", "sex", "id_number", "phone")} == {
        "name": 3,
        "sex": 4,
        "id_number": 5,
        "phone": 6,
    }


@pytest.mark.parametrize("title", ["返岗地点", "务工地", "目的地", "去向", "务工所在地"])
def test_a_county_under_the_work_place_is_not_the_home(title: str) -> None:
    lines = [["姓名", "身份证号", title, "", "", ""], ["", "", "省", "市", "县（区）", "乡（镇）"]]
    assert header_of(lines).columns == {
        "name": 0,
        "id_number": 1,
        "work_province": 2,
        "city": 3,
        "work_county": 4,
        "town": 5,
    }


def test_the_county_of_the_work_place_alone_is_its_town() -> None:
    names = ["姓名", "身份证号", "务工所在省", "务工所在市", "务工所在县"]
    assert header_of([names]).columns["town"] == 4
    both = header_of([[*names, "务工所在乡"]])
    assert (both.columns["work_county"], both.columns["town"]) == (4, 5)


def test_an_hour_beside_its_day_is_no_second_day() -> None:
    header = header_of([["姓名", "身份证号", "目的城市", "出发日期", "出发时间"]])
    assert header.columns["named_date"] == 3
    assert header_of([["姓名", "身份证号", "目的城市", "出发时间"]]).columns["named_date"] == 3
    both = header_of([["姓名", "身份证号", "目的城市", "返岗日期", "出发时间"]])
    assert "named_date" not in both.columns  # two days, and nobody knows which one is meant


@pytest.mark.parametrize(
    ("columns", "used", "said"),
    [
        ({"发车时间": "8:00"}, None, "“发车时间”列写的不是日期，未采用"),
        ({"发车时间": "待定"}, None, "“发车时间”列写的不是日期，未采用"),
        ({"发车时间": time(8)}, None, "“发车时间”列写的不是日期，未采用"),
        ({"发车时间": "2月18日8:00"}, "发车时间", None),
        ({"发车时间": date(2021, 2, 18)}, "发车时间", None),
        ({"出发日期": "2月18日", "发车时间": "8:00"}, "出发日期", "“发车时间”列写的不是日期，未采用"),
        ({"出发日期": "2月18日", "出发时间": "上午"}, "出发日期", "“出发时间”列写的不是日期，未采用"),
        ({"返岗日期": "", "返岗时间": "2月18日"}, "返岗时间", None),
        ({"返岗日期": "2月18日", "返岗时间": ""}, "返岗日期", None),
        ({"返岗日期": "8:00", "返岗时间": "2月18日"}, "返岗时间", "“返岗日期”列写的不是日期，未采用"),
        ({"返岗日期": "", "返岗时间": "8:00"}, "返岗日期", "“返岗时间”列写的不是日期，未采用"),
        (
            {"返岗日期": "2月18日", "返岗时间": "2月20日"},
            None,
            "返岗日期(E)、返岗时间(F) 是同一项内容，都未采用",
        ),
    ],
)
def test_the_day_is_in_the_column_whose_cells_hold_days(
    columns: dict[str, object], used: str | None, said: str | None
) -> None:
    people = [[f"韦{i}", id_number("450225", date(1985, 6, 7), i), "13800000001", "东莞市"] for i in (1, 2)]
    lines: list[Line] = [
        ["姓名", "身份证号码", "联系电话", "务工城市", *columns],
        *([*person, *columns.values()] for person in people),
    ]
    outcome = read_sheet(table_of(lines), layouts(2021), Names({}), 2021)
    column = dict(outcome.report.columns).get("named_date")
    assert column == (used and "EF"[list(columns).index(used)])
    assert [fault.message.zh for fault in outcome.faults] == ([said] if said else [])
    assert outcome.report.accepted == len(people)


def test_one_hour_among_days_is_named_in_its_row() -> None:
    rows = [signup_row(i, 发车时间=day) for i, day in enumerate(["2月18日", "2月19日", "8:00"], 1)]
    for row in rows:
        del row["最早出发日期"], row["最晚出发日期"]
    outcome = read_sheet(table_of(lines_of(rows)), layouts(2021), Names({}), 2021)
    assert [fault.code for fault in outcome.faults] == ["date_unclear"]
