"""What riders pay at most if no known batch may earn more than it costs.

The prices stay amid those allowed (a logarithmic barrier), so that one batch more moves them little: cutting
planes at analytic centres (Goffin, Haurie and Vial 1992).
"""

import numpy as np
import numpy.typing as npt

from returnplan.planning.bounding.newton import newton_step
from returnplan.problem.model import Floats, Ints

NUM_STEPS = 2
"""Newton steps a round; exact centres are not worth their time."""
MOST_SLACK = 0.2
"""A batch whose riders pay less than this share of its cost is forgotten; it may be found again."""


class Master:
    """Batches known, and how prices are set by them; R prices, B batches.

    Attributes
    ----------
    num_groups : (R,) who pay each price
    most_yuan : (R,) above any price, rents aside
    riders : (B, R) groups on board of each batch
    cost_yuan, pool, day : (B,) of each batch, rents aside
    """

    def __init__(self, num_groups: Floats, most_yuan: Floats) -> None:
        self.num_groups, self.most_yuan = num_groups, most_yuan
        self.riders = np.zeros((0, len(num_groups)))
        self.cost_yuan = np.zeros(0)
        self.pool = self.day = np.zeros(0, dtype=np.int64)

    def add(self, riders: Floats, cost_yuan: Floats, pool: Ints, day: Ints) -> None:
        """Make batches known."""
        self.riders = np.concatenate([self.riders, riders])
        self.cost_yuan = np.concatenate([self.cost_yuan, cost_yuan])
        self.pool, self.day = np.append(self.pool, pool), np.append(self.day, day)

    def centre(self, prices: Floats, gap_yuan: float, rent_yuan: Floats) -> tuple[Floats, Floats]:
        """Return prices nearer the centre, and (V, D) how many vehicles it runs.

        Parameters
        ----------
        prices : (R,) so low that every batch costs more than it earns
        gap_yuan : by how much the exact centre pays less than the most
        rent_yuan : (V, D) what a vehicle costs besides
        """
        cost = self.cost_yuan + rent_yuan[self.pool, self.day]
        most = self.most_yuan + rent_yuan.max()
        weight = gap_yuan / (len(cost) + len(prices))
        for _ in range(NUM_STEPS):
            prices = prices + self._step(prices, cost - self._fares(prices), most - prices, weight)
        slack = cost - self._fares(prices)
        vehicles = np.zeros(rent_yuan.shape)
        np.add.at(vehicles, (self.pool, self.day), weight / slack)
        self._forget(slack > MOST_SLACK * cost)
        return prices, vehicles

    def _step(self, prices: Floats, slack: Floats, below: Floats, weight: float) -> Floats:
        """Return a Newton step that stays inside."""
        held_down = np.einsum("b,br->r", weight / slack, self.riders)
        step = self.num_groups - held_down + weight / prices - weight / below
        bend = np.diag(weight / prices**2 + weight / below**2)
        newton_step(self.riders, weight / slack**2, bend, step)
        used = np.concatenate([self._fares(step) / slack, -step / prices, step / below]).max()
        return np.asarray(step * min(1.0, 0.9 / used) if used > 0 else step)

    def _fares(self, prices: Floats) -> Floats:
        return np.asarray(np.einsum("br,r->b", self.riders, prices))

    def _forget(self, idle: npt.NDArray[np.bool_]) -> None:
        keep = ~idle
        self.riders, self.cost_yuan = self.riders[keep], self.cost_yuan[keep]
        self.pool, self.day = self.pool[keep], self.day[keep]
