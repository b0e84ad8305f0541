"""The relaxation of some markets: prices for each, and rents for the vehicles that too many want."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from returnplan.planning.bounding.departures import Rounding
from returnplan.planning.bounding.market import COARSE, Sets, build_market
from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.planning.demand import is_thin
from returnplan.problem.model import Floats, Ints, Problem

RENTS_FROM = 4
"""Rounds before which prices say nothing yet about which vehicles are scarce."""
RENT_YUAN, MOST_RENT_YUAN = 2_400.0, 9_600.0
"""By which the rent of a vehicle rises in all rounds together if one too many is wanted, and at most."""
FIRST_GAP, LAST_GAP = 0.3, 0.006
FEWEST_ROUNDS, MOST_STEPS = 6, 50_000_000
"""Of a market alone: the more prices there are, the longer a round takes."""
EXACTER = 5
"""How many times as near are the prices of a market with one way from stop to stop, where a round takes no time."""


def make_offers(
    problem: Problem,
    num_groups: Ints,
    markets: Iterable[Ints],
    seat_yuan: Floats,
    km: Floats,
    sets: Sets = COARSE,
    *,
    parties_ride_whole: bool = True,
) -> list[PricedMarket]:
    """Return a priced market for each market that has people to ride, apart by county where counties may not mix.

    Parameters
    ----------
    num_groups : (C,) how many groups of each cell are to ride
    markets : the cells of each
    seat_yuan : (C,) the first prices of all groups of a cell
    sets : how many sets of stops are looked at where demand is thin; elsewhere more of them do not pay
    km : (P, P) the shortest ways; ways as driven make good prices, too, but prove nothing
    parties_ride_whole : else a vehicle is filled to its last seat with a part of a party
    """
    offers = []
    for part in _that_ride(problem, num_groups, markets):
        market = build_market(problem, num_groups, part, km, sets if is_thin(problem, part) else COARSE)
        item_yuan = np.bincount(market.item_of_cell, weights=seat_yuan[part]).astype(np.float64)
        offers.append(PricedMarket(replace(market, parties_ride_whole=parties_ride_whole), item_yuan))
    return offers


def _that_ride(problem: Problem, num_groups: Ints, markets: Iterable[Ints]) -> list[Ints]:
    parts = [part[num_groups[part] > 0] for part in markets]
    if not problem.limits.mix_counties:
        county = problem.cells.county
        parts = [part[county[part] == one] for part in parts for one in np.unique(county[part])]
    return [part for part in parts if len(part)]


def settle(
    problem: Problem,
    priced_markets: Sequence[PricedMarket],
    num_rounds: int,
    each: Callable[..., Iterable[Any]] = map,
    tell: Callable[[float], bool] = lambda share: True,
    *,
    last_gap: float = LAST_GAP,
) -> Floats:
    """Improve the prices of all markets, raising rents where they want more vehicles than there are.

    Parameters
    ----------
    each : calls a function with each element of some lists, as ``map`` does; perhaps in several threads
    tell : told the share of the rounds that is over; answers whether to go on
    last_gap : by which share the last prices pay less than they might

    Returns
    -------
    Floats
        (V, D) what a vehicle costs besides.
    """
    available = problem.pools.available
    rent_yuan = np.zeros(available.shape)
    step_yuan, most_yuan = RENT_YUAN / num_rounds, MOST_RENT_YUAN / num_rounds
    for rounds, gap in enumerate(np.geomspace(FIRST_GAP, last_gap, num_rounds)):
        if not tell(rounds / num_rounds):
            break
        rents = [rent_yuan[priced.market.pools] for priced in priced_markets]
        list(each(PricedMarket.improve, priced_markets, rents, [gap] * len(priced_markets)))
        if RENTS_FROM <= rounds < num_rounds - 1:
            too_many = vehicles_wanted(problem, priced_markets) - available
            rent_yuan += np.clip(step_yuan * too_many, 0.0, most_yuan)
    return rent_yuan


def round_up(
    priced_markets: Sequence[PricedMarket],
    rent_yuan: Floats,
    num_roundings: int,
    gap: float,
    each: Callable[..., Iterable[Any]],
) -> None:
    """Improve the prices of all markets by rounding up the vehicles that must leave on some days.

    Parameters
    ----------
    rent_yuan : (V, D) what a vehicle costs besides
    num_roundings : how often it is looked which departures are missing
    gap : by which share prices pay less than they might
    each : calls a function with each element of some lists, as ``map`` does; perhaps in several threads
    """

    def better(rounding: Rounding) -> None:
        priced = rounding.priced
        rents, its_gap, most_steps = rent_yuan[priced.market.pools], gap, MOST_STEPS
        if len(priced.market.pick_bits) == 1 == len(priced.market.drop_bits):
            its_gap, most_steps = gap / EXACTER, EXACTER * most_steps
        _improve_until(priced, rents, its_gap, most_steps)
        not_rounded = priced.bound_yuan, priced.proof
        for _ in range(num_roundings):
            if not rounding.round_up(rents):
                break
            _improve_until(priced, rents, its_gap, most_steps)
        if priced.bound_yuan < not_rounded[0]:  # rules that were not needed cost a little
            priced.return_to(*not_rounded)

    list(each(better, map(Rounding, priced_markets)))


def _improve_until(priced: PricedMarket, rent_yuan: Floats, gap: float, most_steps: int) -> None:
    """Improve prices until they pay less than the most by a gap, but not for too long."""
    for _ in range(max(FEWEST_ROUNDS, most_steps // len(priced.prices) ** 3)):
        priced.improve(rent_yuan, gap)
        if priced.hoped_yuan <= (1 + gap) * priced.bound_yuan:
            break


def vehicles_wanted(problem: Problem, priced_markets: Iterable[PricedMarket], more: float = 0.0) -> Floats:
    """Return (V, D) the vehicles that the prices of all markets pay for, and ``more`` for each."""
    wanted = np.zeros(problem.pools.available.shape)
    for priced in priced_markets:
        wanted[priced.market.pools] += priced.vehicles + more
    return wanted
