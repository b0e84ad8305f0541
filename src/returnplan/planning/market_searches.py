"""Many markets searched side by side: how much work and time each gets, and how far all of them are together."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from functools import partial
from typing import NamedTuple

import numpy as np

from returnplan.model.plan import PlanSoFar
from returnplan.planning.apart import MarketJob, plan_elsewhere
from returnplan.planning.demand import has_long_routes, is_divisible, is_indivisible, is_thin
from returnplan.planning.effort import Effort
from returnplan.planning.goals import best_plan
from returnplan.planning.markets import market_of_cell
from returnplan.planning.search import Plans, Watch, Work
from returnplan.planning.watching import POLL_S, Clock, Progress, standing_by_cell, time_slots
from returnplan.problem.draft import Draft
from returnplan.problem.model import Ints, Problem

MOST_GROUPS_A_CELL = 10
"""That count in the effort: more people who are alike make a larger plan, but hardly a harder problem."""

GROUPS_A_SEARCH = 5
"""Groups of the last plan that count as one that is to be placed anew: some batches have to be mended."""


class Where(NamedTuple):
    """On how many cores a search runs, until when, and on which cluster."""

    processes: int
    clock: Clock
    cluster: Executor | None


class Stretch(NamedTuple):
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

    def part(self, begin: float, end: float) -> "Stretch":
        """Return the part from one share of this one to another."""
        length = self.end - self.begin
        return self._replace(begin=self.begin + begin * length, end=self.begin + end * length)


def search_markets(
    problem: Problem,
    alone: Sequence[Ints],
    markets: Sequence[Ints],
    effort: Effort,
    before: Sequence[Sequence[Draft]],
    known: Mapping[int, Plans],
    start: Sequence[Sequence[Draft]] = (),
    *,
    where: Where,
    progress: Stretch,
) -> tuple[list[list[Draft]], list[list[Draft]]]:
    """Return the plan of each market, of several searches the best, and one afresh; largest markets start first.

    How the plans ``before`` stand is told until a market's own search has a plan. ``markets`` are made of those that
    share nothing but vehicles, ``alone``. Those whose plans are ``known``, by number, are not searched. Where there is
    a plan of each to ``start`` from, it is improved.
    """
    processes, clock, cluster = where
    standing = standing_by_cell(problem, before)
    owner = market_of_cell(problem, markets)
    joined: list[list[Ints]] = [[] for _ in markets]
    for market in alone:
        joined[owner[market[0]]].append(market)
    sizes = [counted_groups(problem, part) for part in markets]
    seeds = [
        range(0 if i in known else effort.replicas if 2 * size > sum(sizes) else 1)
        for i, size in enumerate(sizes)
    ]
    jobs = sorted(
        ((i, seed) for i in range(len(markets)) for seed in seeds[i]), key=lambda job: -sizes[job[0]]
    )
    efforts = [effort_for(problem, part, effort) for part in markets]
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
            job = partial(
                MarketJob.of, problem, joined[i], efforts[i], work[i], seed, start[i] if start else ()
            )
            running[i, seed] = (
                workers.submit(plan_elsewhere, job(), clock.seconds_of(slot))
                if cluster
                else workers.submit(_cut_out_and_planned, job, watch)
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
        repair = (
            counted_groups(problem, part[is_new]) + counted_groups(problem, part[~is_new]) // GROUPS_A_SEARCH
        )
    return Work(
        effort.work(counted_groups(problem, part), num_all, num_people),
        effort.work(repair, num_all, num_people),
    )


def effort_for(problem: Problem, part: Ints, effort: Effort) -> Effort:
    """Return the effort that suits the demand of a market, its cells ``part``."""
    if is_thin(problem, part):
        return effort.where_thin()
    if is_indivisible(problem, part):
        return effort.where_indivisible(has_long_routes(problem, part))
    return effort.where_divisible(has_long_routes(problem, part)) if is_divisible(problem, part) else effort


def counted_groups(problem: Problem, part: Ints) -> int:
    """Return how many groups count in the effort."""
    return int(np.minimum(problem.cells.num_groups[part], MOST_GROUPS_A_CELL).sum())


def _cut_out_and_planned(job: Callable[[], MarketJob], watch: Watch) -> Plans:
    """Return the plans of a market that is cut out of the problem once a thread is free for it."""
    return job().plan(watch)


def _standing(watches: Mapping[tuple[int, int], Watch], work: Sequence[Work]) -> tuple[float, float, float]:
    """Return the share of the work done, and people and yuan of all markets, each by its best search."""
    best: dict[int, tuple[float, float]] = {}
    for (market, _), watch in watches.items():
        best[market] = min((-watch.people, watch.yuan), best.get(market, (0.0, 0.0)))
    units = {job: 1 + sum(work[job[0]]) for job in watches}
    done = sum(units[job] * min(1.0, watch.work_over) for job, watch in watches.items())
    people, yuan = np.sum(list(best.values()), axis=0) if best else (0.0, 0.0)
    return done / max(1, sum(units.values())), -float(people), float(yuan)
