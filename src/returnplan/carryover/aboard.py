"""Who counts against the day caps before anybody is planned: the riders of held batches."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from returnplan.carryover.held import Held
from returnplan.model.plan import Batch
from returnplan.model.roster import CapRule, Heads, Roster
from returnplan.model.rules import Rules
from returnplan.problem.caps import most_people


def heads_of(held: Held, roster: Roster) -> Heads:
    """Return how many riders of held batches leave each prefecture, and reach each city, on each date."""
    people = roster.people.assign(home=roster.boarding_prefectures())
    people = people.set_index("signup").loc[held.riders["signup"]]
    leave = {batch.id: batch.date for batch in held.batches}
    arrive = {batch.id: batch.arrive.date() for batch in held.batches}
    return {
        **_counted("max_departures", people["home"], held.riders["batch"].map(leave)),
        **_counted("max_arrivals", people["city"], held.riders["batch"].map(arrive)),
    }


def _counted(rule: CapRule, names: "pd.Series[str]", days: "pd.Series[Any]") -> Heads:
    counts = pd.DataFrame({"name": names.to_numpy(), "day": days.to_numpy()}).value_counts().reset_index()
    columns = (counts[column].tolist() for column in ("name", "day", "count"))
    return {(rule, name, day): num for name, day, num in zip(*columns, strict=True)}


@dataclass(frozen=True)
class Tally:
    """The people counted so far; ``heads`` grows."""

    rules: Rules
    heads: "Counter[tuple[CapRule, str, date]]"

    def takes(self, party: pd.DataFrame, batch: Batch) -> bool:
        """Count a party, with the column ``home``, on a batch, unless a cap forbids it."""
        more: Counter[tuple[CapRule, str, date]] = Counter()
        more.update(("max_departures", home, batch.date) for home in party["home"])
        more.update(("max_arrivals", city, batch.arrive.date()) for city in party["city"])
        if any(self.heads[key] + num > self._most(key) for key, num in more.items()):
            return False
        self.heads.update(more)
        return True

    def _most(self, key: tuple[CapRule, str, date]) -> float:
        most = most_people(getattr(self.rules, f"{key[0]}_per_day"), key[1])
        return float("inf") if most is None else most
