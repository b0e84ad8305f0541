"""The arrays that the compiled loops work on: a market (fixed) and the state of its batches (changing).

Two words of the loops: a *unit* is one group (a person with children, or a party), a *row* is one batch slot.
Few arrays of records, not many of numbers: the compiler's time grows with the number of arrays.
"""

from typing import Any, NamedTuple

import numpy as np

from returnplan.problem.model import Floats, Ints

NOBODY: Any = np.int64(-1)
"""The row of a unit that is on no batch (numpy's integer: numba compiles anew for every Python constant)."""

IMPOSSIBLE = np.inf
ROUNDING = 1e-6
"""Differences of yuan or km below this are none."""

TAKE: Any = np.int64(1)
RELEASE: Any = np.int64(-1)

MIXED = -2
"""The prefecture of a batch whose riders board in several; no base equals it."""

MOST_TOUCHED = 32
"""Rows that one move may change; each has a spare row that keeps what it was."""

Records = Any
"""A structured array, one record an element (numpy cannot tell mypy its fields)."""


def _record(ints: str, floats: str = "") -> np.dtype[Any]:
    return np.dtype(
        [(name, np.int64) for name in ints.split()] + [(name, np.float64) for name in floats.split()]
    )


CELL = _record(
    "pickup prefecture county city_group city earliest latest persons seats told told_day told_pool "
    "drop_first drop_end first_unit end_unit",
    "weight alone_yuan",
)
DROP = _record("place persons")
POOL = _record("usable min_load base turnaround_days", "fixed_yuan per_km_yuan")
LIMITS = _record(
    "max_pickups max_dropoffs most_usable mix_counties has_told days_differ has_caps start_minute",
    "max_pickup_km max_dropoff_km stop_cost_yuan max_yuan_per_head minutes_per_km dwell_minutes late_day_yuan",
)
ROW = _record(
    "day first last pool prefecture county city_group city persons seats num_picks num_drops num_members "
    "is_touched is_held moved",
    "km pick_km drop_km weight value",
)


class Market(NamedTuple):
    """Cells, vehicles and roads of one market; meaning as in :mod:`returnplan.problem.model`.

    ``late_days`` (C, D) are the person-days after the resume date if one group leaves on that day; ``max_departures``
    (prefectures, D) and ``max_arrivals`` (cities, D) are the day caps; ``unit_cell`` (U,) is the cell of each
    unit; ``near`` (C, K) lists for each cell those most worth sharing a vehicle with, itself first. ``told``
    of a cell is the row that stands for its batch of the last plan, -1 for newcomers; ``newcomers`` lists their
    units (all units where there are none).
    """

    cells: Records
    drops: Records
    pools: Records
    limits: Records
    available: Ints
    max_departures: Ints
    max_arrivals: Ints
    late_days: Floats
    km: Floats
    network_of_day: Ints
    unit_cell: Ints
    near: Ints
    newcomers: Ints


class State(NamedTuple):
    """All batches of a market; arrays over rows unless said otherwise, the last rows are spare.

    ``value`` of a row is what the search minimises: yuan, and missing people far above any sum of money.
    ``bench`` lists the units on no batch; ``unit_row`` and ``unit_slot`` say where each unit is listed.
    ``used`` (V, D), ``departures`` and ``arrivals`` count vehicles and people of all rows; ``touched`` lists
    rows that the present move has changed. ``counts`` holds the four numbers of :data:`COUNTS`.
    """

    rows: Records
    picks: Ints
    pick_on: Ints
    drops: Ints
    drop_off: Ints
    members: Ints
    late_days: Floats
    unit_row: Ints
    unit_slot: Ints
    bench: Ints
    used: Ints
    departures: Ints
    arrivals: Ints
    touched: Ints
    counts: Ints
    bench_weight: Floats
    prices: Floats


PERSON, LATE_DAY, MOVED = range(3)
"""Places in ``State.prices``: yuan of a missing person (of weight 1), of a person-day after the resume
date, and of a person who leaves the batch of the last plan."""

NUM_ROWS, NUM_ACTIVE, NUM_BENCH, NUM_TOUCHED = range(4)
COUNTS = ("rows there are", "rows ever used", "units on the bench", "rows the present move has changed")


def empty_state(market: Market, num_rows: int) -> State:
    """Return a state of ``num_rows`` empty batches with every unit on the bench."""
    rows, units = num_rows + MOST_TOUCHED, len(market.unit_cell)
    limits = market.limits[0]
    most = max(1, int(limits["most_usable"]))
    num_days = market.available.shape[1]
    return State(
        rows=np.zeros(rows, dtype=ROW),
        picks=np.zeros((rows, max(1, min(int(limits["max_pickups"]), most))), dtype=np.int64),
        pick_on=np.zeros((rows, max(1, min(int(limits["max_pickups"]), most))), dtype=np.int64),
        drops=np.zeros((rows, max(1, min(int(limits["max_dropoffs"]), most))), dtype=np.int64),
        drop_off=np.zeros((rows, max(1, min(int(limits["max_dropoffs"]), most))), dtype=np.int64),
        members=np.zeros((rows, most), dtype=np.int64),
        late_days=np.zeros((rows, num_days if market.late_days.any() else 0)),
        unit_row=np.full(units, NOBODY, dtype=np.int64),
        unit_slot=np.arange(units, dtype=np.int64),
        bench=np.arange(units, dtype=np.int64),
        used=np.zeros_like(market.available),
        departures=np.zeros_like(market.max_departures),
        arrivals=np.zeros_like(market.max_arrivals),
        touched=np.zeros(MOST_TOUCHED, dtype=np.int64),
        counts=np.array([num_rows, 0, units, 0], dtype=np.int64),
        bench_weight=np.array([market.cells["weight"][market.unit_cell].sum()]),
        prices=np.zeros(3),
    )
