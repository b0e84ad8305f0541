"""The rides of the last plan that may be planned again, in the places and lines of today."""

from dataclasses import dataclass
from datetime import date

from returnplan.model.plan import BatchKind

NOWHERE = -1
"""The stations of a journey without a train."""


@dataclass(frozen=True, slots=True)
class PreviousRide:
    """A batch of the last plan without its riders.

    Attributes
    ----------
    pool : line of the vehicle's pool, -1 for a train
    service : line of the train among those that may be ordered now, -1 for a coach
    pickups, dropoffs : places
    start_minute : of departure, after the midnight of the date
    vehicle : which vehicle of the pool made this run, from 1 on, if it made several on the day; else 0
    """

    kind: BatchKind
    date: date
    pool: int
    service: int
    pickups: tuple[int, ...]
    dropoffs: tuple[int, ...]
    start_minute: int
    vehicle: int = 0


@dataclass(frozen=True, slots=True)
class PreviousJourney:
    """How people travelled in the last plan.

    Attributes
    ----------
    rides : lines of ``Problem.previous_rides`` in the order of travel
    board, alight : places at which people changed to the train and left it, ``NOWHERE`` without a train
    """

    rides: tuple[int, ...]
    board: int = NOWHERE
    alight: int = NOWHERE

    @property
    def is_by_train(self) -> bool:
        """Return whether one of the rides was a train."""
        return self.board != NOWHERE
