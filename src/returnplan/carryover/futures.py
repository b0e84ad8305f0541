"""Futures: who may sign up on the nights to come, drawn from the nights that were.

Each coming night takes the sign-ups of a past night, drawn by chance, with their days moved along: so the numbers by
township and city, and how long before the journey people sign up, are those of the campaign itself. Futures drawn like
this are the scenarios of Bent and Van Hentenryck (2004, "Scenario-based planning for partially dynamic vehicle routing
with stochastic customers").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from returnplan.model.roster import Roster

DAYS = ("earliest", "latest")


@dataclass(frozen=True)
class Arrivals:
    """Who signed up on each night after the first, on which the lists of before came in.

    ``people`` are lines of ``Roster.people`` with the ``night`` of each; ``nights`` are all nights, also those on which
    nobody signed up. ``num_parties`` is above the number of every party.
    """

    people: pd.DataFrame
    nights: tuple[date, ...]
    num_parties: int


def arrivals_of(
    roster: Roster, person: "pd.Series[int]", first_seen: Mapping[int, date], tonight: date
) -> Arrivals:
    """Return who signed up on which night; nobody if this is the first.

    Parameters
    ----------
    person : the person number of each line of the roster's people
    first_seen : the night of each person number; who is new tonight is not in it
    """
    first = min(first_seen.values(), default=tonight)
    nights = tuple(first + timedelta(days=day) for day in range(1, (tonight - first).days + 1))
    night = person.map(lambda number: first_seen.get(number, tonight))
    people = roster.people.assign(night=night)
    num_parties = 1 + int(people["party"].max()) if len(people) else 0
    is_later = people["night"].isin(nights)
    return Arrivals(people[is_later & (people["code"] == "")], nights, num_parties)


def drawn(arrivals: Arrivals, tonight: date, not_before: date, random: np.random.Generator) -> pd.DataFrame:
    """Return the people of one future, in the columns of ``Roster.people``: who signs up after tonight.

    It ends when a sign-up would come too late for the last day on which anybody known may travel.

    Parameters
    ----------
    not_before : the first day on which people of tonight may travel
    """
    notice = not_before - tonight
    last = arrivals.people["latest"].max()
    coming: list[pd.DataFrame] = []
    while pd.Timestamp(tonight + notice) < last:
        tonight += timedelta(days=1)
        past = arrivals.nights[random.integers(len(arrivals.nights))]
        same = arrivals.people[arrivals.people["night"] == past]
        moved = {name: same[name] + (tonight - past) for name in DAYS}
        soonest = pd.Timestamp(tonight + notice)
        moved["earliest"] = moved["earliest"].where(moved["earliest"] >= soonest, soonest)
        party = same["party"].where(
            same["party"] < 0, same["party"] + (1 + len(coming)) * arrivals.num_parties
        )
        people = same.assign(**moved, party=party)
        coming.append(people[(people["earliest"] <= people["latest"]) & (people["earliest"] <= last)])
    columns = arrivals.people.columns.drop("night")
    return pd.concat(coming)[columns] if coming else arrivals.people[columns].iloc[:0]
