"""Lexicographic goals with HiGHS: each goal is optimised among the optima of the goals before it.

A goal is first optimised over the linear relaxation. Every other optimum is complementary to the same dual
solution (Dantzig 1963), so columns with a reduced cost and rows with a price are fixed at their bounds, and
the next goal chooses on the face that is left. The vertices of a face of a network flow are integral (Hoffman
and Kruskal 1956). If columns must be integral beyond that, we test whether the face holds an integral point;
if it holds none, a mixed-integer program optimises the goal, and the goal becomes a row.
"""

from collections.abc import Iterable
from typing import NamedTuple

import highspy
import numpy as np

from returnplan.matching.openings import Bools, Floats, Ints
from returnplan.model.highs import SilentHighs

TOLERANCE = 1e-6
SLACK = 1e-3
"""Tolerance for an earlier goal: counts are integers, and two wages differ by a hundredth at least."""


class Limits(NamedTuple):
    """The least and the most of each row, and the entries: their row, column and value, column by column."""

    lower: Floats
    upper: Floats
    row: Ints
    column: Ints
    value: Floats


class Goal(NamedTuple):
    """The worth of each column, and the relative gap allowed to the mixed-integer program."""

    worth: Floats
    gap: float = 0.0


def best_in_order(limits: Limits, most: Floats, whole: Bools, goals: Iterable[Goal]) -> Ints:
    """Return integral column values between 0 and ``most`` that are optimal for the goals in their order.

    Parameters
    ----------
    whole : columns that must be declared integral, because the rows alone do not make them integral
    goals : the first goal first; all are maximised
    """
    program = _Program(limits, most, whole)
    values = np.zeros(len(most))
    for goal in goals:
        values = program.serve(goal)
    rounded = np.asarray(np.rint(values), dtype=np.int64)
    activity = np.bincount(limits.row, limits.value * rounded[limits.column], len(limits.lower))
    if np.any(activity < limits.lower) or np.any(activity > limits.upper):
        raise ArithmeticError("matching: the solver's answer is not integral")
    return rounded


class _Program:
    """The linear program, restricted to the optima of the goals served so far."""

    def __init__(self, limits: Limits, most: Floats, whole: Bools) -> None:
        self._least, self._most = np.zeros(len(most)), most
        self._lower, self._upper = limits.lower, limits.upper
        self._columns = np.arange(len(most), dtype=np.int32)
        self._rows = np.arange(len(limits.lower), dtype=np.int32)
        self._whole = whole
        self._highs = SilentHighs.with_rows(limits.lower, limits.upper, {"threads": 1, "mip_abs_gap": 0.0})
        first = np.searchsorted(limits.column, self._columns)
        self._highs.add_entries(np.zeros(len(most)), first, limits.row, limits.value, most)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def serve(self, goal: Goal) -> Floats:
        """Return optimal column values for the goal, and restrict the program to its optima."""
        self._highs.changeColsCost(len(goal.worth), self._columns, goal.worth)
        self._highs.setOptionValue("mip_rel_gap", goal.gap)
        values = self._run(integral=False)
        face = self._face(values)
        counted = values[self._whole]
        if np.all(np.abs(counted - np.rint(counted)) < TOLERANCE):
            self._enter(*face)
            return values
        before = self._least, self._most, self._lower, self._upper
        self._enter(*face)
        if (found := self._try(integral=True)) is not None:
            return found
        self._enter(*before)
        values = self._run(integral=True)
        used = np.flatnonzero(goal.worth).astype(np.int32)
        reached = float(goal.worth @ values) - SLACK
        self._highs.addRow(reached, highspy.kHighsInf, len(used), used, goal.worth[used])
        return values

    def _face(self, values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the bounds of columns and rows that leave exactly the optima of the present goal.

        A row of an earlier goal is not changed: every integral point has that row at its bound anyway.
        """
        solution = self._highs.getSolution()
        activity = np.array(solution.row_value)[: len(self._rows)]
        return (
            *_fixed(values, self._least, self._most, np.array(solution.col_dual)),
            *_fixed(activity, self._lower, self._upper, np.array(solution.row_dual)[: len(self._rows)]),
        )

    def _enter(self, least: Floats, most: Floats, lower: Floats, upper: Floats) -> None:
        self._least, self._most, self._lower, self._upper = least, most, lower, upper
        self._highs.changeColsBounds(len(self._columns), self._columns, least, most)
        self._highs.changeRowsBounds(len(self._rows), self._rows, lower, upper)  # type: ignore[attr-defined]

    def _run(self, *, integral: bool) -> Floats:
        values = self._try(integral=integral)
        if values is None:
            status = self._highs.modelStatusToString(self._highs.getModelStatus())
            raise ArithmeticError(f"matching: {status}")
        return values

    def _try(self, *, integral: bool) -> Floats | None:
        """Solve from scratch: presolve makes that faster than a warm start from the last basis."""
        kinds = (self._whole & integral).astype(np.uint8)
        self._highs.changeColsIntegrality(len(kinds), self._columns, kinds)
        self._highs.clearSolver()
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value)


def _fixed(values: Floats, lower: Floats, upper: Floats, dual: Floats) -> tuple[Floats, Floats]:
    """Return the bounds, with both set to the nearer one where the dual is not 0."""
    priced = np.abs(dual) > TOLERANCE
    at_upper = np.abs(upper - values) < np.abs(values - lower)
    return np.where(priced & at_upper, upper, lower), np.where(priced & ~at_upper, lower, upper)
