"""A batch of a plan finds the pool that its vehicle is from."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from returnplan.audit.tables import pool_lines
from returnplan.model.pools import pool_of
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


def test_of_two_lines_at_two_prices_that_at_which_it_was_planned_is_it() -> None:
    """A feeder may be of the vehicles for any ride, or of those that make short rides alone."""
    any_ride, short = replace(OWN, fixed_yuan=2600.0), replace(OWN, fixed_yuan=800.0, use="transfer")
    for pool_of_feeder, other in ((short, any_ride), (any_ride, short)):
        yuan = pool_of_feeder.fixed_yuan + pool_of_feeder.per_km_yuan * BATCH.km
        feeder = replace(BATCH, kind="feeder", contract_yuan=yuan)
        assert pool_of(feeder, [pool_of_feeder, other]) == 0
        assert pool_of(feeder, [other, pool_of_feeder]) == 1


def test_the_audit_tells_lines_of_one_type_apart_in_the_same_order() -> None:
    """Each of these is as good as the batch's own line in all but one point, which outweighs those behind it."""
    worse = (
        replace(OWN, carrier="另一家"),
        replace(OWN, last_date=SUNDAY),
        replace(OWN, seats=47),
        replace(OWN, use="transfer"),
        replace(OWN, fixed_yuan=OWN.fixed_yuan + 1.0),
    )
    yuan = OWN.fixed_yuan + OWN.per_km_yuan * BATCH.km
    batch = replace(BATCH, carrier=OWN.carrier, contract_yuan=yuan)
    for pools in permutations(worse, 3):
        line = pool_of(batch, pools, any_seats=True)
        assert pools[line or 0] == max(pools, key=worse.index)
        assert pool_lines((batch,), pools) == [line]
