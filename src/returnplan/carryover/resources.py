"""The vehicles and the money that held batches use are not there for others."""

from collections.abc import Sequence
from dataclasses import replace

from returnplan.model.plan import Batch
from returnplan.model.roster import VehiclePool
from returnplan.problem import Problem
from returnplan.problem.fleet import pool_of
from returnplan.problem.ledger import without_vehicles


def less_held(problem: Problem, batches: Sequence[Batch], pools: Sequence[VehiclePool]) -> Problem:
    """Return the problem without the vehicles, on the days they are away, and the money of held batches."""
    lines = [
        (pool_of(batch, pools, any_seats=True), (batch.date - problem.first_day).days) for batch in batches
    ]
    taken = [(line, day) for line, day in lines if line is not None]
    budget_yuan = problem.limits.budget_yuan - sum(batch.cost_yuan for batch in batches)
    limits = replace(problem.limits, budget_yuan=max(0.0, budget_yuan))
    return replace(problem, limits=limits, pools=without_vehicles(problem.pools, taken))
