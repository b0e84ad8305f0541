"""Flat peaks, the last goal: batches leave on other days that suit them as well, where fewer people leave.

Resource levelling: sweep after sweep, each activity goes to the place in its slack where the sum of squares of the
daily load is least, until a sweep changes nothing (Burgess and Killebrew 1962, "Variation in activity level on a
cyclical arrow diagram"). Nobody changes the batch, no batch its vehicle, stops or cost, and who was told of a
day keeps it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from returnplan.planning.drafts import Draft, late_days, leg_km, num_persons, route_km
from returnplan.planning.usage import Usage
from returnplan.problem.model import Problem

ROUNDING_KM = 1e-6


def level_peaks(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, in the order given, with their days shifted so that peaks of riders a day fall."""
    usage = Usage(problem, drafts)
    levelled = list(drafts)
    slack = {i: days for i, draft in enumerate(drafts) if len(days := _equal_days(problem, draft)) > 1}
    largest_first = sorted(slack, key=lambda i: -num_persons(problem, drafts[i]))
    moved = True
    while moved:
        moved = False
        for i in largest_first:
            better = usage.exchange(levelled[i], _on_calmer_days(usage, levelled[i], slack[i]))
            moved |= better is not levelled[i]
            levelled[i] = better
    return levelled


def _equal_days(problem: Problem, draft: Draft) -> list[int]:
    """Return the days on which the batch may leave at the same cost, with as few days after resume dates."""
    cells = [cell for cell, _ in draft.load]
    if draft.told >= 0 and (problem.cells.told[cells] == draft.told).any():
        return [draft.day]
    first, last = problem.cells.earliest[cells].max(), problem.cells.latest[cells].min()
    others = (replace(draft, day=day) for day in range(int(first), int(last) + 1))
    return [other.day for other in others if other == draft or _costs_the_same(problem, draft, other)]


def _costs_the_same(problem: Problem, draft: Draft, other: Draft) -> bool:
    if late_days(problem, other) > late_days(problem, draft):
        return False
    if problem.network_of_day[draft.day] == problem.network_of_day[other.day]:
        return True
    limits = problem.limits
    return (
        abs(route_km(problem, draft) - route_km(problem, other)) <= ROUNDING_KM
        and leg_km(problem, other, other.pickups) <= limits.max_pickup_km + ROUNDING_KM
        and leg_km(problem, other, other.dropoffs) <= limits.max_dropoff_km + ROUNDING_KM
    )


def _on_calmer_days(usage: Usage, draft: Draft, days: Sequence[int]) -> Iterator[Draft]:
    """Yield the draft on each of the days on which fewer others leave than on its own, the calmest first."""
    for day in sorted(days, key=lambda day: usage.riders[day]):
        if usage.riders[day] >= usage.riders[draft.day]:
            break
        yield replace(draft, day=day)
