"""A train that the railway has cut under its people."""

from dataclasses import replace

import pandas as pd
import pytest

from returnplan.edits import retotalled, seated_anew, taken_off, with_railway_seats
from returnplan.edits.railway_seats import seats_cut
from returnplan.model.errors import UsageError
from returnplan.model.texts import NO_TEXT
from tests.specimens.journeys import SERVICE, TRAIN, its_case
from tests.specimens.two_batches import Case


def cut(seats: int) -> Case:
    return its_case().with_roster(rail=(replace(SERVICE, capacity=seats, min_load=1),))


def test_a_train_with_seats_for_all_is_not_cut() -> None:
    case = cut(11)
    assert seats_cut(case.plan, case.roster) == {}
    assert seats_cut(case.plan, replace(case.roster, people=pd.DataFrame())) == {}  # nobody is looked up


def test_who_comes_last_by_class_has_no_seat_and_parties_stay_together() -> None:
    case = cut(8)
    ranks = [0] * 10
    ranks[3] = ranks[4] = ranks[8] = 5  # the party of 4 and 5, and number 9
    case = case.with_roster(people=case.roster.people.assign(rank=ranks))
    found = seats_cut(case.plan, case.roster)
    assert found == {TRAIN: {"needed": 11, "seats": 8, "over": [4, 5, 9]}}
    assert retotalled(case.plan, case.roster, 0.0).summary["seats_cut"] == found


def test_a_station_with_fewer_seats_is_cut_first() -> None:
    calls = (replace(SERVICE.calls[0], quota=4), *SERVICE.calls[1:])
    case = its_case().with_roster(rail=(replace(SERVICE, calls=calls),))
    (found,) = seats_cut(case.plan, case.roster).values()
    assert len(found["over"]) == 2
    assert set(found["over"]) <= {1, 2, 3, 4, 5, 9}  # who board there


def test_the_train_has_the_seats_of_the_sheet_and_everybody_left_a_line_of_the_list() -> None:
    case = cut(8)
    plan, over = with_railway_seats(case.plan, TRAIN, case.roster)
    plan = seated_anew(taken_off(plan, over, "seat_lost", NO_TEXT, NO_TEXT), TRAIN)
    (train,) = (batch for batch in plan.batches if batch.id == TRAIN)
    assert (train.seats, train.usable) == (8, 8)
    assert plan.riders.loc[plan.riders["batch"] == TRAIN, "seat"].max() <= 8
    assert not set(over) & set(plan.riders["person"])  # feeders and shuttles are left, too


def test_a_train_that_the_sheet_has_no_more_cannot_be_cut() -> None:
    case = its_case().with_roster(rail=())
    with pytest.raises(UsageError, match="--cancel"):
        with_railway_seats(case.plan, TRAIN, case.roster)
