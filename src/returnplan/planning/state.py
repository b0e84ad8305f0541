"""The arrays that the compiled loops work on: a market (fixed) and the state of its batches (changing).

Two vocabularies of the loops: a *unit* is one group (a person with children, or a party), a *row* is one
batch slot. Rows ``-2`` and ``-1`` of the state are scratch: a change is tried there and copied back if kept.
"""

from typing import NamedTuple

import numpy as np

from returnplan.problem.model import Floats, Ints

NO_BATCH = -1


class Market(NamedTuple):
    """Cells, pools and roads of one market; meaning as in :mod:`returnplan.problem.model`.

    ``unit_cell`` (U,) is the cell of each unit, ``cell_start`` (C + 1,) slices units by cell; ``near`` (C, K)
    lists for each cell the cells most worth sharing a vehicle with, itself first. ``most_usable`` is the
    largest usable of all pools.
    """

    pickup: Ints
    prefecture: Ints
    county: Ints
    city_group: Ints
    earliest: Ints
    latest: Ints
    late_days: Floats
    weight: Floats
    num_persons: Ints
    num_seats: Ints
    drop_start: Ints
    drop_place: Ints
    drop_persons: Ints
    unit_cell: Ints
    cell_start: Ints
    near: Ints
    usable: Ints
    min_load: Ints
    fixed_yuan: Floats
    per_km_yuan: Floats
    base: Ints
    available: Ints
    turnaround_days: Ints
    km: Floats
    network_of_day: Ints
    max_pickups: int
    max_dropoffs: int
    max_pickup_km: float
    max_dropoff_km: float
    stop_cost_yuan: float
    mix_counties: bool
    most_usable: int


class State(NamedTuple):
    """All batches of a market; arrays over rows unless said otherwise.

    ``value`` is what the search minimises for the row: yuan, plus lateness and missing people far above any
    sum of money. ``used`` (V, D) counts vehicles.
    """

    unit_row: Ints
    unit_slot: Ints
    members: Ints
    num_members: Ints
    day: Ints
    pool: Ints
    prefecture: Ints
    county: Ints
    city_group: Ints
    num_persons: Ints
    num_seats: Ints
    weight: Floats
    late: Floats
    picks: Ints
    pick_on: Ints
    num_picks: Ints
    drops: Ints
    drop_off: Ints
    num_drops: Ints
    km: Floats
    value: Floats
    used: Ints


def empty_state(market: Market, num_rows: int) -> State:
    """Return a state of ``num_rows`` empty batches (and two scratch rows) with every unit unplanned."""
    rows, units = num_rows + 2, len(market.unit_cell)
    max_picks = min(market.max_pickups, market.most_usable)
    max_drops = min(market.max_dropoffs, market.most_usable)

    def ints(*shape: int, fill: int = 0) -> Ints:
        return np.full(shape, fill, dtype=np.int64)

    return State(
        unit_row=ints(units, fill=NO_BATCH),
        unit_slot=ints(units),
        members=ints(rows, max(1, market.most_usable)),
        num_members=ints(rows),
        day=ints(rows),
        pool=ints(rows, fill=-1),
        prefecture=ints(rows),
        county=ints(rows),
        city_group=ints(rows),
        num_persons=ints(rows),
        num_seats=ints(rows),
        weight=np.zeros(rows),
        late=np.zeros(rows),
        picks=ints(rows, max(1, max_picks)),
        pick_on=ints(rows, max(1, max_picks)),
        num_picks=ints(rows),
        drops=ints(rows, max(1, max_drops)),
        drop_off=ints(rows, max(1, max_drops)),
        num_drops=ints(rows),
        km=np.zeros(rows),
        value=np.zeros(rows),
        used=ints(*market.available.shape),
    )
