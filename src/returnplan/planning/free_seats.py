"""Seats that are left on a plan's batches go to people who are on none, where that costs nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from returnplan.planning.drafts import Draft, groups_planned
from returnplan.planning.usage import Usage
from returnplan.problem.model import Problem


def with_seats_taken(problem: Problem, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the drafts with riders added whom their stops, days and seats suit; higher classes first."""
    cells, usage, taken = problem.cells, Usage(problem, drafts), list(drafts)
    calls = _calls(drafts)
    left = cells.num_groups - groups_planned(problem, drafts)
    waiting = np.flatnonzero(left)
    for cell in waiting[np.lexsort((cells.latest[waiting], -cells.weight[waiting]))].tolist():
        for i in calls[int(cells.pickup[cell])]:
            draft = taken[i]
            if left[cell] > 0 and _passes(problem, draft, cell):
                taken[i] = usage.exchange(draft, _joined(problem, draft, cell, int(left[cell])))
                left[cell] -= dict(taken[i].load).get(cell, 0) - dict(draft.load).get(cell, 0)
    return tuple(taken)


def _calls(drafts: Sequence[Draft]) -> defaultdict[int, list[int]]:
    """Return the numbers of the drafts that call at each pick-up."""
    calls: defaultdict[int, list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        for pickup in draft.pickups:
            calls[pickup].append(i)
    return calls


def _passes(problem: Problem, draft: Draft, cell: int) -> bool:
    """Return whether the batch, which calls at the pick-up, suits the cell in drop-offs, day, county and base."""
    cells, base = problem.cells, problem.pools.base[draft.pool]
    drops = cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]].tolist()
    fellow = draft.load[0][0]
    return bool(
        cells.earliest[cell] <= draft.day <= cells.latest[cell]
        and set(drops) <= set(draft.dropoffs)
        and cells.city_group[cell] == cells.city_group[fellow]
        and (problem.limits.mix_counties or cells.county[cell] == cells.county[fellow])
        and base in (-1, cells.prefecture[cell])
    )


def _joined(problem: Problem, draft: Draft, cell: int, num_groups: int) -> Iterator[Draft]:
    """Yield the draft with as many of the groups as it has seats for, then with fewer and fewer."""
    seats = problem.cells.num_seats
    free = problem.pools.usable[draft.pool] - sum(num * seats[other] for other, num in draft.load)
    for num in range(min(num_groups, int(free // seats[cell])), 0, -1):
        load = dict(draft.load)
        load[cell] = load.get(cell, 0) + num
        yield replace(draft, load=tuple(sorted(load.items())))
