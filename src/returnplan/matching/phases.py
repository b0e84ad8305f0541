"""Ordered goals with HiGHS: each is served as far as the ones before it leave room.

A goal once reached is kept as a row of the model. Where the rows are those of a network flow, every phase is
a linear program with integral vertices (Hoffman and Kruskal 1956; a face of an integral polytope is
integral); true integers make it a mixed-integer program.
"""

from collections.abc import Iterable

import highspy
import numpy as np
from scipy.sparse import csc_array

from returnplan.highs import SilentHighs
from returnplan.matching.openings import Bools, Floats, Ints

SLACK = 1e-3
"""By how much an earlier goal may seem to be missed; counts are integers, two wages differ by a hundredth."""


def best_in_order(
    matrix: csc_array, lower: Floats, upper: Floats, most: Floats, whole: Bools, goals: Iterable[Floats]
) -> Ints:
    """Return the integral column values between 0 and ``most`` that serve the goals in their order.

    Parameters
    ----------
    matrix, lower, upper : the rows
    whole : columns that must be declared integral, because the rows do not make them so
    goals : what each column is worth, the first goal first; all are maximised
    """
    highs = _model(matrix, lower, upper, most)
    columns = np.arange(len(most), dtype=np.int32)
    if whole.any():
        highs.changeColsIntegrality(len(columns), columns, whole.astype(np.uint8))
    for goal in goals:
        highs.changeColsCost(len(columns), columns, goal)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"matching: {highs.modelStatusToString(highs.getModelStatus())}")
        used = np.flatnonzero(goal).astype(np.int32)
        reached = highs.getObjectiveValue() - SLACK
        highs.addRow(reached, highspy.kHighsInf, len(used), used, goal[used])
        values = np.array(highs.getSolution().col_value)
    return np.asarray(np.rint(values), dtype=np.int64)


def _model(matrix: csc_array, lower: Floats, upper: Floats, most: Floats) -> SilentHighs:
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(len(most)), np.zeros(len(most)), most
    lp.row_lower_, lp.row_upper_ = lower, upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrix.indptr
    lp.a_matrix_.index_ = matrix.indices
    lp.a_matrix_.value_ = matrix.data
    highs = SilentHighs()  # type: ignore[no-untyped-call]
    for option, value in {"threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}.items():
        highs.setOptionValue(option, value)
    highs.passModel(lp)
    return highs
