"""Instances as values: the published tables read, and packing problems invented."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

TABLES = Path(__file__).with_name("tables")

NUM_PARTIES = (100, 200)
LARGEST_PARTY = 99
SEATS = (60, 80, 100, 120, 150)
PRICE_OF_SEATS = {"linear": 1.0, "concave": 0.85, "convex": 1.15}
"""Exponents: what a vehicle costs grows with its seats, or slower, or faster."""
YUAN_PER_SEAT = 20


@dataclass(frozen=True)
class VehicleType:
    """Vehicles without end, at a price each and a km."""

    seats: int
    fixed_yuan: float
    per_km_yuan: float


@dataclass(frozen=True)
class Instance:
    """One problem; ``depot_km`` (N + 1, N + 1) are between the depot (0) and the stops, zero for packing.

    ``demands`` are people at each stop; a party if ``is_party``. ``best_known`` is the least cost known.
    """

    kind: str
    name: str
    depot_km: Floats
    demands: tuple[int, ...]
    types: tuple[VehicleType, ...]
    is_party: bool
    best_known: float

    @property
    def directed_km(self) -> Floats:
        """Return the (N + 1, N + 1) km between the stops and the end of the journey (the last).

        The length of an open route along them is that of the closed tour through the depot: with g the km to the
        depot, d(i, j) + g(i) - g(j) between stops and 2 g(i) to the end. The triangle inequality survives.
        """
        depot, between = self.depot_km[0, 1:], self.depot_km[1:, 1:]
        to_stops = np.maximum(between + depot[:, None] - depot[None, :], 0.0)
        return np.pad(np.column_stack([to_stops, 2 * depot]), ((0, 1), (0, 0)))


def published(kind: str) -> list[Instance]:
    """Return the instances of a folder of tables, by name."""
    with (TABLES / "best_known.csv").open(encoding="utf-8") as file:
        best = {line["instance"]: float(line["cost"]) for line in csv.DictReader(file)}
    read = {"sdvrp": _read_sdvrp, "fsm": _read_fsm}[kind]
    paths = sorted((TABLES / kind).iterdir())
    return [read(path, best[path.stem]) for path in paths]


def _read_sdvrp(path: Path, best_known: float) -> Instance:
    (num, capacity), demands, *points = _numbers(path)
    km = np.floor(_distances(points[: int(num) + 1]) + 0.5)
    vehicle = VehicleType(int(capacity), 0.0, 1.0)
    return Instance("sdvrp", path.stem, km, tuple(map(int, demands)), (vehicle,), False, best_known)


def _read_fsm(path: Path, best_known: float) -> Instance:
    head, *lines = _numbers(path)
    num_types = int(head[1])
    types = [VehicleType(int(seats), fixed, per_km) for _, seats, fixed, per_km in lines[:num_types]]
    depot, *customers = lines[num_types : num_types + int(head[0]) + 1]
    km = _distances([depot, *customers])
    demands = tuple(int(customer[2]) for customer in customers)
    return Instance("fsm", path.stem, km, demands, tuple(types), True, best_known)


def _numbers(path: Path) -> list[list[float]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [[float(word) for word in line.split()] for line in lines if line.strip() and "//" not in line]


def _distances(points: list[list[float]]) -> Floats:
    xy = np.array([point[:2] for point in points])
    return np.asarray(np.sqrt(((xy[:, None] - xy[None]) ** 2).sum(axis=-1)))


def invented_packing(prices: str, num_parties: int, seed: int) -> Instance:
    """Invent parties of one stop and vehicle types (after Haouari and Serairi 2009); nobody knows its optimum yet."""
    random = np.random.RandomState(seed)
    sizes = random.randint(1, LARGEST_PARTY + 1, num_parties)
    types = tuple(
        VehicleType(seats, float(round(YUAN_PER_SEAT * seats ** PRICE_OF_SEATS[prices])), 0.0)
        for seats in SEATS
    )
    name = f"{prices} {num_parties}"
    return Instance(
        "packing", name, np.zeros((2, 2)), tuple(int(n) for n in sizes), types, True, float("nan")
    )
