"""From the problem to batches: which groups ride together, when, in what, along which stops."""

from returnplan.planning.bounding import PATIENT, Care, cell_bounds, duals, lower_bound_yuan
from returnplan.planning.effort import Effort
from returnplan.planning.finish import LastCosts, last_costs
from returnplan.planning.in_small import solve_in_small
from returnplan.planning.replanning import Saving
from returnplan.planning.solve import solve, solve_both_ways

__all__ = [
    "PATIENT",
    "Care",
    "Effort",
    "LastCosts",
    "Saving",
    "cell_bounds",
    "duals",
    "last_costs",
    "lower_bound_yuan",
    "solve",
    "solve_both_ways",
    "solve_in_small",
]
