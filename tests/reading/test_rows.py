"""Data lines among blanks, totals, footers and repeated headers."""

from collections.abc import Sequence

import pytest

from returnplan.reading.headers import find_header
from returnplan.reading.names import Names
from returnplan.reading.rows import data_lines, filled_down, footers_with_words, lost_words
from returnplan.reading.sheet import layouts
from returnplan.reading.text_beside import text_beside
from tests.specimens.sheets import Line, table_of

HEADER = ["序号", "姓名", "身份证号码", "务工城市"]


def found(lines: Sequence[Line]) -> list[int]:
    table = table_of([HEADER, *lines])
    (header,) = find_header(table, layouts(2021), Names({}))
    return list(map(int, data_lines(table, header)))


def test_numbered_but_empty_lines_are_blank() -> None:
    assert found(
        [[1.0, "韦一", "", "东莞"], [2.0, "", "", ""], ["", " ", "", ""], [3.0, "", "4502", ""]]
    ) == [1, 4]


def test_the_zeros_of_formulas_about_blank_cells_are_nobody() -> None:
    """A roster to be printed draws each cell from the sheet that is filled in."""
    assert found(
        [[1.0, "韦一", "", "东莞"], [0.0, 0.0, 0.0, 0.0], [0, "0", "", 0], [2.0, "韦二", 0.0, 0.0]]
    ) == [
        1,
        4,
    ]


@pytest.mark.parametrize(
    "line",
    [
        ["合计", "35人", "", ""],
        ["合 计：", "", "", "35"],
        ["", "总计", "35", ""],
        [36.0, "小计", "", ""],
        ["填表人：韦一", "", "审核人：", ""],
        ["", "填表人", "韦一", ""],
        ["填报单位（盖章）", "", "", "2021年2月"],
        ["", "负责人签字：", "", ""],
        ["联系电话：0772-5123456", "", "", ""],
        ["注：请于18:00前上报", "", "", ""],
        ["", "说明1：随行儿童另列", "", ""],
        ["", "Total:", "35", ""],
        HEADER,
        ["以下空白", "", "", ""],
        ["", "以下为空", "", ""],
        ["---以下空白---", "", "", ""],
        ["此表一式两份", "", "", ""],
        ["男8人，女4人", "", "", ""],
        ["经核实，以上人员信息属实", "", "", ""],
        ["村委会（盖章）", "", "", ""],
        ["2021年2月1日", "", "", ""],
        ["第1页 共2页", "", "", ""],
        ["统计时间：2021年2月", "", "", ""],
        ["打印时间 2021-02-01", "", "", ""],
        ["填表日期", "", "2021-02-01", ""],
        ["", "", "合计12人", ""],
        ["共12人", "", "", ""],
        ["总人数：12", "", "", ""],
        ["以上共计12人", "", "", ""],
        ["本页合计", "", "12", ""],
        ["累计", "", "12", ""],
        ["村负责人签字：", "", "", "分管领导："],
        ["", "【以下空白】", "", ""],
        ["", "（此页无正文）", "", ""],
        ["", "单位盖章：", "", ""],
        ["", "村（社区）负责人签字：", "", ""],
        ["", "核实人：韦一", "", ""],
        ["", "二〇二一年二月一日", "", ""],
        ["", "核实无误", "", ""],
        ["", "12人", "", ""],
        ["", "第一页", "", ""],
        ["", "★请务必核对", "", ""],
    ],
)
def test_lines_that_are_no_data(line: Line) -> None:
    assert found([[1.0, "韦一", "4502", "东莞"], line]) == [1]


@pytest.mark.parametrize(
    "line",
    [["", "如：韦一", "（18位）", "必填"], ["", "(与身份证一致)", "", ""], ["示例", "韦一", "4502", "东莞"]],
)
def test_a_line_that_explains_the_columns(line: Line) -> None:
    assert found([line, [1.0, "韦一", "4502", "东莞"]]) == [2]


@pytest.mark.parametrize("name", ["合计", "以下空白", "共12人", "经核实", "本页小计", "填表人"])
def test_a_row_with_an_id_number_is_somebody(name: str) -> None:
    assert found([[1.0, name, "450225198506070013", "东莞"]]) == [1]


@pytest.mark.parametrize(
    "name", ["韦合计", "注明", "单小计", "Sum Lee", "Total Wang", "例思敏", "经国强", "以下", "共青"]
)
def test_people_whose_names_look_like_it(name: str) -> None:
    assert found([[1.0, name, "4502", "东莞"]]) == [1]


@pytest.mark.parametrize(
    "line",
    [
        ["2021-02-10", "韦一", "4502", ""],
        ["已审核", "", "4502", "东莞"],
        ["49人", "韦一", "", ""],
        ["", "★韦一", "4502", ""],
        ["", "组长：韦一", "4502", "东莞"],
        ["小计村", "韦一", "", "东莞"],
        ["第1页", "韦一", "4.50225E+17", ""],
    ],
)
def test_a_row_of_data_may_begin_like_a_footer(line: Line) -> None:
    assert found([line]) == [1]


def test_a_place_may_be_called_like_an_example() -> None:
    table = table_of([["地点", "纬度", "经度"], ["示范农场", 23.4, 110.0], ["例：镇政府", 23.4, 110.0]])
    (header,) = find_header(table, layouts(2021), Names({}))
    assert data_lines(table, header).tolist() == [1]


@pytest.mark.parametrize(
    "lines",
    [
        [["车型", "座位数", "包车费", "每公里运价"], ["49人", "49", "3000", "6"]],
        [["日期", "车型", "座位数", "包车费", "每公里运价"], ["2027-02-21", "大巴", "49", "3000", "6"]],
        [["企业名称", "所在市", "岗位", "需求人数"], ["★东莞富海", "东莞市", "普工", "40"]],
        [["审核状态", "企业名称", "所在市", "岗位", "需求人数"], ["已审核", "甲厂", "东莞市", "普工", "40"]],
        [["企业名称", "所在市", "岗位", "需求人数"], ["单位：丁厂", "东莞市", "普工", "40"]],
    ],
)
def test_a_row_of_a_small_sheet_may_begin_like_a_footer(lines: list[Line]) -> None:
    table = table_of([*lines, ["合计", "", "", "", "40"], ["填表人：韦一", "", "审核人：韦二"]])
    (header,) = find_header(table, layouts(2027), Names({}))
    assert data_lines(table, header).tolist() == [1]


@pytest.mark.parametrize(
    "lines",
    [
        [["车型", "座位数", "包车费"], ["大巴", "49", "3000"], ["联系人：王五", "13800000000", ""]],
        [["车型", "座位数", "包车费"], ["大巴", "49", "3000"], ["负责人：王五", "平安客运公司", ""]],
        [["车型", "座位数", "包车费"], ["大巴", "49", "3000"], ["备注：", "司机食宿自理", ""]],
        [["车型", "座位数", "包车费"], ["大巴", "49", "3000"], ["注：含税", "", "按趟"]],
        [["序号", "车型", "座位数", "包车费"], ["1", "大巴", "49", "3000"], ["合计", "大巴", "49", "3000"]],
        [["车次", "日期", "站名"], ["K1", "2月18日", "柳州"], ["联系人：王五", "", "柳州车务段"]],
        [["车次", "日期", "站名"], ["K1", "2月18日", "柳州"], ["2027年1月5日", "", "柳州车务段"]],
        [["企业名称", "所在市", "岗位"], ["甲厂", "东莞市", "普工"], ["联系人：李四", "", "普工"]],
        [["乡镇", "上车点"], ["大浪镇", "镇政府"], ["负责人：李四", "13800000000"]],
    ],
)
def test_footers_of_small_sheets_are_no_rows_whatever_stands_beside(lines: list[Line]) -> None:
    table = table_of(lines)
    (header,) = find_header(table, layouts(2027), Names({}))
    assert data_lines(table, header).tolist() == [1]


@pytest.mark.parametrize(
    "line",
    [
        ["填表人：王五", "", "", "", "电话：13812345678", "融水县人民政府"],
        ["负责人：王五", "", "融水县大浪镇人民政府", "", "", "2027年2月1日"],
        ["填表人：王五", "大浪镇人民政府", "", "东莞市", "", "融水县"],
        ["村支书：李四", "李四", "", "", "", "融水县"],
        ["小计", "大浪村", "", "东莞市", "", ""],
        ["小计", "韦一", "", "东莞市", "", ""],
        ["合计", "3人", "男2女1", "东莞市", "", "融水县"],
        ["3人", "大浪村", "", "", "", "融水县"],
    ],
)
def test_a_footer_of_a_list_of_people_is_nobody(line: Line) -> None:
    columns = [*HEADER, "联系电话", "户籍县"]
    table = table_of([columns, [1.0, "韦一", "4502", "东莞", "", ""], line])
    (header,) = find_header(table, layouts(2027), Names({}))
    assert data_lines(table, header).tolist() == [1]


def test_a_sum_left_of_the_list_is_not_told() -> None:
    table = table_of([HEADER, [1.0, "韦一", "4502", "东莞"], ["小计", "大浪村", "", "东莞"]])
    (header,) = find_header(table, layouts(2021), Names({}))
    assert footers_with_words(table, header, data_lines(table, header)) == []


def test_what_is_dropped_though_it_has_words_is_told() -> None:
    person: Line = [1.0, "韦一", "4502", "东莞"]
    table = table_of([HEADER, person, ["", "小计", "身份证丢失", "东莞"], ["", "小计", "", "2"]])
    (header,) = find_header(table, layouts(2021), Names({}))
    lines = data_lines(table, header)
    assert lines.tolist() == [1]
    assert footers_with_words(table, header, lines) == [(2, 1)]
    (fault,) = text_beside(table, header, lines).faults
    assert (fault.code, fault.cell, fault.severity) == ("taken_for_footer", "B3", "warning")


def test_a_name_where_nothing_is_read_is_found() -> None:
    lines: list[Line] = [
        HEADER,
        [1.0, "韦一", "4502", "东莞"],
        ["韦二", "", "", ""],
        [3.0, "", "", ""],
        ["以下空白", "", "", ""],
    ]
    table = table_of(lines)
    (header,) = find_header(table, layouts(2021), Names({}))
    assert lost_words(table, header) == [(2, 0)]


def test_a_cell_merged_over_lines_counts_for_each() -> None:
    table = table_of(
        [HEADER, ["", "韦一", "", "东莞"], ["", "韦二", "", ""], ["", "韦三", "", "深圳"]],
        merged=[(2, 4, 3, 4)],
    )
    column = filled_down(table, 3)
    assert [column[row] for row in range(4)] == ["务工城市", "东莞", "东莞", "深圳"]


@pytest.mark.parametrize(
    "line",
    [
        ["", "例：张三", "450225198506070013", "东莞"],
        ["", "示例张三", "450225198506070013", "东莞"],
        ["", "（例）张三", "450225198506070013", "东莞"],
        ["", "张三(样例)", "450225198506070013", "东莞"],
        ["", "如：张三", "450225198506070013", "东莞"],
        ["", "填写示例：张三", "450225198506070013", "东莞"],
        ["示例", "张三", "450225198506070013", "东莞"],
        ["（样例）", "张三", "450225198506070013", "东莞"],
        ["", "Example: Wei", "450225198506070013", "东莞"],
    ],
)
def test_an_example_is_nobody_though_it_has_an_id_number(line: Line) -> None:
    person = [1.0, "韦一", "450225198506070013", "东莞"]
    assert found([line, person]) == [2]
    assert found([person, line]) == [1]


@pytest.mark.parametrize("name", ["例思敏", "例宏", "范例明", "如海"])
def test_names_that_begin_like_an_example(name: str) -> None:
    assert found([[1.0, name, "450225198506070013", "东莞"]]) == [1]


def test_lines_that_are_drawn_and_hints_of_every_column_are_no_data() -> None:
    hints = ["", "必填", "18位", "下拉选择"]
    person = [1.0, "韦一", "4502", "东莞"]
    assert found([hints, person, ["", "------", "", ""], ["", "====", "====", "===="], ["", "——————"]]) == [2]
    assert found([["------", "韦一", "", ""], ["", "------", "", "东莞"]]) == [1, 2]


@pytest.mark.parametrize("words", ["人数合计", "报名人数：12", "报名合计"])
def test_totals_of_people(words: str) -> None:
    assert found([[1.0, "韦一", "4502", "东莞"], ["", words, "12", ""]]) == [1]
