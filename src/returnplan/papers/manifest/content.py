"""What the papers of a batch say, as a digest: by it a printing knows whether it says anything new.

The same content is the same version, in whatever language, folder or run it is printed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from operator import attrgetter

from returnplan.model.plan import Batch, EmployerLine, Handout, Rider
from returnplan.papers.edition import Edition
from returnplan.papers.itinerary import ALL_DIRECT, Itineraries, last_ride, next_ride
from returnplan.papers.manifest.edition import contacts_of
from returnplan.papers.passengers import NO_LEADER_TOLD, choose_leaders, num_heads
from returnplan.papers.settings import ManifestSettings, Office, count_packs, say_office, say_seal

_OF_BATCH = attrgetter(
    *("id", "number", "date", "city", "cities", "vehicle", "mode", "kind", "service", "plate", "drivers"),
    *("num_drivers", "usable", "depart", "arrive", "rests", "notices", "takes_temperature"),
)
_OF_STOP = attrgetter("seq", "kind", "place", "city", "time", "num_on", "num_off")
_OF_RIDER = attrgetter(
    *("person", "seat", "child_seats", "name", "sex", "id_number", "phone", "county"),
    *("pickup", "pickup_seq", "dropoff", "dropoff_seq", "employer", "post", "note"),
    *("carriage", "seat_no", "order_no"),
)
"""What papers show; the wave of a day is not in it: a day more before it makes no list void."""


def next_handouts(
    last: Mapping[str, Handout],
    batches: Sequence[Batch],
    riders: Mapping[str, Sequence[Rider]],
    edition: Edition,
    settings: ManifestSettings,
    *,
    journeys: Itineraries = ALL_DIRECT,
    employers: Sequence[EmployerLine] = (),
    leaders_told: Mapping[str, str] = NO_LEADER_TOLD,
) -> dict[str, Handout]:
    """Return by batch id what the papers of batches are that are about to be written.

    The first papers of a batch are version 1. Those that say what the last ones said are the same version, any others
    the next one. The number depends on nothing else, so papers whose writing was ended get it again.

    Parameters
    ----------
    last : what was written last, by batch id
    batches, riders, edition, settings, journeys, employers, leaders_told : as :func:`write_manifests` is told them
    """
    contacts = contacts_of(employers)
    handouts = {}
    for batch in batches:
        own = riders[batch.id]
        said = _said_of(batch, own, journeys, leaders_told.get(batch.id, ""))
        content = (said, _met_by(own, contacts), _said_by(edition.office, settings, own))
        digest = hashlib.sha256(repr(content).encode(errors="surrogatepass")).hexdigest()
        before = last.get(batch.id, Handout(0, ""))
        handouts[batch.id] = before if before.content == digest else Handout(before.version + 1, digest)
    return handouts


def _said_of(
    batch: Batch, riders: Sequence[Rider], journeys: Itineraries, leader_told: str
) -> tuple[object, ...]:
    onward = [
        (
            rider.person,
            ride.batch.mode,
            ride.batch.number,
            ride.batch.service,
            ride.pickup.time,
            ride.rider.dropoff,
        )
        for rider in riders
        if (ride := next_ride(rider, journeys))
    ]
    before = [  # a train's list says by which coach people come
        (rider.person, ride.batch.number, ride.dropoff.time)
        for rider in riders
        if batch.mode == "train" and (ride := last_ride(rider, journeys))
    ]
    leaders = [rider.person for rider in choose_leaders(riders, batch.date, leader_told)]
    stops = list(map(_OF_STOP, batch.stops))
    people = sorted(map(_OF_RIDER, riders)), leaders, sorted(onward), sorted(before)
    return _OF_BATCH(batch), stops, round(batch.km), *people


def _met_by(riders: Sequence[Rider], contacts: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    met = {(rider.employer, contacts.get((rider.employer, rider.city), "")) for rider in riders}
    return sorted(met)


def _said_by(office: Office, settings: ManifestSettings, riders: Sequence[Rider]) -> tuple[object, ...]:
    """Return what the office and its rules put on the papers of these riders: not every rule changes each paper."""
    at_first = [rider for rider in riders if rider.leg == 1]
    packs = count_packs(settings.packs.root, num_heads(at_first), "zh")
    # a copy for other readers is no other version
    columns = settings.columns.model_copy(update={"audience": "escort"})
    return say_office(office, "zh"), say_seal(office), columns, packs
