"""Standby riders: people without a seat who fit on a batch of whose riders some are likely not to come.

How likely is what the campaign has seen: of each class, who was absent of those who were expected. No seat is promised
twice: who stands by is told so.
"""

import pandas as pd

from returnplan.edits.room import suits
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules

FEWEST_SEEN = 30
"""People of a class, or of all, who were expected before a share of absent ones says anything."""


def absent_shares(category: "pd.Series[str]", is_absent: "pd.Series[bool]") -> "pd.Series[float]":
    """Return the share of absent people by class, under "" that of all; a class of which few were seen has none.

    Parameters
    ----------
    category, is_absent : class of each person who was expected on a batch that has departed, and who did not come
    """
    seen = pd.Series(is_absent.to_numpy(dtype=float), index=category.to_numpy(dtype=object))
    by_class = seen.groupby(level=0)
    shares: pd.Series[float] = by_class.mean()[by_class.size() >= FEWEST_SEEN]
    shares = shares.drop("", errors="ignore")
    return pd.concat([shares, pd.Series({"": seen.mean()})]) if len(seen) >= FEWEST_SEEN else shares


def expected_no_shows(riders: pd.DataFrame, shares: "pd.Series[float]") -> float:
    """Return how many of some riders are likely not to come."""
    if shares.empty:
        return 0.0
    overall = float(shares.get("", 0.0))
    return float(riders["category"].map(shares).fillna(overall).sum())


def standby_for(
    batch: Batch, plan: Plan, roster: Roster, person: "pd.Series[int]", num: int, rules: Rules
) -> tuple[int, ...]:
    """Return the numbers of some people without a seat who could ride on a batch: those alone, class by class.

    Parameters
    ----------
    person : the person number of each line of the roster's people
    """
    people = roster.people.assign(person=person, home=roster.boarding_prefectures())
    has_seat = people["signup"].isin(plan.riders["signup"])
    waiting = people[
        (people["code"] == "") & ~has_seat & (people["party"] < 0) & (people["num_children"] == 0)
    ]
    aboard = plan.riders[plan.riders["batch"] == batch.id]
    fits = waiting[suits(waiting, batch, aboard, roster, rules)] if num and len(waiting) else waiting.iloc[:0]
    return tuple(fits.sort_values(["rank", "person"], kind="stable")["person"].astype(int).tolist()[:num])
