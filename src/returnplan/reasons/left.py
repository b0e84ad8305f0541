"""The people whom the planner left, each with a verdict."""

import numpy as np

from returnplan.problem.model import Travellers
from returnplan.reasons.causes import Case, why_left
from returnplan.reasons.standing import Standing
from returnplan.reasons.verdicts import Verdict


def verdicts_on_left(travellers: Travellers, standing: Standing) -> dict[int, Verdict]:
    """Return the verdict on each line of ``Roster.people`` that is eligible and rides in no draft."""
    verdicts: dict[int, Verdict] = {}
    for cell in np.flatnonzero(standing.num_left).tolist():
        last_group = int(travellers.group_start[cell + 1])
        first_left = last_group - int(standing.num_left[cell])
        rows = travellers.member_row[
            travellers.member_start[first_left] : travellers.member_start[last_group]
        ]
        verdict = why_left(Case(standing, cell))
        verdicts |= dict.fromkeys(rows.tolist(), verdict)
    return verdicts
