"""Which trains run, who takes them, and which direct coaches they make needless: a mixed-integer program.

A coach is given up whole or not at all: all its riders go by train, and what that saves is known to the cent. Besides,
people without a seat may go. People come before money, class by class. A train runs with its least load or not at all,
carriages are whole, no station or county gets more seats than its quota, and of two products of one train one runs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.model.law import MINUTES_A_DAY
from returnplan.model.roster import CapRule
from returnplan.planning.goals import move_yuan
from returnplan.planning.rail.previous import group_move_yuan, stays_on_train
from returnplan.planning.rail.ways import Ways, day_of, minute_of, rail_of, shuttle_day
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.groups import persons_by_class
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import UNLIMITED, Bools, Floats, Ints, Problem

OPTIONS = {"threads": 1, "random_seed": 2021, "mip_rel_gap": 1e-4, "mip_max_nodes": 200}


@dataclass(frozen=True)
class Coaches:
    """A plan of direct coaches for all people of a problem, as far as these carry them."""

    problem: Problem
    drafts: tuple[Draft, ...]

    @cached_property
    def waiting(self) -> Ints:
        """The groups of each cell (C,) that have no seat."""
        return self.problem.cells.num_groups - groups_planned(self.problem, self.drafts)

    @cached_property
    def yuan(self) -> Floats:
        """What each coach costs (B,)."""
        return np.array([draft.cost_yuan(self.problem) for draft in self.drafts])

    @cached_property
    def late_days(self) -> Floats:
        """The person-days after the resume date of each coach (B,)."""
        return np.array([draft.late_days(self.problem) for draft in self.drafts])

    @cached_property
    def move_yuan(self) -> Floats:
        """What it costs that riders of each coach (B,) were on another batch of the last plan."""
        return np.array([move_yuan(self.problem, draft) for draft in self.drafts])


class Offer(NamedTuple):
    """The riders of a whole direct coach, or one group without a seat, who take one train together.

    Attributes
    ----------
    coach : line of the coach, which is given up then; -1 for people without a seat
    most : how often it may be taken: once, or as often as groups of the cell wait
    lines, num : the ways that its groups take, and how many groups take each
    """

    coach: int
    most: int
    lines: tuple[int, ...]
    num: tuple[int, ...]


def find_offers(coaches: Coaches, ways: Ways) -> list[Offer]:
    """Return all offers: all riders from one station, or each from the station that is the cheapest for them."""
    offers = []
    for service in np.unique(ways.service).tolist():
        own = np.flatnonzero(ways.service == service)
        tables = []
        for board in np.unique(ways.board[own]).tolist():
            lines = own[ways.board[own] == board]
            tables.append(dict(zip(ways.cell[lines].tolist(), lines.tolist(), strict=True)))
        if len(tables) > 1:
            order = own[np.argsort(-ways.transfer_yuan()[own], kind="stable")]  # the cheapest is written last
            tables.append(dict(zip(ways.cell[order].tolist(), order.tolist(), strict=True)))
        seen = set()
        for way_of in tables:
            for coach, draft in enumerate(coaches.drafts):
                lines_of = tuple(way_of.get(cell, -1) for cell in draft.leg.cells)
                if min(lines_of) >= 0 and (coach, lines_of) not in seen:
                    seen.add((coach, lines_of))
                    offers.append(Offer(coach, 1, lines_of, tuple(num for _, num in draft.load)))
        for cell in np.intersect1d(ways.cell[own], np.flatnonzero(coaches.waiting)).tolist():
            offers += [
                Offer(-1, int(coaches.waiting[cell]), (of[cell],), (1,))
                for of in tables[:-1] or tables
                if cell in of
            ]
    return offers


@dataclass
class Program:
    """A mixed-integer program in the making: rows over numbered variables."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[int, int, float]] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)

    def variables(self, upper: Floats | Ints) -> Ints:
        """Add whole variables from 0 to ``upper``; return their numbers."""
        first = len(self.upper)
        self.lower += [0.0] * len(upper)
        self.upper += np.asarray(upper, dtype=np.float64).tolist()
        return np.arange(first, first + len(upper))

    def at_most(self, terms: list[tuple[int, float]], most: float) -> None:
        """Add the row Σ factor · variable ≤ most."""
        row = len(self.row_upper)
        self.rows += [(row, variable, factor) for variable, factor in terms]
        self.row_upper.append(most)

    def solve(
        self, cost: Floats, divisible: Ints | None = None, options: Mapping[str, str | int | float] = OPTIONS
    ) -> Floats | None:
        """Return the values that cost least, None if the rows contradict each other.

        Parameters
        ----------
        divisible : variables that are whole only once the others are settled, which is quicker and nearly as good
        """
        num = len(self.upper)
        row, variable, factor = (np.array(column) for column in zip(*self.rows, strict=True))
        entry, line = np.unique(variable * len(self.row_upper) + row, return_inverse=True)
        variable, row = np.divmod(entry, len(self.row_upper))
        least = np.full(len(self.row_upper), -highspy.kHighsInf)
        highs = SilentHighs.with_rows(least, np.array(self.row_upper), options)
        first = np.searchsorted(variable, np.arange(num))
        highs.add_entries(
            cost, first, row, np.bincount(line, factor).astype(np.float64), np.array(self.upper)
        )
        highs.changeColsBounds(
            num, np.arange(num, dtype=np.int32), np.array(self.lower), np.array(self.upper)
        )
        highs.make_whole()
        if divisible is not None:
            highs.changeColsIntegrality(
                len(divisible), divisible.astype(np.int32), np.zeros(len(divisible), dtype=np.uint8)
            )
            highs.run()
            if len(values := highs.getSolution().col_value) != num:
                return None
            others = np.setdiff1d(np.arange(num), divisible)
            settled = np.round(np.array(values)[others])
            highs.changeColsBounds(len(others), others.astype(np.int32), settled, settled)
            highs.make_whole()
        highs.run()
        found = np.array(highs.getSolution().col_value)
        is_found = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return found if is_found and len(found) == num else None


def choose(
    coaches: Coaches, ways: Ways, offers: Sequence[Offer], is_open: Bools, size: Mapping[int, int]
) -> Ints | None:
    """Return (O,) how often each offer is taken, None if no choice keeps the rules.

    Parameters
    ----------
    is_open : (O,) whether an offer may be taken
    size : of some trains, how many carriages are ordered, or 1 of a train that is bought otherwise; 0: it does not run
    """
    problem, program = coaches.problem, Program()
    cells = problem.cells
    takes = program.variables(np.where(is_open, [offer.most for offer in offers], 0))
    of_whom: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for variable, offer in zip(takes.tolist(), offers, strict=True):
        whose = offer.coach if offer.coach >= 0 else int(ways.cell[offer.lines[0]])
        of_whom[offer.coach >= 0, whose].append(variable)
    for (had_seat, whose), variables in of_whom.items():
        most = 1 if had_seat else coaches.waiting[whose]
        program.at_most([(variable, 1.0) for variable in variables], float(most))
    aboard = Aboard(offers)
    train_yuan = add_services(problem, ways, program, aboard, size)
    add_caps(coaches, ways, program, aboard)
    is_coach = np.array([offer.coach >= 0 for offer in offers])
    line = np.array([offer.coach for offer in offers])
    late_days, paid_yuan, moves = (np.zeros(len(program.upper)) for _ in range(3))
    seat = np.array([service.seat_yuan for service in rail_of(problem).services])[ways.service]
    paid_yuan[takes] = aboard.sum(seat * cells.num_seats[ways.cell] + ways.transfer_yuan())
    paid_yuan[takes[is_coach]] -= coaches.yuan[line[is_coach]]
    for variable, yuan in train_yuan.items():
        paid_yuan[variable] = yuan
    late_days[takes] = aboard.sum(cells.late_days[ways.cell, days_of(problem, ways)])
    late_days[takes[is_coach]] -= coaches.late_days[line[is_coach]]
    moves[takes] = aboard.sum(moves_yuan(problem, ways))
    left_yuan = aboard.sum(group_move_yuan(problem)[ways.cell])  # of those who would stay behind
    moves[takes[~is_coach]] -= left_yuan[~is_coach]
    moves[takes[is_coach]] -= coaches.move_yuan[line[is_coach]]
    if np.isfinite(problem.limits.budget_yuan):
        bills = [(variable, yuan) for variable, yuan in enumerate(paid_yuan.tolist()) if yuan]
        program.at_most(bills, problem.limits.budget_yuan - float(coaches.yuan.sum()))
    goals = []
    for persons in persons_by_class(cells.weight, cells.num_persons):
        seated = np.zeros(len(program.upper))
        seated[takes] = np.where(is_coach, 0.0, aboard.sum(persons[ways.cell]))
        goals.append(-seated)
    if problem.limits.late_day_yuan is None:
        goals.append(late_days)
    for goal in goals:
        if not goal.any():
            continue
        best = program.solve(goal)
        if best is None:
            return None
        used = np.flatnonzero(goal).tolist()
        program.at_most([(v, float(goal[v])) for v in used], float(np.round(goal @ best)))
    best = program.solve(paid_yuan + (problem.limits.late_day_yuan or 0.0) * late_days + moves)
    return None if best is None else np.round(best[takes]).astype(np.int64)


class Aboard:
    """What offers take of each way."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        """Lay the offers out: for each entry the offer, the way, the groups."""
        num = [len(offer.lines) for offer in offers]
        self.offer = np.repeat(np.arange(len(offers)), num)
        self.line = np.array([line for offer in offers for line in offer.lines], dtype=np.int64)
        self.num = np.array([num for offer in offers for num in offer.num], dtype=np.int64)
        self.offers = offers

    def sum(self, of_way: Floats | Ints | Bools, where: Bools | None = None) -> Floats:
        """Return (O,) the sum over the groups of each offer of something that one group counts (W,)."""
        of_entry = self.num * of_way[self.line]
        if where is not None:
            of_entry = np.where(where[self.line], of_entry, 0)
        return np.bincount(self.offer, of_entry, len(self.offers)).astype(np.float64)

    def terms(self, of_way: Floats | Ints, where: Bools) -> list[tuple[int, float]]:
        """Return the offers with something on some ways, and how much: they are the first variables."""
        counted = self.sum(of_way, where)
        return [(int(offer), float(counted[offer])) for offer in np.flatnonzero(counted)]


def days_of(problem: Problem, ways: Ways) -> Ints:
    """Return (W,) the day on which the train of each way leaves."""
    days = [day_of(problem, service) for service in range(len(rail_of(problem).services))]
    return np.array(days, dtype=np.int64)[ways.service]


def moves_yuan(problem: Problem, ways: Ways) -> Floats:
    """Return (W,) what it costs that a group takes a way: nothing if it took that train at these stations before."""
    return np.where(stays_on_train(problem, ways), 0.0, group_move_yuan(problem)[ways.cell])


def add_services(
    problem: Problem, ways: Ways, program: Program, aboard: Aboard, size: Mapping[int, int]
) -> dict[int, float]:
    """Add the rules of each train; return the price of each variable that stands for a train or its carriages."""
    cost: dict[int, float] = {}
    rivals: defaultdict[object, list[int]] = defaultdict(list)
    seats, persons = problem.cells.num_seats[ways.cell], problem.cells.num_persons[ways.cell]
    for service in np.unique(ways.service).tolist():
        train, own = rail_of(problem).services[service], ways.service == service
        (runs,) = program.variables(np.ones(1)).tolist()
        if service in size:
            program.lower[runs] = program.upper[runs] = float(size[service] > 0)
        rivals[train.name, train.day].append(runs)
        cost[runs] = train.fixed_yuan
        taken, heads = aboard.terms(seats, own), aboard.terms(persons, own)
        program.at_most([*taken, (runs, -float(train.capacity))], 0.0)
        program.at_most([*((v, -num) for v, num in heads), (runs, float(train.min_load))], 0.0)
        bill = [*((v, train.seat_yuan * num) for v, num in taken), (runs, train.fixed_yuan)]
        if train.carriage_yuan:
            most = -(-train.capacity // train.carriage_seats)
            (carriages,) = program.variables(np.full(1, most)).tolist()
            program.at_most([*taken, (carriages, -float(train.carriage_seats))], 0.0)
            cost[carriages] = train.carriage_yuan
            bill.append((carriages, train.carriage_yuan))
            if service in size:
                program.lower[carriages] = program.upper[carriages] = float(min(most, size[service]))
        if np.isfinite(a_head := problem.limits.max_yuan_per_head):
            program.at_most([*bill, *((v, -a_head * num) for v, num in heads)], 0.0)
        for board, call in enumerate(train.calls[:-1]):
            if call.quota is not None:
                program.at_most(aboard.terms(seats, own & (ways.board == board)), float(call.quota))
        for county, quota in train.county_quotas:
            of_county = rail_of(problem).county_seats[county][ways.cell]
            program.at_most(aboard.terms(of_county, own), float(quota))
        between = range(1, len(train.calls) - 1)
        is_first = program.variables(np.ones(len(between))).tolist()
        for call, variable in zip(between, is_first, strict=True):
            boards = aboard.terms(seats, own & (ways.board == call))
            alights = aboard.terms(seats, own & (ways.alight == call))
            most_seats = float(train.capacity)
            program.at_most([*boards, (variable, -most_seats)], 0.0)
            program.at_most([*alights, (variable, most_seats)], most_seats)
        for earlier, later in pairwise(is_first):
            program.at_most([(later, 1.0), (earlier, -1.0)], 0.0)
    for alike in rivals.values():
        program.at_most([(runs, 1.0) for runs in alike], 1.0)
    return cost


def add_caps(coaches: Coaches, ways: Ways, program: Program, aboard: Aboard) -> None:
    """Add the day caps on people who leave a prefecture or reach a city; who leaves a coach leaves room."""
    problem, caps, cells = coaches.problem, coaches.problem.caps, coaches.problem.cells
    if not caps.bind:
        return
    ledger = Ledger(problem, coaches.drafts)
    left = ledger.left().caps
    last = left.max_arrivals.shape[1] - 1
    days = np.array(days_counted(problem, ways), dtype=np.int64).reshape(-1, 2)
    gone: defaultdict[tuple[CapRule, int, int], Floats] = defaultdict(lambda: np.zeros(len(aboard.offers)))
    heads = cache(ledger.heads)  # many offers are for the same riders
    cell = ways.cell.tolist()
    for nth, offer in enumerate(aboard.offers):
        if offer.coach >= 0:
            load = tuple((cell[line], num) for line, num in zip(offer.lines, offer.num, strict=True))
            for key, num in heads(coaches.drafts[offer.coach].carrying(load)).items():
                gone[key][nth] += num
    capped: tuple[tuple[CapRule, Ints, Ints], ...] = (
        ("max_departures", cells.prefecture[ways.cell], days[:, 0]),
        ("max_arrivals", caps.city_of_cell[ways.cell], np.minimum(days[:, 1], last)),
    )
    for rule, whose, day in capped:
        for name, counted in {*zip(whose.tolist(), day.tolist(), strict=True)}:
            if name >= 0 and getattr(caps, rule)[name, counted] < UNLIMITED:
                come = aboard.sum(cells.num_persons[ways.cell], (whose == name) & (day == counted))
                come -= gone[rule, name, counted]
                terms = [(int(offer), float(come[offer])) for offer in np.flatnonzero(come)]
                program.at_most(terms, float(getattr(left, rule)[name, counted]))


def days_counted(problem: Problem, ways: Ways) -> list[tuple[int, int]]:
    """Return for each way the day on which people leave, and that on which they arrive by a straight shuttle."""
    services, cells = rail_of(problem).services, problem.cells
    counted = []
    lines = zip(*(column.tolist() for column in (*ways.numbers, ways.has_shuttle)), strict=True)
    for cell, service, _, alight, has_shuttle in lines:
        call = services[service].calls[alight]
        minute = minute_of(problem, call.arrives)
        if has_shuttle:
            drops = cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]]
            network = problem.network_on(shuttle_day(problem, call))
            minute += rail_of(problem).rules.alight_minutes
            minute += float(problem.minutes_on(network, call.place, drops).max())
        counted.append((day_of(problem, service), int(minute // MINUTES_A_DAY)))
    return counted
