"""From the planner's integers back to people: batches with hours, riders with seats, reasons for the rest."""

from returnplan.assembly.assemble import assemble

__all__ = ["assemble"]
