"""Why a person is on this batch, or on none, and the cheapest change that would place them, with its price."""

from returnplan.explain.explain import Explanation, explain
from returnplan.explain.who import find_people

__all__ = ["Explanation", "explain", "find_people"]
