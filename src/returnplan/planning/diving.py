"""A first plan out of the relaxation that proves the bound.

Of all batches of which the relaxation runs fractions, the one it runs most is made real; its riders leave, and
prices are set anew for those who stay, until nobody can be taken (diving: Joncour, Michel, Sadykov, Sverdlov and
Vanderbeck 2010, "Column generation based primal heuristics"). A search alone is soon stuck where demand is thin:
it cannot leave out a coach whose riders fit nowhere else, and here coaches are chosen all together.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.planning.bounding.relaxation import LAST_GAP, make_offers, settle
from returnplan.planning.bounding.seats import seat_bounds_yuan
from returnplan.planning.markets import split_markets
from returnplan.planning.tables import Load
from returnplan.problem.model import Cells, Floats, Ints, Problem
from returnplan.problem.parts import part_of

NUM_ROUNDS = 15
"""How often the first prices are bettered."""
ROUNDS_A_BATCH = 1
"""How often prices are bettered after each batch."""
BEGINNING = 0.3
"""Share of the time that the first prices take."""
MOST_BATCHES = 60
"""To one city: where there are more, a dive takes long, and filling vehicles one by one does as well."""


def dive(problem: Problem, part: Ints, tell: Callable[[float], bool]) -> list[Load]:
    """Return loads of batches for most people of the cells ``part``, whose markets share vehicles.

    There are none if the dive is cut off or would take too long. Rules that the relaxation leaves out are kept by
    whoever puts the loads on batches: some riders may have to stay.

    Parameters
    ----------
    tell : told the share of the dive that is over; answers whether to go on
    """
    problem = part_of(problem, part, problem.cells.num_groups[part])
    cells = problem.cells
    seats = np.bincount(cells.city_group, cells.num_groups * cells.num_seats)
    if seats.max() > MOST_BATCHES * problem.pools.usable.max():
        return []
    plunge = _begin(problem)
    plunge.settle(lambda share: tell(BEGINNING * share))
    loads: list[Load] = []
    num_all = int(plunge.left.sum())
    while (priced := plunge.choose()) is not None:
        if not tell(1 - (1 - BEGINNING) * plunge.left.sum() / num_all):
            return []
        loads += plunge.fix(priced)
    return [{int(part[cell]): num for cell, num in load.items()} for load in loads]


def _begin(problem: Problem) -> "_Plunge":
    cells, left = problem.cells, problem.cells.num_groups.copy()
    if problem.limits.late_day_yuan is None:  # late days with a price are left to the search, which has it
        problem = replace(problem, cells=replace(cells, latest=_latest_on_time(cells)))
    km = problem.km.min(axis=0)
    seat_yuan = seat_bounds_yuan(problem, left, km)
    left[~np.isfinite(seat_yuan)] = 0
    # Batches with a few seats empty make a bad start: with whole parties in the relaxation plans were up to 5 % dearer.
    priced_markets = make_offers(
        problem, left, split_markets(problem), seat_yuan, km, parties_ride_whole=False
    )
    no_rent_yuan = np.zeros(problem.pools.available.shape)
    plunge = _Plunge(problem, priced_markets, no_rent_yuan, problem.pools.available.copy(), left)
    plunge.leave_stranded_behind()
    return plunge


def _latest_on_time(cells: Cells) -> Ints:
    """Return (C,) the last day of each window that is not late, or the last of all where every day is."""
    days = np.arange(cells.late_days.shape[1])
    on_time = (cells.late_days == 0) & (days >= cells.earliest[:, None]) & (days <= cells.latest[:, None])
    last = np.where(on_time, days, -1).max(axis=1, initial=-1)
    return np.where(last >= 0, last, cells.latest)


@dataclass(slots=True)
class _Plunge:
    """What is not fixed yet: ``available`` (V, D) vehicles, their rents, and ``left`` (C,) groups of each cell."""

    problem: Problem
    priced_markets: list[PricedMarket]
    rent_yuan: Floats
    available: Ints
    left: Ints

    def settle(self, tell: Callable[[float], bool]) -> None:
        """Set the first prices and rents."""
        served = [priced for priced in self.priced_markets if len(priced.market.cells)]
        self.rent_yuan = settle(self.problem, served, NUM_ROUNDS, tell=tell)

    def choose(self) -> PricedMarket | None:
        """Return the market of which a batch is run most; None if no batch is left."""
        known = [priced for priced in self.priced_markets if len(priced.master)]
        return max(known, key=lambda priced: priced.master.most_run()[1], default=None)

    def fix(self, priced: PricedMarket) -> list[Load]:
        """Run the batch that the relaxation runs most; return its loads, none if no rule allows it."""
        most, times, *batch = priced.master.most_run()
        num_taken = self._num_taken()
        loads = self._run(priced, times, *batch)
        priced.master.forget(most)
        if loads:
            has_taken_the_last = self._num_taken() > num_taken
            if has_taken_the_last:
                self._forget_what_is_taken()
            priced.shrink(self.left)
            if has_taken_the_last:
                self.leave_stranded_behind()
            for _ in range(ROUNDS_A_BATCH if len(priced.market.cells) else 0):
                priced.improve(self.rent_yuan[priced.market.pools], LAST_GAP)
        return loads

    def _num_taken(self) -> int:
        """Return how many pools have no vehicle left, day by day."""
        return int(np.count_nonzero(self.available <= 0))

    def _run(
        self, priced: PricedMarket, times: float, day: int, picks: int, drops: int, pool: int
    ) -> list[Load]:
        """Run a batch as often as the relaxation does, but once at least; return the loads, none if it may not."""
        load = self._load(priced, day, picks, drops, pool)
        pool = self._vehicle(priced, load, day, picks, drops)
        if pool < 0:
            return []
        most = [max(1.0, times), *(int(self.left[cell]) // n for cell, n in load.items())]
        num = min(int(min(most)), int(self.available[pool, day]))
        for cell, n in load.items():
            self.left[cell] -= num * n
        turn = int(self.problem.pools.turnaround_days[pool])
        self.available[pool, max(0, day - turn + 1) : day + turn] -= num
        return [load] * num

    def _load(self, priced: PricedMarket, day: int, picks: int, drops: int, pool: int) -> Load:
        """Fill a vehicle with those who pay most a seat, of them with those who have the fewest days."""
        market, room, load = priced.market, int(priced.market.usable[pool]), Load()
        rides = (market.earliest <= day) & (market.latest >= day)
        rides &= (market.pick_bits[picks] >> market.items[0] & 1) > 0
        rides &= (market.drop_bits[drops] >> market.items[1] & 1) > 0
        a_seat = priced.prices[market.price_of] * market.num_groups / market.items[2]
        cells = np.flatnonzero(rides[market.item_of_cell])
        item = market.item_of_cell[cells]
        for i in np.lexsort((market.latest[item] - market.earliest[item], -a_seat[item])):
            cell = int(market.cells[cells[i]])
            num_seats = int(self.problem.cells.num_seats[cell])
            if num := min(int(self.left[cell]), room // num_seats):
                load[cell] = num
                room -= num * num_seats
            if room == 0:
                break
        return load

    def _vehicle(self, priced: PricedMarket, load: Load, day: int, picks: int, drops: int) -> int:
        """Return the cheapest free pool that carries the load, -1 if there is none or the load is too small."""
        if not load:
            return -1
        cells, market = self.problem.cells, priced.market
        seats = sum(num * int(cells.num_seats[cell]) for cell, num in load.items())
        persons = sum(num * int(cells.num_persons[cell]) for cell, num in load.items())
        fits = (market.usable >= seats) & (self.problem.pools.min_load[market.pools] <= persons)
        fits &= self.available[market.pools, day] > 0
        serves = self.problem.pools.serve(cells.prefecture[list(load)], cells.goal[list(load)])
        fits &= serves[:, market.pools].all(axis=0)
        if not fits.any():
            return -1
        rent_yuan = self.rent_yuan[market.pools, day]
        every = np.arange(len(market.pools))
        road_yuan = market.road_yuan(every, np.full_like(every, picks), np.full_like(every, drops))
        yuan = market.vehicle_yuan[:, day] + rent_yuan + road_yuan
        return int(market.pools[np.argmin(np.where(fits, yuan, np.inf))])

    def _forget_what_is_taken(self) -> None:
        """Forget the batches of days on which their vehicles are all taken."""
        for priced in self.priced_markets:
            taken = self.available[priced.market.pools] <= 0
            priced.market.vehicle_yuan[taken] = np.inf
            day, _, _, pool = priced.master.batches
            priced.master.keep(np.flatnonzero(~taken[pool, day]))

    def leave_stranded_behind(self) -> None:
        """Leave out whom no vehicle can take any more: no batch would hold their prices down."""
        for priced in self.priced_markets:
            market = priced.market
            most_seats = np.where(np.isfinite(market.vehicle_yuan), market.usable[:, None], 0).max(axis=0)
            days = np.arange(len(most_seats))
            may_ride = (market.earliest[:, None] <= days) & (days <= market.latest[:, None])
            may_ride &= most_seats >= market.items[2, :, None] // market.num_groups[:, None]
            stranded = np.flatnonzero(~may_ride.any(axis=1))
            if len(stranded):
                self.left[market.cells[np.isin(market.item_of_cell, stranded)]] = 0
                priced.shrink(self.left)
