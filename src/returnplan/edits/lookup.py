"""Batches, places and pools of a plan by what a person or a stop says of them."""

from collections.abc import Sequence
from datetime import date

from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, Plan, Stop
from returnplan.model.roster import Place, Roster
from returnplan.model.texts import Text


def batch_named(plan: Plan, batch_id: str) -> Batch:
    """Return the batch of this id.

    Raises
    ------
    UsageError : there is none
    """
    for batch in plan.batches:
        if batch.id == batch_id:
            return batch
    raise UsageError(
        Text(
            f"没有号车 {batch_id}(用 returnplan show batches 查看)",
            f"no such batch: {batch_id}; see: returnplan show batches",
        )
    )


def is_at(stop: Stop, place: Place) -> bool:
    """Return whether a stop is at a place of the roster."""
    return (stop.place, stop.city, stop.lat, stop.lon) == (place.name, place.city, place.lat, place.lon)


def place_lines(stops: Sequence[Stop], roster: Roster) -> list[int]:
    """Return the lines of ``Roster.places`` at which a batch stops, in order.

    Raises
    ------
    UsageError : a stop is at no place of the roster
    """
    lines = {(place.name, place.city, place.lat, place.lon): i for i, place in enumerate(roster.places)}
    try:
        return [lines[stop.place, stop.city, stop.lat, stop.lon] for stop in stops]
    except KeyError as error:
        place = error.args[0][0]
        raise UsageError(Text(f"名单中没有地点 {place}", f"{place} is no place of the sign-ups")) from error


def legs_km(lines: Sequence[int], day: date, roster: Roster) -> list[float]:
    """Return the road km from each place to the next on a day."""
    legs: list[float] = roster.km[roster.network_of.get(day, 0), lines[:-1], lines[1:]].tolist()
    return legs
