"""Kinds and columns are recognised by headers; what is ambiguous is reported."""

from collections.abc import Sequence

import pytest

from returnplan.errors import UsageError
from returnplan.reading.header_faults import header_faults
from returnplan.reading.headers import Header, find_header, is_readable
from returnplan.reading.layout import header_names
from returnplan.reading.names import Names, normal
from returnplan.reading.sheet import layouts
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


def test_every_field_has_headers_and_every_header_a_field() -> None:
    for layout in layouts(2021):
        assert {field.name for field in layout.fields} == header_names()[layout.kind].keys() - {"_known"}


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
    assert header.columns == {"name": 0, "id_number": 1, "city": 3, "town": 4}
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
