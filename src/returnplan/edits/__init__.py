"""Changes made by hand to a plan: pure functions from plan to plan; plans nothing, saves nothing.

What cannot be done is a :class:`~returnplan.model.errors.UsageError` that says why. Whether a change keeps the
rules is the audit's business.
"""

from returnplan.edits.aboard import with_aboard
from returnplan.edits.batches import recounted
from returnplan.edits.fares import with_fares
from returnplan.edits.journeys import emptied, moved_to, rerouted, without_batches
from returnplan.edits.people import SEAT_LOST, put_on, taken_off
from returnplan.edits.railway_hours import at_railway_hours
from returnplan.edits.railway_seats import seated_anew, with_railway_seats
from returnplan.edits.totals import retotalled, with_bound
from returnplan.edits.vehicles import in_vehicle, pool_named

__all__ = [
    "SEAT_LOST",
    "at_railway_hours",
    "emptied",
    "in_vehicle",
    "moved_to",
    "pool_named",
    "put_on",
    "recounted",
    "rerouted",
    "retotalled",
    "seated_anew",
    "taken_off",
    "with_aboard",
    "with_bound",
    "with_fares",
    "with_railway_seats",
    "without_batches",
]
