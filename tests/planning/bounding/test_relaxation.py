"""How long prices are bettered."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from returnplan.planning.bounding.priced_market import PricedMarket
from returnplan.planning.bounding.relaxation import MOST_IDLE, round_up


class InCircles:
    """A market whose prices swing between the same two, and prove nothing more after some rounds."""

    market = SimpleNamespace(pools=np.array([0]), pick_bits=[1, 2], drop_bits=[1])
    prices = proof = np.ones(13)
    bound_yuan, hoped_yuan, num_rounds = 0.0, 0.0, 0

    def improve(self, *_: Any) -> None:
        self.num_rounds += 1
        self.bound_yuan = min(self.bound_yuan + 1.0, 40.0)
        self.hoped_yuan = 170.0 if self.num_rounds % 2 else 116.0


def test_prices_that_go_in_circles_are_left() -> None:
    """Public tables of thirteen prices took 45,516 such rounds, twenty CPU seconds, for the same bound."""
    priced = InCircles()
    round_up([cast("PricedMarket", priced)], np.zeros((1, 1)), 0, 0.0003, map)
    assert (priced.bound_yuan, priced.num_rounds) == (40.0, 40 + MOST_IDLE)
