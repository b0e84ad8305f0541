"""The prices behind a lower bound, as somebody else can check them (``python -m returnplan.certificate``)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from returnplan.planning.bounding.market import Market
from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.problem.model import Floats, Ints


class DualRule(NamedTuple):
    """At least ``fewest`` vehicles leave a market from the ``first`` to the ``last`` day; each earns ``yuan``.

    ``counts`` (V,) is as how many a vehicle of each pool counts, ``need`` (C,) the part of one that a group of each
    cell takes there at least.
    """

    market: int
    first: int
    last: int
    fewest: float
    yuan: float
    counts: Floats
    need: Floats


class Duals(NamedTuple):
    """What a group of each cell pays (C,), the market of each cell, rules, and (V, D) what a vehicle costs besides."""

    group_yuan: Floats
    market: Ints
    rules: tuple[DualRule, ...]
    rent_yuan: Floats


def duals_of(
    num_planned: Ints,
    usable: Ints,
    priced_markets: Sequence[PricedMarket],
    seat_yuan: Floats,
    vehicle_rent_yuan: Floats,
    proved_yuan: float,
) -> Duals:
    """Return the prices of some markets; a market pays by seats where that proves more.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    usable : (V,) seats of each pool
    seat_yuan : (C,) the parts in the seat bound
    vehicle_rent_yuan : (V, D) what a vehicle costs besides
    proved_yuan : what all parts prove together; if the seat bound proves as much, prices are its own
    """
    by_seats = seat_yuan / np.maximum(1, num_planned)
    group_yuan, market, rules = by_seats.copy(), np.full(len(num_planned), -1), []
    rents_count = proved_yuan > seat_yuan.sum()
    for i, priced in enumerate(priced_markets):
        cells, item, added = priced.market.cells, priced.market.item_of_cell, priced.market.added_yuan
        market[cells] = i
        proves_yuan = priced.bound_yuan - added * priced.market.num_groups.sum()
        if not rents_count or proves_yuan <= seat_yuan[cells].sum():
            continue
        group_yuan[cells] = np.maximum(0.0, priced.proof[priced.market.price_of] - added)[item]
        for (days, counts, fewest, need, _), yuan in zip(
            zip(*priced.departures, strict=True), priced.proof[priced.rules], strict=True
        ):
            on_days, of_cell = np.flatnonzero(days), np.zeros(len(num_planned))
            of_cell[cells] = need[item]
            counts = _by_seats(priced.market, counts, usable)
            rules.append(
                DualRule(i, int(on_days[0]), int(on_days[-1]), float(fewest), float(yuan), counts, of_cell)
            )
    return Duals(
        group_yuan, market, tuple(rules), vehicle_rent_yuan if rents_count else 0.0 * vehicle_rent_yuan
    )


def _by_seats(market: Market, counts: Floats, usable: Ints) -> Floats:
    """Return (V,) as how much a vehicle of each pool counts; of another market, as one of its seats or more."""
    if (counts == 1.0).all():  # whatever its seats are
        return np.ones(len(usable))
    one_as_large = np.searchsorted(market.usable, usable)
    as_many = np.ceil(usable / market.usable[-1]) * counts[-1]
    by_seats = np.where(one_as_large < len(counts), np.append(counts, 0.0)[one_as_large], as_many)
    by_seats[market.pools] = counts
    return by_seats
