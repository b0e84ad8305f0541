"""The last plan once more: who took a train takes it again, and the direct coaches run, as far as rules allow it."""

import numpy as np

from returnplan.planning.effort import Effort
from returnplan.planning.finish import at_told_hours
from returnplan.planning.rail.choice import Coaches, Offer, choose
from returnplan.planning.rail.journeys import journeys_of, vehicles_taken, without_passengers
from returnplan.planning.rail.previous import previous_coaches, stays_on_train
from returnplan.planning.rail.transfers import Portions
from returnplan.planning.rail.tries import groups_on_ways
from returnplan.planning.rail.ways import Ways
from returnplan.planning.rail.whole import Whole, whole_of
from returnplan.problem.model import Problem


def last_plan(problem: Problem, ways: Ways, effort: Effort) -> Whole | None:
    """Return the last plan, as far as today's rules allow it and there are seats and runs; None if there is none.

    Parameters
    ----------
    effort : of a search for feeders and shuttles, where those of the last plan do not carry all
    """
    if not (problem.cells.previous >= 0).any():
        return None
    ways = ways.take(stays_on_train(problem, ways))
    coaches = Coaches(problem, previous_coaches(problem))
    offers = [
        Offer(-1, int(coaches.waiting[cell]), (line,), (1,))
        for line, cell in enumerate(ways.cell.tolist())
        if coaches.waiting[cell]
    ]
    taken = choose(coaches, ways, offers, np.ones(len(offers), dtype=np.bool_), {}) if offers else None
    num = np.zeros(len(ways), np.int64) if taken is None else groups_on_ways(ways, offers, taken)
    portions, nobody_else = Portions.on(ways, num), vehicles_taken(problem, ())
    plan, portions, _ = journeys_of(problem, portions, effort, nobody_else)
    part, cell = without_passengers(problem, plan)
    number = cell.tolist()
    again = [draft.renumbered(number) for draft in at_told_hours(part, previous_coaches(part))]
    return whole_of(problem, plan, portions.ways, again)
