"""One market as the bound sees it: riders by stops and window, the sets of stops, what a batch costs."""

from dataclasses import dataclass, replace

import numpy as np

from returnplan.planning.bounding.loops import find_loops, route_km
from returnplan.problem.model import Floats, Ints, Problem

MOST_PRICES = 400
"""Riders with like windows pay one price where there would be more prices than this."""
MOST_PICKUP_SETS, MOST_DROPOFF_SETS = 1_000, 31
A_TRIFLE, LEAST_VEHICLE_YUAN = 1e-6, 1e-6
"""Of the dearest journey alone, and in yuan: a vehicle of the relaxation costs as much at least."""


@dataclass(frozen=True, slots=True)
class Market:
    """Relaxed batches of one market: R prices, I items (alike to a batch), S and T sets of stops, V pools.

    Attributes
    ----------
    cells, item_of_cell : of the problem; which item each of them is
    items : (3, I) pick-up, drop-off, and the seats of all groups
    earliest, latest, num_groups, price_of : (I,); which price an item pays
    pick_bits, drop_bits : (S,), (T,) sets of stops
    pools, usable : (V,) those whose vehicles may come here, fewest seats first
    vehicle_yuan, road_yuan : (V, D) of a vehicle (inf: none on that day); (V, S, T) of its km and stops
    alone_yuan : (R,) what a batch for one group costs at least
    added_yuan : what a batch costs here more than in truth, where vehicles would cost nothing
    """

    cells: Ints
    item_of_cell: Ints
    items: Ints
    earliest: Ints
    latest: Ints
    num_groups: Ints
    price_of: Ints
    pick_bits: Ints
    drop_bits: Ints
    pools: Ints
    usable: Ints
    vehicle_yuan: Floats
    road_yuan: Floats
    alone_yuan: Floats
    added_yuan: float


def build_market(problem: Problem, num_planned: Ints, part: Ints, km: Floats) -> Market:
    """Return the market of the cells ``part``, all of them planned.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    km : (P, P) shortest ways
    """
    cells, limits = problem.cells, problem.limits
    picks, pickup = np.unique(cells.pickup[part], return_inverse=True)
    # a party that alights at several places counts at its first: fewer stops cost less
    drops, dropoff = np.unique(cells.drop_place[cells.drop_start[part]], return_inverse=True)
    boarding = find_loops(
        km[np.ix_(picks, picks)], limits.max_pickups, limits.max_pickup_km, MOST_PICKUP_SETS
    )
    alighting = find_loops(
        km[np.ix_(drops, drops)].T, limits.max_dropoffs, limits.max_dropoff_km, MOST_DROPOFF_SETS
    )
    alike = np.stack([
        boarding.stop_of[pickup], alighting.stop_of[dropoff], cells.num_seats[part],
        cells.earliest[part], cells.latest[part],
    ])  # fmt: skip
    items, item_of_cell = np.unique(alike, axis=1, return_inverse=True)
    num_groups = np.bincount(item_of_cell, weights=num_planned[part]).astype(np.int64)
    price_of = _prices(items)
    pools = _pools(problem, part)
    vehicle_yuan = np.where(problem.pools.available > 0, problem.pools.fixed_yuan[:, None], np.inf)[pools]
    per_km_yuan = problem.pools.per_km_yuan[pools, None, None]
    stops = boarding.num_stops[:, None] + alighting.num_stops
    road_km = route_km(boarding, alighting, km[np.ix_(picks, drops)])
    road_yuan = per_km_yuan * road_km + limits.stop_cost_yuan * (stops - 2)
    # the first sets are the single stops
    alone_yuan = (vehicle_yuan.min(axis=1)[:, None] + road_yuan[:, items[0], items[1]]).min(axis=0)
    added_yuan = _added_yuan(vehicle_yuan, alone_yuan)
    return Market(
        part, item_of_cell, np.stack([*items[:2], items[2] * num_groups]), items[3], items[4], num_groups,
        price_of, boarding.bits, alighting.bits, pools, problem.pools.usable[pools], vehicle_yuan + added_yuan,
        road_yuan, _least(alone_yuan, price_of) + added_yuan, added_yuan,
    )  # fmt: skip


def _added_yuan(vehicle_yuan: Floats, alone_yuan: Floats) -> float:
    """Return what each vehicle has to cost more, so that riders of all batches pay something.

    Prices are sought as logarithms and in proportion to what batches cost; neither works with nothing.
    """
    dearest_yuan = float(alone_yuan[np.isfinite(alone_yuan)].max(initial=0.0))
    least_yuan = max(A_TRIFLE * dearest_yuan, LEAST_VEHICLE_YUAN)
    return least_yuan if vehicle_yuan.min(initial=np.inf) < least_yuan else 0.0


def remaining(market: Market, num_groups: Ints) -> tuple[Market, Ints]:
    """Return the market with so many groups of each cell of the problem (C,), and which of its prices are left."""
    stays = num_groups[market.cells] > 0
    cells = market.cells[stays]
    left, item_of_cell = np.unique(market.item_of_cell[stays], return_inverse=True)
    num = np.bincount(item_of_cell, weights=num_groups[cells]).astype(np.int64)
    pays, price_of = np.unique(market.price_of[left], return_inverse=True)
    seats = market.items[2, left] // market.num_groups[left]
    smaller = replace(
        market, cells=cells, item_of_cell=item_of_cell, items=np.stack([*market.items[:2, left], seats * num]),
        earliest=market.earliest[left], latest=market.latest[left], num_groups=num, price_of=price_of,
        alone_yuan=market.alone_yuan[pays],
    )  # fmt: skip
    return smaller, pays


def _pools(problem: Problem, part: Ints) -> Ints:
    """Return the pools that may serve any of the cells, fewest seats first."""
    pools = problem.pools
    near = (pools.base < 0) | np.isin(pools.base, problem.cells.prefecture[part])
    mine = np.flatnonzero(near & (pools.usable > 0) & pools.available.any(axis=1))
    return mine[np.argsort(pools.usable[mine], kind="stable")]


def _prices(items: Ints) -> Ints:
    """Return the price of each item: one a pick-up, size and window, or like windows if these are too many."""
    pickup, _, seats, earliest, latest = items
    for days in (1, 2, 3):
        alike = np.stack([pickup, seats, earliest // days, latest // days])
        prices, price_of = np.unique(alike, axis=1, return_inverse=True)
        if prices.shape[1] <= MOST_PRICES:
            break
    return np.asarray(price_of)


def _least(yuan: Floats, price_of: Ints) -> Floats:
    least = np.full(int(price_of.max()) + 1, np.inf)
    np.minimum.at(least, price_of, yuan)
    return least
