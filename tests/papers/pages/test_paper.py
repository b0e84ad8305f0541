"""No sheet of paper is begun for a few last lines."""

import io

import pytest
from openpyxl import load_workbook

from returnplan.papers.pages import Column, Line, Page, Printing, render
from returnplan.papers.pages.paper import num_sheets

WIDE = 167.0


def page(num_rows: int, **changes: object) -> Page:
    """Return rows of 20 points that fill the width of a landscape sheet, and 60 points of signatures."""
    columns = (Column("姓名", WIDE, [None] * num_rows),)
    return Page("名单", columns, bottom=(Line((), 60.0),), **{"row_height_pt": 20.0, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("num_rows", "sheets"),
    [(20, 0), (25, 1), (29, 1), (32, 0), (45, 0), (55, 2), (65, 2), (70, 0)],
    ids=[
        "not full",
        "full",
        "a little over",
        "a quarter over",
        "more",
        "two",
        "a fifth over",
        "a quarter over two",
    ],
)
def test_signatures_stand_below_the_names(num_rows: int, sheets: int) -> None:
    assert num_sheets(page(num_rows)) == sheets


def test_a_list_for_the_screen_runs_on() -> None:
    assert num_sheets(page(29, row_height_pt=None)) == 0


def test_what_must_fit_one_sheet_does() -> None:
    assert num_sheets(page(200, printing=Printing(fits_one_sheet=True))) == 1


def test_the_workbook_says_so() -> None:
    sheet = load_workbook(io.BytesIO(render([page(29)])))["名单"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight is None  # the default of the file format: one
    sheet = load_workbook(io.BytesIO(render([page(70)])))["名单"]
    assert sheet.page_setup.fitToHeight == 0
