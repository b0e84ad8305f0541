"""Flat peaks, the last goal: batches leave on other days that suit them as well, where fewer people leave.

Resource levelling: sweep after sweep, each activity goes to the place in its slack where the sum of squares of the
daily load is least, until a sweep changes nothing (Burgess and Killebrew 1962, "Variation in activity level on a
cyclical arrow diagram"). Nobody changes the batch, no batch its vehicle, stops or cost, and who was told of a
day keeps it.
"""

from collections.abc import Iterator, Sequence

from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Problem
from returnplan.problem.rules import ROUNDING, breaches


def level_peaks(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, in the order given, with their days shifted so that peaks of riders a day fall."""
    ledger = Ledger(problem, drafts)
    levelled = list(drafts)
    slack = {i: days for i, draft in enumerate(drafts) if len(days := _equal_days(problem, draft)) > 1}
    largest_first = sorted(slack, key=lambda i: -drafts[i].num_persons(problem))
    moved = True
    while moved:
        moved = False
        for i in largest_first:
            better = ledger.exchange(levelled[i], _on_calmer_days(ledger, levelled[i], slack[i]))
            moved |= better is not levelled[i]
            levelled[i] = better
    return levelled


def _equal_days(problem: Problem, draft: Draft) -> list[int]:
    """Return the days on which the batch may leave at the same cost, with as few days after resume dates."""
    cells = [cell for cell, _ in draft.load]
    if draft.previous >= 0 and (problem.cells.previous[cells] == draft.previous).any():
        return [draft.day]
    first, last = problem.cells.earliest[cells].max(), problem.cells.latest[cells].min()
    others = (draft.on_day(day) for day in range(int(first), int(last) + 1))
    return [other.day for other in others if other == draft or _costs_the_same(problem, draft, other)]


def _costs_the_same(problem: Problem, draft: Draft, other: Draft) -> bool:
    if other.late_days(problem) > draft.late_days(problem):
        return False
    same_roads = problem.network_of_day[draft.day] == problem.network_of_day[other.day]
    if same_roads and problem.regimes is None:
        return True
    return abs(draft.km(problem) - other.km(problem)) <= ROUNDING and not breaches(problem, other)


def _on_calmer_days(ledger: Ledger, draft: Draft, days: Sequence[int]) -> Iterator[Draft]:
    """Yield the draft on each of the days on which fewer others leave than on its own, the calmest first."""
    for day in sorted(days, key=lambda day: ledger.riders[day]):
        if ledger.riders[day] >= ledger.riders[draft.day]:
            break
        yield draft.on_day(day)
