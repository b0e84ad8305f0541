"""Spare seats of held batches, filled by newcomers whose journey is the batch's."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from returnplan.edits.people import free_seats, put_on, stop_of
from returnplan.holding.held import Held
from returnplan.plan import Batch, Plan
from returnplan.roster import Roster
from returnplan.rules import Rules


def newcomers_on_spare_seats(
    held: Held, roster: Roster, rules: Rules, newcomers: pd.DataFrame, old: Plan
) -> Held:
    """Return the held part with newcomers on published batches, class by class; nobody else moves.

    Parameters
    ----------
    newcomers : lines of ``Roster.people`` who are eligible and were on no batch before, with ``person``
    old : the plan that the held part comes from

    Where day caps hold, the planner alone decides who travels.
    """
    if rules.max_departures_per_day is not None or rules.max_arrivals_per_day is not None:
        return held
    plan = replace(old, batches=held.batches, riders=held.riders, unplanned=newcomers)
    waiting = newcomers.sort_values(["rank", "latest", "id_number"], kind="stable")
    for batch in held.batches:
        if batch.state != "published" or batch.date < (roster.not_before or batch.date):
            continue
        free = len(free_seats(batch, plan.riders[plan.riders["batch"] == batch.id]))
        chosen = _chosen(batch, free, waiting[_fits(waiting, batch, roster, rules)]) if free else []
        if chosen:
            plan = put_on(plan, batch.id, chosen, roster)
            waiting = waiting[~waiting["signup"].isin(chosen)]
    return Held(plan.batches, plan.riders)


def _fits(people: pd.DataFrame, batch: Batch, roster: Roster, rules: Rules) -> "pd.Series[bool]":
    day = pd.Timestamp(batch.date)
    ready = ~(people["reception"] > day) | (people["reception"] > people["latest"])
    fits = (people["earliest"] <= day) & (people["latest"] >= day) & ready & people["city"].isin(batch.cities)
    for kind in ("pickup", "dropoff"):
        called_at = {line for line in people[kind].unique() if stop_of(batch, kind, int(line), roster)}
        fits &= people[kind].isin(list(called_at))
    return fits & rules.mix_counties


def _chosen(batch: Batch, free: int, people: pd.DataFrame) -> list[str]:
    """Return the row references of those who get a seat, parties whole."""
    chosen: list[str] = []
    for party in _parties(people):
        seats = len(party) + int(party["num_children"].sum())
        if seats <= free:
            chosen += party["signup"].tolist()
            free -= seats
    return chosen


def _parties(people: pd.DataFrame) -> Iterator[pd.DataFrame]:
    alone = -1 - people.index.to_series()
    key = people["party"].where(people["party"] >= 0, alone)
    return (party for _, party in people.groupby(key, sort=False))
