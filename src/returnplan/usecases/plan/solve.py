"""From the roster to an audited plan: build the problem, solve it, bound it, put names back, audit.

A search may end before its effort is spent: at a time limit, or when a person presses Ctrl-C once.
"""

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from time import monotonic
from types import FrameType
from typing import Any, NamedTuple

import numpy as np

from returnplan.assembly.assemble import Passengers, assemble
from returnplan.audit import LASTING, Violation, audit
from returnplan.carryover import less_kept
from returnplan.model.errors import PlanBroken
from returnplan.model.law import Law
from returnplan.model.memory import give_back
from returnplan.model.plan import Plan, PlanSoFar
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.planning import PATIENT, Care, Effort, Saving, last_costs, solve_both_ways
from returnplan.planning.rail import RailPlan, solve_with_trains, without_passengers
from returnplan.problem import build_problem
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem, Travellers
from returnplan.problem.parts import travellers_of
from returnplan.reasons.standing import with_reasons
from returnplan.reasons.trains import MissedTrain
from returnplan.usecases.campaign import Progress
from returnplan.usecases.plan.bound import bounded
from returnplan.usecases.plan.cluster import Cluster
from returnplan.usecases.plan.keep import Prepared
from returnplan.usecases.plan.ordered_terms import said_once

PER_CENT, SEARCHED = 100, 85
"""Of the stage: the search, then bound and audit."""
MOST_SHOWN = 5
"""Broken rules that the message quotes."""
IN_HASTE = Care(num_rounds=8, num_roundings=0)
"""The care of the bound where somebody waits for an early end; the next run proves a higher one."""


@dataclass(frozen=True, slots=True)
class Search:
    """How hard to search, how long at most, and where: on how many cores of this machine, or on which cluster.

    ``cluster`` is the address of a Dask scheduler. Where the search runs changes the time, never the plan.
    """

    effort: Effort = field(default_factory=Effort)
    time_limit_s: float | None = None
    processes: int = field(default_factory=lambda: os.cpu_count() or 1)
    cluster: str | None = None


class Solved(NamedTuple):
    """The plan, the warnings of the audit, whether the search ended early, what a plan afresh would save, and notes."""

    plan: Plan
    warnings: tuple[Violation, ...]
    is_cut_short: bool
    saving: Saving | None
    notes: tuple[Text, ...] = ()


def plan_roster(
    prepared: Prepared,
    rules: Rules,
    law: Law,
    person_numbers: Mapping[str, int],
    search: Search,
    progress: Progress,
    cluster: Cluster | None = None,
) -> Solved:
    """Return the plan of everybody, audited against every rule.

    Parameters
    ----------
    prepared : who is planned, and what stays as people were told
    cluster : that searches; Ctrl-C does not reach it, so it does not end a search early

    Raises
    ------
    PlanBroken : the plan breaks a rule: a bug of ours
    """
    roster = prepared.hidden
    problem, travellers = build_problem(prepared.decided or roster, rules, law, prepared.previous)
    is_whole = roster is prepared.roster and not (
        prepared.decided or prepared.previous or prepared.kept.batches
    )
    built = (problem, travellers) if is_whole and roster.not_before is None else None
    problem = less_kept(problem, prepared.kept.batches, roster.pools)
    with nullcontext(Ending(search.time_limit_s)) if cluster else early_end(search.time_limit_s) as ending:
        options = {
            "processes": cluster.num_cores if cluster else search.processes,
            "cluster": cluster.workers if cluster else None,
            "progress": lambda share, plan: progress("plan", int(SEARCHED * share), PER_CENT, plan),
            "time_limit_s": search.time_limit_s,
            "should_stop": ending.asked.is_set,
        }
        give_back()
        drafts, saving, trains = _solved(problem, travellers, search.effort, options)
        give_back()
        is_cut_short = ending.is_early
    if trains:
        problem, travellers = trains.others, trains.their_travellers
    passengers = trains and _new_trains(trains.passengers, prepared)
    notes = tuple(train.say() for train in passengers.missed) if passengers else ()
    is_first = prepared.old is None
    plan = assemble(roster, problem, travellers, drafts, person_numbers, passengers, says_why=is_first)
    if not is_first:
        plan = prepared.restored(plan)
        missed = passengers.missed if passengers else ()
        everybody = build_problem(prepared.roster, rules, law)
        plan = with_reasons(plan, prepared.roster, *everybody, missed)
    give_back()
    last = last_costs(problem, drafts)._asdict().items()
    in_cents = {f"last_{name}": None if yuan is None else round(yuan, 2) for name, yuan in last}
    plan = replace(plan, summary=plan.summary | in_cents)
    del problem, travellers, drafts  # at a region's size a third of all memory
    plan = bounded(plan, prepared.roster, rules, law, IN_HASTE if is_cut_short else PATIENT, built)
    del built
    give_back()
    found = audit(plan, prepared.roster, rules, law)
    summary = plan.summary
    progress(
        "plan", PER_CENT, PER_CENT, PlanSoFar(summary["planned"], summary["cost"], summary["lower_bound"])
    )
    kept = {batch.id for batch in prepared.kept.batches}  # those seated by hand, too, are the office's word
    gone = {batch.id for batch in plan.batches if batch.state == "departed"}  # nothing can be done about them
    lasting = kept - gone
    if broken := tuple(
        v
        for v in found
        if v.severity == "error" and (v.batch not in kept or (v.batch in lasting and v.code in LASTING))
    ):
        raise PlanBroken(_words(broken))
    coming = said_once((v for v in found if v.batch not in gone), plan.batches)
    return Solved(plan, tuple(coming), is_cut_short, saving, notes)


class _Trains(NamedTuple):
    """Who takes a train, and the problem of those who do not."""

    passengers: Passengers
    others: Problem
    their_travellers: Travellers


def _solved(
    problem: Problem, travellers: Travellers, effort: Effort, options: Mapping[str, Any]
) -> tuple[tuple[Draft, ...], Saving | None, _Trains | None]:
    """Return the direct coaches, what a plan afresh would save, and who takes a train where there are any."""
    if problem.rail is None:
        return *solve_both_ways(problem, effort, **options), None
    drafts, saving, plan = solve_with_trains(problem, effort, **options)
    others, cell = without_passengers(problem, plan)
    first = np.zeros(len(cell), dtype=np.int64)
    before = problem.cells.num_groups - np.bincount(plan.cell, plan.num, len(problem.cells)).astype(np.int64)
    skipped = np.zeros(len(plan.cell), dtype=np.int64)
    for line, (own, num) in enumerate(zip(plan.cell.tolist(), plan.num.tolist(), strict=True)):
        skipped[line] = before[own]
        before[own] += num
    return (
        drafts,
        saving,
        _Trains(
            Passengers(
                plan,
                travellers_of(travellers, plan.cell, plan.num, skipped),
                _missed(problem, travellers, plan),
            ),
            others,
            travellers_of(travellers, cell, others.cells.num_groups, first),
        ),
    )


def _new_trains(passengers: Passengers, prepared: Prepared) -> Passengers:
    """Return who takes trains; of a train that is ordered already nothing is said if its free seats stay empty."""
    ordered = {(batch.service, batch.date) for batch in prepared.kept.batches}
    missed = (one for one in passengers.missed if (one.service.name, one.service.day) not in ordered)
    return passengers._replace(missed=tuple(missed))


def _missed(problem: Problem, travellers: Travellers, plan: RailPlan) -> tuple[MissedTrain, ...]:
    """Return the trains that do not run, with the people who could have taken them."""
    assert problem.rail is not None
    cell = travellers.cell_of_group[travellers.group_of_member]
    return tuple(
        MissedTrain(
            problem.rail.services[train.service],
            frozenset(travellers.member_row[np.isin(cell, train.cells)].tolist()),
            train.more_yuan,
        )
        for train in plan.not_run
    )


def _words(violations: tuple[Violation, ...]) -> Text:
    first = violations[:MOST_SHOWN]
    return Text(
        f"方案违反规则 {len(violations)} 处，没有保存(程序错误)：" + "；".join(v.message.zh for v in first),
        f"the plan breaks {len(violations)} rules and was not saved (a bug): "
        + "; ".join(v.message.en for v in first),
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """Know whether the end was asked for, or the time is up."""

    limit_s: float | None
    asked: threading.Event = field(default_factory=threading.Event)
    start_s: float = field(default_factory=monotonic)

    @property
    def is_early(self) -> bool:
        """Return whether the search is (or was just now) cut short."""
        return self.asked.is_set() or (
            self.limit_s is not None and monotonic() - self.start_s >= self.limit_s
        )


@contextmanager
def early_end(limit_s: float | None) -> Iterator[Ending]:
    """Let Ctrl-C ask for the best plan so far; pressed twice it interrupts as it does everywhere else."""
    ending = Ending(limit_s)
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield ending
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if ending.asked.is_set():
            raise KeyboardInterrupt
        ending.asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield ending
    finally:
        signal.signal(signal.SIGINT, before)
