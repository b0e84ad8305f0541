"""Spare seats of held batches, filled by newcomers whose journey is the batch's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from returnplan.carryover.aboard import Tally, heads_of
from returnplan.carryover.held import Held
from returnplan.edits.people import free_seats, put_on, stop_of
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules


def newcomers_on_spare_seats(
    held: Held, roster: Roster, rules: Rules, newcomers: pd.DataFrame, old: Plan
) -> Held:
    """Return the held part with newcomers on published batches, class by class; nobody else moves.

    Parameters
    ----------
    newcomers : lines of ``Roster.people`` who are eligible and were on no batch before, with ``person``
    old : the plan that the held part comes from
    """
    tally = Tally(rules, Counter(heads_of(held, roster)))
    newcomers = newcomers.assign(
        home=roster.boarding_prefectures()[newcomers.index], mates=_party_sizes(newcomers, roster, held)
    )
    plan = replace(old, batches=held.batches, riders=held.riders, unplanned=newcomers)
    waiting = newcomers.sort_values(["rank", "latest", "id_number"], kind="stable")
    for batch in held.batches:
        if batch.state != "published" or batch.date < (roster.not_before or batch.date):
            continue
        aboard = plan.riders[plan.riders["batch"] == batch.id]
        free = len(free_seats(batch, aboard))
        fits = waiting[_fits(waiting, batch, aboard, roster, rules)] if free else waiting.iloc[:0]
        chosen = _chosen(batch, free, fits, tally)
        if chosen:
            plan = put_on(plan, batch.id, chosen, roster)
            waiting = waiting[~waiting["signup"].isin(chosen)]
    return Held(plan.batches, plan.riders)


def _fits(
    people: pd.DataFrame, batch: Batch, aboard: pd.DataFrame, roster: Roster, rules: Rules
) -> "pd.Series[bool]":
    """Return who may ride on a batch as far as it alone decides."""
    day = pd.Timestamp(batch.date)
    ready = ~(people["reception"] > day) | (people["reception"] > people["latest"])
    fits = (people["earliest"] <= day) & (people["latest"] >= day) & ready & people["city"].isin(batch.cities)
    for kind in ("pickup", "dropoff"):
        called_at = {line for line in people[kind].unique() if stop_of(batch, kind, int(line), roster)}
        fits &= people[kind].isin(list(called_at))
    if batch.base:
        fits &= people["home"] == batch.base
    if not rules.mix_counties:
        fits &= (people["county"] == aboard["county"].iloc[0]) & (aboard["county"].nunique() == 1)
    return fits


def _chosen(batch: Batch, free: int, people: pd.DataFrame, tally: Tally) -> list[str]:
    """Return the row references of those who get a seat, parties whole."""
    chosen: list[str] = []
    for party in _parties(people):
        seats = len(party) + int(party["num_children"].sum())
        is_whole = len(party) == party["mates"].iloc[0]
        if is_whole and seats <= free and tally.takes(party, batch):
            chosen += party["signup"].tolist()
            free -= seats
    return chosen


def _parties(people: pd.DataFrame) -> Iterator[pd.DataFrame]:
    alone = -1 - people.index.to_series()
    key = people["party"].where(people["party"] >= 0, alone)
    return (party for _, party in people.groupby(key, sort=False))


def _party_sizes(people: pd.DataFrame, roster: Roster, held: Held) -> "pd.Series[int]":
    """Return how many each person's party counts who are to travel and have no promised seat."""
    everybody = roster.people
    is_free = (everybody["code"] == "") & ~everybody["signup"].isin(held.riders["signup"])
    sizes = everybody.loc[is_free & (everybody["party"] >= 0), "party"].value_counts()
    return people["party"].map(sizes).fillna(1).astype("int64")
