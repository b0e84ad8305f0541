"""Hard rule 8: people who leave a prefecture, or arrive in a city, on one day."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Tables, boarding_prefectures
from returnplan.rules import PeoplePerDay
from returnplan.texts import Text

DEPARTURES = Promise(
    "departures_cap",
    8,
    Text(
        "{name} {date:%Y-%m-%d} 发送 {num} 人,上限 {most} 人",
        "{num} people leave {name} on {date:%Y-%m-%d} of {most}",
    ),
)
ARRIVALS = Promise(
    "arrivals_cap",
    8,
    Text(
        "{name} {date:%Y-%m-%d} 到达 {num} 人,上限 {most} 人",
        "{num} people reach {name} on {date:%Y-%m-%d} of {most}",
    ),
)


def departures(tables: Tables) -> Iterable[Violation]:
    """Count the people who board in each prefecture on a date."""
    people = tables.riders[["date"]].assign(name=boarding_prefectures(tables))
    return DEPARTURES.broken_by(_over(people, tables.rules.max_departures_per_day))


def arrivals(tables: Tables) -> Iterable[Violation]:
    """Count the people of each destination city on the date on which their batch arrives."""
    day = tables.batches["arrive"].dt.normalize().to_numpy()[tables.riders["at"].to_numpy()]
    people = tables.riders[["told_city"]].rename(columns={"told_city": "name"}).assign(date=day)
    return ARRIVALS.broken_by(_over(people, tables.rules.max_arrivals_per_day))


def _over(people: pd.DataFrame, cap: PeoplePerDay) -> pd.DataFrame:
    """Return the (name, date) with more people than the cap, with both numbers."""
    counted = people.groupby(["name", "date"]).size().rename("num").reset_index()
    counted["most"] = counted["name"].map(cap) if isinstance(cap, dict) else cap
    return counted[counted["num"] > counted["most"].astype(float)]
