"""Who may board a batch as it is: its stops, its day, its seats, and what the day caps leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from returnplan.edits.itineraries import by_person, stop_of
from returnplan.model.plan import Batch
from returnplan.model.roster import CapRule, Heads, Roster, VehiclePool
from returnplan.model.rules import Rules
from returnplan.problem.caps import most_people


def suits(
    people: pd.DataFrame, batch: Batch, aboard: pd.DataFrame, roster: Roster, rules: Rules
) -> "pd.Series[bool]":
    """Return who may ride on a batch as far as it alone decides; free seats and day caps are not looked at.

    Parameters
    ----------
    people : lines of ``Roster.people``, with the prefecture in which they board as ``home``
    aboard : the riders of the batch
    """
    suited = can_travel(people, batch.date) & people["city"].isin(batch.cities)
    for kind in ("pickup", "dropoff"):
        called_at = {line for line in people[kind].unique() if stop_of(batch, kind, int(line), roster)}
        suited &= people[kind].isin(list(called_at))
    if batch.base:
        suited &= people[registered_end(batch, roster.pools)] == batch.base
    if not rules.mix_counties:
        suited &= (people["county"] == aboard["county"].iloc[0]) & (aboard["county"].nunique() == 1)
    return suited


def registered_end(batch: Batch, pools: Sequence[VehiclePool]) -> str:
    """Return the column of people that the base of the vehicle has to equal: ``home``, or ``city``."""
    return (
        "city" if any(_is_its_own(pool, batch) and pool.side == "destination" for pool in pools) else "home"
    )


def _is_its_own(pool: VehiclePool, batch: Batch) -> bool:
    return (pool.vehicle, pool.base) == (batch.vehicle, batch.base)


def can_travel(people: pd.DataFrame, day: date) -> "pd.Series[bool]":
    """Return who may travel on a day: it lies in their window, and their employer takes them in by then.

    An employer who takes nobody in before the end of the window cannot be waited for.
    """
    at = pd.Timestamp(day)
    ready = ~(people["reception"] > at) | (people["reception"] > people["latest"])
    return (people["earliest"] <= at) & (people["latest"] >= at) & ready


@dataclass(frozen=True)
class DayCounts:
    """The people counted so far against the day caps; ``heads`` grows."""

    rules: Rules
    heads: "Counter[tuple[CapRule, str, date]]" = field(default_factory=Counter)

    def takes(self, party: pd.DataFrame, leaves: date, arrives: Sequence[date]) -> bool:
        """Count a party, with the column ``home``, unless a cap forbids it.

        Parameters
        ----------
        arrives : the day on which each of them is there
        """
        more: Counter[tuple[CapRule, str, date]] = Counter()
        more.update(("max_departures", home, leaves) for home in party["home"])
        more.update(("max_arrivals", *there) for there in zip(party["city"], arrives, strict=True))
        for (rule, name, day), num in more.items():
            most = most_people(getattr(self.rules, f"{rule}_per_day"), name)
            if most is not None and self.heads[rule, name, day] + num > most:
                return False
        self.heads.update(more)
        return True


def heads_of(batches: Iterable[Batch], riders: pd.DataFrame, roster: Roster) -> Heads:
    """Return how many riders of some batches leave each prefecture, and reach each city, on each date."""
    people = roster.people.assign(home=roster.boarding_prefectures()).set_index("signup")
    first, last = by_person(riders), by_person(riders, keep="last")
    days = {batch.id: (batch.date, batch.arrive.date()) for batch in batches}
    leave = first["batch"].map({name: day for name, (day, _) in days.items()})
    arrive = last["batch"].map({name: day for name, (_, day) in days.items()})
    return {
        **_counted("max_departures", people["home"].loc[first["signup"]], leave),
        **_counted("max_arrivals", people["city"].loc[last["signup"]], arrive),
    }


def _counted(rule: CapRule, names: "pd.Series[str]", days: "pd.Series[Any]") -> Heads:
    counts = pd.DataFrame({"name": names.to_numpy(), "day": days.to_numpy()}).value_counts().reset_index()
    columns = (counts[column].tolist() for column in ("name", "day", "count"))
    return {(rule, name, day): num for name, day, num in zip(*columns, strict=True)}
