"""Compiled: a portion of one batch goes to another, and if that is full, riders of it come back.

Moves of parts of a load, as in the split-delivery literature (Dror and Trudeau 1989).
"""

import numpy as np

from returnplan.planning.boarding import may_share, put_in, same_way, settle, take_out
from returnplan.planning.chartering import price
from returnplan.planning.claims import hold
from returnplan.planning.compiled import inner
from returnplan.planning.draws import random_newcomer, random_unit
from returnplan.planning.insertion import empty_row
from returnplan.planning.journal import touch
from returnplan.planning.portions import SAME_CELL, portion, random_kind
from returnplan.planning.state import IMPOSSIBLE, RELEASE, TAKE, Market, State
from returnplan.problem.model import Ints

NEW_BATCH = 0.02
"""Chance that the portion opens a batch."""

MANY = 10
"""Units alike that move all together or only some of them; fewer move one by one often enough."""

SWAP = 0.1
"""Chance that riders come back although there is room."""


@inner
def try_exchange(m: Market, s: State, going: Ints, coming: Ints) -> bool:
    """Change two rows by a random exchange; False (perhaps after changes) where it cannot be."""
    unit = random_newcomer(m)
    a, cell = s.unit_row[unit], m.unit_cell[unit]
    other = -1
    if np.random.random() < NEW_BATCH:
        b = empty_row(m, s, cell)
    else:
        other = random_unit(m, m.near[cell, int(np.random.random() * m.near.shape[1])])
        b = s.unit_row[other]
    if b == a or b < 0 or not same_way(m, s, b, cell):
        return False
    most = m.limits[0].most_usable
    kind = random_kind()
    num_going, seats = portion(m, s, unit, kind, most, going)
    if kind == SAME_CELL and num_going > MANY:  # any number of them may be the right one
        num_going = 1 + int(np.random.random() * num_going)
        seats = num_going * m.cells[cell].seats
    room, num_coming = most - s.rows[b].seats, 0
    if other >= 0 and (seats > room or np.random.random() < SWAP):
        num_coming, freed = portion(m, s, other, random_kind(), max(seats, 1), coming)
        room += freed
    while num_going > 1 and seats > room:
        num_going -= 1
        seats -= m.cells[m.unit_cell[going[num_going]]].seats
    if seats > room or not touch(s, b) or (a >= 0 and not touch(s, a)):
        return False
    return _move(m, s, a, b, going, num_going, coming, num_coming)


@inner
def _move(m: Market, s: State, a: int, b: int, going: Ints, num_going: int, coming: Ints, num_coming: int) -> bool:  # fmt: skip # noqa: E501
    """Take both portions out, then put each in on the other side."""
    hold(m, s, b, RELEASE)
    if a >= 0:
        hold(m, s, a, RELEASE)
    for i in range(num_going):
        if a >= 0:
            take_out(m, s, going[i])
    for i in range(num_coming):
        take_out(m, s, coming[i])
    done = _refill(m, s, b, going, num_going)
    if a >= 0 and done:
        done = _refill(m, s, a, coming, num_coming)
    return done and _charter(m, s, b) and (a < 0 or _charter(m, s, a))


@inner
def _charter(m: Market, s: State, row: int) -> bool:
    """Choose the row's vehicle and hold it; False where there is none."""
    possible = price(m, s, row) < IMPOSSIBLE
    if possible:
        hold(m, s, row, TAKE)
    return possible


@inner
def _refill(m: Market, s: State, row: int, units: Ints, num: int) -> bool:
    settle(m, s, row)
    for i in range(num):
        if not may_share(m, s, row, m.unit_cell[units[i]]) or not put_in(m, s, row, units[i]):
            return False
    return True
