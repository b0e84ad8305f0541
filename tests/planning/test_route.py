"""The best order of stops is that of a slow search over all subsets, digit by digit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from returnplan.planning._core import best_route
from tests.planning.oracle.route import best_route as best_route_slowly


@given(
    seed=st.integers(0, 10_000),
    num=st.tuples(st.integers(1, 5), st.integers(1, 5)),
    most_km=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    is_round=st.booleans(),
)
def test_it_is_the_best_of_all_that_keep_the_limits(
    seed: int, num: tuple[int, int], most_km: tuple[int, int], is_round: bool
) -> None:
    random = np.random.default_rng(seed)
    places = random.permutation(12)
    km = random.uniform(1, 30, (12, 12))
    km = np.ceil(km / 10) if is_round else km  # many routes are equally long
    pickups, dropoffs = places[: num[0]], places[-num[1] :]
    found, expected = (
        [stops.tolist() for stops in best(km, pickups, dropoffs, *map(float, most_km))]
        for best in (best_route, best_route_slowly)
    )
    assert found == expected


def test_many_stops_keep_their_order() -> None:
    km, pickups = np.ones((12, 12)), np.arange(9)[::-1]
    found, _ = best_route(km, pickups, np.array([11]), np.inf, np.inf)
    assert found.tolist() == pickups.tolist()
