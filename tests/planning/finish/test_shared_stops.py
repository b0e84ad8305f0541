"""No two batches of one day, city and type call at the same two pick-ups without need."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.planning import Effort, solve
from returnplan.planning.finish.shared_stops import pairs_that_share, with_few_shared_stops
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem
from tests.planning.problems import broken_rules, one_road, planned_groups, tiny

A, B, HERE, THERE = 0, 1, 3, 4
"""Two pick-ups and two drop-offs."""


def two_villages(*, per_stop: int = 4, dropoffs: tuple[int, int] = (HERE, HERE)) -> Problem:
    """Return single people at A and B (cells 0 and 1), and vehicles of ``per_stop`` seats."""
    road = one_road(2, vehicles=9)
    cells = replace(
        road.cells,
        pickup=np.array([A, B]),
        num_groups=np.array([per_stop, per_stop]),
        drop_place=np.array(dropoffs),
    )
    return replace(road, cells=cells, pools=replace(road.pools, usable=np.array([per_stop, per_stop])))


def crossed(problem: Problem, day: int = 0, pool: int = 0) -> list[Draft]:
    """Return two vehicles that both call at A and B."""
    half = int(problem.cells.num_groups[0]) // 2
    both = Draft.direct(
        0, 0, (A, B), tuple(sorted(set(problem.cells.drop_place.tolist()))), ((0, half), (1, half))
    )
    return [both, both.on_day(day).in_pool(pool)]


def shared(problem: Problem, drafts: list[Draft]) -> list[tuple[int, int]]:
    return list(pairs_that_share(problem, drafts))


def test_riders_of_two_shared_stops_change_places() -> None:
    problem = two_villages()
    before = crossed(problem)
    after = with_few_shared_stops(problem, before)
    assert shared(problem, before)
    assert not shared(problem, after)
    assert sorted(draft.load for draft in after) == [((0, 4),), ((1, 4),)]
    assert sum(d.cost_yuan(problem) for d in after) <= sum(d.cost_yuan(problem) for d in before)
    assert broken_rules(problem, after) == []


def test_free_seats_help_where_numbers_differ() -> None:
    problem = two_villages(per_stop=6)
    both = Draft.direct(0, 0, (A, B), (HERE,), ((0, 3), (1, 2)))
    after = with_few_shared_stops(problem, [both, both])
    assert not shared(problem, after)


@pytest.mark.parametrize("changes", [{"day": 1}, {"pool": 1}])
def test_vehicles_of_two_days_or_types_may_share(changes: dict[str, int]) -> None:
    problem = two_villages()
    drafts = crossed(problem, **changes)
    assert not shared(problem, drafts)
    assert with_few_shared_stops(problem, drafts) == drafts


def test_parties_that_fit_nowhere_else_stay() -> None:
    problem = two_villages()
    sizes = np.array([2, 3])
    cells = replace(
        problem.cells, num_seats=sizes, num_persons=sizes, drop_persons=sizes, num_groups=np.array([2, 2])
    )
    problem = replace(problem, cells=cells, pools=replace(problem.pools, usable=np.array([5, 5])))
    both = Draft.direct(0, 0, (A, B), (HERE,), ((0, 1), (1, 1)))
    assert with_few_shared_stops(problem, [both, both]) == [both, both]


def test_people_who_were_told_keep_their_batch() -> None:
    problem = two_villages()
    problem = replace(
        problem, cells=replace(problem.cells, previous=np.array([0, 0])), previous_days=np.zeros(1, int)
    )
    drafts = crossed(problem)
    assert with_few_shared_stops(problem, drafts) == drafts


def test_riders_to_other_drop_offs_stay() -> None:
    problem = two_villages()
    cells = replace(
        problem.cells, pickup=np.array([A, B, A, B]), drop_place=np.array([HERE, HERE, THERE, THERE]),
        **{
            name: np.repeat(getattr(problem.cells, name), 2)
            for name in (
                "prefecture", "goal", "own_transfer", "county",
                "city_group", "earliest", "latest", "weight", "num_persons", "num_seats",
                "num_groups", "previous", "drop_persons",
            )
        },
        late_days=np.zeros((4, 3)), drop_start=np.arange(5),
    )  # fmt: skip
    problem = replace(problem, cells=cells)
    drafts = [
        Draft.direct(0, 0, (A, B), (HERE,), ((0, 2), (1, 2))),
        Draft.direct(0, 0, (A, B), (THERE,), ((2, 2), (3, 2))),
    ]
    assert with_few_shared_stops(problem, drafts) == drafts


@settings(deadline=None)
@given(st.integers(0, 400))
def test_riders_rules_and_cost_are_kept(seed: int) -> None:
    problem = tiny(seed, num_groups=10)
    problem = replace(problem, cells=replace(problem.cells, num_groups=np.full(10, 1 + seed % 3)))
    drafts = list(solve(problem, Effort(base_work=0, work_per_group=0)))
    after = with_few_shared_stops(problem, drafts)
    assert (planned_groups(problem, drafts) == planned_groups(problem, after)).all()
    assert set(broken_rules(problem, after)) <= set(broken_rules(problem, drafts))
    cost, new = (sum(draft.cost_yuan(problem) for draft in plan) for plan in (drafts, after))
    assert new <= cost + 1e-6
    assert len(shared(problem, after)) <= len(shared(problem, drafts))
