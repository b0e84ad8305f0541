"""What kept batches use is not there for others: their vehicles on the days they are away, and their money."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from returnplan.carryover import less_kept
from returnplan.model.plan import Batch
from returnplan.model.roster import VehiclePool
from returnplan.model.rules import Rules
from returnplan.problem import build_problem
from tests.assembly.campaigns import campaign, worker
from tests.specimens.rosters import FIRST_DAY, pool
from tests.specimens.two_batches import two_batches

NUM_DAYS = 4


def free(pools: list[VehiclePool], **batch: Any) -> list[list[int]]:
    """Return the vehicles of each pool on each day when a batch is kept that leaves on the second one."""
    latest = FIRST_DAY + timedelta(days=NUM_DAYS - 1)
    problem, _ = build_problem(campaign([worker(latest=latest)], pools=pools), Rules())
    kept = less_kept(problem, [kept_batch(**batch)], pools)
    return [line.tolist() for line in kept.pools.available]


def kept_batch(**more: Any) -> Batch:
    coach: dict[str, Any] = {
        "date": FIRST_DAY + timedelta(days=1),
        "vehicle": "49座",
        "seats": 49,
        "base": "",
        "cost_yuan": 4_000.0,
    }
    return replace(two_batches().plan.batches[0], **(coach | more))


def test_a_vehicle_is_missing_on_every_day_on_which_another_would_need_it() -> None:
    """Away for two days, it cannot leave the day after, and no other the day before if both were needed."""
    assert free([pool(per_day=2)]) == [[2, 1, 2, 2]]
    assert free([pool(per_day=2, turnaround_days=2)]) == [[1, 1, 1, 2]]


def test_what_is_unlimited_stays_so() -> None:
    unlimited = free([pool()], vehicle="39座")
    assert free([pool()]) == unlimited


def test_of_two_pools_of_one_type_that_with_the_seats_is_taken() -> None:
    assert free([pool(seats=45, per_day=1), pool(per_day=1)]) == [[1, 1, 1, 1], [1, 0, 1, 1]]


def test_of_two_lines_of_one_vehicle_that_of_the_date_is_taken() -> None:
    """The fleet sheet has one line until the first day, and one from the second day on."""
    until, since = (
        pool(per_day=1, last_date=FIRST_DAY),
        pool(per_day=2, first_date=FIRST_DAY + timedelta(days=1)),
    )
    assert free([until, since]) == [[1, 0, 0, 0], [0, 1, 2, 2]]


def test_a_vehicle_whose_seats_were_corrected_since_is_still_missing() -> None:
    assert free([pool(seats=47, per_day=1)]) == [[1, 0, 1, 1]]


@pytest.mark.parametrize(("budget", "left"), [(10_000.0, 6_000.0), (3_000.0, 0.0)])
def test_the_money_is_spent(budget: float, left: float) -> None:
    problem, _ = build_problem(campaign([worker()]), Rules(budget=budget))
    assert less_kept(problem, [kept_batch()], [pool()]).limits.budget_yuan == left
