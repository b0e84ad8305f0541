"""Whole batches chosen out of many, goal after goal: set partitioning over all batches seen.

Subramanian, Uchoa and Ochi 2013, "A hybrid algorithm for a class of vehicle routing problems". Each goal is an integer
program that keeps what the goals before it have reached.
"""

from collections.abc import Sequence

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.problem.model import Floats

OPTIONS = {
    "threads": 1, "random_seed": 2021, "mip_abs_gap": 0.99, "mip_allow_restart": False,
}  # fmt: skip
SLACK = 1e-6


def best_choice(
    takes: Floats, limit: Floats, goals: Sequence[Floats], start: Floats, most_nodes: int = 20
) -> Floats:
    """Return (B,) how often each batch runs.

    Parameters
    ----------
    takes : (B, R) of each row
    limit : (R,) of it there is
    goals : what each batch does for each goal, in their order
    start : (B,) a choice to begin with; the answer is no worse
    most_nodes : of the search tree of each goal
    """
    num, rows = takes.shape
    options = {**OPTIONS, "mip_max_nodes": most_nodes}
    highs = SilentHighs.with_rows(np.full(rows, -highspy.kHighsInf), limit, options)
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    highs.add_columns(np.zeros(num), takes)
    highs.make_whole()
    every = np.arange(num, dtype=np.int32)
    chosen = start
    for goal in goals:
        highs.changeColsCost(num, every, goal)
        highs.setSolution(num, every, chosen)
        highs.run()
        found = np.array(highs.getSolution().col_value)
        if len(found) == num and highs.getInfo().primal_solution_status == 2:
            found = np.rint(found)
            if goal @ found > goal @ chosen + SLACK:
                chosen = found
        used = np.flatnonzero(goal).astype(np.int32)
        highs.addRow(float(goal @ chosen) - SLACK, highspy.kHighsInf, len(used), used, goal[used])
    return chosen
