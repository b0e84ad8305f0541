"""Edits of the two-batch specimen: what was asked for happens, nobody else moves, every promise is kept."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from returnplan.audit import audit
from returnplan.edits import (
    in_vehicle,
    moved_to,
    pool_named,
    put_on,
    rerouted,
    retotalled,
    taken_off,
    without_batches,
)
from returnplan.model.changed_signups import ChangedSignUp, changed_signups_of, with_changed_signups
from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import NO_ROAD_KM
from returnplan.model.texts import Text
from tests.specimens.two_batches import LIUZHOU, TUESDAY, Case, signup, two_batches

WHY = ("no_vehicle", Text("换车", "another coach"), Text("另排", "plan again"))


@pytest.fixture
def case() -> Case:
    return two_batches()


def broken(case: Case, plan: Plan) -> set[str]:
    """Return the codes of the promises that the plan breaks, with its totals counted anew."""
    totalled = retotalled(plan, case.roster, lower_bound_yuan=1000.0)
    return {finding.code for finding in audit(totalled, case.roster, case.rules, case.law)} - {"wrong_start"}


def batch(plan: Plan, batch_id: str) -> Batch:
    return next(batch for batch in plan.batches if batch.id == batch_id)


def test_totals_counted_anew_are_those_of_the_plan(case: Case) -> None:
    again = retotalled(case.plan, case.roster, 12000.0)
    assert again.summary["origins"] == case.plan.summary["origins"]
    assert again.employers == tuple(sorted(case.plan.employers, key=lambda line: line.employer))


def test_what_a_sign_up_says_anew_is_settled_once_the_seat_is_another(case: Case) -> None:
    first, day = case.plan.batches[0], f"{case.plan.batches[0].date:%m-%d}"
    one, two = case.plan.riders.loc[case.plan.riders["batch"] == first.id, "person"].tolist()[:2]
    open_one = ChangedSignUp(one, first.id, "city", "东莞市", "惠州市")
    of_day = ChangedSignUp(two, first.id, "day", day, "02-28")
    plan = with_changed_signups(case.plan, [open_one, of_day])
    assert changed_signups_of(retotalled(plan, case.roster, 0.0)) == [open_one, of_day]
    without = retotalled(taken_off(plan, [one], *WHY), case.roster, 0.0)
    assert changed_signups_of(without) == [of_day]
    assert [entry["person"] for entry in without.summary["changed_signups"]] == [two]
    later = replace(first, date=first.date + timedelta(days=1))
    moved = replace(plan, batches=(later, *plan.batches[1:]))
    assert changed_signups_of(moved) == [open_one]


def test_who_is_taken_off_is_unplanned_and_the_others_keep_their_seats(case: Case) -> None:
    plan = taken_off(case.plan, [1], *WHY)
    assert broken(case, plan) == set()
    assert list(plan.riders["seat"]) == list(case.plan.riders["seat"][1:])
    assert plan.unplanned.iloc[-1]["signup"] == signup(0)
    assert batch(plan, "0222-1").load == 5
    assert batch(plan, "0222-1").stops[0].time == batch(case.plan, "0222-1").stops[0].time


def test_back_on_the_same_batch_is_the_same_plan(case: Case) -> None:
    plan = put_on(taken_off(case.plan, [5], *WHY), "0222-1", [signup(4)], case.roster)
    assert broken(case, plan) == set()
    (rider,) = plan.riders[plan.riders["person"] == 5].to_dict("records")
    assert (rider["seat"], rider["child_seats"]) == (5, (7,))  # the first free ones
    assert batch(plan, "0222-1") == batch(case.plan, "0222-1")


def test_a_batch_takes_nobody_from_where_it_does_not_stop(case: Case) -> None:
    with pytest.raises(UsageError, match="does not call at 三江汽车站"):
        put_on(taken_off(case.plan, [1], *WHY), "0223-1", [signup(0)], case.roster)


def test_a_full_batch_takes_nobody(case: Case) -> None:
    full = case.with_batch(1, usable=2).plan
    with pytest.raises(UsageError, match="has 0 free seats, 1 are needed"):
        put_on(full, "0223-1", [signup(9)], case.roster)


def test_stops_in_another_order_are_driven_in_it(case: Case) -> None:
    plan = rerouted(case.plan, "0222-1", [2, 1, 3, 4], case.roster, case.rules, case.law)
    assert broken(case, plan) == set()
    changed = batch(plan, "0222-1")
    assert [stop.place for stop in changed.stops[:2]] == ["融水汽车站", "三江汽车站"]
    assert changed.km == 60 + 630 + 20
    assert changed.cost_yuan == 3900 + 6 * 710 + 100


def test_a_road_keeps_its_own_minutes_in_another_order_of_stops(case: Case) -> None:
    """The 630 km take ten hours, where the usual speed would take less than eight."""
    minutes = np.full_like(case.roster.km, np.nan)
    minutes[case.roster.km == 630] = 600
    slow = case.with_roster(drive_minutes=minutes)
    plan = rerouted(case.plan, "0222-1", [2, 1, 3, 4], slow.roster, case.rules, case.law)
    usual = rerouted(case.plan, "0222-1", [2, 1, 3, 4], case.roster, case.rules, case.law)
    found = audit(plan, slow.roster, slow.rules, slow.law)
    assert "wrong_pace" not in {one.code for one in found if one.batch == "0222-1"}
    later = batch(plan, "0222-1").arrive - batch(usual, "0222-1").arrive
    assert later == timedelta(minutes=128)  # 472.5 at 80 km/h, and hours are whole minutes


def test_a_closed_road_has_the_km_and_the_minutes_of_when_it_is_open(case: Case) -> None:
    is_long, minutes = case.roster.km == 630, np.full_like(case.roster.km, np.nan)
    minutes[is_long] = 600
    shut_km, shut_minutes = np.where(is_long, NO_ROAD_KM, case.roster.km), np.full_like(minutes, np.nan)
    on_its_day = {case.plan.batches[0].date: 1}
    roads = np.concatenate([case.roster.km, shut_km]), np.concatenate([minutes, shut_minutes])
    shut = case.with_roster(km=roads[0], drive_minutes=roads[1], network_of=on_its_day)
    slow = case.with_roster(drive_minutes=minutes)
    driven = [
        batch(rerouted(case.plan, "0222-1", [2, 1, 3, 4], one.roster, case.rules, case.law), "0222-1")
        for one in (shut, slow)
    ]
    assert driven[0] == driven[1]


def test_a_stop_that_is_left_out_is_not_driven_to(case: Case) -> None:
    emptied = taken_off(case.plan, [1, 2], *WHY)
    plan = rerouted(emptied, "0222-1", [2, 3, 4], case.roster, case.rules, case.law)
    assert broken(case, plan) == set()
    assert batch(plan, "0222-1").km == 610


def test_a_smaller_vehicle_seats_everybody_whose_seat_it_lacks(case: Case) -> None:
    pool = pool_named("39座", case.plan.batches[0], case.plan, case.roster)
    plan = in_vehicle(case.plan, "0222-1", pool, case.roster, case.rules, case.law)
    assert broken(case, plan) == set()
    assert batch(plan, "0222-1").cost_yuan == 3000 + 5 * 670 + 100
    assert plan.riders.loc[4, "child_seats"] == (7,)  # it had seat 40


def test_of_two_carriers_the_one_with_a_free_vehicle_sends_it_on_the_day(case: Case) -> None:
    """The first carrier has one coach, which leaves for Foshan on Tuesday and is away on Wednesday, too."""
    dongguan, foshan = case.plan.batches
    big = replace(case.roster.pools[0], vehicle="53座", seats=53, carrier="甲")
    pools = (*case.roster.pools, big, replace(big, carrier="乙", per_day=2))
    taken = replace(foshan, vehicle="53座", seats=53, base=LIUZHOU, carrier="甲")
    case = case.with_plan(batches=(dongguan, taken)).with_roster(pools=pools)
    for day, num_others, carrier in (
        (TUESDAY, 2, "乙"),
        (TUESDAY, 0, "甲"),  # neither is free: the same as ever
        (date(2021, 2, 24), 2, "乙"),
        (date(2021, 2, 25), 2, "甲"),
    ):
        told = replace(case.roster, pools=(*pools[:-1], replace(pools[-1], per_day=num_others)))
        assert pool_named("53座", dongguan, case.plan, told, day).carrier == carrier
    assert pool_named("53座", taken, case.plan, case.roster).carrier == "甲"  # its own comes free


def test_the_fleet_s_own_names_alone(case: Case) -> None:
    with pytest.raises(UsageError, match="it has: 49座"):
        pool_named("49坐", case.plan.batches[0], case.plan, case.roster)


def test_a_day_later_keeps_id_and_hours(case: Case) -> None:
    plan = moved_to(case.plan, "0222-1", TUESDAY, time(8), case.roster, case.rules, case.law)
    moved = batch(plan, "0222-1")
    assert (moved.date, moved.depart, moved.number) == (TUESDAY, datetime(2021, 2, 23, 8), 2)
    assert moved.wave == batch(plan, "0223-1").wave == 1
    assert broken(case, plan) == set()


def test_an_hour_later_shifts_every_stop(case: Case) -> None:
    plan = moved_to(case.plan, "0223-1", TUESDAY, time(9, 30), case.roster, case.rules, case.law)
    assert [f"{stop.time:%H:%M}" for stop in batch(plan, "0223-1").stops] == ["09:30", "17:00"]
    assert broken(case, plan) == set()


def test_at_half_past_midnight_a_coach_stands_still_before_morning(case: Case) -> None:
    plan = moved_to(case.plan, "0223-1", TUESDAY, time(0, 30), case.roster, case.rules, case.law)
    kinds = [(rest.kind, f"{rest.time:%H:%M}", rest.minutes) for rest in batch(plan, "0223-1").rests]
    assert kinds == [("standstill", "02:00", 180), ("rest", "09:00", 20)]
    assert broken(case, plan) == set()


def test_outside_the_window_is_the_audit_s_finding_and_flexed(case: Case) -> None:
    late = moved_to(case.plan, "0223-1", date(2021, 2, 25), time(8), case.roster, case.rules, case.law)
    assert "outside_window" in broken(case, late)
    assert late.riders.loc[[6, 7], "flexed"].all()


def test_without_its_riders_a_batch_can_go(case: Case) -> None:
    plan = without_batches(taken_off(case.plan, [7, 8], *WHY), {"0223-1"})
    assert broken(case, plan) == set()
    assert [one.id for one in plan.batches] == ["0222-1"]


def test_the_plan_given_stays_as_it_is(case: Case) -> None:
    before = case.plan.riders.copy()
    in_vehicle(
        case.plan,
        "0222-1",
        pool_named("39座", case.plan.batches[0], case.plan, case.roster),
        case.roster,
        case.rules,
        case.law,
    )
    taken_off(case.plan, [1], *WHY)
    assert case.plan.riders.equals(before)
    assert replace(case.plan) == case.plan


def test_a_vehicle_is_known_by_brackets_of_either_width(case: Case) -> None:
    pools = tuple(replace(pool, vehicle="49座大巴(昭交)") for pool in case.roster.pools[:1])
    told = replace(case.roster, pools=pools)
    for typed in ("49座大巴（昭交）", "49座大巴(昭交)", "49座大巴 (昭交)"):
        assert pool_named(typed, case.plan.batches[0], case.plan, told) == pools[0]
