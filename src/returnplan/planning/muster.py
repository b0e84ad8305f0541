"""Compiled: a batch gets its least load from riders whom other batches can spare.

One by one nobody would leave a good batch for one that is not yet worth running, so they go all together (ejection
of a chain of riders, after Glover 1996, "Ejection chains, reference structures and alternating path methods").
"""

import numpy as np

from returnplan.planning.boarding import detour, may_share, settle, take_out
from returnplan.planning.chartering import price
from returnplan.planning.claims import hold
from returnplan.planning.compiled import inner
from returnplan.planning.insertion import add, empty_row
from returnplan.planning.journal import touch
from returnplan.planning.state import IMPOSSIBLE, NOBODY, RELEASE, TAKE, Market, State

MOST_ASKED = 200
"""Riders of near cells."""

SKIPPED = 0.3
"""Chance that a rider is not asked, so that every attempt is another."""


@inner
def muster(m: Market, s: State, unit: int) -> int:
    """Fill the batch of the unit, or a new one, up to its least load; return how many units were moved."""
    row, cell, num, asked = s.unit_row[unit], m.unit_cell[unit], 0, 0
    if row == NOBODY:
        row = empty_row(m, s, cell)
        if row < 0 or not add(m, s, row, unit):
            return 0
        num = 1
    for near in m.near[cell]:
        for other in range(m.cells[near].first_unit, m.cells[near].end_unit):
            if asked == MOST_ASKED or s.rows[row].persons >= m.pools[s.rows[row].pool].min_load:
                return num
            asked += 1
            if s.unit_row[other] == row or np.random.random() < SKIPPED:
                continue
            if not may_share(m, s, row, near) or detour(m, s, row, near)[0] == IMPOSSIBLE:
                break
            num += _move(m, s, other, row)
    return num


@inner
def _move(m: Market, s: State, unit: int, row: int) -> int:
    """Let a unit change to the row if its own can spare it; return 1 if it did."""
    old = s.unit_row[unit]
    if old == NOBODY:
        return int(add(m, s, row, unit))
    left = s.rows[old].persons - m.cells[m.unit_cell[unit]].persons
    if left < m.pools[s.rows[old].pool].min_load or not touch(s, old):
        return 0
    hold(m, s, old, RELEASE)
    take_out(m, s, unit)
    settle(m, s, old)
    price(m, s, old)
    hold(m, s, old, TAKE)
    if add(m, s, row, unit):
        return 1
    add(m, s, old, unit)
    return 0
