"""Columns that say who stays, and who has left already."""

import pytest

from returnplan.reading.headers import find_header
from returnplan.reading.names import Names
from returnplan.reading.parsed import parse_sheet
from returnplan.reading.sheet import layouts
from returnplan.reading.signups import SignUps, read_signups
from tests.specimens.sheets import lines_of, signup_row, table_of


def asked(header: str, *words: str, **others: str) -> SignUps:
    """Return the sign-ups of people with these words under a header."""
    rows = [{**signup_row(i), **others, header: word} for i, word in enumerate(words, 1)]
    table = table_of(lines_of(rows))
    (found,) = find_header(table, layouts(2021), Names({}))
    return read_signups(parse_sheet(table, found), 2021)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("是否返岗", ("是", "否")),
        ("返岗意愿", ("返岗", "不返岗")),
        ("节后是否外出务工", ("外出", "不外出")),
        ("有无返岗意愿", ("有", "无")),
        ("是否愿意返岗", ("愿意", "不愿意")),
    ],
)
def test_who_stays_gets_no_seat(header: str, words: tuple[str, str]) -> None:
    sheet = asked(header, *words, "")
    assert sheet.frame["cancelled"].tolist() == [False, True, False]
    assert [(fault.code, fault.value) for fault in sheet.faults] == [("says_stays", words[1])]


@pytest.mark.parametrize(
    ("header", "words"),
    [("是否已返岗", ("否", "是")), ("务工状态", ("未返岗", "已返岗")), ("返岗状态", ("在家", "已外出"))],
)
def test_who_has_left_gets_no_seat(header: str, words: tuple[str, str]) -> None:
    sheet = asked(header, *words, "")
    assert sheet.frame["rides"].tolist() == [True, False, True]
    assert [(fault.code, fault.value) for fault in sheet.faults] == [("says_left", words[1])]


def test_other_words_keep_the_seat_and_are_named() -> None:
    sheet = asked("务工状态", "在外务工")
    assert (sheet.frame["rides"].tolist(), sheet.frame["cancelled"].tolist()) == ([True], [False])
    assert [(fault.code, fault.severity) for fault in sheet.faults] == [("not_yes_no", "warning")]


@pytest.mark.parametrize(("header", "word"), [("是否返岗", "否"), ("是否已返岗", "是")])
def test_against_the_column_of_the_seat_it_is_only_said(header: str, word: str) -> None:
    sheet = asked(header, word, 是否乘坐返岗专车="是")
    assert (sheet.frame["rides"].tolist(), sheet.frame["cancelled"].tolist()) == ([True], [False])
    assert [fault.code for fault in sheet.faults] == ["travel_unclear"]


def test_who_asked_for_no_seat_is_not_named_again() -> None:
    assert asked("是否返岗", "否", 是否乘坐返岗专车="否").faults == ()
