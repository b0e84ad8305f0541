"""From the planner's integers back to people: batches with hours, riders with seats, reasons for the rest.

The modules are imported by their names: hand edits need a few of them, and must load without the planner.
"""
