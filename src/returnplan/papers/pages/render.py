"""Pages to the bytes of an .xlsx file; the only module that knows the library.

The library is rvgsrust-xlsxwriter (MIT, the rust_xlsxwriter crate). Of those measured, it alone is quick
(600 workbooks of seven sheets in 3.5 s of processor time; rustpy-xlsxwriter 2.1 s, xlsxwriter some 15 s) and
also formats cells one by one, joins cells below a table, names cells, prints page numbers and draws native
charts: rustpy-xlsxwriter formats whole columns only, down to the sheet's last row, and repeats the last row
of a sheet with row heights, which Excel calls damage. Text is written as text whatever it looks like: the
library makes formulas and links only when told to.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path

import rvgsrust_xlsxwriter as xlsx

from returnplan.model.errors import StoreError
from returnplan.model.texts import Text
from returnplan.papers.pages.container import mark_formulas, timeless
from returnplan.papers.pages.limits import MOST_ROWS, linkable, sheet_names, writable
from returnplan.papers.pages.page import (
    A4,
    MARGINS_INCH,
    Chart,
    Check,
    Choice,
    Column,
    Grid,
    Length,
    Line,
    Page,
    Value,
)
from returnplan.papers.pages.paper import Heights, heights_of, num_sheets
from returnplan.papers.pages.style import DAY, HEADER, MINUTE, NARROW, TEXT, Style

_FONT = "宋体"
_ROWS_AT_ONCE = 10_000
_CHART_HEIGHT = 260  # pixels
_CHART_ROWS = 15
"""Rows that a chart covers, and some air."""
_LINE_COLOR = "#7F7F7F"


def render(pages: Sequence[Page | Grid], marks: Mapping[str, str] | None = None) -> bytes:
    """Return an .xlsx workbook, the same bytes for the same content.

    Parameters
    ----------
    pages : its sheets, in order
    marks : name -> text, to know the file again (:func:`~returnplan.papers.pages.container.read_marks`)

    Raises
    ------
    StoreError : a long sheet passes through a temporary file, and its disk is full
    """
    with _refused():
        book = xlsx.Workbook()
        for mark, formula in mark_formulas(marks or {}).items():
            book.define_name(mark, formula)
        sheets = [part for page in pages for part in (_parts(page) if isinstance(page, Page) else [page])]
        for sheet, name in zip(sheets, sheet_names(sheet.name for sheet in sheets), strict=True):
            if isinstance(sheet, Grid):
                _add_grid(book, replace(sheet, name=name))
            else:
                _add_page(book, replace(sheet, name=name))
        return timeless(book.save_to_buffer())


@contextmanager
def _refused() -> Iterator[None]:
    """Put into words that the library panics, which is how it meets a full disk."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the class cannot be imported
            raise
        folder = tempfile.gettempdir()
        raise StoreError(
            Text(
                f"写表格用的临时文件夹 {folder} 写不下了，请清出空间后重试",
                f"the folder for temporary files, {folder}, takes no more; free some space",
            )
        ) from error


def _parts(page: Page) -> list[Page]:
    """Return the page, continued on further sheets where it has more rows than a sheet takes."""
    most = MOST_ROWS - len(page.top) - len(page.bottom) - 1
    return (
        [page]
        if page.num_rows <= most
        else [
            replace(
                page, columns=tuple(replace(c, values=c.values[first : first + most]) for c in page.columns)
            )
            for first in range(0, page.num_rows, most)
        ]
    )


def _add_page(book: xlsx.Workbook, page: Page) -> None:
    sheet = book.add_worksheet(page.name, constant_memory=page.row_height_pt is None)
    for index, column in enumerate(page.columns):
        sheet.set_column_width(index, column.width)
    heights = heights_of(page)
    header_row = _write_lines(sheet, page.top, 0, heights.top)
    last_row = _write_table(sheet, page, header_row, heights)
    _write_lines(sheet, page.bottom, last_row + 1, heights.bottom)
    end = last_row + 2 + len(page.bottom)
    for number, chart in enumerate(page.charts if page.num_rows else ()):
        _insert_chart(sheet, chart, page, header_row, end + number * _CHART_ROWS)
    _set_paper(sheet, is_landscape=page.printing.landscape, num_pages_high=num_sheets(page, heights))
    sheet.set_print_center_horizontally(True)
    sheet.set_repeat_rows(header_row, header_row)
    sheet.set_footer(page.printing.footer)
    if page.printing.title:
        sheet.set_header(f"&C&B{page.printing.title.replace('&', '&&')}")
    if page.printing.num_columns:
        sheet.set_print_area(0, 0, end, page.printing.num_columns - 1)
    sheet.freeze_panes(header_row + 1, 0)
    if page.hidden:
        sheet.hide()


def _add_grid(book: xlsx.Workbook, grid: Grid) -> None:
    sheet = book.add_worksheet(grid.name)
    for index, width in enumerate(grid.widths):
        sheet.set_column_width(index, width)
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(writable(values)):
            look = grid.styles.get((row, column))
            if look or value is not None:
                sheet.write(row, column, value, _format(look or _natural(value)))
    for block in grid.joined:
        value = writable(grid.rows[block[0]])[block[1]]
        look = grid.styles.get(block[:2]) or _natural(value)
        sheet.merge_range(*block, value, _format(look))
    sheet.freeze_panes(grid.num_frozen, 0)
    _set_paper(sheet, is_landscape=True)


def _natural(value: Value) -> Style:
    """Return how a cell looks by what it holds; digits in a text stay text when they are typed over."""
    if isinstance(value, datetime):
        return MINUTE
    if isinstance(value, date):
        return DAY
    return TEXT if isinstance(value, str) else NARROW


def _write_lines(sheet: xlsx.Worksheet, lines: Sequence[Line], row: int, heights: Sequence[float]) -> int:
    """Write lines from ``row`` on and return the row after them."""
    for line, height in zip(lines, heights, strict=True):
        sheet.set_row_height(row, height)
        start = 0
        for cell, value in zip(line.cells, writable([cell.value for cell in line.cells]), strict=True):
            if cell.num_columns > 1:
                last = start + cell.num_columns - 1
                sheet.merge_range(row, start, row, last, value, _format(cell.style))
            else:
                sheet.write(row, start, value, _format(cell.style))
            start += cell.num_columns
        row += 1
    return row


def _write_table(sheet: xlsx.Worksheet, page: Page, header_row: int, heights: Heights) -> int:
    """Write header and rows and return the last row."""
    first, last = header_row + 1, header_row + page.num_rows
    sheet.set_row_height(header_row, heights.header)
    sheet.write_row(header_row, 0, [column.header for column in page.columns], _format(HEADER))
    if page.row_height_pt is None:
        _write_long(sheet, page.columns, first)
    else:
        sheet.set_default_row_height(page.row_height_pt)
        for row, height in enumerate(heights.rows, first):
            if height > page.row_height_pt:
                sheet.set_row_height(row, height)
        for index, column in enumerate(page.columns):  # one by one, the blank ones too
            sheet.write_column(first, index, writable(column.values), _format(column.style))
            for row, link in enumerate(column.links, first):
                if link:
                    target = linkable(link)
                    sheet.write_url(row, index, f"file:///{target}", _format(column.style), Path(target).name)
    for index, column in enumerate(page.columns):
        if column.check:
            sheet.add_data_validation(first, index, max(first, last), index, _validation(column.check))
    if page.filterable:
        sheet.autofilter(header_row, 0, max(first, last), len(page.columns) - 1)
    return last


def _write_long(sheet: xlsx.Worksheet, columns: Sequence[Column], first: int) -> None:
    """Write rows one after the other: the sheet keeps no row in memory."""
    for index, column in enumerate(columns):
        sheet.set_column_format(index, _format(column.style))
    rows = map(list, zip(*(writable(column.values) for column in columns), strict=True))
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        sheet.write_rows(first, 0, chunk)
        first += len(chunk)


def _set_paper(sheet: xlsx.Worksheet, *, is_landscape: bool, num_pages_high: int = 0) -> None:
    """Print on A4, one page wide; 0 pages high lets the rows run on."""
    sheet.set_paper_size(A4)
    if is_landscape:
        sheet.set_landscape()
    sheet.set_margins(**MARGINS_INCH)
    sheet.set_print_fit_to_pages(1, num_pages_high)


def _insert_chart(sheet: xlsx.Worksheet, chart: Chart, page: Page, header_row: int, row: int) -> None:
    drawing = xlsx.Chart("column")
    headers = [column.header for column in page.columns]
    num_bars = page.num_rows - chart.num_totals
    categories = _range(page, header_row, headers.index(chart.categories), num_bars)
    for header in chart.series:
        series = xlsx.ChartSeries()
        series.set_name(header)
        series.set_values(_range(page, header_row, headers.index(header), num_bars))
        series.set_categories(categories)
        drawing.push_series(series)
    drawing.set_title_name(chart.title)
    drawing.set_width(sum(_width_px(column.width) for column in page.columns))
    drawing.set_height(_CHART_HEIGHT)
    drawing.set_y_axis_min(0)  # bars that start elsewhere mislead
    if chart.category_format:
        drawing.set_x_axis_num_format(chart.category_format)  # type: ignore[attr-defined]  # not in its stubs
    if chart.value_format:
        drawing.set_y_axis_num_format(chart.value_format)  # type: ignore[attr-defined]  # not in its stubs
    if len(chart.series) == 1:
        drawing.set_legend_hidden()
    sheet.insert_chart(row, 0, drawing)


def _width_px(width: float) -> int:
    """Return the dots that a column takes on the screen."""
    return round(7 * width + 5)


def _range(page: Page, header_row: int, column: int, num_rows: int) -> str:
    letter = chr(ord("A") + column)
    quoted = page.name.replace("'", "''")
    return f"'{quoted}'!${letter}${header_row + 2}:${letter}${header_row + 1 + num_rows}"


@cache
def _format(style: Style) -> xlsx.Format:
    made = xlsx.Format()
    made.set_font_name(_FONT)
    made.set_font_size(style.size)
    made.set_align(style.align)
    made.set_vertical_align("vcenter")
    if style.bold:
        made.set_bold()
    if style.wrap:
        made.set_text_wrap()
    if style.shrink:
        made.set_shrink()
    if style.border:
        made.set_border("thin")
        made.set_border_color(_LINE_COLOR)
    if style.border and style.align == "left":
        made.set_indent(1)
    if style.color:
        made.set_font_color(style.color)
    if style.fill:
        made.set_background_color(style.fill)
    if style.number_format:
        made.set_num_format(style.number_format)
    return made


def _validation(check: Check) -> xlsx.DataValidation:
    """Return the rule that Excel applies to what is typed into a cell; it has no message of ours, but Excel's."""
    rule = xlsx.DataValidation()
    if isinstance(check, Choice):
        rule.allow_list_strings(list(check.words))
        rule.set_error_style("stop" if check.is_strict else "warning")
    elif isinstance(check, Length):
        rule.allow_text_length("equal_to", check.num_characters)
    else:
        rule.allow_date("greater_than_or_equal_to", check.first)
    return rule
