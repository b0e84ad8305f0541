"""Markets: parts of the problem that share no vehicle on the road, so that each is planned alone.

Two cells are in one market when their cities may share a vehicle and their pick-ups may lie on one loop
(nearer than ``max_pickup_km``, and in one prefecture where every vehicle has a base).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from returnplan.model.alike import alike
from returnplan.model.components import first_of_component
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger, Resource
from returnplan.problem.model import UNLIMITED, Ints, Problem


def split_markets(problem: Problem) -> list[Ints]:
    """Return the cells of each market, cells ascending, markets by their first cell.

    Cells that no vehicle can take whatever the others do are in no market.
    """
    cells = problem.cells
    part = np.flatnonzero(servable(problem))
    if len(part) == 0:
        return []
    based = bool((problem.pools.base >= 0).all())
    region = cells.prefecture if based else np.zeros_like(cells.prefecture)
    corner = np.stack([cells.city_group, region, cells.pickup])[:, part]
    first, corner_of = alike(*corner)
    label = _linked(corner[:, first], problem)[corner_of]
    order = np.argsort(label, kind="stable")
    parts = np.split(part[order], np.flatnonzero(np.diff(label[order])) + 1)
    return sorted(parts, key=lambda part: int(part[0]))


def servable(problem: Problem) -> npt.NDArray[np.bool_]:
    """Return (C,) whether one group of the cell alone keeps the rules on window, party, seats and stops."""
    cells, pools = problem.cells, problem.pools
    serves, way = pools.serve_ways(cells.prefecture, cells.goal)
    seats = np.where(serves & pools.available.any(axis=1), pools.usable, 0).max(axis=1, initial=0)[way]
    return np.asarray(
        (cells.pickup >= 0)
        & (cells.city_group >= 0)
        & (cells.earliest <= cells.latest)
        & (cells.num_seats <= seats)
        & (np.diff(cells.drop_start) <= problem.limits.max_dropoffs)
    )


def _linked(corners: Ints, problem: Problem) -> Ints:
    """Label the (city group, region, pick-up) corners that are connected by loops short enough."""
    label = np.zeros(corners.shape[1], dtype=np.int64)
    near = problem.km.min(axis=0) <= problem.limits.max_pickup_km
    _, block_of = np.unique(corners[:2], axis=1, return_inverse=True)
    for block in range(int(block_of.max(initial=-1)) + 1):
        mine = np.flatnonzero(block_of == block)
        places = corners[2, mine]
        reach = np.nonzero(near[np.ix_(places, places)])
        label[mine] = mine[first_of_component(len(places), *reach)]
    return label


def market_of_cell(problem: Problem, markets: Sequence[Ints]) -> Ints:
    """Return (C,) the number of the market that holds each cell; how many markets there are where none does."""
    owner = np.full(len(problem.cells), len(markets))
    for number, part in enumerate(markets):
        owner[part] = number
    return owner


def unite(problem: Problem, markets: Sequence[Ints], plans: Sequence[Sequence[Draft]]) -> list[Ints]:
    """Join markets that together overdraw what they share; none is joined where everything suffices."""
    ledger = Ledger(problem, [draft for plan in plans for draft in plan])
    contested = ledger.overdrawn()
    joined: list[tuple[set[Resource], list[int]]] = []
    for i, plan in enumerate(plans):
        wants = {resource for draft in plan for resource in ledger.taken_by(draft)} & contested
        touching = [entry for entry in joined if entry[0] & wants]
        joined = [entry for entry in joined if not entry[0] & wants]
        joined.append(
            (wants.union(*(entry[0] for entry in touching)), sum((entry[1] for entry in touching), [i]))
        )
    parts = [np.sort(np.concatenate([markets[i] for i in members])) for _, members in joined]
    return sorted(parts, key=lambda part: int(part[0]))


def share_scarce_vehicles(problem: Problem, markets: Sequence[Ints]) -> list[Ints]:
    """Join the markets that may want the same vehicles, where there are only so many of these."""
    cells, pools = problem.cells, problem.pools
    is_scarce = (pools.available < UNLIMITED).any(axis=1) & (pools.usable > 0)
    wants = np.array([
        pools.serve_ways(cells.prefecture[part], cells.goal[part])[0].any(axis=0) & is_scarce
        for part in markets
    ]).reshape(len(markets), len(pools))  # fmt: skip
    first = first_of_component(len(markets), *np.nonzero(wants @ wants.T))
    parts = [
        np.sort(np.concatenate([markets[i] for i in np.flatnonzero(first == one).tolist()]))
        for one in np.unique(first).tolist()
    ]
    return sorted(parts, key=lambda part: int(part[0]))
