"""A few people whom a large plan leaves behind: only the batches near them are searched once more.

A market of a hundred thousand people needs no second search for one of them. Shaw 1998: what is near is taken out of
the plan and put in again.
"""

from collections.abc import Sequence

import numpy as np

from returnplan.planning.markets import market_of_cell
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Ints, Problem
from returnplan.problem.parts import part_of

NEAREST, FEWEST, MOST = 30, 5, 3_000
"""Batches that are searched again for a cell, no fewer where many cells share, and for all cells about this number."""


def who_could_ride(problem: Problem, behind: Ints) -> Ints:
    """Return those of some cells whom a vehicle could take straight to where they go without a breach of the law."""
    return np.array([cell for cell in behind.tolist() if _is_legal(problem, cell)], dtype=np.int64)


def _is_legal(problem: Problem, cell: int) -> bool:
    cells = problem.cells
    dropoffs = tuple(cells.drops_of(cell))
    days = range(int(cells.earliest[cell]), int(cells.latest[cell]) + 1)
    alone = (Draft.direct(day, 0, (int(cells.pickup[cell]),), dropoffs, ((cell, 1),)) for day in days)
    return any(draft.leg.is_legal(problem) for draft in alone)


def near_batches(
    problem: Problem, markets: Sequence[Ints], drafts: Sequence[Draft], behind: Ints
) -> tuple[list[Draft], list[Draft]]:
    """Return the batches nearest to some cells of those in their markets and on their days, and all others."""
    cells, km, owner = problem.cells, problem.km.min(axis=0), market_of_cell(problem, markets)
    day, first, last, market = np.array(
        [(draft.day, draft.leg.pickups[0], draft.leg.dropoffs[-1], owner[draft.load[0][0]]) for draft in drafts],
        dtype=np.int64,
    ).reshape(-1, 4).T  # fmt: skip
    near, num_near = np.zeros(len(drafts), dtype=np.bool_), min(NEAREST, max(FEWEST, MOST // len(behind)))
    for cell in behind.tolist():
        is_open = (market == owner[cell]) & (cells.earliest[cell] <= day) & (day <= cells.latest[cell])
        line = np.flatnonzero(is_open)
        place = cells.drop_place[cells.drop_start[cell]]
        away_km = km[cells.pickup[cell], first[line]] + km[last[line], place]
        near[line[np.argsort(away_km, kind="stable")[:num_near]]] = True
    own = [draft for draft, is_near in zip(drafts, near.tolist(), strict=True) if is_near]
    return own, [draft for draft, is_near in zip(drafts, near.tolist(), strict=True) if not is_near]


def cut_out(
    problem: Problem, own: Sequence[Draft], others: Sequence[Draft], behind: Ints
) -> tuple[Problem, list[Draft], Ints]:
    """Return what the others leave to those on their own batches and behind, these batches in it, and its cells."""
    num = groups_planned(problem, own)
    num[behind] += (problem.cells.num_groups - groups_planned(problem, [*own, *others]))[behind]
    cell = np.flatnonzero(num)
    number = {whole: part for part, whole in enumerate(cell.tolist())}
    part = part_of(Ledger(problem, others).left(), cell, num[cell])
    return part, [draft.renumbered(number) for draft in own], cell


def by_market(problem: Problem, markets: Sequence[Ints], drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Return the batches of each market."""
    owner = market_of_cell(problem, markets)
    found: list[list[Draft]] = [[] for _ in markets]
    for draft in drafts:
        found[owner[draft.load[0][0]]].append(draft)
    return found
