"""Trains against coaches: the whole algorithm on one screen.

All people are planned by coach first. A mixed-integer program then chooses trains: who takes them, and which of these
coaches are given up for it, by estimated costs of feeders and shuttles. These are planned, their real costs replace
the estimates, and each train is tried the other way round; whole coaches are given up, so what a try saves is known
without another search. With few people there is a second plan by coach, in which those who could take a train ride
apart, and in the end everybody is planned by coach beside the coaches that are left, for another choice of trains. The
coaches of the markets that lost some are improved, and of those with people who stay behind: any of them may use the
vehicles that became free. The plans are compared, so the one with trains is never worse than the one without.

After a last plan this one is one of them, as far as today's rules allow it, so nothing is taken that is worse. With few
people it is a start, too: newcomers join its coaches, and who is on none of these is offered the trains.

Cost by a quick estimate, then by a plan: Sörensen, Vanovermeire and Busschaert 2012 (intermodal terminals).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from returnplan.model.plan import PlanSoFar
from returnplan.planning.effort import Effort
from returnplan.planning.finish import at_told_hours
from returnplan.planning.goals import move_yuan
from returnplan.planning.markets import split_markets
from returnplan.planning.rail.choice import Coaches, Offer, choose, find_offers, moves_yuan
from returnplan.planning.rail.journeys import (
    CENT,
    NotRun,
    RailPlan,
    journeys_of,
    vehicles_taken,
    without_passengers,
)
from returnplan.planning.rail.previous import (
    by_train_before,
    changes_yuan,
    group_move_yuan,
    previous_coaches,
    stays_on_train,
)
from returnplan.planning.rail.transfers import TRANSFERS, Known, Portions
from returnplan.planning.rail.ways import Ways, find_ways, rail_of
from returnplan.planning.replanning import Saving
from returnplan.planning.solve import improved, is_behind, solve_both_ways
from returnplan.planning.watching import Clock, nobody_waits
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import NO_PREVIOUS, Bools, Ints, Problem

NUM_REPRICED, MOST_TURNS = 2, 2
"""How often real costs replace the estimates, and how often all trains are tried the other way round."""
NUM_REFILLS, MOST_REFILLS = 3, 6
"""How often people who find no feeder are replaced by others, and how often a choice is tried without them."""
MOST_PASSES = 3
"""How often coaches that trains made free are filled with everybody again, before trains are chosen once more."""
CLEARLY = 1.2
"""What is saved against the price, for a train that is not tried the other way round."""
TRANSFER_WORK = 30
"""Units of work for each group of a search for feeders and shuttles."""
COACHES = 0.7
"""Share of the time that planning everybody by coach may take."""
IMPROVING = 0.3
"""Work of improving the coaches that are left, against that of planning them."""
MOST_GROUPS = 1_500
"""Up to which further plans by coach are made, for trains where coaches are mixed: there they take some seconds."""

Worth = tuple[float, ...]


@dataclass(frozen=True)
class _Whole:
    """A whole plan: who takes trains and their ways, the direct coaches, and what it is worth (less is better)."""

    rail: RailPlan
    ways: Ways
    coaches: tuple[Draft, ...]
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
    limit_s, progress = options.get("time_limit_s"), options.get("progress", nobody_waits)
    clock = Clock(limit_s, options.get("should_stop", lambda: False))

    def is_over() -> bool:
        return clock.share() >= 1.0

    of_coaches = {
        "progress": lambda share, plan: progress(COACHES * share, plan),
        "time_limit_s": limit_s and COACHES * limit_s,
        "should_stop": is_over,
    }
    ways = find_ways(problem)
    by_coach = _everybody_by_coach(problem)
    is_small = _is_small(problem)

    def with_trains(coaches: tuple[Draft, ...], start: _Whole | None = None) -> _Whole:
        return _refilled(problem, _best(problem, ways, coaches, effort, is_over, start), effort, clock)

    wholes: list[_Whole] = []
    saving = None
    if before := _as_before(problem, ways, effort, clock):
        wholes.append(with_trains(before.coaches, before) if is_small else before)
    if not (before and is_over()):
        of_all = (
            by_coach if is_small else replace(problem, rail=None)
        )  # who shared a feeder may share a coach
        drafts, saving = solve_both_ways(of_all, effort, **(options | of_coaches))
        wholes.append(with_trains(_without_trains_of_before(problem, drafts)))
    if is_small and not before and not is_over():
        of_apart = of_coaches | {"progress": nobody_waits, "time_limit_s": None}
        apart = solve_both_ways(_takers_apart(by_coach, ways), effort, **(options | of_apart))[0]
        wholes.append(with_trains(apart))
    best = min(wholes, key=_worth_of)
    everybody = np.arange(len(problem.cells))
    for _ in range(MOST_PASSES if is_small else 0):
        if is_over():
            break
        filled = with_trains(improved(by_coach, best.coaches, everybody, _improving(effort), clock))
        if filled.worth >= best.worth:
            break
        best = filled
    cell = without_passengers(problem, best.rail)[1]
    left = _renumbered(best.coaches, np.searchsorted(cell, np.arange(len(problem.cells))))
    progress(1.0, _so_far(problem, best))
    return left, None if best.rail.legs else saving, best.rail


def _is_small(problem: Problem) -> bool:
    """Return whether there is time for several plans by coach."""
    return int(problem.cells.num_groups.sum()) <= MOST_GROUPS


def _everybody_by_coach(problem: Problem) -> Problem:
    """Return the problem without trains; in no coach of it anybody is as before who took a train."""
    previous = np.where(by_train_before(problem), NO_PREVIOUS, problem.cells.previous)
    return replace(problem, rail=None, cells=replace(problem.cells, previous=previous))


def _without_trains_of_before(problem: Problem, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the coaches, of which none continues a journey by train."""
    by_train = {nth for nth, journey in enumerate(problem.previous_journeys) if journey.is_by_train}
    return tuple(
        replace(draft, previous=NO_PREVIOUS) if draft.previous in by_train else draft for draft in drafts
    )


def _as_before(problem: Problem, ways: Ways, effort: Effort, clock: Clock) -> _Whole | None:
    """Return the last plan as far as the rules still allow it; None if there is none.

    Whoever took a train takes it again, at the hours of before, if there are seats and runs for them. With few people
    newcomers are on its coaches, too.
    """
    if not (problem.cells.previous >= 0).any():
        return None
    all_ways, ways = ways, ways.take(stays_on_train(problem, ways))
    coaches = Coaches(problem, previous_coaches(problem))
    offers = [
        Offer(-1, int(coaches.waiting[cell]), (line,), (1,))
        for line, cell in enumerate(ways.cell.tolist())
        if coaches.waiting[cell]
    ]
    taken = choose(coaches, ways, offers, np.ones(len(offers), dtype=np.bool_), {}) if offers else None
    num = np.zeros(len(ways), np.int64) if taken is None else _groups_on_ways(ways, offers, taken)
    portions, nobody_else = Portions.on(ways, num), vehicles_taken(problem, ())
    plan, portions, _ = journeys_of(problem, portions, _probing(effort), nobody_else)
    part, cell = without_passengers(problem, plan)
    own = at_told_hours(part, previous_coaches(part))
    again = _renumbered(own, cell)
    whole = _Whole(plan, portions.ways, again, _worth(problem, plan, again, portions.ways))
    if not _is_small(problem):
        return replace(whole, rail=replace(plan, not_run=_not_run(problem, all_ways, whole, [whole])))
    touched = np.flatnonzero(is_behind(part, own))
    filled = _renumbered(improved(part, own, touched, _improving(effort), clock), cell)
    return min(whole, _beside(problem, whole, filled), key=_worth_of)


def _beside(problem: Problem, whole: _Whole, coaches: tuple[Draft, ...]) -> _Whole:
    """Return a whole plan with other coaches beside its trains."""
    return replace(whole, coaches=coaches, worth=_worth(problem, whole.rail, coaches, whole.ways))


def _worth_of(whole: _Whole) -> Worth:
    return whole.worth


def _probing(effort: Effort) -> Effort:
    """Return the effort of a search for feeders and shuttles."""
    return replace(effort, base_work=0, work_per_group=TRANSFER_WORK, replicas=1)


def _improving(effort: Effort) -> Effort:
    """Return the effort of a search that makes coaches better."""
    return replace(
        effort,
        base_work=int(IMPROVING * effort.base_work),
        work_per_group=int(IMPROVING * effort.work_per_group),
    )


def _so_far(problem: Problem, whole: _Whole) -> PlanSoFar:
    """Return what a whole plan is, for the one who waits."""
    heads = whole.rail.num_persons + sum(draft.num_persons(problem) for draft in whole.coaches)
    yuan = whole.rail.cost_yuan + sum(draft.cost_yuan(problem) for draft in whole.coaches)
    return PlanSoFar(heads, yuan, 0.0)


def _refilled(problem: Problem, whole: _Whole, effort: Effort, clock: Clock) -> _Whole:
    """Return a whole plan with trains after a search of the markets that lost coaches, or have people who wait.

    Any of them may use the vehicles of coaches that were given up.
    """
    if not whole.rail.legs:
        return whole
    part, cell = without_passengers(problem, whole.rail)
    left = _renumbered(whole.coaches, np.searchsorted(cell, np.arange(len(problem.cells))))
    touched = np.flatnonzero(_lost_coaches(problem, whole.rail)[cell] | is_behind(part, left))
    coaches = _renumbered(improved(part, left, touched, _improving(effort), clock), cell)
    return min(_beside(problem, whole, coaches), whole, key=_worth_of)


def _groups_with_a_seat(problem: Problem, plan: RailPlan, coaches: Iterable[Draft]) -> Ints:
    """Return (C,) how many groups of each cell travel."""
    by_train = np.bincount(plan.cell, plan.num, len(problem.cells)).astype(np.int64)
    return groups_planned(problem, coaches) + by_train


def _renumbered(drafts: Iterable[Draft], number: Ints) -> tuple[Draft, ...]:
    """Return the drafts with other numbers of cells."""
    return tuple(draft.renumbered(number.tolist()) for draft in drafts)


def _lost_coaches(problem: Problem, plan: RailPlan) -> Bools:
    """Return (C,) which cells are in a market of people who take a train."""
    is_touched = np.zeros(len(problem.cells), dtype=np.bool_)
    for market in split_markets(problem):
        is_touched[market] = np.isin(market, plan.cell).any()
    return is_touched


def _takers_apart(problem: Problem, ways: Ways) -> Problem:
    """Return the problem without trains in which whoever could take one shares no coach with others.

    Where demand is thin, coaches are mixed, and none could be given up whole.
    """
    cells = problem.cells
    could = np.isin(np.arange(len(cells)), ways.cell)
    group = np.where(cells.city_group >= 0, 2 * cells.city_group + could, cells.city_group)
    return replace(problem, rail=None, cells=replace(cells, city_group=group))


def _best(
    problem: Problem,
    all_ways: Ways,
    by_coach: tuple[Draft, ...],
    effort: Effort,
    should_stop: Callable[[], bool],
    before: _Whole | None = None,
) -> _Whole:
    """Return the best of some plans: the one by coach alone, and others with trains for some of its coaches.

    Parameters
    ----------
    by_coach : the coaches; who is on none of them waits for a train
    before : a plan with these coaches, in which some of them take trains
    """
    coaches = Coaches(problem, by_coach)
    nobody = np.zeros(0, np.int64)
    probe = _probing(effort)
    known: Known = {}
    ways = _useful(coaches, all_ways)
    offers = find_offers(coaches, ways)
    is_open = np.ones(len(offers), dtype=np.bool_)
    tries: list[_Whole] = []
    tried: set[bytes] = set()

    def attempt(size: Mapping[int, int]) -> None:
        """Try the best choice of trains by the present estimates; what is learnt by it replaces these.

        Whose coach would be given up, but who finds no feeder or shuttle, stays, and the choice is made again; in the
        end their coaches run after all.
        """
        nonlocal ways, is_open
        taken: Ints | None = None
        for nth in range(MOST_REFILLS):
            if nth < NUM_REFILLS or taken is None:
                taken = None if should_stop() else choose(coaches, ways, offers, is_open, size)
            else:
                taken = np.where(is_open, taken, 0)
            if taken is None or not taken.any() or taken.tobytes() in tried:
                return
            tried.add(taken.tobytes())
            gone = {offers[i].coach for i in np.flatnonzero(taken).tolist()}
            stays = [draft for line, draft in enumerate(by_coach) if line not in gone]
            portions = Portions.on(ways, _groups_on_ways(ways, offers, taken))
            plan, portions, seatless = journeys_of(
                problem, portions, probe, vehicles_taken(problem, stays), known
            )
            tries.append(
                _Whole(plan, portions.ways, tuple(stays), _worth(problem, plan, stays, portions.ways))
            )
            ways = _learnt(ways, plan, portions)
            stuck = set(seatless.tolist())
            is_stuck = np.array([not stuck.isdisjoint(offer.lines) for offer in offers])
            if not (is_stuck & (taken > 0)).any():
                return
            is_open &= ~(is_stuck & (taken > 0))

    no_ways = all_ways.take(nobody)
    stay = journeys_of(problem, Portions.on(no_ways, nobody), probe, vehicles_taken(problem, ()))[0]
    tries.append(before or _Whole(stay, no_ways, by_coach, _worth(problem, stay, by_coach, no_ways)))
    for _ in range(NUM_REPRICED if len(ways) else 0):
        attempt({})
    for _ in range(MOST_TURNS):
        best = _the_best(tries)
        for service in np.unique(ways.service).tolist():
            for size in _other_sizes(problem, best.rail, ways, service):
                if size[service] or not _is_clearly_worth(coaches, best, service):
                    attempt(size)
        if _the_best(tries) is best:
            break
    best = _the_best(tries)
    return replace(best, rail=replace(best.rail, not_run=_not_run(problem, all_ways, best, tries)))


def _is_clearly_worth(coaches: Coaches, whole: _Whole, service: int) -> bool:
    """Return whether a train costs clearly less, with its feeders and shuttles, than the coaches given up for it."""
    plan, stay = whole.rail, set(whole.coaches)
    riders = {plan.cell[line] for leg in plan.legs if leg.service == service for line, _ in leg.load}
    saved_yuan = sum(
        yuan
        for draft, yuan in zip(coaches.drafts, coaches.yuan.tolist(), strict=True)
        if draft not in stay and draft.load[0][0] in riders
    )
    yuan = sum(leg.cost_yuan(plan.problem) for leg in plan.legs if leg.service == service)
    return saved_yuan > CLEARLY * yuan


def _the_best(tries: Sequence[_Whole]) -> _Whole:
    return min(tries, key=_worth_of)


def _groups_on_ways(ways: Ways, offers: Sequence[Offer], taken: Ints) -> Ints:
    """Return (W,) how many groups take each way."""
    num = np.zeros(len(ways), dtype=np.int64)
    for i in np.flatnonzero(taken).tolist():
        num[list(offers[i].lines)] += taken[i] * np.array(offers[i].num)
    return num


def _useful(coaches: Coaches, ways: Ways) -> Ways:
    """Return the ways of people without a seat, and of those whose whole coach may be given up."""
    may_go = np.isin(np.arange(len(coaches.waiting)), ways.cell)
    is_useful = coaches.waiting > 0
    for draft in coaches.drafts:
        cells = draft.leg.cells
        is_useful[cells] |= may_go[cells].all()
    return ways.take(is_useful[ways.cell])


def _not_run(problem: Problem, ways: Ways, best: _Whole, tries: Sequence[_Whole]) -> tuple[NotRun, ...]:
    """Return what each train that does not run would have cost more, and who could have taken it."""
    persons, running = problem.cells.num_persons * problem.cells.num_groups, _running(best.rail)
    not_run = []
    for service in range(len(rail_of(problem).services)):
        if service not in running:
            cells = np.unique(ways.cell[ways.service == service])
            yuan = [
                whole.worth[-1] - best.worth[-1]
                for whole in tries
                if service in _running(whole.rail) and whole.worth[:-1] <= best.worth[:-1]
            ]
            not_run.append(NotRun(service, cells, int(persons[cells].sum()), min(yuan, default=None)))
    return tuple(not_run)


def _running(plan: RailPlan) -> set[int]:
    return {leg.service for leg in plan.legs if leg.kind == "train"}


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


def _worth(problem: Problem, plan: RailPlan, coaches: Sequence[Draft], ways: Ways) -> Worth:
    """Return what a whole plan is worth: people by class, late days where they are strict, money and moves."""
    num = _groups_with_a_seat(problem, plan, coaches)
    people = persons_by_class(problem.cells.weight, problem.cells.num_persons) @ num
    late_days = plan.late_days + sum(draft.late_days(problem) for draft in coaches)
    paid_yuan = plan.cost_yuan + sum(draft.cost_yuan(problem) for draft in coaches)
    a_day = problem.limits.late_day_yuan
    yuan = paid_yuan + (a_day or 0.0) * late_days
    yuan += sum(move_yuan(problem, draft) for draft in coaches) + float(plan.num @ moves_yuan(problem, ways))
    yuan += sum(changes_yuan(problem, ways, plan.legs, kind) for kind in TRANSFERS)
    yuan += float(
        (problem.cells.num_groups - num) @ group_move_yuan(problem)
    )  # who was told of a seat and has none
    if paid_yuan > problem.limits.budget_yuan + CENT:  # known once its feeders and shuttles are
        people = np.zeros_like(people)
        yuan = np.inf
    return (*(-people).tolist(), late_days if a_day is None else 0.0, round(yuan, 4))


def _learnt(ways: Ways, plan: RailPlan, portions: Portions) -> Ways:
    """Return the ways with the real costs of feeders and shuttles.

    The estimates of ways that the plan does not use are raised as those of the used ones on average.

    Parameters
    ----------
    portions : those of the plan
    """
    prices = []
    for side in ("feeder", "shuttle"):
        yuan = np.zeros(len(portions))
        for leg in plan.legs:
            if leg.kind == side:
                a_seat = leg.cost_yuan(plan.problem) / leg.num_seats(plan.problem)
                for line, groups in leg.load:
                    yuan[line] += a_seat * groups * plan.problem.cells.num_seats[line]
        least = getattr(ways, f"{side}_yuan")
        estimated = float(least[portions.line] @ portions.num)
        price = least * (float(yuan.sum()) / estimated if estimated > 0 else 1.0)
        price[portions.line] = yuan / np.maximum(1, portions.num)
        prices.append(price)
    return ways.priced(*prices)
