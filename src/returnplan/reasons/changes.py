"""The changes that would place people who wait, each with its price and the rules it relaxes, if any."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from returnplan.problem.draft import Draft, Load, Stops
from returnplan.problem.model import Floats, Ints
from returnplan.problem.rules import (
    BUDGET,
    COMBINE_CITIES,
    FLEET,
    MAX_DROPOFF_KM,
    MAX_DROPOFFS,
    SEATS,
    Breach,
    pools_for,
)
from returnplan.reasons.left_over import LeftOver, carrying, with_groups
from returnplan.reasons.waiting import WaitingGroup

NEAR_DAYS = 1
"""How many days beyond the common days of a group a batch is still looked at."""

MOST_TRIED = 40
"""Batches that a group is tried on, those first that pass nearest to its stops."""

MOST_SHARED = 10
"""Batches among which a group may be shared out, and its cells at most: each is tried on each."""

WITH_COMBINED = (MAX_DROPOFF_KM, MAX_DROPOFFS)
"""What two cities on one vehicle may need beside the permission: a longer round of drop-offs."""


@dataclass(frozen=True, slots=True)
class Ride:
    """Some of a group on a draft: that of a batch of the plan, or a further vehicle where ``batch`` is None."""

    batch: str | None
    draft: Draft
    groups: Load


@dataclass(frozen=True, slots=True)
class Change:
    """What places a whole group; ``more_yuan`` is what the plan would cost more if nobody else changes.

    ``relaxed`` are the rules that would not hold. ``larger`` tells that the batch needs another type of vehicle
    than it has now.
    """

    rides: tuple[Ride, ...]
    more_yuan: float
    relaxed: tuple[Breach, ...]
    larger: bool = False

    @property
    def batch(self) -> str | None:
        """The first batch that the group joins, None for a further vehicle."""
        return self.rides[0].batch

    @property
    def draft(self) -> Draft:
        """The first draft."""
        return self.rides[0].draft

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that would not hold."""
        return tuple(breach.rule.name for breach in self.relaxed)


def changes_for(left_over: LeftOver, group: WaitingGroup, skip: str = "") -> list[Change]:
    """Return the cheapest change of each sort (rules relaxed, new vehicle or not), those first that relax least.

    A change that relaxes more than another one and is no cheaper is of no use to anybody.

    Parameters
    ----------
    skip : a batch that is not looked at (the one the group is on)
    """
    cells = left_over.problem.cells
    if any(cells.pickup[cell] < 0 or cells.city_group[cell] < 0 for cell, _ in group.load):
        return []
    possible = (
        one
        for one in _all_changes(left_over, group, skip)
        if np.isfinite(one.more_yuan)
        and all(breach.rule.is_of_office for breach in one.relaxed)  # there is a road, and no law against it
    )
    best: dict[tuple[object, ...], Change] = {}
    for change in sorted(possible, key=_order):
        if not any(_is_no_better(change, other) for other in best.values()):
            best.setdefault((change.rules, change.batch is None, change.larger), change)
    return list(best.values())


def _is_no_better(change: Change, other: Change) -> bool:
    """Return whether a change relaxes all that the other does, and more, and is no cheaper."""
    return set(change.rules) > set(other.rules) and round(change.more_yuan) >= round(other.more_yuan)


def _order(change: Change) -> tuple[object, ...]:
    return len(change.relaxed), round(change.more_yuan, 2), change.batch or "", change.draft.leg.pool


def _all_changes(left_over: LeftOver, group: WaitingGroup, skip: str) -> Iterator[Change]:
    """Yield the group on batches of its time that pass near, shared among several, and on a vehicle of its own."""
    batches = [batch for batch in _near_batches(left_over, group) if batch != skip][:MOST_TRIED]
    for batch in batches:
        yield from _joined(left_over, batch, group.load)
    if len(group.load) <= MOST_SHARED and sum(num for _, num in group.load) > 1:
        yield from _shared_out(left_over, batches[:MOST_SHARED], group)
    yield from _vehicles_alone(left_over, group)


def _near_batches(left_over: LeftOver, group: WaitingGroup) -> list[str]:
    """Return the batches that leave about when the group can, the fewest km away first, its own cities before others.

    To other cities only those are looked at that pass within twice the round of drop-offs.
    """
    problem, cells = left_over.problem, left_over.problem.cells
    own_city = cells.city_group[group.load[0][0]]
    on_board = [cell for cell, _ in group.load]
    lines = [np.arange(cells.drop_start[cell], cells.drop_start[cell + 1]) for cell in on_board]
    pickups = tuple(np.unique(cells.pickup[on_board]).tolist())
    drops = tuple(np.unique(cells.drop_place[np.concatenate(lines)]).tolist())
    ranked = []
    is_near = (left_over.day >= group.first_day - NEAR_DAYS) & (left_over.day <= group.last_day + NEAR_DAYS)

    @cache  # few of very many batches have stops of their own
    def farthest_km(network: int, own: tuple[int, ...], stops: Stops) -> float:
        return _farthest_km(problem.km[network], np.array(own), stops)

    for line in np.flatnonzero(is_near).tolist():
        batch = left_over.ids[line]
        draft = left_over.drafts[batch]
        network = int(problem.network_of_day[draft.day])
        board_km = farthest_km(network, pickups, draft.leg.pickups)
        alight_km = farthest_km(network, drops, draft.leg.dropoffs)
        is_other = bool(left_over.goes_to[line] != own_city)
        if not (is_other and alight_km > 2 * problem.limits.max_dropoff_km):
            ranked.append((is_other, board_km + alight_km, batch))
    return [batch for _, _, batch in sorted(ranked)]


def _farthest_km(km: Floats, own: Ints, stops: Stops) -> float:
    """Return how far the farthest of some places is from the nearest stop."""
    return float(km[np.ix_(own, np.array(stops))].min(axis=1).max())


def _is_allowed(relaxed: tuple[Breach, ...]) -> bool:
    """Return whether a change may relax these rules: one, or two cities on one vehicle and what that needs."""
    rules = [breach.rule for breach in relaxed]
    if SEATS in rules:
        return False
    return len(rules) <= 1 or (
        len(rules) == 2 and COMBINE_CITIES in rules and any(rule in WITH_COMBINED for rule in rules)
    )


def _joined(left_over: LeftOver, batch: str, groups: Load) -> Iterator[Change]:
    """Yield the groups on the batch: as it is, or with a larger vehicle where only seats are wanting."""
    problem, draft = left_over.problem, left_over.drafts[batch]
    seats = draft.leg.num_seats(problem) + _num_seats(left_over, groups)
    holds = (problem.pools.usable >= seats) & left_over.is_free[:, draft.day]
    if seats > problem.pools.usable[draft.leg.pool] and not holds.any():
        return
    joined = with_groups(problem, draft, groups)
    if not left_over.may_call(batch, joined):
        return
    before_yuan = draft.cost_yuan(problem)
    more_yuan = joined.cost_yuan(problem) - before_yuan
    found = left_over.breaches(joined, batch)
    if _is_allowed(relaxed := (*found, *_unpaid(left_over, more_yuan))):
        yield Change((Ride(batch, joined, groups),), more_yuan, relaxed)
    elif [breach.rule for breach in found] == [SEATS] and batch not in left_over.published:
        for pool in np.flatnonzero(holds & pools_for(problem, groups[0][0])).tolist():
            swapped = joined.in_pool(pool)
            more_yuan = swapped.cost_yuan(problem) - before_yuan
            if not left_over.breaches(swapped, batch) and not _unpaid(left_over, more_yuan):
                yield Change((Ride(batch, swapped, groups),), more_yuan, (), larger=True)


def _num_seats(left_over: LeftOver, groups: Load) -> int:
    return sum(num * int(left_over.problem.cells.num_seats[cell]) for cell, num in groups)


def _unpaid(left_over: LeftOver, more_yuan: float) -> tuple[Breach, ...]:
    """Return the budget, if it does not pay for so much more."""
    if more_yuan <= left_over.budget_left_yuan:
        return ()
    return (Breach(BUDGET, left_over.ledger.yuan + more_yuan, left_over.problem.limits.budget_yuan),)


def _shared_out(left_over: LeftOver, batches: list[str], group: WaitingGroup) -> Iterator[Change]:
    """Yield the group on several batches, for each rule that its members would have to relax to join one."""
    single = {
        (batch, cell): change
        for cell, _ in group.load
        for batch in batches
        for change in _joined(left_over, batch, ((cell, 1),))
        if not change.larger
    }
    for rules in sorted({change.rules for change in single.values()}):
        offers = sorted(
            (change.more_yuan, batch, cell)
            for (batch, cell), change in single.items()
            if change.rules in ((), rules)
        )
        if change := _taken_in_turn(left_over, offers, group, rules):
            yield change


def _taken_in_turn(
    left_over: LeftOver, offers: list[tuple[float, str, int]], group: WaitingGroup, rules: tuple[str, ...]
) -> Change | None:
    """Return the group on batches of which the cheapest are asked first; None where somebody finds no seat."""
    problem = left_over.problem
    waiting = dict(group.load)
    drafts: dict[str, Draft] = {}
    taken: dict[str, dict[int, int]] = {}
    worst: dict[str, Breach] = {}
    for _, batch, cell in offers:
        while waiting[cell]:
            draft = drafts.get(batch, left_over.drafts[batch])
            joined = with_groups(problem, draft, ((cell, 1),))
            found = left_over.breaches(joined, batch)
            if any(breach.rule.name not in rules for breach in found) or not left_over.may_call(
                batch, joined
            ):
                break
            for breach in found:
                worst[breach.rule.name] = max(
                    breach, worst.get(breach.rule.name, breach), key=lambda one: one.figure
                )
            drafts[batch] = joined
            waiting[cell] -= 1
            own = taken.setdefault(batch, {})
            own[cell] = own.get(cell, 0) + 1
    if any(waiting.values()) or len(drafts) < 2:
        return None
    more_yuan = sum(
        draft.cost_yuan(problem) - left_over.drafts[batch].cost_yuan(problem)
        for batch, draft in drafts.items()
    )
    relaxed = (*worst.values(), *_unpaid(left_over, more_yuan))
    if not _is_allowed(relaxed):
        return None
    rides = (Ride(batch, draft, tuple(taken[batch].items())) for batch, draft in sorted(drafts.items()))
    return Change(tuple(rides), more_yuan, relaxed)


def _vehicles_alone(left_over: LeftOver, group: WaitingGroup) -> Iterator[Change]:
    """Yield a vehicle for the group alone on each of its days, hired in addition where none is free."""
    problem = left_over.problem
    seats = _num_seats(left_over, group.load)
    is_large = (problem.pools.usable >= seats) & left_over.is_direct
    holds: Ints = np.flatnonzero(is_large & pools_for(problem, group.load[0][0]))
    on_network: dict[int, Draft] = {}  # the stops are those of the roads, whatever the vehicle
    for day in range(group.first_day, group.last_day + 1):
        for pool in holds.tolist():
            network = int(problem.network_of_day[day])
            if network not in on_network:
                on_network[network] = carrying(problem, group.load, pool, day)
            draft = on_network[network].on_day(day).in_pool(pool)
            more_yuan = draft.cost_yuan(problem)
            relaxed = (*left_over.breaches(draft), *_unpaid(left_over, more_yuan))
            if not left_over.is_free[pool, day]:
                relaxed = (*relaxed, Breach(FLEET, 1, 0))
            yield Change((Ride(None, draft, group.load),), more_yuan, relaxed)


def saving_yuan(left_over: LeftOver, batch: str, cell: int) -> tuple[float, int]:
    """Return what the batch costs less without one group of the cell, and how many would still ride."""
    problem, draft = left_over.problem, left_over.drafts[batch]
    without = with_groups(problem, draft, ((cell, -1),))
    return draft.cost_yuan(problem) - without.cost_yuan(problem), without.num_persons(problem)
