"""The planner's entry: the whole algorithm on one screen."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial

import numpy as np

from returnplan.planning.budget import within_budget
from returnplan.planning.clock import Clock, time_slots
from returnplan.planning.contest import unite
from returnplan.planning.divisible import is_divisible
from returnplan.planning.drafts import Draft, best_plan
from returnplan.planning.effort import Effort
from returnplan.planning.markets import split_markets
from returnplan.planning.peaks import level_peaks
from returnplan.planning.search import Watch, solve_market
from returnplan.planning.shared_stops import with_few_shared_stops
from returnplan.planning.thinness import is_thin
from returnplan.planning.watching import Progress, nobody_waits, quick_bound_yuan, yuan_by_cell
from returnplan.problem.model import Ints, Problem

POLL_S = 0.1

MOST_GROUPS_A_CELL = 10
"""That count in the effort: more people who are alike make a larger plan, but hardly a harder problem."""

GROUPS_A_SEARCH = 5
"""Groups of the last plan that count as one that is to be placed anew: some batches have to be mended."""


def solve(
    problem: Problem,
    effort: Effort | None = None,
    *,
    processes: int = 1,
    progress: Progress = nobody_waits,
    time_limit_s: float | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Draft, ...]:
    """Plan the problem: markets alone where they can be, together where they want the same scarce vehicles.

    The plan depends on the problem and the effort alone, unless ``time_limit_s`` or ``should_stop`` cut the
    search short: then it is the best found so far.

    Parameters
    ----------
    processes : cores to use (threads: the compiled loops run outside the interpreter's lock)
    progress : told several times a second how far the search is
    time_limit_s : the annealing cools down within this time, if the effort allows as much
    should_stop : asked several times a second
    """
    effort = effort or Effort()
    clock = Clock(time_limit_s, should_stop)
    search = partial(_solve_all, problem, processes=processes, clock=clock)
    markets = split_markets(problem)
    plans = search(markets, effort.scouting(), (), progress=partial(progress, bound_yuan=0.0))
    progress = partial(progress, bound_yuan=quick_bound_yuan(problem, plans))
    markets = unite(problem, markets, plans)  # a quick first plan shows which vehicles are scarce
    plans = search(markets, effort, plans, progress=progress)
    while len(united := unite(problem, markets, plans)) < len(markets):
        markets, plans = united, search(united, effort, plans, progress=progress)
    afforded = within_budget(problem, sorted((draft for plan in plans for draft in plan), key=_order))
    parted = with_few_shared_stops(problem, afforded)
    return tuple(sorted(level_peaks(problem, parted), key=_order))


def _size(problem: Problem, part: Ints) -> int:
    """Return for how many groups a place is to be sought; people of the last plan have theirs, or nearly all."""
    num_groups = np.minimum(problem.cells.num_groups[part], MOST_GROUPS_A_CELL)
    is_new = problem.cells.told[part] < 0
    return int(num_groups[is_new].sum()) + int(num_groups[~is_new].sum()) // GROUPS_A_SEARCH


def _effort_for(problem: Problem, part: Ints, effort: Effort) -> Effort:
    if is_thin(problem, part):
        return effort.where_thin()
    return effort.where_divisible() if is_divisible(problem, part) else effort


def _order(draft: Draft) -> tuple[object, ...]:
    return draft.day, draft.load, draft.pool, draft.pickups, draft.dropoffs


def _standing(watches: Mapping[tuple[int, int], Watch], work: Sequence[int]) -> tuple[int, float]:
    """Return the work done, and the yuan of all markets, each by the search that has the cheapest plan."""
    yuan: dict[int, float] = {}
    for (market, _), watch in watches.items():
        yuan[market] = min(watch.yuan, yuan.get(market, float("inf")))
    done = sum(work[market] * watch.work_over for (market, _), watch in watches.items())
    return int(done), sum(yuan.values())


def _solve_all(
    problem: Problem,
    markets: Sequence[Ints],
    effort: Effort,
    before: Sequence[Sequence[Draft]],
    *,
    processes: int,
    progress: Callable[..., None],
    clock: Clock,
) -> list[list[Draft]]:
    """Return the plan of each market, of several searches the best; largest markets start first.

    What the plans ``before`` cost is told until a market's own search has a plan.
    """
    known_yuan = yuan_by_cell(problem, before)
    sizes = [_size(problem, part) for part in markets]
    seeds = [range(effort.replicas if 2 * size > sum(sizes) else 1) for size in sizes]
    jobs = sorted(
        ((i, seed) for i in range(len(markets)) for seed in seeds[i]), key=lambda job: -sizes[job[0]]
    )
    efforts = [_effort_for(problem, part, effort) for part in markets]
    work = [efforts[i].work(size, sum(sizes)) for i, size in enumerate(sizes)]
    slots = dict(zip(jobs, time_slots([work[i] for i, _ in jobs], processes, clock.share()), strict=True))
    watches = {job: Watch() for job in jobs}
    for job, watch in watches.items():
        watch.yuan, watch.time_over = float(known_yuan[markets[job[0]]].sum()), clock.share_of(slots[job])
    total = sum(work[i] for i, _ in jobs)
    running: dict[tuple[int, int], Future[list[Draft]]] = {}
    with ThreadPoolExecutor(processes) as threads:
        for i, seed in jobs:
            running[i, seed] = threads.submit(
                solve_market, problem, efforts[i], work[i], markets[i], watches[i, seed], seed
            )
        while wait(running.values(), POLL_S).not_done:
            done, yuan = _standing(watches, work)
            progress(done, total, cost_yuan=yuan)
            for job, watch in watches.items():
                watch.time_over = clock.share_of(slots[job])
    progress(total, total, cost_yuan=_standing(watches, work)[1])
    return [best_plan(problem, [running[i, seed].result() for seed in seeds[i]]) for i in range(len(markets))]
