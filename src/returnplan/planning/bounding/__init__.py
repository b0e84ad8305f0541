"""A lower bound on the cost of any plan for given people, independent of the search."""

from returnplan.planning.bounding.bound import Parts, cell_bounds, lower_bound_yuan

__all__ = ["Parts", "cell_bounds", "lower_bound_yuan"]
