"""A receipt in the employer's own form: by name and ID number, its last digits or the phone."""

from datetime import date

import pytest

from returnplan.papers.filled_in import UnclearAnswer
from returnplan.papers.manifest.own_receipt import Seated, receipt_rows, said_of, who_it_is
from tests.specimens.coach import id_number
from tests.specimens.sheets import Line, table_of

ONE, OTHER = id_number("450225", date(1985, 6, 7), 1), id_number("450225", date(1990, 1, 2), 2)
RIDERS = {
    "韦家旺": [
        Seated(1, "0218-001", "韦家旺", "13800000001", ONE),
        Seated(2, "0218-001", "韦家旺", "13800000002", OTHER),
    ],
    "覃秀英": [Seated(3, "0218-002", "覃秀英", "13800000003", OTHER)],
}
HEADER: Line = ["序号", "姓名", "身份证后四位", "手机", "报到情况", "备注"]


def person(name: str, number: str, phone: str) -> int:
    (row,) = receipt_rows(table_of([["回执"], HEADER, [1, name, number, phone, "已报到"]])) or []
    return who_it_is(row, RIDERS).person


@pytest.mark.parametrize(
    ("name", "number", "phone", "found"),
    [
        ("韦家旺", ONE, "", 1),
        ("韦家旺", OTHER[-4:], "", 2),
        ("韦家旺", f"{OTHER[:6]}********{OTHER[-4:]}", "", 2),
        ("韦家旺", "", "13800000002", 2),
        ("覃秀英", "", "", 3),
    ],
)
def test_somebody_is_known_by_the_id_number_or_the_phone(
    name: str, number: str, phone: str, found: int
) -> None:
    assert person(name, number, phone) == found


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("韦家旺", "", "several_of_the_plan"),
        ("覃秀英", ONE, "nobody_of_the_plan"),
        ("某", ONE, "nobody_of_the_plan"),
    ],
)
def test_who_is_nobody_or_several_is_a_fault_of_the_name(name: str, number: str, code: str) -> None:
    with pytest.raises(UnclearAnswer) as unclear:
        person(name, number, "")
    assert (unclear.value.fault.code, unclear.value.fault.cell) == (code, "B3")


def test_a_namesake_with_another_phone_is_nobody() -> None:
    with pytest.raises(UnclearAnswer, match="nobody_of_the_plan"):
        person("覃秀英", "", "13900000000")


@pytest.mark.parametrize("words", ["仁宝电子", "下周一"])
def test_an_answer_that_is_none_is_asked_about(words: str) -> None:
    (row,) = receipt_rows(table_of([HEADER, [1, "覃秀英", "", "", words, ""]])) or []
    with pytest.raises(UnclearAnswer, match="not_yes_no"):
        said_of(row)


@pytest.mark.parametrize(
    ("answer", "note", "said"),
    [
        ("已报到", "", (True, "")),
        ("√", "夜班", (True, "")),
        ("否", "自己坐火车来", (False, "")),
        ("正常上班", "", (True, "")),
        ("已离职", "", (None, "已离职")),
        ("未报到", "", (False, "")),
        ("", "", (None, "")),
        ("换到仁宝电子", "2月17日", (None, "换到仁宝电子")),
    ],
)
def test_what_a_row_says(answer: str, note: str, said: tuple[bool | None, str]) -> None:
    (row,) = receipt_rows(table_of([HEADER, [1, "覃秀英", "", "", answer, note]])) or []
    assert said_of(row) == said


@pytest.mark.parametrize("header", [["姓名", "报到情况"], ["姓名", "身份证号", "电话"]])
def test_a_table_that_tells_nobody_apart_or_nothing_is_no_receipt(header: Line) -> None:
    assert receipt_rows(table_of([header, ["覃秀英", "到", ""]])) is None
