"""The relaxation of some markets: prices for each, and rents for the vehicles that too many want."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from returnplan.planning.bounding.departures import Rounding
from returnplan.planning.bounding.market import COARSE, Market, Sets, build_market
from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.planning.demand import is_thin
from returnplan.problem.model import Floats, Ints, Problem

RENTS_FROM = 4
"""Rounds before which prices say nothing yet about which vehicles are scarce."""
RENT_YUAN, MOST_RENT_YUAN = 2_400.0, 9_600.0
"""By which the rent of a vehicle rises in all rounds together if one too many is wanted, and at most."""
STEP_YUAN, STANDING = 600.0, 6
"""By which a rent that may fall changes at most in the first of these rounds; of so many rounds it stands in one."""
FIRST_GAP, LAST_GAP = 0.3, 0.006
FEWEST_ROUNDS, MOST_STEPS = 6, 100_000_000
"""Of a market alone: the more prices there are, the longer a round takes."""
MOST_IDLE = 200
"""Rounds in turn that prove nothing more, after which none will: prices of few stops may go in circles."""
MOST_RENTS = 0.5
"""Share of what riders pay: where rents are more of it, their market does not better them itself."""
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
    sets_where_full: Sets = COARSE,
    parties_ride_whole: bool = True,
) -> list[PricedMarket]:
    """Return a priced market for each market that has people to ride, apart by county where counties may not mix.

    Parameters
    ----------
    num_groups : (C,) how many groups of each cell are to ride
    markets : the cells of each
    seat_yuan : (C,) the first prices of all groups of a cell
    sets, sets_where_full : how many sets of stops are looked at where demand is thin, and where seats bind first
    km : (P, P) the shortest ways; ways as driven make good prices, too, but prove nothing
    parties_ride_whole : else a vehicle is filled to its last seat with a part of a party
    """
    offers = []
    for part in _that_ride(problem, num_groups, markets):
        market = build_market(
            problem, num_groups, part, km, sets if is_thin(problem, part) else sets_where_full
        )
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
    may_fall: bool = False,
) -> Floats:
    """Improve the prices of all markets, and set rents where they want more vehicles than there are.

    Parameters
    ----------
    each : calls a function with each element of some lists, as ``map`` does; perhaps in several threads
    tell : told the share of the rounds that is over; answers whether to go on
    last_gap : by which share the last prices pay less than they might
    may_fall : whether rents that drove too many away fall again: the bound is higher, but a plan that begins with
        such prices wants more vehicles than there are

    Returns
    -------
    Floats
        (V, D) what a vehicle costs besides.
    """
    available = problem.pools.available
    rent_yuan = np.zeros(available.shape)
    for rounds, gap in enumerate(np.geomspace(FIRST_GAP, last_gap, num_rounds)):
        if not tell(rounds / num_rounds):
            break
        rents = [rent_yuan[priced.market.pools] for priced in priced_markets]
        list(each(PricedMarket.improve, priced_markets, rents, [gap] * len(priced_markets)))
        last = num_rounds - 1 - (num_rounds // STANDING if may_fall else 0)
        if RENTS_FROM <= rounds < last:
            too_many = vehicles_wanted(problem, priced_markets) - available
            if may_fall:
                share = (last - rounds) / (last - RENTS_FROM)
                rent_yuan = _nearer(rent_yuan, too_many / np.maximum(available, 1), share)
                for priced, before in zip(priced_markets, rents, strict=True):
                    priced.change_rents(before, rent_yuan[priced.market.pools])
            else:
                rent_yuan = _raised(rent_yuan, too_many, num_rounds)
    return rent_yuan


def _raised(rent_yuan: Floats, too_many: Floats, num_rounds: int) -> Floats:
    """Return higher rents where too many vehicles are wanted."""
    step_yuan, most_yuan = RENT_YUAN / num_rounds, MOST_RENT_YUAN / num_rounds
    return np.asarray(rent_yuan + np.clip(step_yuan * too_many, 0.0, most_yuan))


def _nearer(rent_yuan: Floats, too_many: Floats, share: float) -> Floats:
    """Return rents a step nearer to those that prove most, along a subgradient.

    Held, Wolfe and Crowder 1974, "Validation of subgradient optimization".

    Parameters
    ----------
    too_many : (V, D) by how many times those there are
    share : of the first step
    """
    return np.maximum(0.0, rent_yuan + share * STEP_YUAN * np.clip(too_many, -1.0, 1.0))


def take_rents(problem: Problem, priced_markets: Sequence[PricedMarket], rent_yuan: Floats) -> Floats:
    """Have each market better the rents of those vehicles that no other wants, and return the others' (V, D).

    They are bettered together with what riders pay, and with rules on departures. Where vehicles suffice for all who
    may leave on a day, there is no rent.
    """
    num_markets, left_yuan = np.zeros(len(rent_yuan), dtype=np.int64), rent_yuan.copy()
    for priced in priced_markets:
        num_markets[priced.market.pools] += 1
    for priced in priced_markets:
        market = priced.market
        may_lack = market.available * market.usable[:, None] < _seats_on(market)
        is_own = (num_markets[market.pools] == 1)[:, None] & may_lack & (market.available > 0)
        rents = rent_yuan[market.pools]
        most_rents_yuan = MOST_RENTS * priced.bound_yuan
        if (
            is_own.any()
            and len(priced.master) > 0
            and (rents * market.available)[is_own].sum() < most_rents_yuan
        ):
            priced.take_rents(np.where(is_own, rents, np.nan))
            left_yuan[market.pools] = np.where(is_own, 0.0, rents)
    return left_yuan


def _seats_on(market: Market) -> Floats:
    """Return (D,) the seats of all who may leave on each day."""
    day = np.arange(market.vehicle_yuan.shape[1])[:, None]
    return np.asarray(((market.earliest <= day) & (day <= market.latest)) @ market.items[2])


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
    """Improve prices until they pay less than the most by a gap, but not for too long, nor in circles."""
    proved, hoped, idle = -np.inf, np.inf, 0
    for _ in range(max(FEWEST_ROUNDS, most_steps // len(priced.prices) ** 3)):
        priced.improve(rent_yuan, gap)
        if priced.hoped_yuan <= (1 + gap) * priced.bound_yuan:
            break
        idle = 0 if priced.bound_yuan > proved or priced.hoped_yuan < hoped else idle + 1
        proved, hoped = max(proved, priced.bound_yuan), min(hoped, priced.hoped_yuan)
        if idle == MOST_IDLE:
            break


def vehicles_wanted(problem: Problem, priced_markets: Iterable[PricedMarket], more: float = 0.0) -> Floats:
    """Return (V, D) the vehicles that the prices of all markets pay for, and ``more`` for each."""
    wanted = np.zeros(problem.pools.available.shape)
    for priced in priced_markets:
        wanted[priced.market.pools] += priced.vehicles + more
    return wanted
