"""How high a line must be for its text to be whole on paper, and how many sheets a page takes; draws nothing.

Spreadsheet programs do not fit the height of joined cells, and begin a sheet for a few last lines.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from returnplan.papers.pages.page import Column, Line, Page, Value
from returnplan.papers.pages.style import HEADER, Style

_SQUEEZE = 0.2
"""By this share a page may be drawn smaller to save a sheet: text of 10 points is then one of 8."""

_ALMOST = 0.1
"""A sheet filled but for this share may be too full with another font: it is said to be one."""

_LINE_SPACING = 1.46
"""Height of a line of text over its font size; Chinese fonts need more than Latin ones (Noto Sans CJK 1.45)."""
_MARGIN = 4
_BODY_SIZE = 10
_FIRST_CHINESE = "\u2e80"
_TALLEST_PT = 409.0
"""Excel has no higher row; of a text that needs more the end is hidden on paper, and whole in its cell."""


class Heights(NamedTuple):
    """How high in points the lines above the table, its header, its rows and the lines below it are."""

    top: list[float]
    header: float
    rows: list[float]
    bottom: list[float]


def heights_of(page: Page) -> Heights:
    """Return the heights at which every text of a page is whole; no rows of a long one, which are as they come."""
    widths = [column.width for column in page.columns]
    top, bottom = ([line_height_pt(line, widths) for line in lines] for lines in (page.top, page.bottom))
    rows = [] if page.row_height_pt is None else row_heights_pt(page.columns, page.row_height_pt)
    return Heights(top, header_height_pt(page.columns), rows, bottom)


def num_sheets(page: Page, heights: Heights) -> int:
    """Return on how many sheets of A4 the page must fit; 0 where it runs on as it comes.

    A page whose last sheet would hold little is drawn smaller, so that signatures stand below the names.
    """
    if page.printing.fits_one_sheet:
        return 1
    if page.row_height_pt is None:
        return 0
    height = sum((*heights.top, heights.header, *heights.rows, *heights.bottom))
    sheet_width, sheet_height = page.printing.size_pt
    # a column takes 7 dots a character and 5 more, and 96 dots are 72 points; columns that are too wide are shrunk
    scale = min(1.0, sheet_width / sum((7 * column.width + 5) * 72 / 96 for column in page.columns))
    filled = height / (sheet_height / scale)
    whole = math.floor(filled + _ALMOST)
    return whole if whole and filled - whole <= _SQUEEZE * whole else 0


def line_height_pt(line: Line, widths: Sequence[float]) -> float:
    """Return the height in points at which every text of the line is whole."""
    tallest, start = line.least_pt - _MARGIN, 0
    for value, num_columns, look in line.cells:
        end = start + num_columns
        if value is None or not look.wrap:
            height = look.size * _LINE_SPACING
        else:
            height = _text_height_pt(str(value or ""), sum(widths[start:end]), look)
        if height > tallest:
            tallest = height
        start = end
    return min(tallest + _MARGIN, _TALLEST_PT)


def row_heights_pt(columns: Sequence[Column], least_pt: float) -> list[float]:
    """Return the height in points of each row of a table, at least ``least_pt``."""
    heights = [least_pt] * len(columns[0].values)
    for column in columns:
        if not column.style.wrap:
            continue
        texts = {value for value in column.values if isinstance(value, str)}
        needed = {text: _text_height_pt(text, column.width, column.style) + 2 for text in texts}
        tall: dict[Value, float] = {
            text: min(height, _TALLEST_PT) for text, height in needed.items() if height > least_pt
        }
        if tall:
            heights = [
                max(height, tall.get(value, 0)) for height, value in zip(heights, column.values, strict=True)
            ]
    return heights


def header_height_pt(columns: Sequence[Column]) -> float:
    """Return the height in points at which every header is whole."""
    return max(_text_height_pt(column.header, column.width, HEADER) for column in columns) + 6


class _Digits(dict[str, float]):
    """Of how many digits a letter takes the room."""

    def __missing__(self, letter: str) -> float:
        self[letter] = digits = 1.9 if letter >= _FIRST_CHINESE else 1.05
        return digits


_DIGITS = _Digits()


def num_digits(text: str) -> float:
    """Return of how many digits side by side a text takes the room."""
    return sum(map(_DIGITS.__getitem__, text))


@lru_cache(maxsize=4096)
def _text_height_pt(text: str, width: float, style: Style) -> float:
    size = style.size
    indent = 1.5 if style.align == "left" and style.border else 0.3
    per_line = max(1.0, (width - indent) * _BODY_SIZE / size)
    num_lines = 0
    for part in text.split("\n"):
        fullness = num_digits(part) / per_line
        num_lines += 1 if fullness <= 1 else math.ceil(fullness * 1.06)  # a break loses some of its line
    return num_lines * size * _LINE_SPACING
