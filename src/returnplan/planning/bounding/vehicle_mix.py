"""What whole vehicles of several sizes cost at least: a fraction of a large one may have to be a small one, or two.

Vehicles cover seats (the covering knapsack with bounds: Martello and Toth 1990). If a vehicle counts as what it costs,
all vehicles together count as at least what the cheapest of those there are cost. Where there are enough of them, one
counts as what its seats cost, as no seats cost more than two parts of them (Gomory and Johnson 1972).
"""

from typing import NamedTuple

import numpy as np

from returnplan.planning.bounding.market import Market
from returnplan.planning.bounding.priced_market import Departures
from returnplan.problem.model import Bools, Floats, Ints

MOST_VEHICLES = 100
"""Where there are more, the part of one that is rounded up is a trifle."""


def covering_yuan(market: Market, num_seats: int, available: Ints) -> Floats:
    """Return (S + 1,) what whole vehicles with so many seats or more cost, each at its cheapest journey.

    Parameters
    ----------
    available : (V,) vehicles of each pool; where all together have too few seats, they cost inf
    """
    covering, seats = np.full(num_seats + 1, np.inf), np.arange(num_seats + 1)
    covering[0] = 0.0
    for yuan, usable, there in zip(cheapest_yuan(market), market.usable, available.tolist(), strict=True):
        left, at_once = min(there, -(-num_seats // int(usable))), 1
        while left > 0:  # one, two, four, … at a time: any number of them
            num = min(left, at_once)
            covering = np.minimum(covering, covering[np.maximum(0, seats - num * usable)] + num * yuan)
            left, at_once = left - num, 2 * at_once
    return covering


def cheapest_yuan(market: Market) -> Floats:
    """Return (V,) what a vehicle of each pool costs at least: its cheapest journey."""
    journeys = market.to_drop_km[market.items[0]] + market.from_drop_km[market.items[1]]
    return np.asarray(market.vehicle_yuan.min(axis=1) + market.per_km_yuan * journeys.min())


class Covering(NamedTuple):
    """What whole vehicles with so many seats or more cost (S + 1,), and as what a vehicle of each pool counts (V,)."""

    yuan: Floats
    vehicle_yuan: Floats


def covering_on(market: Market, days: Bools, num_seats: int, endless_yuan: Floats) -> Covering:
    """Return how vehicles of the days (D,) cover up to so many seats.

    Parameters
    ----------
    endless_yuan : (S + 1,) what vehicles would cost of which there are enough
    """
    available = market.available[:, days].sum(axis=1)
    # several of which there are enough stand for one that costs more than they do
    is_plenty = available * market.usable >= num_seats
    if is_plenty.all():
        plenty_yuan = yuan = endless_yuan[: num_seats + 1]
    else:
        plenty_yuan = covering_yuan(market, int(market.usable[-1]), available * is_plenty)
        yuan = covering_yuan(market, num_seats, available)
    instead = plenty_yuan[np.minimum(market.usable, num_seats)]
    return Covering(yuan, np.minimum(cheapest_yuan(market), instead))


def mix_rule(market: Market, days: Bools, items: Ints, covering: Covering) -> Departures:
    """Return the rule that vehicles of the days (D,) cover the seats of the items.

    Parameters
    ----------
    items : all those who can only leave on these days
    """
    num_seats = int(market.items[2, items].sum())
    largest = min(int(market.usable[-1]), num_seats)
    one = covering.vehicle_yuan.max()
    need = np.zeros(len(market.earliest))
    need[items] = market.items[2, items] / market.num_groups[items] / largest
    saved = (covering.yuan[num_seats] - covering.yuan[num_seats::-1])[1:] / one
    most_saved = float((saved * largest / np.arange(1, num_seats + 1)).max())
    return Departures(
        days[None, :], covering.vehicle_yuan[None, :] / one, covering.yuan[[num_seats]] / one, need[None, :],
        np.array([most_saved]),
    )  # fmt: skip
