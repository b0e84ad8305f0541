"""What the planner costs in seconds, memory and yuan; run by hand, not tests."""
