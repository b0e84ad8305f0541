"""The names of the distances sheet."""

from datetime import timedelta
from typing import Any

from returnplan.model.records import DistanceRow, PlaceRow
from tests.specimens.intakes import DAY, codes, enrolled, fault, signup


def road(row: int, origin: str, destination: str, km: float, **closing: Any) -> DistanceRow:
    return DistanceRow(ref=f"里程.xlsx!S!{row}", origin=origin, destination=destination, km=km, **closing)


STATIONS = [
    PlaceRow(ref="地点.xlsx!S!2", name="县汽车站", lat=25.07, lon=109.25, owner="融水县"),
    PlaceRow(ref="地点.xlsx!S!3", name="县汽车站", lat=25.22, lon=109.40, owner="融安县"),
]


def test_given_km_reach_centres_by_their_full_names_and_through_junctions() -> None:
    roads = [road(2, "融水苗族自治县", "柳州北收费站", 110.0), road(3, "柳州北收费站", "东莞市", 520.0)]
    roster = enrolled(signup(1), distances=roads)
    person = roster.people.iloc[0]
    assert roster.km[0, person["pickup"], person["dropoff"]] == 630.0


def test_centres_answer_to_their_other_names_too() -> None:
    roster = enrolled(signup(1), distances=[road(2, "融水县", "东莞", 640.0)])
    person = roster.people.iloc[0]
    assert roster.km[0, person["pickup"], person["dropoff"]] == 640.0


def test_a_name_of_two_places_must_say_which() -> None:
    people = (signup(1, pickup="县汽车站"), signup(2, pickup="县汽车站", county="融安县"))
    roster = enrolled(*people, places=STATIONS, distances=[road(2, "县汽车站", "东莞市", 600.0)])
    assert fault(roster, "unclear_place").file == "里程.xlsx"
    roster = enrolled(*people, places=STATIONS, distances=[road(2, "融安县县汽车站", "东莞市", 600.0)])
    assert codes(roster) == []
    first, second = roster.people["pickup"]
    goal = roster.people["dropoff"].iloc[0]
    assert roster.km[0, second, goal] == 600.0
    assert roster.km[0, first, goal] != 600.0


def test_pairs_that_the_roads_of_the_sheet_connect_far_round_are_named() -> None:
    """Two stations 5 km apart, each with a road to the city: nobody drives 1,200 km from one to the other."""
    people = signup(1, pickup="融水东站"), signup(2, pickup="融水西站")
    near = [
        PlaceRow(ref=f"地点.xlsx!S!{row}", name=name, lat=25.0, lon=lon, owner="融水县")
        for row, (name, lon) in enumerate((("融水东站", 109.30), ("融水西站", 109.25)), start=2)
    ]
    rows = [road(2, "融水东站", "东莞市", 600.0), road(3, "融水西站", "东莞市", 605.0)]
    notes = [note.zh for note in enrolled(*people, places=near, distances=rows).notes]
    assert any("融水东站到融水西站 7 公里" in note for note in notes)
    rows.append(road(4, "融水东站", "融水西站", 8.0))
    assert not any("里程表没有" in note.zh for note in enrolled(*people, places=near, distances=rows).notes)


def test_of_a_pair_given_twice_the_later_row_counts_with_a_warning() -> None:
    rows = [road(2, "融水县", "东莞", 640.0), road(3, "融水县", "东莞", 650.0)]
    roster = enrolled(signup(1), distances=rows)
    assert "640" in fault(roster, "distance_twice").message.zh
    assert 650.0 in roster.km


def test_a_closed_road_has_a_network_on_its_days() -> None:
    shut = DAY + timedelta(days=1)
    closed = road(2, "融水苗族自治县", "东莞市", 640.0, closed=True, closed_from=shut, closed_to=shut)
    roster = enrolled(signup(1, earliest=DAY, latest=DAY + timedelta(days=3)), distances=[closed])
    assert roster.network_of == {shut: 1}
    assert roster.km.shape == (2, 2, 2)
