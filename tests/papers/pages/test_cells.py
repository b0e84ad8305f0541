"""A value stands in its cell as it was given, for every program that reads the file."""

import io
from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from python_calamine import CalamineWorkbook

from returnplan.papers.pages import Column, Page, render
from returnplan.papers.pages.cells import Ends, frame, height, letters, number, place_of
from returnplan.papers.pages.page import Value


@given(st.integers(0, 16_383))
def test_columns_have_the_letters_of_excel(column: int) -> None:
    assert letters(column) == get_column_letter(column + 1)


@given(
    st.dates(date(1900, 1, 1), date(9999, 12, 31)) | st.datetimes(datetime(1900, 3, 1), datetime(9999, 1, 1))
)
@example(date(1900, 2, 28))
@example(date(1900, 3, 1))
@example(datetime(2021, 2, 18, 8, 30))
def test_a_day_is_the_number_that_excel_has_for_it(moment: date) -> None:
    whole = moment.replace(microsecond=0) if isinstance(moment, datetime) else moment
    assert float(number(whole)) == pytest.approx(to_excel(whole), abs=1e-9)


@given(st.integers(-(2**60), 2**60))
@example(0)
@example(2**53)
def test_equal_numbers_are_written_alike_whichever_came_first(whole: int) -> None:
    """Else a workbook's bytes would hang on the workbooks before it: what a cell holds is kept by its value."""
    same = float(whole)
    if same == whole:
        ends = Ends()
        assert ends[same] == ends[whole] == Ends()[whole] == Ends()[same]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9), min_size=1, max_size=8))
@example(["=1+1", '<a> & "b"', " vor und nach ", "甲\n乙", "450802199001011234", "13800000000"])
def test_what_is_written_is_read_back_by_two_readers(values: list[Value]) -> None:
    content = render([Page("名单", (Column("甲", 10, values),), row_height_pt=18)])
    column = load_workbook(io.BytesIO(content)).worksheets[0]["A"]
    assert [cell.value for cell in column[1:]] == values
    assert all(cell.data_type == ("s" if isinstance(cell.value, str) else "n") for cell in column)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == values


def test_a_text_that_excel_would_take_for_a_letter_s_number_stays_a_text() -> None:
    assert "_x005F_x0041_" in Ends()["_x0041_"]


@pytest.mark.parametrize("blank", [None, "", "\x00", float("nan")])
def test_nothing_makes_a_blank_cell(blank: Value) -> None:
    assert Ends()[blank] == "/>"


def test_a_row_holds_its_cells_and_says_which_are_one() -> None:
    own = frame(((1, 3), (2, 4)))
    row = own.row(6, (height(21), Ends()[5], Ends()["甲"]))
    assert row == (
        '<row r="7" ht="21" customHeight="1"><c r="A7" s="3"><v>5</v></c>'
        '<c r="B7" s="4" t="inlineStr"><is><t>甲</t></is></c><c r="C7" s="4"/></row>'
    )
    assert own.joined(6) == ['<mergeCell ref="B7:C7"/>']


def test_a_block_is_named_by_its_corners() -> None:
    assert (place_of(0, 0, 1, 26), place_of(0, 0, 1, 26, "$")) == ("A1:AA2", "$A$1:$AA$2")
