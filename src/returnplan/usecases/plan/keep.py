"""What people were told of the last plan is kept in the next one: who is kept, and who is planned again."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

import numpy as np
import pandas as pd

from returnplan.carryover import (
    Kept,
    as_come,
    heard,
    joined,
    kept_part,
    masked,
    newcomers_on_spare_seats,
    parted,
    previous_batches,
    succeeding,
    trains_left,
    unmasked,
    vacancies_before,
    with_kept_rows,
    with_one_batch_a_train,
    with_told_matches,
)
from returnplan.carryover.send_or_hold import Verdict
from returnplan.edits import retotalled, with_fares
from returnplan.edits.itineraries import by_person
from returnplan.edits.room import heads_of
from returnplan.matching import match
from returnplan.model.aboard import is_aboard
from returnplan.model.changed_signups import ChangedSignUp
from returnplan.model.law import Law
from returnplan.model.plan import OWN_WORD, Plan, Rider
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.problem import PreviousBatches
from returnplan.store import CANCELLED, DECISIVE
from returnplan.usecases.plan.guard import StoreState
from returnplan.usecases.plan.lost_seats import kept_without_list, say_changed_signups

NOBODY = Kept((), pd.DataFrame(columns=list(Rider.__dataclass_fields__)))


@dataclass(frozen=True)
class Prepared:
    """A new run between matching and planning.

    ``roster`` are all people, ``hidden`` the same with the kept ones not to be planned; ``old`` is the plan that
    people know, ``previous`` who is on which of its batches that are planned again, ``retired`` the ids of batches
    that people knew and that are gone, ``told`` the batch and the seat of which each person was told. ``changed`` is
    what the sign-ups of kept riders say anew. ``decided`` is ``hidden`` with narrower windows of people who were told
    to leave on the first day, or to wait, None if nobody was.
    """

    roster: Roster
    hidden: Roster
    kept: Kept = NOBODY
    old: Plan | None = None
    previous: PreviousBatches | None = None
    retired: Set[str] = frozenset()
    told: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    changed: tuple[ChangedSignUp, ...] = ()
    decided: Roster | None = None

    def deciding(self, verdicts: Iterable[Verdict], first_day: date) -> "Prepared":
        """Return the same run in which people leave on the first day, or later, as it was decided."""
        people = self.hidden.people
        earliest, latest = people["earliest"].copy(), people["latest"].copy()
        for verdict in verdicts:
            latest.iloc[verdict.leave] = pd.Timestamp(first_day)
            later = earliest.iloc[verdict.wait]
            next_day = pd.Timestamp(first_day + timedelta(days=1))
            earliest.iloc[verdict.wait] = later.where(later >= next_day, next_day)
        decided = people.assign(earliest=earliest, latest=latest)
        return replace(self, decided=replace(self.hidden, people=decided))

    def restored(self, plan: Plan) -> Plan:
        """Return a plan with the kept part of the old one, under the numbers people know."""
        assert self.old is not None
        if self.kept.batches:
            plan = with_one_batch_a_train(joined(plan, self.kept, self.roster), self.kept.batches)
            ordered = replace(self.old, batches=self.kept.batches)
            plan = retotalled(with_fares(plan, ordered, self.roster), self.roster, lower_bound_yuan=0.0)
        return succeeding(plan, self.old, {batch.id for batch in self.kept.batches}, self.retired, self.told)


def keep_promises(
    roster: Roster, rules: Rules, law: Law, standing: StoreState, numbers: Mapping[str, int]
) -> Prepared:
    """Return who is planned again, with everybody matched, and what stays as people were told.

    Who was on board stays there, whatever the phone, or a list, said of them.

    Parameters
    ----------
    roster : from the lists of now, before matching
    numbers : ID number -> person number of everybody in it
    """
    aboard = set() if standing.plan is None else _on_board(standing.plan)
    said = {
        number: call
        for number, call in standing.calls.items()
        if call.result in DECISIVE and number not in aboard
    }
    person = roster.people["id_number"].map(numbers)
    roster = replace(roster, people=as_come(roster.people, person, aboard))
    cancelled = {number for number, call in said.items() if call.result == CANCELLED}
    postponed = {number: call.postponed_to for number, call in said.items() if call.postponed_to}
    last_day = {number: call.last_day for number, call in said.items() if call.last_day}
    people = heard(roster.people, person, cancelled, postponed, last_day, roster.not_before)
    roster = replace(roster, people=parted(people, np.zeros(len(people), dtype=bool)))
    if standing.plan is None or standing.roster is None:
        matched = match(roster)
        return Prepared(matched, matched, old=standing.plan)
    riders = zip(standing.plan.riders["person"].tolist(), standing.plan.riders["batch"].tolist(), strict=True)
    day = {batch.id: batch.date for batch in standing.plan.batches}
    gone = {number for number, batch in riders if number in said and said[number].frees(batch, day[batch])}
    gone |= set(person[roster.people["code"].isin(OWN_WORD)])
    kept = kept_part(standing.plan, pinned=standing.pins, gone=gone, first_day=roster.not_before)
    return _with_kept(roster, rules, law, standing, kept, numbers)


def _on_board(plan: Plan) -> set[int]:
    return set(plan.riders.loc[is_aboard(plan.riders), "person"].tolist())


def _with_kept(
    roster: Roster, rules: Rules, law: Law, standing: StoreState, kept: Kept, numbers: Mapping[str, int]
) -> Prepared:
    old, old_roster = standing.plan, standing.roster
    assert old is not None
    assert old_roster is not None
    told_hours = _told_hours(standing, old)
    known = partial(previous_batches, old, told=told_hours, move_yuan=rules.move_yuan)
    told = {number: (call.batch, call.seat) for number, call in standing.calls.items() if call.is_told}
    if not kept.batches:
        matched = _matched(roster, old_roster, set(told_hours), numbers)
        previous = known(frozenset(), matched, matched.people["id_number"].map(numbers))
        return Prepared(matched, matched, old=old, previous=previous, retired=standing.retired, told=told)
    person = roster.people["id_number"].map(numbers)
    rows = with_kept_rows(roster, kept, old_roster, person, rules.circuity)
    on_drafts = set(told_hours) - set(rows.kept.riders["person"])
    everybody = _matched(rows.roster, old_roster, on_drafts, numbers, rows.is_kept)
    people = everybody.people.assign(person=everybody.people["id_number"].map(numbers))
    has_seat = people["signup"].isin(rows.kept.riders["signup"]) | _has_draft(people, old, rows.kept)
    was_on = people["person"].map(dict(zip(old.riders["person"], old.riders["batch"], strict=True)))
    newcomers = people.assign(left=was_on.fillna(""))[(people["code"] == "") & ~has_seat]
    filled, closed = newcomers_on_spare_seats(rows.kept, everybody, rules, law, newcomers, old)
    is_kept = everybody.people["signup"].isin(filled.riders["signup"])
    everybody = replace(everybody, people=parted(everybody.people, is_kept.to_numpy(dtype=bool)))
    hidden = replace(
        masked(everybody, is_kept),
        aboard=heads_of(filled.batches, filled.riders, everybody),
        rail=trains_left(filled, everybody, rules, old),
    )
    previous = known({batch.id for batch in filled.batches}, hidden, hidden.people["id_number"].map(numbers))
    return Prepared(
        everybody,
        hidden,
        filled,
        old,
        previous,
        standing.retired,
        told,
        (*kept_without_list(old, rows.missing), *say_changed_signups(rows.kept, rows.changed), *closed),
        rows.changed,
    )


def _matched(
    roster: Roster,
    old: Roster,
    told: Set[int],
    numbers: Mapping[str, int],
    is_kept: "pd.Series[bool] | bool" = False,
) -> Roster:
    """Return the roster with everybody matched who has no vacancy; kept people, and those who were told, have one."""
    person, person_before = (one.people["id_number"].map(numbers) for one in (roster, old))
    before = vacancies_before(roster, old, person, person_before)
    people, keeps = with_told_matches(roster, told, person, before)
    hidden = masked(replace(roster, people=people), keeps | is_kept)
    return unmasked(match(hidden, np.asarray(before, dtype=np.int64)), roster)


def _has_draft(people: pd.DataFrame, old: Plan, kept: Kept) -> "pd.Series[bool]":
    """Return who was on a batch of the old plan that is planned again, on a day that still suits them."""
    day = {batch.id: batch.date for batch in old.batches if batch.id not in {one.id for one in kept.batches}}
    of_batch = dict(zip(old.riders["person"], old.riders["batch"].map(day), strict=True))
    own = pd.to_datetime(people["person"].map(of_batch))
    return (people["earliest"] <= own) & (own <= people["latest"])


def _told_hours(standing: StoreState, old: Plan) -> dict[int, datetime]:
    """Return when people were told to board their draft: all of one that was published, else those who were called."""
    deeds = {(entry.batch, entry.deed) for entry in standing.journal}
    recalled = {batch for batch, deed in deeds if deed == "recalled" and (batch, "published") in deeds}
    first = by_person(old.riders)
    rides = dict(
        zip(first["person"].tolist(), zip(first["batch"], first["pickup_seq"], strict=True), strict=True)
    )
    hours = {(batch.id, stop.seq): stop.time for batch in old.batches for stop in batch.stops}
    told = {person: hours[ride] for person, ride in rides.items() if ride[0] in recalled}
    called = (call for call in standing.calls.values() if call.is_told and call.person in rides)
    return told | {call.person: call.time for call in called if call.batch == rides[call.person][0]}
