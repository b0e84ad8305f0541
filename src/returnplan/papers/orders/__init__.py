"""What is ordered from a carrier (派车单): the coaches of a base, written, and plates and drivers read back.

Decides nothing: what a plate or driver changes in the plan is the caller's.
"""

from returnplan.papers.orders.sheet import Assignment, read_orders, say_route
from returnplan.papers.orders.write import write_orders

__all__ = ["Assignment", "read_orders", "say_route", "write_orders"]
