"""Where everyone boards and alights."""

import pytest

from returnplan.model.records import Demand, PickupRow, PlaceRow, SignUp
from returnplan.model.roster import Place, Roster
from tests.specimens.coach import id_number
from tests.specimens.intakes import BORN, codes, enrolled, fault, signup


def pickups(roster: Roster) -> list[Place]:
    return [roster.places[i] for i in roster.people["pickup"]]


def place(name: str, owner: str, lat: float = 25.0, lon: float = 109.3) -> PlaceRow:
    return PlaceRow(
        ref=f"地点.xlsx!地点!{name}{owner}".rpartition("!")[0] + "!2",
        name=name,
        lat=lat,
        lon=lon,
        owner=owner,
    )


def test_without_a_pickup_people_board_at_the_seat_of_their_county() -> None:
    (seat,) = pickups(enrolled(signup(1)))
    assert seat == Place("融水苗族自治县", "融水苗族自治县", "柳州市", 25.065934, 109.256334)


def test_the_pickup_table_of_the_township_goes_before_the_seat() -> None:
    table = [
        PickupRow(ref="上车点.xlsx!S!2", township="大浪镇", pickup="大浪镇政府", county="融水县"),
        PickupRow(ref="上车点.xlsx!S!3", township="大浪", pickup="别处", county="桂平市"),
    ]
    roster = enrolled(signup(1, township="大浪"), pickups=table)
    assert (pickups(roster)[0].name, pickups(roster)[0].county) == ("大浪镇政府", "融水苗族自治县")


@pytest.mark.parametrize("told", ["大浪镇、和平乡", "和平乡/大浪镇", "大浪镇和和平乡", "大浪镇 和平乡"])
def test_a_pickup_may_be_that_of_several_townships(told: str) -> None:
    table = [PickupRow(ref="上车点.xlsx!S!2", township=told, pickup="大浪镇政府", county="融水县")]
    roster = enrolled(signup(1, township="大浪镇"), signup(2, township="和平乡"), pickups=table)
    assert [place.name for place in pickups(roster)] == ["大浪镇政府"] * 2


def test_a_latin_township_is_one_and_a_village_behind_a_township_is_none() -> None:
    table = [
        PickupRow(ref="上车点.xlsx!S!2", township="Da Lang", pickup="Gate", county="融水县"),
        PickupRow(ref="上车点.xlsx!S!3", township="和睦镇和平村", pickup="村口", county="融水县"),
    ]
    roster = enrolled(
        signup(1, township="Da Lang"),
        signup(2, township="和睦镇"),
        signup(3, township="平村"),
        pickups=table,
    )
    assert [place.name for place in pickups(roster)][:2] == ["Gate", "村口"]
    assert pickups(roster)[2].name != "村口"


def test_same_named_stations_of_two_counties_are_two_places() -> None:
    people = (signup(1, pickup="县汽车站"), signup(2, pickup="县汽车站", county="融安县"))
    roster = enrolled(*people)
    assert [p.county for p in pickups(roster)] == ["融水苗族自治县", "融安县"]
    assert codes(roster) == ["unknown_place", "unknown_place"]
    known = [place("县汽车站", "融水县", 25.07, 109.25), place("县汽车站", "柳州市融安县", 25.22, 109.4)]
    roster = enrolled(*people, places=known)
    assert [p.lat for p in pickups(roster)] == [25.07, 25.22]
    assert codes(roster) == []


def test_one_place_of_a_prefecture_serves_all_its_counties() -> None:
    people = (signup(1, pickup="柳州火车站"), signup(2, pickup="柳州火车站", county="融安县"))
    roster = enrolled(*people, places=[place("柳州火车站", "柳州市")])
    assert roster.people["pickup"].nunique() == 1
    assert (pickups(roster)[0].county, pickups(roster)[0].city) == ("", "柳州市")


def test_an_ambiguous_owner_is_decided_by_the_coordinates() -> None:
    """兴宁 is a district of Nanning and a city of Meizhou."""
    roster = enrolled(
        signup(1, pickup="汽车站", prefecture="南宁市", county="兴宁区"),
        places=[place("汽车站", "兴宁", 22.85, 108.37)],
    )
    assert pickups(roster) == [Place("汽车站", "兴宁区", "南宁市", 22.85, 108.37)]


def test_a_place_of_the_county_goes_before_one_of_the_prefecture() -> None:
    tables = [place("汽车站", "柳州市", 24.3, 109.4), place("汽车站", "融水县", 25.07, 109.25)]
    roster = enrolled(signup(1, pickup="汽车站"), signup(2, pickup="汽车站", county="融安县"), places=tables)
    assert [p.lat for p in pickups(roster)] == [25.07, 24.3]


def test_an_ownerless_place_lies_in_its_riders_prefecture() -> None:
    roster = enrolled(signup(1, pickup="服务区"), places=[place("服务区", "")])
    assert pickups(roster)[0].city == "柳州市"


def test_a_pickup_that_names_another_county_of_the_prefecture_stands_there() -> None:
    assert pickups(enrolled(signup(1, pickup="融安县汽车站")))[0].county == "融安县"
    assert pickups(enrolled(signup(1, pickup="城中广场")))[0].county == "融水苗族自治县"


def test_a_place_of_another_prefecture_serves_who_names_it_by_its_owner() -> None:
    tables = [place("桂林北站", "桂林市", 25.33, 110.3), place("县汽车站", "融安县", 25.22, 109.4)]
    roster = enrolled(signup(1, pickup="桂林北站"), signup(2, pickup="县汽车站"), places=tables)
    assert [(p.city, p.county) for p in pickups(roster)] == [("桂林市", ""), ("柳州市", "融水苗族自治县")]
    assert codes(roster) == ["unknown_place"]


def test_a_county_in_front_says_which_station_is_meant() -> None:
    roster = enrolled(signup(1, pickup="融安县县汽车站"), places=[place("县汽车站", "融安县", 25.22, 109.4)])
    assert (pickups(roster)[0].name, pickups(roster)[0].county) == ("县汽车站", "融安县")


def test_a_near_place_of_the_sheet_is_offered() -> None:
    roster = enrolled(signup(1, pickup="大浪镇正府"), places=[place("大浪镇政府", "融水县")])
    assert "是否为：大浪镇政府？" in fault(roster, "unknown_place").message.zh


def test_an_unknown_owner_is_an_error_of_the_places_sheet_only() -> None:
    roster = enrolled(signup(1, pickup="老街口"), places=[place("老街口", "融永县")])
    assert fault(roster, "unknown_owner").signup is None
    assert len(roster.people) == 1


def test_swapped_coordinates_are_noticed() -> None:
    roster = enrolled(signup(1), places=[place("老街口", "融水县", 88.0, 25.0)])
    assert codes(roster) == ["far_from_owner"]


def test_neither_home_nor_pickup_is_an_error_that_shows_the_id_number() -> None:
    of_a_province = id_number("450000", BORN, 1)
    roster = enrolled(signup(1, prefecture="", county="", id_number=of_a_province))
    wrong = fault(roster, "no_pickup")
    assert (wrong.cell, wrong.value) == ("C2", of_a_province)
    assert "450000" in wrong.message.zh
    assert len(roster.rejected) == 1


def notes(*people: SignUp, demand: tuple[Demand, ...] = ()) -> list[str]:
    return [note.zh for note in enrolled(*people, demand=demand).notes if "地点" in note.zh]


def test_without_pickup_and_dropoff_both_are_said_with_the_number_of_people() -> None:
    boarding, alighting = notes(signup(1), signup(2))
    assert boarding.startswith("2 人没有写上车地点，按县汽车站(融水苗族自治县)")
    assert alighting.startswith("2 人没有写下车地点，送到东莞市的中心")


def test_named_places_are_no_news() -> None:
    assert notes(signup(1, pickup="大浪镇政府", dropoff="虎门汽车站")) == []


def test_whoever_stays_at_home_does_not_count() -> None:
    assert notes(signup(1, cancelled=True)) == []


def test_whoever_looks_for_work_where_there_is_some_is_taken_to_the_employer() -> None:
    factory = Demand(ref="需求.xlsx!S!2", employer="华强电子", city="东莞市", place="东门", headcount=9)
    (boarding,) = notes(signup(1), demand=(factory,))
    assert boarding.startswith("1 人没有写上车地点")


def test_a_place_with_a_name_of_its_own_is_one_stop_for_people_of_two_counties() -> None:
    tables = [place("大浪镇政府", "融水县"), place("镇政府", "融水县")]
    people = [
        signup(i, county=county, pickup="大浪镇政府") for i, county in enumerate(("融水县", "融安县"), 1)
    ]
    roster = enrolled(*people, places=tables)
    assert roster.people["pickup"].nunique() == 1
    assert codes(roster) == []
    strange = enrolled(signup(1, county="融安县", pickup="镇政府"), places=tables)
    assert [p.county for p in pickups(strange)] == ["融安县"]
    assert codes(strange) == ["unknown_place"]


def test_the_pickup_of_a_township_is_one_stop_whoever_is_of_the_township() -> None:
    table = [PickupRow(ref="上车点.xlsx!S!2", township="大浪镇", pickup="汽车站")]
    people = [signup(i, county=county, township="大浪镇") for i, county in enumerate(("融水县", "融安县"), 1)]
    roster = enrolled(*people, pickups=table, places=[place("汽车站", "融水县")])
    assert roster.people["pickup"].nunique() == 1
    assert codes(roster) == []


def test_an_ownerless_place_is_one_stop_for_people_of_two_prefectures() -> None:
    people = [signup(i, pickup="服务区") for i in (1, 2)]
    people.append(signup(3, pickup="服务区", prefecture="桂林市", county="阳朔县"))
    roster = enrolled(*people, places=[place("服务区", "")])
    assert {(p.name, p.city) for p in pickups(roster)} == {("服务区", "柳州市")}


def test_a_township_of_a_people_is_known_by_its_short_name() -> None:
    table = [PickupRow(ref="上车点.xlsx!S!2", township="虎形山瑶族乡", pickup="小沙江车站")]
    roster = enrolled(signup(1, township="虎形山"), signup(2, township="虎形山瑶族乡政府"), pickups=table)
    assert {p.name for p in pickups(roster)} == {"小沙江车站"}


def test_the_note_on_bus_stations_says_why_the_pickup_sheet_did_not_help() -> None:
    table = [PickupRow(ref="上车点.xlsx!S!2", township="大浪镇", pickup="大浪镇政府")]
    roster = enrolled(signup(1), signup(2), signup(3, township="香粉乡"), pickups=table)
    (note,) = [note.zh for note in roster.notes if "上车地点" in note.zh]
    assert "请给 2 人补上“乡镇”列" in note
    assert "上车点表请补上香粉乡" in note


def test_employers_that_no_demand_sheet_has_are_named_where_people_alight_at_the_centre() -> None:
    known = Demand(
        ref="需求.xlsx!需求!2", employer="宏达智能科技", city="东莞市", place="宏达门口", headcount=9
    )
    people = (
        signup(1, employer="宏达电子"),
        signup(2, employer="宏达电子"),
        signup(3, employer="宏达智能科技"),
    )
    _, alighting = notes(*people, demand=(known,))
    assert alighting.startswith("2 人没有写下车地点")
    assert alighting.endswith("用工需求表里没有的企业(是不是改了名？)：宏达电子 2")
