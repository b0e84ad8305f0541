"""What batches there may be in one market: days, sets of pick-ups and of drop-offs, vehicles, and what each costs."""

from dataclasses import dataclass

import numpy as np

from returnplan.planning.bounding.loops import Loops, grow_sets, route_km
from returnplan.problem.model import Floats, Ints, Problem

MOST_PAIRS = 60_000
"""Pairs of a set of pick-ups and one of drop-offs; where there are more, a batch has fewer stops here."""
NEVER = 1 << 40
"""Riders that no vehicle holds: a batch that may not run asks for as many."""


@dataclass(frozen=True, slots=True)
class Market:
    """Cells that may share a batch and the batches they may share; S sets of pick-ups, T of drop-offs, V pools.

    Attributes
    ----------
    part : the cells in the numbers of the problem
    pickup, alights : (C,) where each of them boards, and the set of stops where it alights
    persons, seats, num_groups, earliest, latest : (C,)
    pick_bits, drop_bits : (S,), (T,) sets of stops
    usable : (V,)
    least : (V, S, T) riders that a batch needs to run
    road_yuan : (V, S, T) of its km and stops
    days : on which roads are as they are here
    """

    part: Ints
    pickup: Ints
    alights: Ints
    persons: Ints
    seats: Ints
    num_groups: Ints
    earliest: Ints
    latest: Ints
    pick_bits: Ints
    drop_bits: Ints
    usable: Ints
    least: Ints
    road_yuan: Floats
    days: Ints


def build_market(problem: Problem, part: Ints, network: int = 0) -> Market | None:
    """Return the market of some cells that may share a batch, on the days of a road network.

    None if too many batches are possible. Where minutes of roads are known, a way takes as long as on the slowest of
    those from a pick-up to a drop-off: near enough for a start of the search.
    """
    cells, limits, pools = problem.cells, problem.limits, problem.pools
    km = problem.km[network]
    picks, pickup = np.unique(cells.pickup[part], return_inverse=True)
    where = [slice(cells.drop_start[cell], cells.drop_start[cell + 1]) for cell in part]
    drops = np.unique(np.concatenate([cells.drop_place[stops] for stops in where]))
    alights = np.array(
        [np.bitwise_or.reduce(np.int64(1) << np.searchsorted(drops, cells.drop_place[s])) for s in where]
    )
    loops = _loops(km, picks, drops, problem)
    if loops is None:
        return None
    boarding, alighting = loops
    stops = boarding.num_stops[:, None] + alighting.num_stops
    road_km = route_km(boarding, alighting, km[np.ix_(picks, drops)])
    road_yuan = pools.per_km_yuan[:, None, None] * road_km + limits.stop_cost_yuan * (stops - 2)
    yuan = pools.fixed_yuan[:, None, None] + road_yuan
    least = np.maximum(pools.min_load[:, None, None], np.ceil(yuan / limits.max_yuan_per_head - 1e-9))
    elsewhere = ~pools.serve(cells.prefecture[part], cells.goal[part]).T
    longest_km = problem.schedule.longest_drive_minutes(stops) / _minutes_per_km(
        problem, network, picks, drops
    )
    boards = (pickup[:, None] == np.arange(len(picks))).astype(np.int64)
    closed = elsewhere.astype(np.int64) @ boards  # (V, pick-ups) who boards there may not ride in it
    calls = (boarding.bits[:, None] >> np.arange(len(picks))) & 1
    may_not_run = (closed @ calls.T > 0)[:, :, None] | (road_km > longest_km)
    least = np.where(may_not_run, NEVER, least).astype(np.int64)
    return Market(
        part, pickup, alights, cells.num_persons[part], cells.num_seats[part], cells.num_groups[part],
        cells.earliest[part], cells.latest[part], boarding.bits, alighting.bits, pools.usable,
        least, np.ascontiguousarray(road_yuan), np.flatnonzero(problem.network_of_day == network),
    )  # fmt: skip


def _minutes_per_km(problem: Problem, network: int, picks: Ints, drops: Ints) -> float:
    if problem.drive_minutes is None:
        return problem.schedule.minutes_per_km
    minutes, km = (roads[network][np.ix_(picks, drops)] for roads in (problem.drive_minutes, problem.km))
    return float((minutes / np.maximum(km, 1.0)).max())


def _loops(km: Floats, picks: Ints, drops: Ints, problem: Problem) -> tuple[Loops, Loops] | None:
    """Return the sets of pick-ups and of drop-offs, of as many stops as there may be without too many pairs."""
    limits = problem.limits
    if max(len(picks), len(drops)) > 60:
        return None
    for fewer in range(max(limits.max_pickups, limits.max_dropoffs)):
        num_picks, num_drops = max(1, limits.max_pickups - fewer), max(1, limits.max_dropoffs - fewer)
        boarding = grow_sets(km[np.ix_(picks, picks)], num_picks, limits.max_pickup_km, MOST_PAIRS)
        if boarding is None:
            continue
        most_sets = MOST_PAIRS // len(boarding.bits)
        alighting = grow_sets(km[np.ix_(drops, drops)].T, num_drops, limits.max_dropoff_km, most_sets)
        if alighting is not None:
            return boarding, alighting
    return None
