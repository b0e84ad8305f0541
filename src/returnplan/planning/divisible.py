"""Whether demand is divisible: whether most people of a market are many alike, whom vehicles may share."""

import numpy as np

from returnplan.problem.model import Ints, Problem

MANY_ALIKE = 6
"""Groups of a cell up to which they are few."""


def is_divisible(problem: Problem, part: Ints) -> bool:
    """Return whether more than half of the seats of the market ``part`` (its cells) are for many who are alike.

    Where all board at one stop there is nothing to share out.
    """
    cells = problem.cells
    seats = (cells.num_groups * cells.num_seats)[part]
    if len(np.unique(cells.pickup[part])) == 1:
        return False
    return bool(seats[cells.num_groups[part] > MANY_ALIKE].sum() > seats.sum() / 2)
