"""Day caps on people by prefecture and city, and the timetable that says when a batch arrives."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from returnplan.problem.model import UNLIMITED, Caps, Ints, Travellers
from returnplan.rules import PeoplePerDay, Rules, Timetable

MOST_DAYS_ON_THE_ROAD = 7
"""Arrivals are counted so many days beyond the last departure."""


def build_caps(
    people: pd.DataFrame,
    travellers: Travellers,
    prefectures: Mapping[str, int],
    num_days: int,
    rules: Rules,
    timetable: Timetable,
) -> Caps:
    """Return the caps of the rules.

    Parameters
    ----------
    people : the people behind the cells, on the index that ``travellers`` refers to
    prefectures : the id of each prefecture's full name
    """
    cities = {name: i for i, name in enumerate(sorted(set(people["city"])))}
    first_members = travellers.member_row[travellers.member_start[travellers.group_start[:-1]]]
    city_of_cell = people["city"].reindex(first_members).map(cities).to_numpy(dtype=np.int64)
    hour, minute = timetable.start.split(":")
    return Caps(
        max_departures=_table(rules.max_departures_per_day, prefectures, num_days),
        max_arrivals=_table(rules.max_arrivals_per_day, cities, num_days + MOST_DAYS_ON_THE_ROAD),
        city_of_cell=city_of_cell,
        start_minute=60.0 * int(hour) + int(minute),
        minutes_per_km=60.0 / timetable.speed_kmh,
        dwell_minutes=timetable.dwell_minutes,
    )


def _table(cap: PeoplePerDay, numbers: Mapping[str, int], num_days: int) -> Ints:
    """Return (names, days) the people that each name may send (or take in) on each day."""
    most = np.full((len(numbers), num_days), UNLIMITED, dtype=np.int64)
    for name, number in numbers.items():
        people = cap.get(name) if isinstance(cap, dict) else cap
        if people is not None:
            most[number] = people
    return most
