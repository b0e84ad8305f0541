"""One market from cells to batches: dive, anneal, drop loads below the minimum, put stops in order."""

from dataclasses import dataclass, field

import numpy as np

from returnplan.planning.anneal import anneal
from returnplan.planning.diving import dive
from returnplan.planning.drafts import Draft, cost_yuan, num_persons
from returnplan.planning.effort import Effort
from returnplan.planning.routes import best_route
from returnplan.planning.starting import units_on_board
from returnplan.planning.state import NUM_ACTIVE, Market, State, empty_state
from returnplan.planning.tables import batches_told, local_places, market_tables, usable_pools
from returnplan.problem.model import Floats, Ints, Problem

SPARE_ROWS = 8

DIVE = 0.5
"""Share of the time that the dive takes, if there is time enough."""
LATE = 0.15
"""Share of a dive by which it may be late before it is given up."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a running search shares with the thread that waits for it.

    ``clock`` (1,) is the share of the time limit that is over, 0 without a limit: at 1 the search ends.
    ``live`` (2,) holds the yuan of the plan and the share of the search that is over.
    """

    clock: Floats = field(default_factory=lambda: np.zeros(1))
    live: Floats = field(default_factory=lambda: np.zeros(2))

    def dived(self, share: float) -> bool:
        """Be told how far the dive is; return whether there is time to go on."""
        self.live[1] = DIVE * share
        return bool(self.clock[0] < DIVE * (share + LATE))


def solve_market(
    problem: Problem, effort: Effort, work: int, part: Ints, watch: Watch, seed: int = 0
) -> list[Draft]:
    """Return the batches of one market (``part``: its cells) after so many units of ``work``.

    The search starts from the plan that people know; where there is none, from a dive into the relaxation. Another
    ``seed`` than 0, and a search that has no work or no time, starts from batches filled one by one.
    """
    places, pools = local_places(problem, part), usable_pools(problem, part)
    market = market_tables(problem, part, places, pools)
    state = empty_state(market, _most_rows(market))
    dives = work > 0 and seed == 0 and not market.limits[0]["has_told"] and watch.dived(0.0)
    loads = dive(problem, part, watch.dived) if dives else []
    anneal(
        market, state, work, effort.hot_yuan, effort.cold_yuan, effort.share_of_rebuilds, effort.seed + seed,
        watch.clock, watch.live, _deadlines_first(market), units_on_board(market, part, loads),
        np.empty(400, np.int64), np.empty(len(market.unit_cell) + 1, np.int64), np.empty(400),
    )  # fmt: skip
    rows = [row for row in range(state.counts[NUM_ACTIVE]) if state.rows[row]["persons"] > 0]
    told = np.append(batches_told(problem, part), np.full(len(state.rows), -1)).tolist()
    drafts = [_draft(market, state, row, told[row], part, places, pools) for row in rows]
    return [draft for draft in drafts if _may_run(problem, draft)]


def _deadlines_first(market: Market) -> Ints:
    """Return the cells by class, then by the end of their window."""
    return np.lexsort((market.cells["latest"], -market.cells["weight"]))


def _most_rows(market: Market) -> int:
    """Return how many batches there can be at most."""
    cells = market.cells[market.unit_cell]
    by_load = int(cells["persons"].sum()) // max(1, int(market.pools["min_load"].min()))
    num_told = int(cells["told"].max(initial=-1)) + 1
    return min(len(cells), max(by_load, num_told) + SPARE_ROWS) + 1


def _may_run(problem: Problem, draft: Draft) -> bool:
    """Return whether the load is not below the minimum, and the cost a head not above its limit."""
    persons = num_persons(problem, draft)
    affordable = cost_yuan(problem, draft) <= problem.limits.max_yuan_per_head * persons
    return bool(affordable and persons >= problem.pools.min_load[draft.pool])


def _draft(market: Market, state: State, row: int, told: int, part: Ints, places: Ints, pools: Ints) -> Draft:
    """Return the row in the numbers of the whole problem, its stops in the best order."""
    batch, limits = state.rows[row], market.limits[0]
    km = market.km[market.network_of_day[batch["day"]]]
    picks, drops = best_route(
        km,
        state.picks[row, : batch["num_picks"]],
        state.drops[row, : batch["num_drops"]],
        limits["max_pickup_km"],
        limits["max_dropoff_km"],
    )
    cells = market.unit_cell[state.members[row, : batch["num_members"]]]
    kinds, counts = np.unique(cells, return_counts=True)
    return Draft(
        day=int(batch["day"]),
        pool=int(pools[batch["pool"]]),
        pickups=tuple(int(p) for p in places[picks]),
        dropoffs=tuple(int(p) for p in places[drops]),
        load=tuple((int(part[c]), int(n)) for c, n in zip(kinds, counts, strict=True)),
        told=told,
    )
