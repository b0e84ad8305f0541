"""The last plan as a start: its coaches, who took which train, and the runs of its feeders and shuttles.

Whoever keeps a ride keeps its stops and hours; nobody is called for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from returnplan.model.plan import BatchKind
from returnplan.planning.rail.ways import CENT, Ways, rail_of
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import NO_PREVIOUS, Bools, Floats, Ints, Problem
from returnplan.problem.previous_rides import PreviousRide
from returnplan.problem.rules import breaches, may_ride

MOST_CALLS = 50
"""That one seat more may cost: so many people of drafts change their rides for it, or five who were told."""


def by_train_before(problem: Problem) -> Bools:
    """Return (C,) which cells took a train in the last plan."""
    by_train = [journey.is_by_train for journey in problem.previous_journeys]
    return np.array([*by_train, False], dtype=np.bool_)[problem.cells.previous]


def after_no_train(problem: Problem) -> Problem:
    """Return the problem in which no coach continues what a train was for its people."""
    before = np.where(by_train_before(problem), NO_PREVIOUS, problem.cells.previous)
    return replace(problem, cells=replace(problem.cells, previous=before))


def previous_coaches(problem: Problem) -> tuple[Draft, ...]:
    """Return the direct coaches of the last plan with those of their riders who still travel.

    Stops at which nobody boards or alights any more are left out; a coach that would break a rule does not run.
    """
    cells_of: defaultdict[int, list[int]] = defaultdict(list)
    for cell, previous in enumerate(problem.cells.previous.tolist()):
        cells_of[previous].append(cell)
    ledger, drafts = Ledger(problem), []
    for number, journey in enumerate(problem.previous_journeys):
        ride = None if journey.is_by_train else problem.previous_rides[journey.rides[0]]
        if ride is None or ride.kind != "direct" or not cells_of[number]:
            continue
        leg = leg_again(problem, ride, np.array(cells_of[number]), problem.cells.num_groups)
        if leg is None:
            continue
        draft = Draft(leg, previous=number)
        if not breaches(problem, draft) and ledger.fits(draft):
            ledger.take(draft)
            drafts.append(draft)
    return tuple(drafts)


def leg_again(problem: Problem, ride: PreviousRide, cells: Ints, num_groups: Ints) -> Leg | None:
    """Return a ride of the last plan with all of some cells who may still ride; None if nobody may.

    Parameters
    ----------
    num_groups : (C,)
    """
    day = (ride.date - problem.first_day).days
    whole = Leg(day, ride.pool, ride.pickups, ride.dropoffs, ((int(cells[0]), 1),), ride.kind, ride.service)
    stays = cells[may_ride(problem, whole, cells)].tolist()
    if not stays:
        return None
    of = problem.cells
    boards = {int(of.pickup[cell]) for cell in stays}
    alights = {
        int(place) for cell in stays for place in of.drop_place[of.drop_start[cell] : of.drop_start[cell + 1]]
    }
    return replace(
        whole,
        pickups=tuple(place for place in ride.pickups if place in boards),
        dropoffs=tuple(place for place in ride.dropoffs if place in alights),
        load=tuple((cell, int(num_groups[cell])) for cell in sorted(stays)),
    )


def stays_on_train(problem: Problem, ways: Ways) -> Bools:
    """Return (W,) which ways are those of the last plan, by train and stations."""
    services = rail_of(problem).services
    number, of_way = np.unique(problem.cells.previous[ways.cell], return_inverse=True)
    taken = [_taken(problem, journey) for journey in number.tolist()]
    before = np.array(taken, dtype=np.int64).reshape(-1, 3)[of_way]
    lines = zip(ways.service.tolist(), ways.board.tolist(), ways.alight.tolist(), strict=True)
    now = [(s, services[s].calls[b].place, services[s].calls[a].place) for s, b, a in lines]
    found: Bools = (before == np.array(now, dtype=np.int64).reshape(-1, 3)).all(axis=1)
    return found


def _taken(problem: Problem, number: int) -> tuple[int, int, int]:
    """Return the train of a journey with its stations, -1 without any."""
    nth = _ride(problem, number, "train")
    ride = problem.previous_rides[nth] if nth != NO_PREVIOUS else None
    if ride is None:
        return NO_PREVIOUS, NO_PREVIOUS, NO_PREVIOUS
    journey = problem.previous_journeys[number]
    return ride.service, journey.board, journey.alight


def rides_before(problem: Problem, ways: Ways, kind: BatchKind) -> Ints:
    """Return (W,) the ride of some kind that the people of each way had with the same train, -1 if none."""
    number, of_way = np.unique(problem.cells.previous[ways.cell], return_inverse=True)
    rides = np.array([_ride(problem, journey, kind) for journey in number.tolist()], dtype=np.int64)
    return np.where(stays_on_train(problem, ways), rides[of_way], NO_PREVIOUS)


def _ride(problem: Problem, number: int, kind: BatchKind) -> int:
    """Return the ride of some kind of a journey, by number; -1 if it has none."""
    rides = problem.previous_journeys[number].rides if number != NO_PREVIOUS else ()
    kinds = ((nth, problem.previous_rides[nth]) for nth in rides)
    return next((nth for nth, ride in kinds if ride is not None and ride.kind == kind), NO_PREVIOUS)


def changes_yuan(problem: Problem, ways: Ways, legs: Sequence[Leg], kind: BatchKind) -> float:
    """Return what it costs that people who keep their train ride to it, or on, in another coach than before.

    Of a coach of the last plan that is parted, most of its riders, as they are priced, are said to stay on it.

    Parameters
    ----------
    legs : their loads are in lines of the ways
    """
    before = rides_before(problem, ways, kind).tolist()
    a_group = (group_move_yuan(problem)[ways.cell]).tolist()
    shared: defaultdict[tuple[int, int], float] = defaultdict(float)
    for nth, leg in enumerate(legs):
        for line, num in leg.load if leg.kind == kind else ():
            if before[line] != NO_PREVIOUS:
                shared[before[line], nth] += a_group[line] * num
    stays: set[tuple[int, int]] = set()
    taken: tuple[set[int], set[int]] = (set(), set())
    for (ride, leg_number), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if ride not in taken[0] and leg_number not in taken[1]:
            stays.add((ride, leg_number))
            taken[0].add(ride)
            taken[1].add(leg_number)
    return sum(yuan for key, yuan in shared.items() if key not in stays)


def group_move_yuan(problem: Problem) -> Floats:
    """Return (C,) what it costs to move a group of each cell, or to leave it behind; nothing for newcomers."""
    yuan: Floats = np.append(problem.previous_move_yuan, 0.0)[problem.cells.previous]
    return yuan * problem.cells.num_persons


def is_worth_calls(problem: Problem, seats: float, moves_yuan: float) -> bool:
    """Return whether so many seats more are worth the calls to those who change their rides for them."""
    return moves_yuan <= MOST_CALLS * problem.call_yuan * max(1.0, seats) + CENT
