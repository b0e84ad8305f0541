"""How many groups of each cell take which way: a mixed-integer program with estimated costs.

People come before money, class by class. A train runs with its least load or not at all, carriages are whole, no
station or county gets more seats than its quota, and of two products of one train one runs.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from returnplan.planning.rail.ways import Ways, day_of, rail_of
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import UNLIMITED, Floats, Ints, Problem

LEAST_GAP = 1e-4
MOST_NODES = 2_000
ROUNDING = 1e-6
PERSON_YUAN = 1e4
"""What a person of the last class is worth where classes are not taken one after the other; the next one ten times."""
MOST_WHOLE_WAYS = 600
"""Up to so many ways whole groups and trains are chosen at once. Beyond, a linear program says which trains are worth
it and then who takes them; few parts of groups are left to be rounded."""


@dataclass(frozen=True, slots=True)
class CoachEstimate:
    """What direct coaches do: ``num`` groups of each cell (C,) get a seat, for ``yuan`` each (late days included)."""

    num: Ints
    yuan: Floats


@dataclass
class _Program:
    """A mixed-integer program in the making: rows over numbered variables."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[int, int, float]] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    switches: dict[int, float] = field(default_factory=dict)

    def switch(self, values: Floats) -> None:
        """Set the variables that stand for yes or no by those of a relaxed program: yes from a share of its own on."""
        for variable, share in self.switches.items():
            self.lower[variable] = self.upper[variable] = float(values[variable] >= share - ROUNDING)

    def variables(self, upper: Floats | Ints, *, whole: bool) -> Ints:
        """Add variables from 0 to ``upper``; return their numbers."""
        first = len(self.upper)
        self.lower += [0.0] * len(upper)
        self.upper += np.asarray(upper, dtype=np.float64).tolist()
        self.whole += [whole] * len(upper)
        return np.arange(first, first + len(upper))

    def at_most(self, terms: list[tuple[int, float]], most: float) -> None:
        """Add the row Σ factor · variable ≤ most."""
        row = len(self.row_upper)
        self.rows += [(row, variable, factor) for variable, factor in terms]
        self.row_upper.append(most)

    def rounded(self, values: Floats) -> Floats:
        """Return values rounded down, and up again where no row forbids it; the largest parts first."""
        whole = np.floor(values + ROUNDING)
        order = [int(v) for v in np.argsort(whole - values, kind="stable") if values[v] - whole[v] > ROUNDING]
        of_variable: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        left = np.array(self.row_upper) + ROUNDING
        for row, variable, factor in self.rows:
            left[row] -= factor * whole[variable]
            of_variable[variable].append((row, factor))
        for variable in order:
            if all(factor <= max(0.0, left[row]) for row, factor in of_variable[variable]):
                whole[variable] += 1
                for row, factor in of_variable[variable]:
                    left[row] -= factor
        return whole

    def solve(self, cost: Floats) -> Floats | None:
        """Return the values that cost least, None if the rows contradict each other."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        row, column, value = zip(*self.rows, strict=True)
        shape = (len(self.row_upper), len(self.upper))
        matrix = coo_array((value, (row, column)), shape=shape).tocsr()
        found = milp(
            cost,
            integrality=np.array(self.whole, dtype=np.int64),
            bounds=Bounds(np.array(self.lower), np.array(self.upper)),
            constraints=LinearConstraint(matrix, ub=np.array(self.row_upper)),
            options={"mip_rel_gap": LEAST_GAP, "node_limit": MOST_NODES},
        )
        return None if found.x is None else np.asarray(found.x, dtype=np.float64)


def choose(problem: Problem, ways: Ways, coach: CoachEstimate, size: Mapping[int, int]) -> Ints | None:
    """Return (W,) how many groups take each way, None if no choice keeps the rules.

    Parameters
    ----------
    size : of some trains, how many carriages are ordered, or 1 of a train that is bought otherwise; 0: it does not run
    """
    program, cells = _Program(), problem.cells
    is_whole = len(ways) <= MOST_WHOLE_WAYS
    takes = program.variables(cells.num_groups[ways.cell], whole=is_whole)
    excess = cells.num_groups - coach.num
    lost = np.intersect1d(np.flatnonzero(excess > 0), ways.cell)
    found = dict(zip(lost.tolist(), program.variables(excess[lost], whole=is_whole).tolist(), strict=True))
    by_cell = _grouped(ways.cell)
    for cell, lines in by_cell.items():
        program.at_most([(int(takes[line]), 1.0) for line in lines], float(cells.num_groups[cell]))
    for cell, variable in found.items():
        program.at_most([(variable, 1.0), *((int(takes[line]), -1.0) for line in by_cell.get(cell, ()))], 0.0)
    run_cost = _add_services(problem, ways, program, takes, size, is_whole)
    _add_caps(problem, ways, program, takes)
    cost = np.zeros(len(program.upper))
    for variable, yuan in run_cost.items():
        cost[variable] = yuan
    late = problem.limits.late_day_yuan or 0.0
    days = np.array([day_of(problem, service) for service in range(len(rail_of(problem).services))])[
        ways.service
    ]
    seat = np.array([service.seat_yuan for service in rail_of(problem).services])[ways.service]
    paid_yuan = seat * cells.num_seats[ways.cell] + ways.transfer_yuan()
    if np.isfinite(problem.limits.budget_yuan):
        bills = zip(takes.tolist(), paid_yuan.tolist(), strict=True)
        program.at_most([*bills, *run_cost.items()], problem.limits.budget_yuan)
    cost[takes] = paid_yuan + late * cells.late_days[ways.cell, days] - coach.yuan[ways.cell]
    for cell, variable in found.items():
        cost[variable] = coach.yuan[cell]  # who has no coach does not save one
    variables = np.array(list(found.values()), dtype=np.int64)
    of_class = persons_by_class(cells.weight[lost], cells.num_persons[lost])
    if not is_whole:
        worth_yuan = PERSON_YUAN * 10.0 ** np.arange(len(of_class))[::-1]
        cost[variables] -= worth_yuan @ of_class
        relaxed = program.solve(cost)
        if relaxed is None:
            return None
        program.switch(relaxed)
    elif len(lost):
        for persons in of_class:
            if not persons.any():
                continue
            gain = np.zeros_like(cost)
            gain[variables] = -persons
            best = program.solve(gain)
            if best is None:
                return None
            program.at_most(
                [(int(v), -float(n)) for v, n in zip(variables, persons, strict=True)],
                float(np.round(gain @ best)),
            )
    best = program.solve(cost)
    if best is None:
        return None
    whole = np.round(best) if is_whole else program.rounded(best)
    return np.asarray(whole[takes], dtype=np.int64)


def _grouped(keys: Ints) -> dict[int, list[int]]:
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for line, key in enumerate(keys.tolist()):
        lines[key].append(line)
    return lines


def _add_services(
    problem: Problem, ways: Ways, program: _Program, takes: Ints, size: Mapping[int, int], is_whole: bool
) -> dict[int, float]:
    """Add the rules of each train; return the price of each variable that stands for a train or its carriages."""
    cost: dict[int, float] = {}
    rivals: defaultdict[object, list[int]] = defaultdict(list)
    seats, persons = problem.cells.num_seats[ways.cell], problem.cells.num_persons[ways.cell]
    for service, lines in _grouped(ways.service).items():
        train = rail_of(problem).services[service]
        (runs,) = program.variables(np.ones(1), whole=is_whole).tolist()
        program.switches[runs] = train.min_load / train.capacity
        if service in size:
            program.lower[runs] = program.upper[runs] = float(size[service] > 0)
        rivals[train.name, train.day].append(runs)
        cost[runs] = train.fixed_yuan
        taken = [(int(takes[line]), float(seats[line])) for line in lines]
        program.at_most([*taken, (runs, -float(train.capacity))], 0.0)
        heads = [(int(takes[line]), -float(persons[line])) for line in lines]
        program.at_most([*heads, (runs, float(train.min_load))], 0.0)
        bill = [(int(takes[line]), train.seat_yuan * float(seats[line])) for line in lines]
        bill.append((runs, train.fixed_yuan))
        if train.carriage_yuan:
            most = -(-train.capacity // train.carriage_seats)
            (carriages,) = program.variables(np.full(1, most), whole=is_whole).tolist()
            program.at_most([*taken, (carriages, -float(train.carriage_seats))], 0.0)
            cost[carriages] = train.carriage_yuan
            bill.append((carriages, train.carriage_yuan))
            if service in size:
                program.lower[carriages] = program.upper[carriages] = float(min(most, size[service]))
        if np.isfinite(a_head := problem.limits.max_yuan_per_head):
            program.at_most([*bill, *((take, a_head * less) for take, less in heads)], 0.0)
        boards, alights = _grouped(ways.board[lines]), _grouped(ways.alight[lines])
        for board, own in boards.items():
            quota = train.calls[board].quota
            if quota is not None:
                program.at_most([(int(takes[lines[i]]), float(seats[lines[i]])) for i in own], float(quota))
        for county, quota in train.county_quotas:
            of_county = rail_of(problem).county_seats[county][ways.cell[lines]].tolist()
            if any(of_county):
                terms = zip(lines, of_county, strict=True)
                program.at_most([(int(takes[line]), float(num)) for line, num in terms], float(quota))
        between = range(1, len(train.calls) - 1)
        is_first = program.variables(np.ones(len(between)), whole=is_whole).tolist()
        program.switches |= dict.fromkeys(is_first, 0.5)
        for call, variable in zip(between, is_first, strict=True):
            for i in boards.get(call, ()):
                line = lines[i]
                program.at_most([(int(takes[line]), 1.0), (variable, -program.upper[takes[line]])], 0.0)
            for i in alights.get(call, ()):
                line = lines[i]
                most = program.upper[takes[line]]
                program.at_most([(int(takes[line]), 1.0), (variable, most)], most)
        for earlier, later in pairwise(is_first):
            program.at_most([(later, 1.0), (earlier, -1.0)], 0.0)
    for alike in rivals.values():
        program.at_most([(runs, 1.0) for runs in alike], 1.0)
    return cost


def _add_caps(problem: Problem, ways: Ways, program: _Program, takes: Ints) -> None:
    """Add the day caps on people who leave a prefecture or reach a city."""
    caps, cells = problem.caps, problem.cells
    if not caps.bind:
        return
    heads: defaultdict[tuple[str, int, int], list[tuple[int, float]]] = defaultdict(list)
    for line, (leaves, arrives) in enumerate(days_counted(problem, ways)):
        cell = int(ways.cell[line])
        term = (int(takes[line]), float(cells.num_persons[cell]))
        if cells.prefecture[cell] >= 0:
            heads["leaves", int(cells.prefecture[cell]), leaves].append(term)
        heads["arrives", int(caps.city_of_cell[cell]), arrives].append(term)
    for (kind, name, day), terms in heads.items():
        table = caps.max_departures if kind == "leaves" else caps.max_arrivals
        most = int(table[name, min(day, table.shape[1] - 1)])
        if most < UNLIMITED:
            program.at_most(terms, float(most))


def days_counted(problem: Problem, ways: Ways) -> list[tuple[int, int]]:
    """Return for each way the day on which people leave, and that on which the train brings them to their city."""
    services = rail_of(problem).services
    counted = []
    for service, alight in zip(ways.service.tolist(), ways.alight.tolist(), strict=True):
        arrives = services[service].calls[alight].arrives
        assert arrives is not None
        counted.append((day_of(problem, service), (arrives.date() - problem.first_day).days))
    return counted
