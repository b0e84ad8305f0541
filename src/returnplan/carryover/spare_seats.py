"""Spare seats of kept batches, filled by newcomers whose journey is the batch's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from returnplan.carryover.kept import Kept, may_be_joined
from returnplan.carryover.train_seats import Journey, TrainSeats, closed_list
from returnplan.edits.itineraries import free_seats
from returnplan.edits.people import on_journeys, put_on
from returnplan.edits.room import DayCounts, heads_of, suits
from returnplan.edits.vehicles import notices_of
from returnplan.model.law import Law
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.problem.seats import usable_seats
from returnplan.reasons.turns import in_turn


class Filled(NamedTuple):
    """The kept part with newcomers on it, and which trains had seats for some of them, but are closed."""

    kept: Kept
    notes: tuple[Text, ...]


def newcomers_on_spare_seats(
    kept: Kept, roster: Roster, rules: Rules, law: Law, newcomers: pd.DataFrame, old: Plan
) -> Filled:
    """Return the kept part with newcomers on published coaches and trains, each in turn; nobody else moves.

    No seat stays empty while a party, or somebody alone, fits who waits. Onto a train people come with the feeders and
    shuttles that run for it, until the railway has given seats to its riders.

    Parameters
    ----------
    rules, law : of now; where they leave fewer seats of a coach than it was published with, it takes nobody beyond them
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
    open_batches = [batch for batch in kept.batches if may_be_joined(batch, roster)]
    for batch in open_batches:
        if batch.kind == "direct":
            usable = usable_seats(batch.seats, rules, notices_of(plan, batch, law))
            now = replace(batch, usable=min(batch.usable, usable))
            plan = _coach_filled(plan, now, roster, rules, counts)
    notes: list[Text] = []
    for batch in open_batches:
        if batch.kind == "train" and (seats := TrainSeats.of(plan, batch, roster, rules)):
            if seats.is_closed:
                notes += _say_closed(seats, plan.unplanned)
            else:
                plan = _train_filled(plan, seats, roster, counts)
    return Filled(Kept(plan.batches, plan.riders), tuple(notes))


def _coach_filled(plan: Plan, batch: Batch, roster: Roster, rules: Rules, counts: DayCounts) -> Plan:
    """Return the plan with those of the unplanned on a direct coach who ride on it as it is."""
    waiting, aboard = plan.unplanned, plan.riders[plan.riders["batch"] == batch.id]
    free = len(free_seats(batch, aboard))
    able = suits(waiting, batch, aboard, roster, rules) & (waiting["left"] != batch.id)
    chosen: list[str] = []
    for party in _whole_parties(waiting[able] if free else waiting.iloc[:0]):
        seats = len(party) + int(party["num_children"].sum())
        there = [batch.arrive.date()] * len(party)
        if seats <= free and counts.takes(party, batch.date, there):
            chosen += party["signup"].tolist()
            free -= seats
    return put_on(plan, batch.id, chosen, roster) if chosen else plan


def _say_closed(seats: TrainSeats, waiting: pd.DataFrame) -> Iterator[Text]:
    """Yield that a train takes none of those who could join it."""
    parties = _whole_parties(waiting[seats.may_join(waiting)])
    persons = [person for party in parties if seats.for_party(party) for person in party["person"].tolist()]
    if persons:
        yield closed_list(seats.train, persons)


def _train_filled(plan: Plan, seats: TrainSeats, roster: Roster, counts: DayCounts) -> Plan:
    """Return the plan with those of the unplanned on a train who can take it and the rides that belong to it."""
    waiting = plan.unplanned
    journeys: dict[str, Journey] = {}
    for party in _whole_parties(waiting[seats.may_join(waiting)]):
        taken = seats.for_party(party)
        there = [rides[-1].batch.arrive.date() for _, rides in taken.journeys.values()] if taken else []
        if taken and counts.takes(party, seats.train.date, there):
            seats = taken.seats
            journeys |= taken.journeys
    return on_journeys(plan, journeys, roster) if journeys else plan


def _whole_parties(people: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield those who travel together, in their turn, if all of them are there."""
    fits = in_turn(people)
    alone = -1 - fits.index.to_series()
    for _, party in fits.groupby(fits["party"].where(fits["party"] >= 0, alone), sort=False):
        if len(party) == party["mates"].iloc[0]:
            yield party
