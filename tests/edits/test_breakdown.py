"""A vehicle that does not come: which seats its riders get."""

from dataclasses import replace

from returnplan.edits.breakdown import rescued
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
