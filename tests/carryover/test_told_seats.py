"""Whoever was told the number of a seat keeps it; the others take what is left."""

from collections.abc import Mapping

import pandas as pd

from returnplan.carryover.told_seats import with_told_seats
from returnplan.model.plan import Batch
from tests.specimens.two_batches import two_batches

FIRST = "0222-1"


def seats(
    told: Mapping[int, tuple[str, int]], batch: Batch | None = None, **kept: bool
) -> dict[int, list[int]]:
    """Return the seats on the first batch (six people and a child, seats 1 to 7) by person number."""
    plan = two_batches().plan
    batches = [batch] if batch else list(plan.batches)
    riders = with_told_seats(plan.riders, batches, told, {FIRST} if kept else set())
    own = riders[riders["batch"] == FIRST]
    columns = own[["person", "seat", "child_seats"]].itertuples(index=False, name=None)
    return {person: [seat, *children] for person, seat, children in columns}


BEFORE = seats({})


def test_without_calls_seats_are_as_they_were_counted() -> None:
    plan = two_batches().plan
    pd.testing.assert_frame_equal(with_told_seats(plan.riders, plan.batches, {}, set()), plan.riders)


def test_who_was_told_has_the_seat_and_nobody_sits_twice() -> None:
    person = next(iter(BEFORE))
    now = seats({person: (FIRST, 20)})
    assert now[person] == [20]
    taken = [seat for own in now.values() for seat in own]
    assert len(taken) == len(set(taken)) == sum(map(len, BEFORE.values()))


def test_a_child_sits_beside() -> None:
    (parent,) = (person for person, own in BEFORE.items() if len(own) == 2)
    assert seats({parent: (FIRST, 30)})[parent] == [30, 31]


def test_a_seat_that_the_vehicle_has_not_is_lost() -> None:
    person, small = next(iter(BEFORE)), two_batches().plan.batches[0]
    now = seats({person: (FIRST, small.seats + 1)})
    assert max(seat for own in now.values() for seat in own) <= small.seats
    assert now.keys() == BEFORE.keys()


def test_of_two_who_were_told_one_seat_the_first_has_it() -> None:
    one, other, *_ = sorted(BEFORE)
    now = seats(dict.fromkeys((one, other), (FIRST, 25)))
    assert now[one] == [25]
    assert now[other] != [25]


def test_the_seat_of_another_batch_is_none_here() -> None:
    assert seats({next(iter(BEFORE)): ("0223-9", 25)}) == BEFORE


def test_a_published_batch_stays_as_it_is() -> None:
    assert seats({next(iter(BEFORE)): (FIRST, 25)}, kept=True) == BEFORE
