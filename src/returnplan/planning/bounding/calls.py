"""How many vehicles call at all stops as often as they must: each of them calls at few, and at a stop several have to.

All who board at a stop need as many vehicles as have seats for them, and as call at all their drop-offs. Parts of a
vehicle, of which the relaxation makes do with less, carry nobody (rounded capacity inequalities: Laporte and Nobert
1983; here they are added up, stop by stop). So it is with those who alight at a stop.
"""

import numpy as np

from returnplan.planning.bounding.market import Market
from returnplan.problem.model import Floats, Ints

A_CALL = 1e-9


def calls_needed(market: Market) -> Floats:
    """Return (I,) the part of a vehicle's calls that a group of each item needs, on the side where all need more."""
    pickup, dropoff, seats = market.items
    most_picks, most_drops = _most_stops(market.pick_bits), _most_stops(market.drop_bits)
    sides = (
        _calls(pickup, dropoff, seats, market, most_drops) / most_picks,
        _calls(dropoff, pickup, seats, market, most_picks) / most_drops,
    )
    return max(sides, key=lambda need: float(need @ market.num_groups))


def _calls(stop: Ints, other: Ints, seats: Ints, market: Market, most_others: int) -> Floats:
    """Return (I,) the calls at the stop of each item, shared by the groups there."""
    pairs = np.unique(np.stack([stop, other]), axis=1)
    num = int(stop.max()) + 1
    by_others = np.ceil(np.bincount(pairs[0], minlength=num) / most_others)
    by_seats = np.ceil(np.bincount(stop, seats, num) / market.usable[-1] - A_CALL)
    at_stop = np.maximum(by_others, by_seats) / np.maximum(1, np.bincount(stop, market.num_groups, num))
    return np.asarray(at_stop[stop])


def _most_stops(bits: Ints) -> int:
    return max(int(some).bit_count() for some in bits)
