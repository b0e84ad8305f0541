"""A stored plan back in the integers of its problem, so that changes can be tried and priced."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.problem.draft import Draft
from returnplan.problem.fleet import pool_of
from returnplan.problem.model import Ints, Problem, Travellers


@dataclass(frozen=True, slots=True)
class Lookup:
    """Of each line of ``Roster.people`` its cell and group, -1 for people who are not eligible."""

    cell: Ints
    group: Ints


def lookup_of(roster: Roster, travellers: Travellers) -> Lookup:
    """Return where in the problem each person stands."""
    cell, group = (np.full(len(roster.people), -1, dtype=np.int64) for _ in range(2))
    group[travellers.member_row] = travellers.group_of_member
    cell[travellers.member_row] = travellers.cell_of_group[travellers.group_of_member]
    return Lookup(cell, group)


def drafts_of(plan: Plan, roster: Roster, problem: Problem, lookup: Lookup) -> dict[str, Draft]:
    """Return batch id -> draft of all batches whose vehicle and riders are those of the roster.

    A batch that was changed by hand to a vehicle which no fleet sheet names is left out.
    """
    riders = _placed(plan.riders, roster, lookup)
    by_batch = dict(iter(riders.groupby("batch")))
    drafts = {}
    for batch in plan.batches:
        pool, day = pool_of(batch, roster.pools), (batch.date - problem.first_day).days
        if pool is not None and batch.id in by_batch and 0 <= day < problem.num_days:
            drafts[batch.id] = _draft(day, pool, by_batch[batch.id], problem)
    return drafts


def _placed(riders: pd.DataFrame, roster: Roster, lookup: Lookup) -> pd.DataFrame:
    """Return batch, stops, places and cell of the riders that the roster knows as eligible."""
    row = pd.Index(roster.people["signup"]).get_indexer(pd.Index(riders["signup"]))
    cell = np.where(row >= 0, lookup.cell[row], -1)
    known = riders.loc[cell >= 0, ["batch", "pickup_seq", "dropoff_seq"]]
    people = roster.people[["pickup", "dropoff"]].take(row[cell >= 0])
    return known.assign(
        cell=cell[cell >= 0], pickup=people["pickup"].to_numpy(), dropoff=people["dropoff"].to_numpy()
    )


def _draft(day: int, pool: int, riders: pd.DataFrame, problem: Problem) -> Draft:
    on_board, persons = np.unique(riders["cell"].to_numpy(np.int64), return_counts=True)
    num_groups = persons // problem.cells.num_persons[on_board]
    return Draft.direct(
        day=day,
        pool=pool,
        pickups=_places(riders, "pickup"),
        dropoffs=_places(riders, "dropoff"),
        load=tuple(zip(on_board.tolist(), num_groups.tolist(), strict=True)),
    )


def _places(riders: pd.DataFrame, kind: str) -> tuple[int, ...]:
    return tuple(riders.groupby(f"{kind}_seq")[kind].first().tolist())
