"""The planning problem in immutable integers: no names, no phones, so it can be profiled and fuzzed."""

from returnplan.problem.build import PreviousBatches, build_problem
from returnplan.problem.model import UNLIMITED, Cells, Limits, Pools, Problem, Travellers

__all__ = [
    "UNLIMITED",
    "Cells",
    "Limits",
    "Pools",
    "PreviousBatches",
    "Problem",
    "Travellers",
    "build_problem",
]
