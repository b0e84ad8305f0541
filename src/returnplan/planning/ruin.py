"""Compiled: who is put in anew: riders of batches near a unit, and those who wait nearby."""

import numpy as np

from returnplan.planning.boarding import settle, take_out
from returnplan.planning.chartering import price
from returnplan.planning.claims import hold
from returnplan.planning.compiled import inner
from returnplan.planning.journal import touch
from returnplan.planning.portions import SAME_DROPOFF, SAME_PICKUP, portion
from returnplan.planning.state import NOBODY, NUM_ACTIVE, NUM_BENCH, RELEASE, TAKE, Market, State
from returnplan.problem.model import Ints

WHOLE = 0.2
"""Chance that a batch loses all its riders, not those of one stop."""


@inner
def stranded(m: Market, s: State, unit: int) -> int:
    """Return a unit on the bench or in a batch below the minimum load, ``unit`` if nobody is stranded."""
    if s.counts[NUM_BENCH] > 0 and np.random.random() < 0.5:
        return s.bench[int(np.random.random() * s.counts[NUM_BENCH])]
    num = s.counts[NUM_ACTIVE]
    start = int(np.random.random() * num)
    for i in range(num):
        r = s.rows[(start + i) % num]
        if 0 < r.persons < m.pools[r.pool].min_load:
            return s.members[(start + i) % num, int(np.random.random() * r.num_members)]
    return unit


@inner
def rival(m: Market, s: State, unit: int) -> int:
    """Return a rider of any batch that leaves on a day of the unit's: its vehicle may serve the unit better."""
    c, num = m.cells[m.unit_cell[unit]], s.counts[NUM_ACTIVE]
    start = int(np.random.random() * num)
    for i in range(num):
        row = (start + i) % num
        if s.rows[row].num_members > 0 and c.earliest <= s.rows[row].day <= c.latest:
            return s.members[row, 0]
    return unit


@inner
def wait_nearby(m: Market, s: State, cell: int, out: Ints, num: int) -> int:
    """List units of the bench whose cells are near, and were not just taken out; return how many are listed."""
    first = s.counts[NUM_BENCH] - num  # the bench lists the riders just taken out last
    for near in m.near[cell]:
        for unit in range(m.cells[near].first_unit, m.cells[near].end_unit):
            if s.unit_row[unit] == NOBODY and s.unit_slot[unit] < first and num < len(out):
                out[num] = unit
                num += 1
    return num


@inner
def ruin(m: Market, s: State, unit: int, out: Ints, num: int, part: Ints) -> int:
    """Take riders of the unit's row out and list them; return how many are listed."""
    row = s.unit_row[unit]
    if row < 0 or num + s.rows[row].num_members > len(out) or not touch(s, row):
        return num
    num_part = s.rows[row].num_members
    if np.random.random() < WHOLE:
        for i in range(num_part):
            part[i] = s.members[row, i]
    else:
        kind = SAME_PICKUP if np.random.random() < 0.5 else SAME_DROPOFF
        num_part, _ = portion(m, s, unit, kind, m.limits[0].most_usable, part)
    hold(m, s, row, RELEASE)
    for i in range(num_part):
        take_out(m, s, part[i])
        out[num] = part[i]
        num += 1
    settle(m, s, row)
    price(m, s, row)
    hold(m, s, row, TAKE)
    return num
