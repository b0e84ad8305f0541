"""Compiled: a first plan: a given one, or vehicle after vehicle: the earliest deadline opens it, near ones fill it.

Deadlines first is what a careful clerk does, and needs the fewest vehicles when only dates matter (the
earliest-deadline rule, Jackson 1955).
"""

import numpy as np

from returnplan.planning.boarding import detour, may_share
from returnplan.planning.compiled import inner
from returnplan.planning.insertion import add, empty_row
from returnplan.planning.journal import keep
from returnplan.planning.state import NOBODY, Market, State
from returnplan.problem.model import Ints

YUAN_PER_KM = 6.0
URGENCY_YUAN = 30.0
"""What a day of waiting that a cell still has is worth when a vehicle is filled."""


@inner
def _next_unit(m: Market, s: State, cell: int) -> int:
    """Return the first unit of the cell on the bench, -1 if there is none."""
    for unit in range(m.cells[cell].first_unit, m.cells[cell].end_unit):
        if s.unit_row[unit] == NOBODY:
            return unit
    return -1


@inner
def _best_cell(m: Market, s: State, row: int, left: Ints) -> int:
    """Return the waiting cell that fills the row best, -1 if none can."""
    best, best_yuan = -1, np.inf
    for cell in range(len(m.cells)):
        if left[cell] <= 0 or not may_share(m, s, row, cell):
            continue
        km, stops = detour(m, s, row, cell)
        slack = m.cells[cell].latest - s.rows[row].first
        yuan = YUAN_PER_KM * km + m.limits[0].stop_cost_yuan * stops + URGENCY_YUAN * slack
        if yuan < best_yuan:
            best, best_yuan = cell, yuan
    return best


@inner
def fill(m: Market, s: State, order: Ints, left: Ints) -> None:
    """Fill empty rows; ``order`` are the cells that open them, ``left`` (C,) is working space."""
    for cell in range(len(m.cells)):
        left[cell] = m.cells[cell].end_unit - m.cells[cell].first_unit
    for seed in order:
        while left[seed] > 0:
            row = empty_row(m, s, seed)
            cell = seed
            while row >= 0 and cell >= 0:
                unit = _next_unit(m, s, cell)
                if unit >= 0 and add(m, s, row, unit):
                    left[cell] -= 1
                    keep(s)
                    if left[cell] > 0 and may_share(m, s, row, cell):
                        continue
                elif cell == seed and s.rows[row].num_members == 0:
                    left[seed] = 0
                    break
                else:
                    left[cell] = -left[cell]  # refused by this vehicle
                cell = _best_cell(m, s, row, left)
            keep(s)
            if row < 0:
                return
            for other in range(len(m.cells)):
                left[other] = abs(left[other])


@inner
def open_as(m: Market, s: State, start: Ints) -> None:
    """Open the batches of a given plan, ``start`` (K, 2) units and their batch; whom a rule forbids waits."""
    row, batch = NOBODY, NOBODY
    for i in range(len(start)):
        unit, cell = start[i, 0], m.unit_cell[start[i, 0]]
        if start[i, 1] != batch:
            row, batch = empty_row(m, s, cell), start[i, 1]
        if row >= 0 and may_share(m, s, row, cell):
            add(m, s, row, unit)
            keep(s)
