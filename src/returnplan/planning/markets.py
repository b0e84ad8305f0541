"""Markets: parts of the problem that share no vehicle on the road, so that each is planned alone.

Two cells are in one market when their cities may share a vehicle and their pick-ups may lie on one loop
(nearer than ``max_pickup_km``, and in one prefecture where every vehicle has a base).
"""

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from returnplan.planning.state import Market
from returnplan.problem.model import Ints, Problem

MOST_NEIGHBOURS = 40
"""Cells that the search looks at from each cell; more did not pay on the corridor."""


def split_markets(problem: Problem) -> list[Ints]:
    """Return the cells of each market, cells ascending, markets by their first cell."""
    cells = problem.cells
    if len(cells) == 0:
        return []
    based = bool(len(problem.pools)) and bool((problem.pools.base >= 0).all())
    region = cells.prefecture if based else np.zeros_like(cells.prefecture)
    corner = np.stack([cells.city_group, region, cells.pickup])
    corners, corner_of = np.unique(corner, axis=1, return_inverse=True)
    label = _linked(corners, problem)[corner_of]
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return sorted(parts, key=lambda part: int(part[0]))


def _linked(corners: Ints, problem: Problem) -> Ints:
    """Label the (city group, region, pick-up) corners that are connected by loops short enough."""
    label = np.zeros(corners.shape[1], dtype=np.int64)
    near = problem.km.min(axis=0) <= problem.limits.max_pickup_km
    _, block_of = np.unique(corners[:2], axis=1, return_inverse=True)
    for block in range(int(block_of.max(initial=-1)) + 1):
        mine = np.flatnonzero(block_of == block)
        places = corners[2, mine]
        reach = coo_matrix(near[np.ix_(places, places)])
        label[mine] = label.max() + 1 + connected_components(reach, directed=False)[1]
    return label


def market_arrays(problem: Problem, part: Ints) -> Market:
    """Return the arrays of one market for the compiled loops; places are renumbered to those it uses."""
    cells, pools, limits = problem.cells, problem.pools, problem.limits
    drop_index = np.concatenate([np.arange(cells.drop_start[c], cells.drop_start[c + 1]) for c in part])
    drop_counts = cells.drop_start[part + 1] - cells.drop_start[part]
    places = local_places(problem, part)
    km = np.ascontiguousarray(problem.km[:, places][:, :, places])
    num_groups = cells.num_groups[part]
    pickup = np.searchsorted(places, cells.pickup[part])
    drop_start = np.append(0, np.cumsum(drop_counts))
    drop_place = np.searchsorted(places, cells.drop_place[drop_index])
    return Market(
        pickup=pickup,
        prefecture=cells.prefecture[part],
        county=cells.county[part],
        city_group=cells.city_group[part],
        earliest=cells.earliest[part],
        latest=cells.latest[part],
        late_days=np.ascontiguousarray(cells.late_days[part]),
        weight=cells.weight[part],
        num_persons=cells.num_persons[part],
        num_seats=cells.num_seats[part],
        drop_start=drop_start,
        drop_place=drop_place,
        drop_persons=cells.drop_persons[drop_index],
        unit_cell=np.repeat(np.arange(len(part)), num_groups),
        cell_start=np.append(0, np.cumsum(num_groups)),
        near=_near(problem, part, pickup, drop_place[drop_start[:-1]], km[0]),
        usable=pools.usable,
        min_load=pools.min_load,
        fixed_yuan=pools.fixed_yuan,
        per_km_yuan=pools.per_km_yuan,
        base=pools.base,
        available=pools.available,
        turnaround_days=pools.turnaround_days,
        km=km,
        network_of_day=problem.network_of_day,
        max_pickups=limits.max_pickups,
        max_dropoffs=limits.max_dropoffs,
        max_pickup_km=limits.max_pickup_km,
        max_dropoff_km=limits.max_dropoff_km,
        stop_cost_yuan=limits.stop_cost_yuan,
        mix_counties=limits.mix_counties,
        most_usable=int(pools.usable.max(initial=0)),
    )


def local_places(problem: Problem, part: Ints) -> Ints:
    """Return the places that a market uses, ascending."""
    cells = problem.cells
    drops = [cells.drop_place[cells.drop_start[c] : cells.drop_start[c + 1]] for c in part]
    return np.unique(np.concatenate([cells.pickup[part], *drops]))


def _near(problem: Problem, part: Ints, pickup: Ints, dropoff: Ints, km: np.ndarray) -> Ints:  # type: ignore[type-arg]
    """Return (C, K) the nearest cells with a common day and city group, each cell itself first."""
    cells = problem.cells
    num = min(MOST_NEIGHBOURS, len(part))
    near = np.empty((len(part), num), dtype=np.int64)
    early, late, group = cells.earliest[part], cells.latest[part], cells.city_group[part]
    for i in range(len(part)):
        away = km[pickup[i], pickup] + km[dropoff[i], dropoff]
        apart = (early > late[i]) | (late < early[i]) | (group != group[i])
        away = np.where(apart, away + 1e6, away)
        away[i] = -1.0
        nearest = np.argpartition(away, num - 1)[:num] if num < len(part) else np.arange(num)
        near[i] = nearest[np.argsort(away[nearest], kind="stable")]
    return near
