"""Tables of ours that people filled in and sent back: found by their headers, read row by row.

Knows no particular paper: call lists, orders, manifests and plan workbooks each declare their columns beside
the code that writes them. Hostile files are met in the child process of :mod:`returnplan.sheets`.
"""

from returnplan.papers.filled_in.read import Answer, AnswerReport, read_answers

__all__ = ["Answer", "AnswerReport", "read_answers"]
