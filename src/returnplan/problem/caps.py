"""Day caps on people by prefecture and city."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from returnplan.model.law import MOST_DAYS
from returnplan.model.roster import CapRule, Heads
from returnplan.model.rules import PeoplePerDay, Rules
from returnplan.problem.model import UNLIMITED, Caps, Ints, Travellers


def build_caps(
    people: pd.DataFrame,
    travellers: Travellers,
    prefectures: Mapping[str, int],
    days: Sequence[date],
    aboard: Heads,
    rules: Rules,
) -> Caps:
    """Return the caps of the rules, less the people of kept batches.

    Parameters
    ----------
    people : the people behind the cells, on the index that ``travellers`` refers to
    prefectures : the id of each prefecture's full name
    days : those on which anybody may leave
    """
    cities = {name: i for i, name in enumerate(sorted(set(people["city"].unique())))}
    city_of_cell = people["city"].reindex(travellers.first_member).map(cities).to_numpy(dtype=np.int64)
    arrival_days = [*days, *(days[-1] + timedelta(days=1 + d) for d in range(MOST_DAYS))]
    return Caps(
        max_departures=_table("max_departures", rules.max_departures_per_day, prefectures, days, aboard),
        max_arrivals=_table("max_arrivals", rules.max_arrivals_per_day, cities, arrival_days, aboard),
        city_of_cell=city_of_cell,
    )


def _table(
    rule: CapRule, cap: PeoplePerDay, numbers: Mapping[str, int], days: Sequence[date], aboard: Heads
) -> Ints:
    """Return (names, days) the people that each name may still send (or take in) on each day."""
    most = np.full((len(numbers), len(days)), UNLIMITED, dtype=np.int64)
    for name, number in numbers.items():
        people = most_people(cap, name)
        if people is not None:
            most[number] = [max(0, people - aboard.get((rule, name, day), 0)) for day in days]
    return most


def most_people(cap: PeoplePerDay, name: str) -> int | None:
    """Return the day cap of a prefecture or city, None if it has none."""
    return cap.get(name) if isinstance(cap, dict) else cap
