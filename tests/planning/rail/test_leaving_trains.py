"""People of trains make up the least load of coaches for those who wait, and the rides that they leave go on."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from returnplan.planning import Effort
from returnplan.planning.rail.journeys import journeys_of, vehicles_taken
from returnplan.planning.rail.leaving_trains import with_coaches_for
from returnplan.planning.rail.transfers import Portions
from returnplan.planning.rail.ways import find_ways
from returnplan.planning.rail.whole import Whole, groups_left, groups_with_a_seat, whole_of
from returnplan.planning.watching import Clock
from returnplan.problem import build_problem
from returnplan.problem.model import Problem
from tests.planning.rail.campaigns import COACH, OTHER_HOME, RULES, SHORT, campaign, on_trains, planned, train
from tests.specimens.rosters import FIRST_DAY

LATER = FIRST_DAY + timedelta(days=1)
COULD = {"earliest": FIRST_DAY, "latest": LATER, "rank": 1}
WAITS = {"earliest": LATER, "latest": LATER, "rank": 0}
LEAST = 5


def on_a_train(
    num: int = 10,
    *,
    train_least: int = 1,
    feeder_least: int = 1,
    num_far: int = 0,
    most_a_head: float | None = None,
) -> tuple[Problem, Whole]:
    """Return a plan with some people on a train, ``num_far`` of them from afar, and one who waits as no coach runs.

    Parameters
    ----------
    most_a_head : yuan that a vehicle may cost for each rider
    """
    pools = replace(COACH, min_load=LEAST), replace(SHORT, min_load=feeder_least)
    people = [COULD] * (num - num_far) + [COULD | {"pickup": OTHER_HOME}] * num_far + [WAITS]
    roster = campaign(people, train(min_load=train_least, seat_yuan=10.0), pools=pools)
    problem = build_problem(roster, RULES.model_copy(update={"max_cost_per_head": most_a_head}))[0]
    ways, taken = find_ways(problem), vehicles_taken(problem, ())
    by_train = np.where(ways.board == 0, problem.cells.num_groups[ways.cell], 0)
    rail, portions, _ = journeys_of(problem, Portions.on(ways, by_train), Effort(base_work=20_000), taken)
    return problem, whole_of(problem, rail, portions.ways, ())


def seated(problem: Problem, whole: Whole) -> Whole:
    """Return the plan with coaches for who waits."""
    waits = groups_left(problem, whole.rail, whole.coaches) > 0
    return with_coaches_for(problem, whole, waits, Effort(base_work=20_000), Clock(None, lambda: False))


def test_as_many_leave_the_train_as_the_coach_of_one_who_waits_lacks() -> None:
    problem, start = on_a_train()
    found = seated(problem, start)
    assert start.rail.num_persons == 10
    assert (
        groups_with_a_seat(problem, found.rail, found.coaches).tolist() == problem.cells.num_groups.tolist()
    )
    assert [draft.num_persons(problem) for draft in found.coaches] == [LEAST]
    assert {leg.num_persons(found.rail.problem) for leg in found.rail.legs} == {10 - (LEAST - 1)}


@pytest.mark.parametrize("least", [{"train_least": 7}, {"feeder_least": 7}])
def test_nobody_leaves_a_ride_that_would_lack_its_least_load(least: dict[str, int]) -> None:
    problem, start = on_a_train(**least)
    assert seated(problem, start) is start


def test_of_people_alike_on_two_feeders_those_leave_whom_these_can_spare() -> None:
    """A feeder has ten seats: fourteen are on two of them, and each may lose two or three at most."""
    problem, start = on_a_train(14, feeder_least=5)
    found = seated(problem, start)
    feeders = [leg.num_persons(found.rail.problem) for leg in found.rail.legs if leg.kind == "feeder"]
    assert (len(feeders), sum(feeders), min(feeders) >= 5) == (2, 14 - (LEAST - 1), True)
    assert [draft.num_persons(problem) for draft in found.coaches] == [LEAST]


def test_so_many_ride_the_coach_that_it_is_not_too_dear_for_each_nor_the_rides_that_they_left() -> None:
    """The coach costs 4,000 yuan, the feeder 220: with four on board a coach and two on board a feeder that is 110."""
    problem, start = on_a_train(most_a_head=500.0)
    found = seated(problem, start)
    assert [draft.num_persons(problem) >= 8 for draft in found.coaches] == [True]
    assert seated(*on_a_train(most_a_head=399.0)).coaches == ()


def test_a_feeder_calls_nowhere_for_people_who_left_it_and_is_in_time() -> None:
    """Four leave, all of them from home: nobody is left there."""
    problem, start = on_a_train(num_far=6)
    (before,) = (leg for leg in start.rail.legs if leg.kind == "feeder")
    found = seated(problem, start)
    (feeder,) = (leg for leg in found.rail.legs if leg.kind == "feeder")
    boards = {int(found.rail.problem.cells.pickup[line]) for line, _ in feeder.load}
    assert (len(before.pickups), len(feeder.pickups)) == (2, 1)
    assert set(feeder.pickups) == boards
    assert feeder.end_minute is not None
    assert before.end_minute is not None
    assert feeder.end_minute <= before.end_minute


def test_a_large_plan_gives_no_seat_away_as_others_like_to_go_by_train(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One coach, cheapest for ten who could take a train: once they do, nobody is left to ride with the eleventh."""
    monkeypatch.setattr("returnplan.planning.rail.solve.MOST_GROUPS", 0)
    coach = replace(COACH, min_load=LEAST, per_day=1, first_date=LATER, last_date=LATER)
    people = [COULD] * 10 + [WAITS | {"pickup": OTHER_HOME, "rank": 1}]
    dear_stops = RULES.model_copy(update={"stop_cost": 500.0})
    plan = planned(campaign(people, train(seat_yuan=10.0), pools=(coach, SHORT)), dear_stops)
    assert plan.summary["planned"] == 11
    assert on_trains(plan) == 10 - (LEAST - 1)
