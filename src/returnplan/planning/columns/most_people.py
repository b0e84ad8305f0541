"""The most people of a market whose vehicles need a least load: the whole algorithm on one screen.

Who may be sent depends on who else is: a batch below its least load does not run, and its riders are worth
something only if enough others leave from near stops on the same day. Batches (day, pick-ups, drop-offs, vehicle,
load) are found as they are worth something at the prices of a linear program; dives make whole plans of them, some
batches of the best one are taken out and dived for again, and at last the best of all batches seen are chosen.
"""

from collections.abc import Callable

import numpy as np

from returnplan.planning.columns.choice import best_choice
from returnplan.planning.columns.dive import Dive, some_near
from returnplan.planning.columns.goals import Goals
from returnplan.planning.columns.market import Market, build_market
from returnplan.planning.columns.master import Master
from returnplan.planning.tables import Load
from returnplan.problem.model import Ints, Problem

FACTORS = (2.0, 64.0, 8.0)
"""How many people of a class weigh as much as one of the class before it, dive by dive."""
NUM_REPAIRS, ROUNDS_A_REPAIR = 20, 6
FEWEST_OUT, MOST_OUT = 2, 5
"""Batches taken out at a time."""
LEAST_WORK = 500_000
"""With less no plan is found that is worth the time."""
MOST_CELLS = 1_000
"""Of markets that are planned together: where there are more, linear programs take too long."""
MOST_TO_CHOOSE_FROM = 400
SEED = 2021


def most_people(
    problem: Problem, part: Ints, work: int, is_late: Callable[[], bool] = lambda: False
) -> list[Load]:
    """Return loads of batches for as many people of the cells ``part`` as there is a plan for, class by class.

    None where too many batches are possible. Rules that are left out here (caps on arrivals) are kept by whoever puts
    the loads on batches.

    Parameters
    ----------
    work : units, of about the time of one tried exchange of the search
    is_late : asked between two steps; where the time is over, the best plan until then is returned
    """
    markets = _markets(problem, part)
    if not markets or work < LEAST_WORK:
        return []
    part = np.unique(np.concatenate([market.part for market in markets]))
    master = Master(problem, part)
    dive = Dive(problem, Goals.of(problem, part), markets, master, work, is_late)
    best = dive.plan((), FACTORS[0])
    for factor in FACTORS[1:]:
        if not dive.is_over:
            best = max(best, dive.plan((), factor), key=dive.rank)
    best = _repaired(dive, best)
    best = _chosen(dive, best)
    return [_load(master, batch) for batch in best]


def _markets(problem: Problem, part: Ints) -> list[Market]:
    """Return the markets that share no batch, each road network's by itself; none if one has too many batches."""
    if len(part) > MOST_CELLS:
        return []
    cells = problem.cells
    county = np.where(problem.limits.mix_counties, 0, cells.county[part])
    apart = np.stack([cells.city_group[part], county])
    _, label = np.unique(apart, axis=1, return_inverse=True)
    markets = [
        build_market(problem, part[label == i], int(network))
        for i in range(int(label.max(initial=-1)) + 1)
        for network in np.unique(problem.network_of_day)
    ]
    return [market for market in markets if market is not None] if all(markets) else []


def _repaired(dive: Dive, best: list[int]) -> list[int]:
    """Take some batches out and dive for others, again and again; keep what is no worse."""
    random, master = np.random.RandomState(SEED), dive.master
    rank = dive.rank(best)
    for i in range(NUM_REPAIRS):
        if len(best) < FEWEST_OUT or dive.is_over:
            break
        out = some_near(master.batches, best, random.randint(FEWEST_OUT, MOST_OUT + 1), random)
        kept = [batch for batch in best if batch not in out]
        other = dive.plan(kept, FACTORS[i % len(FACTORS)], ROUNDS_A_REPAIR)
        if (its := dive.rank(other)) > rank:
            best, rank = other, its
    return best


def _chosen(dive: Dive, best: list[int]) -> list[int]:
    """Return the best choice of those batches of all that the linear program values most, and the best plan's."""
    if not best or dive.is_late():
        return best
    master = dive.master
    short_of = dive.reduced_worth(FACTORS[0])
    short_of[best] = -np.inf
    some = np.sort(np.argsort(short_of, kind="stable")[:MOST_TO_CHOOSE_FROM])
    start = np.array([best.count(batch) for batch in some], dtype=np.float64)
    goals = dive.goals.each(master.loads[some], master.batches[some, 1], master.yuan[some])
    times = best_choice(master.takes[some], master.limit, goals, start)
    return np.repeat(some, times.astype(np.int64)).tolist()


def _load(master: Master, batch: int) -> Load:
    load = master.loads[batch]
    return {int(master.part[cell]): int(load[cell]) for cell in np.flatnonzero(load)}
