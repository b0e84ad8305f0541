"""Hard rule 8: people who leave a prefecture, or arrive in a city, on one day."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Tables, boarding_prefectures
from returnplan.model.rules import PeoplePerDay
from returnplan.model.texts import Text

DEPARTURES = Promise(
    "departures_cap",
    8,
    Text(
        "{name} {date:%Y-%m-%d} 发送 {num} 人,上限 {most:g} 人",
        "{num} people leave {name} on {date:%Y-%m-%d} of {most:g}",
    ),
)
ARRIVALS = Promise(
    "arrivals_cap",
    8,
    Text(
        "{name} {date:%Y-%m-%d} 到达 {num} 人,上限 {most:g} 人",
        "{num} people reach {name} on {date:%Y-%m-%d} of {most:g}",
    ),
)


def departures(tables: Tables) -> Iterable[Violation]:
    """Count the people who board in each prefecture on a date."""
    riders = tables.riders[["batch", "held", "date"]].assign(name=boarding_prefectures(tables))
    return DEPARTURES.broken_by(_over(riders, tables.rules.max_departures_per_day))


def arrivals(tables: Tables) -> Iterable[Violation]:
    """Count the people of each destination city on the date on which their batch arrives."""
    day = tables.batches["arrive"].dt.normalize().to_numpy()[tables.riders["at"].to_numpy()]
    riders = tables.riders[["batch", "held"]].assign(date=day, name=tables.riders["told_city"])
    return ARRIVALS.broken_by(_over(riders, tables.rules.max_arrivals_per_day))


def _over(riders: pd.DataFrame, cap: PeoplePerDay) -> pd.DataFrame:
    """Return the (name, date) with more people than the cap, both numbers, and a batch to blame.

    That is one which may still be changed, if there is any.
    """
    if cap is None:
        return riders.iloc[:0]
    days = riders.sort_values("held", kind="stable").groupby(["name", "date"])
    counted = days.agg(num=("batch", "size"), batch=("batch", "first")).reset_index()
    counted["most"] = counted["name"].map(cap) if isinstance(cap, dict) else cap
    return counted[counted["num"] > counted["most"]]
