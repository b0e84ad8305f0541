"""A plan that stands in the numbers of a problem: what it leaves over, and why those wait who have no seat on it.

Assembly says it of a first plan. In later ones batches get the numbers that people know, and stand beside others that
were kept, before anything is said of those who wait.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from returnplan.model.plan import Plan
from returnplan.model.pools import pool_of
from returnplan.model.roster import Roster
from returnplan.problem.draft import Draft
from returnplan.problem.model import Ints, Problem, Travellers
from returnplan.reasons.answers import Answer, answers_to_left
from returnplan.reasons.left_over import LeftOver, left_over_by
from returnplan.reasons.trains import MissedTrain, with_missed_trains
from returnplan.reasons.why_left import Verdict, verdicts_on_left

SAID = ("code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en", "group")
"""The columns of what is said of somebody on no batch."""


def said_of(verdict: Verdict, answer: Answer | None) -> tuple[object, ...]:
    """Return what the columns hold of somebody who was left, and of the answer to the group, if there is one."""
    suggestion = answer.or_else(verdict.suggestion) if answer else verdict.suggestion
    return verdict.code, *verdict.reason, *suggestion, answer.number if answer else 0


def with_reasons(
    plan: Plan,
    roster: Roster,
    problem: Problem,
    travellers: Travellers,
    missed: Iterable[MissedTrain] = (),
) -> Plan:
    """Return the plan with what is said of those whom the planner left, beside all its batches.

    Parameters
    ----------
    roster, problem, travellers : everybody of the plan
    missed : the trains that do not run
    """
    row_of = pd.Index(roster.people["signup"])
    row = row_of.get_indexer(pd.Index(plan.unplanned["signup"]))
    left_over = left_over_of(plan, roster, problem, travellers)
    left = with_missed_trains(verdicts_on_left(travellers, left_over), missed)
    answers = answers_to_left(left_over, travellers, roster)
    words = plan.unplanned[list(SAID)].to_numpy(dtype=object, copy=True)
    for line, own in enumerate(row.tolist()):
        if own in left:
            words[line] = said_of(left[own], answers.get(own))
    unplanned = plan.unplanned.assign(**dict(zip(SAID, words.T, strict=True)))
    return replace(plan, unplanned=unplanned.astype({"group": np.int64}))


def left_over_of(plan: Plan, roster: Roster, problem: Problem, travellers: Travellers) -> LeftOver:
    """Return what a plan leaves over that stands.

    A batch that was changed by hand to a vehicle which no fleet sheet names is none of its drafts, and so are trains
    with their feeders and shuttles; their riders have a seat all the same.
    """
    cell_of = cells_of_rows(roster, travellers)
    row = pd.Index(roster.people["signup"]).get_indexer(pd.Index(plan.riders["signup"]))
    rides = np.zeros(len(roster.people), dtype=bool)
    rides[row[row >= 0]] = True
    state = {batch.id: batch.state for batch in plan.batches}
    published = frozenset(name for name, own in state.items() if own == "published")
    waits = np.bincount(
        travellers.group_of_member, ~rides[travellers.member_row], minlength=len(travellers.cell_of_group)
    )
    drafts = _drafts_of(plan, roster, problem, np.where(row >= 0, cell_of[row], -1), row)
    gone = [draft for name, draft in drafts.items() if state[name] == "departed"]
    here = {name: draft for name, draft in drafts.items() if state[name] != "departed"}
    return left_over_by(here, problem, travellers, roster, published, waits > 0, gone)


def cells_of_rows(roster: Roster, travellers: Travellers) -> Ints:
    """Return the cell of each line of ``Roster.people``, -1 for people who are not eligible."""
    cell_of = np.full(len(roster.people), -1, dtype=np.int64)
    cell_of[travellers.member_row] = travellers.cell_of_group[travellers.group_of_member]
    return cell_of


def _drafts_of(plan: Plan, roster: Roster, problem: Problem, cell: Ints, row: Ints) -> dict[str, Draft]:
    """Return batch id -> draft of all direct batches whose vehicle and riders are those of the roster.

    Parameters
    ----------
    cell, row : of each rider, -1 for those who are not eligible
    """
    people = roster.people[["pickup", "dropoff"]].take(row[cell >= 0])
    riders = plan.riders.loc[cell >= 0, ["batch", "pickup_seq", "dropoff_seq"]].assign(
        cell=cell[cell >= 0], pickup=people["pickup"].to_numpy(), dropoff=people["dropoff"].to_numpy()
    )
    pickups, dropoffs = _stops(riders, "pickup"), _stops(riders, "dropoff")
    load: dict[str, list[tuple[int, int]]] = {}
    aboard = riders.groupby(["batch", "cell"]).size().reset_index(name="persons")
    num_groups = aboard["persons"].to_numpy() // problem.cells.num_persons[aboard["cell"].to_numpy()]
    for name, own, num in zip(
        aboard["batch"].tolist(), aboard["cell"].tolist(), num_groups.tolist(), strict=True
    ):
        load.setdefault(name, []).append((own, num))
    drafts = {}
    for batch in plan.batches:
        pool, day = pool_of(batch, roster.pools), (batch.date - problem.first_day).days
        if batch.kind == "direct" and pool is not None and batch.id in load and 0 <= day < problem.num_days:
            drafts[batch.id] = Draft.direct(
                day=day,
                pool=pool,
                pickups=tuple(pickups[batch.id]),
                dropoffs=tuple(dropoffs[batch.id]),
                load=tuple(load[batch.id]),
            )
    return drafts


def _stops(riders: pd.DataFrame, kind: str) -> dict[str, list[int]]:
    """Return batch id -> the places at which its riders board, or alight, in their order."""
    stops: dict[str, list[int]] = {}
    each = riders.sort_values(f"{kind}_seq", kind="stable").drop_duplicates(["batch", f"{kind}_seq"])
    for name, place in zip(each["batch"].tolist(), each[kind].tolist(), strict=True):
        stops.setdefault(name, []).append(place)
    return stops
