"""Outlook: who is known tonight and who may sign up later, as one problem, of which quick plans are made.

People of all futures are made alike with those who are known once. A future is then no more than a number of groups of
each cell, and its plan costs what the search costs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from returnplan.carryover.kept import less_kept
from returnplan.model.law import Law
from returnplan.model.plan import Batch
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.planning import Effort, solve_in_small
from returnplan.problem import build_problem
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import without_vehicles
from returnplan.problem.model import Bools, Floats, Ints, Problem, Travellers
from returnplan.problem.parts import part_of

IN_SMALL = Effort(base_work=30_000, most_base_per_person=200, work_per_group=30, replicas=1)
"""The effort of planning a future: it is planned many times, and what counts are differences."""
STRICT_YUAN = 1e6
"""What a day after the resume date counts where it is put before any money."""

Flow = tuple[str, str]
"""Prefecture of departure, if each vehicle has a base, and a city of the destinations that may share a vehicle."""


class Leaving(NamedTuple):
    """A coach that leaves on the first day in the plan of tonight: lines of the roster's people, pool, cost."""

    lines: Ints
    pool: int
    yuan: float


class Coach(NamedTuple):
    """A coach of the first day: how many groups of each cell ride (C,), its pool and cost, late days included."""

    flow: Flow
    load: Ints
    pool: int
    yuan: float


class Worth(NamedTuple):
    """What comes of a departure in each future (F,): people who travel, and what they cost."""

    people: Floats
    yuan: Floats


@dataclass(frozen=True)
class Outlook:
    """Who is known and who may come, C cells in F futures.

    Attributes
    ----------
    problem : its cells are those of all people, of tonight and of any future; their ``num_groups`` count all of these
    travellers : who stands behind the cells; those who are known come first, then the people of the futures
    flow : of each cell
    known : (C,) groups who are known tonight
    futures : (F, C) groups who sign up later
    day : the first day on which people can still be told of, as an index of the problem
    """

    problem: Problem
    travellers: Travellers
    flow: Sequence[Flow]
    known: Ints
    futures: Ints
    day: int

    @classmethod
    def of(
        cls,
        roster: Roster,
        taken: Sequence[Batch],
        future: pd.DataFrame,
        num_futures: int,
        rules: Rules,
        law: Law,
    ) -> "Outlook":
        """Return the outlook of a roster with the first day on which people can travel.

        Parameters
        ----------
        taken : kept batches
        future : people of all futures, with the number of each in ``future``
        """
        assert roster.not_before is not None
        known = roster.people.assign(future=-1)
        people = pd.concat([known, future], ignore_index=True)
        everybody = replace(roster, people=people, rail=())
        problem, travellers = build_problem(everybody, rules, law)
        groups = np.zeros((1 + num_futures, len(problem.cells)), dtype=np.int64)
        first_of_group = travellers.member_row[travellers.member_start[:-1]]
        of_group = 1 + people["future"].to_numpy()[first_of_group]
        np.add.at(groups, (of_group, travellers.cell_of_group), 1)
        is_based = bool((problem.pools.base >= 0).all())
        flow_of_line = _flow_of_lines(everybody, rules, is_based=is_based)
        flow = [flow_of_line[line] for line in travellers.first_member.tolist()]
        day = (roster.not_before - problem.first_day).days
        problem = less_kept(problem, taken, roster.pools)
        return cls(problem, travellers, flow, groups[0], groups[1:], day)

    def is_of(self, flow: Flow) -> Bools:
        """Return (C,) which cells are of a flow."""
        return np.array([one == flow for one in self.flow], dtype=np.bool_)

    def coach(self, draft: Draft) -> Coach:
        """Return a batch of a quick plan as a coach."""
        load = np.zeros_like(self.known)
        for cell, num in draft.load:
            load[cell] = num
        return Coach(self.flow[draft.load[0][0]], load, draft.leg.pool, self._yuan(draft))

    def coach_of(self, leaving: Leaving) -> Coach:
        """Return a coach of the plan of tonight."""
        group_of_line = np.zeros(1 + int(self.travellers.member_row.max()), dtype=np.int64)
        group_of_line[self.travellers.member_row] = self.travellers.group_of_member
        cells = self.travellers.cell_of_group[np.unique(group_of_line[leaving.lines])]
        load = np.bincount(cells, minlength=len(self.known)).astype(np.int64)
        late_days = float(load @ self.problem.cells.late_days[:, self.day])
        return Coach(self.flow[cells[0]], load, leaving.pool, leaving.yuan + self._late_day_yuan * late_days)

    def leaving_in(self, future: Ints) -> list[Coach]:
        """Return the coaches of the first day in a quick plan of all who are known and those of a future (C,)."""
        rides = self._planned(self.known + future, self.day, ())
        return [self.coach(draft) for draft in rides if draft.day == self.day]

    def worth(self, departure: Sequence[Coach]) -> dict[Flow, Worth]:
        """Return for each flow what comes of it if these coaches, and no others, leave on the first day."""
        num = len(self.futures)
        worth = {flow: Worth(np.zeros(num), np.zeros(num)) for flow in self.flow}
        for coach in departure:
            worth[coach.flow].people[:] += coach.load @ self.problem.cells.num_persons
            worth[coach.flow].yuan[:] += coach.yuan
        rest = self.known - loads(departure, self.known)
        pools = [coach.pool for coach in departure]
        for nth, future in enumerate(self.futures):
            for draft in self._planned(rest + future, self.day + 1, pools):
                one = worth[self.flow[draft.load[0][0]]]
                one.people[nth] += draft.num_persons(self.problem)
                one.yuan[nth] += self._yuan(draft)
        return worth

    def lines(self, flow: Flow, leave: Ints) -> tuple[Ints, Ints]:
        """Return the lines of the roster's people of a flow who leave on the first day, and who wait though they could.

        Parameters
        ----------
        leave : (C,) groups who leave
        """
        found: tuple[list[Ints], list[Ints]] = ([], [])
        for cell in np.flatnonzero(self.is_of(flow) & (self.known > 0)).tolist():
            first = int(self.travellers.group_start[cell])
            for nth in range(int(self.known[cell])):
                if nth < leave[cell]:
                    found[0].append(self.travellers.members(first + nth))
                elif self.problem.cells.latest[cell] > self.day:
                    found[1].append(self.travellers.members(first + nth))
        nobody = np.zeros(0, dtype=np.int64)
        leaves, waits = (np.sort(np.concatenate([nobody, *members])) for members in found)
        return leaves, waits

    def _planned(self, groups: Ints, first_day: int, sent: Iterable[int]) -> Iterator[Draft]:
        """Yield the batches of a quick plan of so many groups of each cell, who leave on a day or later.

        Parameters
        ----------
        sent : pools of vehicles that leave on the first day
        """
        cell = np.flatnonzero(groups)
        part = part_of(self.problem, cell, groups[cell])
        cells = replace(part.cells, earliest=np.maximum(part.cells.earliest, first_day))
        pools = without_vehicles(part.pools, [(pool, self.day) for pool in sent])
        for draft in solve_in_small(replace(part, cells=cells, pools=pools), IN_SMALL):
            yield draft.renumbered(cell.tolist())

    @property
    def _late_day_yuan(self) -> float:
        a_day = self.problem.limits.late_day_yuan
        return STRICT_YUAN if a_day is None else a_day

    def _yuan(self, draft: Draft) -> float:
        return draft.cost_yuan(self.problem) + self._late_day_yuan * draft.late_days(self.problem)


def loads(coaches: Iterable[Coach], known: Ints) -> Ints:
    """Return (C,) how many groups of each cell ride on some coaches."""
    return sum((coach.load for coach in coaches), np.zeros_like(known))


def _flow_of_lines(roster: Roster, rules: Rules, *, is_based: bool) -> list[Flow]:
    """Return the flow of each line of the roster's people; ``is_based``: all vehicles stay with people of one home."""
    homes = roster.boarding_prefectures() if is_based else [""] * len(roster.people)
    leader = {city: group[0] for group in rules.combine_cities for city in group}
    return [
        (str(home), leader.get(city, city)) for home, city in zip(homes, roster.people["city"], strict=True)
    ]
