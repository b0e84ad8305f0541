"""Riders of coaches take a train while others stay: nobody loses a seat, and each coach keeps its least load."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from returnplan.planning import Effort
from returnplan.planning.rail.journeys import journeys_of, vehicles_taken
from returnplan.planning.rail.shared_coaches import beside_others
from returnplan.planning.rail.transfers import Portions
from returnplan.planning.rail.ways import find_ways
from returnplan.planning.rail.whole import Whole, groups_with_a_seat, whole_of
from returnplan.problem import build_problem
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem
from returnplan.problem.previous_rides import PreviousJourney, PreviousRide
from tests.planning.rail.campaigns import COACH, HOME, RULES, SHORT, WORK, campaign, train
from tests.specimens.rosters import FIRST_DAY

LATER = FIRST_DAY + timedelta(days=1)
COULD, OTHERS = {"earliest": FIRST_DAY, "latest": LATER}, {"earliest": LATER, "latest": LATER}


def two_mixed_coaches(
    least: int, num_others: int = 5, train_least: int = 1, train_day: int = 0, caps: Sequence[int] = ()
) -> tuple[Problem, Whole, Whole]:
    """Return two coaches on the second day, each with five who could take a train and so many others.

    Parameters
    ----------
    caps : how many may leave on each day, if these are few

    Returns
    -------
    the problem, its plan of coaches, and that with trains for some of their riders
    """
    pools = (replace(COACH, min_load=least), SHORT)
    people = [COULD] * 10 + [OTHERS] * 2 * num_others
    roster = campaign(people, train(train_day, min_load=train_least, seat_yuan=10.0), pools=pools)
    problem = build_problem(roster, RULES)[0]
    if caps:
        of_all = np.broadcast_to(np.array(caps), problem.caps.max_departures.shape)
        problem = replace(problem, caps=replace(problem.caps, max_departures=of_all))
    cells, ways = problem.cells, find_ways(problem)
    pickups, dropoffs = tuple(np.unique(cells.pickup).tolist()), tuple(np.unique(cells.drop_place).tolist())
    load = tuple((cell, int(num) // 2) for cell, num in enumerate(cells.num_groups.tolist()))
    little = Effort(base_work=0, work_per_group=30)
    nobody, taken = np.zeros(len(ways), dtype=np.int64), vehicles_taken(problem, ())
    rail = journeys_of(problem, Portions.on(ways, nobody), Effort(), taken)[0]
    start = whole_of(problem, rail, ways.take(nobody[:0]), [Draft.direct(1, 0, pickups, dropoffs, load)] * 2)
    return problem, start, beside_others(problem, ways, start, little, lambda: False)


@pytest.mark.parametrize(("least", "on_train"), [(5, 10), (7, 6), (10, 0)])
def test_so_many_riders_take_the_train_that_each_coach_keeps_its_least_load(
    least: int, on_train: int
) -> None:
    problem, _, found = two_mixed_coaches(least)
    assert found.rail.num_persons == on_train
    assert [draft.num_persons(problem) for draft in found.coaches] == [10 - on_train // 2] * 2
    assert (
        groups_with_a_seat(problem, found.rail, found.coaches).tolist() == problem.cells.num_groups.tolist()
    )


@pytest.mark.parametrize(
    ("train_day", "caps", "on_train"), [(0, (6, 20), 6), (0, (10, 20), 10), (1, (0, 20), 20)]
)
def test_no_more_take_a_train_than_may_leave_that_day_and_who_leaves_a_coach_of_that_day_leaves_room(
    train_day: int, caps: Sequence[int], on_train: int
) -> None:
    problem, _, found = two_mixed_coaches(5, train_day=train_day, caps=caps)
    assert problem.caps.bind
    assert found.rail.num_persons == on_train


def test_a_coach_all_of_whose_riders_take_the_train_is_given_up() -> None:
    _, start, found = two_mixed_coaches(5, num_others=0)
    assert (found.rail.num_persons, len(start.coaches), len(found.coaches)) == (10, 2, 0)


def test_who_would_move_for_a_train_stays_on_the_coach_where_moves_are_dear() -> None:
    """On a later evening the riders of both coaches have seats there; a move costs more than a train saves."""
    problem, start, _ = two_mixed_coaches(5)
    cells = replace(problem.cells, previous=np.zeros_like(problem.cells.previous))
    journey = PreviousJourney((0,))
    ride = PreviousRide("direct", problem.first_day, 0, -1, (HOME,), (WORK,), 480)
    told = replace(
        problem,
        cells=cells,
        previous_days=np.ones(1, dtype=np.int64),
        previous_pools=np.zeros(1, dtype=np.int64),
        previous_head_yuan=np.zeros(1),
        previous_rides=(ride,),
        previous_journeys=(journey,),
    )
    kept = replace(start, coaches=tuple(replace(draft, previous=0) for draft in start.coaches))
    little, ways = Effort(base_work=0, work_per_group=30), find_ways(told)
    for yuan, on_train in ((0.0, 10), (10_000.0, 0)):
        priced = replace(told, previous_move_yuan=np.array([yuan]))
        found = beside_others(priced, ways, kept, little, lambda: False)
        assert found.rail.num_persons == on_train


def test_no_train_runs_for_fewer_than_its_least_load() -> None:
    _, start, found = two_mixed_coaches(7, train_least=7)
    assert found is start
