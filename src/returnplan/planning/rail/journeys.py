"""Feeders, trains and shuttles for the people who take a train, and what is left for direct coaches."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from returnplan.model.law import MINUTES_A_DAY, MOST_DAYS
from returnplan.model.plan import CONNECTING
from returnplan.planning.effort import Effort
from returnplan.planning.rail.transfers import (
    Known,
    Portions,
    plan_side,
    renumbered,
    vehicles_of,
    with_fewer_riders,
)
from returnplan.planning.rail.ways import CENT, Ways, day_of, minute_of, rail_of
from returnplan.problem.draft import Draft, Leg, Load
from returnplan.problem.ledger import without_vehicles
from returnplan.problem.model import UNLIMITED, Bools, Caps, Ints, Problem
from returnplan.problem.parts import part_of

MOST_ROUNDS = 8
"""Of planning feeders and shuttles anew for those who have a seat on the other."""


@dataclass(frozen=True, slots=True)
class NotRun:
    """A train that does not run.

    Attributes
    ----------
    service : line of ``Rail.services``
    cells : those of the problem whose people could have taken it by day, window and roads
    num_people : how many these are
    more_yuan : by how much the best plan with it is dearer than the plan; None: no plan with it takes as many people
    """

    service: int
    cells: Ints
    num_people: int
    more_yuan: float | None


@dataclass(frozen=True, slots=True)
class RailPlan:
    """Who takes a train, and how.

    Attributes
    ----------
    cell, num : (N,) portions: a cell of the problem, and how many of its groups take one way together
    board, alight : (N,) the places of the stations
    has_feeder : (N,) whether a feeder brings them to the train
    problem : that of the portions; the legs are in its numbers
    legs : feeders, then trains, then shuttles
    not_run : the other trains
    """

    cell: Ints
    num: Ints
    board: Ints
    alight: Ints
    has_feeder: Bools
    problem: Problem
    legs: tuple[Leg, ...]
    not_run: tuple[NotRun, ...] = ()

    @property
    def cost_yuan(self) -> float:
        """Return the cost of all legs."""
        return sum(leg.cost_yuan(self.problem) for leg in self.legs)

    def groups_of_cells(self, num_cells: int) -> Ints:
        """Return (C,) how many groups of each cell of the problem take a train."""
        return np.bincount(self.cell, self.num, num_cells).astype(np.int64)

    @property
    def num_persons(self) -> int:
        """Return how many people take a train."""
        return int(self.num @ self.problem.cells.num_persons)

    @property
    def late_days(self) -> float:
        """Return the person-days after the resume date."""
        trains = (leg for leg in self.legs if leg.kind == "train")
        return sum(leg.late_days(self.problem) for leg in trains)


def journeys_of(
    problem: Problem,
    portions: Portions,
    effort: Effort,
    taken: Ints,
    known: Known | None = None,
    *,
    afresh: bool = True,
) -> tuple[RailPlan, Portions, Ints]:
    """Return feeders, trains and shuttles; the portions that they carry; and the lines of ways that lacked a seat.

    A train that loses its least load by this is not run.

    Parameters
    ----------
    taken : (V, D + MOST_DAYS) vehicles that others have on each day
    known : feeders and shuttles that were planned before for this problem
    afresh : plan days anew, too, where the runs of the last plan, or these mended, carry everybody
    """
    known = {} if known is None else known
    feeders: list[Leg] = []
    shuttles: list[Leg] = []
    seatless: list[Ints] = [np.zeros(0, np.int64)]
    for _ in range(MOST_ROUNDS):
        portions = portions.carrying(_with_least_loads(problem, portions))
        feeders, served = plan_side(problem, portions, "feeder", taken, effort, known, afresh=afresh)
        seatless.append(portions.line[served < portions.num])
        if (served < portions.num).any():
            feeders, portions = renumbered(feeders, served), portions.carrying(served)
            if (_with_least_loads(problem, portions) < portions.num).any():
                continue
        shuttles, served = plan_side(
            problem, portions, "shuttle", taken + vehicles_of(problem, feeders), effort, known, afresh=afresh
        )
        seatless.append(portions.line[served < portions.num])
        if (served == portions.num).all():
            break
        has_none = not served[portions.ways.has_shuttle].any()
        if has_none:  # feeders have all vehicles: half of the people leave some
            served = np.where(portions.ways.has_shuttle, portions.num // 2, served)
        portions = portions.carrying(served)
    else:
        portions, feeders, shuttles = portions.carrying(np.zeros_like(portions.num)), [], []
    return _plan_of(problem, portions, feeders, shuttles), portions, np.concatenate(seatless)


def who_may_leave(problem: Problem, plan: RailPlan, wanted: Ints) -> tuple[Ints, list[Load]]:
    """Return (N,) how many of some groups of each portion may all leave, and the loads of the legs without them.

    Each ride keeps its least load. Who is on several runs of a side leaves the first that can spare somebody.

    Parameters
    ----------
    wanted : (N,)
    """
    persons, loads = plan.problem.cells.num_persons.tolist(), [dict(leg.load) for leg in plan.legs]
    spare, rides = [], defaultdict[int, defaultdict[str, list[int]]](lambda: defaultdict(list))
    for nth, leg in enumerate(plan.legs):
        is_train = leg.kind == "train"
        least = rail_of(problem).services[leg.service].min_load if is_train else leg.least_load(plan.problem)
        spare.append(leg.num_persons(plan.problem) - least)
        for line, _ in leg.load:
            rides[line][leg.kind].append(nth)
    leave = np.zeros_like(wanted)
    for line in np.flatnonzero(wanted).tolist():
        legs_of = rides[line].values()
        free = {nth: min(loads[nth][line], max(0, spare[nth]) // persons[line]) for nth in chain(*legs_of)}
        leave[line] = min(int(wanted[line]), *(sum(free[nth] for nth in legs) for legs in legs_of))
        for legs in legs_of:
            left = int(leave[line])
            for nth in legs:
                num = min(left, free[nth])
                loads[nth][line] -= num
                spare[nth] -= num * persons[line]
                left -= num
    return leave, [tuple((line, num) for line, num in load.items() if num) for load in loads]


def without_some(problem: Problem, plan: RailPlan, ways: Ways, gone: Ints) -> tuple[RailPlan, Ways] | None:
    """Return a plan without some groups (N,) of its portions, on the same runs, and the ways of who is left.

    None if a train or a run lacks its least load then, or has to leave when its vehicle is not there.

    Parameters
    ----------
    ways : (N,) of the portions
    """
    portions = Portions(ways, plan.num, np.arange(len(plan.num)))
    left = portions.num - gone
    leave, loads = who_may_leave(problem, plan, gone)
    if (leave < gone).any() or (_with_least_loads(problem, portions.carrying(left)) < left[left > 0]).any():
        return None
    lighter = [pair for pair in zip(plan.legs, loads, strict=True) if pair[0].kind != "train"]
    runs = with_fewer_riders(problem, ways, lighter)
    if runs is None:
        return None
    portions, runs = portions.carrying(left), renumbered(runs, left)
    feeders, shuttles = ([leg for leg in runs if leg.kind == side] for side in CONNECTING)
    return replace(_plan_of(problem, portions, feeders, shuttles), not_run=plan.not_run), portions.ways


def _plan_of(
    problem: Problem, portions: Portions, feeders: Sequence[Leg], shuttles: Sequence[Leg]
) -> RailPlan:
    """Return the plan of portions that all have their feeders and shuttles."""
    return RailPlan(
        portions.ways.cell,
        portions.num,
        *_stations(problem, portions),
        portions.ways.has_feeder,
        part_of(problem, portions.ways.cell, portions.num),
        (*feeders, *_trains(problem, portions), *shuttles),
    )


def _stations(problem: Problem, portions: Portions) -> tuple[Ints, Ints]:
    """Return the places at which each portion boards and alights the train."""
    ways, services = portions.ways, rail_of(problem).services
    lines = zip(ways.service.tolist(), ways.board.tolist(), ways.alight.tolist(), strict=True)
    places = [(services[s].calls[b].place, services[s].calls[a].place) for s, b, a in lines]
    board, alight = np.array(places, dtype=np.int64).reshape(-1, 2).T
    return board, alight


def _with_least_loads(problem: Problem, portions: Portions) -> Ints:
    """Return (N,) the groups of each portion, none for those of trains that lack their least load or cost too much."""
    services, service, cell = rail_of(problem).services, portions.ways.service, portions.ways.cell
    persons = np.bincount(service, portions.num * problem.cells.num_persons[cell], len(services))
    seats = np.bincount(service, portions.num * problem.cells.num_seats[cell], len(services))
    runs = persons >= np.array([service.min_load for service in services])
    yuan = np.array([train.cost_yuan(int(num)) for train, num in zip(services, seats, strict=True)])
    runs &= (persons == 0) | (yuan <= problem.limits.max_yuan_per_head * np.maximum(1, persons) + CENT)
    return np.where(runs[portions.ways.service], portions.num, 0)


def _trains(problem: Problem, portions: Portions) -> list[Leg]:
    ways, legs = portions.ways, []
    for service in np.unique(ways.service).tolist():
        train, lines = rail_of(problem).services[service], np.flatnonzero(ways.service == service)
        day = day_of(problem, service)
        boards, alights = np.unique(ways.board[lines]), np.unique(ways.alight[lines])
        departs = minute_of(problem, train.calls[int(boards[0])].departs)
        legs.append(
            Leg(
                day=day,
                pool=-1,
                pickups=tuple(train.calls[call].place for call in boards.tolist()),
                dropoffs=tuple(train.calls[call].place for call in alights.tolist()),
                load=tuple((line, int(portions.num[line])) for line in lines.tolist()),
                kind="train",
                service=service,
                start_minute=int(departs) - day * MINUTES_A_DAY,
            )
        )
    return legs


def vehicles_taken(problem: Problem, drafts: Iterable[Draft]) -> Ints:
    """Return (V, D + MOST_DAYS) the vehicles that no feeder or shuttle may have, as direct coaches have them then."""
    taken = np.zeros((len(problem.pools), problem.num_days + MOST_DAYS), dtype=np.int64)
    for draft in drafts:
        pool, turn = draft.leg.pool, int(problem.pools.turnaround_days[draft.leg.pool])
        taken[pool, max(0, draft.day - turn + 1) : draft.day + turn] += 1
    return taken


def without_passengers(
    problem: Problem, plan: RailPlan, may_leave: Ints | None = None
) -> tuple[Problem, Ints]:
    """Return the problem of those who take no train, with what is left for them, and their cells of the whole.

    Parameters
    ----------
    may_leave : (C,) of the cells of the whole, how many groups who take a train are in it, too, as cells of their own
    """
    num = problem.cells.num_groups - plan.groups_of_cells(len(problem.cells))
    cell = np.flatnonzero(num > 0)
    num = num[cell]
    if may_leave is not None:
        leaves = np.flatnonzero(may_leave)
        cell, num = np.append(cell, leaves), np.append(num, may_leave[leaves])
    away = vehicles_of(problem, plan.legs)[:, : problem.num_days]
    taken = [
        (int(pool), int(day))
        for pool, day in zip(*np.nonzero(away), strict=True)
        for _ in range(away[pool, day])
        if problem.pools.available[pool, day] > 0
    ]
    limits = replace(problem.limits, budget_yuan=max(0.0, problem.limits.budget_yuan - plan.cost_yuan))
    part = part_of(problem, cell, num)
    return replace(
        part,
        pools=without_vehicles(problem.pools, taken),
        limits=limits,
        caps=caps_left(part, plan, least=0),
        rail=None,
    ), cell


def caps_left(problem: Problem, plan: RailPlan, *, least: int = -UNLIMITED) -> Caps:
    """Return the day caps of a problem less who takes a train."""
    caps, of = problem.caps, plan.problem
    if not caps.bind:
        return caps
    leave, reach = caps.max_departures.copy(), caps.max_arrivals.copy()
    for line, (leaves, arrives) in enumerate(days_of_portions(plan)):
        heads = int(plan.num[line] * of.cells.num_persons[line])
        if of.cells.prefecture[line] >= 0:
            leave[of.cells.prefecture[line], leaves] -= heads
        reach[of.caps.city_of_cell[line], min(arrives, reach.shape[1] - 1)] -= heads
    return replace(caps, max_departures=np.maximum(least, leave), max_arrivals=np.maximum(least, reach))


def days_of_portions(plan: RailPlan) -> list[tuple[int, int]]:
    """Return the day on which each portion leaves home, and that on which it reaches its last stop.

    Where its people are on several shuttles, the last one counts.
    """
    leaves, arrives = [10**6] * len(plan.num), [-1] * len(plan.num)
    for leg in plan.legs:
        if leg.kind == "train":
            last = rail_of(plan.problem).services[leg.service]
            places = {call.place: call for call in last.calls}
            ends = places[leg.dropoffs[-1]].arrives
            assert ends is not None
            end = (ends.date() - plan.problem.first_day).days
        else:
            assert leg.end_minute is not None
            end = leg.day + leg.end_minute // MINUTES_A_DAY
        for line, _ in leg.load:
            leaves[line], arrives[line] = min(leaves[line], leg.day), max(arrives[line], end)
    return list(zip(leaves, arrives, strict=True))
