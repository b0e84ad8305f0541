"""Whether demand is divisible: whether most people of a market are many alike, whom vehicles may share."""

from returnplan.problem.model import Ints, Problem

MANY_ALIKE = 6
"""Groups of a cell up to which they are few."""


def is_divisible(problem: Problem, part: Ints) -> bool:
    """Return whether more than half of the seats of the market ``part`` (its cells) are for many who are alike."""
    cells = problem.cells
    seats = (cells.num_groups * cells.num_seats)[part]
    return bool(seats[cells.num_groups[part] > MANY_ALIKE].sum() > seats.sum() / 2)
