"""Who pays which part of a lower bound, and how far it falls when somebody stays at home."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.planning.bounding.relaxation import vehicles_wanted
from returnplan.problem.model import Floats, Ints, Problem

A_LITTLE = 1e-9
"""Of a vehicle or a yuan: so that what is shared by nothing is shared all the same."""
SAFE = 1 - 1e-9
"""For the rounding of floating-point sums."""


class Parts(NamedTuple):
    """Parts of the cells (C,) in a lower bound.

    ``yuan`` are a bound together. Without a cell it falls by ``rent_yuan`` besides: where vehicles are scarce the
    rent of all of them stays, and fewer riders may be rounded up to a vehicle less. A part may be split by seats.
    """

    yuan: Floats
    rent_yuan: Floats


def parts_of(
    problem: Problem,
    num_planned: Ints,
    priced_markets: Sequence[PricedMarket],
    seat_yuan: Floats,
    vehicle_rent_yuan: Floats,
) -> Parts:
    """Return the part of each cell in the bound that some markets prove, or in the seat bound if that is higher.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    seat_yuan : (C,) the parts in the seat bound
    vehicle_rent_yuan : (V, D) what a vehicle costs besides
    """
    yuan, rent_yuan = seat_yuan.copy(), np.zeros(len(seat_yuan))
    for priced, rent in zip(priced_markets, _shared(problem, vehicle_rent_yuan, priced_markets), strict=True):
        cells, item = priced.market.cells, priced.market.item_of_cell
        # In truth a batch costs less by what was added for a group: each batch has a group on board.
        proved_yuan = float(priced.bound_yuan - priced.market.added_yuan * priced.market.num_groups.sum())
        if proved_yuan > seat_yuan[cells].sum():
            fares, more = _of_a_group(priced)
            true = proved_yuan / priced.bound_yuan
            yuan[cells] = (true * fares)[item] * num_planned[cells]
            rent_yuan[cells] = (more + (1 - true) * fares)[item] * num_planned[cells]
        weight = np.maximum(yuan[cells], A_LITTLE)
        its_rent = rent * weight / weight.sum()
        yuan[cells] -= its_rent
        rent_yuan[cells] += its_rent
    if yuan.sum() <= seat_yuan.sum():
        yuan, rent_yuan = seat_yuan, np.zeros(len(seat_yuan))
    return Parts(SAFE * yuan, rent_yuan)


def _of_a_group(priced: PricedMarket) -> tuple[Floats, Floats]:
    """Return (I,) the part of a group of each item, and what is saved besides without it.

    Without a group the vehicles it needs are not, and what is left may be rounded up to fewer.
    """
    market, (_, _, fewest, need, most_saved) = priced.market, priced.departures
    rule_yuan = priced.proof[priced.rules, None]
    needed = (need * market.num_groups).sum(axis=1, keepdims=True)
    part = rule_yuan * fewest[:, None] / needed * need
    saved = rule_yuan * most_saved[:, None] * need
    # a seat that stays empty saves one vehicle at most
    one_less = rule_yuan * market.items[2] / market.num_groups
    more = np.maximum(0.0, np.minimum(saved, one_less) - part)
    return priced.proof[market.price_of] + part.sum(axis=0), more.sum(axis=0)


def _shared(problem: Problem, rent_yuan: Floats, priced_markets: Sequence[PricedMarket]) -> list[float]:
    """Return the part of each market in the rent of all vehicles there are, by the vehicles it wants.

    Nothing of the rent may be lost, or it is no bound: what nobody wants any more is shared by all who might.
    """
    wanted = vehicles_wanted(problem, priced_markets, A_LITTLE)
    each = rent_yuan * problem.pools.available / np.where(wanted > 0, wanted, 1.0)
    return [
        float((each[priced.market.pools] * (priced.vehicles + A_LITTLE)).sum()) for priced in priced_markets
    ]
