"""One sheet as XML: its rows, and how it is frozen, filtered, checked and printed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from html import escape

from returnplan.papers.pages.cells import (
    ENDS,
    frame,
    height,
    join,
    letters,
    long_cells,
    long_row,
    number,
    place_of,
)
from returnplan.papers.pages.limits import writable
from returnplan.papers.pages.looks import Looks
from returnplan.papers.pages.page import (
    A4,
    MARGINS_INCH,
    ON_SCREEN,
    Check,
    Choice,
    CodedValues,
    Grid,
    Length,
    Line,
    Page,
    Value,
)
from returnplan.papers.pages.paper import heights_of, num_sheets
from returnplan.papers.pages.style import DAY, HEADER, MINUTE, NARROW, TEXT, Style

_ROWS_AT_ONCE = 10_000
_MOST_ENDS = 20_000
"""So many values are kept as XML."""
ROW_PT = 15
"""The height of a row whose height nobody set."""
_DIGIT_DOTS, _EDGE_DOTS = 7, 5
"""A column takes so many dots a character, and beside its characters."""
_NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _width_dots(width: float) -> int:
    """Return the dots that a column of so many characters takes on the screen."""
    return round(_DIGIT_DOTS * width + _EDGE_DOTS)


def page_xml(page: Page, looks: Looks, *, is_first: bool) -> Iterator[str]:
    """Return the XML of a page, piece by piece.

    Its links are its relations 1 to n, and the drawing of its charts is the one after.

    Parameters
    ----------
    page : the sheet
    looks : those of its workbook
    is_first : it is the one that a program shows first
    """
    heights, header_row = heights_of(page), header_row_of(page)
    first = header_row + 1
    last = header_row + page.num_rows
    is_long = page.row_height_pt is None
    styles = tuple(looks[column.style] for column in page.columns)
    yield _head(
        _columns(tuple([column.width for column in page.columns]), styles if is_long else ()),
        last + 1 + len(page.bottom),
        len(page.columns),
        first,
        page.row_height_pt,
        is_first=is_first,
    )
    joins: list[str] = []
    yield from _lines(page.top, 0, heights.top, looks, joins)
    header = frame(((1, looks[HEADER]),) * len(page.columns))
    yield header.row(header_row, (height(heights.header), *[ENDS[column.header] for column in page.columns]))
    if is_long:
        yield from _long_rows(page, styles, first)
    else:
        own = frame(tuple([(1, look) for look in styles]))
        for start in range(0, page.num_rows, _ROWS_AT_ONCE):
            some = slice(start, start + _ROWS_AT_ONCE)
            columns = [[ENDS[value] for value in column.values[some]] for column in page.columns]
            rows = zip(map(height, heights.rows[some]), *columns, strict=True)
            yield "".join([own.row(row, filling) for row, filling in enumerate(rows, first + start)])
            if len(ENDS) > _MOST_ENDS:
                ENDS.clear()
    yield from _lines(page.bottom, last + 1, heights.bottom, looks, joins)
    yield "</sheetData>"
    if page.filterable:
        yield f'<autoFilter ref="{place_of(header_row, 0, max(first, last), len(page.columns) - 1)}"/>'
    yield _joined(joins)
    checks = [
        _check(column.check, place_of(first, index, max(first, last), index))
        for index, column in enumerate(page.columns)
        if column.check
    ]
    if checks:
        yield f'<dataValidations count="{len(checks)}">{"".join(checks)}</dataValidations>'
    places = [
        f"{letters(index)}{row + 1}"
        for index, column in enumerate(page.columns)
        for row, link in enumerate(column.links, first)
        if link
    ]
    if places:
        links = (f'<hyperlink ref="{place}" r:id="rId{n}"/>' for n, place in enumerate(places, 1))
        yield f"<hyperlinks>{''.join(links)}</hyperlinks>"
    yield '<printOptions horizontalCentered="1"/>'
    yield _paper(is_landscape=page.printing.landscape, num_pages_high=num_sheets(page, heights))
    title = page.printing.title.replace("&", "&&")
    yield _head_and_foot(f"&C&B{title}" if title else "", page.printing.footer)
    if page.charts and page.num_rows:
        yield f'<drawing r:id="rId{len(places) + 1}"/>'
    yield "</worksheet>"


def _long_rows(page: Page, styles: Sequence[int], first: int) -> Iterator[str]:
    """Yield the XML of the rows of a long page, many at a time; a blank has none: its column says how it looks."""
    columns = [
        column.values if isinstance(column.values, CodedValues) else CodedValues.of(column.values)
        for column in page.columns
    ]
    cells = [
        long_cells(at, look, values.different)
        for at, (look, values) in enumerate(zip(styles, columns, strict=True))
    ]
    for start in range(0, page.num_rows, _ROWS_AT_ONCE):
        drawn = [
            map(own.__getitem__, values.numbers[start : start + _ROWS_AT_ONCE].tolist())
            for own, values in zip(cells, columns, strict=True)
        ]
        filled = map("".join, zip(*drawn, strict=True))
        yield "".join([long_row(row, own) for row, own in enumerate(filled, first + start)])


def header_row_of(page: Page) -> int:
    """Return the row of a page's header, counted from 0."""
    return len(page.top)


def grid_xml(grid: Grid, looks: Looks, *, is_first: bool) -> Iterator[str]:
    """Return the XML of a grid, piece by piece."""
    num_columns = max(map(len, grid.rows), default=0)
    columns = _columns(tuple(grid.widths))
    yield _head(columns, len(grid.rows), num_columns, grid.num_frozen, None, is_first=is_first)
    joined = {
        (row, column): grid.styles.get(block[:2])
        for block in grid.joined
        for row in range(block[0], block[2] + 1)
        for column in range(block[1], block[3] + 1)
    }
    for row, values in enumerate(grid.rows):
        cells = []
        for column, value in enumerate(map(writable, values)):
            place = row, column
            style = joined.get(place) or grid.styles.get(place)
            if style or place in joined or value is not None:
                look = looks[style or _natural(value)]
                cells.append(f'<c r="{letters(column)}{row + 1}" s="{look}"{ENDS[value]}')
        if cells:
            yield f'<row r="{row + 1}">{"".join(cells)}</row>'
    yield "</sheetData>"
    yield _joined([join(place_of(*block)) for block in grid.joined])
    yield _paper(is_landscape=ON_SCREEN.landscape, num_pages_high=0)
    yield _head_and_foot("", ON_SCREEN.footer)
    yield "</worksheet>"


def _natural(value: Value) -> Style:
    """Return how a cell looks by what it holds; digits in a text stay text when they are typed over."""
    if isinstance(value, datetime):
        return MINUTE
    if isinstance(value, date):
        return DAY
    return TEXT if isinstance(value, str) else NARROW


def _head(
    columns: str,
    num_rows: int,
    num_columns: int,
    num_frozen: int,
    row_height_pt: float | None,
    *,
    is_first: bool,
) -> str:
    """Return all that stands before the rows."""
    selected = ' tabSelected="1"' if is_first else ""
    pane = (
        f'<pane ySplit="{num_frozen}" topLeftCell="A{num_frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/>'
    )
    height_pt = ROW_PT if row_height_pt is None else row_height_pt
    custom = "" if row_height_pt is None else ' customHeight="1"'
    return (
        f'{XML}<worksheet {_NAMESPACES}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="{place_of(0, 0, max(0, num_rows - 1), max(0, num_columns - 1))}"/>'
        f'<sheetViews><sheetView{selected} workbookViewId="0">{pane if num_frozen else ""}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{height_pt:.10g}"{custom}/>{columns}<sheetData>'
    )


@cache
def _columns(widths: tuple[float, ...], looks: tuple[int, ...] = ()) -> str:
    """Return how wide columns are; ``looks`` are those of whole columns."""
    styles = [f' style="{look}"' for look in looks] or [""] * len(widths)
    columns = [
        f'<col min="{n}" max="{n}" width="{_stored(width):.10g}"{style} customWidth="1"/>'
        for n, (width, style) in enumerate(zip(widths, styles, strict=True), 1)
    ]
    return f"<cols>{''.join(columns)}</cols>" if columns else ""


def _stored(width: float) -> float:
    """Return the width that a file holds for a column of so many characters: its dots, in whole parts of 256."""
    dots = _width_dots(width)
    return int(dots / _DIGIT_DOTS * 256) / 256


def _lines(
    lines: Sequence[Line], row: int, heights: Sequence[float], looks: Looks, joins: list[str]
) -> Iterator[str]:
    """Return the XML of lines from ``row`` on; which of their cells are one goes into ``joins``."""
    for at, (line, points) in enumerate(zip(lines, heights, strict=True), row):
        own = frame(tuple([(cell.num_columns, looks[cell.style]) for cell in line.cells]))
        yield own.row(at, (height(points), *[ENDS[cell.value] for cell in line.cells]))
        joins += own.joined(at)


def _joined(joins: Sequence[str]) -> str:
    return f'<mergeCells count="{len(joins)}">{"".join(joins)}</mergeCells>' if joins else ""


def _check(check: Check, place: str) -> str:
    """Return the rule that Excel applies to what is typed into a cell; it has no message of ours, but Excel's."""
    if isinstance(check, Choice):
        words = escape(",".join(check.words).replace('"', '""'), quote=False)
        kind = 'type="list"' if check.is_strict else 'type="list" errorStyle="warning"'
        formula = f'"{words}"'
    elif isinstance(check, Length):
        kind, formula = 'type="textLength" operator="equal"', str(check.num_characters)
    else:
        kind, formula = 'type="date" operator="greaterThanOrEqual"', number(check.first)
    return (
        f'<dataValidation {kind} allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="{place}">'
        f"<formula1>{formula}</formula1></dataValidation>"
    )


@cache
def _paper(*, is_landscape: bool, num_pages_high: int) -> str:
    """Return how it is printed: on A4, one page wide; 0 pages high lets the rows run on."""
    margins = " ".join(f'{side}="{inch}"' for side, inch in MARGINS_INCH.items())
    side = "landscape" if is_landscape else "portrait"
    return f'<pageMargins {margins}/><pageSetup paperSize="{A4}" fitToHeight="{num_pages_high}" orientation="{side}"/>'


def _head_and_foot(head: str, foot: str) -> str:
    parts = (("oddHeader", head), ("oddFooter", foot))
    lines = (f"<{name}>{escape(str(writable(text)), quote=False)}</{name}>" for name, text in parts if text)
    return f"<headerFooter>{''.join(lines)}</headerFooter>"
