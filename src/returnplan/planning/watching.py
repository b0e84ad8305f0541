"""Progress and time limit of a search."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from time import monotonic
from typing import NamedTuple, Protocol

import numpy as np

from returnplan.model.plan import PlanSoFar
from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.model import Floats, Problem


class Progress(Protocol):
    """Told the share of the work that is done, never less than before and 1 in the end, and how the plan stands."""

    def __call__(self, share: float, plan: PlanSoFar, /) -> None:
        """Be told."""


def nobody_waits(share: float, plan: PlanSoFar) -> None:
    """Say nothing."""


def quick_bound_yuan(problem: Problem, plans: Sequence[Sequence[Draft]]) -> float:
    """Return the seat bound for the people of some plans."""
    planned = groups_planned(problem, (draft for plan in plans for draft in plan))
    return float(seat_bounds_yuan(problem, planned, shortest_km(problem)).sum())


def standing_by_cell(problem: Problem, plans: Sequence[Sequence[Draft]]) -> Floats:
    """Return (2, C) the people and the cost of some plans, those of a batch at its first cell."""
    standing = np.zeros((2, len(problem.cells)))
    for draft in chain(*plans):
        standing[:, draft.load[0][0]] += draft.num_persons(problem), draft.cost_yuan(problem)
    return standing


POLL_S = 0.1
"""From one look at the clock to the next."""


class Slot(NamedTuple):
    """From and to which share of the time limit a search may run."""

    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Clock:
    """What share of the time is over; all of it once the user asks for an end."""

    limit_s: float | None
    should_stop: Callable[[], bool]
    start_s: float = field(default_factory=monotonic)

    def share(self) -> float:
        """Return the share that is over, 0 without a limit."""
        if self.should_stop() or self.limit_s == 0:
            return 1.0
        return 0.0 if self.limit_s is None else (monotonic() - self.start_s) / self.limit_s

    def half(self) -> "Clock":
        """Return the clock of a search that has half of the time."""
        return replace(self, limit_s=self.limit_s / 2) if self.limit_s else self

    def share_of(self, slot: Slot) -> float:
        """Return the share of the slot that is over; a search that begins too early has so much more time."""
        share = self.share()
        return 1.0 if share >= 1.0 else max(0.0, (share - slot.begin) / (slot.end - slot.begin))

    def seconds_of(self, slot: Slot) -> float | None:
        """Return how many seconds the slot has, None without a limit."""
        return None if self.limit_s is None else (slot.end - slot.begin) * self.limit_s


def time_slots(work: Sequence[int], processes: int, begin: float) -> list[Slot]:
    """Return when each search is to run if they start in this order as cores are free, and all end at the limit.

    Parameters
    ----------
    begin : share of the limit that is over already
    """
    busy = [0.0] * processes
    spans: list[tuple[float, float]] = []
    for units in work:
        core = busy.index(min(busy))
        spans.append((busy[core], busy[core] + max(1, units)))
        busy[core] = spans[-1][1]
    unit = max(0.0, 1.0 - begin) / max(1.0, *busy)
    return [Slot(begin + unit * first, begin + unit * last) for first, last in spans]
