"""The planner's entry: the whole algorithm on one screen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from returnplan.model.plan import PlanSoFar
from returnplan.planning.apart import MarketJob, plan_elsewhere
from returnplan.planning.demand import is_divisible, is_indivisible, is_thin
from returnplan.planning.effort import Effort
from returnplan.planning.finish import in_cheaper_vehicles, level_peaks, with_few_shared_stops, within_budget
from returnplan.planning.full_vehicles import full_vehicles
from returnplan.planning.goals import best_plan
from returnplan.planning.markets import servable, share_scarce_vehicles, split_markets, unite
from returnplan.planning.replanning import Saving, saving
from returnplan.planning.search import Plans, Watch, Work, solve_market
from returnplan.planning.taking_turns import take_turns
from returnplan.planning.watching import (
    POLL_S,
    Clock,
    Progress,
    nobody_waits,
    quick_bound_yuan,
    standing_by_cell,
    time_slots,
)
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Ints, Problem
from returnplan.problem.parts import part_of

SCOUTED, SEARCHED = 0.05, 0.75
"""Shares of the way after the first look and after the search; what is left is for markets that have to be joined."""
MANY_BEHIND = 0.001
"""Of all groups: where more cells have people who stay behind, vehicles are scarce and full ones may begin badly."""
PLANNED_FIRST = 0.5
"""Share of the way after which those are planned whom full vehicles leave behind."""

MOST_GROUPS_A_CELL = 10
"""That count in the effort: more people who are alike make a larger plan, but hardly a harder problem."""

GROUPS_A_SEARCH = 5
"""Groups of the last plan that count as one that is to be placed anew: some batches have to be mended."""


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
    where = _Where(processes, Clock(time_limit_s, should_stop), cluster)
    full = full_vehicles(problem)
    if not full:
        return _from_nothing(problem, effort, where, _Stretch(progress, 0.0, 1.0))
    drafts = _from_full_vehicles(problem, full, effort, where, progress)
    behind = _behind(problem, drafts)
    if len(behind) and where.clock.share() < 1.0:  # their markets get the whole effort
        drafts = improved(problem, drafts, behind, effort, where.clock)
        behind = _behind(problem, drafts)
    if len(behind) <= MANY_BEHIND * problem.cells.num_groups.sum() or where.clock.share() >= 1.0:
        return drafts, None
    other, _ = _from_nothing(problem, effort, where, _Stretch(nobody_waits, 0.0, 1.0))
    return tuple(best_plan(problem, [list(drafts), list(other)])), None


def _behind(problem: Problem, drafts: Iterable[Draft]) -> Ints:
    """Return the cells of which a vehicle could take somebody who stays behind."""
    stays = groups_planned(problem, drafts) < problem.cells.num_groups
    return np.flatnonzero(stays & servable(problem))


class _Where(NamedTuple):
    """On how many cores a search runs, until when, and on which cluster."""

    processes: int
    clock: Clock
    cluster: Executor | None


def _from_nothing(
    problem: Problem, effort: Effort, where: _Where, whole: "_Stretch"
) -> tuple[tuple[Draft, ...], Saving | None]:
    """Return the plan of a search that has the last plan to start from, or none."""
    markets = split_markets(problem)
    search = partial(_solve_all, problem, markets, where=where)
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
    problem: Problem, full: Sequence[Draft], effort: Effort, where: _Where, progress: Progress
) -> tuple[Draft, ...]:
    """Return the plan in which those whom full vehicles leave behind are planned first, then everybody is improved."""
    left = problem.cells.num_groups - groups_planned(problem, full)
    cell = np.flatnonzero(left)
    bound_yuan = quick_bound_yuan(problem, [full])
    others: Sequence[Draft] = ()
    if len(cell):
        rest = part_of(Ledger(problem, full).left(), cell, left[cell])
        half = where._replace(clock=where.clock.half())
        aboard, spent = _people_and_yuan(problem, full)
        stretch = _Stretch(progress, 0.0, PLANNED_FIRST, bound_yuan, aboard, spent)
        others = [
            draft.carrying(tuple((int(cell[own]), num) for own, num in draft.load))
            for draft in _from_nothing(rest, effort, half, stretch)[0]
        ]
    alone = split_markets(problem)
    markets = share_scarce_vehicles(problem, alone)
    number = np.full(len(problem.cells), -1)
    for i, part in enumerate(markets):
        number[part] = i
    start: list[list[Draft]] = [[] for _ in markets]
    for draft in (*full, *others):
        start[number[draft.load[0][0]]].append(draft)
    stretch = _Stretch(progress, PLANNED_FIRST, 1.0, bound_yuan)
    plans, _ = _solve_all(
        problem, alone, markets, effort.from_full_vehicles(), start, {}, start, where=where, progress=stretch
    )
    drafts = _finished(problem, chain(*plans))
    stretch(1.0, *_people_and_yuan(problem, drafts))
    return drafts


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
    sizes = [_size(problem, market) for market in markets]
    persons = int((problem.cells.num_groups * problem.cells.num_seats)[cells].sum())

    def improve(left: Problem, market: int, start: Sequence[Draft]) -> list[Draft]:
        part = markets[market]
        own_effort = _effort_for(problem, part, effort)
        work = own_effort.work(sizes[market], sum(sizes), persons)
        return solve_market(left, own_effort, work, part, watch, start=start)

    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(take_turns, left, markets, own, improve, watch)
        while wait([found], POLL_S).not_done:
            watch.time_over = clock.share()
    return _finished(problem, (*others, *found.result()))


def _finished(problem: Problem, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the plan within its budget, in cheap vehicles, with few shared stops, on calm days, in order."""
    afforded = within_budget(problem, sorted(drafts, key=_order))
    parted = with_few_shared_stops(problem, in_cheaper_vehicles(problem, afforded))
    return tuple(sorted(level_peaks(problem, parted), key=_order))


def _still_alone(markets: Sequence[Ints], united: Sequence[Ints], found: Iterable[Plans]) -> dict[int, Plans]:
    """Return what was found for markets that were joined with no other, by their number among the ``united``.

    Another search of them would find the same.
    """
    plans_of = {
        (int(part[0]), len(part)): plans for part, plans in zip(markets, found, strict=True)
    }  # of two parts with the same first cell, one holds the other
    keys = ((i, (int(part[0]), len(part))) for i, part in enumerate(united))
    return {i: plans_of[key] for i, key in keys if key in plans_of}


class _Stretch(NamedTuple):
    """A part of the way from 0 to 1 that one of several searches goes."""

    progress: Progress
    begin: float
    end: float
    bound_yuan: float = 0.0
    others_people: float = 0.0
    others_yuan: float = 0.0

    def __call__(self, share: float, people: float, yuan: float) -> None:
        """Tell how far the search is, and how the plan stands together with that of others."""
        plan = PlanSoFar(round(self.others_people + people), self.others_yuan + yuan, self.bound_yuan)
        self.progress(self.begin + (self.end - self.begin) * share, plan)

    def part(self, begin: float, end: float) -> "_Stretch":
        """Return the part from one share of this one to another."""
        length = self.end - self.begin
        return self._replace(begin=self.begin + begin * length, end=self.begin + end * length)


def _size(problem: Problem, part: Ints) -> int:
    """Return how many groups count in the effort."""
    return int(np.minimum(problem.cells.num_groups[part], MOST_GROUPS_A_CELL).sum())


def _effort_for(problem: Problem, part: Ints, effort: Effort) -> Effort:
    if is_thin(problem, part):
        return effort.where_thin()
    if is_indivisible(problem, part):
        return effort.where_indivisible()
    return effort.where_divisible() if is_divisible(problem, part) else effort


def _order(draft: Draft) -> tuple[object, ...]:
    leg = draft.leg
    return leg.day, leg.load, leg.pool, leg.pickups, leg.dropoffs


def _standing(watches: Mapping[tuple[int, int], Watch], work: Sequence[Work]) -> tuple[float, float, float]:
    """Return the share of the work done, and people and yuan of all markets, each by its best search."""
    best: dict[int, tuple[float, float]] = {}
    for (market, _), watch in watches.items():
        best[market] = min((-watch.people, watch.yuan), best.get(market, (0.0, 0.0)))
    units = {job: 1 + sum(work[job[0]]) for job in watches}
    done = sum(units[job] * min(1.0, watch.work_over) for job, watch in watches.items())
    people, yuan = np.sum(list(best.values()), axis=0) if best else (0.0, 0.0)
    return done / max(1, sum(units.values())), -float(people), float(yuan)


def _solve_all(
    problem: Problem,
    alone: Sequence[Ints],
    markets: Sequence[Ints],
    effort: Effort,
    before: Sequence[Sequence[Draft]],
    known: Mapping[int, Plans],
    start: Sequence[Sequence[Draft]] = (),
    *,
    where: _Where,
    progress: _Stretch,
) -> tuple[list[list[Draft]], list[list[Draft]]]:
    """Return the plan of each market, of several searches the best, and one afresh; largest markets start first.

    How the plans ``before`` stand is told until a market's own search has a plan. ``markets`` are made of those that
    share nothing but vehicles, ``alone``. Those whose plans are ``known``, by number, are not searched. Where there is
    a plan of each to ``start`` from, it is improved.
    """
    processes, clock, cluster = where
    standing = standing_by_cell(problem, before)
    owner = np.full(len(problem.cells), len(markets))
    for i, part in enumerate(markets):
        owner[part] = i
    joined: list[list[Ints]] = [[] for _ in markets]
    for market in alone:
        joined[owner[market[0]]].append(market)
    sizes = [_size(problem, part) for part in markets]
    seeds = [
        range(0 if i in known else effort.replicas if 2 * size > sum(sizes) else 1)
        for i, size in enumerate(sizes)
    ]
    jobs = sorted(
        ((i, seed) for i in range(len(markets)) for seed in seeds[i]), key=lambda job: -sizes[job[0]]
    )
    efforts = [_effort_for(problem, part, effort) for part in markets]
    seats = problem.cells.num_groups * problem.cells.num_seats
    people = sum(int(seats[part].sum()) for part in markets)
    work = [
        _work(problem, effort, part, sum(sizes), people)
        for effort, part in zip(efforts, markets, strict=True)
    ]
    slots = dict(
        zip(jobs, time_slots([sum(work[i]) for i, _ in jobs], processes, clock.share()), strict=True)
    )
    watches = {job: Watch() for job in (*jobs, *((i, 0) for i in known))}
    for (i, _), watch in watches.items():
        watch.people, watch.yuan = standing[:, markets[i]].sum(axis=1).tolist()
        watch.work_over = float(i in known)
    running: dict[tuple[int, int], Future[Plans]] = {}
    with nullcontext(cluster) if cluster else ThreadPoolExecutor(processes) as workers:
        for i, seed in jobs:
            watch, slot = watches[i, seed], slots[i, seed]
            watch.time_over = clock.share_of(slot)
            job = MarketJob.of(problem, joined[i], efforts[i], work[i], seed, start[i] if start else ())
            running[i, seed] = (
                workers.submit(plan_elsewhere, job, clock.seconds_of(slot))
                if cluster
                else workers.submit(job.plan, watch)
            )
        while wait(running.values(), POLL_S).not_done:
            progress(*_standing(watches, work))
            for key, slot in slots.items():
                watches[key].time_over = clock.share_of(slot)
                if cluster and running[key].done():
                    watches[key].work_over = 1.0
    progress(1.0, *_standing(watches, work)[1:])
    found = [
        [known[i]] if i in known else [running[i, seed].result() for seed in seeds[i]]
        for i in range(len(markets))
    ]
    best, afresh = (
        [best_plan(problem, [getattr(plans, way) for plans in of_market]) for of_market in found]
        for way in Plans._fields
    )
    return best, afresh


def _work(problem: Problem, effort: Effort, part: Ints, num_all: int, num_people: int) -> Work:
    """Return the work for a market of a problem in which ``num_all`` groups count, who are so many people."""
    repair = 0
    is_new = problem.cells.previous[part] < 0
    if not is_new.all():  # people of the last plan have their places, or nearly all
        repair = _size(problem, part[is_new]) + _size(problem, part[~is_new]) // GROUPS_A_SEARCH
    return Work(
        effort.work(_size(problem, part), num_all, num_people), effort.work(repair, num_all, num_people)
    )
