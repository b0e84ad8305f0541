"""A workbook opens as it was meant: its cells and their looks, what is joined, checked, linked, printed and drawn."""

import io
import re
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from returnplan.papers.pages import (
    Cell,
    Chart,
    Choice,
    Column,
    Grid,
    Length,
    Line,
    Page,
    Printing,
    Since,
    render,
    style,
)

NAMES = ["韦一", "韦二", "韦三"]
LIST = Page(
    "名单",
    (
        Column("姓名", 10, NAMES, style.CENTER, Length(2)),
        Column("性别", 5, ["男", None, "女"], style.SHRINK, Choice(("男", "女"))),
        Column(
            "城市", 12.5, ["东莞", "深圳", "东莞"], style.LINK, Choice(('"东"莞', "深圳"), is_strict=False)
        ),
        Column("日期", 12, [date(2021, 2, day) for day in (18, 19, 20)], style.DAY, Since(date(2020, 1, 1))),
    ),
    top=(Line((Cell("随车名单", 3, style.TITLE), Cell(7, 1, style.LABEL)), 30),),
    bottom=(Line((Cell("签字", 4, style.REMARK),)),),
    row_height_pt=20,
    filterable=True,
    printing=Printing(False, title="1号车 & 2号车", left="局", num_columns=3),
)
"""A page with all that a page can have but charts and links."""


def opened(*pages: Page | Grid) -> Workbook:
    return load_workbook(io.BytesIO(render(pages)))


@pytest.fixture(scope="module")
def sheet() -> Worksheet:
    made = opened(LIST).worksheets[0]
    assert isinstance(made, Worksheet)
    return made


def test_lines_header_rows_and_lines_stand_below_each_other(sheet: Worksheet) -> None:
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["随车名单", None, None, 7],
        ["姓名", "性别", "城市", "日期"],
        ["韦一", "男", "东莞", datetime(2021, 2, 18)],
        ["韦二", None, "深圳", datetime(2021, 2, 19)],
        ["韦三", "女", "东莞", datetime(2021, 2, 20)],
        ["签字", None, None, None],
    ]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:C1", "A6:D6"]


def test_cells_look_as_their_style_says(sheet: Worksheet) -> None:
    title, header, shrunk, day = sheet["A1"], sheet["A2"], sheet["B4"], sheet["D3"]
    assert (title.font.name, title.font.sz, title.font.b, title.alignment.horizontal) == (
        "宋体",
        18,
        True,
        "center",
    )
    assert (title.border.left.style, header.border.left.style) == (None, "thin")
    assert (header.fill.fgColor.rgb, sheet["C3"].font.color.rgb) == ("FFDCE6F1", "FF0563C1")
    assert (shrunk.alignment.shrink_to_fit, shrunk.alignment.wrap_text, header.alignment.wrap_text) == (
        True,
        None,
        True,
    )
    assert (day.number_format, sheet["C3"].alignment.indent) == ("yyyy-mm-dd", 1)


def test_rows_and_columns_are_as_large_as_they_should_be(sheet: Worksheet) -> None:
    assert [sheet.row_dimensions[row].height for row in (1, 3)] == [30.28, 20]  # 18 points at 1.46, and 4
    # Excel stores a width with the 5 dots beside the characters, of 7 dots each
    assert [sheet.column_dimensions[letter].width for letter in "AC"] == pytest.approx(
        [75 / 7, 92 / 7], abs=1 / 256
    )


def test_what_is_typed_is_checked(sheet: Worksheet) -> None:
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert set(checks) == {"A3:A5", "B3:B5", "C3:C5", "D3:D5"}
    assert (checks["A3:A5"].type, checks["A3:A5"].formula1) == ("textLength", "2")
    assert (checks["B3:B5"].formula1, checks["B3:B5"].errorStyle) == ('"男,女"', None)
    assert (checks["C3:C5"].formula1, checks["C3:C5"].errorStyle) == ('"""东""莞,深圳"', "warning")
    assert (checks["D3:D5"].operator, checks["D3:D5"].formula1) == ("greaterThanOrEqual", "43831")


def test_it_is_frozen_filtered_and_printed(sheet: Worksheet) -> None:
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:D5")
    assert (sheet.print_title_rows, sheet.print_area) == ("$2:$2", "'名单'!$A$1:$C$6")
    assert (sheet.page_setup.orientation, sheet.oddHeader.center.text) == ("portrait", "&B1号车 && 2号车")
    assert (sheet.oddFooter.left.text, sheet.oddFooter.center.text) == ("局", "&P / &N")


def test_what_is_filtered_is_a_name_that_nobody_sees() -> None:
    with zipfile.ZipFile(io.BytesIO(render([LIST]))) as book:
        names = re.findall(
            r'<definedName name="([\w.]+)" localSheetId="0"( hidden="1")?>',
            book.read("xl/workbook.xml").decode(),
        )
    assert names == [
        ("_xlnm._FilterDatabase", ' hidden="1"'),
        ("_xlnm.Print_Area", ""),
        ("_xlnm.Print_Titles", ""),
    ]


def test_signs_that_no_file_may_hold_are_left_out_at_the_foot() -> None:
    sheet = opened(replace(LIST, printing=Printing(title="1\x01号车", left="局\x02"))).worksheets[0]
    assert (sheet.oddHeader.center.text, sheet.oddFooter.left.text) == ("&B1号车", "局")


def test_a_hidden_sheet_is_hidden_and_the_first_is_shown() -> None:
    book = opened(LIST, replace(LIST, name="隐", hidden=True))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden"]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book.worksheets] == [True, False]


def test_a_link_shows_its_word_and_leads_to_its_file() -> None:
    column = Column("文件", 20, ["一.xlsx", "二"], style.LINK, links=["退回/一 #1.xlsx", ""])
    sheet = opened(Page("页", (column,), row_height_pt=18)).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].hyperlink.target) == ("一.xlsx", "退回/一%20%231.xlsx")
    assert sheet["A3"].hyperlink is None


def test_a_grid_stands_where_it_stood() -> None:
    grid = Grid(
        "原表",
        [10, 20],
        [["标题", None], ["甲", 1], [None, date(2021, 2, 3)], [None, datetime(2021, 2, 3, 4, 5)]],
        {(1, 0): style.WRONG, (2, 0): style.DOUBTFUL},
        [(0, 0, 0, 1)],
        1,
    )
    sheet = opened(grid).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][:2] == [["标题", None], ["甲", 1]]
    assert [str(joined) for joined in sheet.merged_cells.ranges] == ["A1:B1"]
    assert (sheet["A2"].fill.fgColor.rgb, sheet["A3"].fill.fgColor.rgb) == ("FFFFC7CE", "FFFFEB9C")
    assert (sheet["A1"].number_format, sheet["B3"].number_format) == ("@", "yyyy-mm-dd")
    assert (sheet["B4"].number_format, sheet.freeze_panes) == ("yyyy-mm-dd hh:mm", "A2")


def test_a_chart_shows_its_rows_without_the_totals() -> None:
    columns = (Column("城市", 10, ["东莞", "深圳", "合计"]), Column("人数", 8, [3, 4, 7]))
    chart = Chart("各城市<人数>", "城市", "人数", value_format="0", num_totals=1)
    sheet = opened(Page("城市's", columns, row_height_pt=18, charts=(chart, chart))).worksheets[0]
    assert len(sheet._charts) == 2
    series = sheet._charts[0].series[0]
    assert (series.cat.strRef.f, series.val.numRef.f) == ("'城市''s'!$A$2:$A$3", "'城市''s'!$B$2:$B$3")
    assert sheet._charts[0].title.tx.rich.p[0].r[0].t == "各城市<人数>"
    assert [one.anchor._from.row for one in sheet._charts] == [5, 20]
    assert sheet._charts[0].anchor.to.col == 2


def test_an_empty_table_has_no_chart() -> None:
    columns = (Column("城市", 10, []), Column("人数", 8, []))
    sheet = opened(Page("城市", columns, row_height_pt=18, charts=(Chart("图", "城市", "人数"),))).worksheets[
        0
    ]
    assert sheet._charts == []


def test_a_long_table_is_the_same_however_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = (
        Column("编号", 8, list(range(9)), style.INTEGER),
        Column("姓名", 8, list("甲乙丙丁戊己庚辛壬")),
    )
    page = Page("人员", columns, filterable=True)
    whole = opened(page).worksheets[0]
    for name, value in (("_ROWS_AT_ONCE", 2), ("_MOST_ENDS", 3)):
        monkeypatch.setattr(sys.modules["returnplan.papers.pages.sheet"], name, value)
    cut = opened(page).worksheets[0]
    assert (
        list(cut.values)
        == list(whole.values)
        == [("编号", "姓名"), *zip(range(9), "甲乙丙丁戊己庚辛壬", strict=True)]
    )
    assert whole["A5"].number_format == "0"
    assert whole.column_dimensions["A"].style  # new rows look like the others


def test_a_long_table_holds_no_blank_cells() -> None:
    columns = (Column("编号", 8, [1, None, 3]), Column("备注", 8, [None, "甲", None]))
    with zipfile.ZipFile(io.BytesIO(render([Page("人员", columns)]))) as book:
        rows = book.read("xl/worksheets/sheet1.xml").decode().partition("<sheetData>")[2]
    assert re.findall(r'<c r="(\w+)"', rows) == ["A1", "B1", "A2", "B3", "A4"]


def test_the_bytes_do_not_depend_on_what_was_written_before() -> None:
    before = render([LIST])
    render([Page("页", (Column("文件", 20, ["一"], style.WRONG),))])
    assert render([LIST]) == before


def test_two_styles_that_look_the_same_are_one() -> None:
    same = Page("页", (Column("甲", 5, [1], replace(style.CENTER)), Column("乙", 5, [1], style.CENTER)))
    with zipfile.ZipFile(io.BytesIO(render([same]))) as book:
        looks = re.search(r'<cellXfs count="(\d+)"', book.read("xl/styles.xml").decode())
    assert looks is not None
    assert looks[1] == "3"  # none, the header's, and that one


def test_every_part_is_xml_that_is_told_of() -> None:
    chart = Chart("图", "姓名", "姓名")
    with zipfile.ZipFile(io.BytesIO(render([replace(LIST, charts=(chart,))], {"run": "a1b2"}))) as book:
        types = ElementTree.fromstring(book.read("[Content_Types].xml"))
        told = {part.get("PartName", "").lstrip("/") for part in types}
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))
            assert name.endswith(".rels") or name in told or name == "[Content_Types].xml"
