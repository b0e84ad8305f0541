"""A train of the last plan with its feeders and shuttles in the next one: all of it is kept, or none."""

from dataclasses import replace

import pandas as pd
import pytest

from returnplan.carryover import joined, kept_part, succeeding, with_kept_rows
from returnplan.edits.room import heads_of
from returnplan.model.plan import Plan
from tests.specimens.journeys import DAY, TRAIN, its_roster, with_a_train

FEEDER, TO_FOSHAN, TO_DONGGUAN = "0223-001", "0223-004", "0223-005"
ROSTER = its_roster()


def published(plan: Plan, batch: str) -> Plan:
    return replace(
        plan,
        batches=tuple(replace(one, state="published") if one.id == batch else one for one in plan.batches),
    )


def nobody(plan: Plan) -> Plan:
    return replace(plan, batches=(), riders=plan.riders.iloc[:0])


@pytest.mark.parametrize("batch", [FEEDER, TRAIN, TO_DONGGUAN])
def test_all_batches_of_a_journey_are_kept_with_one_of_them(batch: str) -> None:
    kept = kept_part(published(with_a_train(), batch), pinned={}, gone=set())
    assert len(kept.batches) == 5
    assert len(kept.riders) == len(with_a_train().riders)


def test_a_train_with_tickets_is_kept_though_nobody_was_told() -> None:
    """The railway has given one seat: the train is bought."""
    plan = with_a_train()
    assert kept_part(plan, pinned={}, gone=set()).batches == ()
    first = plan.riders.index[plan.riders["batch"] == TRAIN][0]
    seats = plan.riders["order_no"].where(plan.riders.index != first, "E123456789")
    kept = kept_part(replace(plan, riders=plan.riders.assign(order_no=seats)), pinned={}, gone=set())
    assert len(kept.batches) == 5
    assert kept.riders["order_no"].tolist().count("E123456789") == 1


def test_a_person_on_a_feeder_by_hand_keeps_the_train() -> None:
    kept = kept_part(with_a_train(), pinned={1: FEEDER}, gone=set())
    assert len(kept.batches) == 5


def test_who_is_gone_leaves_all_rides_and_an_empty_shuttle_does_not_run() -> None:
    kept = kept_part(published(with_a_train(), TRAIN), pinned={}, gone={4, 5, 9})
    assert [batch.id for batch in kept.batches] == [FEEDER, "0223-002", TRAIN, TO_DONGGUAN]
    assert not kept.riders["person"].isin([4, 5, 9]).any()


def test_kept_people_leave_home_once_and_arrive_once() -> None:
    plan = with_a_train()
    heads = heads_of(plan.batches, plan.riders, ROSTER)
    assert sum(num for (rule, _, _), num in heads.items() if rule == "max_departures") == 10
    assert heads["max_arrivals", "东莞市", DAY] == 6


def test_kept_rows_and_the_joined_plan_have_each_person_once_and_each_ride() -> None:
    plan = published(with_a_train(), TRAIN)
    person = pd.Series(range(1, 11), index=ROSTER.people.index)
    rows = with_kept_rows(ROSTER, kept_part(plan, pinned={}, gone=set()), ROSTER, person, 1.3)
    assert sorted(rows.roster.people["signup"]) == sorted(ROSTER.people["signup"])
    both = joined(nobody(plan), rows.kept, ROSTER)
    assert len(both.riders) == len(plan.riders)
    assert set(both.riders["journey"]) == {TRAIN}


def test_a_train_planned_again_keeps_ids_journeys_and_blocks() -> None:
    old = with_a_train()
    new_ids = {batch.id: f"0223-1{batch.id[-2:]}" for batch in old.batches}
    fresh = replace(
        old,
        batches=tuple(
            replace(one, id=new_ids[one.id], number=one.number + 100, block=new_ids.get(one.block, ""))
            for one in old.batches
        ),
        riders=old.riders.assign(**{name: old.riders[name].map(new_ids) for name in ("batch", "journey")}),
    )
    again = succeeding(fresh, old, frozenset())
    assert again.batches == old.batches
    assert set(again.riders["journey"]) == {TRAIN}
