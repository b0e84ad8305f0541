"""Lines are high enough for their text, and no sheet of paper is begun for a few last lines."""

import io

import pytest
from openpyxl import load_workbook

from returnplan.papers.pages import Cell, Column, Line, Page, Printing, render, style
from returnplan.papers.pages.paper import heights_of, line_height_pt, num_sheets, row_heights_pt

WIDE = 167.0


def page(num_rows: int, **changes: object) -> Page:
    """Return rows of 20 points that fill the width of a landscape sheet, and 60 points of signatures."""
    columns = (Column("姓名", WIDE, [None] * num_rows),)
    return Page("名单", columns, bottom=(Line((), 60.0),), **{"row_height_pt": 20.0, **changes})  # type: ignore[arg-type]


def sheets_of(one: Page) -> int:
    return num_sheets(one, heights_of(one))


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
    assert sheets_of(page(num_rows)) == sheets


def test_a_list_for_the_screen_runs_on() -> None:
    assert sheets_of(page(29, row_height_pt=None)) == 0


def test_what_must_fit_one_sheet_does() -> None:
    assert sheets_of(page(200, printing=Printing(fits_one_sheet=True))) == 1


def test_the_workbook_says_so() -> None:
    sheet = load_workbook(io.BytesIO(render([page(29)])))["名单"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 1
    sheet = load_workbook(io.BytesIO(render([page(70)])))["名单"]
    assert sheet.page_setup.fitToHeight == 0


def test_long_text_makes_a_row_higher() -> None:
    columns = [Column("下车点", 10, ["虎门", "长安镇乌沙社区华强工业园东门"])]
    short, long = row_heights_pt(columns, 18)
    assert short == 18
    assert long >= 3 * style.CENTER.size * 1.2


def test_shrunk_text_keeps_the_height() -> None:
    columns = [Column("证号", 4, ["450803197501010003"], style.SHRINK)]
    assert row_heights_pt(columns, 18) == [18]


def test_a_joined_cell_uses_the_width_of_all_its_columns() -> None:
    text = "长安镇乌沙社区华强工业园东门"
    narrow = line_height_pt(Line((Cell(text),)), [10, 10, 10])
    joined = line_height_pt(Line((Cell(text, 3),)), [10, 10, 10])
    assert joined < narrow


def test_a_line_is_at_least_as_high_as_asked() -> None:
    assert line_height_pt(Line((Cell("a"),), least_pt=40), [10]) == 40
