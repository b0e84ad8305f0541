"""Compiled: which riders of a batch move together: one group, a cell, everyone of a stop, the whole batch."""

import numpy as np

from returnplan.planning.compiled import inner
from returnplan.planning.state import Market, State
from returnplan.problem.model import Ints

SAME_UNIT, SAME_CELL, SAME_PICKUP, SAME_DROPOFF, WHOLE_BATCH = range(5)


@inner
def random_kind() -> int:
    """Draw the kind of a portion."""
    draw = np.random.random()
    if draw < 0.25:
        return SAME_UNIT
    if draw < 0.5:
        return SAME_CELL
    if draw < 0.75:
        return SAME_PICKUP
    return SAME_DROPOFF if draw < 0.93 else WHOLE_BATCH


@inner
def _alike(m: Market, one: int, other: int, kind: int) -> bool:
    if kind == SAME_CELL:
        return one == other
    if kind == SAME_PICKUP:
        return m.cells[one].pickup == m.cells[other].pickup
    if kind == SAME_DROPOFF:
        return m.drops[m.cells[one].drop_first].place == m.drops[m.cells[other].drop_first].place
    return True


@inner
def portion(m: Market, s: State, unit: int, kind: int, most_seats: int, out: Ints) -> tuple[int, int]:
    """Write the unit and those of its batch that are alike to ``out``; return how many, and their seats."""
    cell, row = m.unit_cell[unit], s.unit_row[unit]
    out[0] = unit
    num, seats = 1, m.cells[cell].seats
    if kind == SAME_UNIT or row < 0:
        return num, seats
    for i in range(s.rows[row].num_members):
        other = s.members[row, i]
        more = m.cells[m.unit_cell[other]].seats
        if other != unit and seats + more <= most_seats and _alike(m, cell, m.unit_cell[other], kind):
            out[num] = other
            num += 1
            seats += more
    return num, seats
