"""Vehicles and day caps that several markets want on one day: such markets are planned together."""

from collections.abc import Sequence

import numpy as np

from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger, Resource
from returnplan.problem.model import Ints, Problem


def unite(problem: Problem, markets: Sequence[Ints], plans: Sequence[Sequence[Draft]]) -> list[Ints]:
    """Join markets that together overdraw what they share; none is joined where everything suffices."""
    ledger = Ledger(problem, [draft for plan in plans for draft in plan])
    contested = ledger.overdrawn()
    joined: list[tuple[set[Resource], list[int]]] = []
    for i, plan in enumerate(plans):
        wants = {resource for draft in plan for resource in ledger.taken_by(draft)} & contested
        touching = [entry for entry in joined if entry[0] & wants]
        joined = [entry for entry in joined if not entry[0] & wants]
        joined.append(
            (wants.union(*(entry[0] for entry in touching)), sum((entry[1] for entry in touching), [i]))
        )
    parts = [np.sort(np.concatenate([markets[i] for i in members])) for _, members in joined]
    return sorted(parts, key=lambda part: int(part[0]))
