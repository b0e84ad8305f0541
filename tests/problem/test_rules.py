"""Each rule measures what it says, and tells its breach in both languages."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from returnplan.model.rules import Rules
from returnplan.problem import build_problem
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem
from returnplan.problem.rules import (
    BASE,
    RULES,
    SCARCE,
    STOPS,
    WINDOW,
    breaches,
    may_ride,
    pools_for,
)
from tests.assembly.campaigns import CHANGAN, HUMEN, LIUCHENG, RONGAN, campaign, worker
from tests.planning.problems import leaving_at, one_road
from tests.specimens.rosters import pool

ALL_FOUR = Draft.direct(0, 0, (0, 1), (3, 4), ((0, 1), (1, 1), (2, 1)))


def road(**changes: Any) -> Problem:
    """Return three single people who board at two places and alight at two, in a vehicle of three seats."""
    problem = one_road(3, vehicles=2)
    cells = replace(problem.cells, pickup=np.array([0, 0, 1]), drop_place=np.array([3, 3, 4]))
    km = np.zeros((5, 5))
    km[0, 1], km[1, 3], km[3, 4] = 60.0, 400.0, 20.0
    parts: dict[str, Any] = {"cells": cells, "pools": problem.pools, "limits": problem.limits}
    for name, value in changes.items():
        part = next(part for part, of in parts.items() if hasattr(of, name))
        parts[part] = replace(parts[part], **{name: value})
    return replace(problem, km=km[None], **parts)


@pytest.mark.parametrize(
    ("change", "rule", "figure", "limit"),
    [
        ({"num_seats": np.array([1, 1, 2])}, "seats", 4, 3),
        ({"max_pickups": 1}, "max_pickups", 2, 1),
        ({"max_dropoffs": 1}, "max_dropoffs", 2, 1),
        ({"max_pickup_km": 59.0}, "max_pickup_km", 60.0, 59.0),
        ({"max_dropoff_km": 19.0}, "max_dropoff_km", 20.0, 19.0),
        ({"max_yuan_per_head": 500.0}, "max_cost_per_head", (500 + 2 * 480 + 2 * 50) / 3, 500.0),
        ({"min_load": np.array([4, 4])}, "min_load", 3, 4),
        ({"base": np.array([1, -1])}, "base", 1, 0),
        ({"county": np.array([0, 0, 1]), "mix_counties": False}, "mix_counties", 1, 0),
        ({"city_group": np.array([0, 1, 0])}, "combine_cities", 1, 0),
        ({"earliest": np.array([0, 2, 1])}, "window", 2, 0),
        ({"latest": np.array([2, -1, 2])}, "window", 1, 0),
        ({"drop_place": np.array([3, 2, 4])}, "stops", 1, 0),
        ({"pickup": np.array([2, 0, 1])}, "stops", 1, 0),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_rule_that_is_broken_is_the_only_one_found(
    change: dict[str, Any], rule: str, figure: float, limit: float
) -> None:
    assert breaches(road(), ALL_FOUR) == ()
    (breach,) = breaches(road(**change), ALL_FOUR)
    assert (breach.rule.name, breach.limit) == (rule, limit)
    assert breach.figure == pytest.approx(figure)


def test_what_adding_may_lose_breaks_no_rule() -> None:
    assert breaches(road(max_pickup_km=60.0 - 1e-9, max_dropoff_km=20.0), ALL_FOUR) == ()


def test_rules_have_the_keys_of_the_settings_where_they_have_one() -> None:
    own_names = {"seats", "base", "window", "stops", "fleet", "driving_hours"}
    names = [rule.name for rule in (*RULES, *SCARCE)]
    assert len(set(names)) == len(names)
    assert own_names.isdisjoint(Rules.model_fields)
    assert set(names) - own_names <= set(Rules.model_fields)


def test_who_may_join_those_on_board() -> None:
    cells = np.arange(3)
    problem = road(base=np.array([0, -1]), prefecture=np.array([0, 1, 0]), latest=np.array([2, 2, -1]))
    leg = Draft.direct(0, 0, (0,), (3,), ((0, 1),)).leg
    assert may_ride(problem, leg, cells, (BASE,)).tolist() == [True, False, True]
    assert may_ride(problem, leg, cells, (WINDOW,)).tolist() == [True, True, False]
    assert may_ride(problem, leg, cells, (STOPS,)).tolist() == [True, True, False]
    assert may_ride(problem, leg, cells).tolist() == [True, False, False]
    assert pools_for(problem, 1).tolist() == [False, True]


def test_two_parties_of_several_counties_share_no_vehicle_where_counties_may_not_mix() -> None:
    """Each may ride alone, as the audit has it."""
    party = [worker(), worker(county="鹿寨县")]
    workers = [line | {"party": number} for number in (0, 1) for line in party]
    problem, _ = build_problem(campaign(workers), Rules(min_load=1, mix_counties=False))
    one, both = (Draft.direct(0, 0, (RONGAN,), (CHANGAN,), load) for load in (((0, 1),), ((0, 1), (1, 1))))
    assert breaches(problem, one) == ()
    assert [breach.rule.name for breach in breaches(problem, both)] == ["mix_counties"]


def test_counties_of_one_name_in_two_prefectures_share_no_vehicle_where_counties_may_not_mix() -> None:
    workers = [worker(county="桥西区", prefecture=name) for name in ("石家庄市", "邢台市")]
    problem, _ = build_problem(campaign(workers), Rules(min_load=1, mix_counties=False))
    both = Draft.direct(0, 0, (RONGAN,), (CHANGAN,), ((0, 1), (1, 1)))
    assert [breach.rule.name for breach in breaches(problem, both)] == ["mix_counties"]


def test_a_draft_knows_its_km_persons_seats_cost_and_arrival() -> None:
    """110 km with a stop more on either side: 100 km and 50 yuan to the next one."""
    latest = date(2021, 2, 20)
    workers = [worker(num_children=1, latest=latest), worker(LIUCHENG, HUMEN, latest=latest)]
    problem, _ = build_problem(campaign(workers, pools=[pool(turnaround_days=2)]), Rules(min_load=1))
    draft = Draft.direct(0, 0, (RONGAN, LIUCHENG), (CHANGAN, HUMEN), ((0, 1), (1, 1)))
    assert draft.km(problem) == 300.0
    assert (draft.num_persons(problem), draft.leg.num_seats(problem)) == (2, 3)
    assert draft.cost_yuan(problem) == 3_000.0 + 6 * 300 + 2 * 50
    assert draft.arrival_day(problem) == 0
    assert draft.on_day(2).arrival_day(problem) == 2
    # 300 km at 70 km/h, ten minutes at three stops and a rest: 5 h 07
    late, later = (replace(problem, schedule=leaving_at(hour * 60)) for hour in (18, 20))
    assert [draft.arrival_day(night) for night in (late, later)] == [0, 1]
    assert problem.first_day + timedelta(days=draft.on_day(2).day) == latest


def test_a_vehicle_without_riders_costs_nothing() -> None:
    assert Draft.direct(0, 0, (), (), ()).cost_yuan(road()) == 0.0
