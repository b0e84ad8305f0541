"""Checks a plan against every promise, by code that shares nothing with the planner.

Reads plan, roster and rules alone; corrects nothing and knows neither problem nor planning.
"""

from returnplan.audit.audit import LASTING, audit, audit_by_check
from returnplan.audit.promise import Violation

__all__ = ["LASTING", "Violation", "audit", "audit_by_check"]
