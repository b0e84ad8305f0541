"""PyVRP (https://pyvrp.org): shipments between places, open routes, vehicle types with prices and numbers.

How its user would model the planner's problem:

- open routes: a depot that lies at no distance from anywhere;
- one profile of distances a vehicle type, which are prices in tenths of a yuan: in thousandths its penalties
  for infeasible routes reach their ceiling and no plan comes out;
- stop limits as time windows: a way between two pick-ups, or two drop-offs, takes one unit of time and
  everything else none;
- dates first, then the routes of each day: with dates as time windows of vehicles and pick-ups, or as
  dimensions of load, plans of 429 orders came out infeasible or at twice the cost;
- the mix chosen beforehand, but for stop limits, where seats do not tell how many vehicles it takes: that took
  five per cent off its cost;
- orders of at most eight groups, whole cells with stop limits: finer ones pack better, coarser ones are searched
  faster (tried: 1, 2, 4, 8, 16);
- more neighbours and a shorter history than its defaults, which took another two per cent off.
"""

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyvrp
from pyvrp.search import NeighbourhoodParams

from benchmarks.peers.fleet import Offer, day_by_day
from benchmarks.peers.orders import Order, boarding_places, do_stop_limits_bind, tell, vehicle_yuan, way_yuan
from benchmarks.peers.trips import Stop, Trip, stops_of_visits
from returnplan.problem.model import Problem

UNITS_PER_YUAN = 10
MOST_GROUPS = 8
DROPOFFS_START = 1000  # units of time after the pick-ups
PARAMS = pyvrp.SolveParams(
    neighbourhood=NeighbourhoodParams(num_neighbours=100),
    ils=pyvrp.IteratedLocalSearchParams(history_length=100),
)


@dataclass(frozen=True)
class _CpuSeconds:
    """Stops the search at a time of the process's own clock."""

    end: float

    def __call__(self, best_cost: int) -> bool:
        return time.process_time() > self.end


def plan_with_pyvrp(problem: Problem, cpu_seconds: float, seed: int) -> list[Trip] | None:
    """Return the best plan found in so many CPU seconds, None when a day had no feasible one."""
    start, num_all = time.process_time(), problem.cells.num_groups.sum()
    trips, num_done = list[Trip](), 0
    for part in day_by_day(problem):
        num_done += part.cells.num_groups.sum()
        found = _plan_a_day(part, start + cpu_seconds * num_done / num_all, seed)
        if found is None:
            return None
        trips += found
    return trips


def _plan_a_day(problem: Problem, end: float, seed: int) -> list[Trip] | None:
    orders, offers = tell(problem, MOST_GROUPS)
    data = _data(problem, orders, offers, do_stop_limits_bind(problem))
    best = pyvrp.solve(data, _CpuSeconds(end), seed, collect_stats=False, params=PARAMS).best
    return [_trip(route, orders, offers) for route in best.routes()] if best.is_feasible() else None


def _data(problem: Problem, orders: list[Order], offers: list[Offer], has_limits: bool) -> pyvrp.ProblemData:
    """Return the model; location 0 is the depot, the places follow."""
    num_places = problem.km.shape[1]
    pools = range(len(problem.pools))
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0)] * (num_places + 1),
        clients=[],
        depots=[pyvrp.Depot(0)],
        vehicle_types=[_vehicle_type(problem, offer) for offer in offers],
        distance_matrices=[_with_depot(way_yuan(problem, pool) * UNITS_PER_YUAN) for pool in pools],
        duration_matrices=[_durations(problem, has_limits) for _ in pools],
        shipments=[_shipment(problem, order, has_limits) for order in orders],
    )


def _with_depot(matrix: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    return np.pad(np.rint(matrix).astype(np.int64), (1, 0))


def _durations(problem: Problem, has_limits: bool) -> npt.NDArray[np.int64]:
    boards = boarding_places(problem)
    is_one_kind = boards[:, None] == boards[None, :]
    np.fill_diagonal(is_one_kind, False)
    return _with_depot(is_one_kind * has_limits)


def _vehicle_type(problem: Problem, offer: Offer) -> pyvrp.VehicleType:
    return pyvrp.VehicleType(
        num_available=offer.num_vehicles,
        capacity=[int(problem.pools.usable[offer.pool])],
        fixed_cost=round((vehicle_yuan(problem, offer.pool) + offer.surcharge_yuan) * UNITS_PER_YUAN),
        profile=offer.pool,
    )


def _shipment(problem: Problem, order: Order, has_limits: bool) -> pyvrp.Shipment:
    ends, seats = (order.pickup + 1, order.dropoff + 1), [order.num_seats]
    if not has_limits:
        return pyvrp.Shipment(*ends, amount=seats)
    limits = problem.limits
    return pyvrp.Shipment(
        *ends,
        amount=seats,
        pickup_tw_late=limits.max_pickups - 1,
        delivery_tw_early=DROPOFFS_START,
        delivery_tw_late=DROPOFFS_START + limits.max_dropoffs - 1,
    )


def _trip(route: pyvrp.Route, orders: list[Order], offers: list[Offer]) -> Trip:
    visits, load = [], dict[int, int]()
    for activity in route:
        if activity.is_pickup():
            order = orders[activity.idx]
            visits.append(Stop(order.pickup, True))
            load[order.cell] = load.get(order.cell, 0) + order.num_groups
        elif activity.is_delivery():
            visits.append(Stop(orders[activity.idx].dropoff, False))
    offer = offers[route.vehicle_type()]
    return Trip(offer.pool, offer.day, stops_of_visits(visits), load)
