"""Spreadsheets to records: which sheet is what, what its cells say, what is wrong with which cell.

A reader is a declaration of columns (``signup_sheet``, ``demand_sheet`` …). Knows no gazetteer, no rules, no
plan: names of cities and places stay as they were written.
"""

from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings

__all__ = ["ReadingSettings", "read_files"]
