"""The planner's entry: the whole algorithm on one screen."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np

from returnplan.planning.demand import is_thin
from returnplan.planning.effort import THIN_WORK, Effort
from returnplan.planning.finish import (
    at_told_hours,
    in_cheaper_vehicles,
    level_peaks,
    with_few_shared_stops,
    within_budget,
)
from returnplan.planning.full_vehicles import full_vehicles
from returnplan.planning.goals import best_plan
from returnplan.planning.market_searches import Stretch, Where, counted_groups, effort_for, search_markets
from returnplan.planning.markets import servable, share_scarce_vehicles, split_markets, unite
from returnplan.planning.near_left import by_market, cut_out, near_batches, who_could_ride
from returnplan.planning.replanning import Saving, saving
from returnplan.planning.search import Plans, Watch, solve_market
from returnplan.planning.taking_turns import take_turns
from returnplan.planning.watching import (
    POLL_S,
    Clock,
    Progress,
    nobody_waits,
    quick_bound_yuan,
    standing_by_cell,
)
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Bools, Ints, Problem
from returnplan.problem.parts import part_of

SCOUTED, SEARCHED = 0.05, 0.75
"""Shares of the way after the first look and after the search; what is left is for markets that have to be joined."""
MANY_BEHIND = 0.001
"""Of all groups: where more cells have people who stay behind, vehicles are scarce and full ones may begin badly."""
MOST_WHOLE = 100_000
"""Groups that count, of the markets of those who stay behind: so many are all searched once more."""
MOST_ANEW = 1_000_000
"""Groups that count: a larger problem is not planned a second time, from nothing, as that would take hours."""
PLANNED_FIRST = 0.5
"""Share of the way after which those are planned whom full vehicles leave behind."""


def solve(problem: Problem, effort: Effort | None = None, **options: Any) -> tuple[Draft, ...]:
    """Plan the problem; the options are those of :func:`solve_both_ways`."""
    return solve_both_ways(problem, effort, **options)[0]


def solve_both_ways(
    problem: Problem,
    effort: Effort | None = None,
    *,
    processes: int = 1,
    progress: Progress = nobody_waits,
    time_limit_s: float | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    cluster: Executor | None = None,
) -> tuple[tuple[Draft, ...], Saving | None]:
    """Plan the problem: markets alone where they can be, together where they want the same scarce vehicles.

    Besides the plan return what one would save that owes nothing to the last plan, where that was looked for.

    The plan depends on the problem and the effort alone, unless ``time_limit_s`` or ``should_stop`` cut the
    search short: then it is the best found so far.

    Parameters
    ----------
    processes : cores to use (threads: the compiled loops run outside the interpreter's lock)
    progress : told several times a second how far the search is and how many people have a place
    time_limit_s : the annealing cools down within this time, if the effort allows as much
    should_stop : asked several times a second
    cluster : runs the search of each market, perhaps on other machines (None: threads do); ``processes`` are its
        cores then, and nobody can be asked to stop there
    """
    effort = effort or Effort()
    where = Where(processes, Clock(time_limit_s, should_stop), cluster)
    full = full_vehicles(problem)
    if not full:
        if all(is_thin(problem, market) for market in split_markets(problem)):
            effort = replace(effort, thin_work=THIN_WORK)
        return _from_nothing(problem, effort, where, Stretch(progress, 0.0, 1.0))
    effort = effort.beside_full_vehicles()
    found = _from_full_vehicles(problem, full, effort, where, progress)
    behind = who_could_ride(problem, np.flatnonzero(is_behind(problem, found)))
    theirs = [market for market in split_markets(problem) if np.isin(behind, market).any()]
    if where.clock.share() >= 1.0:
        theirs = []
    is_large = sum(counted_groups(problem, market) for market in theirs) > MOST_WHOLE
    if is_large:  # what is near those behind gets the whole effort, else their markets do
        found = _with_whom_is_left(problem, theirs, found, behind, effort, where)
    drafts = _finished(problem, found)
    if theirs and not is_large:
        drafts = improved(problem, drafts, behind, effort, where.clock)
    if theirs:
        behind = who_could_ride(problem, np.flatnonzero(is_behind(problem, drafts)))
    is_few = len(behind) <= MANY_BEHIND * problem.cells.num_groups.sum()
    is_huge = counted_groups(problem, np.arange(len(problem.cells))) > MOST_ANEW
    if is_few or is_huge or where.clock.share() >= 1.0:
        return drafts, None
    other, _ = _from_nothing(problem, effort, where, Stretch(nobody_waits, 0.0, 1.0))
    return tuple(best_plan(problem, [list(drafts), list(other)])), None


def is_behind(problem: Problem, drafts: Iterable[Draft]) -> Bools:
    """Return (C,) of which cells somebody stays behind whom a vehicle could take."""
    return (groups_planned(problem, drafts) < problem.cells.num_groups) & servable(problem)


def _from_nothing(
    problem: Problem, effort: Effort, where: Where, whole: "Stretch"
) -> tuple[tuple[Draft, ...], Saving | None]:
    """Return the plan of a search that has the last plan to start from, or none."""
    markets = split_markets(problem)
    search = partial(search_markets, problem, markets, where=where)
    scouting = replace(effort, base_work=0, work_per_group=0, replicas=1)  # every vehicle is filled once
    plans, _ = search(markets, scouting, (), {}, progress=whole.part(0.0, SCOUTED))
    stretch = whole.part(SCOUTED, SEARCHED)._replace(bound_yuan=quick_bound_yuan(problem, plans))
    markets = unite(problem, markets, plans)  # a quick first plan shows which vehicles are scarce
    plans, afresh = search(markets, effort, plans, {}, progress=stretch)
    while len(united := unite(problem, markets, plans)) < len(markets):
        half_of_rest = (stretch.end + whole.end) / 2
        found = _still_alone(markets, united, map(Plans, plans, afresh))
        markets, stretch = united, stretch._replace(begin=stretch.end, end=half_of_rest)
        plans, afresh = search(markets, effort, plans, found, progress=stretch)
    drafts = _finished(problem, chain(*plans))
    whole._replace(bound_yuan=stretch.bound_yuan)(1.0, *_people_and_yuan(problem, drafts))
    return drafts, saving(problem, plans, afresh)


def _from_full_vehicles(
    problem: Problem, full: Sequence[Draft], effort: Effort, where: Where, progress: Progress
) -> list[Draft]:
    """Return a plan in which those whom full vehicles leave behind are planned first, then everybody is improved."""
    left = problem.cells.num_groups - groups_planned(problem, full)
    cell = np.flatnonzero(left)
    bound_yuan = quick_bound_yuan(problem, [full])
    aboard, spent = _people_and_yuan(problem, full)
    others: Sequence[Draft] = ()
    if len(cell):
        rest = part_of(Ledger(problem, full).left(), cell, left[cell])
        half = where._replace(clock=where.clock.half())
        stretch = Stretch(progress, 0.0, PLANNED_FIRST, bound_yuan, aboard, spent)
        number = cell.tolist()
        others = [draft.renumbered(number) for draft in _from_nothing(rest, effort, half, stretch)[0]]
    alone = split_markets(problem)
    markets = share_scarce_vehicles(problem, alone)
    start = by_market(problem, markets, (*full, *others))
    gap = (spent + _people_and_yuan(problem, others)[1]) / quick_bound_yuan(problem, [full, others]) - 1
    stretch = Stretch(progress, PLANNED_FIRST, 1.0, bound_yuan)
    effort = effort.from_full_vehicles(gap)
    plans, _ = search_markets(
        problem, alone, markets, effort, start, {}, start, where=where, progress=stretch
    )
    found = list(chain(*plans))
    stretch(1.0, *_people_and_yuan(problem, found))
    return found


def _with_whom_is_left(
    problem: Problem,
    markets: Sequence[Ints],
    drafts: Sequence[Draft],
    behind: Ints,
    effort: Effort,
    where: Where,
) -> list[Draft]:
    """Return a plan after a search of what is near some who stay behind, in their markets."""
    own, others = near_batches(problem, markets, drafts, behind)
    part, start, cell = cut_out(problem, own, others, behind)
    alone = split_markets(part)
    together = share_scarce_vehicles(part, alone)
    begun = by_market(part, together, start)
    effort = replace(effort, work_per_group=0)  # however many are behind, it takes no longer
    plans, _ = search_markets(
        part, alone, together, effort, begun, {}, begun, where=where, progress=Stretch(nobody_waits, 0.0, 1.0)
    )
    number = cell.tolist()
    return [*others, *(draft.renumbered(number) for draft in chain(*plans))]


def _people_and_yuan(problem: Problem, drafts: Iterable[Draft]) -> tuple[float, float]:
    people, yuan = standing_by_cell(problem, [list(drafts)]).sum(axis=1).tolist()
    return people, yuan


def improved(
    problem: Problem,
    drafts: Sequence[Draft],
    touched: Ints,
    effort: Effort,
    clock: Clock,
) -> tuple[Draft, ...]:
    """Return a plan after a search, which starts from it, of the markets that hold some cells; it gets no worse.

    Large neighbourhood search: Shaw 1998.

    Parameters
    ----------
    drafts : of all people; each keeps the rules of the problem
    touched : cells
    """
    markets = [market for market in split_markets(problem) if np.isin(touched, market).any()]
    if not markets:
        return tuple(drafts)
    cells = np.concatenate(markets)
    is_own = np.isin([draft.load[0][0] for draft in drafts], cells).tolist()
    own = [draft for draft, own in zip(drafts, is_own, strict=True) if own]
    others = [draft for draft, own in zip(drafts, is_own, strict=True) if not own]
    left, watch = Ledger(problem, others).left(), Watch()
    sizes = [counted_groups(problem, market) for market in markets]
    persons = int((problem.cells.num_groups * problem.cells.num_seats)[cells].sum())

    def improve(left: Problem, market: int, start: Sequence[Draft]) -> list[Draft]:
        part = markets[market]
        own_effort = effort_for(problem, part, effort)
        work = own_effort.work(sizes[market], sum(sizes), persons)
        return solve_market(left, own_effort, work, part, watch, start=start)

    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(take_turns, left, markets, own, improve, watch)
        while wait([found], POLL_S).not_done:
            watch.time_over = clock.share()
    return _finished(problem, (*others, *found.result()))


def _finished(problem: Problem, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the plan within its budget, in cheap vehicles, with few shared stops, on calm days and hours told."""
    afforded = within_budget(problem, sorted(drafts, key=_order))
    parted = with_few_shared_stops(problem, in_cheaper_vehicles(problem, afforded))
    return tuple(sorted(at_told_hours(problem, level_peaks(problem, parted)), key=_order))


def _still_alone(markets: Sequence[Ints], united: Sequence[Ints], found: Iterable[Plans]) -> dict[int, Plans]:
    """Return what was found for markets that were joined with no other, by their number among the ``united``.

    Another search of them would find the same.
    """
    plans_of = {
        (int(part[0]), len(part)): plans for part, plans in zip(markets, found, strict=True)
    }  # of two parts with the same first cell, one holds the other
    keys = ((i, (int(part[0]), len(part))) for i, part in enumerate(united))
    return {i: plans_of[key] for i, key in keys if key in plans_of}


def _order(draft: Draft) -> tuple[object, ...]:
    leg = draft.leg
    return leg.day, leg.load, leg.pool, leg.pickups, leg.dropoffs
