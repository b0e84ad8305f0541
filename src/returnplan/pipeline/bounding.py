"""The lower bound for exactly the people whom a plan carries, whichever way it was made."""

from dataclasses import replace

import numpy as np
import pandas as pd

from returnplan.plan import Plan
from returnplan.problem import build_problem
from returnplan.problem.model import Ints, Travellers
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
    bounds = _cell_bounds(plan, roster, rules, num_rounds)
    return min(float(bounds["yuan"].sum()), sum(batch.cost_yuan for batch in plan.batches))


def flow_bounds_yuan(plan: Plan, roster: Roster, rules: Rules) -> "pd.Series[float]":
    """Return the parts of the bound by home prefecture and city (the index); see ``cell_bounds_yuan``."""
    bounds = _cell_bounds(plan, roster, rules, None)
    return bounds.groupby(["prefecture", "city"])["yuan"].sum()


def _cell_bounds(plan: Plan, roster: Roster, rules: Rules, num_rounds: int | None) -> pd.DataFrame:
    """Return the part of each cell with the prefecture and city of its first person."""
    from returnplan.planning import cell_bounds_yuan  # loads the compiled search

    problem, travellers = build_problem(replace(roster, not_before=None), rules)
    yuan = cell_bounds_yuan(problem, _groups_on_board(plan, roster, travellers), num_rounds)
    first = travellers.member_row[travellers.member_start[travellers.group_start[:-1]]]
    return roster.people.loc[first, ["prefecture", "city"]].assign(yuan=yuan)


def _groups_on_board(plan: Plan, roster: Roster, travellers: Travellers) -> Ints:
    """Return (C,) how many groups of each cell ride.

    A party of whom only some ride counts by heads: the bound holds for each rider alone.
    """
    rides = roster.people["signup"].isin(plan.riders["signup"]).to_numpy()[travellers.member_row]
    members = np.diff(travellers.member_start)
    share = np.add.reduceat(rides, travellers.member_start[:-1]) / members if len(members) else np.zeros(0)
    num_groups = np.diff(travellers.group_start)
    cell = np.repeat(np.arange(len(num_groups)), num_groups)
    planned = np.bincount(cell, weights=share, minlength=len(num_groups))
    return np.asarray(np.floor(planned + 1e-9), dtype=np.int64)
