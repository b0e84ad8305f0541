"""A slow search in plain Python, as an oracle for the compiled one: the state of all batches of a market.

It draws the same random numbers and adds in the same order, so both must agree to the last bit. What the functions
mean is said in the C++ headers of the same names; here they are as short as Python lets them be.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from returnplan.planning.params import SearchParams
from returnplan.planning.tables import Market

NONE, MIXED = -1, -2
IMPOSSIBLE = float("inf")
ROUNDING = 1e-6
MOST_TOUCHED = 32


@dataclass
class Batch:
    """A batch, whose stops, riders and late days stand in lists."""

    day: int = 0
    first: int = 0
    last: int = 0
    pool: int = 0
    prefecture: int = 0
    goal: int = 0
    county: int = 0
    city_group: int = 0
    city: int = 0
    persons: int = 0
    seats: int = 0
    is_held: bool = False
    km: float = 0.0
    pick_km: float = 0.0
    drop_km: float = 0.0
    drive_minutes: float = 0.0
    weight: float = 0.0
    move_yuan: float = 0.0
    value: float = 0.0
    picks: list[int] = field(default_factory=list)
    picks_persons: list[int] = field(default_factory=list)
    drops: list[int] = field(default_factory=list)
    drops_persons: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    late_days: list[float] = field(default_factory=list)

    def copy(self) -> "Batch":
        """Return a copy that shares nothing with it."""
        fields: dict[str, Any] = {k: list(v) if isinstance(v, list) else v for k, v in vars(self).items()}
        return Batch(**fields)


class State:
    """All batches of a market, with all units on the bench at first."""

    def __init__(self, market: Market, num_batches: int, params: SearchParams, seed: int) -> None:
        self.params, self.random = params, np.random.RandomState(seed)
        self.cells = _records(market.cells)
        self.drops_of_cell = [
            [(drop.place, drop.persons) for drop in _records(market.drops)[cell.drop_first : cell.drop_end]]
            for cell in self.cells
        ]
        self.pools = _records(market.pools)
        (self.limits,) = _records(market.limits)
        self.available = market.available.tolist()
        self.max_departures, self.max_arrivals = market.max_departures.tolist(), market.max_arrivals.tolist()
        self.arrival, self.reception = market.arrival.tolist(), market.reception.tolist()
        self.regime, self.join = market.regime.tolist(), market.join.tolist()
        self.usable, self.least = market.usable.tolist(), market.least.tolist()
        self.late_days_of_cell = market.late_days.tolist()
        self.km, self.network_of_day = market.km.tolist(), market.network_of_day.tolist()
        self.drive_minutes = market.drive_minutes.tolist()
        self.unit_cell, self.near = market.unit_cell.tolist(), market.near.tolist()
        self.newcomers = market.newcomers.tolist()

        num_units, num_days = len(self.unit_cell), market.available.shape[1]
        self.num_late_days = num_days if market.late_days.any() else 0
        self.batches = [Batch(late_days=[0.0] * self.num_late_days) for _ in range(num_batches)]
        self.num_active = 0
        self.batch_of, self.slot_of = [NONE] * num_units, list(range(num_units))
        self.bench = list(range(num_units))
        self.bench_weight = sum(self.cell_of(unit).weight for unit in self.bench)
        self.used = np.zeros_like(market.available).tolist()
        self.departures = np.zeros_like(market.max_departures).tolist()
        self.arrivals = np.zeros_like(market.max_arrivals).tolist()
        self.before: dict[int, Batch] = {}
        self.person_yuan, self.late_day_yuan = 0.0, 0.0

    def cell_of(self, unit: int) -> Any:
        """Return the cell of a unit."""
        return self.cells[self.unit_cell[unit]]

    def regime_of(self, batch: Batch, day: int) -> int:
        """Return the strictest dated rules of those that hold for the riders."""
        strictest = 0
        for unit in batch.members if len(self.join) > 1 else ():
            strictest = self.join[strictest][self.regime[self.unit_cell[unit]][day]]
        return strictest

    def least_load(self, batch: Batch) -> int:
        """Return the fewest riders with whom a batch may run."""
        return int(self.least[self.regime_of(batch, batch.day)][batch.pool])

    def roads(self, day: int) -> list[list[float]]:
        """Return the km of the day."""
        km: list[list[float]] = self.km[self.network_of_day[day]]
        return km

    def below(self, size: int) -> int:
        """Return a random number from 0 to ``size`` - 1."""
        return int(self.random.random_sample() * size)

    def happens(self, chance: float) -> bool:
        """Return true with this chance."""
        return bool(self.random.random_sample() < chance)

    def random_neighbour(self, cell: int) -> int:
        """Return a random unit of a cell near this one."""
        return self.random_unit(self.near[cell][self.below(len(self.near[cell]))])

    def random_unit(self, cell: int) -> int:
        """Return a random unit of the cell."""
        c = self.cells[cell]
        return int(c.first_unit + self.below(c.end_unit - c.first_unit))

    def move_to_list(self, unit: int, batch: int) -> None:
        """Move a unit from its list, of a batch or the bench, to another; the last of the old list takes its slot."""
        old, weight = self._list(self.batch_of[unit]), self.cell_of(unit).weight
        if self.batch_of[unit] == NONE:
            self.bench_weight -= weight
        last = old[-1]
        old[self.slot_of[unit]] = last
        self.slot_of[last] = self.slot_of[unit]
        old.pop()
        if batch == NONE:
            self.bench_weight += weight
        self.batch_of[unit], self.slot_of[unit] = batch, len(self._list(batch))
        self._list(batch).append(unit)

    def _list(self, batch: int) -> list[int]:
        return self.bench if batch == NONE else self.batches[batch].members


def _records(array: Any) -> list[Any]:
    return [SimpleNamespace(**dict(zip(array.dtype.names, one.tolist(), strict=True))) for one in array]
