"""Vehicles that are cheaper and free: the search may leave a batch in a vehicle that is larger than it needs to be."""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Bools, Problem
from returnplan.problem.rules import ROUNDING, breaches, pools_for


def in_cheaper_vehicles(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, in the order given, each in the cheapest vehicle that is free on its day; all else stays.

    A vehicle that becomes free may serve another batch, so this is done until nothing changes.
    """
    ledger = Ledger(problem, drafts)
    cheapest = list(drafts)
    changed = True
    while changed:
        changed = False
        free = ledger.free_vehicles()
        for i, draft in enumerate(cheapest):
            others = _cheaper(problem, draft, free)
            if first := next(others, None):
                cheapest[i] = ledger.exchange(draft, chain([first], others))
                changed |= cheapest[i] is not draft
    return cheapest


def _cheaper(problem: Problem, draft: Draft, free: Bools) -> Iterator[Draft]:
    """Yield the draft in vehicles that cost less and break no rule, the cheapest first."""
    pools, leg = problem.pools, draft.leg
    yuan = pools.fixed_yuan + pools.per_km_yuan * leg.km(problem)
    is_cheaper = yuan < yuan[leg.pool] - ROUNDING
    holds = pools.usable >= leg.num_seats(problem)
    lines = np.flatnonzero(is_cheaper & holds & free[:, leg.day] & pools_for(problem, draft.load[0][0]))
    for pool in lines[np.argsort(yuan[lines], kind="stable")].tolist():
        other = draft.in_pool(pool)
        if not breaches(problem, other):
            yield other
