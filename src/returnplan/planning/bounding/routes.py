"""Prices of a market whose pick-ups are too many to list their sets: each pick-up by itself, along routes.

Pick-ups that are taken for one where they are near, so that their sets can be listed, prove less: a batch calls at the
nearest of them, and has room for the people of all. What the listed sets proved is where the prices begin.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from returnplan.planning.bounding.market import Market, Sets, build_market
from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.problem.model import Floats, Ints, Problem

MOST_STEPS = 14_000_000
"""In a round of all markets, a step being from one pick-up and a number of seats taken to another."""
MOST_DROPOFFS, FEWEST_DROPOFFS = 255, 15
"""Sets of drop-offs that are looked at."""
MOST_PRICES = 600
"""Where there are more, they do not settle in these rounds."""
FEWEST_ROUNDS, MOST_ROUNDS, FIRST_GAP, LAST_GAP = 24, 72, 0.01, 0.0015
"""The gaps are those of the centre: its prices pay less than the most by this share."""
STEADY, NUM_STEPS, MOST_RISE = 0.3, 5, 1.1
"""Share of the best prices in the next ones, Newton steps a round, and how many times as high as what is proved a price
may become in it: there are many prices for few batches, and without a limit they swing (boxes: Marsten, Hogan and
Blankenship 1975)."""
BEGINNING = 0.9
"""Share of the higher bound in the first prices; the rest is of the other bound, so that nobody rides for nothing."""


def along_routes(
    problem: Problem,
    num_planned: Ints,
    priced_markets: Sequence[PricedMarket],
    seat_yuan: Floats,
    km: Floats,
    rent_yuan: Floats,
    each: Callable[..., Iterable[Any]],
) -> list[PricedMarket]:
    """Return the markets, those with better prices in which stops were taken for one and routes prove more.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    seat_yuan : (C,) the parts of all groups of a cell in the seat bound
    km : (P, P) the shortest ways
    rent_yuan : (V, D) what a vehicle costs besides
    each : calls a function with each element of some lists, as ``map`` does; perhaps in several threads
    """
    places = [_num_places(problem, priced.market) for priced in priced_markets]
    is_joined = [
        any(num > len(np.unique(stops)) for num, stops in zip(nums, priced.market.items, strict=False))
        for nums, priced in zip(places, priced_markets, strict=True)
    ]
    most_steps = MOST_STEPS // max(1, sum(is_joined))

    def better(priced: PricedMarket, places: tuple[int, int], is_joined: bool) -> PricedMarket:
        num_sets = _num_sets(priced.market, *places, most_steps)
        if not is_joined or num_sets == 0:
            return priced
        sets = Sets(0, num_sets, 0, MOST_PRICES)
        routed = _begun(problem, num_planned, priced, seat_yuan, km, sets)
        if len(routed.market.alone_yuan) < len(routed.market.earliest):  # some pay one price together
            return priced
        rents = rent_yuan[routed.market.pools]
        steps = num_sets * _steps_a_set(priced.market, places[0])
        num_rounds = int(np.clip(FEWEST_ROUNDS * most_steps // steps, FEWEST_ROUNDS, MOST_ROUNDS))
        gaps = np.geomspace(FIRST_GAP, LAST_GAP, FEWEST_ROUNDS // 2)
        for gap in np.append(gaps, np.full(num_rounds - len(gaps), LAST_GAP)):
            routed.improve(rents, gap, STEADY, NUM_STEPS, MOST_RISE)
        return routed if routed.bound_yuan > priced.bound_yuan else priced

    return list(each(better, priced_markets, places, is_joined))


def _num_places(problem: Problem, market: Market) -> tuple[int, int]:
    """Return how many pick-ups and drop-offs the people of the market have."""
    cells = problem.cells
    first_drops = cells.drop_place[cells.drop_start[market.cells]]
    return len(np.unique(cells.pickup[market.cells])), len(np.unique(first_drops))


def _num_sets(market: Market, num_pickups: int, num_dropoffs: int, most_steps: int) -> int:
    """Return how many sets of drop-offs can be looked at in so many steps a round; 0 if they were too few."""
    if len(market.pools) == 0:
        return 0
    steps_a_set = _steps_a_set(market, num_pickups)
    num_sets = min(MOST_DROPOFFS, 2**num_dropoffs - 1)
    fewest = min(FEWEST_DROPOFFS, num_sets)
    while num_sets >= fewest and steps_a_set * num_sets > most_steps:
        num_sets //= 2
    return num_sets if num_sets >= fewest else 0


def _steps_a_set(market: Market, num_pickups: int) -> int:
    return num_pickups**2 * int(market.usable[-1]) * market.vehicle_yuan.shape[1]


def _begun(
    problem: Problem, num_planned: Ints, priced: PricedMarket, seat_yuan: Floats, km: Floats, sets: Sets
) -> PricedMarket:
    """Return the market along routes, with the rules of the listed sets, and prices amid theirs and those of the seats.

    Both of these are proved, so what lies amid them is, too.
    """
    listed = priced.market
    market = build_market(problem, num_planned, listed.cells, km, sets, listed.item_of_cell)
    listed_item = np.zeros(len(market.earliest), dtype=np.int64)
    listed_item[market.item_of_cell] = listed.item_of_cell
    by_seats = np.bincount(market.item_of_cell, seat_yuan[listed.cells]) / market.num_groups
    by_sets = priced.proof[listed.price_of][listed_item]
    share = BEGINNING if priced.bound_yuan > by_seats @ market.num_groups else 1 - BEGINNING
    prices = np.zeros(len(market.alone_yuan))
    prices[market.price_of] = share * by_sets + (1 - share) * by_seats
    routed = PricedMarket(market, by_seats)
    departures = priced.departures._replace(need=priced.departures.need[:, listed_item])
    routed.begin_with(prices, departures, share * priced.proof[priced.rules])
    return routed
