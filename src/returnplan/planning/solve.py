"""The planner's entry: the whole algorithm on one screen."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from returnplan.planning.contest import overdrawn, unite
from returnplan.planning.drafts import Draft
from returnplan.planning.markets import split_markets
from returnplan.planning.search import solve_market
from returnplan.problem.model import Ints, Problem

Progress = Callable[[int, int], None]
"""Told the number of groups planned for so far, and of all groups."""

FEW_GROUPS = 3_000
"""Below this, a second process costs more time than it saves."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search: tried exchanges a group, at least ``min_moves`` a market; temperatures in yuan."""

    moves_per_group: int = 100
    min_moves: int = 20_000
    max_moves: int = 300_000
    hot_yuan: float = 8.0
    cold_yuan: float = 1.0
    seed: int = 2021


def solve(
    problem: Problem,
    effort: Effort | None = None,
    *,
    processes: int = 1,
    progress: Progress = lambda done, total: None,
) -> tuple[Draft, ...]:
    """Plan the problem: markets first as if alone, then those that want the same scarce vehicles together.

    The plan depends on the problem and the effort alone, not on the number of processes.
    """
    effort = effort or Effort()
    markets = split_markets(problem)
    plans = _solve_all(problem, markets, effort, processes, progress)
    while contested := overdrawn(problem, [draft for plan in plans for draft in plan]):
        markets, plans, again = unite(markets, plans, contested)
        plans = plans + _solve_all(problem, again, effort, processes, progress)
        markets = markets + again
    return tuple(sorted((draft for plan in plans for draft in plan), key=_order))


def _order(draft: Draft) -> tuple[object, ...]:
    return draft.day, draft.load, draft.pool, draft.pickups, draft.dropoffs


def _solve_all(
    problem: Problem, markets: list[Ints], effort: Effort, processes: int, progress: Progress
) -> list[list[Draft]]:
    sizes = [int(problem.cells.num_groups[part].sum()) for part in markets]
    plans: list[list[Draft]] = []
    with _mapper(processes if sum(sizes) > FEW_GROUPS else 1) as run:
        for size, plan in zip(sizes, run(partial(solve_market, problem, effort), markets), strict=True):
            plans.append(plan)
            progress(sum(sizes[: len(plans)]), sum(sizes))
            del size
    return plans


class _mapper:  # noqa: N801  used like a function in a with statement
    """``map`` over one or several processes."""

    def __init__(self, processes: int) -> None:
        self._pool = ProcessPoolExecutor(processes) if processes > 1 else None

    def __enter__(self) -> Callable[[Callable[[Ints], list[Draft]], Iterable[Ints]], Iterator[list[Draft]]]:
        return partial(self._pool.map, chunksize=1) if self._pool else map

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
