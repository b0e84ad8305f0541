"""The lower bound for exactly the people whom a plan carries, whichever way it was made."""

import numpy as np

from returnplan.plan import Plan
from returnplan.problem import build_problem
from returnplan.roster import Roster
from returnplan.rules import Rules


def bound_yuan(plan: Plan, roster: Roster, rules: Rules) -> float:
    """Return the lower bound on the cost of any plan for the riders of a plan, in yuan."""
    from returnplan.planning import lower_bound_yuan  # loads the compiled search

    problem, travellers = build_problem(roster, rules)
    rides = roster.people["signup"].isin(plan.riders["signup"]).to_numpy()[travellers.member_row]
    members = np.diff(travellers.member_start)
    num_groups = np.diff(travellers.group_start)
    cell = np.repeat(np.arange(len(problem.cells)), num_groups)
    # a party of whom only some ride counts by heads: the bound holds for each rider alone
    share = np.add.reduceat(rides, travellers.member_start[:-1]) / members if len(members) else np.zeros(0)
    planned = np.bincount(cell, weights=share, minlength=len(problem.cells))
    return lower_bound_yuan(problem, np.floor(planned + 1e-9).astype(np.int64))
