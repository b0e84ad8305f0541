"""Coaches for people who wait: people of trains make up the least load.

Trains take people of all classes, so that those who can take none may be too few for a coach. Where people come before
money, some leave their train for such a coach, as long as each ride that they leave keeps its least load.
"""

from collections import defaultdict
from dataclasses import replace

import numpy as np

from returnplan.planning.effort import Effort
from returnplan.planning.rail.journeys import RailPlan, who_may_leave, without_passengers, without_some
from returnplan.planning.rail.previous import after_no_train
from returnplan.planning.rail.whole import Whole, best_of, whole_of
from returnplan.planning.solve import improved
from returnplan.planning.watching import Clock
from returnplan.problem.draft import Draft
from returnplan.problem.model import Bools, Ints, Problem
from returnplan.problem.rules import breaches

HAS_A_SEAT = 1e-6
"""Of their weight: what it is worth that people ride a coach who have a seat on a train."""


def with_coaches_for(problem: Problem, whole: Whole, waits: Bools, effort: Effort, clock: Clock) -> Whole:
    """Return the plan, or a better one in which people of trains ride coaches with some who wait.

    Parameters
    ----------
    waits : (C,) the cells of which somebody waits
    effort : of the search of their markets
    """
    is_near = _is_near(problem, waits)[whole.rail.cell]
    may_leave, _ = who_may_leave(problem, whole.rail, np.where(is_near, whole.rail.num, 0))
    if not may_leave.any():
        return whole
    leaves = np.bincount(whole.rail.cell, may_leave, len(waits)).astype(np.int64)
    part, cell = without_passengers(problem, whole.rail, leaves)
    has_seat = np.arange(len(cell)) >= len(cell) - np.count_nonzero(leaves)
    weight = np.where(has_seat, HAS_A_SEAT, 1.0) * part.cells.weight
    part = after_no_train(replace(part, cells=replace(part.cells, weight=weight)))
    number = np.searchsorted(cell[~has_seat], np.arange(len(waits))).tolist()
    start = [draft.renumbered(number) for draft in whole.coaches]
    touched = np.flatnonzero(waits[cell] & ~has_seat)
    found = [
        some
        for draft in improved(part, start, touched, effort, clock)
        if (some := _with_few(part, draft, has_seat))
    ]
    gone = np.zeros(len(waits), dtype=np.int64)
    for draft in found:
        for line, num in draft.load:
            gone[cell[line]] += num if has_seat[line] else 0
    coaches = [draft.carrying(_of_whole(draft, cell)) for draft in found]
    left = without_some(problem, whole.rail, whole.ways, _of_portions(whole.rail, may_leave, gone))
    return whole if left is None else best_of(problem, [whole, whole_of(problem, *left, coaches)])


def _is_near(problem: Problem, waits: Bools) -> Bools:
    """Return (C,) which cells are of a prefecture and a city from and to which somebody waits."""
    cells = problem.cells
    pair = np.unique(np.stack([cells.prefecture, cells.city_group]), axis=1, return_inverse=True)[1].reshape(
        -1
    )
    return np.isin(pair, pair[waits])


def _with_few(part: Problem, draft: Draft, has_seat: Bools) -> Draft | None:
    """Return a coach with as few people of trains as its least load needs; None if nobody else rides.

    Where that breaks another rule, as it gets too dear for each, all ride.
    """
    load = {line: num for line, num in draft.load if not has_seat[line]}
    if len(load) in (0, len(draft.load)):
        return draft if load else None
    persons = part.cells.num_persons
    lacks = draft.leg.least_load(part) - sum(num * int(persons[line]) for line, num in load.items())
    for line, num in draft.load:
        if has_seat[line] and lacks > 0:
            load[line] = min(num, -(-lacks // int(persons[line])))
            lacks -= load[line] * int(persons[line])
    few = draft.with_some(part, tuple(sorted(load.items())))
    return draft if breaches(part, few) else few


def _of_whole(draft: Draft, cell: Ints) -> tuple[tuple[int, int], ...]:
    """Return the load of a draft of a part in the cells of the whole."""
    load: defaultdict[int, int] = defaultdict(int)
    for line, num in draft.load:
        load[int(cell[line])] += num
    return tuple(sorted(load.items()))


def _of_portions(plan: RailPlan, may_leave: Ints, gone: Ints) -> Ints:
    """Return (N,) how many groups of each portion leave, of ``gone`` (C,) of each cell."""
    left, of_portions = gone.tolist(), np.zeros_like(may_leave)
    for line, cell in enumerate(plan.cell.tolist()):
        of_portions[line] = min(left[cell], int(may_leave[line]))
        left[cell] -= int(of_portions[line])
    return of_portions
