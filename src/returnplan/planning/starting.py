"""A plan to start a search from, as loads of batches and as the units of a market."""

from collections.abc import Sequence

import numpy as np

from returnplan.planning.tables import Market
from returnplan.problem.model import Ints

Load = dict[int, int]
"""Groups of each cell of the problem on one batch."""


def units_on_board(market: Market, part: Ints, loads: Sequence[Load], numbers: Ints | None = None) -> Ints:
    """Return (K, 2) unit and batch of everybody on the loads, batch by batch.

    Parameters
    ----------
    part : the cells of the market, in its order
    numbers : of the batches; None: they are numbered in their order
    """
    numbers = np.arange(len(loads)) if numbers is None else numbers
    cell, num = np.array([pair for load in loads for pair in load.items()], dtype=np.int64).reshape(-1, 2).T
    cell = np.searchsorted(part, cell)
    batch = np.repeat(np.repeat(numbers, [len(load) for load in loads]), num)
    of_cell = np.argsort(np.repeat(cell, num), kind="stable")  # its units in turn, batch by batch
    counts = np.bincount(cell, num, len(part)).astype(np.int64)
    first = market.cells["first_unit"] - (np.cumsum(counts) - counts)
    unit = np.empty(len(batch), dtype=np.int64)
    unit[of_cell] = np.repeat(first, counts) + np.arange(len(batch))
    return np.column_stack([unit, batch])
