"""Trains that the railway moved or took off: nobody is told an hour that is known to be wrong.

Papers, orders and calls of such a train, and of all batches that journeys link with it, wait until a person has taken
over the new hours, or corrected the rail sheet.
"""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from returnplan.model.errors import UsageError
from returnplan.model.journeys import linked, linked_in
from returnplan.model.moved_trains import MovedCall, calls_moved, is_gone
from returnplan.model.plan import Batch, Plan, RunHeader
from returnplan.model.texts import NO_TEXT, Text
from returnplan.papers.wording import today_in_china
from returnplan.store import Store
from returnplan.usecases.evening import whose_day_is_over

OF_HOURS = frozenset({"wrong_train_hour", "unknown_train"})
"""The promises that such a train breaks; the words here say more than the audit's."""

_MOST_NAMED = 8
"""Feeders and shuttles of a train that one message names."""


class Waiting(NamedTuple):
    """The ids of batches whose papers wait, and for each moved train why and what to do."""

    batches: frozenset[str] = frozenset()
    notes: tuple[Text, ...] = ()

    def without(self, batches: Sequence[Batch]) -> list[Batch]:
        """Return the batches that may be told of."""
        return [batch for batch in batches if batch.id not in self.batches]

    def notes_on(self, batches: Sequence[Batch]) -> list[Text]:
        """Return why some of the batches wait; nothing where none does."""
        return list(self.notes) if len(self.without(batches)) < len(batches) else []

    @property
    def refusal(self) -> UsageError:
        """Return what is to be raised where all batches that were asked for wait."""
        return UsageError(
            Text("\n".join(note.zh for note in self.notes), "\n".join(note.en for note in self.notes))
        )


def waiting(store: Store, header: RunHeader) -> Waiting:
    """Return which batches of a run have hours that are known to be wrong."""
    moved = calls_moved(store.load_summary(header.id))
    moved = _still_to_run(moved, store.load_batches(header.id)) if moved else moved
    rides = store.linked_rides(header.id) if moved else ()
    return _waiting(moved, {train: linked([train], rides) for train in moved})


def waiting_of(plan: Plan) -> Waiting:
    """Return the same of a plan."""
    moved = moved_in(plan)
    return _waiting(moved, {train: linked_in(plan, [train]) for train in moved})


def moved_in(plan: Plan) -> dict[str, list[MovedCall]]:
    """Return the moved calls of the trains of a plan that are still to run, by batch."""
    return _still_to_run(calls_moved(plan.summary), plan.batches)


def _still_to_run(
    moved: Mapping[str, list[MovedCall]], batches: Sequence[Batch]
) -> dict[str, list[MovedCall]]:
    """Return the trains whose day is not over: rows of past days leave the rail sheet, and such a train has run."""
    running = {one.id for one in batches} - whose_day_is_over(batches, today_in_china())
    return {train: calls for train, calls in moved.items() if train in running}


def _waiting(moved: Mapping[str, Sequence[MovedCall]], with_it: Mapping[str, Set[str]]) -> Waiting:
    notes = (_words(train, calls, sorted(with_it[train] - {train})) for train, calls in moved.items())
    return Waiting(frozenset[str]().union(*with_it.values()), tuple(notes))


def _words(train: str, calls: Sequence[MovedCall], others: Sequence[str]) -> Text:
    if all(call.now is None for call in calls):
        day = f"{calls[0].told:%m-%d}"
        zh, en = f"{day} 没有这趟车了", f"it does not run on {day} any more"
    else:
        zh, en = (
            "、".join(one.zh for one in map(_hours, calls)),
            ", ".join(one.en for one in map(_hours, calls)),
        )
    few = others[:_MOST_NAMED]
    more = "…" * (len(others) > len(few))
    with_it = Text(f"和接驳车 {'、'.join(few)}{more}", f" and {', '.join(few)}{more}") if others else NO_TEXT
    if is_gone(calls):
        mend = Text("--cancel，重新排车，车票退票", "--cancel, plan again, and return the tickets")
    else:
        mend = Text(
            "--depart 加新的开车时刻，已出票的请办改签",
            "--depart with the new hour of departure, and have the tickets changed",
        )
    return Text(
        f"列车 {train} 的时刻与铁路表不符({zh})：{train} {with_it.zh} 的名单、派车单、接站通知和电话通知先不写出。"
        f"向铁路核实：时刻变了，用 returnplan change {train} {mend.zh}；没有变，改正铁路表，再排一次",
        f"the hours of the train {train} are not those of the rail sheet ({en}): no papers, orders or calls of "
        f"{train}{with_it.en} are written. Ask the railway: if they have changed, returnplan change {train} {mend.en}; "
        "if not, correct the rail sheet and plan again",
    )


def _hours(call: MovedCall) -> Text:
    if call.now is None:
        return Text(f"{call.place} 不停", f"{call.place} no more")
    hour = "%m-%d %H:%M" if call.is_another_day else "%H:%M"
    words = f"{call.place} {call.told:{hour}} → {call.now:{hour}}"
    return Text(words, words)
