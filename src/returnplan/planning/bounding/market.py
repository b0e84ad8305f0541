"""One market as the bound sees it: riders by stops and window, the sets of stops, what a batch costs."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from returnplan.model.alike import alike
from returnplan.planning.bounding.loops import MOST_STOPS, find_loops, single_stops, way_to_drops
from returnplan.problem.model import Floats, Ints, Problem

MOST_PRICES = 400
"""Riders with like windows pay one price where there would be more prices than this."""


class Sets(NamedTuple):
    """How many sets of stops are looked at; stops that lie close together become one where there would be more.

    ``most_batches`` of all pools on one day. Up to ``most_items`` items pay a price each.
    """

    most_pickups: int
    most_dropoffs: int
    most_batches: int
    most_items: int


COARSE, FINE = Sets(1_000, 31, 124_000, 0), Sets(100_000, 1_000, 400_000_000, 1_000)
"""For a plan to begin with, and for a bound where demand is thin."""
MOST_FULL, BATCHES_A_ROUND = Sets(10_000, 63, 0, 0), 6_000_000
"""For a bound where seats bind before stops do; the batches are those of all markets on all days."""
A_TRIFLE, LEAST_VEHICLE_YUAN = 1e-6, 1e-6
"""Of the dearest journey alone, and in yuan: a vehicle of the relaxation costs as much at least."""


def sets_where_full(num_markets: int, num_days: int) -> Sets:
    """Return how many sets of stops a bound looks at in each of so many markets where seats bind before stops do."""
    most_batches = BATCHES_A_ROUND // max(1, num_markets * num_days)
    return MOST_FULL._replace(most_batches=most_batches) if most_batches > COARSE.most_batches else COARSE


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
    available : (V, D) vehicles
    vehicle_yuan : (V, D) of a vehicle (inf: none on that day)
    pickup_km : (S, S) between pick-ups, where batches call at any of them; S are single ones then. Else (0, 0)
    to_drop_km : (S, n) the shortest way through a set of pick-ups to a drop-off
    from_drop_km : (T, n) the shortest way on from there through a set of drop-offs (inf: none)
    per_km_yuan, stop_cost_yuan : (V,) of the way, and of each stop but one pick-up and one drop-off
    alone_yuan : (R,) what a batch for one group costs at least
    has_all_sets : whether a set without a stop is a set, too; else a batch may pass stops where nobody boards
    parties_ride_whole : whether a group rides in one vehicle; else some of its seats may be in another
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
    available: Ints
    vehicle_yuan: Floats
    to_drop_km: Floats
    from_drop_km: Floats
    per_km_yuan: Floats
    stop_cost_yuan: float
    alone_yuan: Floats
    added_yuan: float
    has_all_sets: bool = True
    parties_ride_whole: bool = True
    pickup_km: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def num_units(self) -> Ints:
        """Return (I,) of how many equal units an item is; each rides in one vehicle: a group, or else a seat."""
        return self.num_groups if self.parties_ride_whole else self.items[2]

    def road_yuan(self, pools: Ints, picks: Ints, drops: Ints) -> Floats:
        """Return what km and stops cost some batches, each with a pool and its sets."""
        km = (self.to_drop_km[picks] + self.from_drop_km[drops]).min(axis=-1)
        num_stops = _num_stops(self.pick_bits[picks]) + _num_stops(self.drop_bits[drops])
        return np.asarray(self.per_km_yuan[pools] * km + self.stop_cost_yuan * (num_stops - 2))


def build_market(
    problem: Problem, num_planned: Ints, part: Ints, km: Floats, sets: Sets = COARSE, kind: Ints | None = None
) -> Market:
    """Return the market of the cells ``part``, all of them planned.

    Parameters
    ----------
    num_planned : (C,) how many groups of each cell are planned
    km : (P, P) shortest ways
    sets : at most so many are listed; of pick-ups none, if batches may call at any
    kind : (len(part),) cells of different kinds are different items, too
    """
    cells, limits = problem.cells, problem.limits
    picks, pickup = np.unique(cells.pickup[part], return_inverse=True)
    # a party that alights at several places counts at its first: fewer stops cost less
    drops, dropoff = np.unique(cells.drop_place[cells.drop_start[part]], return_inverse=True)
    pools = _pools(problem, part)
    alighting = find_loops(
        km[np.ix_(drops, drops)].T, limits.max_dropoffs, limits.max_dropoff_km, sets.most_dropoffs
    )
    most_pickups = min(sets.most_pickups, sets.most_batches // (len(alighting.bits) * max(1, len(pools))))
    between = km[np.ix_(picks, picks)]
    if sets.most_pickups > 0:
        boarding = find_loops(between, limits.max_pickups, limits.max_pickup_km, most_pickups)
    else:
        boarding = single_stops(len(picks))
    travels = np.stack([
        boarding.stop_of[pickup], alighting.stop_of[dropoff], cells.num_seats[part],
        cells.earliest[part], cells.latest[part],
    ])  # fmt: skip
    first, item_of_cell = alike(*travels) if kind is None else alike(*travels, kind)
    items = travels[:, first]
    from_stop, to_stop, seats, earliest, latest = items
    num_groups = np.bincount(item_of_cell, weights=num_planned[part]).astype(np.int64)
    price_of = _prices(items, sets.most_items)
    available = problem.pools.available[pools]
    vehicle_yuan = np.where(available > 0, problem.pools.fixed_yuan[pools, None], np.inf)
    to_drop_km = way_to_drops(boarding, alighting, km[np.ix_(picks, drops)])
    per_km_yuan = problem.pools.per_km_yuan[pools]
    # the first sets are the single stops
    alone_km = (to_drop_km[from_stop] + alighting.km[to_stop]).min(axis=1)
    alone = vehicle_yuan.min(axis=1)[:, None] + per_km_yuan[:, None] * alone_km
    has_room = problem.pools.usable[pools, None] >= seats
    alone_yuan = np.where(has_room | ~has_room.any(axis=0), alone, np.inf).min(axis=0)
    added_yuan = _added_yuan(vehicle_yuan, alone_yuan)
    return Market(
        part, item_of_cell, np.stack([from_stop, to_stop, seats * num_groups]), earliest, latest, num_groups,
        price_of, boarding.bits, alighting.bits, pools, problem.pools.usable[pools], available,
        vehicle_yuan + added_yuan, to_drop_km, alighting.km, per_km_yuan, limits.stop_cost_yuan,
        _least(alone_yuan, price_of) + added_yuan, added_yuan,
        pickup_km=between if sets.most_pickups == 0 else np.zeros((0, 0)),
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
    left, item_of_cell = _numbered(market.item_of_cell[stays], len(market.earliest))
    num = np.bincount(item_of_cell, weights=num_groups[cells]).astype(np.int64)
    pays, price_of = _numbered(market.price_of[left], len(market.alone_yuan))
    seats = market.items[2, left] // market.num_groups[left]
    smaller = replace(
        market, cells=cells, item_of_cell=item_of_cell, items=np.stack([*market.items[:2, left], seats * num]),
        earliest=market.earliest[left], latest=market.latest[left], num_groups=num, price_of=price_of,
        alone_yuan=market.alone_yuan[pays],
    )  # fmt: skip
    return smaller, pays


def _numbered(of_line: Ints, num: int) -> tuple[Ints, Ints]:
    """Return which of so many numbers there are, and the number of each line among these; ``np.unique`` would sort."""
    is_there = np.zeros(num, dtype=np.bool_)
    is_there[of_line] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[of_line]


def _pools(problem: Problem, part: Ints) -> Ints:
    """Return the pools that may serve any of the cells, fewest seats first."""
    pools = problem.pools
    near = pools.serve(problem.cells.prefecture[part], problem.cells.goal[part]).any(axis=0)
    mine = np.flatnonzero(near & (pools.usable > 0) & pools.available.any(axis=1))
    return mine[np.argsort(pools.usable[mine], kind="stable")]


def _prices(items: Ints, most_items: int) -> Ints:
    """Return the price of each item: its own, or one a pick-up, size and window, or like windows if too many.

    Prices stand by the last days, so that those of people who may travel together are near each other.
    """
    pickup, _, seats, earliest, latest = items
    if items.shape[1] <= most_items:
        return np.argsort(np.argsort(latest, kind="stable"))
    for days in (1, 2, 3):
        prices, price_of = alike(latest // days, earliest // days, pickup, seats)
        if len(prices) <= MOST_PRICES:
            break
    return np.asarray(price_of)


def _num_stops(bits: Ints) -> Ints:
    return np.asarray(((bits[..., None] >> np.arange(MOST_STOPS)) & 1).sum(axis=-1))


def _least(yuan: Floats, price_of: Ints) -> Floats:
    least = np.full(int(price_of.max()) + 1, np.inf)
    np.minimum.at(least, price_of, yuan)
    return least
