"""Where least loads bind, as many people are planned as there is a plan for, class by class."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from returnplan.planning import Effort, solve
from returnplan.planning.columns import most_people
from returnplan.planning.columns.choice import best_choice
from returnplan.planning.markets import split_markets
from returnplan.planning.tables import Load
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import Ints, Problem
from tests.planning.problems import best_by_trying_all, broken_rules, knotty, num_people, one_road, tiny
from tests.sweeps import cases

WORK = 600_000
ENOUGH = Effort(base_work=WORK, work_per_group=0)
NO_SEARCH = Effort(base_work=0, work_per_group=0)


def groups_on(problem: Problem, loads: Sequence[Load]) -> Ints:
    groups = np.zeros(len(problem.cells), dtype=np.int64)
    for load in loads:
        for cell, num in load.items():
            groups[cell] += num
    return groups


def two_days(first: int, both: int, last: int, *, min_load: int) -> Problem:
    """People of one road and three seats who can leave on the first day, on either, or on the second alone."""
    num = first + both + last
    problem = one_road(num, vehicles=num)
    earliest = np.repeat([0, 0, 1], [first, both, last])
    latest = np.repeat([0, 1, 1], [first, both, last])
    pools = replace(problem.pools, min_load=np.full(2, min_load), available=np.full((2, 3), num))
    return replace(problem, cells=replace(problem.cells, earliest=earliest, latest=latest), pools=pools)


def test_who_may_wait_joins_those_who_lack_one_to_the_least_load() -> None:
    problem = two_days(2, 2, 2, min_load=3)
    (part,) = split_markets(problem)
    loads = most_people(problem, part, WORK)
    assert groups_on(problem, loads).sum() == 6
    assert sorted(sum(load.values()) for load in loads) == [3, 3]


def test_the_best_plan_until_then_is_returned_when_the_time_is_over() -> None:
    problem = two_days(4, 4, 4, min_load=3)
    (part,) = split_markets(problem)
    asked = 0

    def is_late() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    assert most_people(problem, part, WORK, lambda: True) == []
    loads = most_people(problem, part, WORK, is_late)
    assert asked < 20
    assert groups_on(problem, loads).sum() <= 12


def test_one_of_a_class_comes_before_any_number_of_the_next() -> None:
    """A free rider can complete either day's coach; one has a single person of the first class, the other none."""
    problem = two_days(1, 1, 2, min_load=2)
    weight = np.array([64.0, 1.0, 1.0, 1.0])
    available = np.array([[1, 0, 0], [0, 1, 0]])
    pools = replace(problem.pools, min_load=np.array([2, 4]), available=available, usable=np.array([3, 9]))
    problem = replace(problem, cells=replace(problem.cells, weight=weight), pools=pools)
    (part,) = split_markets(problem)
    planned = groups_on(problem, most_people(problem, part, WORK))
    assert planned.tolist() == [1, 1, 0, 0]


def test_too_little_work_finds_nothing_rather_than_little() -> None:
    problem = two_days(2, 2, 2, min_load=3)
    assert most_people(problem, split_markets(problem)[0], 1_000) == []


@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_as_many_go_as_trying_everything_finds(seed: int) -> None:
    problem = tiny(seed, num_groups=5, min_load=3)
    most, _ = best_by_trying_all(problem)
    assert num_people(problem, solve(problem, ENOUGH)) == most


@settings(max_examples=cases(8, of=20), deadline=None)
@given(st.integers(0, 10_000))
def test_loads_are_within_what_there_is_and_the_plan_keeps_all_rules(seed: int) -> None:
    problem = knotty(seed)
    for part in split_markets(problem):
        loads = most_people(problem, part, WORK)
        assert (groups_on(problem, loads) <= problem.cells.num_groups).all()
        for load in loads:
            persons = sum(num * int(problem.cells.num_persons[cell]) for cell, num in load.items())
            assert persons >= problem.pools.min_load.min()
    assert broken_rules(problem, solve(problem, ENOUGH)) == []


@settings(max_examples=cases(4, of=10), deadline=None)
@given(st.integers(0, 10_000))
@example(1351)
@example(2787)
def test_fewer_never_go_than_without_a_search(seed: int) -> None:
    problem = knotty(seed)
    weights = [
        sum(num * problem.cells.weight[cell] for draft in solve(problem, effort) for cell, num in draft.load)
        for effort in (NO_SEARCH, ENOUGH)
    ]
    assert weights[1] >= weights[0] - 1e-9


def test_roads_are_those_of_each_day() -> None:
    problem = two_days(3, 0, 3, min_load=3)
    problem = replace(
        problem, km=np.concatenate([problem.km, 99 * problem.km]), network_of_day=np.array([0, 1, 0])
    )
    (part,) = split_markets(problem)
    assert groups_on(problem, most_people(problem, part, WORK)).tolist() == [1, 1, 1, 0, 0, 0]


def test_a_vehicle_may_be_away_on_a_day_on_which_none_leaves() -> None:
    problem = two_days(3, 0, 3, min_load=3)
    pools = replace(problem.pools, available=np.array([[1, 0, 0]] * 2), turnaround_days=np.array([2, 2]))
    problem = replace(problem, pools=pools)
    (part,) = split_markets(problem)
    assert groups_on(problem, most_people(problem, part, WORK)).tolist() == [1, 1, 1, 0, 0, 0]


def test_the_batch_of_a_day_with_other_roads_runs() -> None:
    """A search that keeps nobody in the end was all that looked for it once."""
    problem = knotty(2787)
    assert num_people(problem, solve(problem, ENOUGH)) == 7


def test_goals_are_served_in_their_order() -> None:
    """Two batches exclude each other: the one with more of the first goal is chosen, though it has less of the last."""
    takes, limit = np.array([[1.0], [1.0]]), np.array([1.0])
    chosen = best_choice(takes, limit, [np.array([1.0, 2.0]), np.array([9.0, 1.0])], np.array([1.0, 0.0]))
    assert chosen.tolist() == [0.0, 1.0]


def test_weights_tell_how_many_of_each_class_a_group_holds() -> None:
    persons = persons_by_class(np.array([4096.0, 1.0, 64.0 + 2.0, 3 * 64.0]), np.array([1, 1, 3, 3]))
    assert persons.tolist() == [[1, 0, 0, 0], [0, 0, 1, 3], [0, 1, 2, 0]]
