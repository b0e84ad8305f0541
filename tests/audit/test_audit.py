"""The audit accepts a plan that keeps every promise, and finds each promise when it alone is broken."""

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

import returnplan.audit
from returnplan.audit import audit, audit_by_check
from returnplan.audit.promise import CONTRACT, Promise
from returnplan.audit.tables import Tables, link
from returnplan.model.law import Drivers, Law, Timetable
from returnplan.model.plan import Plan
from returnplan.model.roster import NO_ROAD_KM, Place
from tests.audit.test_journeys import BROKEN
from tests.specimens.two_batches import (
    DONGGUAN,
    FOSHAN,
    LIUZHOU,
    MONDAY,
    POOLS,
    RONGSHUI,
    SANJIANG,
    TUESDAY,
    VACANCIES,
    Case,
    changed,
    signup,
    two_batches,
)

Mutation = Callable[[Case], Case]


def codes(case: Case) -> set[str]:
    return {found.code for found in audit(case.plan, case.roster, case.rules, case.law)}


def rides_again(case: Case) -> Case:
    """Let rider 7 be person 6 under another row of the sheet."""
    twin = case.roster.people.at[6, "id_number"]
    return case.with_rider(7, id_number=twin).with_person(7, id_number=twin)


def test_one_check_that_is_asked_alone_finds_what_it_finds_among_all() -> None:
    """A change by hand asks what was broken before; of one batch the tables of the others are not made."""
    case = two_batches()
    case = case.with_batch(0, cost_yuan=case.plan.batches[0].cost_yuan + 1)
    asked = case.plan, case.roster, case.rules, case.law
    for changed_batches in (None, {case.plan.batches[0].id}):
        by_check = audit_by_check(*asked, changed_batches)
        assert tuple(one for found in by_check.values() for one in found) == audit(*asked, changed_batches)
        (check, *_) = finding = [check for check, found in by_check.items() if found]
        assert audit_by_check(*asked, changed_batches, [check]) == {check: by_check[check]}
        assert len(finding) < len(by_check)


def without(frame: pd.DataFrame, line: int) -> pd.DataFrame:
    return frame.drop(index=line).reset_index(drop=True)


def swapped_stops(case: Case) -> Case:
    """Put a drop-off between the pick-ups (and keep everybody at their place)."""
    first, second, third, fourth = case.plan.batches[0].stops
    stops = (first, replace(third, seq=2), replace(second, seq=3), fourth)
    case = case.with_batch(0, stops=stops)
    riders = case.plan.riders.copy()
    coach = riders["batch"] == "0222-1"
    riders.loc[coach & (riders["dropoff_seq"] == 3), "dropoff_seq"] = 12
    riders.loc[coach & (riders["pickup_seq"] == 2), "pickup_seq"] = 3
    riders.loc[riders["dropoff_seq"] == 12, "dropoff_seq"] = 2
    return case.with_plan(riders=riders)


def on_a_closed_road(case: Case) -> Case:
    """Close the only road between the first two stops of the coach to Dongguan."""
    places = [place.name for place in case.roster.places]
    first, second, *_ = (places.index(stop.place) for stop in case.plan.batches[0].stops)
    km = case.roster.km.copy()
    km[:, first, second] = NO_ROAD_KM
    return case.with_roster(km=km)


def split_party(case: Case) -> Case:
    """Let riders 2 and 7 be a party, as far as the roster knows."""
    return case.with_person(2, party=5).with_person(3, party=-1).with_person(9, party=5)


def second_coach_of_the_pool(case: Case) -> Case:
    """Send the only coach of Liuzhou, away for two days, on the second day as well."""
    case = case.with_batch(
        1, vehicle="49座", base=LIUZHOU, seats=49, usable=49, cost_yuan=7260.0, contract_yuan=7260.0
    )
    return at_cost(case.with_summary(vehicles={"49座": 2}), 15280.0)


def second_coach_with_another(case: Case, **other: Any) -> Case:
    """Do so where the fleet has one more coach, which differs and so is not the one that the plan uses."""
    pools = (POOLS[0], replace(POOLS[0], **other), POOLS[1])
    return second_coach_of_the_pool(case).with_roster(pools=pools)


def to_two_cities(case: Case) -> Case:
    """Let the coach to Foshan go to Dongguan, too, and rider 7 there."""
    second = case.with_batch(1, cities=(FOSHAN, DONGGUAN)).with_rider(7, city=DONGGUAN)
    cities = {DONGGUAN: {"batches": 2, "riders": 7}, FOSHAN: {"batches": 1, "riders": 1}}
    return second.with_person(7, city=DONGGUAN).with_summary(cities=cities)


def unmixed(case: Case) -> Case:
    """Let the coach to Dongguan carry people of one county, and counties not be mixed."""
    for number in (0, 1):
        case = case.with_person(number, county=RONGSHUI).with_rider(number, county=RONGSHUI)
    return case.with_rules(mix_counties=False)


def couple(case: Case) -> Case:
    """Let the two on the coach to Foshan travel together, one of them from another county."""
    case = case.with_person(6, party=0).with_person(7, party=0, county=SANJIANG)
    return case.with_rider(7, county=SANJIANG).with_person(2, party=1).with_person(3, party=1)


def other_way_round(case: Case) -> Case:
    """Let the vacancies stand in the demand sheet the other way round."""
    for number in (0, 2, 3):
        case = case.with_person(number, vacancy=1)
    return case.with_person(5, vacancy=0).with_roster(vacancies=VACANCIES[::-1])


def to_wrong_city(case: Case) -> Case:
    cities = {DONGGUAN: {"batches": 1, "riders": 7}, FOSHAN: {"batches": 1, "riders": 1}}
    return to_two_cities(case).with_batch(1, cities=(FOSHAN,)).with_summary(cities=cities)


def from_liuzhou(case: Case, **changes: object) -> Case:
    return case.with_summary(origins={LIUZHOU: case.plan.summary["origins"][LIUZHOU] | changes})


def at_cost(case: Case, yuan: float) -> Case:
    """Let the summary say that all batches together cost so much."""
    return from_liuzhou(case, cost=yuan).with_summary(cost=yuan, gap=yuan / 12000 - 1)


def unplanned_again(case: Case, signup: str) -> Case:
    """List a person once more among the unplanned."""
    lines = case.plan.unplanned
    more = pd.concat([lines, lines.iloc[[1]].assign(signup=signup)], ignore_index=True)
    return case.with_plan(unplanned=more).with_summary(unplanned=4)


def planned_less(case: Case, line: int) -> Case:
    return case.with_plan(unplanned=without(case.plan.unplanned, line)).with_summary(unplanned=2)


def on(day: date) -> pd.Timestamp:
    return pd.Timestamp(day).as_unit("s")


def later(case: Case, seq: int, minutes: int) -> Case:
    """Move the last stops of the first batch, and its arrival with them."""
    stops = case.plan.batches[0].stops
    moved = tuple(
        replace(stop, time=stop.time + timedelta(minutes=minutes)) if stop.seq >= seq else stop
        for stop in stops
    )
    return case.with_batch(0, stops=moved, arrive=moved[-1].time)


def open_at(opens: str, closes: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places, of which one can board at the first between two hours."""
    return replace(places[0], hours=(opens, closes)), *places[1:]


def under_law(case: Case, **timetable: Any) -> Case:
    return replace(case, law=Law(timetable=Timetable(**timetable)))


def under_drivers(case: Case, **drivers: Any) -> Case:
    return replace(case, law=Law(drivers=Drivers(**drivers)))


def without_second_rest(case: Case) -> Case:
    """Let the first batch go on for more than five hours after its first rest."""
    return later(case.with_batch(0, rests=case.plan.batches[0].rests[:1]), 3, -20)


MUTATIONS: list[tuple[str, Mutation]] = [
    ("missing_person", lambda c: planned_less(c, 1)),
    ("missing_person", lambda c: planned_less(c, 2)),
    ("unknown_person", lambda c: unplanned_again(c, "别处.xlsx!报名!1")),
    ("listed_twice", lambda c: unplanned_again(c, signup(9))),
    ("listed_twice", lambda c: unplanned_again(c, signup(0))),
    ("rides_twice", rides_again),
    ("rides_twice", lambda c: c.with_rider(7, person=7)),
    ("kept_back", lambda c: c.with_person(7, code="health").with_summary(eligible=8)),
    *(
        ("differs_from_signup", lambda c, name=name: c.with_rider(3, **{name: "别的"}))
        for name in (
            *("name", "sex", "id_number", "phone", "prefecture", "county", "township", "city"),
            *("category", "note"),
        )
    ),
    ("differs_from_signup", lambda c: c.with_rider(3, earliest=on(TUESDAY))),
    ("differs_from_signup", lambda c: c.with_rider(3, latest=on(MONDAY))),
    ("differs_from_signup", lambda c: c.with_rider(5, employer="华强电子")),
    ("differs_from_signup", lambda c: c.with_rider(6, flexed=False)),
    ("no_reason", lambda c: c.with_plan(unplanned=changed(c.plan.unplanned, 1, {"suggestion_zh": " "}))),
    ("wrong_code", lambda c: c.with_plan(unplanned=changed(c.plan.unplanned, 0, {"code": "health"}))),
    ("wrong_code", lambda c: c.with_plan(unplanned=changed(c.plan.unplanned, 2, {"code": "health"}))),
    ("outside_window", lambda c: c.with_person(7, latest=on(MONDAY)).with_rider(7, latest=on(MONDAY))),
    ("before_notice", lambda c: c.with_roster(not_before=TUESDAY)),
    ("before_reception", lambda c: c.with_person(4, reception=on(TUESDAY))),
    ("arrives_early", lambda c: c.with_person(4, reception=on(date(2021, 2, 24)))),
    ("wrong_pickup", lambda c: c.with_rider(0, pickup="融水汽车站")),
    ("wrong_pickup", lambda c: c.with_person(7, pickup=1)),
    ("wrong_dropoff", lambda c: c.with_rider(1, dropoff="长安镇")),
    ("wrong_dropoff", lambda c: c.with_person(7, dropoff=2)),
    ("head_count", lambda c: c.with_stop(0, 1, num_on=3)),
    ("head_count", lambda c: c.with_stop(0, 1, num_off=1)),
    ("wrong_city", to_wrong_city),
    ("cities_not_combined", to_two_cities),
    ("mixed_counties", lambda c: c.with_rules(mix_counties=False)),
    ("wrong_load", lambda c: c.with_batch(0, load=7)),
    ("wrong_seats", lambda c: c.with_batch(0, usable=48)),
    ("wrong_seats", lambda c: c.with_batch(0, seats=50)),
    ("wrong_seats", lambda c: c.with_batch(0, seats=50, usable=50)),
    ("overloaded", lambda c: c.with_rules(load_factor=0.14).with_batch(0, usable=6).with_batch(1, usable=5)),
    ("below_min_load", lambda c: c.with_rules(min_load=3)),
    ("below_min_load", lambda c: c.with_pool(0, min_load=0.125)),
    ("too_many_pickups", lambda c: c.with_rules(max_pickups=1)),
    ("too_many_dropoffs", lambda c: c.with_rules(max_dropoffs=1)),
    ("pickup_loop", lambda c: c.with_rules(max_pickup_km=59.9)),
    ("dropoff_loop", lambda c: c.with_rules(max_dropoff_km=19.9)),
    ("wrong_km", lambda c: c.with_batch(0, km=660.0).with_summary(km=1220.0)),
    ("wrong_cost", lambda c: at_cost(c.with_batch(0, cost_yuan=8000.0), 13800.0)),
    ("wrong_contract", lambda c: c.with_batch(0, contract_yuan=8020.0)),
    ("too_costly", lambda c: c.with_rules(max_cost_per_head=2000)),
    ("over_budget", lambda c: c.with_rules(budget=13819)),
    ("party_split", split_party),
    ("party_split", lambda c: c.with_person(9, party=0)),
    ("party_apart", lambda c: c.with_person(1, party=7).with_person(4, party=7)),
    (
        "unknown_vehicle",
        lambda c: c.with_pool(1, vehicle="53座", seats=53, fixed_yuan=1.0, last_date=date(2021, 1, 1)),
    ),
    ("vehicle_dates", lambda c: c.with_pool(1, last_date=MONDAY)),
    ("too_many_vehicles", lambda c: c.with_pool(1, per_day=0)),
    ("too_many_vehicles", lambda c: c.with_pool(0, broken=((MONDAY, "0222-9"),))),
    ("too_many_vehicles", second_coach_of_the_pool),
    *(
        ("too_many_vehicles", lambda c, other=other: second_coach_with_another(c, **other))
        for other in (
            {"vehicle": "49座豪华"},
            {"mode": "train"},
            {"base": "贵港市"},
            {"seats": 48},
            {"fixed_yuan": 3800.0},
            {"per_km_yuan": 5.5},
        )
    ),
    ("wrong_base", lambda c: c.with_pool(1, base="贵港市").with_batch(1, base="贵港市")),
    ("departures_cap", lambda c: c.with_rules(max_departures_per_day=5)),
    ("departures_cap", lambda c: c.with_rules(max_departures_per_day={LIUZHOU: 5})),
    ("arrivals_cap", lambda c: c.with_rules(max_arrivals_per_day={DONGGUAN: 5})),
    ("child_seats", lambda c: c.with_rider(4, child_seats=())),
    ("seat_range", lambda c: c.with_rider(0, seat=50)),
    ("seat_range", lambda c: c.with_rider(4, child_seats=(0,))),
    ("seat_taken", lambda c: c.with_rider(0, seat=2)),
    ("seat_taken", lambda c: c.with_rider(4, child_seats=(1,))),
    ("wrong_start", lambda c: under_law(c, start="07:00", start_window=("09:00", "12:00"))),
    *(
        ("reception_closed", lambda c, hours=hours: under_law(c, reception=hours))
        for hours in (("00:00", "05:00"), {"东莞": ("22:00", "05:00")}, {"华强电子": ("22:00", "05:00")})
    ),
    ("road_closed", on_a_closed_road),
    ("boarding_closed", lambda c: c.with_roster(places=open_at("10:00", "18:00", c.roster.places))),
    ("boarding_closed", lambda c: c.with_roster(places=open_at("22:00", "06:00", c.roster.places))),
    ("wrong_ends", lambda c: c.with_batch(0, arrive=c.plan.batches[0].depart)),
    ("wrong_pace", lambda c: later(c, 4, -30)),
    ("wrong_pace", lambda c: later(c, 3, 15)),
    ("no_rest", without_second_rest),
    ("no_rest", lambda c: under_drivers(c, night=("08:00", "20:00"), night_speed=1.0)),
    ("no_standstill", lambda c: under_drivers(c, standstill=("13:00", "14:00"))),
    ("driving_hours", lambda c: under_drivers(c, hours_a_day=4.0)),
    ("driving_hours", lambda c: under_drivers(c, most=1)),
    ("second_driver", lambda c: c.with_batch(1, num_drivers=1)),
    ("too_few_drivers", lambda c: c.with_batch(0, drivers=("韦师傅",))),
    (
        "vacancy_overfilled",
        lambda c: c.with_roster(vacancies=(VACANCIES[0], replace(VACANCIES[1], headcount=0))),
    ),
    ("wrong_vacancy", lambda c: c.with_person(5, age=46)),
    ("wrong_vacancy", lambda c: c.with_person(5, sex="男").with_rider(5, sex="男")),
    ("wrong_match", lambda c: c.with_plan(matches=changed(c.plan.matches, 0, {"post": "焊工"}))),
    ("match_missing", lambda c: c.with_plan(matches=c.plan.matches.iloc[:0])),
    *(
        ("wrong_summary", lambda c, name=name, wrong=wrong: c.with_summary(**{name: wrong}))
        for name, wrong in {
            "signups": 10,
            "eligible": 8,
            "planned": 7,
            "unplanned": 2,
            "batches": 1,
            "late_days": 3,
            "vehicles": {"49座": 2},
            "km": 1231.0,
            "gap": 0.1,
            "days": {},
            "cities": {},
            "origins": {},
        }.items()
    ),
    ("wrong_summary", lambda c: from_liuzhou(c, planned=7)),
    ("wrong_summary", lambda c: from_liuzhou(c, trains=1)),
    ("wrong_summary", lambda c: from_liuzhou(c, cost=13000.0)),
    ("wrong_employers", lambda c: c.with_plan(employers=c.plan.employers[1:])),
    (
        "wrong_employers",
        lambda c: c.with_plan(employers=tuple(replace(e, matched=0) for e in c.plan.employers)),
    ),
    ("bound_above_cost", lambda c: c.with_summary(lower_bound=14000.0, gap=13820 / 14000 - 1)),
]

# One thing that cannot go wrong alone, and what goes wrong with it.
TOGETHER: list[tuple[str, set[str], Mutation]] = [
    (
        "mixed_counties",  # of one name in two prefectures
        {"wrong_summary"},
        lambda c: unmixed(c).with_person(0, prefecture="来宾市").with_rider(0, prefecture="来宾市"),
    ),
    (
        "unknown_batch",
        {"wrong_load", "head_count", "wrong_summary", "wrong_employers"},
        lambda c: c.with_rider(0, batch="0222-9"),
    ),
    ("stop_order", {"wrong_km", "wrong_cost", "wrong_contract", "wrong_pace", "no_rest"}, swapped_stops),
    (
        "unknown_place",
        {"wrong_pickup", "wrong_km", "wrong_cost", "wrong_contract", "wrong_pace"},
        lambda c: c.with_stop(0, 1, place="桥圩镇"),
    ),
    (
        "no_stops",
        {"wrong_dropoff", "wrong_km", "wrong_cost", "wrong_contract", "wrong_ends"},
        lambda c: c.with_batch(1, stops=c.plan.batches[1].stops[:1]),
    ),
]


def test_a_plan_that_keeps_every_promise_passes() -> None:
    case = two_batches()
    assert audit(case.plan, case.roster, case.rules, case.law) == ()


@pytest.mark.parametrize(("code", "break_it"), MUTATIONS, ids=[code for code, _ in MUTATIONS])
def test_one_broken_promise_is_found_alone(code: str, break_it: Mutation) -> None:
    assert codes(break_it(two_batches())) == {code}


@pytest.mark.parametrize(("code", "break_it"), MUTATIONS, ids=[code for code, _ in MUTATIONS])
def test_of_very_many_riders_some_batches_are_looked_at_at_a_time(
    code: str, break_it: Mutation, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def linked(plan: Plan, *rest: Any, **options: Any) -> Tables:
        seen.append(len(plan.batches))
        return link(plan, *rest, **options)

    case = break_it(two_batches())
    module = importlib.import_module("returnplan.audit.audit")
    monkeypatch.setattr(module, "RIDERS_AT_ONCE", 1)
    monkeypatch.setattr(module, "link", linked)
    assert codes(case) == {code}
    assert seen == [2] if any(batch.kind != "direct" for batch in case.plan.batches) else [1, 1, 2]


@pytest.mark.parametrize(("code", "others", "break_it"), TOGETHER, ids=[code for code, *_ in TOGETHER])
def test_what_cannot_break_alone_is_found(code: str, others: set[str], break_it: Mutation) -> None:
    assert codes(break_it(two_batches())) == {code, *others}


def test_every_promise_is_broken_in_these_tests() -> None:
    broken = {code for code, _ in (*MUTATIONS, *BROKEN)} | {code for code, *_ in TOGETHER}
    assert {promise.code for module in audit_modules() for promise in promises_of(module)} == broken


def audit_modules() -> list[ModuleType]:
    found = pkgutil.iter_modules(returnplan.audit.__path__, "returnplan.audit.")
    return [importlib.import_module(module.name) for module in found]


def promises_of(module: ModuleType) -> list[Promise]:
    found: list[Promise] = []
    for value in vars(module).values():
        candidates = value.values() if isinstance(value, dict) else [value]
        found += [promise for promise in candidates if isinstance(promise, Promise)]
    return found


def weights(case: Case) -> set[tuple[str, str, str]]:
    found = audit(case.plan, case.roster, case.rules, case.law)
    return {(violation.code, violation.batch, violation.severity) for violation in found}


def test_a_published_batch_is_only_warned_of_when_rules_change() -> None:
    case = two_batches().with_batch(0, state="published").with_rules(max_pickups=1, load_factor=0.5)
    case = case.with_batch(1, usable=19)
    assert weights(case) == {
        ("too_many_pickups", "0222-1", "warning"),
        ("wrong_seats", "0222-1", "warning"),
    }


def test_a_published_batch_with_two_on_one_seat_is_no_matter_of_rules() -> None:
    case = two_batches().with_batch(0, state="published").with_rider(0, seat=2)
    assert weights(case) == {("seat_taken", "0222-1", "error")}


@pytest.mark.parametrize(("line", "severity"), [(0, "error"), (1, "error"), (None, "warning")])
def test_of_too_many_vehicles_the_one_not_yet_published_is_to_blame(line: int | None, severity: str) -> None:
    case = second_coach_of_the_pool(two_batches())
    for other in {0, 1} - {line}:
        case = case.with_batch(other, state="published")
    blamed = case.plan.batches[line or 0].id
    assert weights(case) == {("too_many_vehicles", blamed, severity)}


@pytest.mark.parametrize(("state", "severity"), [("draft", "error"), ("departed", "warning")])
def test_a_cap_below_what_was_published_is_a_warning(state: str, severity: str) -> None:
    case = two_batches().with_rules(max_departures_per_day=5).with_batch(0, state=state)
    assert weights(case) == {("departures_cap", "0222-1", severity)}


@pytest.mark.parametrize(("state", "severity"), [("draft", "error"), ("published", "warning")])
def test_fewer_vacancies_than_were_published_is_a_warning(state: str, severity: str) -> None:
    case = two_batches().with_roster(vacancies=(VACANCIES[0], replace(VACANCIES[1], headcount=0)))
    assert ("vacancy_overfilled", "0222-1", severity) in weights(case.with_batch(0, state=state))


@pytest.mark.parametrize("line", [0, 1])
def test_of_too_many_people_on_a_day_those_not_yet_told_are_to_blame(line: int) -> None:
    case = two_batches().with_batch(1, date=MONDAY).with_rules(max_departures_per_day=7)
    case = case.with_batch(1 - line, state="published")
    assert ("departures_cap", case.plan.batches[line].id, "error") in weights(case)


def test_pick_ups_are_no_drop_offs() -> None:
    first, *rest = two_batches().plan.batches[0].stops
    case = two_batches().with_batch(0, stops=(first, first, *rest)).with_rules(max_pickups=2, max_dropoffs=2)
    assert codes(case) & {"too_many_pickups", "too_many_dropoffs"} == {"too_many_pickups"}


def test_people_arrive_on_the_day_of_arrival() -> None:
    night = later(two_batches(), 4, 8 * 60).with_rules(max_arrivals_per_day=5)
    found = audit(night.plan, night.roster, night.rules, night.law)
    (message,) = [violation.message.en for violation in found if violation.code == "arrivals_cap"]
    assert message == f"6 people reach {DONGGUAN} on 2021-02-23 of 5"


LASTING = ("rides_twice", "stop_order", "no_stops", "head_count", "wrong_load", "seat_range", "wrong_ends")


@pytest.mark.parametrize("code", LASTING)
def test_what_a_published_batch_may_never_be(code: str) -> None:
    breaks = [*MUTATIONS, *((code, break_it) for code, _, break_it in TOGETHER)]
    case = next(break_it for name, break_it in breaks if name == code)(two_batches())
    for line in (0, 1):
        case = case.with_batch(line, state="published")
    assert {severity for name, _, severity in weights(case) if name == code} == {"error"}


def test_the_rule_of_a_promise_is_that_of_its_module() -> None:
    for module in audit_modules():
        rules = {promise.rule for promise in promises_of(module)} - {CONTRACT}
        assert rules == set(map(int, re.findall(r"\d+", str(module.__doc__).split(":")[0]))) or not rules


def test_a_violation_says_which_rule_batch_and_person_with_the_figures() -> None:
    case = two_batches().with_person(4, reception=on(TUESDAY))
    (found,) = audit(case.plan, case.roster, case.rules, case.law)
    assert (found.rule, found.batch, found.signup) == (2, "0222-1", signup(4))
    assert "2021-02-22" in found.message.zh
    assert found.message.en.endswith("the employer is ready on 2021-02-23")


ALLOWED: dict[str, Mutation] = {
    "cities that may be combined": lambda c: to_two_cities(c).with_rules(
        combine_cities=((DONGGUAN, FOSHAN),)
    ),
    "a pool that is renewed daily": lambda c: second_coach_of_the_pool(c).with_pool(0, turnaround_days=0),
    "the same coach in two lines of the sheet": lambda c: second_coach_of_the_pool(c).with_roster(
        pools=(POOLS[0], *POOLS)
    ),
    "the same coach in two lines, away for different times": lambda c: second_coach_of_the_pool(
        c
    ).with_roster(pools=(POOLS[0], replace(POOLS[0], turnaround_days=3), POOLS[1])),
    "a line of the fleet sheet without vehicles": lambda c: c.with_roster(
        pools=(replace(POOLS[0], per_day=0), *POOLS)
    ),
    "coaches with a seat for everybody and not one more": lambda c: (
        c.with_rules(load_factor=0.143).with_batch(0, usable=7).with_batch(1, usable=5)
    ),
    "seats kept free": lambda c: (
        c.with_rules(reserved_seats=2, crew_seats=1).with_batch(0, usable=46).with_batch(1, usable=36)
    ),
    "a minimum of one person, which is no share": lambda c: c.with_rules(min_load=1),
    "loops of the very length allowed": lambda c: c.with_rules(max_pickup_km=60, max_dropoff_km=20),
    "batches of one county, where counties may not be mixed": lambda c: unmixed(c),
    "a couple of two counties, where counties may not be mixed": lambda c: unmixed(couple(c)),
    "the last two stops without a stay": lambda c: later(c, 4, -10),
    "totals that were rounded": lambda c: at_cost(c, 13820.01),
    "a bound that rounding lifts above the cost": lambda c: c.with_summary(lower_bound=13820.01, gap=0.0),
    "a coach and a train": lambda c: from_liuzhou(c, coaches=1, trains=1),
    "a match to the first line of the demand sheet": lambda c: other_way_round(c),
    "the last seat of the coach": lambda c: c.with_rider(0, seat=49),
    "the first day after the notice": lambda c: c.with_roster(not_before=MONDAY),
    "somebody of the very age limits": lambda c: c.with_person(5, age=40).with_roster(
        vacancies=(VACANCIES[0], replace(VACANCIES[1], min_age=40, max_age=40))
    ),
    "a bound that is the very cost": lambda c: c.with_summary(lower_bound=13820.0, gap=0.0),
    "as many people a day as the caps": lambda c: c.with_rules(
        max_departures_per_day=6, max_arrivals_per_day={DONGGUAN: 6}
    ),
    "the very budget, and the very cost a head": lambda c: c.with_rules(max_cost_per_head=2900, budget=13820),
    "an employer that the demand sheet does not have": lambda c: c.with_person(9, employer="某厂"),
    "a vacancy without age limits": lambda c: c.with_person(5, age=70).with_roster(
        vacancies=(VACANCIES[0], replace(VACANCIES[1], max_age=None))
    ),
}


@pytest.mark.parametrize("allow", ALLOWED.values(), ids=ALLOWED)
def test_what_the_rules_allow_is_no_violation(allow: Mutation) -> None:
    assert codes(allow(two_batches())) == set()


def test_a_closed_road_counts_on_its_dates_alone() -> None:
    case = two_batches()
    detour = case.roster.km + 70.0
    closed = case.with_roster(km=np.concatenate([case.roster.km, detour]), network_of={TUESDAY: 1})
    found = audit(closed.plan, closed.roster, closed.rules, closed.law)
    assert {(violation.code, violation.batch) for violation in found} == {
        ("wrong_km", "0223-1"),
        ("wrong_cost", "0223-1"),
        ("wrong_contract", "0223-1"),
        ("wrong_pace", "0223-1"),
    }


def test_a_batch_at_the_usual_speed_is_too_quick_for_a_road_with_minutes_of_its_own() -> None:
    case = two_batches()
    slow = case.with_roster(drive_minutes=case.roster.km * 1.5)
    found = audit(slow.plan, slow.roster, slow.rules, slow.law)
    assert {violation.code for violation in found} == {"wrong_pace"}
    unknown = case.with_roster(drive_minutes=np.full_like(case.roster.km, np.nan))
    assert not audit(unknown.plan, unknown.roster, unknown.rules, unknown.law)


def test_the_share_of_seats_is_exact_in_decimals() -> None:
    """0.29 × 100 is 28.999… in binary; the audit must say 29."""
    case = two_batches().with_rules(load_factor=0.29).with_pool(0, seats=100).with_pool(1, seats=100)
    case = case.with_batch(0, seats=100, usable=29).with_batch(1, seats=100, usable=29)
    assert codes(case) == set()


def test_nobody_signed_up_and_nothing_planned() -> None:
    case = two_batches()
    empty = case.with_plan(
        batches=(), riders=case.plan.riders.iloc[:0], unplanned=case.plan.unplanned.iloc[:0],
        matches=case.plan.matches.iloc[:0],
        employers=(), summary=EMPTY_SUMMARY,
    ).with_roster(people=case.roster.people.iloc[:0], rejected=())  # fmt: skip
    assert codes(empty) == set()


EMPTY_SUMMARY: dict[str, Any] = dict.fromkeys(
    (
        "signups",
        "eligible",
        "planned",
        "unplanned",
        "batches",
        "km",
        "cost",
        "lower_bound",
        "gap",
        "late_days",
    ),
    0,
) | {"vehicles": {}, "days": {}, "cities": {}, "origins": {}}


def test_after_a_change_batches_that_did_not_change_are_checked_for_what_they_share_alone() -> None:
    """Both batches say a wrong load; only the changed one is looked at. Who is listed twice is found in any case."""
    case = two_batches()
    first, second = (batch.id for batch in case.plan.batches)
    wrong = replace(case.plan, batches=tuple(replace(one, load=one.load + 1) for one in case.plan.batches))

    def loads(*changed: str) -> set[str]:
        found = audit(wrong, case.roster, case.rules, case.law, set(changed))
        return {one.batch for one in found if one.code == "wrong_load"}

    assert loads(first) == {first}
    assert loads(first, second) == {first, second}
    whole = audit(wrong, case.roster, case.rules, case.law)
    assert audit(wrong, case.roster, case.rules, case.law, {first, second}) == whole
    twice = pd.concat([case.plan.riders, case.plan.riders.head(1)], ignore_index=True)
    found = audit(replace(case.plan, riders=twice), case.roster, case.rules, case.law, set())
    assert "listed_twice" in {one.code for one in found}


def test_a_party_left_behind_in_part_is_not_said_to_be_on_several_coaches() -> None:
    case = two_batches()
    first = case.plan.riders.groupby("batch")["signup"].first()
    lines = [case.roster.people["signup"].tolist().index(signup) for signup in first]
    both = case
    for line in lines:
        both = both.with_person(line, party=5)
    cases = both, split_party(case)
    apart, short = (
        [v.message.zh for v in audit(one.plan, one.roster, one.rules, one.law) if v.code == "party_split"]
        for one in cases
    )
    assert any("有 2 人分乘 2 车" in words for words in apart)
    assert [words.endswith("人，只有 1 人在车上") for words in short] == [True]


def test_of_which_carrier_too_many_vehicles_are_away_is_said() -> None:
    case = second_coach_of_the_pool(two_batches())
    batches = tuple(replace(batch, carrier="桂平客运公司") for batch in case.plan.batches)
    pools = (replace(POOLS[0], carrier="桂平客运公司"), POOLS[1])
    found = audit(
        replace(case.plan, batches=batches), replace(case.roster, pools=pools), case.rules, case.law
    )
    words = [one.message.zh for one in found if one.code == "too_many_vehicles"]
    assert words == [f"2021-02-23 有 2 辆 49座({LIUZHOU} 桂平客运公司)在外，只有 1 辆"]
