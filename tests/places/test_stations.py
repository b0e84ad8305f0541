"""Stations of the shipped table lie in the city that it names, and are found under the names that people write."""

import numpy as np
import pytest

from returnplan.places import Gazetteer, Level, bare_station, stations
from returnplan.places.distance import great_circle_km


@pytest.mark.parametrize("text", ["柳州", "柳州站", "柳州火车站", " 柳州 站 "])
def test_a_station_is_found_with_and_without_its_tail(text: str) -> None:
    assert stations()[bare_station(text)].name == "柳州站"


def test_no_station_lies_far_from_the_counties_of_its_city() -> None:
    divisions = Gazetteer.load().divisions
    city_code = {d.name: d.code for d in divisions if d.level is Level.PREFECTURE}
    for station in stations().values():
        own = [d for d in divisions if d.city == city_code[station.city]]
        lat, lon = (
            np.array([station.lat, *(d.lat for d in own)]),
            np.array([station.lon, *(d.lon for d in own)]),
        )
        assert great_circle_km(lat, lon)[0, 1:].min() < 20, station
