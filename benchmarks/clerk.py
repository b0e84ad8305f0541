"""The clerk's best rule, as a peer: send on the earliest deadline, fill with whoever may go that day.

Deadline after deadline: while somebody has to leave today, take those of the prefecture and city who must leave
too, the nearest first, then whoever else may go, and charter the cheapest vehicle that holds them. The rule
keeps every hard rule that the planner keeps, and its routes are in the best order too.
"""

from dataclasses import dataclass, field

import numpy as np

from returnplan.planning._core import best_route
from returnplan.problem.model import Floats, Ints, Problem


@dataclass
class Outcome:
    """What the rule came to."""

    num_vehicles: int = 0
    num_riders: int = 0
    cost_yuan: float = 0.0


@dataclass
class Desk:
    """The clerk's desk: who still waits (groups by cell) and which vehicles are left (by pool and day)."""

    problem: Problem
    waiting: Ints
    vehicles: Ints
    outcome: Outcome = field(default_factory=Outcome)


def plan_like_a_clerk(problem: Problem) -> Outcome:
    """Return what the clerk's rule costs, and how many people it sends."""
    cells = problem.cells
    desk = Desk(problem, cells.num_groups.copy(), problem.pools.available.copy())
    waiting_list = np.lexsort((cells.city_group, cells.prefecture, cells.latest))
    for cell in waiting_list:
        market = np.flatnonzero(
            (cells.prefecture == cells.prefecture[cell]) & (cells.city_group == cells.city_group[cell])
        )
        while desk.waiting[cell] and _send_vehicle(desk, cell, market):
            pass
        desk.waiting[cell] = 0  # no vehicle will take those left: they miss their last day
    return desk.outcome


def _send_vehicle(desk: Desk, due_cell: int, market: Ints) -> bool:
    """VehicleChoice one vehicle on the last day of ``due_cell``; False when there is none or it would be too empty."""
    cells, pools = desk.problem.cells, desk.problem.pools
    day = int(cells.latest[due_cell])
    may_go = market[
        (cells.earliest[market] <= day) & (cells.latest[market] >= day) & (desk.waiting[market] > 0)
    ]
    free = _free_pools(desk, due_cell, day)
    load = _fill(desk, due_cell, may_go, int(pools.usable[free].max(initial=0)))
    num_riders = sum(int(cells.num_persons[cell]) * num for cell, num in load.items())
    num_seats = sum(int(cells.num_seats[cell]) * num for cell, num in load.items())
    fitting = free[(pools.usable[free] >= num_seats) & (pools.min_load[free] <= num_riders)]
    if due_cell not in load or not len(fitting):
        return False
    cost_yuan, pool = min((_cost_yuan(desk.problem, pool, day, list(load)), pool) for pool in fitting)
    for cell, num in load.items():
        desk.waiting[cell] -= num
    desk.vehicles[pool, day : day + pools.turnaround_days[pool]] -= 1
    desk.outcome.num_vehicles += 1
    desk.outcome.num_riders += num_riders
    desk.outcome.cost_yuan += cost_yuan
    return True


def _free_pools(desk: Desk, due_cell: int, day: int) -> Ints:
    """Return the vehicle types that may still be had on that day where the cell boards."""
    base = desk.problem.pools.base
    return np.flatnonzero(
        (desk.vehicles[:, day] > 0) & ((base == desk.problem.cells.prefecture[due_cell]) | (base < 0))
    )


def _fill(desk: Desk, due_cell: int, may_go: Ints, seats: int) -> dict[int, int]:
    """Return who rides, groups by cell: the due cell, those due too, then the others, near ones first."""
    problem = desk.problem
    cells, day = problem.cells, problem.cells.latest[due_cell]
    km = _km(problem, day)
    away = km[cells.pickup[due_cell], cells.pickup[may_go]]
    load: dict[int, int] = {}
    for cell in may_go[np.lexsort((away, cells.latest[may_go] > day, may_go != due_cell))]:
        num = min(int(desk.waiting[cell]), seats // int(cells.num_seats[cell]))
        if num and _keeps_limits(problem, km, [*load, int(cell)]):
            load[int(cell)] = num
            seats -= num * int(cells.num_seats[cell])
    return load


def _keeps_limits(problem: Problem, km: Floats, riding: list[int]) -> bool:
    cells, limits = problem.cells, problem.limits
    if not limits.mix_counties and len(np.unique(cells.county[riding])) > 1:
        return False
    pickups, dropoffs = _stops(problem, riding)
    if len(pickups) > limits.max_pickups or len(dropoffs) > limits.max_dropoffs:
        return False
    first, last = best_route(km, pickups, dropoffs, limits.max_pickup_km, limits.max_dropoff_km)
    return _km_along(km, first) <= limits.max_pickup_km and _km_along(km, last) <= limits.max_dropoff_km


def _stops(problem: Problem, riding: list[int]) -> tuple[Ints, Ints]:
    cells = problem.cells
    dropoffs = [cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]] for cell in riding]
    return np.unique(cells.pickup[riding]), np.unique(np.concatenate(dropoffs))


def _cost_yuan(problem: Problem, pool: int, day: int, riding: list[int]) -> float:
    limits, pools, km = problem.limits, problem.pools, _km(problem, day)
    pickups, dropoffs = best_route(km, *_stops(problem, riding), limits.max_pickup_km, limits.max_dropoff_km)
    stops = np.concatenate([pickups, dropoffs])
    extra_stops = len(stops) - 2
    return float(
        pools.fixed_yuan[pool]
        + pools.per_km_yuan[pool] * _km_along(km, stops)
        + limits.stop_cost_yuan * extra_stops
    )


def _km(problem: Problem, day: int) -> Floats:
    return np.asarray(problem.km[problem.network_of_day[day]])


def _km_along(km: Floats, stops: Ints) -> float:
    return float(km[stops[:-1], stops[1:]].sum())
