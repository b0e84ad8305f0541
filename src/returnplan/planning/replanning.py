"""Nights: whether the last plan, repaired, has become dear, and what a plan would save that owes nothing to it.

A repaired plan is the better one for few newcomers; after many, or unlucky ones, it is not. Then a plan is made
afresh, its batches take the places of those of the last plan whose riders they carry, and a further search gives
back to people the seats that they had where that costs less than moving them.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from returnplan.planning.goals import num_moved, people_by_class
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import NO_PREVIOUS, Ints, Problem

CHEAPER = 0.02
"""By which a repaired plan with newcomers should cost less a head than the last one: free seats cost nothing."""
ROUNDING = 1e-6
MOST_GROUPS = 500
"""Of a market for which a plan afresh is always looked for: some second of work."""
WORTH_TELLING = 0.005
"""Of the cost of a plan: who would move anybody to save less."""


class Saving(NamedTuple):
    """What a plan afresh would save, and how many people it would move."""

    yuan: float
    num_moved: int


def is_dear(problem: Problem, part: Ints, plan: Sequence[Draft]) -> bool:
    """Return whether a plan of the market ``part`` costs more a head than it should after the last one.

    It should cost less with newcomers, and no more without: it does not where nothing has changed.
    """
    cells = problem.cells
    is_known = cells.previous[part] >= 0
    known = part[is_known]
    persons = cells.num_groups[known] * cells.num_persons[known]
    if not persons.sum():
        return False
    before_yuan = float(problem.previous_head_yuan[cells.previous[known]] @ persons) / persons.sum()
    yuan = sum(draft.cost_yuan(problem) for draft in plan)
    fair = 1 + ROUNDING if is_known.all() else 1 - CHEAPER
    return yuan > fair * before_yuan * sum(draft.num_persons(problem) for draft in plan)


def is_small(problem: Problem, part: Ints) -> bool:
    """Return whether a market is so small that a plan afresh takes no time, only to tell what it would save."""
    return int(problem.cells.num_groups[part].sum()) <= MOST_GROUPS


def succeeding(problem: Problem, plan: Sequence[Draft]) -> list[Draft]:
    """Return the drafts in the places of the batches of their day whose riders they carry, dear ones first."""
    wishes = []
    for i, draft in enumerate(plan):
        kept_yuan: dict[int, float] = {}
        for cell, num in draft.load:
            previous = int(problem.cells.previous[cell])
            if previous >= 0 and problem.previous_days[previous] == draft.day:
                yuan = (
                    float(problem.previous_move_yuan[previous]) * num * int(problem.cells.num_persons[cell])
                )
                kept_yuan[previous] = kept_yuan.get(previous, 0.0) + yuan
        wishes += [(-yuan, previous, i) for previous, yuan in kept_yuan.items()]
    place: dict[int, int] = {}
    taken: set[int] = set()
    for _, previous, i in sorted(wishes):
        if i not in place and previous not in taken:
            place[i] = previous
            taken.add(previous)
    return [replace(draft, previous=place.get(i, NO_PREVIOUS)) for i, draft in enumerate(plan)]


def saving(
    problem: Problem, plans: Sequence[Sequence[Draft]], all_afresh: Sequence[Sequence[Draft]]
) -> Saving | None:
    """Return what plans of some markets that are made afresh save against the others.

    None if they carry fewer people, are no cheaper, or want more vehicles or day caps than there are.
    """
    plan, afresh = list(chain(*plans)), list(chain(*all_afresh))
    people, people_afresh = people_by_class(problem, [plan, afresh])
    if people_afresh < people or Ledger(problem, afresh).overdrawn():
        return None
    yuan = _yuan(problem, plan) - _yuan(problem, afresh)
    if yuan <= WORTH_TELLING * _yuan(problem, plan):
        return None
    return Saving(yuan, sum(num_moved(problem, draft) for draft in afresh))


def _yuan(problem: Problem, plan: Sequence[Draft]) -> float:
    """Return what the batches cost, with the days after resume dates at their price, if they have one."""
    a_day = problem.limits.late_day_yuan or 0.0
    return sum(draft.cost_yuan(problem) + a_day * draft.late_days(problem) for draft in plan)
