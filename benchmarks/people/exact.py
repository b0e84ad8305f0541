"""The exact model beside the planner: all batches that a linear program asks for, then an integer program of them."""

import numpy as np

from returnplan.planning.columns.choice import best_choice
from returnplan.planning.columns.dive import Dive
from returnplan.planning.columns.goals import Goals
from returnplan.planning.columns.market import build_market
from returnplan.planning.columns.master import Master
from returnplan.planning.markets import split_markets
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import Floats, Ints, Problem

FACTORS = (64.0, 8.0, 2.0, 1.0)
"""Linear programs of which all batches are found; the last one counts heads alone."""
MOST_WORK = 10**9
MOST_NODES = 2_000


def exact_plan(problem: Problem) -> tuple[Floats, float]:
    """Return (classes,) the people of the integer program, and the most heads of the linear one."""
    people = np.zeros(len(persons_by_class(problem.cells.weight, problem.cells.num_persons)))
    most = 0.0
    for part in split_markets(problem):
        chosen, heads = _exact_market(problem, part)
        people += persons_by_class(problem.cells.weight, problem.cells.num_persons)[:, part] @ chosen
        most += heads
    return people, most


def _exact_market(problem: Problem, part: Ints) -> tuple[Floats, float]:
    """Return (C,) the groups that go, and the most heads."""
    market = build_market(problem, part)
    if market is None:
        raise ValueError("too many batches are possible for the exact model")
    master = Master(problem, part)
    dive = Dive(problem, Goals.of(problem, part), [market], master, MOST_WORK)
    heads = [dive.relax(factor) for factor in FACTORS][-1]
    if len(master.batches) == 0:
        return np.zeros(len(part)), 0.0
    goals = dive.goals.each(master.loads, master.batches[:, 1], master.yuan)
    chosen = best_choice(master.takes, master.limit, goals, np.zeros(len(master.batches)), MOST_NODES)
    return chosen @ master.loads, heads
