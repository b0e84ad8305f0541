"""Held people are hidden from matching and planning, with the vacancies they fill."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from returnplan.model.roster import Roster

HELD = "published"
"""Stands in ``code`` of held people while the others are matched and planned; never reaches a plan."""


def masked(roster: Roster, is_held: "pd.Series[bool]") -> Roster:
    """Return the roster in which held people are not eligible and their vacancies are taken."""
    people = roster.people
    seekers = people[is_held & (people["employer"] == "") & (people["vacancy"] >= 0)]
    taken = Counter(seekers["vacancy"].tolist())
    vacancies = tuple(
        replace(line, headcount=max(0, line.headcount - taken[at])) if line.headcount else line
        for at, line in enumerate(roster.vacancies)
    )
    code = people["code"].where(~is_held, HELD)
    return replace(roster, people=people.assign(code=code), vacancies=vacancies)


def unmasked(roster: Roster, before: Roster) -> Roster:
    """Return the roster with its held people eligible and the vacancies as they are in ``before``."""
    code = roster.people["code"]
    people = roster.people.assign(code=pd.Series(np.where(code == HELD, "", code), index=code.index))
    return replace(roster, people=people, vacancies=before.vacancies)
