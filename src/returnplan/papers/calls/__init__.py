"""Whom to phone and what to say (通知): the call workbook of a township, written and read back.

Decides nothing: who has to be called is the caller's, what follows from an answer too.
"""

from returnplan.papers.calls.call import Call, OffCall, first_calls
from returnplan.papers.calls.sheet import (
    PAPER,
    CallResult,
    Outcome,
    agreed,
    call_names,
    read_calls,
    write_calls,
)

__all__ = [
    "PAPER",
    "Call",
    "CallResult",
    "OffCall",
    "Outcome",
    "agreed",
    "call_names",
    "first_calls",
    "read_calls",
    "write_calls",
]
