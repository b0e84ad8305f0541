"""Markets that share vehicles are improved one after the other, and none takes what another has."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from returnplan.planning import Effort, _core, solve
from returnplan.planning.taking_turns import take_turns
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import UNLIMITED, Caps, Problem
from tests.planning.problems import broken_rules, num_people, one_road

TWO = Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1), (1, 1)))


def two_cities(vehicles: int) -> Problem:
    """Return four people of one stop, two to each of two cities, so that these are markets of their own."""
    problem = one_road(4, vehicles=vehicles)
    return replace(problem, cells=replace(problem.cells, city_group=np.array([0, 0, 1, 1])))


def test_vehicles_and_places_of_the_others_are_not_left() -> None:
    problem = two_cities(vehicles=2)
    pools = replace(problem.pools, turnaround_days=np.array([2, 1]))
    caps = Caps(np.full((1, 3), 9), np.full((1, 9), UNLIMITED), np.zeros(4, dtype=np.int64))
    left = Ledger(replace(problem, pools=pools, caps=caps), [TWO.on_day(1)]).left()
    assert left.pools.available[0].tolist() == [1, 1, 1]  # a departure on day 0 would still be away on day 1
    assert left.pools.available[1].tolist() == [0, 0, 0]
    assert left.caps.max_departures[0].tolist() == [9, 7, 9]


def test_vehicles_without_end_are_always_left() -> None:
    problem = two_cities(vehicles=UNLIMITED)
    assert Ledger(problem, [TWO, TWO]).left().pools.available[0].tolist() == [UNLIMITED] * 3


def test_no_market_gets_worse_and_each_sees_what_the_others_leave() -> None:
    problem = two_cities(vehicles=1)
    other = TWO.carrying(((2, 1), (3, 1)))
    seen: list[tuple[int, list[int]]] = []

    def lose_everybody(left: Problem, market: int, start: Sequence[Draft]) -> list[Draft]:
        seen.append((market, left.pools.available[0].tolist()))
        return []

    watch = _core.Watch()
    plan = take_turns(problem, [np.array([0, 1]), np.array([2, 3])], [TWO, other], lose_everybody, watch)
    assert plan == [TWO, other]
    assert seen == [(0, [0, 0, 0]), (1, [0, 0, 0])]
    assert watch.others_people == 0


def test_markets_that_want_the_same_vehicle_keep_all_rules() -> None:
    """One vehicle of three seats on day 0: one city rides, whichever search looks at it."""
    problem = two_cities(vehicles=1)
    drafts = solve(problem, Effort(base_work=3_000, work_per_group=0))
    assert broken_rules(problem, drafts) == []
    assert num_people(problem, drafts) == 2
