"""Why a person is on this batch, or on none, and the cheapest change that would place them, with its price.

The modules are imported by their names: to look for a person (``who``) needs no planner.
"""
