"""The plan as it stands, in integers: its batches, and the seats and vehicles that they leave over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from returnplan.planning.drafts import Draft
from returnplan.problem.model import Ints, Problem
from returnplan.reasons.day_caps import DayCaps, counted
from returnplan.reasons.trial import Breach, breaches, num_persons, price_yuan, seats_taken

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standing:
    """What was planned, and what is left beside it.

    Attributes
    ----------
    drafts : batch id -> draft
    budget_left_yuan : what the plan may still cost more, infinite if there is no budget
    most_a_head_yuan : the ceiling on the cost of a batch a rider, infinite if there is none
    num_left : (C,) groups without a seat
    is_free : (V, D) whether one more vehicle of the pool may leave on the day
    spare : (B,) usable seats that are free on each draft
    caps : the day caps, with everybody on the drafts counted
    same_cities : city group -> its cells
    """

    problem: Problem
    drafts: Mapping[str, Draft]
    budget_left_yuan: float
    most_a_head_yuan: float
    num_left: Ints
    is_free: Bools
    spare: Ints
    caps: DayCaps
    same_cities: Mapping[int, Ints]

    @property
    def is_limited(self) -> bool:
        """Tell whether there is a limit on money or on people a day."""
        rules = self.caps.rules
        caps = rules.max_departures_per_day, rules.max_arrivals_per_day
        return any(limit is not None for limit in (*caps, rules.max_cost_per_head, rules.budget))

    def with_seats(self, cell: int) -> Iterator[tuple[str, Draft]]:
        """Yield the batches to the group's cities, on a day of its window, that have seats for it."""
        cells = self.problem.cells
        for (batch, draft), spare in zip(self.drafts.items(), self.spare.tolist(), strict=True):
            if spare < cells.num_seats[cell] or not cells.earliest[cell] <= draft.day <= cells.latest[cell]:
                continue
            if cells.city_group[draft.load[0][0]] == cells.city_group[cell]:
                yield batch, draft

    def breaches(self, draft: Draft, cell: int) -> tuple[Breach, ...]:
        """Return the rules that the draft would break, to which one group of the cell has been added."""
        return breaches(self.problem, draft, self.most_a_head_yuan) + self.caps.breaches(draft, cell)

    def exceeded(self, draft: Draft) -> tuple[str, ...]:
        """Return the code of each limit on money and on people a day that a further batch would exceed."""
        yuan = price_yuan(self.problem, draft)
        is_exceeded = {
            "day_cap": not self.caps.allow(draft),
            "too_costly": yuan > self.most_a_head_yuan * num_persons(self.problem, draft),
            "budget": yuan > self.budget_left_yuan,
        }
        return tuple(code for code, exceeds in is_exceeded.items() if exceeds)


def standing_of(drafts: Mapping[str, Draft], caps: DayCaps) -> Standing:
    """Return what the drafts leave over.

    Parameters
    ----------
    drafts : batch id -> draft
    caps : with nobody counted yet; problem and rules are those of its own
    """
    problem, rules = caps.problem, caps.rules
    num_planned = np.zeros(len(problem.cells), dtype=np.int64)
    used = np.zeros(problem.pools.available.shape, dtype=np.int64)
    for draft in drafts.values():
        used[draft.pool, draft.day] += 1
        for cell, num_groups in draft.load:
            num_planned[cell] += num_groups
    cost_yuan = sum(price_yuan(problem, draft) for draft in drafts.values())
    usable = problem.pools.usable
    spare = [int(usable[draft.pool]) - seats_taken(problem, draft) for draft in drafts.values()]
    return Standing(
        problem=problem,
        drafts=drafts,
        most_a_head_yuan=np.inf if rules.max_cost_per_head is None else rules.max_cost_per_head,
        budget_left_yuan=problem.limits.budget_yuan - cost_yuan,
        num_left=problem.cells.num_groups - num_planned,
        is_free=_is_free(problem, used),
        spare=np.array(spare, dtype=np.int64),
        caps=counted(caps, drafts.values()),
        same_cities=_same_cities(problem),
    )


def _same_cities(problem: Problem) -> dict[int, Ints]:
    city_group = problem.cells.city_group
    order = np.argsort(city_group, kind="stable")
    groups, starts = np.unique(city_group[order], return_index=True)
    return dict(zip(groups.tolist(), np.split(order, starts[1:]), strict=bool(len(groups))))


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
