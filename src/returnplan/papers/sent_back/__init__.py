"""Workbooks to send back (退回-…): each source file afresh, faulty cells marked and explained.

Values only: what a file held of formulas, links or macros stays behind. Corrected and read again, such a file
counts as the one that it was made from (:func:`returnplan.sheets.files.original_name`).
"""

from returnplan.papers.sent_back.write import write_returns

__all__ = ["write_returns"]
