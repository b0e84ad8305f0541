"""A header of two lines, with groups over their parts, is told from a header of one line over its people."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.reading.headers import Header, find_header, header_faults, is_readable
from returnplan.reading.names import Names
from returnplan.reading.sheet import layouts
from returnplan.sheets.tables import MergedRange
from tests.specimens.sheets import Line, table_of

HOME, WORK = ("户籍地", "户籍所在地", "家庭住址"), ("务工地", "目的地", "务工地点")
HOME_PARTS = {"县": "county", "乡镇": "township", "村": None}
WORK_PARTS = {"省": "work_province", "市": "city", "企业名称": "employer"}
NEEDED = {"姓名": "name", "身份证号": "id_number", "联系电话": "phone"}
UNRELATED = {
    "序号": None,
    "性别": "sex",
    "民族": None,
    "是否党员": None,
    "鞋码（欧码）": None,
    "出行时间": "named_date",
    "同行人员": "companions",
    "是否脱贫户": "脱贫户",
    "是否为脱贫人口（含监测对象）": "脱贫户",
    "是否监测对象": "监测对象",
    "备注": "note",
}
PERSON = ["1", "韦家旺", "450225198506070012", "13800000000", "桥圩镇", "双石村", "浙江", "宁波"]


@dataclass
class Drawn:
    """A header of two lines as somebody draws it, and where its fields stand."""

    upper: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    fields: dict[str, int] = field(default_factory=dict)
    alone: list[int] = field(default_factory=list)
    wide: list[tuple[int, int]] = field(default_factory=list)

    def add(self, title: str, parts: dict[str, str | None]) -> None:
        """Add a group with its parts, or a header of its own that is called like its field."""
        first = len(self.upper)
        self.upper += [title] + [""] * (len(parts) - 1)
        self.lower += [] if title in parts else list(parts)
        if title in parts:
            self.lower.append("")
            self.alone.append(first)
        elif len(parts) > 1:
            self.wide.append((first, first + len(parts) - 1))
        self.fields |= {name: first + i for i, name in enumerate(parts.values()) if name}

    def merged(self, top: int) -> list[MergedRange]:
        """Return the merged cells: of groups over their columns, of other headers over both lines."""
        return [(top, i + 1, top + 1, i + 1) for i in self.alone] + [
            (top, first + 1, top, last + 1) for first, last in self.wide
        ]


@st.composite
def two_lines(draw: st.DrawFn) -> Drawn:
    home = draw(st.lists(st.sampled_from(list(HOME_PARTS)), min_size=1, unique=True))
    work = draw(st.lists(st.sampled_from(list(WORK_PARTS)), min_size=1, unique=True))
    work = [*work, *([] if "市" in work else ["市"])]
    others = draw(st.lists(st.sampled_from(list(UNRELATED)), unique_by=lambda one: UNRELATED[one] or one))
    blocks = [(one, {one: {**NEEDED, **UNRELATED}[one]}) for one in (*NEEDED, *others)]
    blocks.append((draw(st.sampled_from(HOME)), {part: HOME_PARTS[part] for part in home}))
    blocks.append((draw(st.sampled_from(WORK)), {part: WORK_PARTS[part] for part in work}))
    drawn = Drawn()
    for title, parts in draw(st.permutations(blocks)):
        drawn.add(title, parts)
    return drawn


def header_of(lines: Sequence[Line], merged: list[MergedRange] | None = None) -> Header:
    (header,) = find_header(table_of(lines, merged=merged or []), layouts(2027), Names({}))
    return header


def person_under(drawn: Drawn) -> list[str]:
    return [(PERSON * 4)[i] for i in range(len(drawn.upper))]


@given(two_lines(), st.sampled_from(["as drawn", "lost"]), st.integers(0, 2))
@settings(max_examples=300, deadline=None)
def test_groups_and_parts_are_read_whatever_stands_beside_them(
    drawn: Drawn, merges: str, num_titles: int
) -> None:
    titles: list[Line] = [["附件2"], ["返岗农民工需求表"]]
    lines = [*titles[:num_titles], drawn.upper, drawn.lower, person_under(drawn)]
    header = header_of(lines, drawn.merged(num_titles + 1) if merges == "as drawn" else [])
    assert is_readable(header)
    assert header.line == num_titles + 1
    assert header.columns == drawn.fields


ROW = st.tuples(
    st.sampled_from(["韦家旺", "李玉蓉", "王村", "市红", "县城"]),
    st.sampled_from(["", "450225198506070012", "忘带"]),
    st.sampled_from(["", "13800000000", "无"]),
    st.sampled_from(["", "东莞", "市", "广东省", "目的地"]),
    st.sampled_from(["", "桥圩镇", "村", "乡镇"]),
    st.sampled_from(["", "是", "脱贫户", "备注"]),
)


@given(st.lists(ROW, min_size=1, max_size=3), st.permutations(range(6)))
@settings(max_examples=200, deadline=None)
def test_somebody_below_a_header_is_no_part_of_it(rows: list[tuple[str, ...]], order: list[int]) -> None:
    labels = ["姓名", "身份证号", "联系电话", "务工地", "户籍地", "人员类别"]
    lines: list[Line] = [[line[i] for i in order] for line in (labels, *rows)]
    assert header_of(lines).line == 0


def test_a_blank_cell_below_a_header_says_nothing() -> None:
    """It meant a known column, and won against a header that is known by its question only."""
    lines = [["姓名", "身份证号", "务工地", "", "是否为脱贫人口（含监测对象）"], ["", "", "省", "市", ""]]
    assert header_of(lines).columns["脱贫户"] == 4


def test_three_lines() -> None:
    lines = [
        ["姓名", "基本信息", "", "务工信息", "", "", ""],
        ["", "身份证号", "电话", "务工地", "", "务工单位", ""],
        ["", "", "", "省", "市", "名称", "岗位"],
        ["韦家旺", "450225198506070012", "13800000000", "浙江", "宁波", "申洲针织", "普工"],
    ]
    header = header_of(lines)
    assert header.columns == {
        "name": 0,
        "id_number": 1,
        "phone": 2,
        "work_province": 3,
        "city": 4,
        "employer": 5,
        "post": 6,
    }
    assert header.lines == range(3)


def test_a_title_in_the_middle_of_its_columns_covers_those_before_it() -> None:
    lines = [["姓名", "身份证号", "", "务工地", ""], ["", "", "省", "市", "企业名称"]]
    assert header_of(lines).labels[2:] == ("务工地省", "务工地市", "务工地企业名称")


@pytest.mark.parametrize("group", ["紧急联系人", "家属信息", "务工单位"])
def test_the_name_and_phone_of_another_are_not_the_travellers(group: str) -> None:
    lines = [
        ["本人信息", "", "", group, "", "务工城市"],
        ["姓名", "身份证号", "联系电话", "姓名", "联系电话", ""],
        ["韦家旺", "450225198506070012", "13800000000", "韦母", "13800000001", "宁波"],
    ]
    header = header_of(lines)
    assert header.columns == {"name": 0, "id_number": 1, "phone": 2, "city": 5}
    assert [fault.code for fault in header_faults(table_of(lines), header)] == ["unknown_column"] * 2


def test_an_address_beside_the_city_is_named_and_the_city_is_used() -> None:
    lines = [["姓名", "身份证号", "务工地", "", ""], ["", "", "省", "市", "详细地址"]]
    header = header_of(lines)
    (fault,) = header_faults(table_of(lines), header)
    assert (header.columns["city"], fault.code, fault.severity) == (3, "column_twice", "warning")
    assert "只采用“务工地市”" in fault.message.zh


def test_two_columns_that_may_both_be_the_city_refuse_the_sheet() -> None:
    assert not is_readable(header_of([["姓名", "身份证号", "务工城市", "目的地"]]))


@pytest.mark.parametrize("title", [["小计", "2人"], ["桥头村", "2人"], ["", "小计", "2"]])
def test_a_header_printed_again_below_a_subtotal_is_no_second_line_of_one(title: list[str]) -> None:
    head: Line = ["序号", "姓名", "身份证号", "联系电话", "务工城市"]
    people: list[Line] = [["1", "韦一", "", "13800000001", "东莞"], ["2", "韦二", "", "13800000002", "东莞"]]
    (header,) = find_header(table_of([head, *people, title, head, *people]), layouts(2027), Names({}))
    assert (header.line, header.num_lines) == (0, 1)


@pytest.mark.parametrize(
    "filled_in",
    [
        ["乡镇：桥圩镇", "", "负责人：李四", ""],
        ["村：大村", "", "填表人：张三", ""],
        ["乡镇：桥圩镇", "", "联系人：张三", ""],
        ["乡镇：", "桥圩镇", "负责人：", "李四"],
        ["乡镇：", "", "负责人：", ""],
        ["乡镇：桥圩镇", "", "负责人（村干部）：____", ""],
        ["桥圩镇返岗人员名单", "", "负责人 李四", ""],
    ],
)
def test_a_line_that_is_filled_in_is_no_upper_line_of_a_header(filled_in: list[str]) -> None:
    header = header_of([filled_in, ["姓名", "身份证号码", "联系电话", "务工城市"]])
    assert header.columns == {"name": 0, "id_number": 1, "phone": 2, "city": 3}
    assert header.unknown == ()


def test_the_year_of_a_line_that_is_filled_in_makes_nothing_past() -> None:
    filled_in = ["填表时间：2026年12月", "", "返岗年份：2027年", ""]
    header = header_of([filled_in, ["姓名", "务工企业", "身份证号码", "务工城市"]])
    assert header.columns == {"name": 0, "employer": 1, "id_number": 2, "city": 3}


@pytest.mark.parametrize("first", ["第一部分：乘车人信息", "一：乘车人信息", "乘车人信息："])
def test_a_title_with_a_colon_is_a_group(first: str) -> None:
    header = header_of(
        [[first, "", "", "紧急联系人：", ""], ["姓名", "身份证号", "务工城市", "姓名", "电话"]]
    )
    assert header.columns == {"name": 0, "id_number": 1, "city": 2}


def test_the_phone_of_another_alone_is_not_the_travellers() -> None:
    header = header_of([["乘车人信息", "", "", "紧急联系人"], ["姓名", "身份证号", "务工城市", "联系电话"]])
    assert header.columns == {"name": 0, "id_number": 1, "city": 2}
