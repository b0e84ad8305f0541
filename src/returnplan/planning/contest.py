"""Vehicles and day caps that several markets want on one day: such markets are planned together."""

from collections.abc import Sequence

import numpy as np

from returnplan.planning.drafts import Draft
from returnplan.planning.usage import Usage, Wants
from returnplan.problem.model import Ints, Problem


def unite(problem: Problem, markets: Sequence[Ints], plans: Sequence[Sequence[Draft]]) -> list[Ints]:
    """Join markets that together overdraw what they share; none is joined where everything suffices."""
    contested = Usage(problem, [draft for plan in plans for draft in plan]).overdrawn()
    joined: list[tuple[Wants, list[int]]] = []
    for i, plan in enumerate(plans):
        wants = Wants().union(*(_wants(problem, draft) for draft in plan)) & contested
        touching = [entry for entry in joined if entry[0] & wants]
        joined = [entry for entry in joined if not entry[0] & wants]
        joined.append(
            (wants.union(*(entry[0] for entry in touching)), sum((entry[1] for entry in touching), [i]))
        )
    parts = [np.sort(np.concatenate([markets[i] for i in members])) for _, members in joined]
    return sorted(parts, key=lambda part: int(part[0]))


def _wants(problem: Problem, draft: Draft) -> set[tuple[str, int]]:
    cells, caps = [cell for cell, _ in draft.load], problem.caps
    wants = {("pool", draft.pool)} | {("departures", int(problem.cells.prefecture[cell])) for cell in cells}
    return wants | ({("arrivals", int(caps.city_of_cell[cell])) for cell in cells} if caps.bind else set())
