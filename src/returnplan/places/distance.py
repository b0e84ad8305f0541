"""Road km between all places: by the given roads if they connect two places, else by great circles.

The module knows coordinates and node numbers, no names. Given km are never changed, even if a detour is
shorter. A pair without given km gets the shortest path over the given roads if there is one, else the
great-circle km times the circuity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG)."""

CHUNK_ROWS = 256
"""Rows of the great-circle matrix at a time: bounds the temporaries of several thousand places."""


@dataclass(frozen=True, slots=True)
class Road:
    """A road of known km from one node to another, shut from ``closed_from`` to ``closed_to`` if ``closed``.

    A closing without a first or last day (None) has no end on that side.
    """

    origin: int
    destination: int
    km: float
    closed: bool = False
    closed_from: date | None = None
    closed_to: date | None = None

    def shut_on(self, day: date) -> bool:
        """Return whether the road is closed on a day."""
        begun = self.closed_from is None or day >= self.closed_from
        return self.closed and begun and (self.closed_to is None or day <= self.closed_to)


Given = dict[tuple[int, int], Road]


def road_networks(
    lat: Floats, lon: Floats, roads: Sequence[Road], circuity: float, first_day: date, num_days: int
) -> tuple[Floats, dict[date, int]]:
    """Return the km of each network, and the network of each day that does not have network 0.

    Parameters
    ----------
    lat, lon : (P,) degrees of the places, nodes 0..P-1; nodes from P on are junctions of roads, no places
    roads : known km, valid both ways unless the reverse is given; the later of two roads for a pair counts
    circuity : factor on great-circle km, at least 1
    first_day, num_days : the campaign

    Returns
    -------
    km : (networks, P, P); network 0 has the roads that are open on most days (the earliest such state)
    network_of : day → network, without the days of network 0
    """
    there = {(road.origin, road.destination): road for road in roads if road.origin != road.destination}
    given = {(road.destination, road.origin): road for road in there.values()} | there
    days = [first_day + timedelta(days=d) for d in range(max(1, num_days))]
    shut = [frozenset(pair for pair, road in given.items() if road.shut_on(day)) for day in days]
    states = sorted(set(shut) or {frozenset()}, key=lambda state: (-shut.count(state), shut.index(state)))
    straight = great_circle_km(lat, lon) * circuity
    km = np.stack([_network(straight, given, state) for state in states])
    number = {state: i for i, state in enumerate(states)}
    return km, {day: number[state] for day, state in zip(days, shut, strict=True) if number[state]}


def great_circle_km(lat: Floats, lon: Floats) -> Floats:
    """Return the (P, P) great-circle km by the haversine formula (Sinnott 1984), exact at small distances."""
    phi, lam = np.radians(lat), np.radians(lon)
    km = np.empty((len(phi), len(phi)))
    for start in range(0, len(phi), CHUNK_ROWS):
        rows = slice(start, start + CHUNK_ROWS)
        half = np.sin((phi[rows, None] - phi[None, :]) / 2) ** 2
        half += (
            np.cos(phi[rows, None]) * np.cos(phi[None, :]) * np.sin((lam[rows, None] - lam[None, :]) / 2) ** 2
        )
        # of long doubles: that of doubles has another last digit on some processors, and the plan with it
        angle = np.arcsin(np.sqrt(np.minimum(half, 1.0)).astype(np.longdouble))
        km[rows] = 2 * EARTH_RADIUS_KM * angle.astype(np.float64)
    return km


def _network(straight: Floats, given: Given, shut: frozenset[tuple[int, int]]) -> Floats:
    """Return the km of one state of the roads.

    A shut pair without another road gets the longer of its km and the great-circle estimate: a closed road
    must not make a trip shorter.
    """
    num_places = len(straight)
    km = straight.copy()
    usable = {pair: road.km for pair, road in given.items() if pair not in shut}
    for (origin, destination), road in given.items():
        if origin < num_places and destination < num_places and (origin, destination) in shut:
            km[origin, destination] = max(road.km, straight[origin, destination])
    _follow_roads(km, usable)
    inside = [(o, d, x) for (o, d), x in usable.items() if o < num_places and d < num_places]
    if inside:
        origins, destinations, values = zip(*inside, strict=True)
        km[list(origins), list(destinations)] = values
    return km


def _follow_roads(km: Floats, usable: dict[tuple[int, int], float]) -> None:
    """Write into ``km`` the shortest paths over the usable roads, for all pairs that they connect."""
    if not usable:
        return
    pairs = np.array(list(usable), dtype=np.int64)
    nodes, ends = np.unique(pairs, return_inverse=True)
    ends = ends.reshape(-1, 2)
    known = nodes < len(km)
    incomplete = known & (np.bincount(ends[:, 0], minlength=len(nodes)) < len(nodes) - 1)
    sources = np.flatnonzero(incomplete)
    if not len(sources):
        return
    from scipy.sparse import csr_array  # an eighth of a second, and most tables have no gap
    from scipy.sparse.csgraph import dijkstra

    graph = csr_array((list(usable.values()), (ends[:, 0], ends[:, 1])), shape=(len(nodes), len(nodes)))
    paths = dijkstra(graph, directed=True, indices=sources)[:, known]
    block = np.ix_(nodes[sources], nodes[known])
    km[block] = np.where(np.isfinite(paths), paths, km[block])
