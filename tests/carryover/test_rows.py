"""Places and vacancies of the last roster in the new one: known ones are found, others are added with their roads."""

from dataclasses import replace

import numpy as np

from returnplan.carryover.rows import vacancy_lines, with_places
from returnplan.places.distance import great_circle_km
from tests.specimens.rosters import place, roster, vacancy

HOME, FACTORY = (
    place("融安汽车站", "柳州市", lat=25.2, lon=109.4),
    place("长安厂门", "东莞市", lat=22.8, lon=113.8),
)
GONE = place("旧厂门", "东莞市", lat=22.9, lon=113.7)
CIRCUITY = 1.3


def test_known_places_are_found_at_their_new_lines() -> None:
    old, new = roster([], places=[HOME, FACTORY]), roster([], places=[FACTORY, HOME])
    same, lines = with_places(new, old, np.array([0, 1]), CIRCUITY)
    assert same is new
    assert lines.tolist() == [1, 0]


def test_a_place_that_is_not_needed_is_not_added() -> None:
    old = roster([], places=[HOME, GONE])
    same, lines = with_places(roster([], places=[HOME]), old, np.array([0]), CIRCUITY)
    assert same.places == (HOME,)
    assert lines.tolist() == [0, -1]


def test_an_added_place_keeps_its_roads_to_old_ones_and_the_new_ones_stay() -> None:
    """The first old place counts as well; no road is known between the added place and a new one."""
    old = roster([], places=[HOME, GONE], km=[[0, 555], [556, 0]])
    new = roster([], places=[HOME, FACTORY], km=[[0, 600], [601, 0]])
    both, lines = with_places(new, old, np.array([0, 1]), CIRCUITY)
    assert both.places == (HOME, FACTORY, GONE)
    assert lines.tolist() == [0, 2]
    assert (both.km[0, 0, 2], both.km[0, 2, 0]) == (555, 556)
    assert (both.km[0, 0, 1], both.km[0, 1, 0]) == (600, 601)
    lat, lon = np.array([FACTORY.lat, GONE.lat]), np.array([FACTORY.lon, GONE.lon])
    assert both.km[0, 1, 2] == great_circle_km(lat, lon)[0, 1] * CIRCUITY


def test_an_added_place_is_on_the_roads_of_every_day() -> None:
    old = roster([], places=[HOME, GONE], km=[[0, 555], [556, 0]])
    new = roster([], places=[HOME])
    closed = replace(new, km=np.repeat(new.km, 2, axis=0))
    both, _ = with_places(closed, old, np.array([1]), CIRCUITY)
    assert both.km[:, 0, 1].tolist() == [555, 555]


def test_minutes_of_old_roads_stay_and_others_are_driven_at_the_usual_speed() -> None:
    old = roster([], places=[HOME, GONE], km=[[0, 555], [556, 0]])
    old = replace(old, drive_minutes=np.array([[[0.0, 700.0], [np.nan, 0.0]]]))
    new = roster([], places=[HOME, FACTORY], km=[[0, 600], [601, 0]])
    minutes = with_places(new, old, np.array([1]), CIRCUITY)[0].drive_minutes
    assert minutes is not None
    assert minutes[0, 0, 2] == 700.0
    assert np.isnan([minutes[0, 2, 0], minutes[0, 0, 1], minutes[0, 1, 2]]).all()
    assert with_places(new, new, np.array([0]), CIRCUITY)[0].drive_minutes is None


def test_a_vacancy_is_the_same_one_if_all_that_people_see_of_it_is() -> None:
    places = [HOME, FACTORY]
    old = roster([], places=places, vacancies=[vacancy("华强", 1), vacancy("永信", 1), vacancy("华强", 0)])
    new = roster(
        [], places=places[::-1], vacancies=[vacancy("永信", 0, sex="女"), vacancy("华强", 0, headcount=9)]
    )
    assert vacancy_lines(new, old).tolist() == [1, -1, -1]
