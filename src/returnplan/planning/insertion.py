"""Compiled: the cheapest place for a unit among the batches, and putting a list of units back.

Greedy insertion with blinks (Christiaens and Vanden Berghe 2020, "Slack induction by string removals").
"""

import numpy as np

from returnplan.planning.boarding import detour, may_share, persons_moved, put_in, settle, take_out
from returnplan.planning.chartering import cheapest_pool, price, vehicle_yuan
from returnplan.planning.claims import hold
from returnplan.planning.compiled import inner
from returnplan.planning.draws import random_unit
from returnplan.planning.journal import touch
from returnplan.planning.state import (
    IMPOSSIBLE,
    LATE_DAY,
    MIXED,
    MOVED,
    NOBODY,
    NUM_ACTIVE,
    NUM_ROWS,
    RELEASE,
    ROUNDING,
    TAKE,
    Market,
    State,
)
from returnplan.problem.model import Ints

BLINK = 0.01
"""Chance that a batch is not looked at."""

MOST_SEEN = 250
"""Batches of a market up to which a search looks at all; of more, at those that a few riders of near cells are on."""
DRAWS = 3
"""Riders of each near cell."""


@inner
def joining_yuan(m: Market, s: State, row: int, cell: int) -> float:
    """Return about what it costs more that a unit of the cell joins the row; infinite where it may not."""
    if not may_share(m, s, row, cell):
        return IMPOSSIBLE
    r, c = s.rows[row], m.cells[cell]
    more_km, more_stops = detour(m, s, row, cell)
    if more_km == IMPOSSIBLE:
        return IMPOSSIBLE
    yuan = m.limits[0].stop_cost_yuan * more_stops + s.prices[MOVED] * persons_moved(m, row, cell)
    if s.late_days.shape[1] > 0:
        day = min(max(r.day, c.earliest), c.latest)
        more_late = s.late_days[row, day] + m.late_days[cell, day] - s.late_days[row, r.day]
        yuan += s.prices[LATE_DAY] * more_late
    seats, persons, weight = r.seats + c.seats, r.persons + c.persons, r.weight + c.weight
    prefecture = r.prefecture if r.prefecture == c.prefecture else MIXED
    now = vehicle_yuan(m, s, row, r.pool, r.km, r.persons, r.weight)
    then = cheapest_pool(m, s, row, r.day, seats, r.km + more_km, persons, weight, prefecture)[1]
    return yuan + then - now


@inner
def _best_row(m: Market, s: State, cell: int, blink: float) -> tuple[int, float]:
    """Return the row that a unit of the cell joins most cheaply, -1 if none can be joined."""
    if blink > 0.0 and s.counts[NUM_ACTIVE] > MOST_SEEN:
        return _best_near(m, s, cell)
    best, best_yuan = -1, IMPOSSIBLE
    for row in range(s.counts[NUM_ACTIVE]):
        if s.rows[row].persons == 0:
            continue
        yuan = joining_yuan(m, s, row, cell)
        if yuan < best_yuan and np.random.random() >= blink:
            best, best_yuan = row, yuan
    return best, best_yuan


@inner
def _best_near(m: Market, s: State, cell: int) -> tuple[int, float]:
    """Return the cheapest of the rows that some riders of near cells are on."""
    best, best_yuan = -1, IMPOSSIBLE
    for near in m.near[cell]:
        for _ in range(DRAWS):
            row = s.unit_row[random_unit(m, near)]
            yuan = joining_yuan(m, s, row, cell) if row >= 0 and row != best else IMPOSSIBLE
            if yuan < best_yuan:
                best, best_yuan = row, yuan
    return best, best_yuan


@inner
def empty_row(m: Market, s: State, cell: int) -> int:
    """Return a row without a batch, -1 if all are in use; not that of the cell's last batch, which keeps its day."""
    for row in range(s.counts[NUM_ROWS]):
        if s.rows[row].persons == 0 and row != m.cells[cell].told:
            s.counts[NUM_ACTIVE] = max(s.counts[NUM_ACTIVE], row + 1)
            return row
    return -1


@inner
def add(m: Market, s: State, row: int, unit: int) -> bool:
    """Put a unit from the bench into the row if every rule then holds."""
    if not touch(s, row):
        return False
    hold(m, s, row, RELEASE)
    added = put_in(m, s, row, unit)
    if added and price(m, s, row) == IMPOSSIBLE:
        take_out(m, s, unit)
        settle(m, s, row)
        price(m, s, row)
        added = False
    hold(m, s, row, TAKE)
    return added


@inner
def _join_as_told(m: Market, s: State, unit: int) -> bool:
    """Put a unit from the bench into its batch of the last plan; False where it has none, or no place there."""
    cell = m.unit_cell[unit]
    row = m.cells[cell].told
    return row >= 0 and may_share(m, s, row, cell) and add(m, s, row, unit)


@inner
def join_cheapest(m: Market, s: State, unit: int) -> bool:
    """Put a unit from the bench into the batch that it joins most cheaply; False where it can join none."""
    row, _ = _best_row(m, s, m.unit_cell[unit], 0.0)
    return row >= 0 and add(m, s, row, unit)


@inner
def insert(m: Market, s: State, units: Ints, num: int, blink: float) -> None:
    """Put units of the bench into batches, one after the other; a unit without a place stays.

    A batch is opened for a unit that can join none, or only at the price of a vehicle of its own.
    """
    row, last_cell = NOBODY, NOBODY
    for i in range(num):
        if s.unit_row[units[i]] != NOBODY:  # drawn from the bench twice
            continue
        cell = m.unit_cell[units[i]]
        if _join_as_told(m, s, units[i]):
            continue
        if row < 0 or cell != last_cell or joining_yuan(m, s, row, cell) > ROUNDING:
            row, yuan = _best_row(m, s, cell, blink)
            if yuan >= m.cells[cell].alone_yuan + s.prices[MOVED] * persons_moved(m, NOBODY, cell):
                row = empty_row(m, s, cell)
        last_cell = cell
        if row >= 0 and add(m, s, row, units[i]):
            continue
        row = empty_row(m, s, cell)
        if row >= 0 and not add(m, s, row, units[i]):
            row = NOBODY
