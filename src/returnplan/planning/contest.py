"""Vehicles that several markets want on one day: such markets are planned together."""

from collections.abc import Iterable

import numpy as np

from returnplan.planning.drafts import Draft
from returnplan.problem.model import Ints, Problem


def overdrawn(problem: Problem, drafts: Iterable[Draft]) -> frozenset[int]:
    """Return the pools of which more vehicles leave (or are still away) on some day than there are."""
    pools = problem.pools
    used = np.zeros((len(pools), problem.num_days), dtype=np.int64)
    for draft in drafts:
        used[draft.pool, draft.day] += 1
    return frozenset(pool for pool in range(len(pools)) if _too_many(problem, pool, used[pool]))


def _too_many(problem: Problem, pool: int, used: Ints) -> bool:
    """Return whether on a day with a departure the vehicles away exceed those there are."""
    turn = min(int(problem.pools.turnaround_days[pool]), len(used))
    away = np.convolve(used, np.ones(turn, dtype=np.int64))
    # away[d] counts departures of the ``turn`` days up to d
    for day in np.flatnonzero(used):
        window = away[day : day + turn]
        if window.max() > problem.pools.available[pool, day]:
            return True
    return False


def unite(
    markets: list[Ints], plans: list[list[Draft]], contested: frozenset[int]
) -> tuple[list[Ints], list[list[Draft]], list[Ints]]:
    """Split off the markets that use contested pools, joined by the pools they share.

    Returns
    -------
    the markets that stand, their plans, and the joined markets to be planned again
    """
    wants = [frozenset(draft.pool for draft in plan) & contested for plan in plans]
    standing = [i for i, pools in enumerate(wants) if not pools]
    joined: list[tuple[frozenset[int], list[int]]] = []
    for i, pools in enumerate(wants):
        if not pools:
            continue
        touching = [entry for entry in joined if entry[0] & pools]
        joined = [entry for entry in joined if not entry[0] & pools]
        members = sorted(sum((entry[1] for entry in touching), [i]))
        joined.append((pools.union(*(entry[0] for entry in touching)), members))
    again = [np.sort(np.concatenate([markets[i] for i in members])) for _, members in joined]
    return [markets[i] for i in standing], [plans[i] for i in standing], again
