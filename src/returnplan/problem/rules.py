"""The hard rules of a batch, each once: what is measured, what it may be at most, and how a breach is told.

The compiled search, the bound and the audit have code of their own for them; property tests hold all to one meaning
(`tests/problem`).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from returnplan.model.law import MINUTES_AN_HOUR
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import Bools, Ints, Problem

ROUNDING = 1e-6
"""Differences of yuan or km below this are none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard rule by its key in returnplan.toml, or by a name of its own where it has none.

    ``is_of_office`` says whether an office may set it otherwise: what the law asks it cannot relax.
    """

    name: str
    is_of_office: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold: the figure (days, seats, stops, km, people, yuan) and its limit."""

    rule: Rule
    figure: float
    limit: float


@dataclass(frozen=True, slots=True)
class LegRule(Rule):
    """A rule on one vehicle as a whole: its figure is at most (``is_least``: at least) the limit."""

    figure: Callable[[Problem, Leg], float]
    limit: Callable[[Problem, Leg], float]
    is_least: bool = False

    def breach(self, problem: Problem, leg: Leg) -> Breach | None:
        """Return how the leg breaks the rule, None if it keeps it."""
        figure, limit = self.figure(problem, leg), self.limit(problem, leg)
        over = limit - figure if self.is_least else figure - limit
        return Breach(self, figure, limit) if over > ROUNDING else None


@dataclass(frozen=True, slots=True)
class RiderRule(Rule):
    """A rule on who may ride: ``excess`` says by how much each of some cells would break it on the leg.

    Where riders are compared with each other, they are with those of the leg's first cell.
    """

    excess: Callable[[Problem, Leg, Ints], Ints]

    def breach(self, problem: Problem, leg: Leg) -> Breach | None:
        """Return how those on board break the rule, None if they keep it."""
        most = int(self.excess(problem, leg, np.array(leg.cells, dtype=np.int64)).max(initial=0))
        return Breach(self, most, 0) if most > 0 else None


SEATS = LegRule(
    "seats",
    figure=lambda problem, leg: leg.num_seats(problem),
    limit=lambda problem, leg: leg.usable(problem),
)
MAX_PICKUPS = LegRule(
    "max_pickups",
    figure=lambda problem, leg: len(leg.pickups),
    limit=lambda problem, leg: problem.limits.max_pickups,
)
MAX_DROPOFFS = LegRule(
    "max_dropoffs",
    figure=lambda problem, leg: len(leg.dropoffs),
    limit=lambda problem, leg: problem.limits.max_dropoffs,
)
MAX_PICKUP_KM = LegRule(
    "max_pickup_km",
    figure=lambda problem, leg: sum(leg.km_between(problem, leg.pickups)),
    limit=lambda problem, leg: problem.limits.max_pickup_km,
)
MAX_DROPOFF_KM = LegRule(
    "max_dropoff_km",
    figure=lambda problem, leg: sum(leg.km_between(problem, leg.dropoffs)),
    limit=lambda problem, leg: problem.limits.max_dropoff_km,
)
MAX_COST_PER_HEAD = LegRule(
    "max_cost_per_head",
    figure=lambda problem, leg: leg.cost_yuan(problem) / leg.num_persons(problem),
    limit=lambda problem, leg: problem.limits.max_yuan_per_head,
)
DRIVING = LegRule(
    "driving_hours",
    figure=lambda problem, leg: _hours(problem, leg),
    limit=lambda problem, leg: (problem.schedule.arrival.shape[1] - 1) / MINUTES_AN_HOUR,
    is_of_office=False,
)
MIN_LOAD = LegRule(
    "min_load",
    figure=lambda problem, leg: leg.num_persons(problem),
    limit=lambda problem, leg: leg.least_load(problem),
    is_least=True,
)
BASE = RiderRule(
    "base",
    excess=lambda problem, leg, cells: (~_served(problem, cells)[:, leg.pool]).astype(np.int64),
)
MIX_COUNTIES = RiderRule(
    "mix_counties",
    excess=lambda problem, leg, cells: (
        (problem.cells.county[cells] != problem.cells.county[leg.load[0][0]])
        & (not problem.limits.mix_counties)
    ).astype(np.int64),
)
COMBINE_CITIES = RiderRule(
    "combine_cities",
    excess=lambda problem, leg, cells: (
        problem.cells.city_group[cells] != problem.cells.city_group[leg.load[0][0]]
    ).astype(np.int64),
)
WINDOW = RiderRule(
    "window",
    excess=lambda problem, leg, cells: np.maximum(
        problem.cells.earliest[cells] - leg.day, leg.day - problem.cells.latest[cells]
    ),
)
STOPS = RiderRule(
    "stops",
    excess=lambda problem, leg, cells: _stops_missed(problem, leg, cells),
)

RULES: tuple[LegRule | RiderRule, ...] = (
    SEATS,
    MAX_PICKUPS,
    MAX_DROPOFFS,
    MAX_PICKUP_KM,
    MAX_DROPOFF_KM,
    DRIVING,
    MAX_COST_PER_HEAD,
    MIN_LOAD,
    BASE,
    MIX_COUNTIES,
    COMBINE_CITIES,
    WINDOW,
    STOPS,
)
"""Every rule that a batch keeps or breaks by itself."""

RIDER_RULES = tuple(rule for rule in RULES if isinstance(rule, RiderRule))

FLEET = Rule(
    "fleet",
)
MAX_DEPARTURES = Rule(
    "max_departures_per_day",
)
MAX_ARRIVALS = Rule(
    "max_arrivals_per_day",
)
BUDGET = Rule(
    "budget",
)
SCARCE = (FLEET, MAX_DEPARTURES, MAX_ARRIVALS, BUDGET)
"""What all batches together may use up; :class:`~returnplan.problem.ledger.Ledger` counts it."""


def _hours(problem: Problem, leg: Leg) -> float:
    """Return the hours under way; inf where that is farther than as many drivers as there may be are let go."""
    if not problem.schedule.may_go(leg.km(problem)):
        return math.inf
    return leg.under_way(problem)[0] / MINUTES_AN_HOUR


def breaches(
    problem: Problem, draft: Draft, rules: Sequence[LegRule | RiderRule] = RULES
) -> tuple[Breach, ...]:
    """Return the rules that the draft breaks, in their order."""
    found = (rule.breach(problem, draft.leg) for rule in rules)
    return tuple(breach for breach in found if breach)


def may_ride(problem: Problem, leg: Leg, cells: Ints, rules: Sequence[RiderRule] = RIDER_RULES) -> Bools:
    """Return of each of the cells whether its groups may join those on board, as far as ``rules`` go."""
    allowed = np.ones(len(cells), dtype=np.bool_)
    for rule in rules:
        allowed &= rule.excess(problem, leg, cells) <= 0
    return allowed


def pools_for(problem: Problem, cell: int) -> Bools:
    """Return (V,) whether the vehicles of a pool may serve the cell, by the end at which they are registered."""
    return _served(problem, np.array([cell])).reshape(-1)


def _served(problem: Problem, cells: Ints) -> Bools:
    return problem.pools.serve(problem.cells.prefecture[cells], problem.cells.goal[cells])


def _stops_missed(problem: Problem, leg: Leg, cells: Ints) -> Ints:
    """Return of each cell how many of its stops the leg does not call at."""
    of = problem.cells
    pickups, dropoffs = of.pickup[cells].tolist(), of.drop_place[of.drop_lines(cells)].tolist()
    if set(leg.pickups).issuperset(pickups) and set(leg.dropoffs).issuperset(dropoffs):  # nearly always
        return np.zeros(len(cells), np.int64)
    missed = [
        (pickup not in leg.pickups) + sum(place not in leg.dropoffs for place in of.drops_of(cell))
        for cell, pickup in zip(cells.tolist(), pickups, strict=True)
    ]
    return np.array(missed, dtype=np.int64)
