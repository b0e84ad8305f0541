"""What the drafts leave over: groups without a seat, vehicles that could still go."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from returnplan.planning.drafts import Draft
from returnplan.problem.model import Ints, Problem

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left beside the drafts.

    ``num_left`` (C,) groups without a seat; ``is_free`` (V, D) whether one more vehicle of the pool may leave
    on the day.
    """

    num_left: Ints
    is_free: Bools


def standing_of(problem: Problem, drafts: Sequence[Draft]) -> Standing:
    """Return what the drafts leave over."""
    num_planned = np.zeros(len(problem.cells), dtype=np.int64)
    used = np.zeros(problem.pools.available.shape, dtype=np.int64)
    for draft in drafts:
        used[draft.pool, draft.day] += 1
        for cell, num_groups in draft.load:
            num_planned[cell] += num_groups
    return Standing(problem.cells.num_groups - num_planned, _is_free(problem, used))


def _is_free(problem: Problem, used: Ints) -> Bools:
    """Return where one more vehicle may leave, and every other one is still back in time."""
    pools = problem.pools
    free = used < pools.available
    for pool in np.flatnonzero(pools.turnaround_days > 1):
        turn = min(int(pools.turnaround_days[pool]), problem.num_days)
        away = np.convolve(used[pool], np.ones(turn, dtype=np.int64))
        busiest = np.lib.stride_tricks.sliding_window_view(away, turn).max(axis=1)
        free[pool] &= busiest[: problem.num_days] < pools.available[pool]
    return free
