"""The totals of a plan: the object ``summary`` of docs/contract.md#json."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from returnplan.assembly.rides import Rides
from returnplan.model.plan import Batch
from returnplan.model.roster import Roster

Json = dict[str, Any]


def summary_of(batches: Sequence[Batch], rides: Rides, roster: Roster) -> Json:
    """Return the totals; ``lower_bound`` and ``gap`` are 0 as long as nobody has proved one."""
    signups = len(roster.people) + len(roster.rejected)
    planned = len(rides.person)
    return {
        "signups": signups,
        "eligible": int((roster.people["code"] == "").sum()),
        "planned": planned,
        "unplanned": signups - planned,
        "not_read": roster.num_not_read,
        "batches": len(batches),
        "vehicles": dict(Counter(batch.vehicle for batch in batches)),
        "km": round(sum(batch.km for batch in batches), 2),
        "cost": round(sum(batch.cost_yuan for batch in batches), 2),
        "lower_bound": 0.0,
        "gap": 0.0,
        "late_days": _late_days(batches, rides, roster),
        "days": _days(batches),
        "cities": _cities(batches, rides, roster),
        "origins": _origins(batches, rides, roster),
    }


def _late_days(batches: Sequence[Batch], rides: Rides, roster: Roster) -> int:
    """Return the person-days after the employers' resume dates."""
    day = np.array([batch.date for batch in batches], dtype="datetime64[D]")[rides.batch]
    resume = roster.people["resume"].to_numpy().astype("datetime64[D]")[rides.person]
    known = ~np.isnat(resume)
    return int(np.maximum(0, (day[known] - resume[known]).astype(np.int64)).sum())


def _days(batches: Iterable[Batch]) -> Json:
    days: Json = {}
    for batch in batches:
        day = days.setdefault(batch.date.isoformat(), {"batches": 0, "riders": 0})
        day["batches"] += 1
        day["riders"] += batch.load
    return days


def _cities(batches: Sequence[Batch], rides: Rides, roster: Roster) -> Json:
    """Count a batch for each of its cities, a rider for the own one."""
    num_batches = Counter(city for batch in batches for city in batch.cities)
    num_riders = Counter(roster.people["city"].to_numpy(dtype=object)[rides.person].tolist())
    return {city: {"batches": num_batches[city], "riders": num_riders[city]} for city in sorted(num_batches)}


def _origins(batches: Sequence[Batch], rides: Rides, roster: Roster) -> Json:
    """Count by home prefecture; riders share the cost of their batch equally.

    A vehicle counts for the prefecture most of its riders come from, so that the sums are those of the plan.
    Nobody has boarded yet.
    """
    homes = pd.Series(roster.people["prefecture"].to_numpy(dtype=object)[rides.person])
    heads = homes.groupby([homes.rename("home"), rides.batch.copy()]).size().rename("heads")
    table = heads.rename_axis(["home", "batch"]).reset_index()
    load = np.array([batch.load for batch in batches])
    cost = np.array([batch.cost_yuan for batch in batches])
    lines = table["batch"].to_numpy(np.int64)
    table["cost"] = cost[lines] / load[lines] * table["heads"] if len(table) else 0.0
    first = table.sort_values(["batch", "heads", "home"], ascending=[True, False, True]).drop_duplicates(
        "batch"
    )
    modes = np.array([batch.mode for batch in batches], dtype=object)[first["batch"].to_numpy(np.int64)]
    vehicles = Counter(zip(first["home"], modes, strict=True))
    sums = table.groupby("home")[["heads", "cost"]].sum()
    return {
        home: {
            "coaches": vehicles[home, "coach"],
            "trains": vehicles[home, "train"],
            "planned": int(heads),
            "boarded": 0,
            "walk_ups": 0,
            "cost": round(float(cost), 2),
        }
        for home, heads, cost in sums.itertuples()
    }
