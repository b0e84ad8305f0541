"""Spare seats of kept batches, filled by newcomers whose journey is the batch's."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from returnplan.carryover.kept import Kept, heads_of
from returnplan.edits.people import free_seats, put_on, stop_of
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import CapRule, Roster
from returnplan.model.rules import Rules
from returnplan.problem.caps import most_people
from returnplan.reasons.turns import in_turn


def newcomers_on_spare_seats(
    kept: Kept, roster: Roster, rules: Rules, newcomers: pd.DataFrame, old: Plan
) -> Kept:
    """Return the kept part with newcomers on published batches, each in turn; nobody else moves.

    No seat stays empty while a party, or somebody alone, fits who waits.

    Parameters
    ----------
    newcomers : lines of ``Roster.people`` who are eligible and have no seat, with ``person`` and ``left``, the
        batch whose seat they gave up or missed, empty if none
    old : the plan that the kept part comes from
    """
    counts = _DayCounts(rules, Counter(heads_of(kept, roster)))
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
        if batch.state != "published" or batch.date < (roster.not_before or batch.date):
            continue
        aboard = plan.riders[plan.riders["batch"] == batch.id]
        free = len(free_seats(batch, aboard))
        fits = in_turn(waiting[_fits(waiting, batch, aboard, roster, rules)] if free else waiting.iloc[:0])
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


def _fits(
    people: pd.DataFrame, batch: Batch, aboard: pd.DataFrame, roster: Roster, rules: Rules
) -> "pd.Series[bool]":
    """Return who may ride on a batch as far as it alone decides."""
    day = pd.Timestamp(batch.date)
    ready = ~(people["reception"] > day) | (people["reception"] > people["latest"])
    fits = (people["earliest"] <= day) & (people["latest"] >= day) & ready & people["city"].isin(batch.cities)
    fits &= people["left"] != batch.id
    for kind in ("pickup", "dropoff"):
        called_at = {line for line in people[kind].unique() if stop_of(batch, kind, int(line), roster)}
        fits &= people[kind].isin(list(called_at))
    if batch.base:
        fits &= people["home"] == batch.base
    if not rules.mix_counties:
        fits &= (people["county"] == aboard["county"].iloc[0]) & (aboard["county"].nunique() == 1)
    return fits


@dataclass(frozen=True)
class _DayCounts:
    """The people counted so far against the day caps; ``heads`` grows."""

    rules: Rules
    heads: "Counter[tuple[CapRule, str, date]]"

    def takes(self, party: pd.DataFrame, batch: Batch) -> bool:
        """Count a party, with the column ``home``, on a batch, unless a cap forbids it."""
        more: Counter[tuple[CapRule, str, date]] = Counter()
        more.update(("max_departures", home, batch.date) for home in party["home"])
        more.update(("max_arrivals", city, batch.arrive.date()) for city in party["city"])
        for (rule, name, day), num in more.items():
            most = most_people(getattr(self.rules, f"{rule}_per_day"), name)
            if most is not None and self.heads[rule, name, day] + num > most:
                return False
        self.heads.update(more)
        return True
