"""The prices of one market, improved round by round; every round proves a bound.

If no batch earns more than ``ratio`` times what it costs, then at prices over ``ratio`` none earns more than it
costs, and the riders of any plan pay no more than the plan costs (Farley 1990). The prices that are proved stay
near the best so far, or they swing from one extreme to the other (smoothing: Wentges 1997).
"""

from typing import NamedTuple

import numpy as np

from returnplan.planning._core import Master
from returnplan.planning.bounding.market import Market, remaining
from returnplan.problem.model import Bools, Floats, Ints

MOST_DISTANCE, GAPS_INSIDE = 0.02, 3.5
"""How far below what is proved the search for better prices begins: so many gaps, and this share at most."""
STEADY = 0.1
AT_FIRST = 0.1
"""Share of a vehicle that departures pay when they are new: Newton's steps away from nothing are small."""
LEAST_RENT = 0.01
"""Of the price of the vehicle, where the market betters the rent itself: from nothing no price rises."""
LEAST_YUAN = 1e-6
NUM_STEPS = 2
"""Newton steps a round."""


class Departures(NamedTuple):
    """Rules on how many vehicles leave at least; G of them.

    Attributes
    ----------
    days : (G, D) those of each rule
    counts : (G, V) as how many a vehicle of each pool counts, 1 at most; −1 in a rule that no more leave than there
        are, whose price is the rent
    fewest : (G,) vehicles, or those there are, times −1
    need : (G, I) the part of a vehicle that a group of each item takes there at least
    most_saved : (G,) vehicles, at most, without groups who need one together
    """

    days: Bools
    counts: Floats
    fewest: Floats
    need: Floats
    most_saved: Floats


def inside(gap: float) -> float:
    """Return the share of proved prices from which a centre is found that pays less than the most by ``gap``."""
    return 1 - min(MOST_DISTANCE, GAPS_INSIDE * gap)


class PricedMarket:
    """Prices of one market that no batch undercuts, and the batches found so far.

    Attributes
    ----------
    bound_yuan, proof : the best bound so far, and the prices (R,) that prove it
    vehicles : (V, D) that the last prices pay for
    departures : the rules on them; each has a price, paid to every batch of its days, or a rent, paid by it
    """

    def __init__(self, market: Market, seat_yuan: Floats) -> None:
        """Start from the seat bound of each item (I,)."""
        self.market = market
        num_groups = _per_price(market)
        self.master = Master(num_groups, market.alone_yuan)
        self.prices = np.maximum(LEAST_YUAN, np.bincount(market.price_of, weights=seat_yuan) / num_groups)
        self.bound_yuan, self.proof = 0.0, self.prices
        self.vehicles = np.zeros(market.vehicle_yuan.shape)
        num_pools, num_days = market.vehicle_yuan.shape
        self.departures = Departures(
            np.zeros((0, num_days), np.bool_), np.zeros((0, num_pools)), np.zeros(0),
            np.zeros((0, len(seat_yuan))), np.zeros(0),
        )  # fmt: skip

    @property
    def hoped_yuan(self) -> float:
        """Return what the last prices pay, of which nothing is proved yet."""
        return self.master.paid_yuan(self.prices)

    @property
    def rules(self) -> slice:
        """Where the prices of the rules on departures are: behind those of the riders."""
        return slice(len(self.prices) - len(self.departures.days), None)

    def demand(self, new: Departures) -> None:
        """Keep these rules, too. A market that has rules does not shrink."""
        self._keep(new)
        a_vehicle = AT_FIRST * self.market.vehicle_yuan.min() / new.days.sum(axis=0).max()
        self.prices, self.proof = (
            np.append((1 - AT_FIRST) * prices, np.full(len(new.fewest), a_vehicle))
            for prices in (self.prices, self.proof)
        )
        self.bound_yuan = self.master.paid_yuan(self.proof)

    def _keep(self, new: Departures) -> None:
        self.departures = Departures(
            *(np.concatenate(both) for both in zip(self.departures, new, strict=True))
        )
        self.master.demand(new.days, new.counts, new.fewest)

    def return_to(self, bound_yuan: float, proof: Floats) -> None:
        """Take a bound and its proof of before; rules that were demanded since pay nothing."""
        self.bound_yuan, self.proof = bound_yuan, np.append(proof, np.zeros(len(self.prices) - len(proof)))

    def begin_with(self, prices: Floats, departures: Departures, rule_yuan: Floats) -> None:
        """Have prices (R,) that are proved, rules on departures, and their prices (G,); no batch may be known yet."""
        self.departures = departures
        self.master.demand(departures.days, departures.counts, departures.fewest)
        self.prices = self.proof = np.maximum(LEAST_YUAN, np.append(prices, rule_yuan))

    def take_rents(self, rent_yuan: Floats) -> None:
        """Have the market better the rents of some vehicles itself: a rule that no more leave than there are.

        Parameters
        ----------
        rent_yuan : (V, D) what a vehicle cost besides until now (nan: its rent is bettered elsewhere, or it has none)
        """
        pool, day = np.nonzero(np.isfinite(rent_yuan))
        num, (num_pools, num_days) = len(pool), rent_yuan.shape
        counts, days = np.zeros((num, num_pools)), np.zeros((num, num_days), dtype=np.bool_)
        counts[np.arange(num), pool], days[np.arange(num), day] = -1.0, True
        fewest = -self.market.available[pool, day].astype(np.float64)
        no_need = np.zeros((num, self.departures.need.shape[1]))
        self._keep(Departures(days, counts, fewest, no_need, np.zeros(num)))
        rents = np.maximum(rent_yuan[pool, day], LEAST_RENT * self.market.vehicle_yuan[pool, day])
        self.prices, self.proof = (np.append(prices, rents) for prices in (self.prices, self.proof))
        self.bound_yuan = self.master.paid_yuan(self.proof)

    def return_rents(self) -> Floats:
        """Have the rents belong to no rule any more, and return them, (V, D). Nothing is bettered afterwards."""
        rules = self.departures
        is_rent = np.asarray((rules.counts < 0).any(axis=1))
        yuan = self.proof[self.rules][is_rent]
        rent_yuan = np.asarray(-rules.counts[is_rent].T * yuan @ rules.days[is_rent])
        self.bound_yuan -= float(rules.fewest[is_rent] @ yuan)
        stays = np.append(np.ones(len(self.prices) - len(is_rent), dtype=np.bool_), ~is_rent)
        self.prices, self.proof = self.prices[stays], self.proof[stays]
        self.departures = Departures(
            rules.days[~is_rent], rules.counts[~is_rent], rules.fewest[~is_rent], rules.need[~is_rent],
            rules.most_saved[~is_rent],
        )  # fmt: skip
        return rent_yuan

    def change_rents(self, before_yuan: Floats, rent_yuan: Floats) -> None:
        """Lower what is proved as far as any batch may have become cheaper: it is proved at the new rents, too.

        Parameters
        ----------
        before_yuan, rent_yuan : (V, D) what a vehicle cost besides until now, and what it does from now on
        """
        vehicle_yuan = self.market.vehicle_yuan
        runs = np.isfinite(vehicle_yuan)
        now, before = (vehicle_yuan[runs] + rent[runs] for rent in (rent_yuan, before_yuan))
        share = float((now / before).min(initial=1.0))
        self.bound_yuan, self.proof = share * self.bound_yuan, share * self.proof

    def improve(
        self,
        rent_yuan: Floats,
        gap: float,
        steady: float = STEADY,
        num_steps: int = NUM_STEPS,
        most_rise: float = np.inf,
    ) -> None:
        """Prove the bound of the prices, and look for better ones.

        Parameters
        ----------
        rent_yuan : (V, D) what a vehicle costs besides
        gap : by which share the centre pays less than the most
        steady : share of the best prices so far in the next ones
        num_steps : of Newton; exact centres are not worth their time
        most_rise : how many times as high as what is proved a price may become in this round
        """
        if self.bound_yuan > 0:
            self.prices = steady * self.proof + (1 - steady) * self.prices
        best = self.master.make_known(self.market, rent_yuan, self.prices)
        if not 0 < best < np.inf:  # no vehicle, or none for some of the riders
            return
        paid_yuan = self.master.paid_yuan(self.prices) / best
        if paid_yuan > self.bound_yuan:
            self.bound_yuan, self.proof = paid_yuan, self.prices / best
        self.prices, self.vehicles = self.master.centre(
            inside(gap) * self.proof, gap * self.bound_yuan, rent_yuan, num_steps, most_rise
        )

    def shrink(self, num_groups: Ints) -> None:
        """Leave only so many groups of each cell of the problem (C,), some of each price that is kept."""
        self.market, pays = remaining(self.market, num_groups)
        self.prices, self.proof = self.prices[pays], self.proof[pays]
        self.master.shrink(pays, _per_price(self.market))
        if self.bound_yuan > 0:  # else nothing is proved yet
            self.bound_yuan = self.master.paid_yuan(self.proof)


def _per_price(market: Market) -> Floats:
    """Return (R,) how many groups pay each price."""
    return np.bincount(market.price_of, weights=market.num_groups).astype(np.float64)
