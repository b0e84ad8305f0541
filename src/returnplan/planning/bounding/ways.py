"""Shortest ways between all stops: where a detour is shorter than a given road, a bound goes by the detour."""

import numpy as np

from returnplan.problem.model import Floats


def shortest_ways(km: Floats) -> Floats:
    """Return (n, n) the km of the shortest way from each stop to each other (Floyd 1962).

    scipy has it, too, but takes an eighth of a second to load, and as long for a thousand stops.
    """
    ways = km.copy()
    for via in range(len(ways)):
        np.minimum(ways, ways[:, via, None] + ways[via], out=ways)
    return ways
