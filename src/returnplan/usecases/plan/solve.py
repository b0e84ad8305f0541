"""From the roster to an audited plan: build the problem, solve it, bound it, put names back, audit."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from returnplan.assembly.assemble import assemble
from returnplan.audit import Violation, audit
from returnplan.carryover import less_kept
from returnplan.model.errors import PlanBroken
from returnplan.model.plan import Plan
from returnplan.model.rules import Rules, Timetable
from returnplan.model.texts import Text
from returnplan.planning import PATIENT, Effort, LastCosts, Saving, last_costs, solve_both_ways
from returnplan.problem import build_problem
from returnplan.usecases.campaign import PlanSoFar, Progress
from returnplan.usecases.plan.bounding import IN_HASTE, bounded
from returnplan.usecases.plan.ending import early_end
from returnplan.usecases.plan.keep import Prepared

PER_CENT, SEARCHED = 100, 85
"""Of the stage: the search, then bound and audit."""
MOST_SHOWN = 5
"""Broken rules that the message quotes."""


@dataclass(frozen=True, slots=True)
class Search:
    """How hard to search, how long at most, and on how many cores (which changes the time, never the plan)."""

    effort: Effort = field(default_factory=Effort)
    time_limit_s: float | None = None
    processes: int = field(default_factory=lambda: os.cpu_count() or 1)


class Solved(NamedTuple):
    """The plan, the warnings of the audit, whether the search ended early, and what a plan afresh would save."""

    plan: Plan
    warnings: tuple[Violation, ...]
    is_cut_short: bool
    saving: Saving | None


def plan_roster(
    prepared: Prepared,
    rules: Rules,
    timetable: Timetable,
    person_numbers: Mapping[str, int],
    search: Search,
    progress: Progress,
) -> Solved:
    """Return the plan of everybody, audited against every rule.

    Parameters
    ----------
    prepared : who is planned, and what stays as people were told

    Raises
    ------
    PlanBroken : the plan breaks a rule: a bug of ours
    """
    roster = prepared.hidden
    problem, travellers = build_problem(roster, rules, timetable, prepared.told)
    problem = less_kept(problem, prepared.kept.batches, roster.pools)
    with early_end(search.time_limit_s) as ending:
        drafts, saving = solve_both_ways(
            problem,
            search.effort,
            processes=search.processes,
            progress=lambda share, plan: progress("plan", int(SEARCHED * share), PER_CENT, PlanSoFar(*plan)),
            time_limit_s=search.time_limit_s,
            should_stop=ending.asked.is_set,
        )
        is_cut_short = ending.is_early
    plan = prepared.restored(assemble(roster, timetable, problem, travellers, drafts, person_numbers))
    plan = replace(plan, summary=plan.summary | _in_cents(last_costs(problem, drafts)))
    plan = bounded(plan, prepared.roster, rules, IN_HASTE if is_cut_short else PATIENT)
    found = audit(plan, prepared.roster, rules, timetable)
    summary = plan.summary
    progress(
        "plan", PER_CENT, PER_CENT, PlanSoFar(summary["planned"], summary["cost"], summary["lower_bound"])
    )
    kept = {batch.id for batch in prepared.kept.batches}  # those seated by hand, too, are the office's word
    if broken := tuple(v for v in found if v.severity == "error" and v.batch not in kept):
        raise PlanBroken(_words(broken))
    gone = {batch.id for batch in plan.batches if batch.state == "departed"}  # nothing can be done about them
    return Solved(plan, tuple(v for v in found if v.batch not in gone), is_cut_short, saving)


def _in_cents(costs: LastCosts) -> dict[str, float | None]:
    """Return the last costs as entries of the summary."""
    return {
        f"last_{name}": None if yuan is None else round(yuan, 2) for name, yuan in costs._asdict().items()
    }


def _words(violations: tuple[Violation, ...]) -> Text:
    first = violations[:MOST_SHOWN]
    return Text(
        f"方案违反规则 {len(violations)} 处，没有保存(程序错误)：" + "；".join(v.message.zh for v in first),
        f"the plan breaks {len(violations)} rules and was not saved (a bug): "
        + "; ".join(v.message.en for v in first),
    )
