"""Free seats of a published train."""

from returnplan.carryover.train_seats import closed_list
from tests.specimens.journeys import TRAIN, with_a_train


def test_a_closed_list_says_who_could_join_by_their_numbers() -> None:
    (train,) = (batch for batch in with_a_train().batches if batch.id == TRAIN)
    few, many = closed_list(train, [247]), closed_list(train, range(1, 60))
    assert "(编号 247)" in few.zh
    assert "(numbers 247)" in few.en
    assert "59 人" in many.zh
    assert "20 等)" in many.zh
