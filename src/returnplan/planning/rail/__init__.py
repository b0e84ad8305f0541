"""Trains: who takes one from which station to which, with the feeders and shuttles that it needs."""

from returnplan.planning.rail.bound import bounds_with_trains
from returnplan.planning.rail.journeys import NotRun, RailPlan, without_passengers
from returnplan.planning.rail.solve import solve_with_trains
from returnplan.planning.rail.ways import find_ways

__all__ = ["NotRun", "RailPlan", "bounds_with_trains", "find_ways", "solve_with_trains", "without_passengers"]
