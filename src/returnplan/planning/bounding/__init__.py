"""A lower bound on the cost of any plan for given people, independent of the search."""

from returnplan.planning.bounding.bound import PATIENT, Care, cell_bounds, duals, lower_bound_yuan
from returnplan.planning.bounding.parts import Parts

__all__ = ["PATIENT", "Care", "Parts", "cell_bounds", "duals", "lower_bound_yuan"]
