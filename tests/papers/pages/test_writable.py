"""Whatever a cell, a name or a page holds, a workbook comes of it that opens."""

import io
import math
import sys
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from returnplan.papers.pages import Cell, Column, Grid, Line, Page, render
from returnplan.papers.pages.page import Value
from returnplan.papers.pages.writable import writable

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
    assert list(writable([value])) == [written]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["returnplan.papers.pages.render"], "MOST_ROWS", 4)
    book = load_workbook(io.BytesIO(render([Page("未排", (Column("编号", 8, [1, 2, 3, 4, 5]),))])))
    assert book.sheetnames == ["未排", "未排(2)"]
    columns = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]
    assert columns == [["编号", 1, 2, 3], ["编号", 4, 5]]
