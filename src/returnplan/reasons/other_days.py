"""Free seats on another day than people can travel: somebody may ask them; nobody is moved by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

import numpy as np

from returnplan.model.roster import Roster
from returnplan.model.texts import NO_TEXT, Text
from returnplan.problem.draft import Draft
from returnplan.problem.rules import WINDOW
from returnplan.reasons.left_over import LeftOver, with_groups
from returnplan.reasons.waiting import WaitingGroup

MOST_TRIED = 30
"""Batches of other days that are tried for a group, those of the nearest days first."""
MOST_SAID = 2


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A batch of another day with ``num_seats`` free, and its draft with one more of those who wait."""

    batch: str
    joined: Draft
    num_seats: int


def ask_for_other_days(
    left_over: LeftOver, group: WaitingGroup, roster: Roster, skip: frozenset[str]
) -> Text:
    """Return which batches would take people of a waiting group if they could travel on their days, in words.

    Parameters
    ----------
    skip : batches that are said of the group already
    """
    cell, _ = max(group.load, key=lambda one: one[1])
    offered = (one for one in seats_on_other_days(left_over, cell) if one.batch not in skip)
    found = list(islice(offered, MOST_SAID))
    if not found:
        return NO_TEXT
    pickup = roster.places[int(left_over.problem.cells.pickup[cell])].name
    offers = [_offer(one, left_over) for one in found]
    zh, en = "，或".join(one.zh for one in offers), " or ".join(one.en for one in offers)
    command = f"returnplan change {found[0].batch}"
    return Text(
        f"可以问本人能否改期：{zh}(在{pickup}上车)；同意的用 {command} --add 姓名 --agreed 姓名",
        f"ask them whether they can go on another day: {en}, from {pickup}; who agrees: {command} --add NAME --agreed "
        "NAME",
    )


def _offer(one: OtherDay, left_over: LeftOver) -> Text:
    day = left_over.problem.first_day + timedelta(days=one.joined.day)
    return Text(
        f"{day:%m-%d} 的 {one.batch} 有 {one.num_seats} 个空座",
        f"{one.batch} of {day:%m-%d} has {one.num_seats} free seats",
    )


def seats_on_other_days(left_over: LeftOver, cell: int) -> Iterator[OtherDay]:
    """Yield the batches that one more group of a cell may join but for its days, those of the nearest days first."""
    problem, cells = left_over.problem, left_over.problem.cells
    if cells.pickup[cell] < 0 or cells.city_group[cell] < 0:
        return
    away = np.maximum(cells.earliest[cell] - left_over.day, left_over.day - cells.latest[cell])
    fits = (
        (left_over.spare >= cells.num_seats[cell])
        & (left_over.goes_to == cells.city_group[cell])
        & (away > 0)
    )
    lines = np.flatnonzero(fits)
    for line in lines[np.lexsort((-left_over.spare[lines], away[lines]))][:MOST_TRIED].tolist():
        batch = left_over.ids[line]
        joined = with_groups(problem, left_over.drafts[batch], ((cell, 1),))
        more_yuan = joined.cost_yuan(problem) - left_over.drafts[batch].cost_yuan(problem)
        if more_yuan > left_over.budget_left_yuan or not left_over.may_call(batch, joined):
            continue
        if [breach.rule for breach in left_over.breaches(joined, batch)] == [WINDOW]:
            yield OtherDay(batch, joined, int(left_over.spare[line]))
