"""Full vehicles from one neighbourhood to another: a start where nearly all people can ride in them.

Nobody rides for less than their seat in a full vehicle that drives the shortest way (``bounding/seats.py``). Where
stops lie so near each other that one of them more costs next to nothing, a vehicle between two neighbourhoods is
nearly that. So each such journey is planned alone, and its full vehicles are kept. A search of all journeys at once
rarely finds these plans: many full vehicles that call in a neighbourhood too many have to change together.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from returnplan.model.alike import alike
from returnplan.planning import _core
from returnplan.planning.taking_turns import take_turns
from returnplan.problem.draft import Draft
from returnplan.problem.model import Bools, Ints, Problem

NEARLY_ALL = 0.8
"""Of all seats wanted: where full vehicles carry fewer, a dive is as good a start."""
FULL = 0.97
"""Share of its seats from which on a vehicle is full."""
NEAR = 0.02
"""Two places are near if to call at both costs at most this share of the cheapest journey more than to call at one."""

LARGE_JOURNEY = 1_000
"""Seats: where more are wanted, full vehicles leave hardly any of them."""

Plan = Callable[[Problem, Ints], list[Draft]]
"""Plans some cells alone, in a problem that the others have left."""


def from_near_to_near(problem: Problem, part: Ints, plan: Plan, watch: _core.Watch) -> list[Draft]:
    """Return full vehicles between neighbourhoods for nearly all people of a market; none if they carry fewer.

    Parameters
    ----------
    part : the cells of the market
    plan : plans one journey; it is asked for the journey with most people first
    watch : told how the other journeys stand while one is planned
    """
    usable, seats = problem.pools.usable, problem.cells.num_groups * problem.cells.num_seats
    least = NEARLY_ALL * seats[part].sum()
    journeys = _journeys(problem, part)
    wanted = np.array([seats[journey].sum() for journey in journeys], dtype=np.int64)
    large = [i for i in np.argsort(-wanted, kind="stable") if wanted[i] >= usable.min()]
    most = _most_in_full(usable, wanted[large])
    hoped = int(most.sum())
    if len(large) < 2 or hoped < least:
        return []

    def in_full(drafts: Sequence[Draft]) -> list[Draft]:
        return [draft for draft in drafts if draft.leg.num_seats(problem) >= FULL * usable[draft.leg.pool]]

    def plan_next(left: Problem, nth: int, _: Sequence[Draft]) -> list[Draft]:
        nonlocal hoped
        if hoped < least:  # whatever the others carry
            return []
        drafts = plan(left, journeys[large[nth]])
        hoped += sum(draft.leg.num_seats(problem) for draft in in_full(drafts)) - int(most[nth])
        return drafts

    drafts = take_turns(problem, [journeys[i] for i in large], [], plan_next, watch)
    full = in_full(drafts)
    return full if sum(draft.leg.num_seats(problem) for draft in full) >= least else []


def _most_in_full(usable: Ints, wanted: Ints) -> Ints:
    """Return how many of the seats that each journey wants full vehicles can take at most."""
    aboard = {n for seats in np.unique(usable).tolist() for n in range(math.ceil(FULL * seats), seats + 1)}
    is_full = np.arange(min(LARGE_JOURNEY, int(wanted.max(initial=0))) + 1) == 0
    for seats in range(1, len(is_full)):
        is_full[seats] = any(is_full[seats - n] for n in aboard if n <= seats)
    most = np.maximum.accumulate(np.where(is_full, np.arange(len(is_full)), 0))
    return np.where(wanted < len(is_full), most[np.minimum(wanted, len(is_full) - 1)], wanted)


def _journeys(problem: Problem, part: Ints) -> list[Ints]:
    """Return the cells of each journey from neighbourhood to neighbourhood, without groups of several drop-offs."""
    cells, pools, limits = problem.cells, problem.pools, problem.limits
    part = part[cells.drop_start[part + 1] - cells.drop_start[part] == 1]
    if len(part) == 0:
        return []
    drop, per_km_yuan = cells.drop_place[cells.drop_start[part]], pools.per_km_yuan.min()
    km = problem.km.min(axis=0)
    journey_yuan = pools.fixed_yuan.min() + per_km_yuan * km[cells.pickup[part], drop].min()
    is_near = per_km_yuan * (km + km.T) / 2 + limits.stop_cost_yuan <= NEAR * journey_yuan
    seats = (cells.num_groups * cells.num_seats)[part]
    journey = alike(
        _neighbourhood(cells.pickup[part], seats, is_near), _neighbourhood(drop, seats, is_near),
        cells.prefecture[part], cells.goal[part], cells.city_group[part],
        np.zeros_like(part) if limits.mix_counties else cells.county[part],
    ).of_line  # fmt: skip
    return np.split(part[np.argsort(journey, kind="stable")], np.cumsum(np.bincount(journey))[:-1])


def _neighbourhood(place: Ints, seats: Ints, is_near: Bools) -> Ints:
    """Return for each line the neighbourhood of its place; those with most seats gather the others around them."""
    places, number = np.unique(place, return_inverse=True)
    middle = np.full(len(places), -1)
    for own in np.argsort(-np.bincount(number, seats), kind="stable").tolist():
        if middle[own] < 0:
            middle[is_near[places[own], places] & (middle < 0)] = own
            middle[own] = own
    return middle[number]
