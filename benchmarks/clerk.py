"""The clerk's best rule, as a peer: send on the earliest deadline, fill with whoever may go that day.

A prefecture and a city at a time, deadline after deadline: while somebody has to leave today, charter the
vehicle that is cheapest a rider, take those who must leave first, the nearest to them next, and then whoever
else may go. It keeps every hard rule that the planner keeps, and its routes are in the best order too.
"""

from dataclasses import dataclass, field

import numpy as np

from returnplan.planning.routes import best_route
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
    """Charter one vehicle on the last day of ``due_cell``; False when there is none or it would be too empty."""
    cells, pools = desk.problem.cells, desk.problem.pools
    day = cells.latest[due_cell]
    may_go = market[
        (cells.earliest[market] <= day) & (cells.latest[market] >= day) & (desk.waiting[market] > 0)
    ]
    pool = _cheapest_pool(desk, due_cell, may_go)
    if pool < 0:
        return False
    load = _fill(desk, due_cell, may_go, int(pools.usable[pool]))
    num_riders = sum(int(cells.num_persons[cell]) * num for cell, num in load.items())
    if due_cell not in load or num_riders < pools.min_load[pool]:
        return False
    for cell, num in load.items():
        desk.waiting[cell] -= num
    days_out = slice(day, day + pools.turnaround_days[pool])
    desk.vehicles[pool, days_out] -= 1
    desk.outcome.num_vehicles += 1
    desk.outcome.num_riders += num_riders
    desk.outcome.cost_yuan += _cost_yuan(desk.problem, pool, day, list(load))
    return True


def _cheapest_pool(desk: Desk, due_cell: int, may_go: Ints) -> int:
    """Return the vehicle type that is cheapest a rider for those who may go, -1 when none is left."""
    cells, pools = desk.problem.cells, desk.problem.pools
    day, base = cells.latest[due_cell], cells.prefecture[due_cell]
    seats_wanted = int((desk.waiting[may_go] * cells.num_seats[may_go]).sum())
    is_free = (desk.vehicles[:, day] > 0) & ((pools.base == base) | (pools.base < 0))
    if not is_free.any():
        return -1
    km = _km(desk.problem, day)[cells.pickup[due_cell], cells.drop_place[cells.drop_start[due_cell]]]
    yuan_per_rider = (pools.fixed_yuan + pools.per_km_yuan * km) / np.minimum(pools.usable, seats_wanted)
    return int(np.where(is_free, yuan_per_rider, np.inf).argmin())


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
