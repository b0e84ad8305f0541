"""The vehicles and the money that held batches use are not there for others."""

from collections.abc import Sequence
from dataclasses import replace

from returnplan.model.plan import Batch
from returnplan.model.roster import VehiclePool
from returnplan.problem.model import UNLIMITED, Problem


def less_held(problem: Problem, batches: Sequence[Batch], pools: Sequence[VehiclePool]) -> Problem:
    """Return the problem without the vehicles, on the days they are away, and the money of held batches."""
    budget_yuan = problem.limits.budget_yuan - sum(batch.cost_yuan for batch in batches)
    limits = replace(problem.limits, budget_yuan=max(0.0, budget_yuan))
    return replace(_less_fleet(problem, batches, pools), limits=limits)


def _less_fleet(problem: Problem, batches: Sequence[Batch], pools: Sequence[VehiclePool]) -> Problem:
    """Return the problem with the vehicles of held batches taken from its pools.

    A vehicle away from day d to d + T - 1 also keeps others from leaving in the T - 1 days before d, which
    would still be away on d.
    """
    available = problem.pools.available.copy()
    for batch in batches:
        key = batch.vehicle, batch.mode, batch.base
        lines = [at for at, pool in enumerate(pools) if (pool.vehicle, pool.mode, pool.base) == key]
        day = (batch.date - problem.first_day).days
        for line in lines[:1]:
            turn = int(problem.pools.turnaround_days[line])
            days = slice(max(0, day - turn + 1), max(0, day + turn))
            limited = available[line, days] < UNLIMITED
            available[line, days] -= limited & (available[line, days] > 0)
    return replace(problem, pools=replace(problem.pools, available=available))
