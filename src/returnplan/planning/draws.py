"""Compiled: units drawn at random."""

import numpy as np

from returnplan.planning.compiled import inner
from returnplan.planning.state import Market


@inner
def random_unit(m: Market, cell: int) -> int:
    """Return a random unit of the cell."""
    c = m.cells[cell]
    return c.first_unit + int(np.random.random() * (c.end_unit - c.first_unit))


@inner
def random_newcomer(m: Market) -> int:
    """Return a random unit that is on no batch of the last plan."""
    return m.newcomers[int(np.random.random() * len(m.newcomers))]
