"""The changes that would place a group, each with its price and the rules it relaxes, if any; and their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from returnplan.model.texts import Text
from returnplan.problem.draft import Draft
from returnplan.problem.model import Ints
from returnplan.problem.rules import FLEET, SEATS, Breach, pools_for
from returnplan.reasons.left_over import LeftOver, alone, with_groups

NEAR_DAYS = 1
"""How many days beyond the window a batch is still looked at."""


@dataclass(frozen=True, slots=True)
class Change:
    """A group on ``draft``: batch ``batch``, or a further vehicle where that is None.

    ``more_yuan`` is what the plan would cost more; ``relaxed`` are the rules that would not hold: at most one
    on a batch, several of a vehicle for few people.
    ``larger`` tells that the batch needs another type of vehicle than it has now.
    """

    draft: Draft
    batch: str | None
    more_yuan: float
    relaxed: tuple[Breach, ...]
    larger: bool = False


def changes_for(left_over: LeftOver, cell: int, skip: str = "") -> list[Change]:
    """Return the cheapest change of each sort (rule relaxed, day, new vehicle or not), the cheapest first.

    Parameters
    ----------
    skip : a batch that is not looked at (the one the group is on)
    """
    if left_over.problem.cells.pickup[cell] < 0 or left_over.problem.cells.city_group[cell] < 0:
        return []
    best: dict[tuple[object, ...], Change] = {}
    for change in sorted(_all_changes(left_over, cell, skip), key=_order):
        rules = tuple(breach.rule.name for breach in change.relaxed)
        best.setdefault((rules, change.batch is None, change.larger), change)
    return list(best.values())


def _order(change: Change) -> tuple[object, ...]:
    return bool(change.relaxed), round(change.more_yuan, 2), change.batch or "", change.draft.leg.pool


def _all_changes(left_over: LeftOver, cell: int, skip: str) -> Iterator[Change]:
    """Yield the group on each batch that goes to its city about when it can leave, and on a vehicle of its own."""
    cells = left_over.problem.cells
    first, last = cells.earliest[cell] - NEAR_DAYS, cells.latest[cell] + NEAR_DAYS
    for batch, draft in left_over.drafts.items():
        is_near = batch != skip and first <= draft.day <= last
        if is_near and cells.city_group[draft.load[0][0]] == cells.city_group[cell]:
            yield from _joined(left_over, batch, draft, cell)
    yield from _vehicles_alone(left_over, cell)


def _joined(left_over: LeftOver, batch: str, draft: Draft, cell: int) -> Iterator[Change]:
    """Yield the group on the batch: as it is, or with a larger vehicle where only seats are wanting."""
    problem = left_over.problem
    joined = with_groups(problem, draft, cell, 1)
    found = left_over.breaches(joined, batch)
    before_yuan = draft.cost_yuan(problem)
    if len(found) <= 1 and (not found or found[0].rule is not SEATS):
        yield Change(joined, batch, joined.cost_yuan(problem) - before_yuan, found)
    elif len(found) == 1:
        holds = (problem.pools.usable >= found[0].figure) & left_over.is_free[:, draft.day]
        for pool in np.flatnonzero(holds & pools_for(problem, cell)).tolist():
            swapped = joined.in_pool(pool)
            if not left_over.breaches(swapped, batch):
                yield Change(swapped, batch, swapped.cost_yuan(problem) - before_yuan, (), larger=True)


def _vehicles_alone(left_over: LeftOver, cell: int) -> Iterator[Change]:
    """Yield a vehicle for the group alone on each day of its window, hired in addition where none is free."""
    problem, cells = left_over.problem, left_over.problem.cells
    holds: Ints = np.flatnonzero((problem.pools.usable >= cells.num_seats[cell]) & pools_for(problem, cell))
    for day in range(int(cells.earliest[cell]), int(cells.latest[cell]) + 1):
        for pool in holds.tolist():
            draft = alone(problem, cell, pool, day)
            relaxed = left_over.breaches(draft)
            if not left_over.is_free[pool, day]:
                relaxed = (*relaxed, Breach(FLEET, 1, 0))
            yield Change(draft, None, draft.cost_yuan(problem), relaxed)


def saving_yuan(left_over: LeftOver, batch: str, cell: int) -> tuple[float, int]:
    """Return what the batch costs less without one group of the cell, and how many would still ride."""
    problem, draft = left_over.problem, left_over.drafts[batch]
    without = with_groups(problem, draft, cell, -1)
    return draft.cost_yuan(problem) - without.cost_yuan(problem), without.num_persons(problem)


def change_text(change: Change, first_day: date, vehicle: str) -> Text:
    """Return a change as a sentence; its price stands beside it."""
    day = first_day + timedelta(days=change.draft.day)
    if change.batch is None:
        what = Text(f"{day:%m-%d} 单独派一辆{vehicle}", f"a vehicle of its own ({vehicle}) on {day:%m-%d}")
    elif change.larger:
        what = Text(
            f"{change.batch} 换成{vehicle}后加入",
            f"join {change.batch} after changing its vehicle to {vehicle}",
        )
    else:
        what = Text(f"加入 {change.batch}({day:%m-%d})", f"join {change.batch} ({day:%m-%d})")
    if not change.relaxed:
        return what
    relaxed = [breach.text for breach in change.relaxed]
    return Text(
        f"{what.zh},需放宽:{'、'.join(text.zh for text in relaxed)}",
        f"{what.en}, relaxing: {', '.join(text.en for text in relaxed)}",
    )


def price_text(more_yuan: float) -> Text:
    """Return what the plan would cost more; less where a larger vehicle is the cheaper one."""
    yuan = round(more_yuan)
    if yuan < 0:
        return Text(f"少花 {-yuan:,} 元", f"{-yuan:,} yuan less")
    return Text(f"多花 {yuan:,} 元", f"{yuan:,} yuan more")


def refund_text(cheapest_yuan: float, persons: int) -> Text:
    """Return up to which price a ticket is the better answer, if any."""
    a_head = cheapest_yuan / persons
    if round(a_head) <= 0:
        return Text(
            "报销车票:不划算,有不用多花钱的安排",
            "refund a ticket: never cheaper, a change costs nothing more",
        )
    return Text(
        f"报销车票:票价低于每人 {a_head:.0f} 元时比上述办法便宜",
        f"refund a ticket: cheaper than the above below {a_head:.0f} yuan a head",
    )
