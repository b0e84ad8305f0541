"""The people whom the planner left, each with a verdict."""

import numpy as np

from returnplan.assembly.causes import Case, why_left
from returnplan.assembly.standing import Standing
from returnplan.assembly.verdicts import Verdict
from returnplan.problem.model import Travellers
from returnplan.roster import Roster


def verdicts_on_left(roster: Roster, travellers: Travellers, standing: Standing) -> dict[int, Verdict]:
    """Return the verdict on each line of ``Roster.people`` that is eligible and rides in no draft."""
    verdicts: dict[int, Verdict] = {}
    for cell in np.flatnonzero(standing.num_left).tolist():
        last_group = int(travellers.group_start[cell + 1])
        first_left = last_group - int(standing.num_left[cell])
        rows = travellers.member_row[
            travellers.member_start[first_left] : travellers.member_start[last_group]
        ]
        base, city = _names(roster, int(rows[0]))
        verdict = why_left(Case(standing, cell, base, city))
        verdicts |= dict.fromkeys(rows.tolist(), verdict)
    return verdicts


def _names(roster: Roster, row: int) -> tuple[str, str]:
    """Return the prefecture of departure and the destination city of a line of people."""
    person = roster.people.iloc[[row]]
    pickup, prefecture, city = (person[name].tolist()[0] for name in ("pickup", "prefecture", "city"))
    return roster.places[pickup].city or prefecture, city
