"""Names in context: what the field writes, and what must not be guessed."""

import pytest

from returnplan.errors import UsageError
from returnplan.places import Gazetteer, Level

GAZETTEER = Gazetteer.load()


def city_and_place(text: str) -> tuple[str, str]:
    division = GAZETTEER.city(text).only
    assert division is not None, text
    return GAZETTEER.city_of(division).name, division.name


@pytest.mark.parametrize(
    ("text", "city", "place"),
    [
        ("东莞", "东莞市", "东莞市"),
        ("东莞市", "东莞市", "东莞市"),
        (" 广东 东莞", "东莞市", "东莞市"),
        ("广东省东莞市长安镇", "东莞市", "长安镇"),
        ("广东省东莞市长安镇乌沙工业区", "东莞市", "长安镇"),
        ("Dongguan", "东莞市", "东莞市"),
        ("Dongguan City, Guangdong", "东莞市", "东莞市"),
        ("Chang'an, Dongguan", "东莞市", "长安镇"),
        ("Shenzhen", "深圳市", "深圳市"),
        ("龙岗", "深圳市", "龙岗区"),
        ("深圳龙岗布吉", "深圳市", "布吉街道"),
        ("顺德", "佛山市", "顺德区"),
        ("新会", "江门市", "新会区"),
        ("南山", "深圳市", "南山区"),
        ("中山", "中山市", "中山市"),
        ("吉林", "吉林市", "吉林市"),
        ("上海", "上海市", "上海市"),
        ("昆山", "苏州市", "昆山市"),
        ("仙桃", "仙桃市", "仙桃市"),
    ],
)
def test_destinations_resolve_to_city_and_place(text: str, city: str, place: str) -> None:
    assert city_and_place(text) == (city, place)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("融水县", "融水苗族自治县"),
        ("融水", "融水苗族自治县"),
        ("Rongshui", "融水苗族自治县"),
        ("广西柳州市融水县大浪镇", "融水苗族自治县"),
        ("柳江县", "柳江区"),
    ],
)
def test_counties_resolve_within_the_prefecture(text: str, full: str) -> None:
    liuzhou = GAZETTEER.city("柳州").only
    county = GAZETTEER.read(text, liuzhou).only
    assert county is not None
    assert county.name == full


def test_old_county_names_give_todays_name() -> None:
    nanning = GAZETTEER.city("南宁").only
    assert [d.name for d in GAZETTEER.read("横县", nanning).divisions] == ["横州市"]


def test_a_name_that_exists_twice_is_decided_by_context_only() -> None:
    assert len(GAZETTEER.read("城中区").divisions) == 2
    assert GAZETTEER.read("城中区", GAZETTEER.city("柳州").only).only is not None


def test_ambiguous_and_unknown_destinations_are_not_guessed() -> None:
    assert {GAZETTEER.city_of(d).name for d in GAZETTEER.city("东城").divisions} == {"北京市", "东莞市"}
    assert GAZETTEER.city("东菀市").divisions == ()
    assert GAZETTEER.near("东菀市")[0] == "东莞市"
    assert GAZETTEER.near("Dongguang")[0] == "东莞市"


def test_near_names_look_among_the_towns_of_a_city() -> None:
    assert "东坑镇" in GAZETTEER.near("东塘", GAZETTEER.city("东莞").only)


def test_city_name_refuses_with_a_suggestion() -> None:
    assert GAZETTEER.city_name("Foshan") == "佛山市"
    with pytest.raises(UsageError, match="东莞市"):
        GAZETTEER.city_name("东菀")
    with pytest.raises(UsageError):
        GAZETTEER.city_name("东城")


def test_local_names_stand_for_a_division() -> None:
    local = GAZETTEER.with_local_names({"东塘": "东莞市东坑镇", "东城": "东莞市东城街道"})
    assert [d.name for d in local.city("东塘").divisions] == ["东坑镇"]
    assert [d.name for d in local.city("东城").divisions] == ["东城街道"]
    with pytest.raises(UsageError, match=r"\[places\]"):
        GAZETTEER.with_local_names({"老地方": "没有这里"})


def test_every_division_has_a_seat_in_china_and_towns_lie_near_their_city() -> None:
    for division in GAZETTEER.divisions:
        assert 73 < division.lon < 136, division
        assert 3 < division.lat < 54, division
        if division.level is Level.TOWN:
            city = GAZETTEER.city_of(division)
            assert abs(division.lon - city.lon) + abs(division.lat - city.lat) < 0.9, division
