"""The lower bound for exactly the people whom a plan carries, whichever way it was made."""

from dataclasses import replace

import numpy as np

from returnplan.plan import Plan
from returnplan.problem import build_problem
from returnplan.roster import Roster
from returnplan.rules import Rules

ROUNDS_AT_ONCE = 8
"""Of the bound where somebody waits for a change by hand; the next run proves a higher one."""


def bound_yuan(plan: Plan, roster: Roster, rules: Rules, num_rounds: int | None = None) -> float:
    """Return the lower bound on the cost of any plan for the riders of a plan, in yuan.

    What the office decided by hand, or before the rules changed, may break them and so be cheaper than any
    plan that keeps them: then the bound is what the plan costs.

    Parameters
    ----------
    num_rounds : how often the bound is bettered; None: as often as for a new plan
    """
    from returnplan.planning import lower_bound_yuan  # loads the compiled search

    problem, travellers = build_problem(replace(roster, not_before=None), rules)
    rides = roster.people["signup"].isin(plan.riders["signup"]).to_numpy()[travellers.member_row]
    members = np.diff(travellers.member_start)
    num_groups = np.diff(travellers.group_start)
    cell = np.repeat(np.arange(len(problem.cells)), num_groups)
    # a party of whom only some ride counts by heads: the bound holds for each rider alone
    share = np.add.reduceat(rides, travellers.member_start[:-1]) / members if len(members) else np.zeros(0)
    planned = np.bincount(cell, weights=share, minlength=len(problem.cells))
    groups = np.floor(planned + 1e-9).astype(np.int64)
    return min(lower_bound_yuan(problem, groups, num_rounds), sum(batch.cost_yuan for batch in plan.batches))
