"""SPEC §4: what the plan repeats of a person is what the sign-up said (a shifted column would show here)."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

Objects = npt.NDArray[np.object_]

_SAME = (
    "name", "sex", "id_number", "phone", "prefecture", "county", "township", "city", "category", "note",
)  # fmt: skip
_DAYS = ("earliest", "latest")

DIFFERS = Promise(
    "differs_from_signup",
    CONTRACT,
    Text(
        "{signup}({batch})的 {column} 与报名不符",
        "{column} of {signup} ({batch}) is not what the sign-up says",
    ),
)


def riders_as_signed_up(tables: Tables) -> Iterable[Violation]:
    """Compare the columns of the riders with the roster, row by row."""
    riders = tables.riders
    people = tables.roster.people[[*_SAME, *_DAYS]].take(riders["line"].to_numpy(np.int64))
    differs = {name: _plain(riders, name) != _plain(people, name) for name in _SAME}
    differs |= {name: pd.to_datetime(riders[name]).to_numpy() != people[name].to_numpy() for name in _DAYS}
    differs["employer"] = _plain(riders, "employer") != employer_names(tables)
    differs["flexed"] = riders["flexed"].to_numpy(bool) != _flexed(riders)
    for name, wrong in differs.items():
        yield from DIFFERS.broken_by(riders[wrong].assign(column=name))


def _plain(frame: pd.DataFrame, name: str) -> Objects:
    return frame[name].to_numpy(dtype=object)


def employer_names(tables: Tables) -> Objects:
    """Return the sign-up's own employer, else that of the vacancy found for it."""
    riders = tables.riders
    names = np.array([*(vacancy.employer for vacancy in tables.roster.vacancies), ""], dtype=object)
    own = riders["told_employer"].to_numpy(dtype=object)
    found = names[riders["told_vacancy"].to_numpy(np.int64)]  # -1 is the empty name at the end
    return np.where(own == "", found, own)


def _flexed(riders: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return who travels on a day that they did not name."""
    day = riders["date"].to_numpy()
    return (day < riders["told_flex_from"].to_numpy()) | (day > riders["told_flex_to"].to_numpy())
