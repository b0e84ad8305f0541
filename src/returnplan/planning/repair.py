"""Compiled: the last plan mended: everybody as they were told, the others put in one by one where they cost least."""

from returnplan.planning.boarding import may_share, put_in, take_out
from returnplan.planning.chartering import is_worth_running, price
from returnplan.planning.claims import hold, vehicle_free
from returnplan.planning.compiled import inner
from returnplan.planning.insertion import insert, join_cheapest
from returnplan.planning.journal import keep, undo
from returnplan.planning.state import IMPOSSIBLE, NOBODY, NUM_ACTIVE, RELEASE, TAKE, Market, State
from returnplan.problem.model import Ints


@inner
def repair(m: Market, s: State, order: Ints, one: Ints) -> None:
    """Seat people as they were told, then insert the others; see ``insert_rest``."""
    _seat_as_told(m, s)
    for row in range(s.counts[NUM_ACTIVE]):
        _charter_as_told(m, s, row)
    for row in range(s.counts[NUM_ACTIVE]):
        _charter_anew(m, s, row)
    insert_rest(m, s, order, one, True)


@inner
def insert_rest(m: Market, s: State, order: Ints, one: Ints, idle: bool) -> None:
    """Insert those on the bench one by one, cell by cell in this order.

    Parameters
    ----------
    one : working space for a unit
    idle : whether they may wait on batches that are not yet worth running
    """
    for cell in order:
        for unit in range(m.cells[cell].first_unit, m.cells[cell].end_unit):
            if s.unit_row[unit] != NOBODY:
                continue
            one[0] = unit
            if idle or not join_cheapest(m, s, unit):
                insert(m, s, one, 1, 0.0)
            row = s.unit_row[unit]
            if row == NOBODY or not (idle or is_worth_running(m, s, row)):
                undo(m, s)
                break  # nor do those who are like it find a place
            keep(s)


@inner
def dissolve_idle(m: Market, s: State) -> None:
    """Let everybody off whose batch is not worth running: others may have a seat for them."""
    for row in range(s.counts[NUM_ACTIVE]):
        if s.rows[row].num_members > 0 and not is_worth_running(m, s, row):
            hold(m, s, row, RELEASE)
            _let_off(m, s, row)


@inner
def _seat_as_told(m: Market, s: State) -> None:
    """Put everybody into the row of their batch, as far as its stops and days still suit them."""
    for unit in range(len(m.unit_cell)):
        cell = m.unit_cell[unit]
        row = m.cells[cell].told
        if row >= 0:
            s.counts[NUM_ACTIVE] = max(s.counts[NUM_ACTIVE], row + 1)
            if may_share(m, s, row, cell):
                put_in(m, s, row, unit)


@inner
def _charter_as_told(m: Market, s: State, row: int) -> None:
    """Take the vehicle of the last plan where there still is one, so that each batch first has its own."""
    r = s.rows[row]
    r.pool = NOBODY
    if r.num_members == 0:
        return
    c = m.cells[m.unit_cell[s.members[row, 0]]]
    if c.told_pool < 0:
        return
    p = m.pools[c.told_pool]
    if (
        p.usable >= r.seats
        and p.base in (NOBODY, r.prefecture)
        and vehicle_free(m, s, c.told_pool, c.told_day)
    ):
        r.pool, r.day = c.told_pool, c.told_day
        hold(m, s, row, TAKE)


@inner
def _charter_anew(m: Market, s: State, row: int) -> None:
    """Take the cheapest vehicle there is now; where no rule allows any, everybody has to get off."""
    hold(m, s, row, RELEASE)
    if price(m, s, row) < IMPOSSIBLE:
        hold(m, s, row, TAKE)
        return
    _let_off(m, s, row)


@inner
def _let_off(m: Market, s: State, row: int) -> None:
    """Put everybody of a row, whose vehicle is not held, onto the bench."""
    while s.rows[row].num_members > 0:
        take_out(m, s, s.members[row, s.rows[row].num_members - 1])
    price(m, s, row)
