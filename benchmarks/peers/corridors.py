"""Invents corridors like a real one: 30 pick-ups of six counties, a road of 500 km, 12 drop-offs in one city.

The same kind and seed give the same corridor. It may hold nothing that a peer's model cannot say: no caps on
days, no budget, no loop limits, one base, one city.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from returnplan.problem.model import UNLIMITED, Cells, Floats, Ints, Limits, Pools, Problem

NUM_PICKUPS, NUM_DROPOFFS, NUM_COUNTIES = 30, 12, 6
ROAD_KM = 430.0  # from the middle of the counties to the middle of the city, as the crow flies
COUNTY_SCATTER_KM, PICKUP_SCATTER_KM, CITY_SCATTER_KM = (30.0, 12.0), (10.0, 10.0), (6.0, 6.0)
DETOUR = 1.25  # road km for a km as the crow flies
PICKUP_SPREAD, DROPOFF_SPREAD = 1.0, 0.7  # of the lognormal weights
SEATS, FIXED_YUAN, PER_KM_YUAN = [39, 49, 53], [3000.0, 3600.0, 3900.0], 6.0
MIN_LOAD = 1  # no peer knows a least load
PARTY_SIZES = [1, 2, 3, 4, 5]
TIGHT_SPARE = 0.015  # seats of a tight fleet beyond the people


@dataclass(frozen=True)
class Kind:
    """What is particular about a corridor; as it stands, nothing is.

    ``party_shares`` are the chances of a party of one to five; windows begin on any of ``num_days`` days and
    are one to ``longest_window`` days long.
    """

    name: str
    num_people: int = 600
    max_pickups: int = NUM_PICKUPS
    max_dropoffs: int = NUM_DROPOFFS
    stop_cost_yuan: float = 0.0
    party_shares: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0)
    num_days: int = 1
    longest_window: int = 1
    is_fleet_tight: bool = False


KINDS = (
    Kind("plain"),
    Kind("stop limits", max_pickups=4, max_dropoffs=4, stop_cost_yuan=50.0),
    Kind("tight fleet", is_fleet_tight=True),
    Kind("parties", party_shares=(0.4, 0.3, 0.15, 0.1, 0.05)),
    Kind("dates", num_days=4, longest_window=3),
)


def invent_corridor(kind: Kind, seed: int) -> Problem:
    """Invent the corridor of a kind that has this seed."""
    random = np.random.default_rng(seed)
    cells = _cells(kind, random)
    return Problem(
        first_day=date(2021, 2, 18),
        cells=cells,
        pools=_pools(kind),
        limits=Limits(
            kind.max_pickups, kind.max_dropoffs, np.inf, np.inf, kind.stop_cost_yuan, mix_counties=True
        ),
        km=_road_km(random)[None],
        network_of_day=np.zeros(kind.num_days, dtype=np.int64),
    )


def _road_km(random: np.random.Generator) -> Floats:
    """Return km between all places, pick-ups first."""
    counties = random.normal(0.0, COUNTY_SCATTER_KM, (NUM_COUNTIES, 2))
    pickups = np.resize(counties, (NUM_PICKUPS, 2)) + random.normal(0.0, PICKUP_SCATTER_KM, (NUM_PICKUPS, 2))
    dropoffs = np.array([ROAD_KM, 0.0]) + random.normal(0.0, CITY_SCATTER_KM, (NUM_DROPOFFS, 2))
    spots = np.concatenate([pickups, dropoffs])
    return np.asarray(DETOUR * np.linalg.norm(spots[:, None] - spots[None], axis=-1))


def _cells(kind: Kind, random: np.random.Generator) -> Cells:
    """Draw the groups, and put those that are alike into one cell."""
    groups, num_groups = np.unique(_groups(kind, random), axis=0, return_counts=True)
    pickup, dropoff, earliest, latest, size = groups.T.copy()
    num_cells = len(groups)
    nothing = np.zeros(num_cells, dtype=np.int64)
    return Cells(
        pickup=pickup,
        prefecture=nothing,
        goal=nothing,
        county=pickup % NUM_COUNTIES,
        city_group=nothing,
        earliest=earliest,
        latest=latest,
        late_days=np.zeros((num_cells, kind.num_days)),
        weight=size.astype(float),
        num_persons=size,
        num_seats=size,
        num_groups=num_groups.astype(np.int64),
        own_transfer=nothing,
        previous=nothing - 1,
        drop_start=np.arange(num_cells + 1),
        drop_place=NUM_PICKUPS + dropoff,
        drop_persons=size,
    )


def _groups(kind: Kind, random: np.random.Generator) -> Ints:
    """Return pick-up, drop-off, first and last day and size of each group."""
    sizes = random.choice(PARTY_SIZES, kind.num_people, p=kind.party_shares)
    sizes = sizes[: np.searchsorted(np.cumsum(sizes), kind.num_people) + 1]
    weight = np.outer(
        random.lognormal(0.0, PICKUP_SPREAD, NUM_PICKUPS), random.lognormal(0.0, DROPOFF_SPREAD, NUM_DROPOFFS)
    )
    journey = random.choice(weight.size, len(sizes), p=weight.ravel() / weight.sum())
    earliest = random.integers(0, kind.num_days, len(sizes))
    latest = np.minimum(kind.num_days - 1, earliest + random.integers(0, kind.longest_window, len(sizes)))
    return np.stack([journey // NUM_DROPOFFS, journey % NUM_DROPOFFS, earliest, latest, sizes], axis=1)


def _pools(kind: Kind) -> Pools:
    per_day = _just_enough(kind.num_people) if kind.is_fleet_tight else [UNLIMITED] * len(SEATS)
    return Pools(
        usable=np.array(SEATS),
        min_load=np.full(len(SEATS), MIN_LOAD),
        fixed_yuan=np.array(FIXED_YUAN),
        per_km_yuan=np.full(len(SEATS), PER_KM_YUAN),
        base=np.full(len(SEATS), -1),
        goal=np.full(len(SEATS), -1),
        available=np.repeat(np.array(per_day)[:, None], kind.num_days, axis=1),
        turnaround_days=np.ones(len(SEATS), dtype=np.int64),
    )


def _just_enough(num_people: int) -> list[int]:
    """Return how many vehicles of each type a tight fleet has: one of each in turn until all have a seat."""
    counts, seats = [0] * len(SEATS), 0
    while seats < num_people * (1 + TIGHT_SPARE):
        counts[sum(counts) % len(SEATS)] += 1
        seats += SEATS[(sum(counts) - 1) % len(SEATS)]
    return counts
