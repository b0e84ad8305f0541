"""What a new plan means to people who know the old one; compares plans, plans nothing."""

from returnplan.stability.diff import Diff, diff, diff_json

__all__ = ["Diff", "diff", "diff_json"]
