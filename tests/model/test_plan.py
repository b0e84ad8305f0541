"""What a plan says of its batches."""

from dataclasses import replace

from tests.specimens.coach import make_batch, make_riders


def test_of_a_group_ticket_the_seats_of_its_riders_are_paid_for() -> None:
    coach = replace(make_batch(make_riders(22)), usable=80, load=22)
    train = replace(coach, mode="train", product="group")
    assert [batch.paid_seats for batch in (coach, train, replace(train, product="carriage"))] == [80, 22, 80]
