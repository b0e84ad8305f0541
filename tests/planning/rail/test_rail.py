"""Trains against coaches: each rule decides a plan, and tiny campaigns are compared with an exhaustive search."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returnplan.model.law import Law, Timetable
from returnplan.model.roster import RailService
from returnplan.model.rules import RailRules
from returnplan.planning import Effort
from returnplan.usecases.plan.keep import Prepared
from returnplan.usecases.plan.solve import Search, plan_roster
from tests.planning.rail.campaigns import (
    COACH,
    HOME,
    OTHER_HOME,
    RULES,
    SECOND_STATION,
    SHORT,
    STATION,
    TERMINUS,
    campaign,
    kinds,
    on_trains,
    planned,
    train,
)
from tests.specimens.rosters import FIRST_DAY
from tests.sweeps import cases


def earlier(service: RailService, by: timedelta) -> RailService:
    """Return the train at earlier hours of the same day."""
    calls = (
        replace(call, arrives=call.arrives and call.arrives - by, departs=call.departs and call.departs - by)
        for call in service.calls
    )
    return replace(service, calls=tuple(calls))


def test_ten_people_take_the_train_where_it_is_cheaper_with_feeder_and_shuttle() -> None:
    """Coach: 1000 + 600 × 5 = 4000; train: 10 × 100, feeder 100 + 60 × 2, shuttle 100 + 50 × 2."""
    plan = planned(campaign([{}] * 10, train()))
    assert kinds(plan) == ["feeder", "shuttle", "train"]
    assert plan.summary["cost"] == 1000.0 + 220.0 + 200.0
    assert plan.summary["planned"] == 10
    assert plan.riders.groupby("person")["leg"].max().tolist() == [3] * 10


def test_nobody_takes_a_train_that_costs_more() -> None:
    assert kinds(planned(campaign([{}] * 10, train(seat_yuan=360.0)))) == ["direct"]


@pytest.mark.parametrize(("seat_yuan", "num"), [(50.0, 10), (360.0, 0)])
def test_where_no_train_takes_all_riders_of_a_coach_each_takes_their_own_or_none(
    seat_yuan: float, num: int
) -> None:
    """Each of them could take a train, but these leave from stations too far apart."""
    people: list[dict[str, Any]] = [{}] * 5 + [{"pickup": OTHER_HOME}] * 5
    calls = train().calls
    trains = [
        train(name=name, calls=own, seat_yuan=seat_yuan)
        for name, own in (("D1", (calls[0], calls[2])), ("D2", calls[1:]))
    ]
    roster = campaign(people, *trains)
    km = np.array(roster.km)
    km[..., HOME, SECOND_STATION] = km[..., OTHER_HOME, STATION] = 300.0
    near = replace(roster, km=km, rail_rules=RailRules(max_transfer_km=100.0))
    plan = planned(near)
    assert on_trains(plan) == num
    assert plan.summary["planned"] == 10


def test_who_lives_and_works_beside_the_stations_walks() -> None:
    plan = planned(campaign([{"pickup": STATION, "dropoff": 5, "city": "广州市"}] * 4, train()))
    assert kinds(plan) == ["train"]
    assert plan.riders["leg"].tolist() == [1] * 4


def test_who_needs_no_shuttle_gets_none_as_in_liuzhou_in_2023() -> None:
    """There 123 of 274 people went on by coach, the others by themselves."""
    plan = planned(campaign([{"shuttle": "no"}] * 6 + [{}] * 4, train()))
    assert {batch.kind: batch.load for batch in plan.batches} == {"feeder": 10, "train": 10, "shuttle": 4}
    assert sorted(plan.riders.groupby("person")["leg"].max()) == [2] * 6 + [3] * 4


def test_nobody_walks_farther_than_the_rules_say() -> None:
    people = [{"pickup": HOME, "dropoff": 5, "city": "广州市"}] * 4
    near = replace(campaign(people, train()), rail_rules=RailRules(walk_km=60.0))
    assert kinds(planned(near)) == ["train"]
    assert "feeder" in kinds(planned(campaign(people, train())))


@pytest.mark.parametrize(("least", "num"), [(10, 10), (11, 0)])
def test_a_train_runs_with_its_least_load_or_not_at_all(least: int, num: int) -> None:
    assert on_trains(planned(campaign([{}] * 10, train(min_load=least)))) == num


def test_a_train_takes_no_more_than_its_capacity() -> None:
    assert on_trains(planned(campaign([{}] * 20, train(capacity=10)))) == 10


def test_a_station_gives_no_more_seats_than_its_quota() -> None:
    plan = planned(campaign([{}] * 20, train(quotas=(10, 10))))
    boarded = plan.riders[plan.riders["batch"].isin([b.id for b in plan.batches if b.kind == "train"])]
    assert boarded.groupby("pickup").size().to_dict() == {"柳州站": 10, "来宾北站": 10}


def test_a_county_takes_no_more_seats_than_its_quota() -> None:
    people: list[dict[str, Any]] = [{}] * 10 + [{"county": "三江侗族自治县"}] * 10
    limited = train(county_quotas=(("三江侗族自治县", 100), ("融安县", 4)))
    no_coach = (replace(COACH, per_day=0), SHORT)
    plan = planned(campaign(people, limited, pools=no_coach))
    trains = {batch.id for batch in plan.batches if batch.kind == "train"}
    boarded = plan.riders[plan.riders["batch"].isin(trains)]
    assert boarded.groupby("county").size().to_dict() == {"三江侗族自治县": 10, "融安县": 4}
    assert on_trains(planned(campaign(people, train(), pools=no_coach))) == 20


def test_a_party_of_two_counties_takes_the_seats_of_each() -> None:
    party: list[dict[str, Any]] = [
        {"party": 1, "num_children": 1},
        {"party": 1, "county": "三江侗族自治县"},
    ]
    no_coach = (replace(COACH, per_day=0), SHORT)
    for seats, num in ((2, 2), (1, 0)):
        limited = train(county_quotas=(("融安县", seats),))
        assert on_trains(planned(campaign(party, limited, pools=no_coach))) == num


def test_children_take_seats_of_the_quota_and_of_the_price() -> None:
    plan = planned(campaign([{"num_children": 1}] * 5, train(quotas=(10, 0))))
    assert plan.summary["cost"] == 10 * 100 + 220.0 + 200.0


def test_a_train_outside_the_window_is_not_taken() -> None:
    late = {"latest": FIRST_DAY}
    assert on_trains(planned(campaign([late] * 10, train(day=1)))) == 0
    assert (
        on_trains(planned(campaign([late | {"latest": FIRST_DAY + timedelta(days=1)}] * 10, train(day=1))))
        == 10
    )


def test_a_train_that_leaves_before_a_feeder_can_be_there_is_not_taken() -> None:
    early = earlier(train(), timedelta(hours=9))
    assert on_trains(planned(campaign([{}] * 10, early))) == 0


def test_of_two_products_of_one_train_the_cheaper_one_runs() -> None:
    whole = train(product="train", seat_yuan=0.0, fixed_yuan=900.0)
    plan = planned(campaign([{}] * 10, train(), whole))
    assert [batch.product for batch in plan.batches if batch.kind == "train"] == ["train"]
    few = planned(campaign([{}] * 10, train(), replace(whole, min_load=11)))
    assert [batch.product for batch in few.batches if batch.kind == "train"] == ["group"]


def test_carriages_are_bought_whole() -> None:
    carriage = train(product="carriage", seat_yuan=0.0, carriage_seats=8, carriage_yuan=800.0)
    plan = planned(campaign([{}] * 10, carriage))
    (bought,) = [batch for batch in plan.batches if batch.kind == "train"]
    assert bought.cost_yuan == 800.0 * -(-bought.load // 8)


def test_a_train_that_does_not_run_says_what_it_would_have_needed() -> None:
    def note(service: RailService) -> str:
        roster = campaign([{}] * 10, service)
        numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
        search = Search(Effort(base_work=20_000), processes=1)
        (said,) = plan_roster(Prepared(roster, roster), RULES, Law(), numbers, search, lambda *_: None).notes
        return said.en

    assert "10 people could take it, its least load is 11" in note(train(min_load=11))
    dear = train(product="train", seat_yuan=0.0, fixed_yuan=4000.0)
    assert "it would cost 420 yuan more" in note(dear)


def test_people_whose_only_way_was_a_train_get_its_reason() -> None:
    no_coach = (replace(COACH, per_day=0), SHORT)
    plan = planned(campaign([{}] * 10, train(min_load=11), pools=no_coach))
    assert set(plan.unplanned["code"]) == {"train_not_run"}
    assert "10 people could take it, its least load is 11" in plan.unplanned["reason_en"].iloc[0]
    (missed,) = plan.summary["trains_not_run"]
    assert (missed["people"], missed["min_load"], missed["missing"], missed["more_yuan"]) == (10, 11, 1, None)
    with_coaches = planned(campaign([{}] * 3, train(min_load=11)))
    assert "train_not_run" not in set(with_coaches.unplanned["code"])


@pytest.mark.parametrize(
    "limit", [{"budget": 900.0}, {"max_cost_per_head": 100.0}, {"max_cost_per_head": 90.0}]
)
def test_trains_keep_the_budget_and_the_cost_a_head(limit: dict[str, float]) -> None:
    """All ten cost 1,420 yuan by train and coaches, and no batch more than 100 a head."""
    roster = campaign([{}] * 10, train())
    numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
    search, rules = Search(Effort(base_work=20_000), processes=1), RULES.model_copy(update=limit)
    plan = plan_roster(
        Prepared(roster, roster), rules, Law(), numbers, search, lambda *_: None
    ).plan  # audited
    assert plan.summary["planned"] == {900.0: 4, 100.0: 10, 90.0: 0}[next(iter(limit.values()))]


def test_people_whom_no_coach_takes_go_by_train() -> None:
    no_coach = (replace(COACH, per_day=0), SHORT)
    plan = planned(campaign([{}] * 10, train(seat_yuan=5000.0), pools=no_coach))
    assert (on_trains(plan), plan.summary["unplanned"]) == (10, 0)


def test_a_coach_for_the_whole_way_is_no_feeder() -> None:
    assert on_trains(planned(campaign([{}] * 10, train(), pools=(COACH,)))) == 0


@pytest.mark.parametrize(("runs", "num_vehicles"), [(None, 1), (1, 2)])
def test_one_vehicle_makes_several_runs_where_its_hours_and_the_sheet_allow(
    runs: int | None, num_vehicles: int
) -> None:
    short = replace(SHORT, per_day=2 * num_vehicles, runs_per_day=runs)
    people = [{"pickup": OTHER_HOME, "dropoff": 5, "city": "广州市"}] * 20
    plan = planned(
        campaign(people, train(), pools=(replace(COACH, per_day=0), replace(short, per_day=num_vehicles)))
    )
    feeders = [batch for batch in plan.batches if batch.kind == "feeder"]
    assert len(feeders) == 2
    assert len({batch.block or batch.id for batch in feeders}) == num_vehicles


def test_where_feeders_would_take_all_vehicles_fewer_people_leave_some_for_the_shuttles() -> None:
    """Ten vehicles carry sixty people; of twice as many none was carried, as the feeders took them all."""
    pools = replace(COACH, per_day=0), replace(SHORT, per_day=10)
    assert on_trains(planned(campaign([{}] * 120, train(), pools=pools))) == 60


def test_nobody_is_left_for_a_least_load_that_three_feeders_could_share() -> None:
    pools = replace(COACH, per_day=0), replace(SHORT, min_load=8)
    plan = planned(campaign([{}] * 25, train(), pools=pools))
    assert sorted(batch.load for batch in plan.batches if batch.kind == "feeder") == [8, 8, 9]


def test_a_vehicle_that_would_let_people_wait_too_long_makes_no_second_run() -> None:
    people = [{"pickup": OTHER_HOME, "dropoff": 5, "city": "广州市"}] * 20
    pools = (replace(COACH, per_day=0), replace(SHORT, per_day=1))
    patient = campaign(people, train(), pools=pools)
    assert on_trains(planned(patient)) == 20
    assert on_trains(planned(replace(patient, rail_rules=RailRules(wait_minutes=60)))) == 10


def test_nobody_rides_a_feeder_from_farther_away_than_the_rules_say() -> None:
    """Their home is 40 km from the station."""
    far = [{"pickup": OTHER_HOME, "dropoff": 5, "city": "广州市"}] * 20
    roster = campaign(far, train(), pools=(replace(COACH, per_day=0), SHORT))
    assert on_trains(planned(roster)) == 20
    assert on_trains(planned(replace(roster, rail_rules=RailRules(max_transfer_km=5)))) == 0


def test_feeders_arrive_in_time_and_shuttles_wait_for_the_luggage() -> None:
    roster = replace(campaign([{}] * 10, train()), rail_rules=RailRules(board_minutes=90, alight_minutes=25))
    hours = {b.kind: (f"{b.depart:%H:%M}", f"{b.arrive:%H:%M}") for b in planned(roster).batches}
    assert hours["feeder"][1] == "09:00"
    assert hours["shuttle"][0] == "15:05"


@pytest.mark.parametrize(("slow_minutes", "leaves"), [(None, "08:05"), (150.0, "06:20"), (600.0, "")])
def test_a_feeder_on_a_slow_road_leaves_earlier_or_nobody_takes_the_train(
    slow_minutes: float | None, leaves: str
) -> None:
    """60 km take 45 minutes at the usual speed; the train leaves at 10:30, people are there at 09:00."""
    roster = replace(campaign([{}] * 10, train()), rail_rules=RailRules(board_minutes=90))
    if slow_minutes:
        minutes = np.full_like(roster.km, np.nan)
        minutes[0, HOME, STATION] = slow_minutes
        minutes[0, HOME, SECOND_STATION] = 600.0
        roster = replace(roster, drive_minutes=minutes)
    plan = planned(roster)
    assert [f"{b.depart:%H:%M}" for b in plan.batches if b.kind == "feeder"] == ([leaves] if leaves else [])
    assert on_trains(plan) == (10 if leaves else 0)


@pytest.mark.parametrize(
    ("opens", "closes", "leaves"),
    [
        ("06:00", "22:00", "15:20"),  # at work at 16:07
        ("17:30", "22:00", "16:43"),
        ("19:30", "22:00", "15:20"),  # nobody waits so long
        ("06:00", "15:00", "15:20"),  # closed for today
    ],
)
def test_a_shuttle_waits_for_the_reception_as_long_as_people_may_wait(
    opens: str, closes: str, leaves: str
) -> None:
    law = Law(timetable=Timetable(reception={"东莞": (opens, closes)}))
    plan = planned(campaign([{}] * 10, train()), law=law)
    shuttle = next(batch for batch in plan.batches if batch.kind == "shuttle")
    assert f"{shuttle.depart:%H:%M}" == leaves
    assert f"{shuttle.arrive - shuttle.depart}" == "0:47:00"


def test_the_same_people_in_another_order_get_the_same_plan() -> None:
    people = [{"pickup": HOME if n % 3 else OTHER_HOME} for n in range(25)]
    one, other = (
        planned(campaign(list(order), train(quotas=(12, None)))) for order in (people, people[::-1])
    )
    assert one.batches == other.batches


# Tiny campaigns, whole.


def cheapest_yuan(num_home: int, num_other: int, service: RailService, coach: Any, short: Any) -> float:
    """Return the cost of the cheapest plan of all people: every number by train from each stop is tried."""

    def hire(pool_: Any, km: float) -> float:
        return float(pool_.fixed_yuan + pool_.per_km_yuan * km)

    def fleet(pool_: Any, at: tuple[int, int], km: tuple[float, float], between: float) -> float:
        """Return the cheapest vehicles for people at two stops: full ones alone, and one that calls at both."""
        full = [divmod(num, pool_.seats) for num in at]
        apart = sum(-(-num // pool_.seats) * hire(pool_, road) for num, road in zip(at, km, strict=True))
        rest = full[0][1], full[1][1]
        if not all(rest) or sum(rest) > pool_.seats:
            return float(apart)
        joint = min(hire(pool_, between + km[0]), hire(pool_, between + km[1]))
        return float(
            min(apart, sum(n * hire(pool_, road) for (n, _), road in zip(full, km, strict=True)) + joint)
        )

    best = np.inf
    for home, other in product(range(num_home + 1), range(num_other + 1)):
        by_train = home + other
        if by_train and not service.min_load <= by_train <= service.capacity:
            continue
        yuan = fleet(coach, (num_home - home, num_other - other), (600.0, 600.0), 20.0)
        if by_train:
            yuan += service.cost_yuan(by_train) + fleet(short, (home, other), (60.0, 50.0), 20.0)
            yuan += -(-by_train // short.seats) * hire(short, 50.0)
        best = min(best, yuan)
    return float(best)


@settings(max_examples=cases(8, of=25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 14),
    st.integers(1, 14),
    st.sampled_from([20.0, 100.0, 250.0, 340.0]),
    st.sampled_from([0.0, 500.0, 2000.0]),
    st.integers(1, 12),
    st.integers(12, 30),
    st.booleans(),
)
def test_bound_optimum_and_plan_stand_in_their_order(
    num_home: int, num_other: int, seat: float, fixed: float, least: int, capacity: int, has_carriages: bool
) -> None:
    service = train(quotas=(None, 0), seat_yuan=seat, fixed_yuan=fixed, min_load=least, capacity=capacity)
    if has_carriages:
        service = replace(service, seat_yuan=0.0, carriage_yuan=8 * seat, carriage_seats=8)
    people = [{"pickup": HOME}] * num_home + [{"pickup": OTHER_HOME}] * num_other
    plan = planned(campaign(people, service))
    optimum = cheapest_yuan(num_home, num_other, service, COACH, SHORT)
    assert plan.summary["planned"] == len(people)
    assert plan.summary["lower_bound"] <= optimum + 0.01
    assert optimum <= plan.summary["cost"] + 0.01
    coaches_alone = cheapest_yuan(num_home, num_other, replace(service, min_load=100), COACH, SHORT)
    assert plan.summary["cost"] <= coaches_alone + 0.01


def test_whole_coaches_are_given_up_for_a_train_and_no_half_ones() -> None:
    """Two coaches of ten; the train has room for fifteen, and to take five of one coach would not save it."""
    plan = planned(campaign([{}] * 20, train(capacity=15)))
    assert (on_trains(plan), kinds(plan).count("direct")) == (10, 1)


def test_where_coaches_are_mixed_those_who_could_take_a_train_ride_apart() -> None:
    """By village both coaches hold people of both days, and neither could be given up whole."""
    later = FIRST_DAY + timedelta(days=1)
    windows = [{"earliest": FIRST_DAY, "latest": later}, {"earliest": later, "latest": later}]
    people = [
        {**window, "pickup": home} for home in (HOME, OTHER_HOME) for window in windows for _ in range(5)
    ]
    assert kinds(planned(campaign(people, train()))) == ["direct", "feeder", "shuttle", "train"]


def test_who_waits_gets_a_seat_on_the_train_with_the_riders_of_a_coach_beside() -> None:
    """Four people are too few for the train; with ten of the coach they are enough, though that is dearer."""
    only_one = (replace(COACH, per_day=1), SHORT)
    same_day = {"latest": FIRST_DAY}
    dear = train(min_load=12, seat_yuan=900.0)
    plan = planned(campaign([same_day] * 14, dear, pools=only_one))
    assert (on_trains(plan), plan.summary["unplanned"]) == (14, 0)


AT_STATION = {"pickup": STATION, "dropoff": TERMINUS, "city": "广州市", "latest": FIRST_DAY}
"""Who needs neither a feeder nor a shuttle; where no vehicle makes any, nobody else can take the train."""


def test_the_coach_that_riders_give_up_for_a_train_takes_people_of_another_city_who_waited() -> None:
    """Ten to Guangzhou have the only coach, nine to Dongguan wait and no feeder takes them to the train."""
    only_one = (replace(COACH, per_day=1),)
    plan = planned(campaign([AT_STATION] * 10 + [{"latest": FIRST_DAY}] * 9, train(), pools=only_one))
    assert {batch.kind: batch.load for batch in plan.batches} == {"train": 10, "direct": 9}


def test_the_coach_that_riders_give_up_for_a_train_may_be_cheaper_for_others_who_had_another() -> None:
    """Twelve need the large coach, which is the cheap one; the ten beside them had to take the dear one."""
    dear = replace(COACH, vehicle="贵", fixed_yuan=2000.0)
    pools = (replace(COACH, vehicle="大", seats=12, per_day=1), dear)
    beside = {**AT_STATION, "pickup": HOME}
    plan = planned(campaign([AT_STATION] * 12 + [beside] * 10, train(), pools=pools))
    assert [batch.vehicle for batch in plan.batches if batch.kind == "direct"] == ["大"]


def test_plans_are_compared_once_others_have_the_coaches_that_were_given_up() -> None:
    """A mixed coach seats ten of twelve; if seven ride apart and go by train, the coach is there for the other five."""
    only_one = (replace(COACH, per_day=1),)
    beside = {**AT_STATION, "pickup": HOME}
    plan = planned(campaign([AT_STATION] * 7 + [beside] * 5, train(min_load=5), pools=only_one))
    assert {batch.kind: batch.load for batch in plan.batches} == {"train": 7, "direct": 5}


def test_one_type_may_have_a_price_for_the_whole_way_and_one_for_feeders() -> None:
    pools = (COACH, replace(SHORT, vehicle=COACH.vehicle))
    plan = planned(campaign([{}] * 10, train(), pools=pools))
    assert plan.summary["cost"] == 1000.0 + 220.0 + 200.0


def test_a_feeder_calls_at_no_more_stops_than_its_train_leaves_time_for() -> None:
    """The feeder has 76 minutes: one alone from each stop is in time, one that calls at both is not."""
    early = earlier(train(quotas=(None, 0)), timedelta(minutes=494))
    people = [{"pickup": HOME}] * 5 + [{"pickup": OTHER_HOME}] * 5
    plan = planned(campaign(people, early, pools=(replace(COACH, per_day=0), SHORT)))
    assert kinds(plan).count("feeder") == 2
    assert plan.summary["planned"] == 10
