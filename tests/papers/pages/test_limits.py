"""Names and values become what Excel, Windows and Linux take; whatever they hold, a workbook comes of it that opens."""

import io
import math
import sys
from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from returnplan.model.texts import num_units
from returnplan.papers.pages import (
    Cell,
    Column,
    Grid,
    Line,
    Page,
    file_stem,
    file_stems,
    render,
    sheet_names,
    style,
)
from returnplan.papers.pages.limits import writable
from returnplan.papers.pages.page import Value

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=300)
"""All of Unicode: halves of letters (bytes that are no UTF-8), control marks, letters of four bytes."""


@given(ANY_TEXT.filter(lambda name: "/" not in name and "\0" not in name))
@settings(max_examples=50, deadline=None)
@example("退回-\x1c")
def test_a_workbook_with_a_link_to_any_file_opens(name: str) -> None:
    column = Column("文件", 20, [name], style.LINK, links=[f"退回/{name}.xlsx"])
    book = load_workbook(io.BytesIO(render([Page("页", (column,), row_height_pt=18)])))
    assert book.worksheets[0]["A2"].hyperlink is not None


@given(st.lists(ANY_TEXT, max_size=12))
def test_sheet_names_are_legal_and_different(wishes: list[str]) -> None:
    names = sheet_names(wishes)
    assert len({name.casefold() for name in names}) == len(wishes)
    for name in names:
        assert 1 <= num_units(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name == name.strip("'")
        assert name.casefold() != "history"
        name.encode()


def test_a_good_name_stays() -> None:
    assert sheet_names(["签收单 永信家具"]) == ["签收单 永信家具"]


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("History", "History_"),
        ("'甲'", "甲"),
        ("a" * 30 + "'b", "a" * 30),
        ("😀" * 20, "😀" * 15),
        ("甲\x01\ufffe\ud800\u202e乙", "甲乙"),
        ("[甲]", "甲"),
        ("", "-"),
    ],
)
def test_sheet_names_that_excel_refuses_are_made_legal(wish: str, name: str) -> None:
    assert sheet_names([wish]) == [name]


@given(ANY_TEXT, st.sampled_from(["", "-3号车-第1版"]))
def test_file_stems_are_legal(wish: str, ending: str) -> None:
    stem = file_stem(wish, ending)
    assert 1 <= len(stem.encode()) <= 201
    assert not set('<>:"/\\|?*') & set(stem)
    assert stem == stem.strip(" .")
    assert stem.endswith(ending)


@pytest.mark.parametrize("device", ["CON", "nul", "com1", "LPT9", "aux.2021", "COM¹", "NUL .x"])
def test_names_of_devices_are_no_file_names(device: str) -> None:
    assert file_stem(device) == f"_{device}"
    assert file_stem(f"县{device}") == f"县{device}"


def test_what_stands_at_the_end_stays_however_long_the_beginning_is() -> None:
    assert file_stem("😀" * 80, "-3号车-第1版").endswith("😀-3号车-第1版")


def test_receivers_whose_names_differ_in_what_no_file_name_may_hold_get_a_file_each() -> None:
    assert file_stems(["甲/乙", "甲_乙", "A", "a"]) == ["甲_乙", "甲_乙(2)", "A", "a(2)"]


def test_long_receivers_that_begin_alike_get_a_file_each() -> None:
    first, second = file_stems(["😀" * 80 + "甲", "😀" * 80 + "乙"])
    assert first != second
    assert max(len(stem.encode()) for stem in (first, second)) <= 200


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=50),
    st.floats(),
    st.booleans(),
    st.integers(),
    st.dates(),
    st.datetimes(),
    st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=6), st.text(st.characters(exclude_categories=[]), max_size=40))
def test_any_values_under_any_name_make_a_workbook_that_opens(values: list[Value], name: str) -> None:
    line = Line(tuple(Cell(value) for value in values))
    table = Column("甲", 10, values)
    pages: list[Page | Grid] = [
        Page(name, (table,), top=(line,), row_height_pt=18),
        Page(name, (table,)),
        Grid(name, [10] * len(values), [values]),
    ]
    assert len(load_workbook(io.BytesIO(render(pages))).worksheets) == 3


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("甲\x00\x0b\ufffe\ud800乙\n丙", "甲乙\n丙"),
        ("字" * 40_000, "字" * 32_766 + "…"),
        ("😀" * 20_000, "😀" * 16_383 + "…"),
        (math.nan, None),
        (-math.inf, None),
        (date(1850, 1, 2), "1850-01-02"),
        (datetime(2021, 2, 18, 8), datetime(2021, 2, 18, 8)),
        (datetime(2021, 2, 18, 8, 0, 59, 999_001), datetime(2021, 2, 18, 8, 0, 59)),
        ("=1+1", "=1+1"),
    ],
)
def test_a_value_is_as_near_to_itself_as_a_cell_takes_it(value: Value, written: Value) -> None:
    assert writable(value) == written


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["returnplan.papers.pages.render"], "MOST_ROWS", 4)
    book = load_workbook(io.BytesIO(render([Page("未排", (Column("编号", 8, [1, 2, 3, 4, 5]),))])))
    assert book.sheetnames == ["未排", "未排(2)"]
    columns = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]
    assert columns == [["编号", 1, 2, 3], ["编号", 4, 5]]
