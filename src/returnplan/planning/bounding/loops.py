"""Sets of stops that one batch may visit on one side of its route, with the shortest ways through them.

Where the sets are too many, stops that lie close together become one: that shortens ways and saves stops, so
a bound stays a bound.
"""

from dataclasses import dataclass

import numpy as np

from returnplan.planning.bounding.near_stops import NearStops
from returnplan.planning.bounding.ways import shortest_ways
from returnplan.problem.model import Floats, Ints

MOST_STOPS = 62
"""Stops that fit into the bits of a set."""
SLACK_KM = 1e-3
"""More than the planner's tolerance where a loop is as long as it may be."""


@dataclass(frozen=True, slots=True)
class Loops:
    """``bits`` (S,) the stops of each set; ``km`` (S, n) its shortest way that ends at a stop (inf: none).

    ``stop_of`` maps the places given to stops: several places may be one stop.
    """

    stop_of: Ints
    bits: Ints
    km: Floats

    @property
    def num_stops(self) -> Ints:
        """Return (S,) how many stops each set has."""
        return np.asarray(((self.bits[:, None] >> np.arange(self.km.shape[1])) & 1).sum(axis=1))


def find_loops(km: Floats, max_stops: int, max_km: float, most_sets: int) -> Loops:
    """Return all sets of at most ``max_stops`` stops whose shortest way is at most ``max_km``.

    Parameters
    ----------
    km : (n, n) metric: no way round is shorter
    """
    if len(km) <= MOST_STOPS and (loops := grow_sets(km, max_stops, max_km, most_sets)) is not None:
        return loops
    near_stops, num_stops = NearStops(km), MOST_STOPS if len(km) > MOST_STOPS else _fewer(len(km))
    while True:
        stop_of = near_stops.join(num_stops)
        if (loops := _grow(stop_of, _between(stop_of, km), max_stops, max_km, most_sets)) is not None:
            return loops
        num_stops = _fewer(num_stops)


def single_stops(num_stops: int) -> Loops:
    """Return so many stops, each of them alone. Those beyond the last bit have no bit of their own."""
    stops = np.arange(num_stops)
    bits = np.int64(1) << np.minimum(stops, MOST_STOPS - 1)
    return Loops(stops, bits, np.where(np.eye(num_stops) > 0, 0.0, np.inf))


def _fewer(num_stops: int) -> int:
    return num_stops - max(1, num_stops // 10)


def grow_sets(km: Floats, max_stops: int, max_km: float, most_sets: int) -> Loops | None:
    """Return all sets of stops with the shortest ways through them; None if they are too many."""
    return _grow(np.arange(len(km)), km, max_stops, max_km, most_sets)


def route_km(boarding: Loops, alighting: Loops, link_km: Floats) -> Floats:
    """Return (S, T) the shortest way through both sets."""
    to_first = way_to_drops(boarding, alighting, link_km)
    through = [a[:, None] + b for a, b in zip(to_first.T, alighting.km.T, strict=True)]
    return np.asarray(np.min(through, axis=0))


def way_to_drops(boarding: Loops, alighting: Loops, link_km: Floats) -> Floats:
    """Return (S, n) the shortest way through each set of pick-ups to each drop-off."""
    link = np.full((boarding.km.shape[1], alighting.km.shape[1]), np.inf)
    np.minimum.at(link, (boarding.stop_of[:, None], alighting.stop_of[None, :]), link_km)
    return np.stack([(boarding.km + to).min(axis=1) for to in link.T], axis=1)


def _between(stop_of: Ints, km: Floats) -> Floats:
    """Return the shortest ways between stops (closed: stepping through is free), given the stop of each place."""
    near = np.full((stop_of.max() + 1,) * 2, np.inf)
    np.minimum.at(near, (stop_of[:, None], stop_of[None, :]), km)
    return shortest_ways(near)


def _grow(stop_of: Ints, km: Floats, max_stops: int, max_km: float, most_sets: int) -> Loops | None:
    """Return all sets, grown stop by stop (Held and Karp 1962); None if they are too many."""
    stops = np.arange(len(km))
    bits, ways = np.int64(1) << stops, np.where(np.eye(len(km)) > 0, 0.0, np.inf)
    found = [(bits, ways)]
    for _ in range(min(max_stops, len(km)) - 1):
        reach = np.stack([(ways + km[:, stop]).min(axis=1) for stop in stops], axis=1)
        is_new = ((bits[:, None] >> stops) & 1) == 0
        old, last = np.nonzero(is_new & (reach <= max_km + SLACK_KM))
        # a set is found by each of its stops at most
        if sum(len(some) for some, _ in found) + len(old) // (len(found) + 1) > most_sets:
            return None
        bits, which = np.unique(bits[old] | (np.int64(1) << last), return_inverse=True)
        ways = np.full((len(bits), len(km)), np.inf)
        ways[which, last] = reach[old, last]
        found.append((bits, ways))
        if sum(len(some) for some, _ in found) > most_sets:
            return None
    return Loops(stop_of, np.concatenate([b for b, _ in found]), np.concatenate([w for _, w in found]))
