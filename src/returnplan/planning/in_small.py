"""A quick plan: each market once, from batches filled one by one, by one short search.

It is for comparing many plans of almost the same people, where differences count: it is found in a third of the time
of a plan, without threads and without a dive into the relaxation.
"""

from itertools import chain

from returnplan.planning.effort import Effort
from returnplan.planning.market_searches import counted_groups, effort_for
from returnplan.planning.markets import split_markets
from returnplan.planning.search import Watch, solve_market
from returnplan.planning.solve import solve
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Problem

FILLED = 1
"""The seed of a search that starts from batches filled one by one."""


def solve_in_small(problem: Problem, effort: Effort) -> tuple[Draft, ...]:
    """Return a quick plan where there is no last plan; the usual search makes it where vehicles are scarce."""
    markets = split_markets(problem)
    sizes = [counted_groups(problem, part) for part in markets]
    seats = int((problem.cells.num_groups * problem.cells.num_seats).sum())
    drafts = []
    for part, size in zip(markets, sizes, strict=True):
        own = effort_for(problem, part, effort)
        drafts.append(solve_market(problem, own, own.work(size, sum(sizes), seats), part, Watch(), FILLED))
    plan = tuple(chain(*drafts))
    return solve(problem, effort) if Ledger(problem, plan).overdrawn() else plan
