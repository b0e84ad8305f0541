"""Road km between all places, and the minutes they take: by the given roads if they connect two places, else by great
circles.

The module knows coordinates and node numbers, no names. Given km are never changed, even if a detour is
shorter. A pair without given km gets the shortest path over the given roads if there is one, else the
great-circle km times the circuity. So does a pair for which the given roads lead far round: they are not all roads that
there are. A pair that only closed roads connect has none: its km are ``NO_ROAD_KM``. The minutes are those of the way
with these km; a road for which none are given is driven at the usual speed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from returnplan.model.law import MINUTES_AN_HOUR
from returnplan.model.roster import NO_ROAD_KM

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG)."""

CHUNK_ROWS = 256
"""Rows of the great-circle matrix at a time: bounds the temporaries of several thousand places."""


FAR_ROUND, LEAST_KM = 5.0, 1.0
"""Times as long as estimated is far round, where the estimate is a km at least: two places may have one coordinate."""
LEAST_ROAD_KM = 1e-6
"""A millimetre: a road of no km is as long, so that each node of a way is nearer to its beginning than the next."""


@dataclass(frozen=True, slots=True)
class Road:
    """A road of known km from one node to another, shut from ``closed_from`` to ``closed_to`` if ``closed``.

    A road from a node to itself is shut with all that lead there: nobody gets in or out, by whatever way. A closing
    without a first or last day (None) has no end on that side. ``minutes`` at the wheel, None if unknown.
    """

    origin: int
    destination: int
    km: float
    minutes: float | None = None
    closed: bool = False
    closed_from: date | None = None
    closed_to: date | None = None

    def shut_on(self, day: date) -> bool:
        """Return whether the road is closed on a day."""
        begun = self.closed_from is None or day >= self.closed_from
        return self.closed and begun and (self.closed_to is None or day <= self.closed_to)


Given = dict[tuple[int, int], Road]


class Networks(NamedTuple):
    """The roads between places on all days.

    Attributes
    ----------
    km : (networks, P, P); network 0 has the roads that are open on most days (the earliest such state); if roads are
        never all open, the last network, of no day, has them all
    drive_minutes : (networks, P, P) at the wheel by day; not a number where no road on the way has given minutes;
        None where no road at all has
    network_of : day → network, without the days of network 0
    far_round : (N, 2) pairs of places that the given roads connect only far round, and whose km are estimated
    """

    km: Floats
    drive_minutes: Floats | None
    network_of: dict[date, int]
    far_round: Ints


def road_networks(
    lat: Floats,
    lon: Floats,
    roads: Sequence[Road],
    circuity: float,
    first_day: date,
    num_days: int,
    usual_kmh: float,
) -> Networks:
    """Return the km and minutes of each network, and the network of each day that does not have network 0.

    Parameters
    ----------
    lat, lon : (P,) degrees of the places, nodes 0..P-1; nodes from P on are junctions of roads, no places
    roads : known km, valid both ways unless the reverse is given; the later of two roads for a pair counts, and
        two closings of one road, or of one place, both do
    circuity : factor on great-circle km, at least 1
    first_day, num_days : the campaign
    usual_kmh : on roads without given minutes
    """
    there = _rows_of_pairs([road for road in roads if road.origin != road.destination])
    places = _rows_of_pairs([road for road in roads if road.closed and road.origin == road.destination])
    rows = {(goal, origin): told for (origin, goal), told in there.items()} | there
    given = {pair: told[-1] for pair, told in rows.items()}
    days = [first_day + timedelta(days=d) for d in range(max(1, num_days))]
    may_be_shut = rows | places
    shut = [
        frozenset(pair for pair, told in may_be_shut.items() if any(road.shut_on(day) for road in told))
        for day in days
    ]
    states = sorted(set(shut), key=lambda state: (-shut.count(state), shut.index(state)))
    if frozenset() not in states:
        states.append(frozenset())
    straight, minutes_per_km = great_circle_km(lat, lon) * circuity, MINUTES_AN_HOUR / usual_kmh
    of_state = {state: _network(straight, given, state, minutes_per_km) for state in states}
    is_far = _is_far_round(of_state[frozenset()][0], straight, given)
    networks = [of_state[state] for state in states]
    is_connected = of_state[frozenset()][2]
    for state, (km, minutes, is_known) in zip(states, networks, strict=True):
        km[is_connected & ~is_known] = NO_ROAD_KM  # whoever closes a road knows that no vehicle gets through
        km[is_far] = straight[is_far]
        _close(km, [origin for origin, goal in state if origin == goal < len(km)])
        if minutes is not None:
            minutes[is_far] = np.nan
    number = {state: i for i, state in enumerate(states)}
    network_of = {day: number[state] for day, state in zip(days, shut, strict=True) if number[state]}
    timed = [minutes for _, minutes, _ in networks if minutes is not None]
    return Networks(
        np.stack([km for km, _, _ in networks]),
        np.stack(timed) if timed else None,
        network_of,
        np.argwhere(np.triu(is_far | is_far.T)),
    )


def _rows_of_pairs(roads: Sequence[Road]) -> dict[tuple[int, int], list[Road]]:
    """Return what counts for each pair: its last road, behind those of the same km that are closed on other days."""
    told: dict[tuple[int, int], list[Road]] = {}
    for road in roads:
        rows = told.setdefault((road.origin, road.destination), [])
        if rows and not (road.closed and rows[-1].closed and road.km == rows[-1].km):
            rows.clear()
        rows.append(road)
    return told


def _close(km: Floats, nodes: Sequence[int]) -> None:
    """Let no way lead to some places or away from them."""
    own = km.diagonal().copy()
    km[nodes, :] = km[:, nodes] = NO_ROAD_KM
    np.fill_diagonal(km, own)


def _is_far_round(km: Floats, straight: Floats, given: Given) -> Bools:
    """Return which pairs without a given road are connected, by all roads when they are open, only far round."""
    is_far = (km > FAR_ROUND * straight) & (straight >= LEAST_KM)
    for origin, destination in given:
        if max(origin, destination) < len(km):
            is_far[origin, destination] = False
    return is_far


def _is_timed(given: Given) -> bool:
    return any(road.minutes is not None for road in given.values())


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


def _network(
    straight: Floats, given: Given, shut: frozenset[tuple[int, int]], minutes_per_km: float
) -> tuple[Floats, Floats | None, Bools]:
    """Return the km of one state of the roads, the minutes if any are given, and which pairs its roads connect."""
    num_places = len(straight)
    km = straight.copy()
    minutes = np.full_like(straight, np.nan) if _is_timed(given) else None
    closed = {origin for origin, goal in shut if origin == goal}
    usable = {pair: road for pair, road in given.items() if pair not in shut and closed.isdisjoint(pair)}
    is_known = _follow_roads(km, minutes, usable, minutes_per_km)
    inside = [(o, d, road.km, road.minutes) for (o, d), road in usable.items() if max(o, d) < num_places]
    if inside:
        origins, destinations, kms, told = zip(*inside, strict=True)
        km[list(origins), list(destinations)] = kms
        is_known[list(origins), list(destinations)] = True
        if minutes is not None:
            minutes[list(origins), list(destinations)] = np.array(told, dtype=np.float64)
    return km, minutes, is_known


def _follow_roads(km: Floats, minutes: Floats | None, usable: Given, minutes_per_km: float) -> Bools:
    """Write into ``km`` and ``minutes`` the shortest paths over the usable roads, and return which pairs have one.

    Of places from which a road leads to each other one of the sheet none is looked for.
    """
    is_known = np.zeros_like(km, dtype=bool)
    if not usable:
        return is_known
    usable = dict(sorted(usable.items()))  # which of several ways of the same km is taken hangs on no row
    pairs = np.array(list(usable), dtype=np.int64)
    nodes, ends = np.unique(pairs, return_inverse=True)
    ends = ends.reshape(-1, 2)
    known = nodes < len(km)
    incomplete = known & (np.bincount(ends[:, 0], minlength=len(nodes)) < len(nodes) - 1)
    sources = np.flatnonzero(incomplete)
    if not len(sources):
        return is_known
    road_km = np.maximum([road.km for road in usable.values()], LEAST_ROAD_KM)
    paths = _shortest_paths(ends, road_km, sources, len(nodes))
    block = np.ix_(nodes[sources], nodes[known])
    is_road = np.isfinite(paths[:, known])
    km[block] = np.where(is_road, paths[:, known], km[block])
    is_known[block] = is_road
    if minutes is None:
        return is_known
    last_road = _last_roads(paths, ends, road_km)
    told = np.array([road.minutes for road in usable.values()], dtype=np.float64)
    drive = np.where(np.isnan(told), minutes_per_km * road_km, told)
    taken, num_told = (
        _sums_along(values, ends[:, 0], last_road)[:, known] for values in (drive, 1.0 - np.isnan(told))
    )
    minutes[block] = np.where(is_road & (num_told > 0), taken, minutes[block])
    return is_known


def _shortest_paths(ends: Ints, road_km: Floats, sources: Ints, num_nodes: int) -> Floats:
    """Return (S, N) the km of the shortest path from each source to each node, infinite if there is none.

    Parameters
    ----------
    ends : (R, 2) origin and destination of each road
    """
    from rustworkx import PyDiGraph, digraph_dijkstra_shortest_path_lengths  # most tables have no gap

    graph: PyDiGraph[int, float] = PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(num_nodes))
    origins, destinations = ends.T.tolist()
    graph.add_edges_from(list(zip(origins, destinations, road_km.tolist(), strict=True)))
    paths = np.full((len(sources), num_nodes), np.inf)
    for row, source in zip(paths, sources.tolist(), strict=True):
        found = digraph_dijkstra_shortest_path_lengths(graph, source, float)
        row[list(found.keys())] = list(found.values())
        row[source] = 0.0
    return paths


def _last_roads(paths: Floats, ends: Ints, road_km: Floats) -> Ints:
    """Return (S, N) the last road on a shortest path from each source to each node, -1 if there is none."""
    last_road = np.full(paths.shape, -1, dtype=np.int64)
    origins, destinations = ends.T
    for row, path in zip(last_road, paths, strict=True):
        roads = np.flatnonzero(np.isfinite(path[origins]) & (path[origins] + road_km == path[destinations]))
        row[destinations[roads]] = roads
    return last_road


def _sums_along(values: Floats, origins: Ints, last_road: Ints) -> Floats:
    """Return (S, N) the sum of the roads' values on the way from each source to each node.

    Each node knows the ``last_road`` (S, N) to it, negative if none; each round doubles the roads that are summed.
    """
    num_sources, num_nodes = last_road.shape
    has_road = last_road >= 0
    sums = np.zeros((num_sources, num_nodes + 1))
    sums[:, :-1][has_road] = values[last_road[has_road]]
    ahead = np.full((num_sources, num_nodes + 1), num_nodes)
    ahead[:, :-1][has_road] = origins[last_road[has_road]]
    while (ahead < num_nodes).any():
        sums += np.take_along_axis(sums, ahead, axis=1)
        ahead = np.take_along_axis(ahead, ahead, axis=1)
    return sums[:, :-1]
