"""The batches found so far, and how often a linear program runs each (Gilmore and Gomory 1961)."""

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.problem.model import UNLIMITED, Floats, Ints, Problem

OPTIONS = {"threads": 1, "random_seed": 2021, "simplex_strategy": 4}
"""One thread; and the primal simplex, which goes on from the last solution when there are more columns."""


class Master:
    """Columns are batches with a load. Rows are what they take: the groups of a cell, a pool's vehicles, day caps.

    Attributes
    ----------
    limit : (R,) how much there is of each row
    takes : (B, R) what each batch takes; the first C columns are its load
    batches : (B, 5) market, day, set of pick-ups, set of drop-offs, pool
    yuan : (B,) what each costs
    """

    def __init__(self, problem: Problem, part: Ints) -> None:
        """Make the rows for the cells ``part``."""
        self.part, self._problem = part, problem
        available, caps = problem.pools.available, problem.caps
        scarce = (available < UNLIMITED) & available.any(axis=1, keepdims=True)
        self._pool_days = np.argwhere(scarce)
        self._cap_days = np.argwhere(caps.max_departures < UNLIMITED)
        self.limit = np.concatenate([
            problem.cells.num_groups[part],
            _most_away(problem)[tuple(self._pool_days.T)],
            caps.max_departures[tuple(self._cap_days.T)],
        ]).astype(np.float64)  # fmt: skip
        num_rows = len(self.limit)
        self.takes = np.zeros((0, num_rows))
        self.batches = np.zeros((0, 5), dtype=np.int64)
        self.yuan = np.zeros(0)
        self._known: set[bytes] = set()
        self._highs = SilentHighs.with_rows(np.full(num_rows, -highspy.kHighsInf), self.limit, OPTIONS)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    @property
    def loads(self) -> Ints:
        """Return (B, C) the groups on board."""
        return self.takes[:, : len(self.part)].astype(np.int64)

    def add(self, batches: Ints, loads: Ints, yuan: Floats) -> bool:
        """Make batches known; return whether one of them was not."""
        is_new = [self._is_new(batch, load) for batch, load in zip(batches, loads, strict=True)]
        if not any(is_new):
            return False
        batches, loads = batches[is_new], loads[is_new]
        vehicles = self._problem.pools.keep_busy(batches[:, 4], batches[:, 1], self._pool_days)
        takes = np.column_stack([loads, vehicles, self._departures(batches, loads)])
        self._highs.add_columns(np.zeros(len(takes)), takes)
        self.takes = np.concatenate([self.takes, takes])
        self.batches = np.concatenate([self.batches, batches])
        self.yuan = np.append(self.yuan, yuan[is_new])
        return True

    def solve(self, worth: Floats, left: Floats) -> tuple[Floats, Floats]:
        """Return (R,) what one more of each row is worth, and (B,) how often each batch runs.

        Parameters
        ----------
        worth : (B,) of each batch
        left : (R,) how much there is of each row; batches that take more of one do not run
        """
        every, rows = np.arange(len(worth), dtype=np.int32), np.arange(len(left), dtype=np.int32)
        may_run = (self.takes <= left).all(axis=1)
        self._highs.changeColsCost(len(every), every, worth)
        self._highs.changeColsBounds(
            len(every), every, np.zeros(len(every)), np.where(may_run, highspy.kHighsInf, 0.0)
        )
        self._highs.changeRowsBounds(len(rows), rows, np.full(len(rows), -highspy.kHighsInf), left)  # type: ignore[attr-defined]
        self._highs.run()
        solution = self._highs.getSolution()
        return np.array(solution.row_dual), np.array(solution.col_value)

    def prices(self, dual: Floats) -> tuple[Floats, Floats]:
        """Return (D, C) what a group costs its batch on each day, and (V, D) what a vehicle does."""
        num_cells, num_days = len(self.part), self._problem.num_days
        of_pools, of_caps = np.split(dual[num_cells:], [len(self._pool_days)])
        groups = np.repeat(dual[None, :num_cells], num_days, axis=0)
        cells = self._problem.cells
        for (prefecture, day), price in zip(self._cap_days, of_caps, strict=True):
            here = cells.prefecture[self.part] == prefecture
            groups[day, here] += price * cells.num_persons[self.part][here]
        turnaround_days = self._problem.pools.turnaround_days
        vehicles = np.zeros((len(turnaround_days), num_days))
        for (pool, day), price in zip(self._pool_days, of_pools, strict=True):
            vehicles[pool, max(0, day - turnaround_days[pool] + 1) : day + 1] += price
        return groups, vehicles

    def _is_new(self, batch: Ints, load: Ints) -> bool:
        key = batch[[1, 4]].tobytes() + load.tobytes()
        is_new = key not in self._known
        self._known.add(key)
        return is_new

    def _departures(self, batches: Ints, loads: Ints) -> Ints:
        """Return (B, cap days) the people who leave a capped prefecture on the day."""
        prefecture, day = self._cap_days.T
        cells = self._problem.cells
        persons = loads * cells.num_persons[self.part]
        from_there = (cells.prefecture[self.part][:, None] == prefecture[None, :]).astype(np.int64)
        return np.asarray((persons @ from_there) * (batches[:, 1, None] == day[None, :]))


def _most_away(problem: Problem) -> Ints:
    """Return (V, D) how many vehicles may be away: where none may leave, as many as may have left and are not back."""
    available, turn = problem.pools.available, problem.pools.turnaround_days
    before = [
        np.pad(available, ((0, 0), (days, 0)))[:, : problem.num_days] * (days < turn[:, None])
        for days in range(int(turn.max(initial=1)))
    ]
    return np.where(available > 0, available, np.max(before, axis=0))
