"""A verdict on people left behind: the code, the rule that bound in words, and what would help."""

from typing import NamedTuple

from returnplan.model.texts import Text


class Verdict(NamedTuple):
    """Why somebody is on no batch; ``code`` is one of ``unplanned`` (docs/rules.md)."""

    code: str
    reason: Text
    suggestion: Text
