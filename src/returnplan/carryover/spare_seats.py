"""Spare seats of kept batches, filled by newcomers whose journey is the batch's."""

from collections import Counter
from dataclasses import replace

import pandas as pd

from returnplan.carryover.kept import Kept
from returnplan.edits.itineraries import free_seats
from returnplan.edits.people import put_on
from returnplan.edits.room import DayCounts, heads_of, suits
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.reasons.turns import in_turn


def newcomers_on_spare_seats(
    kept: Kept, roster: Roster, rules: Rules, newcomers: pd.DataFrame, old: Plan
) -> Kept:
    """Return the kept part with newcomers on published direct batches, each in turn; nobody else moves.

    No seat stays empty while a party, or somebody alone, fits who waits. Trains are passed over:
    their name lists are with the railway.

    Parameters
    ----------
    newcomers : lines of ``Roster.people`` who are eligible and have no seat, with ``person`` and ``left``, the
        batch whose seat they gave up or missed, empty if none
    old : the plan that the kept part comes from
    """
    counts = DayCounts(rules, Counter(heads_of(kept.batches, kept.riders, roster)))
    # Of each person's party those who are to travel and have no promised seat.
    everybody = roster.people
    is_free = (everybody["code"] == "") & ~everybody["signup"].isin(kept.riders["signup"])
    sizes = everybody.loc[is_free & (everybody["party"] >= 0), "party"].value_counts()
    newcomers = newcomers.assign(
        home=roster.boarding_prefectures()[newcomers.index],
        mates=newcomers["party"].map(sizes).fillna(1).astype("int64"),
    )
    plan = replace(old, batches=kept.batches, riders=kept.riders, unplanned=newcomers)
    waiting = newcomers
    for batch in kept.batches:
        if (
            batch.kind != "direct"
            or batch.state != "published"
            or batch.date < (roster.not_before or batch.date)
        ):
            continue
        aboard = plan.riders[plan.riders["batch"] == batch.id]
        free = len(free_seats(batch, aboard))
        able = suits(waiting, batch, aboard, roster, rules) & (waiting["left"] != batch.id)
        fits = in_turn(waiting[able] if free else waiting.iloc[:0])
        chosen: list[str] = []
        alone = -1 - fits.index.to_series()
        for _, party in fits.groupby(fits["party"].where(fits["party"] >= 0, alone), sort=False):
            seats = len(party) + int(party["num_children"].sum())
            is_whole = len(party) == party["mates"].iloc[0]
            if is_whole and seats <= free and counts.takes(party, batch):
                chosen += party["signup"].tolist()
                free -= seats
        if chosen:
            plan = put_on(plan, batch.id, chosen, roster)
            waiting = waiting[~waiting["signup"].isin(chosen)]
    return Kept(plan.batches, plan.riders)
