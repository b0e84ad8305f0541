"""The hard rules of a batch, each once: what is measured, what it may be at most, and how a breach is told.

The compiled search, the bound and the audit have code of their own for them; property tests hold all to one meaning
(`tests/problem`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from returnplan.model.law import MINUTES_AN_HOUR
from returnplan.model.texts import Text
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import Bools, Ints, Problem

ROUNDING = 1e-6
"""Differences of yuan or km below this are none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard rule by its key in returnplan.toml, or by a name of its own where it has none.

    ``words`` tell a breach; they may quote ``figure`` and ``limit``.
    """

    name: str
    words: Text


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold: the figure (days, seats, stops, km, people, yuan) and its limit."""

    rule: Rule
    figure: float
    limit: float

    @property
    def text(self) -> Text:
        """The breach in words."""
        words = self.rule.words
        return Text(*(text.format(figure=self.figure, limit=self.limit) for text in words))


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
    Text("需要 {figure:.0f} 座，可用 {limit:.0f} 座", "{figure:.0f} seats of {limit:.0f} usable"),
    figure=lambda problem, leg: leg.num_seats(problem),
    limit=lambda problem, leg: leg.usable(problem),
)
MAX_PICKUPS = LegRule(
    "max_pickups",
    Text("上车点 {figure:.0f} 个，规定最多 {limit:.0f} 个", "{figure:.0f} pick-ups of {limit:.0f} allowed"),
    figure=lambda problem, leg: len(leg.pickups),
    limit=lambda problem, leg: problem.limits.max_pickups,
)
MAX_DROPOFFS = LegRule(
    "max_dropoffs",
    Text("下车点 {figure:.0f} 个，规定最多 {limit:.0f} 个", "{figure:.0f} drop-offs of {limit:.0f} allowed"),
    figure=lambda problem, leg: len(leg.dropoffs),
    limit=lambda problem, leg: problem.limits.max_dropoffs,
)
MAX_PICKUP_KM = LegRule(
    "max_pickup_km",
    Text(
        "接人绕行 {figure:.0f} 公里，规定最多 {limit:.0f} 公里",
        "{figure:.0f} km between pick-ups of {limit:.0f} allowed",
    ),
    figure=lambda problem, leg: sum(leg.km_between(problem, leg.pickups)),
    limit=lambda problem, leg: problem.limits.max_pickup_km,
)
MAX_DROPOFF_KM = LegRule(
    "max_dropoff_km",
    Text(
        "送人绕行 {figure:.0f} 公里，规定最多 {limit:.0f} 公里",
        "{figure:.0f} km between drop-offs of {limit:.0f} allowed",
    ),
    figure=lambda problem, leg: sum(leg.km_between(problem, leg.dropoffs)),
    limit=lambda problem, leg: problem.limits.max_dropoff_km,
)
MAX_COST_PER_HEAD = LegRule(
    "max_cost_per_head",
    Text("人均 {figure:.0f} 元，上限 {limit:.0f} 元", "{figure:.0f} yuan a head of {limit:.0f} allowed"),
    figure=lambda problem, leg: leg.cost_yuan(problem) / leg.num_persons(problem),
    limit=lambda problem, leg: problem.limits.max_yuan_per_head,
)
DRIVING = LegRule(
    "driving_hours",
    Text(
        "路上要 {figure:.1f} 小时(不计休息)，驾驶员只能开到 {limit:.1f} 小时",
        "{figure:.1f} hours under way without rests; its drivers may go on for {limit:.1f}",
    ),
    figure=lambda problem, leg: leg.under_way(problem)[0] / MINUTES_AN_HOUR,
    limit=lambda problem, leg: (problem.schedule.arrival.shape[1] - 1) / MINUTES_AN_HOUR,
)
MIN_LOAD = LegRule(
    "min_load",
    Text("车上 {figure:.0f} 人，最低 {limit:.0f} 人", "{figure:.0f} aboard, the minimum is {limit:.0f}"),
    figure=lambda problem, leg: leg.num_persons(problem),
    limit=lambda problem, leg: leg.least_load(problem),
    is_least=True,
)
BASE = RiderRule(
    "base",
    Text("车辆属于别的市", "the vehicle belongs to another prefecture"),
    excess=lambda problem, leg, cells: (~_served(problem, cells)[:, leg.pool]).astype(np.int64),
)
MIX_COUNTIES = RiderRule(
    "mix_counties",
    Text("规定不同县不得混装", "people of different counties may not share a vehicle"),
    excess=lambda problem, leg, cells: (
        (problem.cells.county[cells] != problem.cells.county[leg.load[0][0]])
        & (not problem.limits.mix_counties)
    ).astype(np.int64),
)
COMBINE_CITIES = RiderRule(
    "combine_cities",
    Text("规定这些城市不得同车", "people to these cities may not share a vehicle"),
    excess=lambda problem, leg, cells: (
        problem.cells.city_group[cells] != problem.cells.city_group[leg.load[0][0]]
    ).astype(np.int64),
)
WINDOW = RiderRule(
    "window",
    Text("出发日期放宽 {figure:.0f} 天", "the days of departure are widened by {figure:.0f}"),
    excess=lambda problem, leg, cells: np.maximum(
        problem.cells.earliest[cells] - leg.day, leg.day - problem.cells.latest[cells]
    ),
)
STOPS = RiderRule(
    "stops",
    Text("有 {figure:.0f} 个站点不停靠", "the vehicle does not call at {figure:.0f} of their stops"),
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
    "fleet", Text("该类车辆已排满，需另外增租", "vehicles of this type are all taken: hire one more")
)
MAX_DEPARTURES = Rule(
    "max_departures_per_day",
    Text(
        "该市当日出发 {figure:.0f} 人，上限 {limit:.0f} 人",
        "{figure:.0f} departures from the prefecture that day of {limit:.0f} allowed",
    ),
)
MAX_ARRIVALS = Rule(
    "max_arrivals_per_day",
    Text(
        "该城市当日到达 {figure:.0f} 人，上限 {limit:.0f} 人",
        "{figure:.0f} arrivals in the city that day of {limit:.0f} allowed",
    ),
)
BUDGET = Rule(
    "budget",
    Text("总费用 {figure:.0f} 元，预算 {limit:.0f} 元", "{figure:.0f} yuan of a budget of {limit:.0f}"),
)
SCARCE = (FLEET, MAX_DEPARTURES, MAX_ARRIVALS, BUDGET)
"""What all batches together may use up; :class:`~returnplan.problem.ledger.Ledger` counts it."""


def breaches(
    problem: Problem, draft: Draft, rules: Sequence[LegRule | RiderRule] = RULES
) -> tuple[Breach, ...]:
    """Return the rules that some leg of the draft breaks, in their order."""
    found = (rule.breach(problem, leg) for leg in draft.legs for rule in rules)
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
    start, place = problem.cells.drop_start, problem.cells.drop_place
    missed = [
        (int(problem.cells.pickup[cell]) not in leg.pickups)
        + sum(int(drop) not in leg.dropoffs for drop in place[start[cell] : start[cell + 1]])
        for cell in cells.tolist()
    ]
    return np.array(missed, dtype=np.int64)
