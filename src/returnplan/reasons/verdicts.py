"""A verdict on people left behind: the code, the rule that bound in words, and what would help."""

from typing import NamedTuple

from returnplan.model.texts import Text


class Verdict(NamedTuple):
    """Why somebody is on no batch; ``code`` is one of SPEC §4's ``unplanned``."""

    code: str
    reason: Text
    suggestion: Text
