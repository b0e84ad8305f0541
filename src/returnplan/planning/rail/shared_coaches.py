"""Trains for some riders of coaches that others ride, too.

Where people of many windows and stops share coaches, hardly one has riders who can all take one train, and whole
coaches fill no train. So a mixed-integer program chooses rider by rider: either a coach is given up, as all its riders
take trains, or so many stay that it has its least load; nobody loses a seat. That a coach is given up saves its price;
what a free seat saves, once those who stay fill fewer coaches, is estimated. Then the coaches are improved.

Facility location with estimated costs of access: Nagy and Salhi 2007 (location and routing).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from returnplan.planning.effort import Effort
from returnplan.planning.params import SearchParams
from returnplan.planning.rail.choice import (
    OPTIONS,
    Aboard,
    Coaches,
    Offer,
    Program,
    add_caps,
    add_services,
    days_of,
    moves_yuan,
)
from returnplan.planning.rail.journeys import journeys_of, vehicles_taken
from returnplan.planning.rail.previous import group_move_yuan
from returnplan.planning.rail.transfers import Known, Portions
from returnplan.planning.rail.ways import Ways, rail_of
from returnplan.planning.rail.whole import Whole, whole_of
from returnplan.problem.draft import Draft
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import NO_PREVIOUS, UNLIMITED, Floats, Ints, Problem
from returnplan.problem.rules import breaches

A_SEAT_SAVES = 0.6
"""Of what a seat of the coach costs on average, where others stay on it."""
ROUGHLY: Mapping[str, str | int | float] = {**OPTIONS, "mip_rel_gap": 1e-2, "presolve": "off"}
"""The costs are estimates; presolving takes longer than it saves."""
NUM_REFILLS, MOST_RETURNS = 2, 3
"""How often it is chosen, at last without who finds no feeder, and how often coaches run after all for such people."""
A_PERSON_YUAN = SearchParams().last_person_yuan
"""What a seat for somebody of the last class who has none is worth; ten times as much for each class before it."""


def beside_others(
    problem: Problem, ways: Ways, start: Whole, effort: Effort, should_stop: Callable[[], bool]
) -> Whole:
    """Return a plan with trains for some riders of the coaches of another, and the coaches with those who stay.

    It costs more than it will once these are improved.

    Parameters
    ----------
    ways : that may be taken; who is on no coach of ``start`` waits for one, those whom a train takes now, too
    effort : of the search for feeders and shuttles
    """
    if not len(ways):
        return start
    coaches = Coaches(problem, start.coaches)
    offers, most = list(_offers(coaches, ways)), np.full(len(ways), UNLIMITED)
    away = vehicles_taken(problem, start.coaches)
    known: Known = {}
    best, taken = start, None
    for nth in range(NUM_REFILLS + MOST_RETURNS):
        if should_stop():
            break
        if nth < NUM_REFILLS:
            taken = _choose(coaches, ways, offers, most)
        if taken is None or not taken.any():
            break
        num = np.bincount([offer.lines[0] for offer in offers], taken, len(ways)).astype(np.int64)
        plan, portions, _ = journeys_of(problem, Portions.on(ways, num), effort, away, known, afresh=False)
        served = np.bincount(portions.line, portions.num, len(ways)).astype(np.int64)
        taken, stay = _with_those_who_stay(coaches, ways, offers, taken, served)
        best = _better_by_people(best, whole_of(problem, plan, portions.ways, stay))
        if (served == num).all():
            break
        most = np.where(served < num, served, most)
    return best


def _better_by_people(one: Whole, other: Whole) -> Whole:
    """Return the plan with more people; of two with as many the later one."""
    return other if not one.rail.legs or other.worth[:-2] <= one.worth[:-2] else one


def _offers(coaches: Coaches, ways: Ways) -> Iterator[Offer]:
    """Yield the offers that one group takes a way, coach by coach, then of people without a seat."""
    lines_of: defaultdict[int, list[int]] = defaultdict(list)
    for line, cell in enumerate(ways.cell.tolist()):
        lines_of[cell].append(line)
    for coach, draft in enumerate(coaches.drafts):
        for cell, num in draft.load:
            yield from (Offer(coach, num, (line,), (1,)) for line in lines_of[cell])
    for cell in np.flatnonzero(coaches.waiting).tolist():
        yield from (Offer(-1, int(coaches.waiting[cell]), (line,), (1,)) for line in lines_of[cell])


def _choose(coaches: Coaches, ways: Ways, offers: Sequence[Offer], most: Ints) -> Ints | None:
    """Return (O,) how many groups take each offer, None if no choice keeps the rules.

    Parameters
    ----------
    most : (W,) groups that may take each way
    """
    problem, cells, program = coaches.problem, coaches.problem.cells, Program()
    takes = program.variables(np.array([offer.most for offer in offers]))
    aboard = Aboard(offers)
    heads = aboard.sum(cells.num_persons[ways.cell])
    of_whom: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    of_coach: defaultdict[int, list[int]] = defaultdict(list)
    for variable, offer in enumerate(offers):
        of_whom[offer.coach, int(ways.cell[offer.lines[0]])].append(variable)
        of_coach[offer.coach].append(variable)
    for variables in of_whom.values():
        program.at_most([(variable, 1.0) for variable in variables], float(offers[variables[0]].most))
    for line in np.flatnonzero(most < UNLIMITED).tolist():
        program.at_most(aboard.terms(np.ones(len(ways)), np.arange(len(ways)) == line), float(most[line]))
    train_yuan = add_services(problem, ways, program, aboard, {})
    add_caps(coaches, ways, program, aboard)
    could = dict.fromkeys(of_coach, 0.0)
    for (coach, _), variables in of_whom.items():
        could[coach] += offers[variables[0]].most * heads[variables[0]]
    given_up: dict[int, float] = {}
    for coach, variables in of_coach.items():
        if coach < 0:
            continue
        draft = coaches.drafts[coach]
        riders, least = draft.num_persons(problem), draft.leg.least_load(problem)
        spare, terms = float(max(0, riders - least)), [(v, float(heads[v])) for v in variables]
        if could[coach] < riders:
            program.at_most(terms, spare)
        else:
            (gone,) = program.variables(np.ones(1)).tolist()
            program.at_most([*terms, (gone, spare - riders)], spare)
            program.at_most([*((v, -num) for v, num in terms), (gone, float(riders))], 0.0)
            given_up[gone] = float((1 - A_SEAT_SAVES) * coaches.yuan[coach])
    cost = np.zeros(len(program.upper))
    cost[takes] = _yuan_of(coaches, ways, offers, aboard)
    for variable, yuan in train_yuan.items():
        cost[variable] = yuan
    for variable, yuan in given_up.items():
        cost[variable] = -yuan
    found = program.solve(cost, divisible=takes, options=ROUGHLY)
    return None if found is None else np.round(found[takes]).astype(np.int64)


def _yuan_of(coaches: Coaches, ways: Ways, offers: Sequence[Offer], aboard: Aboard) -> Floats:
    """Return (O,) what a group costs that takes a way, with its move, less what its seat saves or is worth to it."""
    problem, cells = coaches.problem, coaches.problem.cells
    seats = aboard.sum(cells.num_seats[ways.cell])
    seat_yuan = np.array([service.seat_yuan for service in rail_of(problem).services])[ways.service]
    yuan = aboard.sum(seat_yuan * cells.num_seats[ways.cell] + ways.transfer_yuan())
    yuan += aboard.sum(moves_yuan(problem, ways))
    a_day = problem.limits.late_day_yuan
    a_day = A_PERSON_YUAN if a_day is None else a_day
    yuan += a_day * aboard.sum(cells.late_days[ways.cell, days_of(problem, ways)])
    coach = np.array([offer.coach for offer in offers])
    has_seat = coach >= 0
    a_seat = [
        cost / draft.leg.num_seats(problem) for cost, draft in zip(coaches.yuan, coaches.drafts, strict=True)
    ]
    days = np.array([draft.day for draft in coaches.drafts], dtype=np.int64)[coach[has_seat]]
    yuan[has_seat] -= A_SEAT_SAVES * seats[has_seat] * np.array(a_seat)[coach[has_seat]]
    cell = ways.cell[[offer.lines[0] for offer in offers]]
    yuan[has_seat] -= a_day * cells.late_days[cell[has_seat], days]
    journey = np.array([*(draft.previous for draft in coaches.drafts), NO_PREVIOUS])[coach]
    yuan -= np.where(cells.previous[cell] == journey, 0.0, group_move_yuan(problem)[cell])
    classes = persons_by_class(cells.weight, cells.num_persons)
    worth = A_PERSON_YUAN * 10.0 ** np.arange(len(classes) - 1, -1, -1) @ classes
    yuan[~has_seat] -= worth[cell[~has_seat]]
    return yuan


def _with_those_who_stay(
    coaches: Coaches, ways: Ways, offers: Sequence[Offer], taken: Ints, served: Ints
) -> tuple[Ints, list[Draft]]:
    """Return who takes a train, and the coaches without them.

    Who lacks a feeder or shuttle stays on the coach. Where it cannot run for those few, nobody of it is to leave: they
    have no seat in this plan, and have one in the next.

    Parameters
    ----------
    served : (W,) the groups that a train takes on each way
    """
    free, taken = served.tolist(), taken.copy()
    gone: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for i in np.flatnonzero(taken).tolist():
        (line,) = offers[i].lines
        taken[i] = min(int(taken[i]), free[line])
        free[line] -= int(taken[i])
        gone[offers[i].coach][int(ways.cell[line])] += int(taken[i])
    stay, broken = [], set()
    for coach, draft in enumerate(coaches.drafts):
        left = tuple((cell, num - gone[coach][cell]) for cell, num in draft.load if num > gone[coach][cell])
        some = draft if left == draft.load else draft.with_some(coaches.problem, left)
        if left and breaches(coaches.problem, some):
            broken.add(coach)
        elif left:
            stay.append(some)
    taken[np.isin([offer.coach for offer in offers], list(broken))] = 0
    return taken, stay
