"""How high a line must be for its text to be whole on paper; spreadsheet programs do not fit joined cells."""

import math
from collections.abc import Sequence
from functools import lru_cache

from returnplan.papers.pages.page import Column, Line, Value
from returnplan.papers.pages.style import Style

_LINE_SPACING = 1.4
"""Height of a line of text over its font size; Chinese fonts need more than Latin ones."""
_MARGIN = 4
_BODY_SIZE = 10
_FIRST_CHINESE = "\u2e80"
_TALLEST_PT = 409.0
"""Excel has no higher row; of a text that needs more the end is hidden on paper, and whole in its cell."""


def line_height_pt(line: Line, widths: Sequence[float]) -> float:
    """Return the height in points at which every text of the line is whole."""
    tallest, start = line.least_pt - _MARGIN, 0
    for cell in line.cells:
        width = sum(widths[start : start + cell.num_columns])
        tallest = max(tallest, _text_height_pt(str(cell.value or ""), width, cell.style))
        start += cell.num_columns
    return min(tallest + _MARGIN, _TALLEST_PT)


def row_heights_pt(columns: Sequence[Column], least_pt: float) -> list[float]:
    """Return the height in points of each row of a table, at least ``least_pt``."""
    heights = [least_pt] * len(columns[0].values)
    for column in columns:
        tall = _tall_texts(column, least_pt)
        if tall:
            heights = [
                max(height, tall.get(value, 0)) for height, value in zip(heights, column.values, strict=True)
            ]
    return heights


def _tall_texts(column: Column, least_pt: float) -> dict[Value, float]:
    """Return the height that a row needs for each text of the column that is too long for one."""
    if not column.style.wrap:
        return {}
    texts = {value for value in column.values if isinstance(value, str)}
    needed = {text: _text_height_pt(text, column.width, column.style) + 2 for text in texts}
    return {text: min(height, _TALLEST_PT) for text, height in needed.items() if height > least_pt}


def header_height_pt(columns: Sequence[Column], style: Style) -> float:
    """Return the height in points at which every header is whole."""
    return max(_text_height_pt(column.header, column.width, style) for column in columns) + 6


@lru_cache(maxsize=4096)
def _text_height_pt(text: str, width: float, style: Style) -> float:
    size = style.size
    if not style.wrap:
        return size * _LINE_SPACING
    indent = 1.5 if style.align == "left" and style.border else 0.3
    per_line = max(1.0, (width - indent) * _BODY_SIZE / size)
    num_lines = sum(_num_lines(_num_units(part) / per_line) for part in text.split("\n"))
    return num_lines * size * _LINE_SPACING


def _num_lines(fullness: float) -> int:
    """Return how many lines a text takes that would fill so many; where it breaks, some of a line is lost."""
    return 1 if fullness <= 1 else math.ceil(fullness * 1.06)


def _num_units(text: str) -> float:
    """Return the width of a text in characters of a Latin digit."""
    return sum(1.9 if char >= _FIRST_CHINESE else 1.05 for char in text)
