"""Trains of a plan that the railway has moved or taken off: what the rail sheet says now stands in its summary."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from returnplan.model.plan import Batch, Stop

if TYPE_CHECKING:
    from returnplan.model.roster import RailCall, RailService, Roster

KEY = "moved_trains"
"""Under it the summary of a plan keeps them by the id of their batch."""


@dataclass(frozen=True, slots=True)
class MovedCall:
    """A call of a train: the hour that people were told, and that of the rail sheet; None: it does not call there."""

    place: str
    told: datetime
    now: datetime | None

    @property
    def is_another_day(self) -> bool:
        """Whether the train calls there on another day."""
        return self.now is not None and self.now.date() != self.told.date()


def is_gone(calls: Sequence[MovedCall]) -> bool:
    """Return whether no hour of the rail sheet can be taken over: the train runs on another day, or not at all."""
    return any(call.now is None or call.is_another_day for call in calls)


def service_of(train: Batch, roster: "Roster") -> "RailService | None":
    """Return the train of the rail sheet that a batch is; None if the sheet has it no more."""
    named = (train.service, train.product, train.date)
    return next((one for one in roster.rail if (one.name, one.product, one.day) == named), None)


def hours_now(train: Batch, service: "RailService", roster: "Roster") -> list[datetime | None]:
    """Return the hour of the rail sheet at each stop of a train, None where it does not call there."""
    calls = {roster.places[call.place].spot: call for call in service.calls}
    return [_hour(stop, calls.get(stop.spot)) for stop in train.stops]


def _hour(stop: Stop, call: "RailCall | None") -> datetime | None:
    if call is None:
        return None
    return call.departs if stop.kind == "pickup" else call.arrives


def moved_trains(batches: Iterable[Batch], roster: "Roster") -> dict[str, list[dict[str, str | None]]]:
    """Return, for the summary, the calls of trains whose hours are not those of the rail sheet any more.

    A train that the sheet has on no day any more calls nowhere; one that it has on another day calls then.
    """
    trains = [batch for batch in batches if batch.mode == "train"]
    runs = {(train.service, train.product or "", train.date) for train in trains}
    coming = (train for train in trains if train.state != "departed")
    return {train.id: calls for train in coming if (calls := list(_moved_calls(train, roster, runs)))}


def _on_another_day(train: Batch, roster: "Roster", runs: Set[tuple[str, str, date]]) -> "RailService | None":
    """Return the same train on the nearest day that the rail sheet has, and that is no other train of the plan."""
    same = (
        one
        for one in roster.rail
        if (one.name, one.product) == (train.service, train.product)
        and (one.name, one.product, one.day) not in runs
    )
    return min(same, key=lambda one: (abs(one.day - train.date), one.day), default=None)


def _moved_calls(
    train: Batch, roster: "Roster", runs: Set[tuple[str, str, date]]
) -> Iterator[dict[str, str | None]]:
    service = service_of(train, roster) or _on_another_day(train, roster, runs)
    hours = hours_now(train, service, roster) if service else [None] * len(train.stops)
    for stop, now in zip(train.stops, hours, strict=True):
        if now != stop.time:
            yield {
                "place": stop.place,
                "told": stop.time.isoformat(),
                "now": now.isoformat() if now else None,
            }


def calls_moved(summary: Mapping[str, Any]) -> dict[str, list[MovedCall]]:
    """Return by batch the moved calls of the trains of a plan with this summary."""

    def hour(text: str | None) -> datetime | None:
        return None if text is None else datetime.fromisoformat(text)

    return {
        batch: [
            MovedCall(one["place"], datetime.fromisoformat(one["told"]), hour(one["now"])) for one in calls
        ]
        for batch, calls in summary.get(KEY, {}).items()
    }
