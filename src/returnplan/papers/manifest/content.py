"""What the papers of a batch say, as a digest: by it a printing knows whether it says anything new.

The same content is the same version, in whatever language, folder or run it is printed.
"""

import hashlib
from collections.abc import Sequence
from operator import attrgetter

from returnplan.model.plan import Rider
from returnplan.papers.itinerary import next_ride
from returnplan.papers.manifest.edition import BatchEdition

_OF_BATCH = attrgetter(
    *("id", "number", "date", "city", "cities", "vehicle", "mode", "kind", "service", "plate", "drivers"),
    *("num_drivers", "usable", "depart", "arrive", "stops", "rests", "notices", "takes_temperature"),
)
_OF_RIDER = attrgetter(
    *("person", "seat", "child_seats", "name", "sex", "id_number", "phone", "party", "county", "township"),
    *("pickup", "pickup_seq", "dropoff", "dropoff_seq", "city", "employer", "post", "note", "leg"),
    *("carriage", "seat_no"),
)
"""What papers show; the wave of a day is not in it: a day more before it makes no list void."""


def content_digest(edition: BatchEdition, riders: Sequence[Rider]) -> str:
    """Return the digest of all that the papers of a batch show but their version, their hour and their run."""
    batch = edition.batch
    onward = [
        (ride.batch.mode, ride.batch.number, ride.batch.service, ride.pickup.time, ride.rider.dropoff)
        for rider in riders
        if (ride := next_ride(rider, edition.journeys))
    ]
    content = (
        _OF_BATCH(batch),
        round(batch.km),
        sorted(map(_OF_RIDER, riders)),
        onward,
        sorted({(one.employer, edition.contact(one)) for one in riders}),
        edition.settings,
        edition.edition.office,
    )
    return hashlib.sha256(repr(content).encode(errors="surrogatepass")).hexdigest()
