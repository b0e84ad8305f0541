"""Which rule binds for a cell that the planner left: hypotheses tested in order against the problem.

Each hypothesis is a function of a :class:`Case` that returns a verdict or None; the first that holds is the
answer. The hard ones (no day, no vehicle, no road) come before those that depend on what else was planned.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

import numpy as np

from returnplan.problem.draft import Draft
from returnplan.problem.model import Floats, Ints, Problem
from returnplan.problem.rules import pools_for
from returnplan.reasons import sentences
from returnplan.reasons.companions import most_companions, sharing
from returnplan.reasons.gathering import gathered
from returnplan.reasons.standing import Standing
from returnplan.reasons.trial import alone, with_groups
from returnplan.reasons.verdicts import Verdict

MOST_TRIED = 30
"""Batches that are tried for a free seat; one group after another is, so it must stay cheap."""


@dataclass(frozen=True)
class Case:
    """One group that was left, of a cell of the problem."""

    standing: Standing
    cell: int

    @property
    def problem(self) -> Problem:
        """What was planned."""
        return self.standing.problem

    @property
    def base(self) -> str:
        """The full name of the prefecture of departure."""
        return str(self.standing.labels.base[self.cell])

    @property
    def city(self) -> str:
        """The full name of the destination city."""
        return str(self.standing.labels.city[self.cell])

    @cached_property
    def days(self) -> Ints:
        """The days of the window."""
        cells = self.problem.cells
        return np.arange(cells.earliest[self.cell], cells.latest[self.cell] + 1)

    @property
    def persons(self) -> int:
        """The people of one group."""
        return int(self.problem.cells.num_persons[self.cell])

    @property
    def seats(self) -> int:
        """The seats one group takes."""
        return int(self.problem.cells.num_seats[self.cell])

    @cached_property
    def pools(self) -> Ints:
        """The pools that may serve the pick-up and have a usable seat."""
        return np.flatnonzero(pools_for(self.problem, self.cell) & (self.problem.pools.usable > 0))

    @property
    def big_pools(self) -> Ints:
        """Those of them that hold the whole group."""
        return self.pools[self.problem.pools.usable[self.pools] >= self.seats]

    @property
    def drops(self) -> Ints:
        """The drop-offs of the group."""
        cells = self.problem.cells
        return cells.drop_place[cells.drop_start[self.cell] : cells.drop_start[self.cell + 1]]

    @cached_property
    def direct_km(self) -> Floats:
        """The road to the farthest drop-off on each day of the window."""
        networks = self.problem.network_of_day[self.days]
        roads = self.problem.km[networks, self.problem.cells.pickup[self.cell]]
        return np.asarray(roads[:, self.drops].max(axis=1))

    @cached_property
    def open_days(self) -> Ints:
        """The days of the window on which the day caps leave room."""
        tries = self._alone_on_each_day()
        shut = [bool(self.standing.ledger.caps_exceeded(draft)) for draft in tries]
        return np.asarray(self.days[~np.array(shut, dtype=bool)])

    @cached_property
    def free_pools(self) -> Ints:
        """The pools with a vehicle large enough that could still leave on a day with room."""
        free = self.standing.is_free[np.ix_(self.big_pools, self.open_days)].any(axis=1)
        return self.big_pools[free]

    @cached_property
    def left_near(self) -> Ints:
        """The cells with people left (itself among them) that may share a vehicle with the group."""
        among = self.standing.same_cities[int(self.problem.cells.city_group[self.cell])]
        return sharing(self.problem, self.cell, among[self.standing.num_left[among] > 0])

    @cached_property
    def room(self) -> int:
        """The most people who were left that the day caps let go together on one day."""
        ledger = self.standing.ledger
        return max(ledger.room(draft.leg, self.left_near) for draft in self._alone_on_each_day())

    def _alone_on_each_day(self) -> list[Draft]:
        pool = int(self.big_pools[0])
        return [alone(self.problem, self.cell, pool, day) for day in self.days.tolist()]

    def companions(self, num_groups: Ints) -> tuple[int, int]:
        """Return how many of the groups could leave together with this one, in all and in the stops of one vehicle."""
        among = self.standing.same_cities[int(self.problem.cells.city_group[self.cell])]
        return most_companions(self.problem, self.cell, among, num_groups)

    def cheapest_yuan(self, pools: Ints) -> float:
        """Return the price of the cheapest of the pools for the group's direct road."""
        of = self.problem.pools
        return float((of.fixed_yuan[pools] + of.per_km_yuan[pools] * self.direct_km.min()).min())


def why_left(case: Case) -> Verdict:
    """Return the verdict on a group that no batch takes."""
    verdicts = (hypothesis(case) for hypothesis in HYPOTHESES)
    return next((verdict for verdict in verdicts if verdict), sentences.no_loop(case.city))


def _cannot_travel_whole(case: Case) -> Verdict | None:
    cells = case.problem.cells
    differs = min(cells.pickup[case.cell], cells.city_group[case.cell]) < 0
    if differs or not len(case.days):
        return sentences.party_apart(bool(differs))
    largest = case.problem.pools.usable[case.pools].max(initial=0)
    return sentences.party_too_big(case.seats, int(largest)) if 0 < largest < case.seats else None


def _no_vehicle_at_all(case: Case) -> Verdict | None:
    offered = case.problem.pools.available[np.ix_(case.big_pools, case.days)].any()
    return None if offered else sentences.no_vehicle_offered(case.base)


def _no_road(case: Case) -> Verdict | None:
    if not np.isfinite(case.direct_km).any():
        return sentences.road_closed(case.city)
    limit = case.problem.limits.max_dropoffs
    return sentences.too_many_drops(len(case.drops), limit) if len(case.drops) > limit else None


def _too_costly_at_best(case: Case) -> Verdict | None:
    """Even a full vehicle costs more a head than the ceiling."""
    pools, limit = case.problem.pools, case.standing.most_a_head_yuan
    full = pools.fixed_yuan[case.big_pools] + pools.per_km_yuan[case.big_pools] * case.direct_km.min()
    a_head = float((full / pools.usable[case.big_pools]).min())
    return sentences.too_costly(a_head, limit) if a_head > limit else None


def _too_few_in_all(case: Case) -> Verdict | None:
    """All who could go along, on other vehicles or not, do not fill the smallest load."""
    least = int(case.problem.pools.min_load[case.big_pools].min())
    most, in_stops = case.companions(case.problem.cells.num_groups)
    if most < least:
        return sentences.below_min_load(most, least, case.cheapest_yuan(case.big_pools))
    return sentences.stops_bind(in_stops, least) if in_stops < least else None


def _day_caps(case: Case) -> Verdict | None:
    return None if len(case.open_days) else sentences.day_cap(case.base, case.city)


def _free_seat(case: Case) -> Verdict | None:
    """The search went past a free seat (it is cut short, or heuristic); whoever reads it can use it."""
    problem = case.problem
    for batch, draft in islice(case.standing.with_seats(case.cell), MOST_TRIED):
        joined = with_groups(problem, draft, case.cell, 1)
        if not case.standing.breaches(joined, batch):
            more_yuan = joined.cost_yuan(problem) - draft.cost_yuan(problem)
            return _over_budget(case, more_yuan) or _seat_left(case, batch, more_yuan)
    return None


def _seat_left(case: Case, batch: str, more_yuan: float) -> Verdict:
    """The search is not to blame where batches had to be called off for want of money."""
    if no_money := _over_budget(case, case.cheapest_yuan(case.big_pools)):
        return no_money._replace(suggestion=sentences.join_or_raise_budget(batch, more_yuan))
    return sentences.free_seat(batch, more_yuan)


def _vehicles_used_up(case: Case) -> Verdict | None:
    return None if len(case.free_pools) else sentences.no_vehicle_left(case.base)


def _too_few_left(case: Case) -> Verdict | None:
    """A vehicle could still go, but the others of these roads have their seats already."""
    most, in_stops = case.companions(case.standing.num_left)
    least = int(case.problem.pools.min_load[case.free_pools].min())
    price_yuan = case.cheapest_yuan(case.free_pools)
    if min(most, in_stops) < least:
        return sentences.below_min_load(min(most, in_stops), least, price_yuan)
    a_head = price_yuan / in_stops
    return (
        sentences.too_costly(a_head, case.standing.most_a_head_yuan)
        if a_head > case.standing.most_a_head_yuan
        else None
    )


def _no_money_for_a_vehicle(case: Case) -> Verdict | None:
    return _over_budget(case, case.cheapest_yuan(case.free_pools))


def _caps_below_least_load(case: Case) -> Verdict | None:
    """The caps leave room for the group, but on no day for as many as a vehicle has to take."""
    least = int(case.problem.pools.min_load[case.big_pools].min())
    return _none_within(case, "day_cap") if case.room < least else None


def _limits_exceeded(case: Case) -> Verdict | None:
    """Vehicles gather their least load within stops and loops, but exceed a limit on money or on people a day."""
    standing = case.standing
    if not standing.is_limited:
        return None
    tried = gathered(standing, case.cell, case.left_near, case.big_pools, case.days)
    exceeded = [standing.exceeded(draft) for draft in tried]
    if not exceeded or () in exceeded:
        return None
    ((code, _),) = Counter(chain.from_iterable(exceeded)).most_common(1)
    return _none_within(case, code)


def _none_within(case: Case, code: str) -> Verdict:
    standing = case.standing
    return sentences.none_within(code, case.city, standing.most_a_head_yuan, standing.budget_left_yuan)


def _over_budget(case: Case, more_yuan: float) -> Verdict | None:
    left_yuan = case.standing.budget_left_yuan
    return sentences.over_budget(more_yuan, left_yuan) if more_yuan > left_yuan else None


HYPOTHESES: tuple[Callable[[Case], Verdict | None], ...] = (
    _cannot_travel_whole,
    _no_vehicle_at_all,
    _no_road,
    _too_costly_at_best,
    _too_few_in_all,
    _day_caps,
    _free_seat,
    _vehicles_used_up,
    _too_few_left,
    _no_money_for_a_vehicle,
    _caps_below_least_load,
    _limits_exceeded,
)
