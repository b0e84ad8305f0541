"""How many vehicles leave at least: no fraction of a vehicle carries anybody.

Those whose windows lie within an interval of days ride on vehicles of these days. How many these are is bounded
by the same relaxation at a yuan a vehicle and nothing for roads, and rounded up (k-path cuts: Kohl, Desrosiers,
Madsen, Solomon and Soumis 1999, "2-path cuts for the vehicle routing problem with time windows"). Where vehicles have
several sizes, what whole ones of those there are cost with their seats is demanded, too (``vehicle_mix``), and where a
vehicle may call at few stops, as many as call at all of them (``calls``).
"""

from dataclasses import dataclass, field, replace

import numpy as np

from returnplan.planning.bounding.calls import A_CALL, calls_needed
from returnplan.planning.bounding.market import Market
from returnplan.planning.bounding.priced_market import Departures, PricedMarket, inside
from returnplan.planning.bounding.vehicle_mix import (
    MOST_VEHICLES,
    Covering,
    cheapest_yuan,
    covering_on,
    covering_yuan,
    mix_rule,
)
from returnplan.problem.model import Bools, Floats, Ints

MOST_COUNTS, MOST_MIXES = 16, 4
"""Intervals looked at each time."""
NUM_STEPS, GAP = 10, 0.01
"""Newton steps, and share by which riders pay less than the most, where vehicles are counted day by day."""
A_PART = 0.02
"""Of a vehicle: less may be an error of the centre."""
MARGIN = 0.002
"""Of a vehicle, by which a count is above a whole number of them; a tiny one would be lost with few riders."""
GAPS = np.geomspace(0.1, 0.02, num=8)
"""Of the rounds in which vehicles are counted."""
A_TRIFLE = 0.0005
"""Of what vehicles cost; for less no rule is made."""


@dataclass(slots=True)
class Rounding:
    """Looks for intervals of days on which the prices of a market pay for fewer vehicles than must leave.

    Attributes
    ----------
    tried : intervals, by number, and vehicles that were looked at
    mixed : intervals for which whole vehicles that have the seats were priced
    coverings : what these cost, by interval; no prices change it
    calls_counted : whether it was looked at how many vehicles call at all stops
    """

    priced: PricedMarket
    tried: set[tuple[int, int]] = field(default_factory=set)
    mixed: set[int] = field(default_factory=set)
    coverings: dict[int, Covering] = field(default_factory=dict)
    calls_counted: bool = False

    def round_up(self, rent_yuan: Floats) -> bool:
        """Demand the departures that are missing; return whether there were any.

        Parameters
        ----------
        rent_yuan : (V, D) what a vehicle costs besides
        """
        if len(self.priced.master) == 0:  # no batch is known: there is no vehicle
            return False
        first, last, paid_for = self._likely(rent_yuan)
        found = [
            _count_rule(self.priced.market, a, b, whole, need)
            for a, b, whole in zip(first, last, paid_for, strict=True)
            for need in [needs(self.priced, a, b, whole)]
            if (need * self.priced.market.num_groups).sum() > whole + MARGIN
        ]
        found += self._mixes() + self._calls()
        if found:
            self.priced.demand(Departures(*map(np.concatenate, zip(*found, strict=True))))
        return bool(found)

    def _likely(self, rent_yuan: Floats) -> tuple[Ints, Ints, Ints]:
        """Return the first and last days of intervals, and the whole vehicles paid for: a part more may be one.

        The centre pays for more small vehicles than need be, so seats tell of a part, too.
        """
        priced, market = self.priced, self.priced.market
        _, vehicles = priced.master.centre(
            inside(GAP) * priced.proof, GAP * priced.bound_yuan, rent_yuan, NUM_STEPS
        )
        first, last = np.triu_indices(vehicles.shape[1])
        up_to = np.append(0.0, np.cumsum(vehicles.sum(axis=0)))
        run = up_to[last + 1] - up_to[first]
        paid_for = np.floor(run).astype(np.int64)
        insiders = _of_insiders(market, _vehicles_paid(priced), first, last)
        may_be = (run - paid_for > A_PART) & (run - paid_for < 1 - A_PART)
        may_be &= insiders > np.maximum(0, paid_for - 1)
        by_prices = self._new(may_be, paid_for, paid_for - insiders)
        seats = _of_insiders(market, market.items[2] / market.usable[-1], first, last)
        filled = np.ceil(seats - MARGIN).astype(np.int64) - 1
        by_seats = self._new((filled + 1 - seats > A_PART) & (run < filled + 2), filled, -seats)
        found = np.append(by_prices, by_seats)
        return first[found], last[found], np.append(paid_for[by_prices], filled[by_seats])

    def _mixes(self) -> list[Departures]:
        """Return rules of intervals whose riders, or vehicles, cost less than whole ones with their seats."""
        priced, market = self.priced, self.priced.market
        num_seats, num_days = int(market.items[2].sum()), market.vehicle_yuan.shape[1]
        if num_seats > MOST_VEHICLES * market.usable[-1]:
            return []
        first, last = np.triu_indices(num_days)
        seats = _of_insiders(market, market.items[2], first, last).astype(np.int64)
        paid_yuan = _of_insiders(market, priced.proof[market.price_of] * market.num_groups, first, last)
        for days, fewest, yuan in zip(
            priced.departures.days, priced.departures.fewest, priced.proof[priced.rules], strict=True
        ):
            day = np.flatnonzero(days)
            paid_yuan += np.where((first <= day[0]) & (last >= day[-1]), fewest * yuan, 0.0)
        if not self.coverings:
            endless_yuan = covering_yuan(market, num_seats, np.full(len(market.usable), num_seats))
            for i in np.flatnonzero(seats > 0).tolist():
                days = _days(first[i], last[i], num_days)[0]
                self.coverings[i] = covering_on(market, days, int(seats[i]), endless_yuan)
        least_yuan = np.zeros(len(seats))
        least_yuan[list(self.coverings)] = [covering.yuan[-1] for covering in self.coverings.values()]
        up_to = np.append(0.0, np.cumsum(cheapest_yuan(market) @ priced.vehicles))
        missing = least_yuan - np.minimum(paid_yuan, up_to[last + 1] - up_to[first])
        is_new = (seats > 0) & np.isfinite(least_yuan) & (missing > A_TRIFLE * least_yuan)
        new = set(np.flatnonzero(is_new).tolist()) - self.mixed
        best = sorted(new, key=lambda i: (-missing[i], i))[:MOST_MIXES]
        self.mixed.update(best)
        return [
            mix_rule(market, days[0], _insiders(market, first[i], last[i]), self.coverings[i])
            for i in best
            for days in [_days(first[i], last[i], num_days)]
        ]

    def _calls(self) -> list[Departures]:
        """Return the rule that as many vehicles leave on all days as call at all stops, if fewer are paid for."""
        if self.calls_counted:
            return []
        self.calls_counted = True
        market, need = self.priced.market, calls_needed(self.priced.market)
        whole = int(np.ceil(need @ market.num_groups - A_CALL)) - 1
        if self.priced.vehicles.sum() > whole + 1 - A_PART:
            return []
        rule = _count_rule(market, 0, market.vehicle_yuan.shape[1] - 1, whole, need)
        # without one group there may be a call less, and so a vehicle
        return [rule._replace(most_saved=np.array([1 / need.min()]))]

    def _new(self, may_be: Bools, whole: Ints, worse: Floats) -> Ints:
        """Return the best of the intervals that may be, of those that were not looked at with so many vehicles."""
        new = [i for i in np.flatnonzero(may_be) if (int(i), int(whole[i])) not in self.tried]
        best = sorted(new, key=lambda i: (worse[i], i))[:MOST_COUNTS]
        self.tried.update((int(i), int(whole[i])) for i in best)
        return np.array(best, dtype=np.int64)


def needs(priced: PricedMarket, first: int, last: int, whole: int) -> Floats:
    """Return (I,) the part of a vehicle that a group of each item needs on some days, that all together need.

    Parameters
    ----------
    first, last : days; others than those who can only leave between them need nothing
    whole : to show that more vehicles than these are needed is enough
    """
    market = priced.market
    inside = _insiders(market, first, last)
    need = np.zeros(len(market.earliest))
    runs = np.asarray(np.isfinite(market.vehicle_yuan[:, first : last + 1]).any(axis=0))
    if not runs.any():
        return need
    by_seats = market.items[2, inside] / market.usable[-1]
    if by_seats.sum() > whole + MARGIN:  # their seats alone prove it
        need[inside] = by_seats / market.num_groups[inside]
        return need
    small = _counting(market, first, runs, inside)
    count = PricedMarket(small, _vehicles_paid(priced)[inside])
    for gap in GAPS:
        count.improve(np.zeros(small.vehicle_yuan.shape), gap)
        hoped_for = count.master.paid_yuan(count.prices)
        if count.bound_yuan > whole + MARGIN or hoped_for < whole + MARGIN:
            break
    need[inside] = count.proof[small.price_of] if count.bound_yuan > 0 else 0.0
    return need


def _vehicles_paid(priced: PricedMarket) -> Floats:
    """Return (I,) how many vehicles the groups of each item pay."""
    market, master = priced.market, priced.master
    num_vehicles = float(master.times.sum())
    if num_vehicles <= 0.0:  # the prices pay for none yet
        return np.zeros(len(market.price_of))
    a_vehicle = float((master.times * master.cost_yuan).sum() / num_vehicles)
    return np.asarray(priced.prices[market.price_of] * market.num_groups / a_vehicle)


def _of_insiders(market: Market, amount: Floats, first: Ints, last: Ints) -> Floats:
    """Return the sum of the amounts (I,) of those whose windows lie within each interval of days."""
    num_days = market.vehicle_yuan.shape[1]
    by_window = np.zeros((num_days, num_days))
    np.add.at(by_window, (market.earliest, market.latest), amount)
    return np.asarray(by_window[::-1].cumsum(axis=0)[::-1].cumsum(axis=1)[first, last])


def _insiders(market: Market, first: int, last: int) -> Ints:
    """Return the items that can only leave between two days."""
    return np.flatnonzero((market.earliest >= first) & (market.latest <= last))


def _count_rule(market: Market, first: int, last: int, whole: int, need: Floats) -> Departures:
    """Return the rule that more than so many whole vehicles leave."""
    num_pools, num_days = market.vehicle_yuan.shape
    most_saved = 1 / (need @ market.num_groups - whole)
    return Departures(
        _days(first, last, num_days), np.ones((1, num_pools)), np.array([whole + 1.0]), need[None, :],
        np.array([most_saved]),
    )  # fmt: skip


def _days(first: int, last: int, num_days: int) -> Bools:
    days = np.arange(num_days)
    return np.asarray((days >= first) & (days <= last))[None, :]


def _counting(market: Market, first: int, runs: Bools, items: Ints) -> Market:
    """Return the market of some items and days in which the largest vehicle costs one yuan, and no road any.

    Parameters
    ----------
    runs : (D,) whether there is any vehicle on the first day and those after it
    """
    pays, price_of = np.unique(market.price_of[items], return_inverse=True)
    pick_bits = _largest(market.pick_bits, market.items[0, items])
    drop_bits = _largest(market.drop_bits, market.items[1, items])
    return replace(
        market, items=market.items[:, items], earliest=market.earliest[items] - first,
        latest=market.latest[items] - first, num_groups=market.num_groups[items], price_of=price_of,
        pick_bits=pick_bits, drop_bits=drop_bits, usable=market.usable[-1:],
        vehicle_yuan=np.where(runs, 1.0, np.inf)[None, :],
        to_drop_km=np.zeros((len(pick_bits), 1)), from_drop_km=np.zeros((len(drop_bits), 1)),
        per_km_yuan=np.zeros(1), stop_cost_yuan=0.0, has_all_sets=False, alone_yuan=np.ones(len(pays)),
    )  # fmt: skip


def _largest(bits: Ints, stops: Ints) -> Ints:
    """Return the sets of these stops that are part of no other; what is left of a set is a set, too."""
    within = np.bitwise_or.reduce(np.int64(1) << stops)
    bits = np.unique(bits & within)
    is_part = np.zeros(len(bits), dtype=np.bool_)
    left = bits
    while left.any():  # one stop after the other of each set is left out
        one_less = bits & ~(left & -left)
        place = np.searchsorted(bits, one_less)
        is_part[place[(bits[place] == one_less) & (left != 0)]] = True
        left = left & (left - 1)
    return np.asarray(bits[~is_part])
