"""Sheets as values, and the one place that turns them into .xlsx bytes; knows nothing of plans.

Tables are columns, so that a list of 50 passengers and a table of 24,000 riders are the same thing.
"""

from returnplan.papers.pages.fonts import has_chinese_font
from returnplan.papers.pages.grid import Grid
from returnplan.papers.pages.marks import read_marks
from returnplan.papers.pages.names import file_stem, file_stems, sheet_names
from returnplan.papers.pages.page import Cell, Chart, Choice, Column, Length, Line, Page, Since
from returnplan.papers.pages.printing import Printing
from returnplan.papers.pages.render import render
from returnplan.papers.pages.style import Style

__all__ = [
    "Cell",
    "Chart",
    "Choice",
    "Column",
    "Grid",
    "Length",
    "Line",
    "Page",
    "Printing",
    "Since",
    "Style",
    "file_stem",
    "file_stems",
    "has_chinese_font",
    "read_marks",
    "render",
    "sheet_names",
]
