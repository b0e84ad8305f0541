"""Two batches of one day, city and vehicle type that call at the same two pick-ups: one of the calls goes.

The riders of one stop change places with as many of the other, until one batch calls at one of them no more. Where
roads keep the triangle inequality that costs nothing and saves a stop: some best plan has no such pair (Dror and
Trudeau 1989, "Savings by split delivery routing"). It may not be where windows, parties, limits, drop-offs or people
who have been told stand against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations

from returnplan.planning.drafts import Draft, cost_yuan, leg_km, num_persons
from returnplan.planning.usage import Usage
from returnplan.problem.model import NOT_TOLD, Problem

ROUNDING = 1e-6


Load = dict[int, int]
"""Groups of each cell."""


def with_few_shared_stops(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, in the order given, of which no pair shares two pick-ups without need."""
    parted, usage = list(drafts), Usage(problem, drafts)
    waiting = list(pairs_that_share(problem, parted))
    while waiting:
        one, other = waiting.pop()
        for pair in _exchanges(problem, parted[one], parted[other]):
            if _is_allowed(usage, (parted[one], parted[other]), pair):
                parted[one], parted[other] = pair
                waiting.append((one, other))
                break
    return parted


def pairs_that_share(problem: Problem, drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of two drafts of one day, city group and pool that share two pick-ups or more."""
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        alike[draft.day, draft.pool, int(problem.cells.city_group[draft.load[0][0]])].append(i)
    for numbers in alike.values():
        for one, other in combinations(numbers, 2):
            if len(set(drafts[one].pickups) & set(drafts[other].pickups)) > 1:
                yield one, other


def _exchanges(problem: Problem, a: Draft, b: Draft) -> Iterator[tuple[Draft, Draft]]:
    """Yield both drafts with an exchange of riders after which one of them has a pick-up less."""
    shared = sorted(set(a.pickups) & set(b.pickups))
    for left, filled in permutations(shared, 2):
        for one, other in ((a, b), (b, a)):
            pair = _without_stop(problem, one, other, left, filled)
            if pair:
                yield pair if one is a else pair[::-1]


def _without_stop(
    problem: Problem, one: Draft, other: Draft, left: int, filled: int
) -> tuple[Draft, Draft] | None:
    """Return both drafts when all of ``one`` who board at ``left`` change places with some at ``filled``."""
    going = _riders_from(problem, one, left)
    if not all(_suits(problem, cell, other) for cell in going):
        return None
    staying = _riders_from(problem, other, filled)
    may_come = {cell: num for cell, num in staying.items() if _suits(problem, cell, one)}
    usable, seats = int(problem.pools.usable[one.pool]), _seats(problem, going)
    least = seats - (usable - _seats(problem, dict(other.load)))
    most = seats + (usable - _seats(problem, dict(one.load)))
    coming = _some_with_seats(problem, may_come, least, most)
    if coming is None:
        return None
    pair = _moved(problem, one, going, coming), _moved(problem, other, coming, going)
    before, after = ([cost_yuan(problem, draft) for draft in drafts] for drafts in ((one, other), pair))
    return pair if sum(after) <= sum(before) + ROUNDING and all(_may_run(problem, d) for d in pair) else None


def _riders_from(problem: Problem, draft: Draft, pickup: int) -> Load:
    return {cell: num for cell, num in draft.load if problem.cells.pickup[cell] == pickup}


def _seats(problem: Problem, load: Load) -> int:
    return sum(num * int(problem.cells.num_seats[cell]) for cell, num in load.items())


def _suits(problem: Problem, cell: int, draft: Draft) -> bool:
    """Return whether people of the cell, who have been told of no batch, may change to the draft."""
    cells = problem.cells
    drops = cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]].tolist()
    return bool(
        cells.told[cell] == NOT_TOLD
        and cells.earliest[cell] <= draft.day <= cells.latest[cell]
        and set(drops) <= set(draft.dropoffs)
        and problem.pools.base[draft.pool] in (-1, cells.prefecture[cell])
        and (problem.limits.mix_counties or cells.county[cell] == cells.county[draft.load[0][0]])
    )


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
    alighting = {
        int(place)
        for cell in left
        for place in cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]]
    }
    return replace(
        draft,
        load=tuple(sorted(left.items())),
        pickups=tuple(place for place in draft.pickups if place in boarding),
        dropoffs=tuple(place for place in draft.dropoffs if place in alighting),
    )


def _may_run(problem: Problem, draft: Draft) -> bool:
    limits, persons = problem.limits, num_persons(problem, draft)
    return bool(
        problem.pools.min_load[draft.pool] <= persons
        and cost_yuan(problem, draft) <= limits.max_yuan_per_head * persons
        and leg_km(problem, draft, draft.pickups) <= limits.max_pickup_km + ROUNDING
        and leg_km(problem, draft, draft.dropoffs) <= limits.max_dropoff_km + ROUNDING
    )


def _is_allowed(usage: Usage, before: Iterable[Draft], after: Sequence[Draft]) -> bool:
    """Return whether the day caps allow the new pair, which is then counted in place of the old one."""
    before = tuple(before)
    for draft in before:
        usage.count(draft, -1)
    for draft in after:
        usage.count(draft)
    if usage.suffices(after[0].pool):
        return True
    for draft in after:
        usage.count(draft, -1)
    for draft in before:
        usage.count(draft)
    return False
