"""The people whom the planner left, each with a verdict."""

from collections.abc import Sequence

import numpy as np

from returnplan.assembly.causes import Case, why_left
from returnplan.assembly.standing import Standing, standing_of
from returnplan.assembly.verdicts import Verdict
from returnplan.planning.drafts import Draft
from returnplan.problem.model import Problem, Travellers
from returnplan.roster import Roster


def verdicts_on_left(
    roster: Roster, problem: Problem, travellers: Travellers, drafts: Sequence[Draft]
) -> dict[int, Verdict]:
    """Return the verdict on each line of ``Roster.people`` that is eligible and rides in no draft."""
    standing = standing_of(problem, drafts)
    verdicts: dict[int, Verdict] = {}
    for cell in np.flatnonzero(standing.num_left).tolist():
        last_group = int(travellers.group_start[cell + 1])
        first_left = last_group - int(standing.num_left[cell])
        rows = travellers.member_row[
            travellers.member_start[first_left] : travellers.member_start[last_group]
        ]
        verdict = why_left(_case(roster, problem, standing, cell, int(rows[0])))
        verdicts |= dict.fromkeys(rows.tolist(), verdict)
    return verdicts


def _case(roster: Roster, problem: Problem, standing: Standing, cell: int, row: int) -> Case:
    person = roster.people.iloc[[row]]
    pickup, prefecture, city = (person[name].tolist()[0] for name in ("pickup", "prefecture", "city"))
    return Case(problem, standing, cell, roster.places[pickup].city or prefecture, city)
