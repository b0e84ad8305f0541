"""What riders pay at most if no known batch may earn more than it costs.

The prices stay amid those allowed (a logarithmic barrier), so that one batch more moves them little: cutting
planes at analytic centres (Goffin, Haurie and Vial 1992).
"""

import numpy as np

from returnplan.planning._core import newton_step
from returnplan.problem.model import Bools, Floats, Ints

NUM_STEPS = 2
"""Newton steps a round; exact centres are not worth their time."""
ROOM = 1.02
"""Times a price that is above its limit, for the centre to be found."""
MOST_SLACK = 0.2
"""A batch whose riders pay less than this share of its cost is forgotten; it may be found again."""


class Master:
    """Batches known, and how prices are set by them; R prices, B batches.

    Attributes
    ----------
    num_groups : (R,) who pay each price; last come the fewest vehicles of each rule on departures
    most_yuan : (R,) above nearly any price, rents aside: a party may need more than the cheapest vehicle
    riders : (B, R) groups on board of each batch, and whether it counts for each rule
    cost_yuan : (B,) of each batch, rents aside
    batches : (4, B) day, pick-ups, drop-offs and pool of each
    times : (B,) how often the last prices run each
    """

    def __init__(self, num_groups: Floats, most_yuan: Floats) -> None:
        self.num_groups, self.most_yuan = num_groups, most_yuan
        self.riders = np.zeros((0, len(num_groups)))
        self.cost_yuan = np.zeros(0)
        self.batches = np.zeros((4, 0), dtype=np.int64)
        self.times = np.zeros(0)

    def add(self, riders: Floats, cost_yuan: Floats, batches: Ints) -> None:
        """Make batches known."""
        self.riders = np.concatenate([self.riders, riders])
        self.cost_yuan = np.concatenate([self.cost_yuan, cost_yuan])
        self.batches = np.concatenate([self.batches, batches], axis=1)
        self.times = np.append(self.times, np.zeros(len(cost_yuan)))

    def paid_yuan(self, prices: Floats) -> float:
        """Return what all who pay the prices (R,) pay together."""
        return float((prices * self.num_groups).sum())

    def demand(self, days: Bools, fewest: Ints) -> None:
        """Have at least so many batches (G,) run on days (G, D)."""
        self.num_groups = np.append(self.num_groups, fewest)
        self.most_yuan = np.append(self.most_yuan, np.full(len(fewest), self.most_yuan.max()))
        self.riders = np.column_stack([self.riders, days[:, self.batches[0]].T])

    def centre(
        self, prices: Floats, gap_yuan: float, rent_yuan: Floats, num_steps: int = NUM_STEPS
    ) -> tuple[Floats, Floats]:
        """Return prices nearer the centre, and (V, D) how many vehicles it runs.

        Parameters
        ----------
        prices : (R,) so low that every batch costs more than it earns
        gap_yuan : by how much the exact centre pays less than the most
        rent_yuan : (V, D) what a vehicle costs besides
        num_steps : the more, the nearer
        """
        day, pool = self.batches[[0, 3]]
        cost = self.cost_yuan + rent_yuan[pool, day]
        most = np.maximum(self.most_yuan + rent_yuan.max(), ROOM * prices)
        weight = gap_yuan / (len(cost) + len(prices))
        for _ in range(num_steps):
            prices = prices + self._step(prices, cost - self._fares(prices), most - prices, weight)
        slack = cost - self._fares(prices)
        vehicles = np.zeros(rent_yuan.shape)
        self.times = weight / slack
        # far from the centre all run too often or too rarely: what riders pay is what batches cost
        share = self.paid_yuan(prices) / float((self.times * cost).sum())
        np.add.at(vehicles, (pool, day), share * self.times)
        self.keep(np.flatnonzero(slack <= MOST_SLACK * cost))
        return prices, vehicles

    def keep(self, which: Ints) -> None:
        """Forget all batches but these."""
        self.riders, self.cost_yuan = self.riders[which], self.cost_yuan[which]
        self.batches, self.times = self.batches[:, which], self.times[which]

    def shrink(self, pays: Ints, num_groups: Floats) -> None:
        """Leave only the prices ``pays``, and so many groups of each, on the batches known, too."""
        self.num_groups, self.most_yuan = num_groups, self.most_yuan[pays]
        self.riders = np.minimum(self.riders[:, pays], num_groups)
        self.keep(np.flatnonzero(self.riders.any(axis=1)))

    def _step(self, prices: Floats, slack: Floats, below: Floats, weight: float) -> Floats:
        """Return a Newton step that stays inside."""
        held_down = np.einsum("b,br->r", weight / slack, self.riders)
        step = self.num_groups - held_down + weight / prices - weight / below
        step = newton_step(self.riders, weight / slack**2, weight / prices**2 + weight / below**2, step)
        used = np.concatenate([self._fares(step) / slack, -step / prices, step / below]).max()
        return np.asarray(step * min(1.0, 0.9 / used) if used > 0 else step)

    def _fares(self, prices: Floats) -> Floats:
        return np.asarray(np.einsum("br,r->b", self.riders, prices))
