"""From the problem to batches: which groups ride together, when, in what, along which stops."""

from returnplan.planning.bounding import PATIENT, Care, cell_bounds, lower_bound_yuan
from returnplan.planning.effort import Effort
from returnplan.planning.solve import solve

__all__ = ["PATIENT", "Care", "Effort", "cell_bounds", "lower_bound_yuan", "solve"]
