"""The budget: if the plan costs more, batches go whose riders weigh least, and their riders take seats that are left.

A 0-1 knapsack of batches (Martello and Toth 1990), solved exactly by HiGHS; the weights put people of a higher
class before any number of lower ones on a coach.
"""

from collections.abc import Sequence

import numpy as np

from returnplan.planning.free_seats import with_seats_taken
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem


def within_budget(problem: Problem, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the batches worth most that the budget pays for, in the order given.

    Riders of the others get the seats that are left at the stops of these: that costs nothing.
    """
    yuan = np.array([draft.cost_yuan(problem) for draft in drafts])
    if yuan.sum() <= problem.limits.budget_yuan:
        return tuple(drafts)
    from scipy.optimize import Bounds, LinearConstraint, milp  # a fifth of a second, which few plans need

    weight = problem.cells.weight
    worth = np.array([sum(num * weight[cell] for cell, num in draft.load) for draft in drafts])
    afforded = milp(
        -worth / worth.max(),
        integrality=np.ones(len(drafts)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(yuan[None, :], ub=problem.limits.budget_yuan),
        options={"mip_rel_gap": 0.0, "node_limit": 20_000},
    )
    chosen = np.zeros(len(drafts)) if afforded.x is None else afforded.x
    return with_seats_taken(problem, [draft for draft, x in zip(drafts, chosen, strict=True) if x > 0.5])
