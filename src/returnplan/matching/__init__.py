"""Who takes which vacancy: people without an employer, exactly, by ordered goals (SPEC §3, Matching)."""

from returnplan.matching.match import match

__all__ = ["match"]
