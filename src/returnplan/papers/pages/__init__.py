"""Sheets as values, and the one place that turns them into .xlsx bytes; knows nothing of plans.

Tables are columns, so that a list of 50 passengers and a table of 24,000 riders are the same thing.
"""

from returnplan.papers.pages.container import encrypted, is_as_written, read_marks
from returnplan.papers.pages.fonts import has_chinese_font
from returnplan.papers.pages.limits import file_stem, file_stems, sheet_names
from returnplan.papers.pages.page import (
    Cell,
    Chart,
    Check,
    Choice,
    CodedValues,
    Column,
    Grid,
    Length,
    Line,
    Page,
    Part,
    Printing,
    Since,
    Value,
    labelled,
    spread,
)  # fmt: skip
from returnplan.papers.pages.render import render
from returnplan.papers.pages.style import Style

__all__ = [
    "Cell", "Chart", "Check", "Choice", "CodedValues", "Column", "Grid", "Length", "Line", "Page", "Part", "Printing",
    "Since", "Style", "Value", "encrypted", "file_stem", "file_stems", "has_chinese_font", "is_as_written", "labelled",
    "read_marks", "render", "sheet_names", "spread",
]  # fmt: skip
