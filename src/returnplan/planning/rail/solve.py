"""Trains against coaches: the whole algorithm on one screen.

A first look at coaches alone says what each person costs there. A mixed-integer program chooses who takes which train
by estimated costs of feeders and shuttles; these are planned, and their real costs replace the estimates. Then each
train is tried the other way round, on or off, and what is better stays. Every plan that is compared is a whole plan,
of direct coaches for those who take no train, too.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from returnplan.planning.effort import Effort
from returnplan.planning.rail.choice import CoachEstimate, choose
from returnplan.planning.rail.journeys import CENT, NotRun, RailPlan, journeys_of, without_passengers
from returnplan.planning.rail.transfers import Known, Portions
from returnplan.planning.rail.ways import FAR, Ways, find_ways, rail_of, seat_yuan
from returnplan.planning.replanning import Saving
from returnplan.planning.solve import solve, solve_both_ways
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.model import Floats, Problem

FEW_GROUPS = 1_500
"""So small a problem is planned with its whole effort at every comparison."""
NUM_REPRICED, MOST_TURNS = 2, 2
"""How often real costs replace the estimates, and how often all trains are tried the other way round."""
CLEARLY = 1.1
"""Where the problem is large, real costs replace the estimates once, and trains that save a tenth more than they cost
are not tried the other way round."""
UNKNOWN_YUAN = 1e4
"""Of a coach for people of whom no coach was planned: no price of one is known."""

Worth = tuple[float, float, float]


@dataclass(frozen=True)
class _Whole:
    """A whole plan: who takes trains, the direct coaches of the others, and what it is worth (less is better)."""

    rail: RailPlan
    drafts: tuple[Draft, ...]
    worth: Worth


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
    num_groups = int(problem.cells.num_groups.sum())
    probe = effort if num_groups <= FEW_GROUPS else replace(effort, base_work=0, work_per_group=0, replicas=1)
    stop: Callable[[], bool] = options.get("should_stop", lambda: False)
    best = _best(problem, probe, stop)
    part, _ = without_passengers(problem, best.rail)
    drafts, saving = solve_both_ways(part, effort, **options)
    if probe is effort or not best.rail.legs or not _leaves_people(part, drafts) or stop():
        return drafts, saving, best.rail
    # The tries were compared by quick plans, which leave more people behind: trains may have taken people from coaches
    # that do not run without them.
    alone = _no_trains(problem, probe)
    others, _ = without_passengers(problem, alone)
    by_coach, its_saving = solve_both_ways(others, effort, **options)
    coaches = _Whole(alone, by_coach, _worth(problem, alone, by_coach))
    if coaches.worth < _worth(problem, best.rail, drafts):
        return by_coach, its_saving, _with_not_run(problem, coaches, ()).rail
    return drafts, saving, best.rail


def _leaves_people(problem: Problem, drafts: Sequence[Draft]) -> bool:
    return bool((groups_planned(problem, drafts) < problem.cells.num_groups).any())


def _no_trains(problem: Problem, effort: Effort) -> RailPlan:
    """Return the plan in which nobody takes a train."""
    nobody = np.zeros(0, np.int64)
    return journeys_of(problem, Portions(find_ways(problem).take(nobody), nobody), effort)[0]


def _best(problem: Problem, probe: Effort, should_stop: Callable[[], bool]) -> _Whole:
    best = coaches = _whole_of(problem, _no_trains(problem, probe), probe)
    estimate = _estimate(problem, coaches.drafts)
    tries: list[_Whole] = []
    ways = _worth_a_look(problem, find_ways(problem), estimate)
    if not len(ways):
        return _with_not_run(problem, best, tries)
    tried: set[tuple[int, ...]] = set()
    known: Known = {}

    def attempt(ways: Ways, size: Mapping[int, int]) -> tuple[_Whole, Portions] | None:
        num = choose(problem, ways, estimate, size)
        if num is None or tuple(num.tolist()) in tried:
            return None
        tried.add(tuple(num.tolist()))
        plan, portions = journeys_of(problem, Portions(ways, num).carrying(num), probe, known)
        tries.append(_whole_of(problem, plan, probe))
        return tries[-1], portions

    is_large = int(problem.cells.num_groups.sum()) > FEW_GROUPS
    for _ in range(2 if is_large else 1 + NUM_REPRICED):
        found = None if should_stop() else attempt(ways, {})
        if found is None:
            break
        best = min(best, found[0], key=lambda whole: whole.worth)
        ways = _repriced(problem, ways, *found)
    for _ in range(1 if is_large else MOST_TURNS):
        before = best
        worth = _clearly_worth(problem, best.rail, estimate) if is_large else set()
        for service in sorted({*np.unique(ways.service).tolist()} - worth):
            for size in _other_sizes(problem, best.rail, ways, service):
                found = None if should_stop() else attempt(ways, size)
                if found is not None:
                    best = min(best, found[0], key=lambda whole: whole.worth)
        if best is before:
            break
    return _with_not_run(problem, best, tries)


def _with_not_run(problem: Problem, best: _Whole, tries: Sequence[_Whole]) -> _Whole:
    """Return the plan with what each train that does not run would have cost more, and who could have taken it."""
    all_ways, running = find_ways(problem), _running(best.rail)
    persons = problem.cells.num_persons * problem.cells.num_groups
    not_run = []
    for service in range(len(rail_of(problem).services)):
        if service not in running:
            cells = np.unique(all_ways.cell[all_ways.service == service])
            yuan = [
                whole.worth[-1] - best.worth[-1]
                for whole in tries
                if service in _running(whole.rail) and whole.worth[:-1] <= best.worth[:-1]
            ]
            not_run.append(NotRun(service, cells, int(persons[cells].sum()), min(yuan, default=None)))
    return replace(best, rail=replace(best.rail, not_run=tuple(not_run)))


def _running(plan: RailPlan) -> set[int]:
    return {leg.service for leg in plan.legs if leg.kind == "train"}


def _clearly_worth(problem: Problem, plan: RailPlan, coach: CoachEstimate) -> set[int]:
    """Return the trains that cost far less than the coaches they save, and the other products of these trains."""
    services = rail_of(problem).services
    yuan: defaultdict[int, float] = defaultdict(float)
    saved: defaultdict[int, float] = defaultdict(float)
    for leg in plan.legs:
        yuan[leg.service] += leg.cost_yuan(plan.problem)
        if leg.kind == "train":
            saved[leg.service] += sum(num * float(coach.yuan[plan.cell[line]]) for line, num in leg.load)
    worth = {
        (services[line].name, services[line].day) for line in saved if saved[line] > CLEARLY * yuan[line]
    }
    return {line for line, service in enumerate(services) if (service.name, service.day) in worth}


def _other_sizes(problem: Problem, plan: RailPlan, ways: Ways, service: int) -> list[dict[int, int]]:
    """Return the sizes of all trains if one ran that does not, did not run, or had other carriages.

    Where it runs, the other products of the same train do not.
    """
    services = rail_of(problem).services
    own = services[service]
    size = dict.fromkeys(np.unique(ways.service).tolist(), 0)
    for leg in plan.legs:
        if leg.kind == "train":
            train = services[leg.service]
            taken = leg.num_seats(plan.problem)
            size[leg.service] = -(-taken // train.carriage_seats) if train.carriage_yuan else 1
    rivals = [s for s in size if s != service and (services[s].name, services[s].day) == (own.name, own.day)]
    wanted = {1 - size[service]}
    if own.carriage_yuan:
        cells = np.unique(ways.cell[ways.service == service])
        seats = int((problem.cells.num_seats * problem.cells.num_groups)[cells].sum())
        for_all = -(-min(seats, own.capacity) // own.carriage_seats)
        wanted = {0, size[service] - 1, size[service] + 1, for_all}
    without = size | dict.fromkeys(rivals, 0)
    return [(without if other else size) | {service: other} for other in sorted(wanted) if other >= 0]


def _whole_of(problem: Problem, plan: RailPlan, effort: Effort) -> _Whole:
    drafts = solve(without_passengers(problem, plan)[0], effort)
    return _Whole(plan, drafts, _worth(problem, plan, drafts))


def _worth(problem: Problem, plan: RailPlan, drafts: Sequence[Draft]) -> Worth:
    """Return what a whole plan is worth: people by class, late days where they are strict, money."""
    part, _ = without_passengers(problem, plan)
    num = groups_planned(part, drafts)
    weight = float((part.cells.weight * num).sum() + (plan.problem.cells.weight * plan.num).sum())
    late_days = plan.late_days + sum(draft.late_days(part) for draft in drafts)
    yuan = plan.cost_yuan + sum(draft.cost_yuan(part) for draft in drafts)
    a_day = problem.limits.late_day_yuan
    if plan.cost_yuan > problem.limits.budget_yuan + CENT:  # known once its feeders and shuttles are
        weight = 0.0
    return (-weight, late_days if a_day is None else 0.0, round(yuan + (a_day or 0.0) * late_days, 4))


def _estimate(problem: Problem, drafts: tuple[Draft, ...]) -> CoachEstimate:
    """Return what direct coaches do for each cell; a seat has its share of the vehicle."""
    late = problem.limits.late_day_yuan or 0.0
    num, yuan = np.zeros(len(problem.cells)), np.zeros(len(problem.cells))
    for draft in drafts:
        a_seat = draft.cost_yuan(problem) / draft.leg.num_seats(problem)
        for cell, groups in draft.load:
            num[cell] += groups
            own = a_seat * problem.cells.num_seats[cell] + late * problem.cells.late_days[cell, draft.day]
            yuan[cell] += groups * own
    return CoachEstimate(num.astype(np.int64), np.where(num > 0, yuan / np.maximum(1, num), UNKNOWN_YUAN))


def _worth_a_look(problem: Problem, ways: Ways, coach: CoachEstimate) -> Ways:
    """Return the ways that are not far dearer than the coach, or take people whom no coach takes."""
    seat = np.array([seat_yuan(problem, s) for s in range(len(rail_of(problem).services))])[ways.service]
    least = seat * problem.cells.num_seats[ways.cell] + ways.transfer_yuan()
    is_left = coach.num[ways.cell] < problem.cells.num_groups[ways.cell]
    return ways.take(is_left | (least <= FAR * coach.yuan[ways.cell]))


def _repriced(problem: Problem, ways: Ways, whole: _Whole, portions: Portions) -> Ways:
    """Return the ways with the real costs of feeders and shuttles where the plan has some.

    Ways from the same station that the plan does not use have their estimate raised by the average of those it uses.
    """
    yuan = {side: np.zeros(len(portions)) for side in ("feeder", "shuttle")}
    for leg in whole.rail.legs:
        if leg.kind in yuan:
            a_seat = leg.cost_yuan(whole.rail.problem) / leg.num_seats(whole.rail.problem)
            for line, num in leg.load:
                yuan[leg.kind][line] += a_seat * num * whole.rail.problem.cells.num_seats[line]
    new: list[Floats] = []
    for side in ("feeder", "shuttle"):
        old = getattr(ways, f"{side}_yuan")
        known = {
            (int(c), int(s), int(b)): value / num
            for c, s, b, value, num in zip(
                portions.ways.cell,
                portions.ways.service,
                portions.ways.board,
                yuan[side],
                portions.num,
                strict=True,
            )
        }
        least = getattr(portions.ways, f"{side}_yuan") * portions.num
        ratio = float(yuan[side].sum() / least.sum()) if least.sum() > 0 else 1.0
        keys = zip(ways.cell.tolist(), ways.service.tolist(), ways.board.tolist(), strict=True)
        new.append(np.array([known.get(key, ratio * value) for key, value in zip(keys, old, strict=True)]))
    return ways.priced(*new)
