"""The plan as it stands, in integers: its batches, and the seats and vehicles that they leave over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Bools, Ints, Problem
from returnplan.problem.rules import (
    BUDGET,
    MAX_ARRIVALS,
    MAX_COST_PER_HEAD,
    MAX_DEPARTURES,
    SEATS,
    Breach,
    breaches,
)
from returnplan.reasons.labels import Labels

CODES = {
    MAX_DEPARTURES: "day_cap",
    MAX_ARRIVALS: "day_cap",
    MAX_COST_PER_HEAD: "too_costly",
    BUDGET: "budget",
}
"""The codes of ``unplanned`` for limits on people a day and on money."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What was planned, and what is left beside it.

    Attributes
    ----------
    drafts : batch id -> draft
    labels : the names behind the cells
    ledger : what the drafts take of what is scarce
    num_left : (C,) groups without a seat
    is_free : (V, D) whether one more vehicle of the pool may leave on the day
    spare : (B,) usable seats that are free on each draft
    same_cities : city group -> its cells
    """

    problem: Problem
    drafts: Mapping[str, Draft]
    labels: Labels
    ledger: Ledger
    num_left: Ints
    is_free: Bools
    spare: Ints
    same_cities: Mapping[int, Ints]

    @property
    def most_a_head_yuan(self) -> float:
        """The ceiling on the cost of a batch a rider, infinite if there is none."""
        return self.problem.limits.max_yuan_per_head

    @property
    def budget_left_yuan(self) -> float:
        """What the plan may still cost more, infinite if there is no budget."""
        return self.problem.limits.budget_yuan - self.ledger.yuan

    @property
    def is_limited(self) -> bool:
        """Whether there is a limit on money or on people a day."""
        limits = self.problem.limits
        return self.problem.caps.bind or bool(
            np.isfinite([limits.max_yuan_per_head, limits.budget_yuan]).any()
        )

    def with_seats(self, cell: int) -> Iterator[tuple[str, Draft]]:
        """Yield the batches to the group's cities, on a day of its window, that have seats for it."""
        cells = self.problem.cells
        for (batch, draft), spare in zip(self.drafts.items(), self.spare.tolist(), strict=True):
            if spare < cells.num_seats[cell] or not cells.earliest[cell] <= draft.day <= cells.latest[cell]:
                continue
            if cells.city_group[draft.load[0][0]] == cells.city_group[cell]:
                yield batch, draft

    def breaches(self, draft: Draft, batch: str | None = None) -> tuple[Breach, ...]:
        """Return the rules that the draft would break in the place of a batch (None: as a further one).

        Of those on scarce things only the day caps: what it costs, and whether its vehicle is free, is for the
        caller to say.
        """
        instead_of = None if batch is None else self.drafts[batch]
        return breaches(self.problem, draft) + self.ledger.caps_exceeded(draft, instead_of)

    def exceeded(self, draft: Draft) -> tuple[str, ...]:
        """Return the code of each limit on money and on people a day that a further batch would exceed."""
        found = breaches(self.problem, draft, (MAX_COST_PER_HEAD,)) + self.ledger.breaches(draft)
        codes = {CODES.get(breach.rule) for breach in found}
        return tuple(code for code in dict.fromkeys(CODES.values()) if code in codes)


def standing_of(drafts: Mapping[str, Draft], problem: Problem, labels: Labels) -> Standing:
    """Return what the drafts leave over.

    Parameters
    ----------
    drafts : batch id -> draft
    """
    ledger = Ledger(problem, drafts.values())
    spare = [SEATS.limit(problem, draft.leg) - draft.leg.num_seats(problem) for draft in drafts.values()]
    return Standing(
        problem=problem,
        drafts=drafts,
        labels=labels,
        ledger=ledger,
        num_left=problem.cells.num_groups - groups_planned(problem, drafts.values()),
        is_free=ledger.free_vehicles(),
        spare=np.array(spare, dtype=np.int64),
        same_cities=_same_cities(problem),
    )


def _same_cities(problem: Problem) -> dict[int, Ints]:
    city_group = problem.cells.city_group
    order = np.argsort(city_group, kind="stable")
    groups, starts = np.unique(city_group[order], return_index=True)
    return dict(zip(groups.tolist(), np.split(order, starts[1:]), strict=bool(len(groups))))
