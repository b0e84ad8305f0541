"""The seat bound: every seat taken costs at least the cheapest share of a vehicle that could carry its rider."""

import numpy as np

from returnplan.planning.bounding.ways import shortest_ways
from returnplan.problem.model import Floats, Ints, Problem


def seat_bounds_yuan(problem: Problem, num_planned: Ints, km: Floats) -> Floats:
    """Return (C,) what the planned groups of each cell cost at least.

    A batch costs at least fixed + per_km × km(pick-up, drop-off) for each of its riders, and has at most
    ``usable`` seats, so every seat taken costs at least that over usable.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    km : (P, P) shortest ways
    """
    cells = problem.cells
    drop_cell = np.repeat(np.arange(len(cells)), np.diff(cells.drop_start))
    farthest = np.zeros(len(cells))
    np.maximum.at(farthest, drop_cell, km[cells.pickup[drop_cell], cells.drop_place])
    rides = num_planned > 0
    yuan = np.zeros(len(cells))
    share = _cheapest_seat_yuan(problem, farthest)
    yuan[rides] = share[rides] * cells.num_seats[rides] * num_planned[rides]
    return yuan


def shortest_km(problem: Problem) -> Floats:
    """Return (P, P) the metric closure of the best of all networks.

    So neither detours nor given km longer than a way round can break a bound.
    """
    return shortest_ways(problem.km.min(axis=0))


def _cheapest_seat_yuan(problem: Problem, km: Floats) -> Floats:
    """Return (C,) the least price of a seat for a journey of ``km`` among the pools a cell may use."""
    cells, pools = problem.cells, problem.pools
    least, (serves, way) = np.full(len(km), np.inf), pools.serve_ways(cells.prefecture, cells.goal)
    for pool in np.flatnonzero(serves.any(axis=0) & (pools.usable > 0)).tolist():
        own = np.flatnonzero(serves[:, pool][way])
        seat_yuan = (pools.fixed_yuan[pool] + pools.per_km_yuan[pool] * km[own]) / pools.usable[pool]
        least[own] = np.minimum(least[own], seat_yuan)
    return least
