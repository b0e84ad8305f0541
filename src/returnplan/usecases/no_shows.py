"""Who had a seat on a batch that has left and was not on board (未到): later plans know them as people who wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from returnplan.model.plan import Rider, RunHeader
from returnplan.store import ABSENT, Store


@dataclass(frozen=True, slots=True)
class NoShow:
    """A rider as they stood on the list, by their first ride of the journey, and its day."""

    rider: Rider
    day: date


def no_shows(store: Store, header: RunHeader) -> list[NoShow]:
    """Return who was absent by the marked lists, of all runs, batch by batch, as the last word is.

    Who was on board after all is none, nor who got on another vehicle as a walk-up.
    """
    absent: dict[tuple[int, str], Rider] = {}
    day_of: dict[str, date] = {}
    for run in reversed(store.runs()):
        deeds = store.journal(run.id)
        undone = {entry.batch for entry in deeds if entry.deed == "unboarded"}
        absent = {key: rider for key, rider in absent.items() if rider.batch not in undone}
        if not any(entry.deed == "boarded" for entry in deeds):
            continue
        if found := _first_rides(store.riders_with_status(run.id, ABSENT)):
            absent |= found
            day_of |= {batch.id: batch.date for batch in store.load_batches(run.id)}
    walked_up = {one.id_number for one in store.walk_ups()}
    riders = (rider for rider in absent.values() if rider.id_number not in walked_up)
    left = [NoShow(rider, day_of[rider.batch]) for rider in riders]
    return sorted(left, key=lambda one: (one.day, one.rider.batch, one.rider.seat))


def _first_rides(riders: list[Rider]) -> Mapping[tuple[int, str], Rider]:
    return {(one.person, one.journey): one for one in sorted(riders, key=lambda one: -one.leg)}
