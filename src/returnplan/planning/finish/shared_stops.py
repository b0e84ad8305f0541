"""Two batches of one day, city and vehicle type that call at the same two pick-ups: one of the calls goes.

The riders of one stop change places with as many of the other, until one batch calls at one of them no more. Where
roads keep the triangle inequality that costs nothing and saves a stop: some best plan has no such pair (Dror and
Trudeau 1989, "Savings by split delivery routing"). It may not be where windows, parties, limits, drop-offs or people
who have been told stand against it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np

from returnplan.problem.draft import Draft, Leg
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import NO_PREVIOUS, Problem
from returnplan.problem.rules import ROUNDING, breaches, may_ride

Load = dict[int, int]
"""Groups of each cell."""

SHARED = 2
"""So many pick-ups of two batches may be shared without need."""


def with_few_shared_stops(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, in the order given, of which no pair shares two pick-ups without need."""
    parted = list(drafts)
    waiting = list(pairs_that_share(problem, parted))
    if not waiting:
        return parted
    ledger = Ledger(problem, drafts)
    while waiting:
        one, other = waiting.pop()
        for pair in _exchanges(problem, parted[one], parted[other]):
            if _is_allowed(ledger, (parted[one], parted[other]), pair):
                parted[one], parted[other] = pair
                waiting.append((one, other))
                break
    return parted


def pairs_that_share(problem: Problem, drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of two drafts of one day, city group and pool that share two pick-ups or more."""
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        if len(draft.leg.pickups) < SHARED:  # most of a large plan are full vehicles from stop to stop
            continue
        alike[draft.day, draft.leg.pool, int(problem.cells.city_group[draft.load[0][0]])].append(i)
    for numbers in alike.values():
        for one, other in combinations(numbers, 2):
            if len(_shared(drafts[one], drafts[other])) >= SHARED:
                yield one, other


def _shared(one: Draft, other: Draft) -> set[int]:
    return set(one.leg.pickups) & set(other.leg.pickups)


def _exchanges(problem: Problem, a: Draft, b: Draft) -> Iterator[tuple[Draft, Draft]]:
    """Yield both drafts with an exchange of riders after which one of them has a pick-up less."""
    for left, filled in permutations(sorted(_shared(a, b)), 2):
        for one, other in ((a, b), (b, a)):
            pair = _without_stop(problem, one, other, left, filled)
            if pair:
                yield pair if one is a else pair[::-1]


def _without_stop(
    problem: Problem, one: Draft, other: Draft, left: int, filled: int
) -> tuple[Draft, Draft] | None:
    """Return both drafts when all of ``one`` who board at ``left`` change places with some at ``filled``."""
    going = _riders_from(problem, one, left)
    if set(going) - set(_suited(problem, going, other.leg)):
        return None
    may_come = _suited(problem, _riders_from(problem, other, filled), one.leg)
    usable, seats = int(problem.pools.usable[one.leg.pool]), _seats(problem, going)
    least = seats - (usable - other.leg.num_seats(problem))
    most = seats + (usable - one.leg.num_seats(problem))
    coming = _some_with_seats(problem, may_come, least, most)
    if coming is None:
        return None
    pair = _moved(problem, one, going, coming), _moved(problem, other, coming, going)
    before, after = (sum(draft.cost_yuan(problem) for draft in drafts) for drafts in ((one, other), pair))
    is_better = after <= before + ROUNDING and not any(breaches(problem, draft) for draft in pair)
    return pair if is_better else None


def _riders_from(problem: Problem, draft: Draft, pickup: int) -> Load:
    return {cell: num for cell, num in draft.load if problem.cells.pickup[cell] == pickup}


def _seats(problem: Problem, load: Load) -> int:
    return sum(num * int(problem.cells.num_seats[cell]) for cell, num in load.items())


def _suited(problem: Problem, riders: Load, leg: Leg) -> Load:
    """Return those of the riders, who have been told of no batch, who may change to the leg."""
    cells = np.array([cell for cell in riders if problem.cells.previous[cell] == NO_PREVIOUS], dtype=np.int64)
    return {int(cell): riders[int(cell)] for cell in cells[may_ride(problem, leg, cells)]}


def _some_with_seats(problem: Problem, riders: Load, least: int, most: int) -> Load | None:
    """Return some of the riders on at least so many seats and at most so many; as few as can be."""
    chosen: dict[int, Load] = {0: {}}
    for cell, num in riders.items():
        seats = int(problem.cells.num_seats[cell])
        for have, load in list(chosen.items()):
            for more in range(1, min(num, (most - have) // seats) + 1):
                chosen.setdefault(have + more * seats, {**load, cell: more})
    fitting = [seats for seats in chosen if least <= seats <= most]
    return chosen[min(fitting)] if fitting else None


def _moved(problem: Problem, draft: Draft, off: Load, on: Load) -> Draft:
    """Return the draft after a change of riders, without the stops that nobody uses any more."""
    load = dict(draft.load)
    for riders, times in ((off, -1), (on, 1)):
        for cell, num in riders.items():
            load[cell] = load.get(cell, 0) + times * num
    left, cells = {cell: num for cell, num in load.items() if num}, problem.cells
    boarding = {int(cells.pickup[cell]) for cell in left}
    alighting = {place for cell in left for place in cells.drops_of(cell)}
    leg = replace(
        draft.leg,
        load=tuple(sorted(left.items())),
        pickups=tuple(place for place in draft.leg.pickups if place in boarding),
        dropoffs=tuple(place for place in draft.leg.dropoffs if place in alighting),
    )
    return replace(draft, leg=leg)


def _is_allowed(ledger: Ledger, before: Sequence[Draft], after: Sequence[Draft]) -> bool:
    """Return whether the day caps allow the new pair, which is then counted in place of the old one."""
    for draft in before:
        ledger.release(draft)
    taken = []
    for draft in after:
        if ledger.fits(draft):
            ledger.take(draft)
            taken.append(draft)
    if len(taken) == len(after):
        return True
    for draft in taken:
        ledger.release(draft)
    for draft in before:
        ledger.take(draft)
    return False
