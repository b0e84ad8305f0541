"""What the planner decides: a vehicle, a day, the stops in order and how many groups of which cells ride."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """One batch in the integers of the problem.

    ``pickups`` and ``dropoffs`` are places in the order they are driven; ``load`` pairs cells with the number
    of their groups on board, sorted by cell.
    """

    day: int
    pool: int
    pickups: tuple[int, ...]
    dropoffs: tuple[int, ...]
    load: tuple[tuple[int, int], ...]
