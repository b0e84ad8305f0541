"""People stay on their batch of the last plan unless somebody can only ride if they move (goal c)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from returnplan.planning import Effort, solve
from returnplan.planning.goals import num_moved
from returnplan.planning.params import SearchParams
from returnplan.problem.draft import Draft
from returnplan.problem.model import NO_PREVIOUS, Problem
from tests.planning.problems import broken_rules, num_people, one_road, planned_groups, tiny
from tests.sweeps import cases

QUICK = Effort(base_work=3_000, work_per_group=0)
NUM_CASES = cases(40, of=150)
DEAR = 20_000.0
"""To move a person: more than any coach."""


def after(problem: Problem, last: Sequence[Draft], move_yuan: float = DEAR) -> Problem:
    """Return the problem with the drafts as its last plan (each cell of a tiny problem is one group)."""
    previous = np.full(len(problem.cells), NO_PREVIOUS)
    for number, draft in enumerate(last):
        previous[[cell for cell, _ in draft.load]] = number
    days = np.array([draft.day for draft in last], dtype=np.int64)
    pools = np.array([draft.leg.pool for draft in last], dtype=np.int64)
    head_yuan = np.array([draft.cost_yuan(problem) / draft.num_persons(problem) for draft in last])
    return replace(
        problem, cells=replace(problem.cells, previous=previous), previous_days=days, previous_pools=pools,
        previous_move_yuan=np.full(len(last), move_yuan), previous_head_yuan=head_yuan,
    )  # fmt: skip


def without(problem: Problem, *cells: int) -> Problem:
    """Return the problem in which these groups do not want to travel."""
    latest = problem.cells.latest.copy()
    latest[list(cells)] = -1
    return replace(problem, cells=replace(problem.cells, latest=latest))


def moved(problem: Problem, drafts: Sequence[Draft]) -> int:
    return sum(num_moved(problem, draft) for draft in drafts)


def test_in_a_large_market_every_spare_seat_is_found() -> None:
    """More told batches than are all looked at, two of three seats taken; newcomers have no vehicle of their own."""
    num_previous = SearchParams().most_seen + 50
    problem = one_road(num_previous + 1, vehicles=1)
    cells = replace(
        problem.cells,
        latest=np.zeros(num_previous + 1, dtype=np.int64),
        num_groups=np.array([2] * num_previous + [num_previous]),
        previous=np.array([*range(num_previous), NO_PREVIOUS]),
    )
    nothing = np.zeros(num_previous, dtype=np.int64)
    pools = replace(problem.pools, available=np.array([[num_previous, 0, 0], [0, 0, 0]]))
    known = replace(
        problem, cells=cells, pools=pools, previous_days=nothing, previous_pools=nothing,
        previous_move_yuan=np.full(num_previous, DEAR), previous_head_yuan=np.full(num_previous, 500.0),
    )  # fmt: skip
    again = solve(known, Effort(base_work=0, work_per_group=0))
    assert broken_rules(known, again) == []
    assert num_people(known, again) == 3 * num_previous
    assert moved(known, again) == 0


def test_a_plan_made_again_is_the_same() -> None:
    for problem in map(tiny, range(NUM_CASES)):
        first = solve(problem, QUICK)
        known = after(problem, first)
        again = solve(known, QUICK)
        assert broken_rules(known, again) == []
        assert num_people(known, again) >= num_people(problem, first)
        if num_people(known, again) == num_people(problem, first):
            assert moved(known, again) == 0


def test_newcomers_and_cancellations_move_hardly_anybody() -> None:
    """The last plan lacks one group, the new one another: who was told stays, or more people ride for it."""
    num_previous, total_moved = 0, 0
    for seed in range(NUM_CASES):
        problem = tiny(seed, num_groups=6)
        first = solve(without(problem, 0), QUICK)
        known = without(after(problem, first), 1)
        again = solve(known, QUICK)
        assert broken_rules(known, again) == []
        aboard = planned_groups(known, again)
        stayed = sum(
            int(known.cells.num_persons[c]) for d in again for c, _ in d.load if known.cells.previous[c] >= 0
        )
        assert aboard[1] == 0
        num_previous += stayed
        total_moved += moved(known, again)
    assert num_previous > 0
    assert total_moved <= 0.05 * num_previous


def test_somebody_moves_where_more_people_ride_for_it() -> None:
    """Two vehicles of one seat on two days; the newcomer can only go on the day of the one who was told."""
    problem = one_seat_a_day()
    known = after(problem, [Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1),))])
    drafts = solve(known, QUICK)
    assert planned_groups(known, drafts).tolist() == [1, 1]
    assert moved(known, drafts) == 1


def test_who_was_told_keeps_the_day_although_another_would_be_cheaper() -> None:
    """Both could share a vehicle on the newcomer's day; the one who was told keeps hers."""
    problem = one_seat_a_day(seats=2)
    known = after(problem, [Draft.direct(day=1, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1),))])
    assert {draft.day for draft in solve(problem, QUICK)} == {0}
    assert {draft.day: draft.load for draft in solve(known, QUICK)} == {0: ((1, 1),), 1: ((0, 1),)}


def test_who_lost_the_vehicle_leaves_on_another_day() -> None:
    """The old day has no vehicle any more; the place of the batch that is gone must not hold its rider back."""
    problem = one_seat_a_day()
    none_on_day_0 = replace(problem.pools, available=np.array([[0, 1, 0], [0, 0, 0]]))
    previous = [Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1),))]
    known = after(replace(problem, pools=none_on_day_0), previous)
    assert [(draft.day, draft.load) for draft in solve(known, QUICK)] == [(1, ((0, 1),))]


def one_seat_a_day(seats: int = 1) -> Problem:
    """Person 0 may go on day 0 or 1, person 1 on day 0 only; one vehicle a day."""
    base = tiny(0, num_groups=2)
    ones, zeros = np.ones(2, dtype=np.int64), np.zeros(2, dtype=np.int64)
    cells = replace(
        base.cells, pickup=zeros, prefecture=zeros, county=zeros, city_group=zeros, earliest=zeros,
        latest=np.array([1, 0]), weight=ones.astype(float), num_persons=ones, num_seats=ones,
        drop_place=3 * ones, drop_persons=ones,
    )  # fmt: skip
    pools = replace(
        base.pools, usable=np.array([seats, seats]), base=np.array([-1, -1]), min_load=np.array([1, 1]),
        turnaround_days=np.array([1, 1]), available=np.array([[1, 1, 0], [0, 0, 0]]),
    )  # fmt: skip
    return replace(base, cells=cells, pools=pools)


def test_who_was_told_of_a_batch_too_small_gets_a_seat_that_is_left() -> None:
    """Two coaches of three seats and a least load of two: one has lost a rider, the other a seat to spare."""
    problem = one_road(4, vehicles=2)
    pools = replace(problem.pools, min_load=np.array([2, 2]))
    first = Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1), (1, 1)))
    last = [first, first.on_day(1).carrying(((2, 1), (3, 1)))]
    known = after(without(replace(problem, pools=pools), 3), last)
    for work in (0, 3_000):
        plan = solve(known, Effort(base_work=work, work_per_group=0))
        assert planned_groups(known, plan).tolist() == [1, 1, 1, 0]
