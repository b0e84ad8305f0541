"""The oracle for stop_sets/ (.cpp): what vehicles that are sets of stops cost, and how many can ride in them."""

from itertools import pairwise, permutations
from typing import Any, NamedTuple

import numpy as np

from returnplan.planning.tables import Market
from returnplan.problem.model import Floats


class Vehicle(NamedTuple):
    """A vehicle that leaves on a day, its stops, and the units of each cell on board."""

    day: int
    pickups: tuple[int, ...]
    dropoffs: tuple[int, ...]
    riders: dict[int, int]


def vehicles_of(core: Any, num_vehicles: int) -> list[Vehicle]:
    """Return the vehicles of the compiled search as they stand."""
    riders: list[dict[int, int]] = [{} for _ in range(num_vehicles)]
    for number, cell, units in core.riders.tolist():
        riders[number][cell] = units
    return [
        Vehicle(day, tuple(pickups.tolist()), tuple(dropoffs.tolist()), riders[number])
        for number in range(num_vehicles)
        for day, pickups, dropoffs in [core.vehicle(number)]
    ]


def kind(market: Market, cell: int) -> tuple[int, ...]:
    """Return what cells that may ride together have in common."""
    c = market.cells[cell]
    county = 0 if market.limits[0]["mix_counties"] else int(c["county"])
    return int(c["city_group"]), county, int(c["prefecture"]), int(c["goal"])


def calls_for(market: Market, vehicle: Vehicle, cell: int) -> bool:
    """Return whether the vehicle leaves on a day of the cell's and calls at all its stops."""
    c = market.cells[cell]
    drops = market.drops["place"][c["drop_first"] : c["drop_end"]].tolist()
    on_way = c["pickup"] in vehicle.pickups and set(drops) <= set(vehicle.dropoffs)
    return bool(c["earliest"] <= vehicle.day <= c["latest"] and on_way)


def serving(market: Market, cell: int) -> list[int]:
    """Return the pools whose vehicles may carry the cell."""
    c = market.cells[cell]
    return [
        i
        for i, pool in enumerate(market.pools)
        if pool["base"] in (-1, c["prefecture"]) and pool["goal"] in (-1, c["goal"])
    ]


def value(market: Market, vehicles: list[Vehicle], kinds: list[int], person: float, late_day: float) -> float:
    """Return what the vehicles and those who are absent or late cost; ``kinds``: a cell of each vehicle's kind."""
    cells = market.cells
    groups = cells["end_unit"] - cells["first_unit"]
    riding = np.zeros(len(cells), dtype=np.int64)
    total = 0.0
    for vehicle, cell in zip(vehicles, kinds, strict=True):
        for rider, units in vehicle.riders.items():
            riding[rider] += units
        if vehicle.pickups:
            total += _yuan(market, vehicle, cell, person, late_day)
    return total + person * float((groups - riding) @ cells["persons"])


def _yuan(market: Market, vehicle: Vehicle, cell: int, person: float, late_day: float) -> float:
    cells, limits = market.cells, market.limits[0]
    persons = sum(units * int(cells["persons"][rider]) for rider, units in vehicle.riders.items())
    seats = sum(units * int(cells["seats"][rider]) for rider, units in vehicle.riders.items())
    late = sum(units * float(market.late_days[rider, vehicle.day]) for rider, units in vehicle.riders.items())
    km, least = _shortest_km(market, vehicle), np.inf
    for i in serving(market, cell):
        pool = market.pools[i]
        if pool["usable"] >= seats:
            idle = person * persons if persons < pool["min_load"] else 0.0
            least = min(least, float(pool["fixed_yuan"] + pool["per_km_yuan"] * km) + idle)
    num_between = len(vehicle.pickups) + len(vehicle.dropoffs) - 2
    return least + late_day * late + float(limits["stop_cost_yuan"]) * num_between


def _shortest_km(market: Market, vehicle: Vehicle) -> float:
    roads, limits = market.km[market.network_of_day[vehicle.day]], market.limits[0]
    least = np.inf
    for pickups in permutations(vehicle.pickups):
        for dropoffs in permutations(vehicle.dropoffs):
            if (
                _along(roads, pickups) <= limits["max_pickup_km"] + 1e-6
                and _along(roads, dropoffs) <= limits["max_dropoff_km"] + 1e-6
            ):
                least = min(least, _along(roads, pickups + dropoffs))
    return least


def _along(roads: Floats, stops: tuple[int, ...]) -> float:
    return float(sum(roads[a, b] for a, b in pairwise(stops)))


def most_units(market: Market, vehicles: list[Vehicle], kinds: list[int]) -> int:
    """Return how many units of one seat can ride at most: rider by rider along chains (Kuhn's algorithm)."""
    rooms = [
        max((int(market.pools["usable"][i]) for i in serving(market, cell)), default=0) for cell in kinds
    ]
    aboard: list[list[int]] = [[] for _ in vehicles]

    def find_seat(cell: int, seen: set[int]) -> bool:
        for number, vehicle in enumerate(vehicles):
            if number in seen or not calls_for(market, vehicle, cell):
                continue
            if kind(market, cell) != kind(market, kinds[number]):
                continue
            seen.add(number)
            if len(aboard[number]) < rooms[number]:
                aboard[number].append(cell)
                return True
            for i, other in enumerate(aboard[number]):
                if find_seat(other, seen):
                    aboard[number][i] = cell
                    return True
        return False

    return sum(find_seat(cell, set()) for cell in market.unit_cell.tolist())
