"""Which vehicles a peer is offered, and the dates where it cannot choose them: decided beforehand, by HiGHS.

Left to themselves, engines that insert order by order take small vehicles. So their users choose the mix first
(fleet size and mix: Golden, Assad, Levy and Gheysens 1984): the cheapest that has a seat for everybody on a day
of the window, and one spare of each kind at a price that keeps it for need.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, kron

from returnplan.problem.model import Floats, Ints, Problem

SPARES, SURCHARGE_YUAN = 1, 3000.0


class Offer(NamedTuple):
    """Some vehicles of a pool on one day; the engine believes them dearer by ``surcharge_yuan``."""

    pool: int
    day: int
    num_vehicles: int
    surcharge_yuan: float


def lean_offers(problem: Problem) -> list[Offer]:
    """Return the cheapest mix that seats everybody, and a few spares."""
    mix, _ = _cheapest_mix(problem)
    spares = np.minimum(SPARES, problem.pools.available - mix)
    return [*_offers(mix, 0.0), *_offers(spares, SURCHARGE_YUAN)]


def ample_offers(problem: Problem) -> list[Offer]:
    """Return of each kind on each day as many as would seat everybody alone."""
    num_seats = int(problem.cells.num_seats @ problem.cells.num_groups)
    enough = -(-num_seats // problem.pools.usable)
    return _offers(np.minimum(enough[:, None], problem.pools.available), 0.0)


def _offers(num_vehicles: Ints, surcharge_yuan: float) -> list[Offer]:
    return [
        Offer(int(pool), int(day), int(num_vehicles[pool, day]), surcharge_yuan)
        for pool, day in np.argwhere(num_vehicles > 0)
    ]


def day_by_day(problem: Problem) -> list[Problem]:
    """Return a problem a day, with those people who leave on it so that the cheapest mix seats all."""
    if problem.num_days == 1:
        return [problem]
    _, num_groups = _cheapest_mix(problem)
    return [
        _only(problem, day, num_groups[:, day]) for day in range(problem.num_days) if num_groups[:, day].any()
    ]


def _only(problem: Problem, day: int, num_groups: Ints) -> Problem:
    on_the_day = np.full(len(problem.cells), day)
    is_day = np.arange(problem.num_days) == day
    return replace(
        problem,
        cells=replace(problem.cells, num_groups=num_groups, earliest=on_the_day, latest=on_the_day),
        pools=replace(problem.pools, available=problem.pools.available * is_day),
    )


def _cheapest_mix(problem: Problem) -> tuple[Ints, Ints]:
    """Return (V, D) vehicles of the cheapest fleet with seats for all, and (C, D) groups by their day.

    A vehicle is priced at the mean distance of a journey.
    """
    cells, shape = problem.cells, problem.pools.available.shape
    days = np.arange(problem.num_days)
    is_open = (cells.earliest[:, None] <= days) & (days <= cells.latest[:, None])
    most = np.append(problem.pools.available, np.where(is_open, cells.num_groups[:, None], 0))
    vehicle_yuan = np.repeat(_mean_trip_yuan(problem), problem.num_days)
    found = milp(
        np.append(vehicle_yuan, np.zeros(is_open.size)),
        constraints=[
            LinearConstraint(_seats_left(problem), lb=0),
            LinearConstraint(_groups_leaving(problem), lb=cells.num_groups, ub=cells.num_groups),
        ],
        integrality=np.ones(most.size),
        bounds=Bounds(0, most),
    )
    vehicles, groups = np.split(np.rint(found.x).astype(np.int64), [vehicle_yuan.size])
    return vehicles.reshape(shape), groups.reshape(is_open.shape)


def _mean_trip_yuan(problem: Problem) -> Floats:
    cells, pools = problem.cells, problem.pools
    mean_km = np.average(problem.km[0][cells.pickup, cells.drop_place], weights=cells.num_groups)
    return np.asarray(pools.fixed_yuan + pools.per_km_yuan * mean_km)


def _seats_left(problem: Problem) -> csr_array:
    """Return (D, unknowns): the seats of the day's vehicles less those of its groups."""
    each_day = np.eye(problem.num_days)
    seats = [kron(problem.pools.usable[None, :], each_day), kron(-problem.cells.num_seats[None, :], each_day)]
    return csr_array(hstack(seats))


def _groups_leaving(problem: Problem) -> csr_array:
    """Return (C, unknowns): the groups of a cell that leave on any day."""
    num_cells = len(problem.cells)
    no_vehicle = csr_array((num_cells, problem.pools.available.size))
    return csr_array(hstack([no_vehicle, kron(np.eye(num_cells), np.ones((1, problem.num_days)))]))
