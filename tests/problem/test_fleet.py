"""A batch of a plan finds the pool that its vehicle is from."""

from dataclasses import replace
from datetime import date, timedelta

from returnplan.problem.fleet import pool_of
from tests.specimens.rosters import pool
from tests.specimens.two_batches import LIUZHOU, MONDAY, two_batches

BATCH = two_batches().plan.batches[0]
OWN = pool("49座", 49, base=LIUZHOU)
SUNDAY = date(2021, 2, 21)


def test_type_base_and_seats_are_the_same() -> None:
    others = [pool("39座", 39, base=LIUZHOU), pool("49座", 49), pool("49座", 47, base=LIUZHOU)]
    assert pool_of(BATCH, [*others, OWN]) == 3
    assert pool_of(BATCH, others) is None


def test_of_two_lines_that_which_is_open_on_the_date_is_it() -> None:
    until = replace(OWN, last_date=SUNDAY)
    since = replace(OWN, first_date=MONDAY)
    assert pool_of(BATCH, [until, since]) == 1
    assert pool_of(BATCH, [since, until]) == 0
    assert pool_of(BATCH, [until, replace(OWN, first_date=MONDAY + timedelta(days=1))]) == 0


def test_other_seats_will_do_where_they_may_have_been_corrected() -> None:
    corrected = [pool("49座", 47, base=LIUZHOU)]
    assert pool_of(BATCH, corrected, any_seats=True) == 0
    assert pool_of(BATCH, [*corrected, OWN], any_seats=True) == 1


def test_of_two_lines_that_which_is_there_for_such_rides_is_it() -> None:
    whole_way, short = replace(OWN, use="direct"), replace(OWN, use="transfer")
    assert [pool_of(BATCH, pools) for pools in ([whole_way, short], [short, whole_way])] == [0, 1]
    feeder = replace(BATCH, kind="feeder")
    assert [pool_of(feeder, pools) for pools in ([whole_way, short], [short, whole_way])] == [1, 0]
