"""One market from cells to batches: dive, anneal, drop loads below the minimum, put stops in order."""

from collections.abc import Sequence

import numpy as np

from returnplan.planning import _core
from returnplan.planning.columns import most_people
from returnplan.planning.diving import dive
from returnplan.planning.drafts import Draft, best_plan, cost_yuan, groups_planned, num_persons
from returnplan.planning.effort import Effort
from returnplan.planning.params import SearchParams
from returnplan.planning.routes import best_route
from returnplan.planning.starting import Load, units_on_board
from returnplan.planning.tables import Market, batches_told, local_places, market_tables, usable_pools
from returnplan.problem.model import Ints, Problem

SPARE_BATCHES = 8

FINDING_PEOPLE, KEEPING_PEOPLE = 2.0, 0.5
"""Work of looking for a plan with more people, and of making it cheaper, against that of the search before."""

DIVE = 0.5
"""Share of the time that the dive takes, if there is time enough."""
LATE = 0.15
"""Share of a dive by which it may be late before it is given up."""


class Watch(_core.Watch):
    """What a running search shares with the thread that waits for it."""

    def dived(self, share: float) -> bool:
        """Be told how far the dive is; return whether there is time to go on."""
        self.work_over = DIVE * share
        return bool(self.time_over < DIVE * (share + LATE))


def solve_market(
    problem: Problem, effort: Effort, work: int, part: Ints, watch: Watch, seed: int = 0
) -> list[Draft]:
    """Return the batches of one market (``part``: its cells) after so many units of ``work``.

    The search starts from the plan that people know; where there is none, from a dive into the relaxation. Another
    ``seed`` than 0, and a search that has no work or no time, starts from batches filled one by one.
    """
    places, pools = local_places(problem, part), usable_pools(problem, part)
    market = market_tables(problem, part, places, pools)

    def search(loads: Sequence[Load], params: SearchParams, work: int) -> list[Draft]:
        state = _core.State(market, _most_batches(market))
        start = units_on_board(market, part, loads)
        _core.anneal(state, params, work, effort.seed + seed, watch, _deadlines_first(market), start)
        drafts = _drafts(problem, market, state, part, places, pools)
        return [draft for draft in drafts if _may_run(problem, draft)]

    dives = work > 0 and seed == 0 and not market.limits[0]["has_told"] and watch.dived(0.0)
    plan = search(dive(problem, part, watch.dived) if dives else [], effort.params, work)
    if not (dives and _leaves_some(problem, part, plan) and watch.time_over < 1.0):
        return plan
    loads = most_people(problem, part, int(FINDING_PEOPLE * work))
    if not loads:
        return plan
    kept = search(loads, effort.keeping_people().params, int(KEEPING_PEOPLE * work))
    return best_plan(problem, [plan, kept])


def _leaves_some(problem: Problem, part: Ints, plan: Sequence[Draft]) -> bool:
    """Return whether somebody stays behind whom a batch below its least load would carry."""
    return bool((groups_planned(problem, plan)[part] < problem.cells.num_groups[part]).any())


def _deadlines_first(market: Market) -> Ints:
    """Return the cells by class, then by the end of their window."""
    return np.lexsort((market.cells["latest"], -market.cells["weight"]))


def _most_batches(market: Market) -> int:
    """Return how many batches there can be at most."""
    cells = market.cells[market.unit_cell]
    by_load = int(cells["persons"].sum()) // max(1, int(market.pools["min_load"].min()))
    num_told = int(cells["told"].max(initial=-1)) + 1
    return min(len(cells), max(by_load, num_told) + SPARE_BATCHES) + 1


def _may_run(problem: Problem, draft: Draft) -> bool:
    """Return whether the load is not below the minimum, and the cost a head not above its limit."""
    persons = num_persons(problem, draft)
    affordable = cost_yuan(problem, draft) <= problem.limits.max_yuan_per_head * persons
    return bool(affordable and persons >= problem.pools.min_load[draft.pool])


def _drafts(
    problem: Problem, market: Market, state: _core.State, part: Ints, places: Ints, pools: Ints
) -> list[Draft]:
    """Return the batches that have riders in the numbers of the whole problem, their stops in the best order."""
    batches, picks, drops, members = state.batches, state.picks, state.drops, state.members
    limits, drafts = problem.limits, []
    told = np.append(batches_told(problem, part), np.full(len(batches), -1)).tolist()
    for number in np.flatnonzero(batches["persons"][: state.num_active] > 0):
        batch = batches[number]
        pickups, dropoffs = best_route(
            market.km[market.network_of_day[batch["day"]]],
            picks[number, : batch["num_picks"]],
            drops[number, : batch["num_drops"]],
            limits.max_pickup_km,
            limits.max_dropoff_km,
        )
        cells = market.unit_cell[members[number, : batch["num_members"]]]
        kinds, counts = np.unique(cells, return_counts=True)
        drafts.append(
            Draft(
                day=int(batch["day"]),
                pool=int(pools[batch["pool"]]),
                pickups=tuple(int(place) for place in places[pickups]),
                dropoffs=tuple(int(place) for place in places[dropoffs]),
                load=tuple((int(part[c]), int(n)) for c, n in zip(kinds, counts, strict=True)),
                told=told[number],
            )
        )
    return drafts
