"""A lower bound on the cost of any plan for given people, independent of the search."""

from returnplan.planning.bounding.bound import cell_bounds_yuan, lower_bound_yuan

__all__ = ["cell_bounds_yuan", "lower_bound_yuan"]
