"""Given roads, shortest paths, great circles, closings."""

import os
import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.model.roster import NO_ROAD_KM
from returnplan.places.distance import FAR_ROUND, Floats, Road, great_circle_km, road_networks

DAY = date(2021, 2, 18)
LAT = np.array([25.07, 24.33, 23.02, 22.54])
LON = np.array([109.26, 109.43, 113.75, 114.06])


def networks(*roads: Road, num_days: int = 3) -> tuple[Floats, dict[date, int]]:
    found = road_networks(LAT, LON, roads, 1.3, DAY, num_days, 80.0)
    return found.km, found.network_of


def drive_minutes(*roads: Road) -> Floats:
    minutes = road_networks(LAT, LON, roads, 1.3, DAY, 3, 80.0).drive_minutes
    assert minutes is not None
    return minutes


def test_liuzhou_to_dongguan_by_great_circle() -> None:
    """Against the spherical law of cosines at the same radius."""
    phi, psi, lam = np.radians([24.33, 23.02, 113.75 - 109.43])
    cosine = np.sin(phi) * np.sin(psi) + np.cos(phi) * np.cos(psi) * np.cos(lam)
    expected = 6371.0088 * np.arccos(cosine)
    assert great_circle_km(LAT, LON)[1, 2] == pytest.approx(expected, rel=1e-9)


def test_km_are_the_same_to_the_last_digit_on_every_processor() -> None:
    """Numpy has other loops for processors with AVX-512 (``X86_V4``), and a plan hangs on the last digit."""
    script = (
        "import numpy as np\nfrom returnplan.places.distance import great_circle_km\n"
        "lat, lon = np.random.default_rng(1).uniform(21, 26, (2, 200))\n"
        "print(great_circle_km(lat, lon).tobytes().hex())"
    )
    one, other = (
        subprocess.run([sys.executable, "-c", script], env=os.environ | env, capture_output=True, check=True)
        for env in ({}, {"NPY_DISABLE_CPU_FEATURES": "X86_V4"})
    )
    assert one.stdout == other.stdout


def test_a_missing_pair_is_great_circle_times_circuity() -> None:
    km, network_of = networks()
    assert km.shape == (1, 4, 4)
    assert km[0] == pytest.approx(1.3 * great_circle_km(LAT, LON))
    assert network_of == {}


def test_given_km_stay_even_where_a_detour_is_shorter() -> None:
    km, _ = networks(Road(0, 2, 900.0), Road(0, 1, 100.0), Road(1, 2, 500.0))
    assert km[0, 0, 2] == 900.0
    assert km[0, 2, 0] == 900.0


def test_the_reverse_holds_unless_it_is_given() -> None:
    km, _ = networks(Road(0, 1, 100.0), Road(2, 3, 60.0), Road(3, 2, 75.0))
    assert km[0, 1, 0] == 100.0
    assert (km[0, 2, 3], km[0, 3, 2]) == (60.0, 75.0)


def test_given_roads_close_missing_pairs_also_through_junctions() -> None:
    junction = 4
    km, _ = networks(Road(0, junction, 90.0), Road(junction, 1, 20.0), Road(1, 2, 500.0))
    assert km[0, 0, 1] == 110.0
    assert km[0, 2, 0] == 610.0
    assert km[0, 2, 3] == pytest.approx(1.3 * great_circle_km(LAT, LON)[2, 3])


def test_roads_that_lead_far_round_are_not_all_that_there_are() -> None:
    """Two towns 109 km apart, and a road from each to a city: nobody drives by the city from one town to the other."""
    to_city = Road(0, 2, 600.0), Road(1, 2, 580.0, 400.0)
    found = road_networks(LAT, LON, to_city, 1.3, DAY, 1, 80.0)
    assert found.km[0, 0, 1] == pytest.approx(1.3 * great_circle_km(LAT, LON)[0, 1])
    assert found.far_round.tolist() == [[0, 1]]
    assert found.drive_minutes is not None
    assert np.isnan(found.drive_minutes[0, 0, 1])
    near = road_networks(LAT, LON, (*to_city, Road(0, 1, 300.0)), 1.3, DAY, 1, 80.0)
    assert (near.km[0, 0, 1], len(near.far_round)) == (300.0, 0)


def test_a_closed_road_makes_a_network_of_its_days() -> None:
    shut = DAY + timedelta(days=1)
    km, network_of = networks(
        Road(0, 1, 100.0, closed=True, closed_from=shut, closed_to=shut), Road(0, 3, 70.0), Road(3, 1, 80.0)
    )
    assert network_of == {shut: 1}
    assert km[:, 0, 1].tolist() == [100.0, 150.0]
    assert km[:, 1, 0].tolist() == [100.0, 150.0]


@pytest.mark.parametrize(("goal", "km"), [(0, 0.0), (1, 100.0)])
def test_two_closings_of_a_place_or_a_road_both_count(goal: int, km: float) -> None:
    first, last = DAY, DAY + timedelta(days=2)
    rows = [Road(0, goal, km, closed=True, closed_from=day, closed_to=day) for day in (first, last)]
    found = road_networks(LAT, LON, (Road(0, 1, 100.0), *rows), 1.3, DAY, 7, 80.0)
    assert sorted(found.network_of) == [first, last]


def test_an_open_road_behind_a_closed_one_of_the_same_ends_opens_it() -> None:
    closed = Road(0, 1, 100.0, closed=True, closed_from=DAY, closed_to=DAY)
    assert road_networks(LAT, LON, (closed, Road(0, 1, 150.0)), 1.3, DAY, 4, 80.0).network_of == {}


def test_closing_the_only_road_leaves_none() -> None:
    km, _ = networks(Road(0, 1, 300.0, closed=True, closed_from=DAY, closed_to=DAY))
    assert km[:, 0, 1].tolist() == [300.0, NO_ROAD_KM]


def test_who_was_reached_by_a_closed_road_alone_is_not_reached_by_an_estimate() -> None:
    km, _ = networks(Road(3, 0, 650.0), Road(0, 1, 110.0, closed=True, closed_from=DAY, closed_to=DAY))
    assert km[:, 3, 1].tolist() == [760.0, NO_ROAD_KM]
    assert km[1, 0, 3] == 650.0
    assert km[1, 0, 2] == km[0, 0, 2] < 1000  # of no road of the sheet


def test_a_road_shut_all_the_time_is_open_on_no_day() -> None:
    km, network_of = networks(Road(0, 1, 5.0, closed=True))
    assert network_of == {}
    assert km[:, 0, 1].tolist() == [NO_ROAD_KM, 5.0]


def test_minutes_of_roads_add_up_along_the_way_with_the_fewest_km() -> None:
    junction = 4
    minutes = drive_minutes(
        Road(0, junction, 90.0, 120.0), Road(junction, 1, 20.0, 45.0), Road(1, 2, 500.0, 400.0)
    )
    assert minutes[0, 0, 1] == 165.0
    assert minutes[0, 2, 0] == 565.0
    assert np.isnan(minutes[0, 2, 3])


def test_a_road_without_minutes_on_the_way_is_driven_at_the_usual_speed() -> None:
    minutes = drive_minutes(Road(0, 1, 40.0, 80.0), Road(1, 2, 80.0))
    assert minutes[0, 0, 2] == 140.0
    assert np.isnan(minutes[0, 1, 2])


def test_of_two_ways_of_the_same_km_one_is_taken_whatever_the_order_of_rows() -> None:
    rows = [Road(0, 4, 10.0, 9.0), Road(4, 1, 10.0, 9.0), Road(0, 5, 10.0, 30.0), Road(5, 1, 10.0, 30.0)]
    assert drive_minutes(*rows)[0, 0, 1] == drive_minutes(*reversed(rows))[0, 0, 1]


def test_minutes_go_with_the_road_that_is_open() -> None:
    closed = Road(0, 1, 100.0, 90.0, closed=True, closed_from=DAY, closed_to=DAY)
    minutes = drive_minutes(closed, Road(0, 3, 70.0, 150.0), Road(3, 1, 80.0, 60.0))
    assert minutes[:, 0, 1].tolist() == [90.0, 210.0]


def test_without_any_minutes_there_is_no_table_of_them() -> None:
    assert road_networks(LAT, LON, [Road(0, 1, 100.0)], 1.3, DAY, 1, 80.0).drive_minutes is None


roads = st.lists(
    st.builds(Road, st.integers(0, 5), st.integers(0, 5), st.floats(0, 500, allow_subnormal=False)),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(roads)
def test_missing_pairs_agree_with_floyd_and_warshall(some: list[Road]) -> None:
    km, _ = networks(*some, num_days=1)
    direct = np.full((6, 6), np.inf)
    np.fill_diagonal(direct, 0.0)
    told = {(road.origin, road.destination): road.km for road in some if road.origin != road.destination}
    told = {**{(d, o): x for (o, d), x in told.items()}, **told}
    for pair, x in told.items():
        direct[pair] = x
    paths = direct.copy()
    for middle in range(6):
        paths = np.minimum(paths, paths[:, [middle]] + paths[[middle], :])
    straight = 1.3 * great_circle_km(LAT, LON)
    for o in range(4):
        for d in range(4):
            is_near = paths[o, d] <= FAR_ROUND * straight[o, d]
            expected = told.get((o, d), paths[o, d] if is_near else straight[o, d])
            assert km[0, o, d] == pytest.approx(expected, abs=1e-5)  # a road of no km has a millimetre


@settings(max_examples=60, deadline=None)
@given(roads)
def test_roads_of_one_pace_take_their_km_by_that_pace_in_all(some: list[Road]) -> None:
    paced = [Road(road.origin, road.destination, road.km, 1.5 * road.km) for road in some]
    found = road_networks(LAT, LON, paced, 1.3, DAY, 1, 80.0)
    if found.drive_minutes is not None:
        told = ~np.isnan(found.drive_minutes)
        assert found.drive_minutes[told] == pytest.approx(1.5 * found.km[told], abs=1e-5)
