"""What whole vehicles of several sizes cost at least: a fraction of a large one may have to be a small one, or two.

Vehicles cover seats (the covering knapsack: Martello and Toth 1990). If a vehicle counts as what its seats cost so, all
vehicles together count as at least what all seats cost, as no seats cost more than two parts of them (Gomory and
Johnson 1972, subadditive functions).
"""

import numpy as np

from returnplan.planning.bounding.market import Market
from returnplan.planning.bounding.priced_market import Departures
from returnplan.problem.model import Bools, Floats, Ints

MOST_VEHICLES = 100
"""Where there are more, the part of one that is rounded up is a trifle."""


def covering_yuan(market: Market, num_seats: int) -> Floats:
    """Return (S + 1,) what whole vehicles with so many seats or more cost, each at its cheapest journey."""
    journeys = market.to_drop_km[market.items[0]] + market.from_drop_km[market.items[1]]
    vehicle_yuan = market.vehicle_yuan.min(axis=1) + market.per_km_yuan * journeys.min()
    runs = np.isfinite(vehicle_yuan)
    if not runs.any():
        return np.zeros(num_seats + 1)
    yuan, usable = vehicle_yuan[runs, None], market.usable[runs, None]
    covering, smallest = np.zeros(num_seats + 1), int(usable.min())
    for first in range(1, num_seats + 1, smallest):  # so many at once, as each vehicle covers as many
        seats = np.arange(first, min(first + smallest, num_seats + 1))
        covering[seats] = (covering[np.maximum(0, seats - usable)] + yuan).min(axis=0)
    return covering


def mix_rule(market: Market, days: Bools, items: Ints, covering: Floats) -> Departures:
    """Return the rule that vehicles of the days (D,) cover the seats of the items.

    Parameters
    ----------
    items : all those who can only leave on these days
    covering : (S + 1,) what vehicles with so many seats or more cost; S are the seats of the items or more
    """
    num_seats = int(market.items[2, items].sum())
    largest = min(int(market.usable[-1]), num_seats)
    counts = covering[np.minimum(market.usable, num_seats)] / covering[largest]
    need = np.zeros(len(market.earliest))
    need[items] = market.items[2, items] / market.num_groups[items] / largest
    saved = (covering[num_seats] - covering[num_seats::-1])[1:] / covering[largest]
    most_saved = float((saved * largest / np.arange(1, num_seats + 1)).max())
    fewest = covering[num_seats] / covering[largest]
    return Departures(
        days[None, :], counts[None, :], np.array([fewest]), need[None, :], np.array([most_saved])
    )
