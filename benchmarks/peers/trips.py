"""One vehicle's way as every planner tells it, and what it costs; the one price all are compared by.

It shares nothing with the planner: neither its order of stops nor its cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem


class Stop(NamedTuple):
    """A place where people board, or where they alight."""

    place: int
    is_pickup: bool


@dataclass(frozen=True)
class Trip:
    """A vehicle of ``pool`` on one day: its stops in order and how many groups of which cells it carries."""

    pool: int
    day: int
    stops: tuple[Stop, ...]
    load: dict[int, int]

    @property
    def pickups(self) -> list[int]:
        """Return the places of boarding in order, one a stop."""
        return [stop.place for stop in self.stops if stop.is_pickup]

    @property
    def dropoffs(self) -> list[int]:
        """Return the places of alighting in order, one a stop."""
        return [stop.place for stop in self.stops if not stop.is_pickup]


def trip_of_draft(draft: Draft) -> Trip:
    """Return returnplan's batch as a trip."""
    stops = [Stop(place, True) for place in draft.leg.pickups] + [
        Stop(place, False) for place in draft.leg.dropoffs
    ]
    return Trip(draft.leg.pool, draft.day, tuple(stops), dict(draft.load))


def stops_of_visits(visits: Sequence[Stop]) -> tuple[Stop, ...]:
    """Return the stops of a route that calls at a place once an order: calls in a row are one stop."""
    return tuple(stop for stop, _ in groupby(visits))


def km_along(problem: Problem, day: int, places: Sequence[int]) -> float:
    """Return the km from the first to the last place on the roads of the day."""
    km = problem.km[problem.network_of_day[day]]
    return float(sum(km[a, b] for a, b in pairwise(places)))


def cost_yuan(problem: Problem, trip: Trip) -> float:
    """Return fixed + per_km × km + stop_cost × (stops - 2), goal (d) of the planner."""
    pools = problem.pools
    km = km_along(problem, trip.day, [stop.place for stop in trip.stops])
    return float(
        pools.fixed_yuan[trip.pool]
        + pools.per_km_yuan[trip.pool] * km
        + problem.limits.stop_cost_yuan * (len(trip.stops) - 2)
    )


def num_people(problem: Problem, trips: Sequence[Trip]) -> int:
    """Return how many people ride."""
    persons = problem.cells.num_persons
    return sum(int(persons[cell]) * num for trip in trips for cell, num in trip.load.items())
