"""The bound's entry: the whole algorithm on one screen.

A plan of a market is a choice of batches, each a day, a pool, a loop of pick-ups, one of drop-offs and a load.
The linear relaxation of that choice has a dual: what each rider pays, and what a vehicle of a scarce pool costs
besides on a day (Desrosiers and Lübbecke 2005). Any such prices prove a bound, so the search for good ones may
stop at any time. Caps, least loads and turnarounds are left out: they only make plans dearer.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import NamedTuple

import numpy as np

from returnplan.planning.bounding.market import build_market
from returnplan.planning.bounding.offer import Offer
from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import Floats, Ints, Problem

NUM_ROUNDS = 21
RENTS_FROM = 4
"""Rounds before which prices say nothing yet about which vehicles are scarce."""
RENT_YUAN, MOST_RENT_YUAN = 2_400.0, 9_600.0
"""By which the rent of a vehicle rises in all rounds together if one too many is wanted, and at most."""
A_LITTLE = 1e-9
"""Of a vehicle or a yuan: so that what is shared by nothing is shared all the same."""
FIRST_GAP, LAST_GAP = 0.3, 0.006
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
    offers = [
        Offer(market, np.bincount(market.item_of_cell, weights=seat_yuan[part]).astype(np.float64))
        for part in _planned_markets(problem, num_planned)
        for market in [build_market(problem, num_planned, part, km)]
    ]
    vehicle_rent_yuan = _settle(problem, offers, num_rounds or NUM_ROUNDS)
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


def _planned_markets(problem: Problem, num_planned: Ints) -> list[Ints]:
    """Return the planned cells of each market, apart by county where counties may not mix."""
    planned = [part[num_planned[part] > 0] for part in split_markets(problem)]
    if not problem.limits.mix_counties:
        county = problem.cells.county
        planned = [part[county[part] == one] for part in planned for one in np.unique(county[part])]
    return [part for part in planned if len(part)]


def _settle(problem: Problem, offers: list[Offer], num_rounds: int) -> Floats:
    """Better the prices of all markets, raising rents where they want more vehicles than there are."""
    available = problem.pools.available
    rent_yuan = np.zeros(available.shape)
    step_yuan, most_yuan = RENT_YUAN / num_rounds, MOST_RENT_YUAN / num_rounds
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # compiled loops run outside the interpreter's lock
        for rounds, gap in enumerate(np.geomspace(FIRST_GAP, LAST_GAP, num_rounds)):
            rents = [rent_yuan[offer.market.pools] for offer in offers]
            list(threads.map(Offer.improve, offers, rents, repeat(gap)))
            if RENTS_FROM <= rounds < num_rounds - 1:
                too_many = _vehicles_wanted(problem, offers) - available
                rent_yuan += np.clip(step_yuan * too_many, 0.0, most_yuan)
    return rent_yuan


def _vehicles_wanted(problem: Problem, offers: list[Offer], at_least: float = 0.0) -> Floats:
    """Return (V, D) the vehicles that all markets' prices pay for, so many by each market at least."""
    wanted = np.zeros(problem.pools.available.shape)
    for offer in offers:
        wanted[offer.market.pools] += offer.vehicles + at_least
    return wanted


def _shared(problem: Problem, rent_yuan: Floats, offers: list[Offer]) -> list[float]:
    """Return the part of each market in the rent of all vehicles there are, by the vehicles it wants.

    Nothing of the rent may be lost, or it is no bound: what nobody wants any more is shared by all who might.
    """
    wanted = _vehicles_wanted(problem, offers, A_LITTLE)
    each = rent_yuan * problem.pools.available / np.where(wanted > 0, wanted, 1.0)
    return [float((each[offer.market.pools] * (offer.vehicles + A_LITTLE)).sum()) for offer in offers]
