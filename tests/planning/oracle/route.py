"""The oracle for route (.cpp)."""

import numpy as np

from returnplan.problem.model import Floats, Ints

MOST_EXACT = 8
"""Above this many stops of a kind the order of the search is kept."""


def best_route(
    km: Floats, pickups: Ints, dropoffs: Ints, max_pickup_km: float, max_dropoff_km: float
) -> tuple[Ints, Ints]:
    """Return pick-ups, then drop-offs, in the order with the least km that keeps both loop limits.

    For every last pick-up and every first drop-off the shortest loop that ends (starts) there decides, so the
    best pair of both is the best route.
    """
    if max(len(pickups), len(dropoffs)) > MOST_EXACT:
        return pickups, dropoffs
    to_last = _shortest_paths(km[np.ix_(pickups, pickups)])
    # A loop that starts at a drop-off is a path of the reversed roads that ends there.
    from_first = _shortest_paths(km[np.ix_(dropoffs, dropoffs)].T)
    best: tuple[float, list[int], list[int]] | None = None
    for pick_km, pick_order in to_last:
        for drop_km, drop_order in from_first:
            total = pick_km + km[pickups[pick_order[-1]], dropoffs[drop_order[-1]]] + drop_km
            if pick_km > max_pickup_km or drop_km > max_dropoff_km:
                continue
            if best is None or total < best[0] - 1e-9:
                best = (total, pick_order, drop_order[::-1])
    return (pickups[best[1]], dropoffs[best[2]]) if best else (pickups, dropoffs)


def _shortest_paths(km: Floats) -> list[tuple[float, list[int]]]:
    """Return for each stop the shortest path through all stops that ends there, as (km, order)."""
    n, ways = len(km), km.tolist()
    paths: dict[tuple[int, int], tuple[float, list[int]]] = {(1 << i, i): (0.0, [i]) for i in range(n)}
    for seen in range(1, 1 << n):
        for last in range(n):
            here = paths.get((seen, last))
            if here is None:
                continue
            for stop in range(n):
                if seen >> stop & 1:
                    continue
                there = (here[0] + ways[last][stop], [*here[1], stop])
                key = (seen | 1 << stop, stop)
                if key not in paths or there[0] < paths[key][0]:
                    paths[key] = there
    full = (1 << n) - 1
    return [paths[full, last] for last in range(n)]
