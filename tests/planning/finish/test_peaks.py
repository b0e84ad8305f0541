"""Batches move to calmer days where nothing else changes for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from returnplan.planning import Effort, solve
from returnplan.planning.finish.peaks import level_peaks
from returnplan.problem.draft import Draft
from returnplan.problem.model import UNLIMITED, Caps, Problem
from tests.planning.problems import broken_rules, num_people, one_road, planned_groups, tiny, total_cost
from tests.sweeps import cases

QUICK = Effort(base_work=1_000, work_per_group=0)
NUM_CASES = cases(30, of=100)
ALL_ON_DAY_0 = [Draft.direct(0, 0, (0,), (3,), ((cell, 1),)) for cell in range(3)]


def days(problem: Problem, drafts: Sequence[Draft]) -> list[int]:
    return [draft.day for draft in level_peaks(problem, drafts)]


def loads(problem: Problem, drafts: Sequence[Draft]) -> list[int]:
    """Return the riders of each day, the most first."""
    riders: Counter[int] = Counter()
    for draft in drafts:
        riders[draft.day] += draft.num_persons(problem)
    return sorted((riders[day] for day in range(problem.num_days)), reverse=True)


def roomy(seed: int) -> Problem:
    """Return a random problem with two vehicles a day and one day more for everybody."""
    problem = tiny(seed, num_groups=12)
    latest = np.minimum(problem.cells.latest + 1, problem.num_days - 1)
    pools = replace(problem.pools, available=np.full_like(problem.pools.available, 2))
    return replace(problem, cells=replace(problem.cells, latest=latest), pools=pools)


def all_early(problem: Problem, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, each on the first day of its riders where all rules allow as much."""
    early = list(drafts)
    for i, draft in enumerate(drafts):
        first = int(problem.cells.earliest[[cell for cell, _ in draft.load]].max())
        shifted = [*early[:i], draft.on_day(first), *early[i + 1 :]]
        early = early if broken_rules(problem, shifted) else shifted
    return early


def test_three_vehicles_leave_on_three_days() -> None:
    assert sorted(days(one_road(3, vehicles=3), ALL_ON_DAY_0)) == [0, 1, 2]


def test_levelling_changes_only_days_and_breaks_no_rule() -> None:
    fell = 0
    for seed in range(NUM_CASES):
        problem = roomy(seed)
        drafts = all_early(problem, solve(problem, QUICK))
        level = level_peaks(problem, drafts)
        assert broken_rules(problem, level) == []
        assert [draft.on_day(0) for draft in level] == [draft.on_day(0) for draft in drafts]
        assert num_people(problem, level) == num_people(problem, drafts)
        assert total_cost(problem, level) == total_cost(problem, drafts)
        assert loads(problem, level) <= loads(problem, drafts)
        assert level_peaks(problem, level) == level
        fell += loads(problem, level) < loads(problem, drafts)
    assert fell > NUM_CASES // 10


def test_the_planner_levels() -> None:
    """Nine people, three vehicles of three seats, as many as one likes each day."""
    problem = one_road(9, vehicles=3)
    drafts = solve(problem, QUICK)
    assert loads(problem, drafts) == [3, 3, 3]
    assert planned_groups(problem, drafts).sum() == 9


def test_the_window_of_all_riders_binds() -> None:
    problem = one_road(3, vehicles=3)
    cells = replace(problem.cells, latest=np.array([0, 0, 1]))
    assert days(replace(problem, cells=cells), ALL_ON_DAY_0) == [0, 0, 1]


def test_nobody_is_late_for_a_flat_peak() -> None:
    problem = one_road(3, vehicles=3)
    late = np.array([[0.0, 1.0, 2.0], [0.0, 1.0, 2.0], [0.0, 0.0, 1.0]])
    tight = replace(problem, cells=replace(problem.cells, late_days=late))
    level = level_peaks(tight, ALL_ON_DAY_0)
    assert [draft.day for draft in level] == [0, 0, 1]
    assert sum(draft.late_days(tight) for draft in level) == 0


def test_vehicles_must_be_there_and_back() -> None:
    problem = one_road(3, vehicles=3)
    short = replace(problem.pools, available=np.array([[3, 0, 1], [0, 0, 0]]))
    away = replace(short, turnaround_days=np.array([3, 1]))
    assert sorted(days(replace(problem, pools=short), ALL_ON_DAY_0)) == [0, 0, 2]
    assert days(replace(problem, pools=away), ALL_ON_DAY_0) == [0, 0, 0]


def test_day_caps_are_kept() -> None:
    problem = one_road(3, vehicles=3)
    zeros, free = np.zeros(3, dtype=np.int64), np.full((1, 3), UNLIMITED)
    departures = replace(problem, caps=Caps(np.array([[3, 0, 1]]), free, zeros))
    arrivals = replace(problem, caps=Caps(free, np.array([[3, 0, 1]]), zeros))
    assert sorted(days(departures, ALL_ON_DAY_0)) == [0, 0, 2]
    assert sorted(days(arrivals, ALL_ON_DAY_0)) == [0, 0, 2]


def test_another_road_is_taken_only_at_the_same_cost_within_the_loops() -> None:
    """Day 1 has a longer road; on day 2 the stops lie the other way round, with the same km and a longer loop."""
    problem = one_road(2, vehicles=3)
    km = np.zeros((3, 5, 5))
    km[:, 0, 1], km[:, 1, 3] = 5.0, 400.0
    km[1, 1, 3] = 401.0
    km[2, 0, 1], km[2, 1, 3] = 55.0, 350.0
    roads = replace(problem, km=km, network_of_day=np.arange(3))
    drafts = [Draft.direct(0, 0, (0, 1), (3,), ((cell, 1),)) for cell in range(2)]
    tight, wide = (
        replace(roads, limits=replace(problem.limits, max_pickup_km=limit)) for limit in (50.0, 60.0)
    )
    assert days(tight, drafts) == [0, 0]
    assert sorted(days(wide, drafts)) == [0, 2]


def test_who_was_told_of_a_day_keeps_it() -> None:
    """Two of three batches carry the one who was told; the third has lost hers to another batch."""
    problem = one_road(3, vehicles=3)
    previous = replace(problem, cells=replace(problem.cells, previous=np.array([0, 1, 5])))
    drafts = [replace(draft, previous=number) for number, draft in enumerate(ALL_ON_DAY_0)]
    assert days(previous, drafts) == [0, 0, 1]
