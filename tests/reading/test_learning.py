"""Headers that match nothing: what they most likely mean, by their words and by their values."""

from datetime import date

from returnplan.reading.learning import HeaderMeaning, field_names, header_meanings
from returnplan.reading.names import Names
from returnplan.reading.sheet import layouts
from tests.specimens.coach import id_number
from tests.specimens.sheets import Line, table_of

NUMBER = id_number("450225", date(1985, 6, 7), 1)


def meanings(*lines: Line) -> dict[str, HeaderMeaning]:
    return {one.label: one for one in header_meanings(table_of(lines), layouts(2021), Names({}))}


def test_what_is_understood_and_what_is_not() -> None:
    found = meanings(
        ["序号", "姓名", "身份证号", "务工城市", "联系电话", "手机号", "鞋码"],
        [1.0, "韦一", NUMBER, "东莞", "", "", "42"],
    )
    assert {label: one.field for label, one in found.items()} == {
        "序号": "_known",
        "姓名": "name",
        "身份证号": "id_number",
        "务工城市": "city",
        "联系电话": "phone",
        "手机号": "phone",
        "鞋码": None,
    }
    assert [label for label, one in found.items() if one.is_twice] == ["联系电话", "手机号"]
    assert (found["鞋码"].letters, found["鞋码"].samples, found["鞋码"].likely) == ("G", ("42",), ())


def test_values_tell_what_a_header_means() -> None:
    found = meanings(["师傅", "证", "去向", "呼叫"], ["韦一", NUMBER, "东莞", "13800138001"])
    assert found["证"].likely[0] == "id_number"
    assert found["呼叫"].likely[0] == "phone"


def test_words_tell_what_a_header_means() -> None:
    found = meanings(["姓名", "身份证号", "务工城市名", "上车的地方点"], ["韦一", NUMBER, "东莞", ""])
    assert found["务工城市名"].likely[0] == "city"
    assert found["上车的地方点"].likely[0] == "pickup"


def test_what_another_column_tells_is_not_offered() -> None:
    found = meanings(["姓名", "身份证号", "务工城市", "务工城市名"], ["韦一", NUMBER, "东莞", "东莞"])
    assert "city" not in found["务工城市名"].likely


def test_an_empty_sheet_has_no_headers() -> None:
    assert meanings() == {}


def test_fields_have_a_chinese_and_an_english_name() -> None:
    assert field_names("signups")["phone"][0] == "联系电话"
    assert field_names("fleet")["seats"] == ("乘客座位数", "capacity")
