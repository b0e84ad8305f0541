"""Batches of several searches are chosen from together."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning import Effort, _core, solve
from returnplan.planning.params import SearchParams
from returnplan.planning.polish import polished
from returnplan.planning.search import Watch
from returnplan.planning.tables import local_places, market_tables, units_on_board, usable_pools
from returnplan.problem.draft import Draft
from returnplan.problem.model import UNLIMITED, Problem
from tests.planning.problems import broken_rules, num_people, one_road
from tests.sweeps import cases

LARGE, SMALL = 0, 1
"""Pools: 60 seats at 1,000 yuan, 30 seats at 600 yuan."""


def parties(*sizes: int, min_load: int = 1) -> Problem:
    """Parties from one stop to another on one day."""
    road = one_road(len(sizes), vehicles=9)
    size, first = np.array(sizes), np.zeros(len(sizes), dtype=np.int64)
    cells = replace(
        road.cells,
        num_persons=size,
        num_seats=size,
        drop_persons=size,
        weight=size.astype(float),
        latest=first,
    )
    pools = replace(
        road.pools, usable=np.array([60, 30]), fixed_yuan=np.array([1000.0, 600.0]), per_km_yuan=np.zeros(2),
        min_load=np.full(2, min_load), available=np.full((2, 3), UNLIMITED),
    )  # fmt: skip
    return replace(road, cells=cells, pools=pools)


def draft(pool: int, *cells: int) -> Draft:
    return Draft.direct(
        day=0, pool=pool, pickups=(0,), dropoffs=(3,), load=tuple((cell, 1) for cell in cells)
    )


def remembered(problem: Problem, plans: Sequence[Sequence[Draft]]) -> _core.Memory:
    """Return a memory that has seen the batches of some plans."""
    part = np.arange(len(problem.cells))
    market = market_tables(problem, part, local_places(problem, part), usable_pools(problem, part))
    memory = _core.Memory(100)
    for plan in plans:
        state = _core.State(market, 20)
        on_board = units_on_board(market, part, [dict(draft.load) for draft in plan])
        _core.anneal(state, SearchParams(), 0, 1, Watch(), part, on_board, memory)
    return memory


def best_of(problem: Problem, plan: list[Draft], *others: list[Draft]) -> list[Draft]:
    part = np.arange(len(problem.cells))
    memory = remembered(problem, [plan, *others])
    return polished(problem, part, local_places(problem, part), usable_pools(problem, part), memory, plan)


FIRST = [draft(LARGE, 0, 1), draft(SMALL, 2), draft(LARGE, 3)]
"""Of parties of 31, 29, 28 and 32: the first two fill a vehicle."""
SECOND = [draft(LARGE, 0), draft(SMALL, 1), draft(LARGE, 2, 3)]
"""The last two do."""


def test_the_best_batches_of_two_plans_make_a_third() -> None:
    chosen = best_of(parties(31, 29, 28, 32), FIRST, SECOND)
    assert {batch.load for batch in chosen} == {FIRST[0].load, SECOND[2].load}


def test_a_plan_of_which_nothing_better_was_seen_stays() -> None:
    assert best_of(parties(31, 29, 28, 32), FIRST) == FIRST


def test_nobody_is_left_behind_for_yuan_and_nobody_rides_twice() -> None:
    problem = parties(31, 29, 28, 32, 25)
    plan = [*FIRST, draft(SMALL, 4)]
    chosen = best_of(problem, plan, SECOND)
    assert num_people(problem, chosen) == 145
    assert broken_rules(problem, chosen) == []


def test_vehicles_that_are_not_there_are_not_chosen() -> None:
    problem = parties(31, 29, 28, 32)
    only_one_large = problem.pools.available.copy()
    only_one_large[LARGE] = 1
    one_each = [draft(LARGE, 0, 1), draft(SMALL, 2)]  # whoever is left has no vehicle
    problem = replace(problem, pools=replace(problem.pools, available=only_one_large))
    assert best_of(problem, one_each, [draft(SMALL, 1), draft(LARGE, 2, 3)]) == one_each


def test_a_batch_below_its_least_load_is_not_remembered() -> None:
    problem = parties(31, 29, 28, 40, min_load=30)
    loads = {tuple(load) for load in _loads(remembered(problem, [FIRST]))}
    assert loads == {(0, 1), (3,)}


def test_a_load_is_remembered_once() -> None:
    assert len(remembered(parties(31, 29, 28, 32), [FIRST, FIRST]).batches) == 3


def _loads(memory: _core.Memory) -> list[list[int]]:
    return [
        memory.members[batch["first_member"] :][: batch["num_members"]].tolist() for batch in memory.batches
    ]


@pytest.mark.parametrize("seed", range(1, 1 + cases(1, of=2)))
def test_parties_that_fill_vehicles_just_so_do(seed: int) -> None:
    halves = np.random.default_rng(seed).integers(1, 60, 12)
    sizes = np.random.default_rng(seed).permutation(np.append(halves, 60 - halves))
    problem = parties(*sizes.tolist())
    large_alone = replace(problem.pools, available=problem.pools.available * np.array([[1], [0]]))
    problem = replace(problem, pools=large_alone)
    drafts = solve(problem, Effort())
    assert num_people(problem, drafts) == 720
    assert len(drafts) == 12
