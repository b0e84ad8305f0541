"""Shuttles that run, or are still out, on the day after their train left: the rules of their own day hold for them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from returnplan.carryover import less_kept
from returnplan.model.law import Law
from returnplan.model.notices import Notice, Notices
from returnplan.model.plan import Plan
from returnplan.model.roster import NO_ROAD_KM, RailCall, RailService, Roster
from returnplan.model.rules import Rules
from returnplan.problem import build_problem
from tests.planning.rail.campaigns import (
    COACH,
    RULES,
    SHORT,
    STATION,
    TERMINUS,
    WORK,
    campaign,
    kinds,
    planned,
    train,
)
from tests.specimens.rosters import FIRST_DAY, pool

NO_COACH = replace(COACH, per_day=0)
TOMORROW = FIRST_DAY + timedelta(days=1)


def night_train(name: str, arrives: str, day: int = 0, capacity: int = 8) -> RailService:
    """Return a train of four hours from the station to the terminus."""
    ends = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.strptime(arrives, "%H:%M").time())
    calls = (
        RailCall(STATION, None, ends - timedelta(hours=4), None),
        RailCall(TERMINUS, ends, None, None),
    )
    return train(day, name=name, calls=calls, capacity=capacity)


def on_days(num: int, first: int = 0, last: int = 0, **more: Any) -> list[dict[str, Any]]:
    """Return people who board at the station itself, and travel from one day to another."""
    window = {"earliest": FIRST_DAY + timedelta(days=first), "latest": FIRST_DAY + timedelta(days=last)}
    return [{"pickup": STATION} | window | more] * num


def far_from_the_terminus(roster: Roster, km: float) -> Roster:
    roads = np.array(roster.km)
    roads[..., WORK, TERMINUS] = roads[..., TERMINUS, WORK] = km
    return replace(roster, km=roads)


def shuttles(plan: Plan) -> list[tuple[str, int]]:
    return sorted((f"{one.depart:%d %H:%M}", one.load) for one in plan.batches if one.kind == "shuttle")


def test_a_vehicle_on_the_road_at_midnight_makes_no_run_that_leaves_before_it_is_back() -> None:
    """It would leave at 23:20 and come to the work at 02:47; the other train's people are ready at 00:10."""
    pools = NO_COACH, replace(SHORT, per_day=1, runs_per_day=1)
    trains = night_train("D1", "22:40"), night_train("D2", "23:30")
    roster = far_from_the_terminus(campaign(on_days(16), *trains, pools=pools), 190.0)
    assert len(shuttles(planned(roster))) == 1
    two = replace(roster, pools=(NO_COACH, replace(pools[1], per_day=2)))
    assert len(shuttles(planned(two))) == 2


def test_and_is_there_for_a_run_of_the_next_evening() -> None:
    pools = NO_COACH, replace(SHORT, per_day=1)
    trains = night_train("D1", "22:40"), night_train("D2", "22:40", day=1)
    people = on_days(8) + on_days(8, 1, 1)
    assert len(shuttles(planned(campaign(people, *trains, pools=pools)))) == 2


def test_a_run_past_midnight_leaves_the_vehicle_of_a_coach_of_the_next_day_alone() -> None:
    """The train is cheaper, but its shuttle would be out when the coach of tomorrow, the only one, has to leave."""
    only = pool("两用", 10, fixed_yuan=100.0, per_km_yuan=10.0, per_day=1, min_load=1)
    trains = night_train("D1", "22:40")
    both = planned(campaign(on_days(8) + on_days(10, 1, 1), trains, pools=(only,)))
    assert kinds(both) == ["direct", "direct"]
    assert kinds(planned(campaign(on_days(8), trains, pools=(only,)))) == ["shuttle", "train"]


def test_the_cap_on_arrivals_counts_who_comes_by_shuttle_after_midnight() -> None:
    pools = NO_COACH, SHORT
    people = on_days(8) + on_days(8, 1, 1)
    roster = campaign(people, night_train("D1", "23:20"), night_train("D2", "13:00", day=1), pools=pools)
    assert planned(roster).summary["planned"] == 16
    capped = planned(roster, rules=Rules(min_load=1, stop_cost=0.0, max_arrivals_per_day=10))
    assert capped.summary["planned"] == 10


def test_a_dated_notice_holds_for_the_shuttle_on_the_day_on_which_it_runs() -> None:
    """The window ends on the day of the train, and the shuttle leaves at midnight."""
    roster = campaign(
        on_days(8), night_train("D1", "23:20"), pools=(NO_COACH, replace(SHORT, seats=20, per_day=9))
    )

    def usable(**dates: Any) -> int:
        law = Law(notices=Notices(rules=(Notice(seat_share=0.5, number="N", **dates),)))
        return next(one.usable for one in planned(roster, law=law).batches if one.kind == "shuttle")

    assert usable(since=TOMORROW) == 10
    assert usable(since=FIRST_DAY, until=FIRST_DAY) == 20


def test_no_shuttle_takes_a_road_that_is_closed_on_its_day_after_the_last_day() -> None:
    roster = campaign(on_days(8), night_train("D1", "23:20"), pools=(NO_COACH, SHORT))
    closed = np.array(roster.km).reshape(1, *roster.km.shape[-2:])
    closed[:, TERMINUS, WORK] = closed[:, WORK, TERMINUS] = NO_ROAD_KM
    roads = np.concatenate([np.array(roster.km).reshape(closed.shape), closed])
    assert shuttles(planned(roster))
    assert not planned(replace(roster, km=roads, network_of={TOMORROW: 1})).batches


def test_a_kept_coach_and_a_kept_shuttle_are_away_for_all_their_days() -> None:
    away = pool("大巴", 10, fixed_yuan=100.0, per_km_yuan=1.0, per_day=1, min_load=1, turnaround_days=3)
    roster = campaign([{}] * 8, train(), pools=(away, SHORT))
    problem, _ = build_problem(roster, RULES, Law())
    coach = planned(replace(roster, rail=())).batches[0]
    kept = less_kept(problem, [coach], roster.pools).rail
    assert kept
    assert sorted(kept.kept_vehicles) == [(0, 0), (0, 1), (0, 2)]
    night = campaign(on_days(8), night_train("D1", "22:40"), pools=(NO_COACH, SHORT))
    run = next(one for one in planned(night).batches if one.kind == "shuttle")
    assert run.arrive.date() == TOMORROW
    kept = less_kept(problem, [run], night.pools).rail
    assert kept
    assert sorted(kept.kept_vehicles) == [(1, 0), (1, 1)]
