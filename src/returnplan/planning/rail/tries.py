"""Trains beside the coaches of a plan: each is tried, with its feeders and shuttles, and tried the other way round.

Cost by a quick estimate, then by a plan: Sörensen, Vanovermeire and Busschaert 2012 (intermodal terminals).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from returnplan.model.plan import CONNECTING
from returnplan.planning.effort import Effort
from returnplan.planning.rail.choice import Coaches, Offer, choose, find_offers
from returnplan.planning.rail.journeys import NotRun, RailPlan, journeys_of, vehicles_taken
from returnplan.planning.rail.transfers import Known, Portions
from returnplan.planning.rail.ways import Ways, rail_of
from returnplan.planning.rail.whole import Whole, best_of, whole_of
from returnplan.problem.model import Ints, Problem

NUM_REPRICED, MOST_TURNS = 2, 2
"""How often real costs replace the estimates, and how often all trains are tried the other way round."""
NUM_REFILLS, MOST_REFILLS = 3, 6
"""How often people who find no feeder are replaced by others, and how often a choice is tried without them."""
CLEARLY = 1.2
"""What is saved against the price, for a train that is not tried the other way round."""


def best_choice(
    problem: Problem, ways: Ways, start: Whole, effort: Effort, should_stop: Callable[[], bool]
) -> Whole:
    """Return the best of a plan and others with trains for some of its coaches, or for people without a seat.

    Parameters
    ----------
    ways : that may be taken; who is on no coach of ``start`` waits for one, those whom a train takes now, too
    effort : of each search for feeders and shuttles
    """
    coaches = Coaches(problem, start.coaches)
    known: Known = {}
    useful = _useful(coaches, ways)
    offers = find_offers(coaches, useful)
    is_open = np.ones(len(offers), dtype=np.bool_)
    tries = [start]
    tried: set[bytes] = set()

    def attempt(size: Mapping[int, int]) -> None:
        """Try the best choice of trains by the present estimates; what is learnt by it replaces these.

        Whose coach would be given up, but who finds no feeder or shuttle, stays, and the choice is made again; in the
        end their coaches run after all.
        """
        nonlocal useful, is_open
        taken: Ints | None = None
        for nth in range(MOST_REFILLS):
            if nth < NUM_REFILLS or taken is None:
                taken = (
                    None if not offers or should_stop() else choose(coaches, useful, offers, is_open, size)
                )
            else:
                taken = np.where(is_open, taken, 0)
            if taken is None or not taken.any() or taken.tobytes() in tried:
                return
            tried.add(taken.tobytes())
            gone = {offers[i].coach for i in np.flatnonzero(taken).tolist()}
            stays = [draft for line, draft in enumerate(start.coaches) if line not in gone]
            portions = Portions.on(useful, groups_on_ways(useful, offers, taken))
            plan, portions, seatless = journeys_of(
                problem, portions, effort, vehicles_taken(problem, stays), known
            )
            tries.append(whole_of(problem, plan, portions.ways, stays))
            useful = _learnt(useful, plan, portions)
            stuck = set(seatless.tolist())
            is_stuck = np.array([not stuck.isdisjoint(offer.lines) for offer in offers])
            if not (is_stuck & (taken > 0)).any():
                return
            is_open &= ~(is_stuck & (taken > 0))

    for _ in range(NUM_REPRICED if len(useful) else 0):
        attempt({})
    for _ in range(MOST_TURNS):
        best = best_of(problem, tries)
        for service in np.unique(useful.service).tolist():
            for size in _other_sizes(problem, best.rail, useful, service):
                if size[service] or not _is_clearly_worth(coaches, best, service):
                    attempt(size)
        if best_of(problem, tries) is best:
            break
    best = best_of(problem, tries)
    return replace(best, rail=replace(best.rail, not_run=trains_not_run(problem, ways, best, tries)))


def seats_for_whole_coaches(problem: Problem, ways: Ways, start: Whole) -> int:
    """Return the seats of trains that whole coaches of a plan, and who waits, would take at first sight."""
    coaches = Coaches(problem, start.coaches)
    useful = _useful(coaches, ways)
    offers = find_offers(coaches, useful)
    taken = choose(coaches, useful, offers, np.ones(len(offers), dtype=np.bool_), {}) if offers else None
    if taken is None:
        return 0
    return int(groups_on_ways(useful, offers, taken) @ problem.cells.num_seats[useful.cell])


def _is_clearly_worth(coaches: Coaches, whole: Whole, service: int) -> bool:
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


def groups_on_ways(ways: Ways, offers: Sequence[Offer], taken: Ints) -> Ints:
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


def trains_not_run(problem: Problem, ways: Ways, best: Whole, tries: Sequence[Whole]) -> tuple[NotRun, ...]:
    """Return what each train that does not run would have cost more, and who could have taken it."""
    persons, run = problem.cells.num_persons * problem.cells.num_groups, running(best.rail)
    not_run = []
    for service in range(len(rail_of(problem).services)):
        if service not in run:
            cells = np.unique(ways.cell[ways.service == service])
            yuan = [
                whole.worth[-1] - best.worth[-1]
                for whole in tries
                if service in running(whole.rail) and whole.worth[:-1] <= best.worth[:-1]
            ]
            not_run.append(NotRun(service, cells, int(persons[cells].sum()), min(yuan, default=None)))
    return tuple(not_run)


def running(plan: RailPlan) -> set[int]:
    """Return the trains that run."""
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


def _learnt(ways: Ways, plan: RailPlan, portions: Portions) -> Ways:
    """Return the ways with the real costs of feeders and shuttles.

    The estimates of ways that the plan does not use are raised as those of the used ones on average.

    Parameters
    ----------
    portions : those of the plan
    """
    prices = []
    for side in CONNECTING:
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
