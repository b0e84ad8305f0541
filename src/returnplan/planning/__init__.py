"""From the problem to batches: which groups ride together, when, in what, along which stops."""

from returnplan.planning.bounds import lower_bound_yuan
from returnplan.planning.drafts import Draft
from returnplan.planning.solve import Effort, solve

__all__ = ["Draft", "Effort", "lower_bound_yuan", "solve"]
