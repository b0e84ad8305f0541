"""Plants a best plan: full vehicles are drawn on dates and stops, then windows widened and all people shuffled.

A seat costs the same in vehicles of every type, the stops of one town lie together, and no stop costs anything.
So nobody can travel for less than their seat in a full vehicle that goes from their town to their city alone:
as many people as fill the planted vehicles cost what these cost, or more.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from returnplan.problem.draft import Draft
from returnplan.problem.model import NO_PREVIOUS, UNLIMITED, Cells, Floats, Ints, Limits, Pools, Problem

SEATS = np.array([37, 45, 49, 53])
SEAT_YUAN, SEAT_KM_YUAN = 72.0, 0.128
"""Of every seat, and of every seat and km."""
MAX_PICKUPS, MAX_DROPOFFS = 4, 4
LARGEST_PARTY = 4
ROAD_KM, REGION_KM, CITY_KM = 500.0, 80.0, 25.0
"""Between region and city, and how far towns and factories scatter."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of everything; each town has ``stops_a_town`` stops at one spot."""

    num_vehicles: int = 40
    num_towns: int = 6
    stops_a_town: int = 5
    num_factories: int = 4
    num_days: int = 15
    longest_window: int = 7
    party_share: float = 0.1


class Planted(NamedTuple):
    """A problem, the least that any plan for everybody costs, and the vehicles drawn, which cost as much."""

    problem: Problem
    cost_yuan: float
    drafts: tuple[Draft, ...]


def plant(seed: int, sizes: Sizes | None = None) -> Planted:
    """Plant a plan of one market: one prefecture and one city."""
    sizes, random = sizes or Sizes(), np.random.default_rng(seed)
    km = _road_km(sizes, random)
    vehicles = _Vehicles(
        seats=random.choice(SEATS, sizes.num_vehicles),
        day=random.integers(0, sizes.num_days, sizes.num_vehicles),
        town=random.integers(0, sizes.num_towns, sizes.num_vehicles),
        factory=random.integers(0, sizes.num_factories, sizes.num_vehicles),
    )
    cells, cells_aboard = _cells(sizes, vehicles, random)
    nothing = np.zeros(len(SEATS), dtype=np.int64)
    pools = Pools(
        usable=SEATS, min_load=nothing + 1, fixed_yuan=SEATS * SEAT_YUAN, per_km_yuan=SEATS * SEAT_KM_YUAN,
        base=nothing - 1, goal=nothing - 1, available=np.full((len(SEATS), sizes.num_days), UNLIMITED),
        turnaround_days=nothing + 1,
    )  # fmt: skip
    limits = Limits(MAX_PICKUPS, MAX_DROPOFFS, np.inf, np.inf, stop_cost_yuan=0.0, mix_counties=True)
    days = np.zeros(sizes.num_days, dtype=np.int64)
    problem = Problem(date(2021, 2, 17), cells, pools, limits, km[None], days)
    num_stops = sizes.num_towns * sizes.stops_a_town
    alone_km = km[vehicles.town * sizes.stops_a_town, num_stops + vehicles.factory]
    yuan = float((vehicles.seats * (SEAT_YUAN + SEAT_KM_YUAN * alone_km)).sum())
    drafts = (
        _draft(cells, int(day), int(np.searchsorted(SEATS, seats)), aboard)
        for seats, day, aboard in zip(vehicles.seats, vehicles.day, cells_aboard, strict=True)
    )
    return Planted(problem, yuan, tuple(drafts))


class _Vehicles(NamedTuple):
    """The vehicles drawn, each full on its day from one town to one factory."""

    seats: Ints
    day: Ints
    town: Ints
    factory: Ints


def _road_km(sizes: Sizes, random: np.random.Generator) -> Floats:
    """Return km between all places as the crow flies: the stops town by town, then the factories."""
    towns = random.uniform(-REGION_KM, REGION_KM, (sizes.num_towns, 2))
    factories = np.array([ROAD_KM, 0.0]) + random.uniform(-CITY_KM, CITY_KM, (sizes.num_factories, 2))
    spots = np.concatenate([np.repeat(towns, sizes.stops_a_town, axis=0), factories])
    return np.asarray(np.linalg.norm(spots[:, None] - spots[None], axis=-1))


def _draft(cells: Cells, day: int, pool: int, aboard: Ints) -> Draft:
    """Return the planted journey of some cells, each named once for every group of it."""
    load = Counter(aboard.tolist())
    pickups = dict.fromkeys(cells.pickup[sorted(load)].tolist())
    dropoffs = dict.fromkeys(cells.drop_place[sorted(load)].tolist())
    return Draft.direct(day, pool, tuple(pickups), tuple(dropoffs), tuple(sorted(load.items())))


def _cells(sizes: Sizes, vehicles: _Vehicles, random: np.random.Generator) -> tuple[Cells, list[Ints]]:
    """Return the people of all vehicles as cells, each with a window around the day of its vehicle.

    Besides return who is aboard each vehicle: a cell for each group.
    """
    groups, num_aboard = [], []
    for seats, day, town, factory in zip(*vehicles, strict=True):
        aboard = [
            (town * sizes.stops_a_town + stop, factory, *_window(sizes, day, random), size)
            for stop, size in _aboard(sizes, int(seats), random)
        ]
        groups += aboard
        num_aboard.append(len(aboard))
    alike, kind, num_groups = np.unique(np.array(groups), axis=0, return_inverse=True, return_counts=True)
    order = random.permutation(len(alike))
    cells_aboard = np.split(np.argsort(order)[kind.ravel()], np.cumsum(num_aboard)[:-1])
    pickup, factory, earliest, latest, size = alike[order].T.copy()
    nothing = np.zeros(len(order), dtype=np.int64)
    return Cells(
        pickup=pickup, prefecture=nothing, goal=nothing, county=nothing, city_group=nothing, earliest=earliest,
        latest=latest,
        late_days=np.zeros((len(order), sizes.num_days)), weight=size.astype(float), num_persons=size,
        num_seats=size, num_groups=num_groups[order], own_transfer=nothing, previous=nothing + NO_PREVIOUS,
        drop_start=np.arange(len(order) + 1), drop_place=sizes.num_towns * sizes.stops_a_town + factory,
        drop_persons=size,
    ), cells_aboard  # fmt: skip


def _aboard(sizes: Sizes, seats: int, random: np.random.Generator) -> list[tuple[int, int]]:
    """Return the stop in its town and the size of each party that together fill a vehicle."""
    stops = random.choice(sizes.stops_a_town, min(MAX_PICKUPS, sizes.stops_a_town), replace=False)
    aboard = []
    while seats > 0:
        in_party = random.random() < sizes.party_share
        size = min(seats, int(random.integers(2, LARGEST_PARTY + 1)) if in_party else 1)
        aboard.append((int(random.choice(stops)), size))
        seats -= size
    return aboard


def _window(sizes: Sizes, day: int, random: np.random.Generator) -> tuple[int, int]:
    """Return the first and the last day of a window that holds the day."""
    length = int(random.integers(1, min(sizes.longest_window, sizes.num_days) + 1))
    first = int(random.integers(max(0, day - length + 1), min(day, sizes.num_days - length) + 1))
    return first, first + length - 1
