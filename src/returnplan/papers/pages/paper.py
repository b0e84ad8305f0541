"""How many sheets of paper a page takes, so that none is begun for a few last lines; draws nothing."""

import math

from returnplan.papers.pages.heights import header_height_pt, line_height_pt, row_heights_pt
from returnplan.papers.pages.page import Page
from returnplan.papers.pages.style import HEADER

_SQUEEZE = 0.2
"""By this share a page may be drawn smaller to save a sheet: text of 10 points is then one of 8."""

_ALMOST = 0.1
"""A sheet filled but for this share may be too full with another font: it is said to be one."""


def num_sheets(page: Page) -> int:
    """Return on how many sheets of A4 the page must fit; 0 where it runs on as it comes.

    A page whose last sheet would hold little is drawn smaller, so that signatures stand below the names.
    """
    if page.printing.fits_one_sheet:
        return 1
    if page.row_height_pt is None:
        return 0
    filled = _height_pt(page) / _sheet_pt(page)
    whole = math.floor(filled + _ALMOST)
    return whole if whole and filled - whole <= _SQUEEZE * whole else 0


def _height_pt(page: Page) -> float:
    widths = [column.width for column in page.columns]
    lines = sum(line_height_pt(line, widths) for line in (*page.top, *page.bottom))
    rows = row_heights_pt(page.columns, page.row_height_pt or 0)
    return lines + header_height_pt(page.columns, HEADER) + sum(rows)


def _sheet_pt(page: Page) -> float:
    """Return how much of the page's height goes onto a sheet when its columns fill the width."""
    width, height = page.printing.size_pt
    scale = min(1.0, width / sum(_column_pt(column.width) for column in page.columns))
    return height / scale


def _column_pt(width: float) -> float:
    """Return the width on paper of a column of ``width`` characters: 7 dots each and 5 more; 96 dots are 72 points."""
    return (7 * width + 5) * 72 / 96
