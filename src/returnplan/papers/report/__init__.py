"""The page for those who decide (report.html): figures of a plan -> one file that needs no network and names nobody.

Plans nothing, reads no store.
"""

from returnplan.papers.report.figures import Changes, HandEdits
from returnplan.papers.report.page import report_page

__all__ = ["Changes", "HandEdits", "report_page"]
