"""People who were told of a draft keep the vacancy that was found for them: an employer is part of what they were told.

Without this a list that comes in later matches them anew, as equal solutions do not care who works where, and people
who have been phoned alight somewhere else.
"""

from collections.abc import Hashable, Mapping, Set
from typing import Any

import numpy as np
import pandas as pd

from returnplan.carryover.rows import vacancy_lines
from returnplan.matching import placed
from returnplan.model.roster import Roster, Vacancy


def vacancies_before(
    roster: Roster, old: Roster, person: "pd.Series[int]", person_before: "pd.Series[int]"
) -> "pd.Series[int]":
    """Return the vacancy that was found in the last plan for each of the people, -1 if there is none any more.

    Parameters
    ----------
    person, person_before : the person number of each line of the people of the new and of the old roster
    """
    before = old.people
    is_found = (before["employer"] == "") & (before["vacancy"] >= 0)
    line_now = vacancy_lines(roster, old)[before.loc[is_found, "vacancy"].to_numpy(np.int64)]
    vacancy_of = dict(zip(person_before[is_found].tolist(), line_now.tolist(), strict=True))
    return person.map(vacancy_of).fillna(-1).astype("int64")


def with_told_matches(
    roster: Roster, told: Set[int], person: "pd.Series[int]", before: "pd.Series[int]"
) -> tuple[pd.DataFrame, "pd.Series[bool]"]:
    """Return the people of a roster before matching, and which of them have the vacancy of the last plan.

    They have it as long as it suits them and has not become too small: then those keep it who signed up first, after
    the people of published batches, who have theirs in any case. A party keeps it whole or not at all.

    Parameters
    ----------
    told : person numbers
    person : the person number of each line
    before : the vacancy of each in the last plan, see :func:`vacancies_before`
    """
    people = roster.people
    num_kept = people.loc[people["employer"] == "", "vacancy"].value_counts()
    vacancy = before.where(person.isin(list(told)) & (people["code"] == ""), -1)
    for line, own in people[(vacancy >= 0) & (people["employer"] == "")].groupby(vacancy):
        suits = [_suits(roster.vacancies[int(line)], row) for row in own.to_dict("records")]
        num_free = (roster.vacancies[int(line)].headcount or 0) - int(num_kept.get(line, 0))
        first = person[own.index[suits]].sort_values().index[: max(0, num_free)]
        vacancy[own.index.difference(first)] = -1
    keeps = (vacancy >= 0) & (people["employer"] == "")
    keeps &= ~people["party"].isin(_parties_apart(roster, vacancy.where(keeps, -1)))
    lines = np.flatnonzero(keeps)
    found = np.asarray(vacancy, dtype=np.int64)[lines]
    return placed(people, lines, found, roster), keeps


def _parties_apart(roster: Roster, vacancy: "pd.Series[int]") -> "pd.Series[int]":
    """Return the parties of which somebody still seeks, or works at another drop-off than the others."""
    people = roster.people
    in_party = people[(people["code"] == "") & (people["party"] >= 0)]
    place = np.array([*(line.place for line in roster.vacancies), -1], dtype=np.int64)[vacancy]
    seeks = (people["employer"] == "") & (vacancy < 0)
    drop = pd.Series(np.where(vacancy >= 0, place, people["dropoff"]), people.index)[in_party.index]
    is_apart = drop.groupby(in_party["party"]).transform("nunique") > 1
    return in_party.loc[seeks[in_party.index] | is_apart, "party"]


def _suits(vacancy: Vacancy, row: Mapping[Hashable, Any]) -> bool:
    """Return whether a vacancy takes a person, as the newest sign-up describes them."""
    age = row["age"]
    is_of_age = (vacancy.min_age is None or age >= vacancy.min_age) and (
        vacancy.max_age is None or age <= vacancy.max_age
    )
    cities = {row["city"], *row["acceptable"]}
    return is_of_age and vacancy.city in cities and vacancy.sex in (None, row["sex"])
