"""Compiled: some batches near each other are emptied, wholly or in part, and their riders put in anew.

Ruin and recreate (Schrimpf, Schneider, Stamm-Wilbrandt and Dueck 2000), the ruin by neighbourhood as in
Christiaens and Vanden Berghe (2020).
"""

import numpy as np

from returnplan.planning.compiled import inner
from returnplan.planning.draws import random_newcomer, random_unit
from returnplan.planning.insertion import BLINK, insert
from returnplan.planning.muster import muster
from returnplan.planning.ruin import rival, ruin, stranded, wait_nearby
from returnplan.planning.state import NOBODY, NUM_BENCH, Market, State
from returnplan.problem.model import Floats, Ints

STRANDED = 0.7
"""Chance that the move is for somebody whom no batch takes, if there is anyone."""

MUSTERED = 0.2
"""Chance that others change to the batch of whoever is stranded instead."""

RIVALS = 0.3
"""Chance that for somebody on the bench another batch, perhaps to another city, gives up its vehicle."""

MOST_RUINED = 3
"""Batches that lose riders in one move."""


@inner
def rebuild(m: Market, s: State, out: Ints, part: Ints, keys: Floats) -> int:
    """Ruin batches near a random unit and put everyone in again; return how many units were moved."""
    unit = random_newcomer(m)
    if np.random.random() < STRANDED:
        unit = stranded(m, s, unit)
        num = muster(m, s, unit) if np.random.random() < MUSTERED else 0
        if num > 0:
            return num
    cell = m.unit_cell[unit]
    if s.unit_row[unit] == NOBODY and np.random.random() < RIVALS:
        unit = rival(m, s, unit)
    num = 0
    for _ in range(1 + int(np.random.random() * MOST_RUINED)):
        num = ruin(m, s, unit, out, num, part)
        unit = random_unit(m, m.near[cell, int(np.random.random() * m.near.shape[1])])
    if s.counts[NUM_BENCH] > num:
        num = wait_nearby(m, s, cell, out, num)
    _shuffle(m, out, num, keys)
    insert(m, s, out, num, BLINK)
    return num


@inner
def _shuffle(m: Market, units: Ints, num: int, keys: Floats) -> None:
    """Order units by weight, then at random, by the days they have, or by stop; units of a cell together."""
    salt, rule = np.random.random(), np.random.random()
    for i in range(num):
        cell = m.unit_cell[units[i]]
        c = m.cells[cell]
        noise = (cell * 0.6180339887498949 + salt) % 1.0
        keys[i] = noise
        if rule < 0.3:
            keys[i] += c.latest - c.earliest
        elif rule < 0.6:
            keys[i] += c.latest
        elif rule < 0.8:
            keys[i] += (c.pickup * 0.7548776662466927 + salt) % 1.0 * 1000.0
        keys[i] -= 1e6 * c.weight
    _sort(units, num, keys)


@inner
def _sort(units: Ints, num: int, keys: Floats) -> None:
    """Sort few units by their keys, in place (insertion sort)."""
    for i in range(1, num):
        unit, key = units[i], keys[i]
        j = i
        while j > 0 and keys[j - 1] > key:
            units[j], keys[j] = units[j - 1], keys[j - 1]
            j -= 1
        units[j], keys[j] = unit, key
