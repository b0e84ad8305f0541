"""OR-Tools routing (https://developers.google.com/optimization/routing): pairs of pick-up and delivery.

How its user would model the planner's problem:

- one node for the pick-up and one for the delivery of every order, in the same vehicle; open routes by a depot
  at no distance;
- prices by vehicle type on the ways, a fixed price a vehicle, seats as a dimension;
- dates as the vehicles that an order may take;
- stop limits as dimensions that count the ways to another place of boarding, or of alighting;
- the mix chosen beforehand, which it needs most of all: given every type freely it takes small coaches; but
  for stop limits, where seats do not tell how many vehicles it takes;
- orders of at most four groups, whole cells with stop limits (tried: 2, 3, 4, 8);
- parallel cheapest insertion, then guided local search; other first solutions failed or came out dearer, and
  annealing, a bandit's choice of operators or large neighbourhoods changed nothing. Orders that may be left at
  a penalty cost it three per cent, so all are required.
"""

import time

import numpy as np
import numpy.typing as npt
from ortools.constraint_solver import pywrapcp
from ortools.constraint_solver.routing_enums_pb2 import FirstSolutionStrategy, LocalSearchMetaheuristic

from benchmarks.peers.fleet import Offer
from benchmarks.peers.orders import Order, boarding_places, do_stop_limits_bind, tell, vehicle_yuan, way_yuan
from benchmarks.peers.trips import Stop, Trip, stops_of_visits
from returnplan.problem.model import Problem

MOST_GROUPS = 4
WALL_PER_CPU = 4  # the engine's own limit counts wall seconds: only a net below the CPU seconds
DEPOT = 0


def plan_with_ortools(problem: Problem, cpu_seconds: float) -> list[Trip] | None:
    """Return the best plan found in so many CPU seconds, None when none was."""
    end = time.process_time() + cpu_seconds
    orders, offers = tell(problem, MOST_GROUPS)
    model = _Model(problem, orders, [offer for offer in offers for _ in range(offer.num_vehicles)])
    model.add_prices()
    model.add_seats()
    model.add_pairs()
    if do_stop_limits_bind(problem):
        model.add_stop_limits()
    return model.solve(end, cpu_seconds)


class _Model:
    """Nodes: the depot, the pick-up of every order, the delivery of every order."""

    def __init__(self, problem: Problem, orders: list[Order], vehicles: list[Offer]) -> None:
        self.problem, self.orders, self.vehicles = problem, orders, vehicles
        self.place = np.array([order.pickup for order in orders] + [order.dropoff for order in orders])
        self.nodes = pywrapcp.RoutingIndexManager(len(self.place) + 1, len(vehicles), DEPOT)
        self.routing = pywrapcp.RoutingModel(self.nodes)

    def add_prices(self) -> None:
        """Charge ways and vehicles, in whole yuan."""
        ways = {pool: self._transit(way_yuan(self.problem, pool)) for pool in {v.pool for v in self.vehicles}}
        for nth, vehicle in enumerate(self.vehicles):
            yuan = vehicle_yuan(self.problem, vehicle.pool) + vehicle.surcharge_yuan
            self.routing.SetArcCostEvaluatorOfVehicle(ways[vehicle.pool], nth)
            self.routing.SetFixedCostOfVehicle(round(yuan), nth)

    def add_seats(self) -> None:
        """Take seats at a pick-up and free them at the delivery."""
        seats = [order.num_seats for order in self.orders]
        taken = self.routing.RegisterUnaryTransitVector([0, *seats, *(-num for num in seats)])
        usable = [int(self.problem.pools.usable[vehicle.pool]) for vehicle in self.vehicles]
        self.routing.AddDimensionWithVehicleCapacity(taken, 0, usable, True, "seats")

    def add_pairs(self) -> None:
        """Put both ends of an order into one vehicle of a day that suits it."""
        for nth, order in enumerate(self.orders):
            pickup, delivery = self._ends(nth)
            self.routing.AddPickupAndDelivery(pickup, delivery)
            fitting = [i for i, vehicle in enumerate(self.vehicles) if vehicle.day in order.days]
            self.routing.VehicleVar(pickup).SetValues(fitting)
            self.routing.solver().Add(self.routing.VehicleVar(pickup) == self.routing.VehicleVar(delivery))

    def add_stop_limits(self) -> None:
        """Count the ways to another place of each kind; the first pick-up is reached from the depot."""
        limits, boards = self.problem.limits, boarding_places(self.problem)
        other = ~np.eye(len(boards), dtype=bool)
        pickups = self._transit(other & boards[None, :], from_depot=boards)
        dropoffs = self._transit(other & ~boards[None, :])
        self.routing.AddDimension(pickups, 0, limits.max_pickups, True, "pickups")
        self.routing.AddDimension(dropoffs, 0, limits.max_dropoffs, True, "dropoffs")

    def solve(self, end: float, cpu_seconds: float) -> list[Trip] | None:
        """Search until the process's clock says ``end``."""
        params = pywrapcp.DefaultRoutingSearchParameters()
        params.first_solution_strategy = FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        params.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        params.time_limit.FromSeconds(round(cpu_seconds * WALL_PER_CPU))
        self.routing.CloseModelWithParameters(params)
        self.routing.AddSearchMonitor(self.routing.solver().CustomLimit(lambda: time.process_time() > end))
        found = self.routing.SolveWithParameters(params)
        if found is None:
            return None
        trips = [self._trip(found, nth) for nth in range(len(self.vehicles))]
        return [trip for trip in trips if trip.load]

    def _transit(
        self, of_places: npt.NDArray[np.generic], from_depot: npt.NDArray[np.bool_] | None = None
    ) -> int:
        """Register a matrix of places as one of nodes; ways from and to the depot are nothing by default."""
        of_nodes = np.pad(of_places[np.ix_(self.place, self.place)], (1, 0))
        if from_depot is not None:
            of_nodes[DEPOT, 1:] = from_depot[self.place]
        return int(self.routing.RegisterTransitMatrix(np.rint(of_nodes).astype(np.int64).tolist()))

    def _ends(self, nth: int) -> tuple[int, int]:
        """Return the engine's numbers of an order's pick-up and delivery."""
        return self.nodes.NodeToIndex(1 + nth), self.nodes.NodeToIndex(1 + len(self.orders) + nth)

    def _trip(self, found: pywrapcp.Assignment, nth: int) -> Trip:
        visits, load = [], dict[int, int]()
        index = found.Value(self.routing.NextVar(self.routing.Start(nth)))
        while not self.routing.IsEnd(index):
            node = self.nodes.IndexToNode(index) - 1
            order = self.orders[node % len(self.orders)]
            is_pickup = node < len(self.orders)
            visits.append(Stop(int(self.place[node]), is_pickup))
            if is_pickup:
                load[order.cell] = load.get(order.cell, 0) + order.num_groups
            index = found.Value(self.routing.NextVar(index))
        return Trip(self.vehicles[nth].pool, self.vehicles[nth].day, stops_of_visits(visits), load)
