"""A first plan: earliest deadline first, each vehicle filled with whoever may go that day and lies nearest.

Deadlines first is what a careful clerk does, and needs the fewest vehicles when only dates matter (the
earliest-deadline rule, Jackson 1955); the exchange then improves places, dates and vehicles.
"""

import numpy as np
from numba import njit

from returnplan.planning.batches import (
    INFEASIBLE,
    best_gap,
    copy_row,
    fits,
    hold,
    move_member,
    price,
    put_in,
)
from returnplan.planning.state import Market, State
from returnplan.problem.model import Ints

URGENCY_YUAN = 30.0
"""What a day of waiting that a cell still has is worth when a vehicle is filled."""


@njit(cache=True)
def last_good_day(m: Market, cell: int) -> int:
    """Return the last day of the window on which nobody is later than on the first."""
    day = m.earliest[cell]
    while day < m.latest[cell] and m.late_days[cell, day + 1] <= m.late_days[cell, m.earliest[cell]]:
        day += 1
    return day


@njit(cache=True)
def _detour_yuan(m: Market, s: State, row: int, cell: int) -> float:
    """Return about what it costs that the row also serves the stops of the cell."""
    km = m.km[m.network_of_day[s.day[row]]]
    more = 0.0
    stops = s.num_picks[row]
    if not np.any(s.picks[row, :stops] == m.pickup[cell]):
        more += best_gap(km, s.picks[row], stops, m.pickup[cell], -1, s.drops[row, 0])[1]
        more += m.stop_cost_yuan
    for i in range(m.drop_start[cell], m.drop_start[cell + 1]):
        stops = s.num_drops[row]
        if not np.any(s.drops[row, :stops] == m.drop_place[i]):
            before = s.picks[row, s.num_picks[row] - 1]
            more += best_gap(km, s.drops[row], stops, m.drop_place[i], before, -1)[1]
            more += m.stop_cost_yuan
    return more


@njit(cache=True)
def _add_to(m: Market, s: State, row: int, unit: int, scratch: int) -> bool:
    """Add a unit to the row if every rule still holds."""
    copy_row(s, row, scratch)
    hold(s, row, -1)
    ok = put_in(m, s, scratch, unit) and price(m, s, scratch) < INFEASIBLE
    if ok:
        copy_row(s, scratch, row)
        move_member(s, unit, row)
    hold(s, row, 1)
    return ok


@njit(cache=True)
def _best_cell(m: Market, s: State, row: int, left: Ints, good_day: Ints, refused: Ints) -> int:
    """Return the cell that fills the row best, -1 if none can."""
    best, best_yuan = -1, np.inf
    day = s.day[row]
    for cell in range(len(left)):
        if left[cell] == 0 or refused[cell] or good_day[cell] < day or not fits(m, s, row, cell):
            continue
        yuan = 6.0 * _detour_yuan(m, s, row, cell) + URGENCY_YUAN * (good_day[cell] - day)
        if yuan < best_yuan:
            best, best_yuan = cell, yuan
    return best


@njit(cache=True)
def fill(m: Market, s: State, num_rows: int) -> int:
    """Assign as many unplanned units as possible to empty rows; return the number of rows in use."""
    num_cells = len(m.pickup)
    scratch = num_rows
    good_day = np.array([last_good_day(m, cell) for cell in range(num_cells)])
    left = np.zeros(num_cells, dtype=np.int64)
    for unit in range(len(m.unit_cell)):
        if s.unit_row[unit] < 0:
            left[m.unit_cell[unit]] += 1
    row = 0
    for seed in np.argsort(good_day, kind="mergesort"):
        while left[seed] > 0:
            while row < num_rows and s.num_persons[row] > 0:
                row += 1
            if row == num_rows or m.earliest[seed] > m.latest[seed]:
                break
            if not _open(m, s, row, _next_unit(m, s, seed), good_day[seed], scratch):
                break
            left[seed] -= 1
            _fill_up(m, s, row, left, good_day, scratch)
    return row


@njit(cache=True)
def _next_unit(m: Market, s: State, cell: int) -> int:
    """Return the first unplanned unit of a cell."""
    unit = m.cell_start[cell]
    while s.unit_row[unit] >= 0:
        unit += 1
    return unit


@njit(cache=True)
def _open(m: Market, s: State, row: int, unit: int, good_day: int, scratch: int) -> bool:
    """Start a batch with the unit, on its last good day or the nearest day with a free vehicle."""
    cell = m.unit_cell[unit]
    s.late[row] = 0.0
    for day in range(good_day, m.earliest[cell] - 1, -1):
        s.day[row] = day
        if _add_to(m, s, row, unit, scratch):
            return True
    for day in range(good_day + 1, m.latest[cell] + 1):
        s.day[row] = day
        if _add_to(m, s, row, unit, scratch):
            return True
    return False


@njit(cache=True)
def _fill_up(m: Market, s: State, row: int, left: Ints, good_day: Ints, scratch: int) -> None:
    """Add the best units until the vehicle is full or nobody fits."""
    refused = np.zeros(len(left), dtype=np.int64)
    while True:
        cell = _best_cell(m, s, row, left, good_day, refused)
        if cell < 0:
            return
        while left[cell] > 0 and _add_to(m, s, row, _next_unit(m, s, cell), scratch):
            left[cell] -= 1
        refused[cell] = 1
