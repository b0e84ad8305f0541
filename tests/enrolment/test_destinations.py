"""Destination cities and the places where people alight."""

import pytest

from returnplan.enrolment.destinations import with_full_names
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.model.errors import UsageError
from returnplan.model.records import Demand, PlaceRow
from returnplan.model.roster import Place, Roster
from returnplan.model.rules import Rules
from tests.specimens.intakes import DAY, codes, enrolled, fault, signup


def dropoff(roster: Roster) -> Place:
    return roster.places[int(roster.people["dropoff"].iloc[0])]


@pytest.mark.parametrize(
    ("told", "city", "name"),
    [
        ({"city": "东莞"}, "东莞市", "东莞市"),
        ({"city": "Dongguan"}, "东莞市", "东莞市"),
        ({"city": "龙岗"}, "深圳市", "龙岗区"),
        ({"city": "深圳", "town": "龙岗"}, "深圳市", "龙岗区"),
        ({"city": "广东省东莞市长安镇"}, "东莞市", "长安镇"),
        ({"city": "东莞", "town": "长安"}, "东莞市", "长安镇"),
        ({"city": "东莞", "town": "虎门镇", "dropoff": "长安镇"}, "东莞市", "长安镇"),
    ],
)
def test_centres_go_by_their_full_names(told: dict[str, str], city: str, name: str) -> None:
    roster = enrolled(signup(1, **told))
    assert roster.people["city"].tolist() == [city]
    assert (dropoff(roster).name, dropoff(roster).city) == (name, city)
    assert codes(roster) == []


@pytest.mark.parametrize(
    ("city", "says"),
    [("河南", "只写到省"), ("吉林", "只写到省"), ("开发区", "看不出是哪个市"), ("朝阳", "看不出")],
)
def test_a_city_that_may_be_anywhere_is_asked_for(city: str, says: str) -> None:
    roster = enrolled(signup(1, city=city))
    assert len(roster.people) == 0
    assert says in fault(roster, "unknown_city").message.zh


def test_an_unknown_dropoff_keeps_its_text_at_the_centre_of_its_town_with_one_warning() -> None:
    roster = enrolled(*(signup(i, town="长安", dropoff="乌沙工业区") for i in (1, 2)))
    place = dropoff(roster)
    assert (place.name, place.county, place.city) == ("乌沙工业区", "长安镇", "东莞市")
    assert (place.lat, place.lon) == (22.816, 113.804)
    warning = fault(roster, "unknown_place")
    assert (warning.severity, warning.value) == ("warning", "乌沙工业区")
    assert "2 人" in warning.message.zh
    assert roster.people["dropoff"].nunique() == 1


def test_a_dropoff_may_begin_with_its_town() -> None:
    assert dropoff(enrolled(signup(1, dropoff="长安镇乌沙工业区"))).county == "长安镇"


def test_an_unknown_town_becomes_a_place_at_the_centre_of_the_city() -> None:
    roster = enrolled(signup(1, town="东塘"))
    assert (dropoff(roster).name, dropoff(roster).lat) == ("东塘", 23.020673)
    assert codes(roster) == ["unknown_place"]


def test_the_places_sheet_goes_before_the_gazetteer() -> None:
    gate = PlaceRow(ref="地点.xlsx!地点!2", name="厂东门", lat=22.8, lon=113.8, owner="东莞市")
    elsewhere = PlaceRow(ref="地点.xlsx!地点!3", name="厂东门", lat=22.7, lon=114.2, owner="深圳市")
    roster = enrolled(signup(1, dropoff="厂东门"), places=[gate, elsewhere])
    assert dropoff(roster) == Place("厂东门", "", "东莞市", 22.8, 113.8)
    assert codes(roster) == []


def test_without_a_dropoff_the_employers_place_counts_then_the_town() -> None:
    line = Demand(
        ref="需求.xlsx!S!2", employer="恒达电子厂", city="东莞", town="虎门", place="恒达西门", resume=DAY
    )
    roster = enrolled(signup(1, employer="恒达电子有限公司", town="长安"), demand=[line])
    assert (dropoff(roster).name, dropoff(roster).county) == ("恒达西门", "虎门镇")
    assert roster.people["vacancy"].tolist() == [0]
    assert roster.people["resume"].dt.date.tolist() == [DAY]


def test_the_own_dropoff_goes_before_the_employers_place() -> None:
    line = Demand(ref="需求.xlsx!S!2", employer="恒达电子厂", city="东莞", place="恒达西门")
    assert (
        dropoff(enrolled(signup(1, employer="恒达电子厂", dropoff="长安镇"), demand=[line])).name == "长安镇"
    )


def test_unknown_and_ambiguous_cities_are_errors_with_near_names() -> None:
    roster = enrolled(
        signup(1, city="东菀市"), signup(2, city="东城"), signup(3, acceptable_cities=("深川",))
    )
    assert codes(roster) == ["unknown_city"] * 3
    assert [f.value for f in roster.faults] == ["东菀市", "东城", "深川"]
    assert "东莞市" in roster.faults[0].message.zh
    assert "东莞市东城街道" in roster.faults[1].message.zh
    assert "深圳市" in roster.faults[2].message.zh
    assert roster.people.empty
    assert len(roster.rejected) == 3


def test_a_province_or_two_cities_are_no_city() -> None:
    roster = enrolled(signup(1, city="广东省"), signup(2, city="东莞或深圳"), signup(3, city="东莞/深圳市"))
    assert [f.message.zh for f in roster.faults] == [
        "“广东省”只写到省，请写到市",
        "“东莞或深圳”有几处：东莞市、深圳市",
        "“东莞/深圳市”有几处：东莞市、深圳市",
    ]


@pytest.mark.parametrize(
    "text", ["东莞┋深圳", "东莞转深圳", "深圳或者东莞", "东莞+深圳", "东莞、深圳均可", "东莞第一深圳第二"]
)
def test_two_cities_in_the_cell_of_one_are_an_error_that_names_both(text: str) -> None:
    roster = enrolled(signup(1, city=text))
    wrong = fault(roster, "unknown_city")
    assert (wrong.severity, wrong.value) == ("error", text)
    assert "东莞市" in wrong.message.zh
    assert "深圳市" in wrong.message.zh
    assert "可接受城市" in wrong.fix.zh
    assert len(roster.rejected) == 1


@pytest.mark.parametrize("text", ["深圳┋惠州", "深圳或者惠州均可", "深圳→惠州", "深圳和惠州"])
def test_acceptable_cities_in_one_text_are_several(text: str) -> None:
    assert enrolled(signup(1, acceptable_cities=(text,))).people["acceptable"].tolist() == [
        ("深圳市", "惠州市")
    ]


def test_what_of_the_citys_text_leads_nowhere_is_said_once() -> None:
    roster = enrolled(*(signup(i, city="东莞市长安镇乌沙工业区") for i in (1, 2)), signup(3, city="东莞均可"))
    warning = fault(roster, "city_text_left_out")
    assert (warning.severity, warning.value) == ("warning", "东莞市长安镇乌沙工业区")
    assert "“乌沙工业区”没有用上，2 人按长安镇安排" in warning.message.zh
    assert len(roster.people) == 3


def test_two_parts_of_one_city_are_said_and_lead_to_its_centre() -> None:
    roster = enrolled(signup(1, city="深圳龙岗、宝安"))
    assert dropoff(roster).name == "深圳市"
    assert "龙岗区、宝安区" in fault(roster, "city_text_left_out").message.zh


def test_a_misprint_behind_its_province_is_no_province() -> None:
    wrong = fault(enrolled(signup(1, city="广东省东管")), "unknown_city")
    assert wrong.message.zh.startswith("查不到“广东省东管”，是否为：东莞市、")


def test_acceptable_cities_are_full_names_without_the_own_city() -> None:
    roster = enrolled(signup(1, acceptable_cities=("东莞市", "龙岗", "深圳", "广州")))
    assert roster.people["acceptable"].tolist() == [("深圳市", "广州市")]


def test_local_names_of_the_office_resolve() -> None:
    roster = enrolled(signup(1, city="东城"), settings=EnrolmentSettings(places={"东城": "东莞市东城街道"}))
    assert dropoff(roster).name == "东城街道"


def test_rules_get_full_city_names() -> None:
    rules = with_full_names(
        Rules(
            combine_cities=(("深圳", "Dongguan", "惠州"),),
            max_departures_per_day={"柳州": 500},
            max_arrivals_per_day=900,
        )
    )
    assert rules.combine_cities == (("深圳市", "东莞市", "惠州市"),)
    assert rules.max_departures_per_day == {"柳州市": 500}
    assert rules.max_arrivals_per_day == 900


def test_an_unknown_city_in_the_rules_gets_a_did_you_mean() -> None:
    with pytest.raises(UsageError, match="东莞市"):
        with_full_names(Rules(combine_cities=(("东菀", "深圳"),)))
