"""The bound's entry: the whole algorithm on one screen.

A plan of a market is a choice of batches, each a day, a pool, a loop of pick-ups, one of drop-offs and a load, in which
parties ride whole or not at all. The linear relaxation of that choice has a dual: what each rider pays, and what a
vehicle of a scarce pool costs besides on a day (Desrosiers and Lübbecke 2005). Any such prices prove a bound, so the
search for good ones may stop at any time. Vehicles that must leave on some days are rounded up, and these rules have
prices, too; together with them and with the riders' each market betters the rents of vehicles that no other wants.
Where stops were too many to list their sets, prices are bettered along routes. Caps, least loads and
turnarounds are left out: they only make plans dearer.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from returnplan.planning.bounding.duals import Duals, duals_of
from returnplan.planning.bounding.market import FINE, sets_where_full
from returnplan.planning.bounding.parts import Parts, parts_of
from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.planning.bounding.relaxation import make_offers, round_up, settle, take_rents
from returnplan.planning.bounding.routes import along_routes
from returnplan.planning.bounding.seats import seat_bounds_yuan, shortest_km
from returnplan.planning.markets import split_markets
from returnplan.problem.model import Floats, Ints, Problem


class Care(NamedTuple):
    """How often prices are bettered, and how often they are looked at for vehicles to round up.

    More of either takes more time than the higher bound is worth. The gaps are shares by which the last prices pay
    less than they might, before and after rounding.
    """

    num_rounds: int = 30
    num_roundings: int = 2
    last_gap: float = 0.002
    rounding_gap: float = 0.0003


PATIENT = Care()
MANY_CELLS, NEAR = 10_000, 0.015
"""Where a plan of so many cells costs so little more than the seat bound, a share, prices are not worth their time."""


def lower_bound_yuan(problem: Problem, num_planned: Ints) -> float:
    """Return what any plan for the planned groups costs at least; see ``cell_bounds``."""
    return float(cell_bounds(problem, num_planned).yuan.sum())


def cell_bounds(
    problem: Problem, num_planned: Ints, care: Care = PATIENT, plan_yuan: float = np.inf
) -> Parts:
    """Return the part of each cell in the lower bound on what any plan for the planned groups costs.

    The parts of one market are a bound for it where no vehicles are scarce; else only all parts together are.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    care : less of it is quicker, and the bound lower
    plan_yuan : what a plan for these groups costs; a large one near the seat bound has that for its bound
    """
    return parts_of(problem, num_planned, *_prove(problem, num_planned, care, plan_yuan))


def duals(problem: Problem, num_planned: Ints, care: Care = PATIENT) -> Duals:
    """Return the prices that prove the bound of :func:`cell_bounds`, its arguments being the same."""
    proof = _prove(problem, num_planned, care)
    return duals_of(
        num_planned, problem.pools.usable, *proof, float(parts_of(problem, num_planned, *proof).yuan.sum())
    )


def _prove(
    problem: Problem, num_planned: Ints, care: Care, plan_yuan: float = np.inf
) -> tuple[list[PricedMarket], Floats, Floats]:
    """Return priced markets, the seat bound of each cell, and (V, D) what a vehicle costs besides."""
    km = shortest_km(problem)
    seat_yuan = seat_bounds_yuan(problem, num_planned, km)
    if len(problem.cells) > MANY_CELLS and plan_yuan <= (1 + NEAR) * seat_yuan.sum():
        return [], seat_yuan, np.zeros(problem.pools.available.shape)
    markets = split_markets(problem)
    where_full = sets_where_full(len(markets), problem.num_days)
    priced_markets = make_offers(
        problem, num_planned, markets, seat_yuan, km, FINE, sets_where_full=where_full
    )
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # compiled loops run outside the interpreter's lock
        vehicle_rent_yuan = settle(
            problem, priced_markets, care.num_rounds, threads.map, last_gap=care.last_gap, may_fall=True
        )
        vehicle_rent_yuan = take_rents(problem, priced_markets, vehicle_rent_yuan)
        round_up(priced_markets, vehicle_rent_yuan, care.num_roundings, care.rounding_gap, threads.map)
        if care.num_roundings > 0:
            priced_markets = along_routes(
                problem, num_planned, priced_markets, seat_yuan, km, vehicle_rent_yuan, threads.map
            )
    for priced in priced_markets:
        vehicle_rent_yuan[priced.market.pools] += priced.return_rents()
    return priced_markets, seat_yuan, vehicle_rent_yuan
