"""Most people where least loads bind: whole batches are chosen together, not rider by rider (column generation)."""

from returnplan.planning.columns.most_people import most_people

__all__ = ["most_people"]
