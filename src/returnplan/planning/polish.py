"""Set partitioning: of all batches that some searches went through, those are chosen that are cheapest together.

Rochat and Taillard 1995, "Probabilistic diversification and intensification in local search for vehicle routing";
Subramanian, Uchoa and Ochi 2013, "A hybrid algorithm for a class of vehicle routing problems". It pays where groups
are large against vehicles: there a search that moves one group at a time does not find out which of them fill a vehicle
just so, but it has come upon each such vehicle on its way. A linear program over all batches says which of them are
worth a choice among whole ones.
"""

from collections.abc import Sequence

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.planning._core import Memory
from returnplan.planning.goals import best_plan
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import UNLIMITED, Floats, Ints, Problem

OPTIONS = {"threads": 1, "random_seed": 2021, "simplex_strategy": 4, "mip_allow_restart": False}
"""One thread; and the primal simplex, which goes on from the last solution when there are more columns."""
COLUMNS_A_ROUND = 300
"""Batches that the linear program is given at a time."""
MOST_TO_CHOOSE_FROM = 600
MOST_NODES = 40
"""Of the search tree."""
ROUNDING = 1e-6


def polished(
    problem: Problem, part: Ints, places: Ints, pools: Ints, memory: Memory, plan: list[Draft]
) -> list[Draft]:
    """Return the cheapest plan for exactly the people of ``plan`` that the remembered batches make; else ``plan``.

    Parameters
    ----------
    part, places, pools : those of the market in the numbers of the problem
    """
    if not plan:
        return plan
    columns = _Columns(problem, part, pools, memory, plan)
    chosen = columns.best_choice(columns.worth_a_choice())
    drafts = [_draft(memory, batch, part, places, pools) for batch in chosen]
    if not drafts or Ledger(problem, drafts).overdrawn():
        return plan
    return best_plan(problem, [plan, drafts])


class _Columns:
    """The remembered batches as columns; rows are the groups of a cell, and the vehicles of a scarce pool on a day."""

    def __init__(
        self, problem: Problem, part: Ints, pools: Ints, memory: Memory, plan: Sequence[Draft]
    ) -> None:
        self._yuan: Floats = memory.batches["yuan"]
        planned = groups_planned(problem, plan)[part]
        available = problem.pools.available[pools]
        scarce = np.argwhere((available < UNLIMITED) & available.any(axis=1, keepdims=True))
        self._least = np.concatenate([planned, np.full(len(scarce), -highspy.kHighsInf)])
        self._most = np.concatenate([planned, available[tuple(scarce.T)]]).astype(np.float64)
        scarce[:, 0] = pools[scarce[:, 0]]
        self._entries(problem, memory, len(part), pools, scarce)

    def _entries(self, problem: Problem, memory: Memory, num_cells: int, pools: Ints, scarce: Ints) -> None:
        """Keep the entries column by column: ``_row``, ``_takes`` and the ``_first`` of each column."""
        batches = memory.batches
        number = np.repeat(np.arange(len(batches)), batches["num_members"])
        rider, takes = np.unique(np.stack([number, memory.members]), axis=1, return_counts=True)
        batch, row = rider
        for i, pool_day in enumerate(scarce):  # one by one: all together they would not fit into memory
            is_busy = problem.pools.keep_busy(pools[batches["pool"]], batches["day"], pool_day[None])
            busy = np.flatnonzero(is_busy)
            batch = np.append(batch, busy)
            row, takes = (
                np.append(row, np.full_like(busy, num_cells + i)),
                np.append(takes, np.ones_like(busy)),
            )
        order = np.argsort(batch, kind="stable")
        self._batch, self._row, self._takes = batch[order], row[order], takes[order].astype(np.float64)
        self._first = np.searchsorted(self._batch, np.arange(len(batches) + 1))

    def worth_a_choice(self) -> Ints:
        """Return the batches that are dearer than what they take by least, at the prices of the linear program."""
        num = len(self._yuan)
        highs = self._solver()
        for row in np.flatnonzero(self._least > 0).tolist():  # whoever cannot ride costs more than any batch
            highs.addCol(float(self._yuan.sum()), 0.0, highspy.kHighsInf, 1, [row], [1.0])
        is_in = np.zeros(num, dtype=np.bool_)
        dearer = self._yuan / np.bincount(self._batch, self._takes, num)
        new = np.arange(num)
        while len(new):
            new = new[np.argsort(dearer[new], kind="stable")[:COLUMNS_A_ROUND]]
            is_in[new] = True
            self._add(highs, new)
            highs.run()
            price = np.array(highs.getSolution().row_dual)
            dearer = self._yuan - np.bincount(self._batch, self._takes * price[self._row], num)
            new = np.flatnonzero((dearer < -ROUNDING) & ~is_in)
        return np.sort(np.argsort(dearer, kind="stable")[:MOST_TO_CHOOSE_FROM])

    def best_choice(self, some: Ints) -> list[int]:
        """Return the cheapest of the batches that carry everybody together; none if no choice was found."""
        highs = self._solver(mip_max_nodes=MOST_NODES)
        self._add(highs, some)
        highs.make_whole()
        highs.run()
        if highs.getInfo().primal_solution_status != 2:
            return []
        times = np.rint(highs.getSolution().col_value).astype(np.int64)
        return np.repeat(some, times).tolist()

    def _solver(self, **more: int) -> SilentHighs:
        return SilentHighs.with_rows(self._least, self._most, {**OPTIONS, **more})

    def _add(self, highs: SilentHighs, some: Ints) -> None:
        first, end = self._first[some], self._first[some + 1]
        starts = np.append(0, np.cumsum(end - first))
        entry = np.repeat(first - starts[:-1], end - first) + np.arange(starts[-1])
        highs.add_entries(self._yuan[some], starts[:-1], self._row[entry], self._takes[entry])


def _draft(memory: Memory, number: int, part: Ints, places: Ints, pools: Ints) -> Draft:
    """Return a remembered batch in the numbers of the problem."""
    batch = memory.batches[number]
    stops = places[memory.stops[batch["first_stop"] :][: batch["num_picks"] + batch["num_drops"]]].tolist()
    cells = part[memory.members[batch["first_member"] :][: batch["num_members"]]]
    kinds, counts = np.unique(cells, return_counts=True)
    return Draft.direct(
        day=int(batch["day"]),
        pool=int(pools[batch["pool"]]),
        pickups=tuple(stops[: batch["num_picks"]]),
        dropoffs=tuple(stops[batch["num_picks"] :]),
        load=tuple(zip(kinds.tolist(), counts.tolist(), strict=True)),
    )
