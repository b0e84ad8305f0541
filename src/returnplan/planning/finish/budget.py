"""The budget: if the plan costs more, batches go whose riders weigh least, and their riders take seats that are left.

A 0-1 knapsack of batches (Martello and Toth 1990), solved exactly by HiGHS; the weights put people of a higher
class before any number of lower ones on a coach.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Ints, Problem
from returnplan.problem.rules import SEATS, may_ride

OPTIONS = {"threads": 1, "mip_rel_gap": 0.0, "mip_max_nodes": 20_000}
NO_LEAST = np.array([-highspy.kHighsInf])


def within_budget(problem: Problem, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the batches worth most that the budget pays for, in the order given.

    Riders of the others get the seats that are left at the stops of these: that costs nothing.
    """
    yuan = np.array([draft.cost_yuan(problem) for draft in drafts])
    if yuan.sum() <= problem.limits.budget_yuan:
        return tuple(drafts)
    weight = problem.cells.weight
    worth = np.array([sum(num * weight[cell] for cell, num in draft.load) for draft in drafts])
    highs = SilentHighs.with_rows(NO_LEAST, np.array([problem.limits.budget_yuan]), OPTIONS)
    highs.add_columns(-worth / worth.max(), yuan[:, None], np.ones(len(drafts)))
    highs.make_whole()
    highs.run()
    is_found = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    chosen = highs.getSolution().col_value if is_found else np.zeros(len(drafts))
    return with_seats_taken(problem, [draft for draft, x in zip(drafts, chosen, strict=True) if x > 0.5])


def with_seats_taken(problem: Problem, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the drafts with riders added whom their stops, days and seats suit; higher classes first."""
    cells, ledger, taken = problem.cells, Ledger(problem, drafts), list(drafts)
    left = cells.num_groups - groups_planned(problem, drafts)
    waiting = np.flatnonzero(left)
    suited = _suited(problem, drafts, waiting)
    for cell in waiting[np.lexsort((cells.latest[waiting], -cells.weight[waiting]))].tolist():
        for i in suited[cell]:
            if left[cell] > 0:
                draft = taken[i]
                taken[i] = ledger.exchange(draft, _joined(problem, draft, cell, int(left[cell])))
                left[cell] -= dict(taken[i].load).get(cell, 0) - dict(draft.load).get(cell, 0)
    return tuple(taken)


def _suited(problem: Problem, drafts: Sequence[Draft], waiting: Ints) -> defaultdict[int, list[int]]:
    """Return for each waiting cell the numbers of the drafts that it may ride on, seats apart."""
    pickup = problem.cells.pickup[waiting]
    suited: defaultdict[int, list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        there = waiting[np.isin(pickup, draft.leg.pickups)]
        for cell in there[may_ride(problem, draft.leg, there)].tolist():
            suited[cell].append(i)
    return suited


def _joined(problem: Problem, draft: Draft, cell: int, num_groups: int) -> Iterator[Draft]:
    """Yield the draft with as many of the groups as it has seats for, then with fewer and fewer."""
    free = SEATS.limit(problem, draft.leg) - draft.leg.num_seats(problem)
    for num in range(min(num_groups, int(free // problem.cells.num_seats[cell])), 0, -1):
        load = dict(draft.load)
        load[cell] = load.get(cell, 0) + num
        yield draft.carrying(tuple(sorted(load.items())))
