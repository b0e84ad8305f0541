"""The bound's entry: the whole algorithm on one screen.

A plan of a market is a choice of batches, each a day, a pool, a loop of pick-ups, one of drop-offs and a load.
The linear relaxation of that choice has a dual: what each rider pays, and what a vehicle of a scarce pool costs
besides on a day (Desrosiers and Lübbecke 2005). Any such prices prove a bound, so the search for good ones may
stop at any time. Caps, least loads and turnarounds are left out: they only make plans dearer.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from returnplan.planning.bounding.offer import Offer
from returnplan.planning.bounding.relaxation import NUM_ROUNDS, make_offers, settle, vehicles_wanted
from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import Floats, Ints, Problem

A_LITTLE = 1e-9
"""Of a vehicle or a yuan: so that what is shared by nothing is shared all the same."""
SAFE = 1 - 1e-9
"""For the rounding of floating-point sums."""


class Parts(NamedTuple):
    """Parts of the cells (C,) in a lower bound.

    ``yuan`` are a bound together. Where vehicles are scarce, riders pay ``rent_yuan`` besides: that much less
    is saved by each part taken away, for the rent of all vehicles stays. A part may be split by seats.
    """

    yuan: Floats
    rent_yuan: Floats


def lower_bound_yuan(problem: Problem, num_planned: Ints, num_rounds: int | None = None) -> float:
    """Return what any plan for the planned groups costs at least; see ``cell_bounds``."""
    return float(cell_bounds(problem, num_planned, num_rounds).yuan.sum())


def cell_bounds(problem: Problem, num_planned: Ints, num_rounds: int | None = None) -> Parts:
    """Return the part of each cell in the lower bound on what any plan for the planned groups costs.

    The parts of one market are a bound for it where no vehicles are scarce; else only all parts together are.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    num_rounds : how often prices are bettered; None: until more of it hardly helps
    """
    km = shortest_km(problem)
    seat_yuan = seat_bounds_yuan(problem, num_planned, km)
    offers = make_offers(problem, num_planned, split_markets(problem), seat_yuan, km)
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # compiled loops run outside the interpreter's lock
        vehicle_rent_yuan = settle(problem, offers, num_rounds or NUM_ROUNDS, threads.map)
    yuan, rent_yuan = seat_yuan.copy(), np.zeros(len(seat_yuan))
    for offer, rent in zip(offers, _shared(problem, vehicle_rent_yuan, offers), strict=True):
        cells = offer.market.cells
        if offer.bound_yuan > seat_yuan[cells].sum():
            yuan[cells] = offer.proof[offer.market.price_of[offer.market.item_of_cell]] * num_planned[cells]
        weight = np.maximum(yuan[cells], A_LITTLE)
        rent_yuan[cells] = rent * weight / weight.sum()
    yuan -= rent_yuan
    if yuan.sum() <= seat_yuan.sum():
        yuan, rent_yuan = seat_yuan, np.zeros(len(seat_yuan))
    return Parts(SAFE * yuan, rent_yuan)


def _shared(problem: Problem, rent_yuan: Floats, offers: list[Offer]) -> list[float]:
    """Return the part of each market in the rent of all vehicles there are, by the vehicles it wants.

    Nothing of the rent may be lost, or it is no bound: what nobody wants any more is shared by all who might.
    """
    wanted = vehicles_wanted(problem, offers, A_LITTLE)
    each = rent_yuan * problem.pools.available / np.where(wanted > 0, wanted, 1.0)
    return [float((each[offer.market.pools] * (offer.vehicles + A_LITTLE)).sum()) for offer in offers]
