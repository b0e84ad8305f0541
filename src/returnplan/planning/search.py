"""One market from cells to batches: fill, exchange, drop loads below the minimum, put stops in order."""

from typing import TYPE_CHECKING

import numpy as np

from returnplan.planning.drafts import Draft
from returnplan.planning.exchange import exchange
from returnplan.planning.fill import fill
from returnplan.planning.markets import local_places, market_arrays
from returnplan.planning.routes import best_route
from returnplan.planning.state import Market, State, empty_state
from returnplan.problem.model import Ints, Problem

if TYPE_CHECKING:
    from returnplan.planning.solve import Effort

SPARE_ROWS = 8


def solve_market(problem: Problem, effort: "Effort", part: Ints) -> list[Draft]:
    """Return the batches of one market (``part``: its cells)."""
    market = market_arrays(problem, part)
    if market.most_usable == 0:
        return []
    state = _filled(market)
    units = len(market.unit_cell)
    moves = min(max(effort.min_moves, effort.moves_per_group * units), effort.max_moves)
    exchange(market, state, moves, effort.hot_yuan, effort.cold_yuan, effort.seed)
    places = local_places(problem, part)
    rows = [row for row in range(len(state.day) - 2) if _stands(market, state, row)]
    return [_draft(market, state, row, part, places) for row in rows]


def _filled(market: Market) -> State:
    """Return a first plan with some empty batches for the search to open."""
    most = len(market.unit_cell)
    guess = int(market.num_seats[market.unit_cell].sum() / market.most_usable * 1.3) + SPARE_ROWS
    while True:
        rows = min(guess, most + 1)
        state = empty_state(market, rows)
        if fill(market, state, rows) < rows - 1 or rows > most:
            return state
        guess *= 2


def _stands(market: Market, state: State, row: int) -> bool:
    """Return whether the row is a batch that may run: somebody aboard, and not below the minimum load."""
    return bool(state.num_persons[row] > 0 and state.num_persons[row] >= market.min_load[state.pool[row]])


def _draft(market: Market, state: State, row: int, part: Ints, places: Ints) -> Draft:
    """Return the row in the numbers of the whole problem, its stops in the best order."""
    picks = state.picks[row, : state.num_picks[row]]
    drops = state.drops[row, : state.num_drops[row]]
    km = market.km[market.network_of_day[state.day[row]]]
    picks, drops = best_route(km, picks, drops, market.max_pickup_km, market.max_dropoff_km)
    cells = market.unit_cell[state.members[row, : state.num_members[row]]]
    kinds, counts = np.unique(cells, return_counts=True)
    return Draft(
        day=int(state.day[row]),
        pool=int(state.pool[row]),
        pickups=tuple(int(p) for p in places[picks]),
        dropoffs=tuple(int(p) for p in places[drops]),
        load=tuple((int(part[c]), int(n)) for c, n in zip(kinds, counts, strict=True)),
    )
