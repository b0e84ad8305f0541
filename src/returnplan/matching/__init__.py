"""Who takes which vacancy: people without an employer, exactly, by ordered goals (docs/contract.md#matching)."""

from returnplan.matching.match import match, placed

__all__ = ["match", "placed"]
