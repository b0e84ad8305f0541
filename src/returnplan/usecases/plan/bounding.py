"""The lower bound for exactly the people whom a plan carries, whichever way it was made."""

from dataclasses import replace

import numpy as np
import pandas as pd

from returnplan.edits import with_bound
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.planning import PATIENT, Care, cell_bounds
from returnplan.problem import build_problem
from returnplan.problem.model import Bools, Floats, Ints, Travellers

IN_HASTE = Care(num_rounds=8, num_roundings=0)
"""Where somebody waits for an early end; the next run proves a higher bound."""


def bounded(plan: Plan, roster: Roster, rules: Rules, care: Care = PATIENT) -> Plan:
    """Return the plan with the lower bound on the cost of any plan for its riders, and each rider's part in it.

    Parameters
    ----------
    roster : the people of the plan, those on kept batches, too
    care : with which the bound is sought
    """
    problem, travellers = build_problem(replace(roster, not_before=None), rules)
    on_board = roster.people["signup"].isin(plan.riders["signup"]).to_numpy()
    parts = cell_bounds(problem, _groups_on_board(on_board, travellers), care)
    of_person = _per_person(np.stack(parts), on_board, roster, travellers)
    line = pd.Index(roster.people["signup"]).get_indexer(pd.Index(plan.riders["signup"]))
    bound_yuan, rent_yuan = of_person[:, line]
    riders = plan.riders.assign(bound_yuan=bound_yuan, rent_yuan=rent_yuan)
    return replace(plan, riders=riders, summary=with_bound(plan.summary, float(bound_yuan.sum())))


def _groups_on_board(on_board: Bools, travellers: Travellers) -> Ints:
    """Return (C,) how many groups of each cell ride.

    A party of whom only some ride counts by heads: the bound holds for each rider alone.
    """
    rides = np.bincount(travellers.group_of_member, weights=on_board[travellers.member_row])
    share = rides / np.diff(travellers.member_start)
    num_cells = len(travellers.group_start) - 1
    planned = np.bincount(travellers.cell_of_group, weights=share, minlength=num_cells)
    return np.asarray(np.floor(planned + 1e-9), dtype=np.int64)


def _per_person(of_cell: Floats, on_board: Bools, roster: Roster, travellers: Travellers) -> Floats:
    """Split (K, C) yuan of cells among those on board by the seats they take: (K, lines of ``Roster.people``)."""
    cell = travellers.cell_of_group[travellers.group_of_member]
    seats = np.where(on_board, 1 + roster.people["num_children"].to_numpy(), 0)[travellers.member_row]
    share = seats / np.maximum(1, np.bincount(cell, seats))[cell]
    of_person = np.zeros((len(of_cell), len(on_board)))
    of_person[:, travellers.member_row] = of_cell[:, cell] * share
    return of_person
