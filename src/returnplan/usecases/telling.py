"""What people were told of their seats: as the store keeps it, and as a call has it to say what was."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from returnplan.enrolment.employer_names import is_one_employer
from returnplan.model.plan import Batch, Rider
from returnplan.papers.calls.call import Call, Told, first_calls
from returnplan.papers.itinerary import itineraries
from returnplan.store import TOLD, UNCALLED, CallRecord
from returnplan.usecases.leaders import leaders_told


def known_uncalled(
    batches: Iterable[Batch],
    riders: Mapping[str, Sequence[Rider]],
    persons: Collection[int],
    known: Mapping[int, CallRecord],
) -> Iterator[CallRecord]:
    """Yield that some people may know of their seats as they are, though nobody has called them.

    ``batches`` are those of all their rides, for they hear of the whole journey; ``known`` are the calls before.
    """
    at, rides = datetime.now(UTC).replace(microsecond=0), list(batches)
    by_rail = (batch for batch in rides if batch.kind != "direct")
    for call in first_calls(rides, riders, itineraries(by_rail, riders), leaders_told(known, riders)):
        if call.rider.person in persons:
            yield replace(record_of(call, call.told, at), result=UNCALLED)


def record_of(call: Call, told: Told, at: datetime) -> CallRecord:
    """Return the record of somebody who knows of a seat; what they were told may be older than the seat now."""
    return CallRecord(
        person=call.rider.person,
        batch=call.batch_id,
        day=call.batch.date,
        pickup=call.place,
        time=call.time,
        result=TOLD,
        postponed_to=None,
        at=at,
        vehicle=told.vehicle,
        seat=told.seat,
        dropoff=told.dropoff,
        leader=told.leader,
        employer=told.employer,
    )


def told_before(record: CallRecord, rider: Rider) -> Told:
    """Return what a person was told; of one employer in another spelling, as it is spelled now."""
    is_same = is_one_employer(record.employer, rider.employer, rider.city)
    return Told(
        batch_id=record.batch,
        place=record.pickup,
        time=record.time,
        vehicle=record.vehicle,
        seat=record.seat,
        dropoff=record.dropoff,
        leader=record.leader,
        employer=rider.employer if is_same else record.employer,
    )
