"""A vehicle that does not come: which seats its riders get."""

from dataclasses import replace

import pandas as pd
import pytest

from returnplan.audit import audit
from returnplan.edits import in_vehicle
from returnplan.edits.breakdown import rescued
from returnplan.edits.broken_vehicles import with_broken
from returnplan.edits.totals import retotalled
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.records import Side
from returnplan.problem.fleet import vehicles_out
from tests.specimens.journeys import its_case
from tests.specimens.rosters import pool
from tests.specimens.two_batches import LIUZHOU, MONDAY, Case, two_batches

DONGGUAN = "0222-1"


def with_pools(case: Case, *pools: object) -> Case:
    return case.with_roster(pools=pools)


def test_a_spare_of_another_type_comes_where_the_own_type_has_no_other() -> None:
    case = two_batches()
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    batch = after.batches[0]
    assert (batch.id, batch.vehicle, batch.date) == (DONGGUAN, "39座", MONDAY)
    assert batch.stops == case.plan.batches[0].stops
    assert set(after.riders["person"]) == set(case.plan.riders["person"])


def test_a_vehicle_that_is_still_away_is_no_spare() -> None:
    """Away for two days: the one that leaves on Tuesday for Foshan would not be back if it left on Monday, too."""
    case = two_batches()
    other = replace(case.plan.batches[1], vehicle="49座", base=LIUZHOU, seats=49)
    case = case.with_plan(batches=(case.plan.batches[0], other))
    first, second = case.roster.pools
    case = with_pools(case, replace(first, per_day=1), replace(second, per_day=0))
    broken = replace(case.plan.batches[0], vehicle="39座", base="", seats=39)
    case = case.with_plan(batches=(broken, other))
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    assert DONGGUAN not in {batch.id for batch in after.batches}
    case = with_pools(case, replace(first, per_day=2), replace(second, per_day=0))
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    assert after.batches[0].vehicle == "49座"


def test_a_vehicle_that_did_not_come_is_no_spare_for_the_next_one() -> None:
    """Three of the type: two leave, the third takes the place of the first, which is out: none is left."""
    case = two_batches()
    first, second = case.plan.batches
    monday = replace(second, vehicle="49座", base=LIUZHOU, seats=49, usable=49, date=MONDAY)
    case = with_pools(case.with_plan(batches=(first, monday)), replace(case.roster.pools[0], per_day=3))
    once = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    assert once.batches[0].vehicle == "49座"
    for roster, spare in ((case.roster, ["49座"]), (with_broken(case.roster, first), [])):
        again = rescued(once, second.id, roster, case.rules, case.law)
        assert [one.vehicle for one in again.batches if one.id == second.id] == spare


def test_without_any_vehicle_nobody_rides_and_nobody_else_is_touched() -> None:
    case = two_batches()
    case = with_pools(case, case.roster.pools[0], replace(case.roster.pools[1], per_day=0))
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    assert DONGGUAN not in {batch.id for batch in after.batches}
    assert set(after.riders["batch"]) == {case.plan.batches[1].id}
    assert set(after.unplanned["code"]) >= {"seat_lost"}


def test_a_vehicle_of_the_next_day_takes_those_who_are_left() -> None:
    case = two_batches()
    tomorrow = replace(pool("29座", 29, base=LIUZHOU), first_date=MONDAY.replace(day=23))
    case = with_pools(case, case.roster.pools[0], replace(case.roster.pools[1], per_day=1), tomorrow)
    case = case.with_roster(people=case.roster.people.assign(reception=None))
    full = replace(case.roster.pools[1], last_date=MONDAY.replace(day=21))
    case = with_pools(case, case.roster.pools[0], full, tomorrow)
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    batch = next(one for one in after.batches if one.id == DONGGUAN)
    assert (batch.date.day, batch.vehicle) == (23, "29座")
    assert batch.load == case.plan.batches[0].load


def test_of_lines_that_look_alike_the_one_counts_from_which_the_plan_takes_its_vehicles() -> None:
    """Else the batch would count on the first line, which has no vehicle left."""
    case = two_batches()
    first, _ = case.roster.pools
    case = with_pools(case, first, replace(first, fixed_yuan=100.0))
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    assert DONGGUAN not in {batch.id for batch in after.batches if batch.date == MONDAY}


def test_no_spare_is_taken_that_the_budget_does_not_pay() -> None:
    case = two_batches()
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    yuan = sum(batch.cost_yuan for batch in after.batches)
    for budget, runs in ((yuan, True), (yuan - 1, False)):
        poor = case.rules.model_copy(update={"budget": budget})
        after = rescued(case.plan, DONGGUAN, case.roster, poor, case.law)
        assert (DONGGUAN in {batch.id for batch in after.batches}) == runs


@pytest.mark.parametrize("is_tomorrow", [True, False])
def test_no_vehicle_comes_that_is_too_dear_for_those_who_fit(is_tomorrow: bool) -> None:
    """One of six cannot leave the day after; in the smaller vehicle of the same day there is no room for all."""
    case = two_batches()
    spare, full = pool("6座", 6, base=LIUZHOU), replace(case.roster.pools[1], per_day=0)
    if is_tomorrow:
        spare = replace(spare, seats=29, first_date=MONDAY.replace(day=23))
        full = replace(case.roster.pools[1], last_date=MONDAY.replace(day=21))
        case = case.with_person(0, latest=pd.Timestamp(MONDAY))
        case = case.with_roster(people=case.roster.people.assign(reception=None))
    case = with_pools(case, case.roster.pools[0], full, spare)
    lenient = case.rules.model_copy(update={"min_load": 1, "load_factor": 1.0, "reserved_seats": 0})
    after = rescued(case.plan, DONGGUAN, case.roster, lenient, case.law)
    batch = next(one for one in after.batches if one.id == DONGGUAN)
    assert batch.load < case.plan.batches[0].load
    for most_yuan, runs in ((batch.cost_yuan / batch.load, True), (batch.cost_yuan / batch.load - 1, False)):
        rules = lenient.model_copy(update={"max_cost_per_head": most_yuan})
        after = rescued(case.plan, DONGGUAN, case.roster, rules, case.law)
        assert (DONGGUAN in {one.id for one in after.batches}) == runs


JOURNEY = its_case()


def after_breakdown(batch: str, *, num_coaches: int) -> Plan:
    """Return the plan with a train after the vehicle of a batch did not come, with so many coaches a day."""
    pools = tuple(replace(one, per_day=num_coaches) for one in JOURNEY.roster.pools)
    people = replace(JOURNEY.roster, pools=pools)
    plan = retotalled(rescued(JOURNEY.plan, batch, people, JOURNEY.rules, Law()), people, 0.0)
    errors = [found for found in audit(plan, people, JOURNEY.rules, Law()) if found.severity == "error"]
    assert {found.code for found in errors} <= {"below_min_load"}
    return plan


@pytest.mark.parametrize("batch", ["0223-001", "0223-002", "0223-004", "0223-005"])
def test_a_spare_coach_takes_the_place_of_a_feeder_or_shuttle_and_everybody_rides(batch: str) -> None:
    plan = after_breakdown(batch, num_coaches=4)
    columns = ["person", "batch", "seat", "journey", "leg"]
    assert plan.riders[columns].equals(JOURNEY.plan.riders[columns])
    assert next(one for one in plan.batches if one.id == batch).block == ""


@pytest.mark.parametrize("batch", ["0223-001", "0223-002", "0223-004", "0223-005"])
def test_without_a_spare_nobody_keeps_half_a_journey(batch: str) -> None:
    plan = after_breakdown(batch, num_coaches=3)
    riders = JOURNEY.plan.riders
    stranded = set(riders.loc[riders["batch"] == batch, "person"])
    assert set(plan.unplanned["person"]) == stranded
    assert set(plan.riders["person"]) == set(riders["person"]) - stranded
    assert batch not in {one.id for one in plan.batches}


@pytest.mark.parametrize("batch", ["0223-004", "0223-005"])
def test_a_run_that_gets_another_vehicle_is_no_run_of_the_old_one_any_more(batch: str) -> None:
    """Else the next plan would take the new vehicle for free, and send it out a second time."""
    other = replace(JOURNEY.roster.pools[0], vehicle="小接驳", per_day=1)
    roster = replace(JOURNEY.roster, pools=(*JOURNEY.roster.pools, other))
    plan = in_vehicle(JOURNEY.plan, batch, other, roster, JOURNEY.rules, Law())
    assert {one.block for one in plan.batches} == {""}
    assert {
        found.code for found in audit(retotalled(plan, roster, 0.0), roster, JOURNEY.rules, Law())
    } == set()
    lines = [line for line, _, _ in vehicles_out(plan.batches, roster.pools)]
    assert sorted(lines) == [0, 0, 0, 1]


def test_of_two_runs_of_one_coach_the_other_stays_with_a_coach_of_its_own() -> None:
    plan = after_breakdown("0223-004", num_coaches=4)
    assert {one.id: one.block for one in plan.batches if one.kind == "shuttle"} == {
        "0223-004": "",
        "0223-005": "",
    }


@pytest.mark.parametrize(
    ("batch", "base", "side", "comes"),
    [
        ("0223-004", "柳州市", "origin", False),  # where its riders board the feeder, 500 km from the shuttle
        ("0223-004", "佛山市", "destination", True),
        ("0223-001", "东莞市", "destination", False),  # where its riders work, 500 km from the feeder
        ("0223-001", "柳州市", "origin", True),
    ],
)
def test_the_spare_for_a_feeder_or_shuttle_is_of_its_end_of_the_journey(
    batch: str, base: str, side: Side, comes: bool
) -> None:
    own = JOURNEY.roster
    pools = tuple(replace(one, per_day=3) for one in own.pools)
    other = pool("中巴", 38, base=base, side=side, use="transfer", min_load=1)
    people = own.people
    if side == "destination" and not comes:
        people = people.assign(city=base)
    told = replace(own, pools=(*pools, other), people=people)
    plan = rescued(JOURNEY.plan, batch, told, JOURNEY.rules, Law())
    assert ([one.vehicle for one in plan.batches if one.id == batch] == ["中巴"]) == comes


@pytest.mark.parametrize(("least", "comes"), [(1, False), (60, True)])
def test_a_spare_that_is_as_empty_as_the_vehicle_was_is_offered(least: int, comes: bool) -> None:
    """The feeder has fewer riders than the spare should have; it has so of its own vehicle or not."""
    own = JOURNEY.roster
    spare = pool("中巴", 38, use="transfer", min_load=60)
    pools = (*(replace(one, per_day=3, min_load=least) for one in own.pools), spare)
    plan = rescued(JOURNEY.plan, "0223-001", replace(own, pools=pools), JOURNEY.rules, Law())
    assert ([one.vehicle for one in plan.batches if one.id == "0223-001"] == ["中巴"]) == comes


def test_a_coach_of_the_same_name_for_direct_rides_does_not_hide_the_spare_for_a_feeder() -> None:
    own = JOURNEY.roster
    direct, transfer = (pool("中巴", 38, use=use, min_load=1) for use in ("direct", "transfer"))
    pools = (*(replace(one, per_day=3) for one in own.pools), direct, replace(transfer, fixed_yuan=600.0))
    plan = rescued(JOURNEY.plan, "0223-001", replace(own, pools=pools), JOURNEY.rules, Law())
    assert [one.vehicle for one in plan.batches if one.id == "0223-001"] == ["中巴"]


def test_no_coach_for_feeders_alone_replaces_a_direct_one() -> None:
    """The only other coach is for feeders and shuttles."""
    direct = two_batches()
    people = replace(
        direct.roster,
        pools=(*(replace(one, per_day=0) for one in direct.roster.pools), pool("接驳车", 60, use="transfer")),
    )
    batch = direct.plan.batches[0].id
    plan = rescued(direct.plan, batch, people, direct.rules, Law())
    assert "接驳车" not in {one.vehicle for one in plan.batches}
