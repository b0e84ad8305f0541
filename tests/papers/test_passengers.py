"""Leader and deputy are passengers whom one may ask."""

from dataclasses import replace
from datetime import date

from returnplan.papers.passengers import at_stations, choose_leaders, contact_of, num_heads, say_pickup
from tests.specimens.coach import DAY, id_number, make_batch, make_rider, make_riders


def test_leader_is_grown_up_reachable_and_free_of_care() -> None:
    able = make_rider(9)
    young = make_rider(0, id_number=id_number("450803", date(2000, 1, 1), 1))
    old = make_rider(1, id_number=id_number("450803", date(1960, 1, 1), 1))
    unreachable = make_rider(2, phone="")
    in_care = make_rider(3, note="晕车")
    parent = make_rider(4, child_seats=(40,))
    assert choose_leaders([young, old, unreachable, in_care, parent, able], DAY) == [able]


def test_birthday_counts_to_the_day() -> None:
    born = id_number("450803", date(1996, 2, 24), 1)
    assert choose_leaders([make_rider(0, id_number=born)], date(2021, 2, 23)) == []
    assert choose_leaders([make_rider(0, id_number=born)], date(2021, 2, 24))


def test_deputy_is_of_another_party() -> None:
    couple = [make_rider(8, party="7", dropoff_seq=5), make_rider(9, party="7", dropoff_seq=5)]
    stranger = make_rider(30, note="")
    assert choose_leaders([*couple, stranger], DAY) == [couple[0], stranger]


def test_whoever_rides_the_whole_way_comes_first() -> None:
    short = make_rider(8, dropoff_seq=3)
    whole = make_rider(12, dropoff_seq=5)
    assert choose_leaders([short, whole], DAY)[0] == whole


def test_whom_people_were_told_to_phone_stays_leader_while_on_board() -> None:
    first, told, third = make_rider(8), make_rider(9), make_rider(12)
    assert choose_leaders([first, told, third], DAY, contact_of(told)) == [told, first]
    assert choose_leaders([first, third], DAY, contact_of(told)) == [first, third]


def test_order_of_rows_does_not_matter() -> None:
    riders = make_riders(20)
    assert choose_leaders(riders, DAY) == choose_leaders(riders[::-1], DAY)


def test_children_are_heads() -> None:
    assert num_heads([replace(make_rider(0), child_seats=(7, 8)), make_rider(1)]) == 4


def test_a_county_alone_is_its_bus_station_on_paper() -> None:
    """A driver cannot stop at a county; who named a place boards there."""
    bare = [make_rider(0, pickup="港南区"), make_rider(30)]
    batch = make_batch(bare)
    batch = replace(batch, stops=(replace(batch.stops[0], place="港南区"), *batch.stops[1:]))
    first, second, *rest = at_stations(batch, bare, "zh").stops
    assert first.place == say_pickup(bare[0], "zh") == "港南区汽车站"
    assert say_pickup(bare[0], "en") == "港南区 bus station"
    assert say_pickup(bare[1], "zh") == bare[1].pickup
    assert (second, *rest) == batch.stops[1:]
