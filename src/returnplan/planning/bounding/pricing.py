"""Compiled: the batches that earn most for what they cost, given what the riders pay.

Every (day, pick-ups, drop-offs, pool) is looked at. A batch is filled with those who pay most a seat, the last
of them in part, which is at least what any real load earns (Dantzig 1957).
"""

import numpy as np

from returnplan.planning.compiled import entry, inner
from returnplan.problem.model import Floats, Ints


@entry
def best_batches(
    start: Ints,
    order: Ints,
    items: Ints,
    paid: Floats,
    pick_bits: Ints,
    drop_bits: Ints,
    usable: Ints,
    vehicle_yuan: Floats,
    road_yuan: Floats,
    leaving_yuan: Floats,
    best: Floats,
    chosen: Ints,
    fares: Floats,
    full: Floats,
    boarding: Ints,
) -> None:
    """Raise ``best`` to the greatest ratio of earnings to cost of a batch on a day that boards at a stop.

    Parameters
    ----------
    start, order : (D + 1,) slices of the items that may leave on a day, those who pay most a seat first
    items, paid : (3, I) pick-up, drop-off and seats; what all groups of an item pay
    pick_bits, drop_bits, usable : (S,), (T,) sets of stops; (V,) seats of the pools, ascending
    vehicle_yuan, road_yuan : (V, D) and (V, S, T), together the cost of a batch
    leaving_yuan : (D,) what a batch of each day earns besides, whoever is on board
    best, chosen : (D, stops) the ratio; (D, stops, 3) indices of pick-ups, drop-offs and pool
    fares, full, boarding : (stops + 1, drop-off stops), (V,) and (I,), to work in
    """
    for day in range(best.shape[0]):
        riders = order[start[day] : start[day + 1]]
        fares[:-1] = 0.0
        for item in riders:
            fares[items[0, item], items[1, item]] += paid[item]
        for a in range(len(pick_bits)):
            least, num = _add_up(fares, pick_bits[a], best[day]), -1
            for b in range(len(drop_bits)):
                cheapest = _cheapest(vehicle_yuan[:, day], road_yuan[:, a, b])
                if leaving_yuan[day] + _paid_at(fares[-1], drop_bits[b]) <= least * cheapest:
                    continue
                if num < 0:
                    num = _that_board(riders, items, pick_bits[a], boarding)
                _fill(boarding[:num], items, paid, drop_bits[b], usable, full)
                for k in range(len(usable)):
                    ratio = (leaving_yuan[day] + full[k]) / (vehicle_yuan[k, day] + road_yuan[k, a, b])
                    if ratio > least:
                        _note(ratio, pick_bits[a], best[day], chosen[day], a, b, k)


@inner
def _add_up(fares: Floats, picks: int, best: Floats) -> float:
    """Write what all who board at the stops pay, by drop-off; return the least of the stops' best ratios."""
    total, least = fares[-1], np.inf
    total[:] = 0.0
    for stop in range(len(best)):
        if picks >> stop & 1:
            total += fares[stop]
            least = min(least, best[stop])
    return least


@inner
def _cheapest(vehicle_yuan: Floats, road_yuan: Floats) -> float:
    cheapest = np.inf
    for k in range(len(vehicle_yuan)):
        cheapest = min(cheapest, vehicle_yuan[k] + road_yuan[k])
    return cheapest


@inner
def _paid_at(fares: Floats, drops: int) -> float:
    """Return what a batch would earn that took all who alight at the stops, were it large enough."""
    most = 0.0
    for stop in range(len(fares)):
        if drops >> stop & 1:
            most += fares[stop]
    return most


@inner
def _that_board(riders: Ints, items: Ints, picks: int, boarding: Ints) -> int:
    """List the riders who board at the stops, in their order; return how many they are."""
    num = 0
    for item in riders:
        if picks >> items[0, item] & 1:
            boarding[num] = item
            num += 1
    return num


@inner
def _fill(riders: Ints, items: Ints, paid: Floats, drops: int, usable: Ints, full: Floats) -> None:
    """Write what a full vehicle of each pool earns."""
    fares, taken, k = 0.0, 0, 0
    for item in riders:
        if drops >> items[1, item] & 1:
            while taken + items[2, item] > usable[k]:
                full[k] = fares + paid[item] * (usable[k] - taken) / items[2, item]
                k += 1
                if k == len(usable):
                    return
            taken += items[2, item]
            fares += paid[item]
    full[k:] = fares


@inner
def _note(ratio: float, picks: int, best: Floats, chosen: Ints, a: int, b: int, k: int) -> None:
    """Remember the batch at each of its pick-ups where no other has a higher ratio."""
    for stop in range(len(best)):
        if picks >> stop & 1 and ratio > best[stop]:
            best[stop] = ratio
            chosen[stop, 0], chosen[stop, 1], chosen[stop, 2] = a, b, k
