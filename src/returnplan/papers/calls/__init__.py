"""Whom to phone and what to say (通知): the call workbook of a township, written and read back.

Decides nothing: who has to be called is the caller's, what follows from an answer too.
"""

from returnplan.papers.calls import corrections, sheet
from returnplan.papers.calls.call import Call, OffCall, first_calls
from returnplan.papers.calls.corrections import correction_names, write_corrections
from returnplan.papers.calls.sheet import CallResult, Outcome, agreed, call_names, read_calls, write_calls

PAPERS = (sheet.PAPER, corrections.PAPER)
"""What these papers are called, at the start of the names of their files."""

__all__ = [
    "PAPERS",
    "Call",
    "CallResult",
    "OffCall",
    "Outcome",
    "agreed",
    "call_names",
    "correction_names",
    "first_calls",
    "read_calls",
    "write_calls",
    "write_corrections",
]
