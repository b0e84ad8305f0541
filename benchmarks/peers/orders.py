"""The planner's problem in the words of a routing engine: orders, prices of a way, where a way is barred.

Neither engine splits an order over vehicles, so a cell becomes several. Neither knows that all board before
the first alights: a way from a drop-off to a pick-up is so dear that no plan takes it. What a route costs is
laid on its ways, with the price of a stop on every way between two places, so that both minimise the very cost
that is compared.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.peers.fleet import Offer, ample_offers, lean_offers
from returnplan.problem.model import UNLIMITED, Floats, Problem

BARRED_YUAN = 20_000.0
"""More than a coach and its journey: cheaper, and a second trip of one coach would beat a new coach."""


@dataclass(frozen=True)
class Order:
    """Some groups of one cell that ride together; ``days`` are those of their window."""

    cell: int
    num_groups: int
    num_seats: int
    pickup: int
    dropoff: int
    days: range


def tell(problem: Problem, most_groups: int) -> tuple[list[Order], list[Offer]]:
    """Return the orders, of at most ``most_groups`` groups each, and the vehicles offered.

    Where stop limits bind, seats do not tell how many vehicles it takes, and a cell is hardly ever split: then
    orders are whole cells, and there are vehicles enough.
    """
    if do_stop_limits_bind(problem):
        return cut_into_orders(problem, UNLIMITED), ample_offers(problem)
    return cut_into_orders(problem, most_groups), lean_offers(problem)


def cut_into_orders(problem: Problem, most_groups: int) -> list[Order]:
    """Cut every cell into even orders of at most ``most_groups`` groups."""
    cells = problem.cells
    if (np.diff(cells.drop_start) != 1).any():
        raise ValueError("a group that alights at two places is no order")
    return [
        Order(
            cell=cell,
            num_groups=num_groups,
            num_seats=num_groups * int(cells.num_seats[cell]),
            pickup=int(cells.pickup[cell]),
            dropoff=int(cells.drop_place[cell]),
            days=range(int(cells.earliest[cell]), int(cells.latest[cell]) + 1),
        )
        for cell in range(len(cells))
        for num_groups in _even_parts(int(cells.num_groups[cell]), most_groups)
    ]


def _even_parts(total: int, most: int) -> list[int]:
    num_parts = -(-total // most)
    return [total // num_parts + (part < total % num_parts) for part in range(num_parts)]


def boarding_places(problem: Problem) -> npt.NDArray[np.bool_]:
    """Return (P,) at which places people board; at the others they alight."""
    return np.isin(np.arange(problem.km.shape[1]), problem.cells.pickup)


def way_yuan(problem: Problem, pool: int) -> Floats:
    """Return (P, P) the price of every way for a vehicle of the pool, with that of the stop at its end."""
    boards = boarding_places(problem)
    yuan = problem.pools.per_km_yuan[pool] * problem.km[0] + problem.limits.stop_cost_yuan
    yuan[~boards[:, None] & boards[None, :]] = BARRED_YUAN
    np.fill_diagonal(yuan, 0.0)
    return np.asarray(yuan)


def vehicle_yuan(problem: Problem, pool: int) -> float:
    """Return the price of a vehicle before its ways: n stops have n - 1 ways, but only n - 2 are charged."""
    return float(problem.pools.fixed_yuan[pool] - problem.limits.stop_cost_yuan)


def do_stop_limits_bind(problem: Problem) -> bool:
    """Tell whether a vehicle could want more stops than it may make."""
    cells, limits = problem.cells, problem.limits
    num_pickups, num_dropoffs = len(np.unique(cells.pickup)), len(np.unique(cells.drop_place))
    return limits.max_pickups < num_pickups or limits.max_dropoffs < num_dropoffs
