"""Routing engines of others on the planner's own instances: what a user of theirs would get in the same minute."""
