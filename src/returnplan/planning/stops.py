"""Compiled primitives on the stops of one batch: find one, the best gap for one more, call at it, skip it."""

from typing import Any

import numpy as np

from returnplan.planning.compiled import inner
from returnplan.problem.model import Floats, Ints

NOWHERE: Any = np.int64(-1)


@inner
def find(stops: Ints, num: int, place: int) -> int:
    """Return where ``place`` stands among the first ``num`` stops, -1 if it does not."""
    for i in range(num):
        if stops[i] == place:
            return i
    return -1


@inner
def leg(km: Floats, origin: int, destination: int) -> float:
    """Return the km of a leg, 0 where one of its ends does not exist."""
    return km[origin, destination] if origin >= 0 and destination >= 0 else 0.0


@inner
def loop_km(km: Floats, stops: Ints, num: int) -> float:
    """Return the km along the first ``num`` stops."""
    total = 0.0
    for i in range(num - 1):
        total += km[stops[i], stops[i + 1]]
    return total


@inner
def best_gap(
    km: Floats, stops: Ints, num: int, place: int, before: int, after: int, room_km: float
) -> tuple[int, float, float]:
    """Return the gap where one more stop lengthens the journey least, by how much, and the loop itself.

    ``before`` and ``after`` are the stops of the other kind next to the loop (``NOWHERE``: none yet); the loop
    may grow by ``room_km``. Without such a gap the km are infinite.
    """
    best, best_km, best_loop_km = 0, np.inf, np.inf
    for gap in range(num + 1):
        left = stops[gap - 1] if gap > 0 else NOWHERE
        right = stops[gap] if gap < num else NOWHERE
        loop = leg(km, left, place) + leg(km, place, right) - leg(km, left, right)
        if loop > room_km:
            continue
        more = loop
        if gap == 0 and num > 0:
            more += leg(km, before, place) - leg(km, before, right)
        elif gap == 0:
            more += leg(km, before, place)
        if gap == num and num > 0:
            more += leg(km, place, after) - leg(km, left, after)
        elif gap == num:
            more += leg(km, place, after)
        if more < best_km:
            best, best_km, best_loop_km = gap, more, loop
    return best, best_km, best_loop_km


@inner
def call(stops: Ints, heads: Ints, num: int, gap: int, place: int, persons: int) -> int:
    """Make a new stop in the gap; return the number of stops."""
    for i in range(num, gap, -1):
        stops[i] = stops[i - 1]
        heads[i] = heads[i - 1]
    stops[gap] = place
    heads[gap] = persons
    return num + 1


@inner
def skip(stops: Ints, heads: Ints, num: int, place: int, persons: int) -> int:
    """Take ``persons`` from the stop at ``place``, which goes when nobody is left; return the number of stops."""
    i = find(stops, num, place)
    heads[i] -= persons
    if heads[i] > 0:
        return num
    for j in range(i, num - 1):
        stops[j] = stops[j + 1]
        heads[j] = heads[j + 1]
    return num - 1
