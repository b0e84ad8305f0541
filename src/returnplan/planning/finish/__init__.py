"""What is done with a plan after the search: the budget, cheaper vehicles, stops shared without need, flat peaks."""

from returnplan.planning.finish.budget import within_budget
from returnplan.planning.finish.last_costs import LastCosts, last_costs
from returnplan.planning.finish.peaks import level_peaks
from returnplan.planning.finish.shared_stops import with_few_shared_stops
from returnplan.planning.finish.told_hours import at_told_hours
from returnplan.planning.finish.vehicles import in_cheaper_vehicles

__all__ = [
    "LastCosts",
    "at_told_hours",
    "in_cheaper_vehicles",
    "last_costs",
    "level_peaks",
    "with_few_shared_stops",
    "within_budget",
]
