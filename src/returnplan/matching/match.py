"""The algorithm: seekers to kinds, kinds to crews, crews to openings, and back to the roster."""

from dataclasses import replace

import numpy as np
import pandas as pd

from returnplan.matching.crews import crews_of, kinds_of
from returnplan.matching.network import build_network, place_people
from returnplan.matching.openings import Ints, openings_of
from returnplan.matching.verdict import leave_unmatched
from returnplan.model.roster import Roster


def match(roster: Roster, before: Ints | None = None) -> Roster:
    """Return the roster with its job seekers matched to vacancies.

    A matched person gets ``vacancy``, and the city, drop-off, resume and reception dates of the vacancy. An
    unmatched person gets the code ``no_vacancy`` if the demand sheet has vacancies in the person's city; the
    rest of the party then gets ``party_split``. Without such vacancies nothing changes.

    Parameters
    ----------
    before : the vacancy of each person in the last plan, -1 if there is none; they keep it where nothing is gained
        by another
    """
    people = roster.people
    eligible = (people["code"] == "").to_numpy()
    seeking = np.flatnonzero(eligible & (people["employer"] == "").to_numpy())
    if not len(seeking) or not roster.has_demand_in:
        return roster
    from returnplan.matching.goals import best_flow  # loads the solver, which few rosters need

    openings = openings_of(roster)
    seekers = people.iloc[seeking]
    kinds, kind = kinds_of(seekers, openings)
    # A party must go to the places to which its members with an employer go.
    pins: dict[int, frozenset[int]] = {}
    employed = people[eligible & (people["employer"] != "").to_numpy(dtype=bool) & (people["party"] >= 0)]
    for party, place in zip(employed["party"].tolist(), employed["dropoff"].tolist(), strict=True):
        pins[party] = pins.get(party, frozenset()) | {place}
    party = seekers["party"].to_numpy(np.int64)
    crews = crews_of(kind, party, kinds, openings, pins)
    found, lines = np.zeros(0, np.int64), np.zeros(0, np.int64)
    if crews:
        had = openings.lines_of(np.full(len(seeking), -1) if before is None else before[seeking])
        network = build_network(crews, kinds, openings, kind, party, had)
        found, lines = place_people(crews, network, openings, had, best_flow(network, kinds, openings))
    people = placed(people, seeking[found], openings.vacancy[lines], roster)
    admitted = np.logical_or.reduce(kinds.admitted, axis=1)[kinds.worker[kind]]
    left = np.delete(np.arange(len(seeking)), found)
    return replace(roster, people=leave_unmatched(people, seeking[left], admitted[left], roster))


def placed(people: pd.DataFrame, rows: Ints, vacancy: Ints, roster: Roster) -> pd.DataFrame:
    """Return the people with the given vacancies at the given rows."""
    people = people.copy()
    offers = roster.vacancies
    days = {"resume": [o.resume for o in offers], "reception": [o.reception_from for o in offers]}
    found = {
        "vacancy": vacancy,
        "dropoff": np.array([o.place for o in offers], dtype=np.int64)[vacancy],
        "city": np.array([o.city for o in offers], dtype=object)[vacancy],
        **{name: np.array(column, dtype="datetime64[s]")[vacancy] for name, column in days.items()},
    }
    for name, values in found.items():
        column = people[name].to_numpy(copy=True)
        column[rows] = values
        people[name] = pd.Series(column, index=people.index, dtype=people[name].dtype)
    return people
