"""Trains of a plan that the railway has moved since: what the rail sheet says now stands in the plan's summary."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
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
    """Return, for the summary, the calls of trains whose hours are not those of the rail sheet any more."""
    return {batch.id: calls for batch in batches if (calls := list(_moved_calls(batch, roster)))}


def _moved_calls(train: Batch, roster: "Roster") -> Iterator[dict[str, str | None]]:
    is_coming = train.mode == "train" and train.state != "departed"
    service = service_of(train, roster) if is_coming else None
    if service is None:
        return
    for stop, now in zip(train.stops, hours_now(train, service, roster), strict=True):
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
