"""Why somebody is on no batch: each rule where it alone binds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from returnplan.model.faults import Fault
from returnplan.model.intake import RejectedRow
from returnplan.model.law import Drivers, Law, Timetable
from returnplan.model.roster import Roster
from returnplan.model.rules import PeoplePerDay, Rules
from returnplan.model.texts import Text
from returnplan.problem.draft import Draft
from tests.assembly.campaigns import (
    CHANGAN,
    HUMEN,
    LAW,
    LIUCHENG,
    LONGHUA,
    PLACES,
    RONGAN,
    assembled,
    campaign,
    draft,
    worker,
)
from tests.specimens.rosters import FIRST_DAY, place, pool

TEN = Rules(min_load=10)


def codes(people: Roster, *drafts: Draft, rules: Rules = TEN, law: Law = LAW) -> list[str]:
    return assembled(people, drafts, rules, law).unplanned["code"].tolist()


def reasons(people: Roster, *drafts: Draft, rules: Rules = TEN) -> str:
    return " ".join(assembled(people, drafts, rules).unplanned.iloc[0][["reason_en", "suggestion_en"]])


def test_a_way_too_far_for_two_drivers_says_what_would_help() -> None:
    """1,200 km at 60 km/h are 20 hours."""
    km = 1_200.0 * (1 - np.eye(5))
    people = campaign([worker()] * 12, km=km)
    assert codes(people) == ["driving_hours"] * 12
    told = reasons(people)
    assert "1200 km to 东莞市 take 20.0 hours at the wheel by day or more, " in told
    assert "with stops, rests and the slower night; 2 drivers may drive 16 in a day" in told
    assert "3 drivers ([drivers] most = 3), a stop for the night" in told
    for drivers in (Drivers(most=3), Drivers(night_stop=True)):
        assert "driving_hours" not in codes(people, law=Law(timetable=LAW.timetable, drivers=drivers))


def test_one_driver_goes_no_farther_than_the_office_says_however_quick_the_road_is() -> None:
    """At 100 km/h 700 km are seven hours, but a second driver is needed above 640 km."""
    km = 700.0 * (1 - np.eye(5))
    people = replace(campaign([worker()] * 12, km=km), drive_minutes=0.6 * km[None])
    one = Law(timetable=LAW.timetable, drivers=Drivers(most=1, two_above_km=640))
    found = assembled(people, [], TEN, one).unplanned.iloc[0]
    assert found["code"] == "driving_hours"
    assert found["reason_en"].endswith("above 640 km a coach needs 2 drivers, the rules file allows 1")
    assert "driving_hours" not in codes(
        people, law=Law(timetable=LAW.timetable, drivers=Drivers(two_above_km=640))
    )


def test_too_few_to_one_place_are_told_how_many_are_short() -> None:
    people = campaign([worker()] * 7)
    assert codes(people) == ["below_min_load"] * 7
    assert "7 people could go together, 3 fewer than the minimum of 10" in reasons(people)
    assert "a vehicle of its own (49座) on 02-18 if min_load is 7 (now 10): 3,600 yuan more" in reasons(
        people
    )
    assert "cheaper than the above below 514 yuan a head" in reasons(people)


def test_companions_with_a_seat_elsewhere_do_not_count() -> None:
    """15 could have gone with the other 2, but they fill their coach of 15."""
    people = campaign([worker()] * 17, pools=[pool("15座", 15)])
    assert codes(people, draft((0, 15))) == ["below_min_load"] * 2


def test_no_companion_on_another_day() -> None:
    later = FIRST_DAY + timedelta(days=1)
    people = campaign([worker()] * 9 + [worker(earliest=later, latest=later)] * 9)
    assert set(codes(people)) == {"below_min_load"}


def test_companions_are_near_if_they_are_on_the_roads_of_some_day() -> None:
    """On the first day the road between the two stops is closed, and the way round is too long for one loop."""
    near = 100.0 * (1 - np.eye(5))
    far = np.where((near > 0) & (np.add.outer(np.arange(5), np.arange(5)) == RONGAN + LIUCHENG), 500.0, near)
    people = campaign([worker()] * 5 + [worker(LIUCHENG)] * 5)
    one_road = replace(people, km=far[None])
    two_roads = replace(people, km=np.stack([far, near]), network_of={FIRST_DAY: 0})
    assert set(codes(one_road)) == {"below_min_load"}
    assert set(codes(two_roads)) == {"no_route"}


def test_no_vehicle_of_the_base() -> None:
    people = campaign([worker()] * 12, pools=[pool(base="桂林市")])
    assert set(codes(people)) == {"no_vehicle"}
    assert "no vehicle of 柳州市 is on offer" in reasons(people)


def test_no_vehicle_on_the_days() -> None:
    people = campaign([worker()] * 12, pools=[pool(first_date=date(2021, 3, 1))])
    assert set(codes(people)) == {"no_vehicle"}


def test_every_vehicle_taken() -> None:
    people = campaign([worker()] * 30, pools=[pool("15座", 15, per_day=1)])
    assert codes(people, draft((0, 15))) == ["no_vehicle"] * 15
    assert "is taken" in reasons(people, draft((0, 15)))


def test_a_vehicle_that_is_still_away_is_taken() -> None:
    """The only coach leaves on the first day and is back on the third."""
    later = FIRST_DAY + timedelta(days=1)
    workers = [worker()] * 15 + [worker(earliest=later, latest=later)] * 15
    for turnaround_days, code in ((1, "no_route"), (2, "no_vehicle")):
        coach = pool("15座", 15, per_day=1, turnaround_days=turnaround_days)
        assert codes(campaign(workers, pools=[coach]), draft((0, 15))) == [code] * 15


def test_a_vehicle_on_a_day_with_too_few_is_told_with_the_days_that_have_none() -> None:
    """The coach of the first day is full; on the second only three of the twelve who wait could leave."""
    later = FIRST_DAY + timedelta(days=1)
    workers = [worker(latest=FIRST_DAY)] * 24 + [worker(latest=later)] * 3
    people, full = campaign(workers, pools=[pool("15座", 15, per_day=1)]), draft((0, 15))
    told = assembled(people, [full], TEN).unplanned
    assert set(told["code"]) == {"no_vehicle"}
    assert sum("3 could go together, the minimum is 10" in reason for reason in told["reason_en"]) == 3


def test_party_with_two_pickups_cannot_travel_whole() -> None:
    assert codes(campaign([worker(party=0), worker(LIUCHENG, party=0)])) == ["party_split"] * 2


def test_party_without_a_common_day() -> None:
    later = FIRST_DAY + timedelta(days=1)
    people = campaign([worker(party=0), worker(party=0, earliest=later, latest=later)])
    assert codes(people) == ["party_split"] * 2
    assert "no day" in reasons(people)


def test_party_larger_than_any_vehicle() -> None:
    people = campaign([worker(party=0)] * 16, pools=[pool("15座", 15)])
    assert set(codes(people)) == {"party_split"}
    assert "16 seats of 15" in reasons(people)


def test_party_with_too_many_drops() -> None:
    people = campaign([worker(RONGAN, drop, party=0, city="东莞市") for drop in (CHANGAN, HUMEN)] * 6)
    assert set(codes(people, rules=Rules(max_dropoffs=1))) == {"no_route"}


def test_closed_road() -> None:
    km = np.full((5, 5), 100.0)
    km[RONGAN, CHANGAN] = np.inf
    assert set(codes(campaign([worker()] * 12, km=km))) == {"no_route"}


def test_stop_limits_bind() -> None:
    """5 at each of two pick-ups would make 10, but a batch may have one pick-up only."""
    people = campaign([worker()] * 5 + [worker(LIUCHENG)] * 5)
    assert set(codes(people, rules=Rules(max_pickups=1))) == {"no_route"}
    assert "gathers 5 of at least 10" in reasons(people, rules=Rules(max_pickups=1))


@pytest.mark.parametrize(
    "rules", [Rules(max_pickup_km=50), Rules(mix_counties=False)], ids=["too far apart", "counties apart"]
)
def test_people_who_may_not_share_are_no_companions(rules: Rules) -> None:
    assert set(codes(campaign([worker()] * 5 + [worker(LIUCHENG)] * 5), rules=rules)) == {"below_min_load"}


def test_other_cities_are_no_companions() -> None:
    assert set(codes(campaign([worker()] * 5 + [worker(RONGAN, LONGHUA)] * 5))) == {"below_min_load"}


def test_no_batch_found_is_said_as_such() -> None:
    """Nothing forbids these ten: only the search did not send them."""
    assert "no batch to 东莞市 was found" in reasons(campaign([worker()] * 10))


def test_code_of_the_roster_is_kept() -> None:
    words: dict[str, Any] = {
        "reason_zh": "红码",
        "reason_en": "red",
        "suggestion_zh": "隔离",
        "suggestion_en": "stay",
    }
    row = assembled(campaign([worker(code="health", **words)]), []).unplanned.iloc[0]
    assert (row["code"], row["reason_zh"], row["suggestion_en"]) == ("health", "红码", "stay")


def test_rejected_rows_are_listed_with_their_faults() -> None:
    fault = Fault(
        "a.xlsx", "报名", "C4", "1", "bad_id", Text("身份证号有误", "bad ID"), signup="a.xlsx!报名!4"
    )
    whole = campaign([worker()], rejected=[RejectedRow("a.xlsx!报名!4", name="某人", city="东莞市")])
    plan = assembled(replace(whole, faults=(fault,)), [draft((0, 1))], Rules(min_load=1))
    row = plan.unplanned.iloc[0]
    assert (row["person"], row["code"], row["reason_zh"]) == (0, "faulty_row", "身份证号有误")
    assert plan.summary["signups"] == 2


def test_a_full_vehicle_is_too_costly() -> None:
    """3,600 yuan for 49 seats are 73 a head."""
    people = campaign([worker()] * 12)
    assert set(codes(people, rules=Rules(max_cost_per_head=70))) == {"too_costly"}


def test_the_few_who_are_left_are_too_costly() -> None:
    """12 are enough for a coach, at 300 yuan a head."""
    people = campaign([worker()] * 12)
    assert set(codes(people, rules=Rules(max_cost_per_head=250))) == {"too_costly"}
    assert set(codes(people, rules=Rules(max_cost_per_head=360))) == {"no_route"}


def test_a_free_seat_that_the_search_missed_is_named() -> None:
    people = campaign([worker()] * 10 + [worker(LIUCHENG)])
    assert codes(people, draft((0, 10))) == ["free_seat"]
    assert "join 0218-001 (融安县→东莞市, 02-18): 650 yuan more" in reasons(people, draft((0, 10)))


def capped(rule: str, most: PeoplePerDay) -> Rules:
    """Return rules with this cap of the day."""
    return Rules.model_validate({"min_load": 10, rule: most})


@pytest.mark.parametrize(
    ("rule", "name"), [("max_departures_per_day", "柳州市"), ("max_arrivals_per_day", "东莞市")]
)
def test_day_caps_bind(rule: str, name: str) -> None:
    """12 of 24 leave; 13 may, so one more could (but no coach is found for one)."""
    people = campaign([worker()] * 24)
    for most in (12, {name: 12, "桂林市": 99}):
        assert set(codes(people, draft((0, 12)), rules=capped(rule, most))) == {"day_cap"}
    for most in (13, {"桂林市": 12}):
        assert set(codes(people, draft((0, 12)), rules=capped(rule, most))) == {"free_seat"}


def test_a_day_with_room_is_enough() -> None:
    people = campaign([worker(latest=FIRST_DAY + timedelta(days=1))] * 24)
    rules = Rules(min_load=10, max_departures_per_day=12)
    assert set(codes(people, draft((0, 12)), rules=rules)) == {"no_route"}
    assert set(codes(people, draft((0, 12)), draft((0, 12), day=1), rules=rules)) == set()


def test_arrivals_count_on_the_day_of_arrival() -> None:
    """600 km at 70 km/h from eight in the evening end on the next day, where 12 already arrive."""
    later = FIRST_DAY + timedelta(days=1)
    workers = [worker()] * 12 + [worker(dropoff=HUMEN, earliest=later, latest=later)] * 12
    km = 100.0 * (1 - np.eye(5))
    km[RONGAN, CHANGAN] = 600.0
    evening = Law(timetable=Timetable(start="20:00", start_window=("20:00", "20:00")))
    rules = Rules(min_load=10, max_arrivals_per_day=12)
    left = codes(campaign(workers, km=km), draft((1, 12), day=1, dropoffs=(HUMEN,)), rules=rules, law=evening)
    assert set(left) == {"day_cap"}


def test_budget_is_spent() -> None:
    """The coach costs 3,600 yuan; a seat on it costs nothing more, a second coach cannot be paid."""
    people, full = campaign([worker()] * 30, pools=[pool("15座", 15)]), draft((0, 15))
    assert set(codes(people, full, rules=Rules(min_load=10, budget=7199))) == {"budget"}
    assert set(codes(people, full, rules=Rules(min_load=10, budget=7200))) == {"no_route"}


@pytest.mark.parametrize("rule", ["max_departures_per_day", "max_arrivals_per_day"])
def test_a_day_cap_below_the_least_load_lets_no_batch_leave(rule: str) -> None:
    people, rules = campaign([worker()] * 12), capped(rule, 5)
    assert set(codes(people, rules=rules)) == {"day_cap"}
    assert "no batch to 东莞市 was found within the day caps" in reasons(people, rules=rules)


def test_the_caps_of_two_prefectures_are_enough_for_one_batch() -> None:
    """5 from each of two prefectures may leave, and make the least load of 10."""
    places = (*PLACES[:1], replace(PLACES[1], city="桂林市"), *PLACES[2:])
    people = campaign([worker()] * 5 + [worker(LIUCHENG)] * 5, places=places)
    assert set(codes(people, rules=Rules(min_load=10, max_departures_per_day=5))) == {"no_route"}
    assert set(codes(people, rules=Rules(min_load=10, max_departures_per_day=4))) == {"day_cap"}


TWO_PICKUPS = [worker()] * 6 + [worker(LIUCHENG)] * 6
"""Their coach costs 4,250 yuan, 354 a head; 3,600 if all boarded at one place."""


def test_the_stops_make_it_too_costly() -> None:
    people = campaign(TWO_PICKUPS)
    assert set(codes(people, rules=Rules(max_cost_per_head=354))) == {"too_costly"}
    assert "within 354 yuan a head" in reasons(people, rules=Rules(max_cost_per_head=354))
    assert set(codes(people, rules=Rules(max_cost_per_head=426))) == {"no_route"}


def test_the_stops_are_beyond_the_budget() -> None:
    people = campaign(TWO_PICKUPS)
    assert set(codes(people, rules=Rules(budget=4249))) == {"budget"}
    assert "within the 4249 yuan left of the budget" in reasons(people, rules=Rules(budget=4249))
    assert set(codes(people, rules=Rules(budget=4250))) == {"no_route"}


def test_stops_that_may_not_be_made_are_no_matter_of_money() -> None:
    """Three pick-ups lie within 100 km of each other, but a tour of them is longer."""
    km = 100.0 * (1 - np.eye(6))
    places = (*PLACES, place("鹿寨汽车站", "柳州市", "鹿寨县"))
    workers = [worker() | {"pickup": stop} for stop in (RONGAN, LIUCHENG, 5) for _ in range(4)]
    people = campaign(workers, places=places, km=km)
    rules = Rules(min_load=10, max_pickup_km=100, max_cost_per_head=500, budget=5000)
    assert set(codes(people, rules=rules)) == {"no_route"}


def test_a_free_seat_where_the_budget_pays_for_no_vehicle() -> None:
    people = campaign([worker()] * 30, pools=[pool("15座", 15)])
    rules = Rules(min_load=10, budget=3600)
    assert set(codes(people, draft((0, 10)), rules=rules)) == {"budget"}
    groups = assembled(people, [draft((0, 10))], rules).unplanned.groupby("group")["suggestion_en"]
    assert groups.size().tolist() == [15, 5]  # a coachload, and those who find a seat
    assert "join 0218-001 (融安县→东莞市, 02-18): 0 yuan more" in groups.first()[2]
