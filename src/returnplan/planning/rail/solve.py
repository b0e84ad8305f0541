"""Trains against coaches: the whole algorithm on one screen.

A plan starts from coaches. A mixed-integer program chooses trains for it: who takes them, and which of the coaches are
given up, by estimated costs of feeders and shuttles. These are planned, their real costs replace the estimates, and
each train is tried the other way round (``tries.py``). Whole coaches are given up, so what a try saves is known without
another search. Then the coaches of the markets that lost some are improved, and of those with people who stay behind:
any of them may use the vehicles that became free.

Where whole coaches do not fill the trains, these are chosen rider by rider, too (``shared_coaches.py``); what that
saves is known only once the coaches of those who stay are improved.

The starts: everybody by coach; with few people also those apart who could take a train, as where coaches are mixed none
could be given up whole. After a last plan it is the start, as far as today's rules allow it (``last_plan.py``), and
everybody by coach only where people are few. From the best plan everybody, or in a large one who stays behind, is
planned by coach beside the coaches that are left, for another choice of trains. The plans are compared by the goals,
with moves priced, and a seat more is worth some calls only (``whole.py``). At last people leave trains for coaches of
who waits, where these lack their least load (``leaving_trains.py``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from returnplan.planning.effort import Effort
from returnplan.planning.markets import split_markets
from returnplan.planning.rail.journeys import (
    NotRun,
    RailPlan,
    journeys_of,
    vehicles_taken,
    without_passengers,
)
from returnplan.planning.rail.last_plan import last_plan
from returnplan.planning.rail.leaving_trains import with_coaches_for
from returnplan.planning.rail.previous import after_no_train
from returnplan.planning.rail.shared_coaches import beside_others
from returnplan.planning.rail.transfers import Portions
from returnplan.planning.rail.tries import best_choice, running, seats_for_whole_coaches, trains_not_run
from returnplan.planning.rail.ways import Ways, find_ways, rail_of
from returnplan.planning.rail.whole import Whole, best_of, groups_left, so_far, whole_of
from returnplan.planning.replanning import Saving
from returnplan.planning.solve import improved, is_behind, solve_both_ways
from returnplan.planning.watching import Clock, nobody_waits
from returnplan.problem.draft import Draft
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import NO_PREVIOUS, Bools, Ints, Problem
from returnplan.problem.parts import part_of

MOST_PASSES = 3
"""How often coaches that trains made free are filled again, before trains are chosen once more."""
TRANSFER_WORK, LAST_TRANSFER_WORK = 30, 300
"""Units of work for each group of a search for feeders and shuttles: of a try, and of the plan that was chosen."""
COACHES = 0.7
"""Share of the time that planning everybody by coach may take."""
IMPROVING, SEATING = 0.6, 0.1
"""Work of improving the coaches that are left, and of seating who waits there, against that of planning them."""
HALF_FULL, FULL = 0.5, 0.95
"""Shares of the seats of all trains: where whole coaches fill fewer, a large plan gives up none whole for trains; where
they fill as many as the second, trains are not chosen rider by rider."""
MOST_GROUPS = 1_500
"""Up to which further plans by coach are made: there they take some seconds."""
MANY_WAIT = 0.01
"""Of all groups: where fewer wait, another round finds hardly a seat more."""
MOST_ROUNDS = 2
"""How often in a large plan riders are chosen beside coaches that people of trains may fill up."""


def solve_with_trains(
    problem: Problem, effort: Effort | None = None, **options: Any
) -> tuple[tuple[Draft, ...], Saving | None, RailPlan]:
    """Plan a problem with trains.

    Parameters
    ----------
    options : those of :func:`returnplan.planning.solve.solve_both_ways`

    Returns
    -------
    the direct coaches, in the numbers of the part that :func:`without_passengers` returns; what a plan afresh
    would save; who takes trains
    """
    effort = effort or Effort()
    limit_s, progress = options.get("time_limit_s"), options.get("progress", nobody_waits)
    clock = Clock(limit_s, options.get("should_stop", lambda: False))
    trains = _Trains(problem, find_ways(problem), effort, clock)
    of_coaches = {
        "progress": lambda share, plan: progress(COACHES * share, plan),
        "time_limit_s": limit_s and COACHES * limit_s,
        "should_stop": trains.is_over,
    }
    saving = None
    found: list[Whole] = []
    if last := last_plan(problem, trains.ways, _with_work(effort, TRANSFER_WORK)):
        joined = trains.improved(last)
        found += [last, joined]
        found += [trains.chosen(joined)] if trains.is_small else trains.rider_by_rider(joined)
    if not last or (trains.is_small and not trains.is_over()):
        of_all = trains.by_coach if trains.is_small else replace(problem, rail=None)
        coaches, saving = solve_both_ways(of_all, effort, **(options | of_coaches))
        start = trains.without_trains(_anew(problem, coaches))
        filled = 1.0 if last else trains.share_for_whole_coaches(start)
        beside = [trains.beside_others(start)] if filled < FULL else []
        if trains.is_small or filled >= HALF_FULL or not any(whole.rail.legs for whole in beside):
            found.append(trains.chosen(start))
        found += beside
    if not last and trains.is_small and not trains.is_over():
        of_apart = of_coaches | {"progress": nobody_waits, "time_limit_s": None}
        coaches, _ = solve_both_ways(trains.takers_apart(), effort, **(options | of_apart))
        found.append(trains.chosen(trains.without_trains(coaches)))
    best = best_of(problem, found)
    for _ in range(MOST_PASSES if trains.is_small else 0):
        if trains.is_over():
            break
        better = best_of(problem, [best, trains.chosen(trains.filled(best))])
        if better is best:
            break
        best = better
    best = trains.with_coaches_for_who_waits(best)
    cell = without_passengers(problem, best.rail)[1]
    left = _renumbered(best.coaches, np.searchsorted(cell, np.arange(len(problem.cells))))
    progress(1.0, so_far(problem, best))
    return left, None if best.rail.legs else saving, replace(best.rail, not_run=trains.not_run(best, found))


@dataclass(frozen=True)
class _Trains:
    """What is done with a plan of coaches and trains.

    ``ways`` are all in which people may take a train.
    """

    problem: Problem
    ways: Ways
    effort: Effort
    clock: Clock

    @property
    def is_small(self) -> bool:
        """Return whether there is time for several plans by coach."""
        return int(self.problem.cells.num_groups.sum()) <= MOST_GROUPS

    @property
    def by_coach(self) -> Problem:
        """The problem without trains; in no coach of it anybody is as before who took a train."""
        return replace(after_no_train(self.problem), rail=None)

    def is_over(self) -> bool:
        """Return whether the time is."""
        return self.clock.share() >= 1.0

    def not_run(self, best: Whole, found: Sequence[Whole]) -> tuple[NotRun, ...]:
        """Return what is known of trains that do not run in the best plan, from it or from one with the same trains."""
        alike = (whole for whole in (best, *found) if running(whole.rail) == running(best.rail))
        told = (whole.rail.not_run for whole in alike if whole.rail.not_run)
        return next(told, trains_not_run(self.problem, self.ways, best, found))

    def without_trains(self, coaches: Iterable[Draft]) -> Whole:
        """Return the plan of some coaches alone."""
        nobody = np.zeros(0, np.int64)
        ways = self.ways.take(nobody)
        taken = vehicles_taken(self.problem, ())
        rail = journeys_of(self.problem, Portions.on(ways, nobody), self.effort, taken)[0]
        return whole_of(self.problem, rail, ways, tuple(coaches))

    def takers_apart(self) -> Problem:
        """Return the problem without trains in which whoever could take one shares no coach with others."""
        cells = self.problem.cells
        could = np.isin(np.arange(len(cells)), self.ways.cell)
        group = np.where(cells.city_group >= 0, 2 * cells.city_group + could, cells.city_group)
        return replace(self.by_coach, cells=replace(self.by_coach.cells, city_group=group))

    def filled(self, whole: Whole) -> Whole:
        """Return a plan by coach that begins with the coaches of another; in a large one for who waits there.

        People who take a train may fill up a coach; in a large plan only those of the county and city of somebody who
        waits: where all might, more people moved, and fewer or as many had a seat. Who is on no coach waits.
        """
        cells = self.problem.cells
        waits = (self._left(whole) > 0) | self.is_small
        pair = np.unique(np.stack([cells.county, cells.goal]), axis=1, return_inverse=True)[1].reshape(-1)
        by_train = whole.rail.groups_of_cells(len(cells))
        may_ride = cells.num_groups - np.where(np.isin(pair, pair[waits]), 0, by_train)
        cell = np.flatnonzero(may_ride)
        part = part_of(self.by_coach, cell, may_ride[cell])
        left = _renumbered(whole.coaches, np.searchsorted(cell, np.arange(len(cells))))
        coaches = improved(
            part, left, np.flatnonzero(waits[cell]), _with_share(self.effort, IMPROVING), self.clock
        )
        return self.without_trains(_renumbered(coaches, cell))

    def chosen(self, start: Whole) -> Whole:
        """Return the best plan with trains beside the coaches of another, improved."""
        effort = _with_work(self.effort, TRANSFER_WORK)
        best = best_choice(self.problem, self.ways, start, effort, self.is_over)
        if not best.rail.legs:
            return best
        best = self._with_better_transfers(best)
        return self.improved(best, _lost_coaches(self.problem, best.rail))

    def share_for_whole_coaches(self, start: Whole) -> float:
        """Return the share of the seats of all trains that riders of whole coaches, and who waits, would take."""
        most: dict[object, int] = {}
        for train in rail_of(self.problem).services:
            most[train.name, train.day] = max(train.capacity, most.get((train.name, train.day), 0))
        return seats_for_whole_coaches(self.problem, self.ways, start) / max(1, sum(most.values()))

    def beside_others(self, start: Whole) -> Whole:
        """Return a plan with trains for some riders of the coaches of another, improved."""
        found = beside_others(
            self.problem, self.ways, start, _with_work(self.effort, TRANSFER_WORK), self.is_over
        )
        if not found.rail.legs:
            return start
        found = self._with_better_transfers(found)
        return self.improved(found, _lost_coaches(self.problem, found.rail))

    def rider_by_rider(self, start: Whole) -> Iterator[Whole]:
        """Yield plans beside coaches of a plan that people of trains may fill up first; then of a better one, again."""
        best = start
        for _ in range(MOST_ROUNDS):
            if self.is_over():
                return
            found = self.beside_others(self.filled(best))
            yield found
            better = best_of(self.problem, [best, found])
            if better is best or not self._do_many_wait(better):
                return
            best = better

    def with_coaches_for_who_waits(self, whole: Whole) -> Whole:
        """Return a plan in which people leave trains for coaches of those who wait; the last class comes last."""
        effort = _with_share(self.effort, SEATING)
        persons = persons_by_class(self.problem.cells.weight, self.problem.cells.num_persons)
        for classes in (persons[:-1], persons):
            waits = (self._left(whole) > 0) & (classes > 0).any(axis=0)
            if waits.any() and not self.is_over():
                whole = with_coaches_for(self.problem, whole, waits, effort, self.clock)
        return whole

    def _do_many_wait(self, whole: Whole) -> bool:
        """Return whether many groups have no seat whom a vehicle could take."""
        return bool(self._left(whole).sum() > MANY_WAIT * self.problem.cells.num_groups.sum())

    def _left(self, whole: Whole) -> Ints:
        """Return (C,) how many groups have no seat whom a vehicle could take."""
        return groups_left(self.problem, whole.rail, whole.coaches)

    def improved(self, whole: Whole, is_touched: Bools | bool = False) -> Whole:
        """Return a plan after a search, among who takes no train, of the markets of some cells (C,) or of who waits."""
        part, cell = without_passengers(self.problem, whole.rail)
        part = after_no_train(part)
        left = _renumbered(whole.coaches, np.searchsorted(cell, np.arange(len(self.problem.cells))))
        is_near = np.broadcast_to(is_touched, len(self.problem.cells))[cell]
        touched = np.flatnonzero(is_near | is_behind(part, left))
        coaches = _renumbered(
            improved(part, left, touched, _with_share(self.effort, IMPROVING), self.clock), cell
        )
        return best_of(self.problem, [whole, whole_of(self.problem, whole.rail, whole.ways, coaches)])

    def _with_better_transfers(self, whole: Whole) -> Whole:
        """Return a plan after a longer search for feeders and shuttles."""
        num = whole.rail.num
        portions = Portions(whole.ways, num, np.arange(len(num)))
        taken = vehicles_taken(self.problem, whole.coaches)
        effort = _with_work(self.effort, LAST_TRANSFER_WORK)
        rail, portions, _ = journeys_of(self.problem, portions, effort, taken)
        rail = replace(rail, not_run=whole.rail.not_run)
        return best_of(self.problem, [whole, whole_of(self.problem, rail, portions.ways, whole.coaches)])


def _with_work(effort: Effort, work_per_group: int) -> Effort:
    """Return the effort of a search for feeders and shuttles."""
    return replace(effort, base_work=0, work_per_group=work_per_group, replicas=1)


def _with_share(effort: Effort, share: float) -> Effort:
    """Return the effort of a search that begins with a plan: a share of the work of one from nothing."""
    return replace(
        effort,
        base_work=int(share * effort.base_work),
        work_per_group=int(share * effort.work_per_group),
    )


def _anew(problem: Problem, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the coaches, of which none continues a journey by train."""
    by_train = {nth for nth, journey in enumerate(problem.previous_journeys) if journey.is_by_train}
    return tuple(
        replace(draft, previous=NO_PREVIOUS) if draft.previous in by_train else draft for draft in drafts
    )


def _renumbered(drafts: Iterable[Draft], number: Ints) -> tuple[Draft, ...]:
    """Return the drafts with other numbers of cells."""
    return tuple(draft.renumbered(number.tolist()) for draft in drafts)


def _lost_coaches(problem: Problem, plan: RailPlan) -> Bools:
    """Return (C,) which cells are in a market of people who take a train."""
    is_touched = np.zeros(len(problem.cells), dtype=np.bool_)
    for market in split_markets(problem):
        is_touched[market] = np.isin(market, plan.cell).any()
    return is_touched
