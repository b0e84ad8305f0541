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


def drawn(
    arrivals: Arrivals, tonight: date, not_before: date, num_futures: int, random: np.random.Generator
) -> pd.DataFrame:
    """Return who signs up after tonight in some futures, in the columns of ``Roster.people`` and ``future``.

    A future ends when a sign-up would come too late for the last day on which anybody known may travel. Parties of two
    nights are two parties.

    Parameters
    ----------
    not_before : the first day on which people of tonight may travel
    """
    past_people = arrivals.people
    if past_people.empty:
        return past_people.drop(columns="night").assign(future=0)
    last = pd.Timestamp(past_people["latest"].max())
    num_nights = max(0, (last.date() - not_before).days)
    past = random.integers(len(arrivals.nights), size=(num_futures, num_nights))
    lines_of = [np.flatnonzero(past_people["night"] == night) for night in arrivals.nights]
    chosen = [lines_of[night] for night in past.ravel().tolist()]
    lines = np.concatenate([np.zeros(0, dtype=np.int64), *chosen])
    nth = np.repeat(np.arange(past.size), [len(one) for one in chosen])
    later = 1 + nth % max(1, num_nights)  # days until the night
    shift = later - np.array([(night - tonight).days for night in arrivals.nights])[past.ravel()[nth]]
    people = past_people.iloc[lines].drop(columns="night").assign(future=nth // max(1, num_nights))
    moved = {name: people[name] + pd.to_timedelta(shift, "D") for name in DAYS}
    soonest = pd.Series(pd.Timestamp(not_before) + pd.to_timedelta(later, "D"), people.index)
    moved["earliest"] = moved["earliest"].where(moved["earliest"] >= soonest, soonest)
    party = people["party"].where(people["party"] < 0, people["party"] + (1 + nth) * arrivals.num_parties)
    people = people.assign(**moved, party=party)
    is_in_time: pd.Series[bool] = (people["earliest"] <= people["latest"]) & (people["earliest"] <= last)
    return pd.DataFrame(people[is_in_time])
