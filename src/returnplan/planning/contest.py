"""Vehicles and day caps that several markets want on one day: such markets are planned together."""

from collections.abc import Iterable, Sequence

import numpy as np

from returnplan.planning.drafts import Draft, route_km
from returnplan.problem.model import Ints, Problem

Wants = frozenset[tuple[str, int]]
"""What a market uses that is not there without end: pools, prefectures and cities with a day cap."""


def unite(problem: Problem, markets: Sequence[Ints], plans: Sequence[Sequence[Draft]]) -> list[Ints]:
    """Join markets that together overdraw what they share; none is joined where everything suffices."""
    contested = overdrawn(problem, [draft for plan in plans for draft in plan])
    joined: list[tuple[Wants, list[int]]] = []
    for i, plan in enumerate(plans):
        wants = Wants().union(*(_wants(problem, draft) for draft in plan)) & contested
        touching = [entry for entry in joined if entry[0] & wants]
        joined = [entry for entry in joined if not entry[0] & wants]
        joined.append(
            (wants.union(*(entry[0] for entry in touching)), sum((entry[1] for entry in touching), [i]))
        )
    parts = [np.sort(np.concatenate([markets[i] for i in members])) for _, members in joined]
    return sorted(parts, key=lambda part: int(part[0]))


def overdrawn(problem: Problem, drafts: Iterable[Draft]) -> Wants:
    """Return what is wanted more than there is of it on some day."""
    pools, caps = problem.pools, problem.caps
    used = np.zeros((len(pools), problem.num_days), dtype=np.int64)
    departures, arrivals = np.zeros_like(caps.max_departures), np.zeros_like(caps.max_arrivals)
    for draft in drafts:
        used[draft.pool, draft.day] += 1
        if caps.bind:
            _count_people(problem, draft, departures, arrivals)
    scarce = {("pool", pool) for pool in range(len(pools)) if _too_many(problem, pool, used[pool])}
    crowded = {("departures", int(i)) for i in np.flatnonzero((departures > caps.max_departures).any(axis=1))}
    full = {("arrivals", int(i)) for i in np.flatnonzero((arrivals > caps.max_arrivals).any(axis=1))}
    return frozenset(scarce | crowded | full)


def arrival_day(problem: Problem, draft: Draft) -> int:
    """Return the day on which the batch reaches its last stop."""
    caps = problem.caps
    num_legs = len(draft.pickups) + len(draft.dropoffs) - 1
    minutes = (
        caps.start_minute + route_km(problem, draft) * caps.minutes_per_km + caps.dwell_minutes * num_legs
    )
    return draft.day + int(minutes // 1440)


def _wants(problem: Problem, draft: Draft) -> set[tuple[str, int]]:
    cells, caps = [cell for cell, _ in draft.load], problem.caps
    wants = {("pool", draft.pool)} | {("departures", int(problem.cells.prefecture[cell])) for cell in cells}
    return wants | ({("arrivals", int(caps.city_of_cell[cell])) for cell in cells} if caps.bind else set())


def _count_people(problem: Problem, draft: Draft, departures: Ints, arrivals: Ints) -> None:
    arrives = min(arrival_day(problem, draft), arrivals.shape[1] - 1)
    for cell, num_groups in draft.load:
        persons = num_groups * problem.cells.num_persons[cell]
        departures[problem.cells.prefecture[cell], draft.day] += persons
        arrivals[problem.caps.city_of_cell[cell], arrives] += persons


def _too_many(problem: Problem, pool: int, used: Ints) -> bool:
    """Return whether on a day with a departure the vehicles away exceed those there are."""
    turn = min(int(problem.pools.turnaround_days[pool]), len(used))
    away = np.convolve(used, np.ones(turn, dtype=np.int64))
    # away[d] counts departures of the ``turn`` days up to d
    available = problem.pools.available[pool]
    return any(away[day : day + turn].max() > available[day] for day in np.flatnonzero(used))
