"""Instances that others published, or whose optimum is known, told to the program in its own sheets."""
