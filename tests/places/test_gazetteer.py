"""Names in context: what the field writes, and what must not be guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.model.errors import UsageError
from returnplan.places import Division, Gazetteer, Level
from returnplan.places.divisions import read_retired

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
        ("吉林市", "吉林市", "吉林市"),
        ("Jilin City", "吉林市", "吉林市"),
        ("龙港市", "温州市", "龙港市"),
        ("海南共和", "海南藏族自治州", "共和县"),
        ("河北区", "天津市", "河北区"),
        ("中山开发区", "中山市", "中山港街道"),
        ("中山/南区", "中山市", "南区街道"),
        ("辽宁朝阳", "朝阳市", "朝阳市"),
        ("北京朝阳", "北京市", "朝阳区"),
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


@pytest.mark.parametrize("text", ["河南", "河北", "海南", "吉林", "Henan", "Hainan", "河南打工", "广东"])
def test_the_name_of_a_province_is_no_city_of_that_name_elsewhere(text: str) -> None:
    assert GAZETTEER.city(text).divisions == ()
    read = GAZETTEER.read(text).only
    assert read is not None
    assert read.level is Level.PROVINCE


@pytest.mark.parametrize(
    "text", ["开发区", "高新区", "南区", "城东", "城北区", "开发区富士康", "朝阳", "朝阳区"]
)
def test_a_name_that_many_cities_have_is_not_guessed(text: str) -> None:
    assert GAZETTEER.city(text).divisions == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [("朝阳双塔区", "双塔区"), ("朝阳建平县", "建平县"), ("朝阳凌源市", "凌源市"), ("朝阳北票", "北票市")],
)
def test_a_name_that_many_cities_have_is_told_by_a_part_of_one(text: str, name: str) -> None:
    assert [division.name for division in GAZETTEER.city(text).divisions] == [name]


def test_the_office_says_which_of_many_cities_it_means() -> None:
    local = GAZETTEER.with_local_names({"开发区": "东莞市长安镇", "东区": "中山市东区街道", "朝阳": "朝阳市"})
    named = [local.city(text).divisions for text in ("开发区", "东区", "朝阳")]
    assert [[division.name for division in divisions] for divisions in named] == [
        ["长安镇"],
        ["东区街道"],
        ["朝阳市"],
    ]
    assert local.city("高新区").divisions == ()


def test_a_county_of_the_name_of_a_province_is_found_by_its_kind_or_its_prefecture() -> None:
    county, huangnan = GAZETTEER.read("河南县").only, GAZETTEER.read("黄南州").only
    assert county is not None
    assert county.name == "河南蒙古族自治县"
    assert GAZETTEER.read("河南", huangnan).only is county


@pytest.mark.parametrize(
    "text",
    [
        "东莞┋深圳",
        "东莞|深圳",
        "东莞+深圳",
        "东莞转深圳",
        "东莞→深圳",
        "东莞->深圳",
        "东莞、深圳",
        "东莞；深圳",
        "东莞 深圳",
        "东莞和深圳",
        "东莞与深圳均可",
        "东莞市或者深圳市都可以",
        "东莞，或深圳",
        "东莞(深圳)",
        "东莞、深圳宝安某某厂",
        "东莞转深圳龙岗",
        "Dongguan or Shenzhen",
        "东莞or深圳",
        "东莞 or 深圳",
        "东莞市OR深圳市",
        "东莞到深圳",
        "东莞第一深圳第二",
        "东莞市优先，其次深圳",
        "东莞虎门深圳龙岗",
        "东莞厂里或者深圳",
        "东莞打工不行就深圳",
    ],
)
def test_two_cities_in_a_text_are_two_names(text: str) -> None:
    named = GAZETTEER.cities(text)
    assert [{GAZETTEER.city_of(d).name for d in reading.divisions} for reading in named] == [
        {"东莞市"},
        {"深圳市"},
    ]


CITIES = [d for d in GAZETTEER.divisions if d.level is Level.PREFECTURE and d.name.endswith("市")]
BETWEEN = (
    "┋",
    "|",
    "+",
    "转",
    "→",
    "->",
    "或者",
    "或",
    "、",
    "，",
    "；",
    "/",
    "和",
    "与",
    "及",
    " 或 ",
    "\n",
)


@given(st.sampled_from(CITIES), st.sampled_from(CITIES), st.sampled_from(BETWEEN), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_two_cities_with_anything_between_are_both_found(
    first: Division, second: Division, between: str, any_will_do: bool
) -> None:
    reading = GAZETTEER.city(first.name + between + second.name + "均可" * any_will_do)
    assert {GAZETTEER.city_of(d) for d in reading.divisions} == {first, second}
    assert reading.rest == ""


PLACES = [d for d in GAZETTEER.divisions if d.level is not Level.PROVINCE and d.name != "县"]
"""What people may write; 县 alone is a line of the statistics, all counties of Chongqing together."""


@given(st.sampled_from(PLACES))
@settings(max_examples=300, deadline=None)
def test_one_full_name_is_never_taken_apart(division: Division) -> None:
    (reading,) = GAZETTEER.cities(GAZETTEER.full_name(division))
    assert division in reading.divisions
    assert reading.rest == ""


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("广东省东莞市长安镇", "长安镇", ""),
        ("广东/东莞/长安", "长安镇", ""),
        ("广东省-东莞市-长安镇", "长安镇", ""),
        ("东莞均可", "东莞市", ""),
        ("和县", "和县", ""),
        ("河源市和平县", "和平县", ""),
        ("东莞市和平路", "东莞市", "和平路"),
        ("东莞市中山路", "东莞市", "中山路"),
        ("东莞中山一路", "东莞市", "中山一路"),
        ("佛山南海区桂城中山路5号", "桂城街道", "中山路5号"),
        ("东莞厚街重庆火锅店", "厚街镇", "重庆火锅店"),
        ("东莞到中山路", "东莞市", "到中山路"),
        ("东莞不去深圳", "东莞市", "不去深圳"),
        ("东莞市第一人民医院", "东莞市", "第一人民医院"),
        ("深圳转运中心", "深圳市", "转运中心"),
        ("惠东吉隆", "惠东县", "吉隆"),  # a town that no table has, not 吉隆县 in 西藏
        ("东莞及周边", "东莞市", "及周边"),
        ("深圳市深汕特别合作区", "深汕特别合作区", ""),
    ],
)
def test_one_place_stays_one_name_and_what_is_no_name_is_the_rest(text: str, name: str, rest: str) -> None:
    (reading,) = GAZETTEER.cities(text)
    assert [division.name for division in reading.divisions] == [name]
    assert reading.rest == rest


def test_the_province_before_a_misprint_narrows_what_is_near() -> None:
    assert GAZETTEER.near("广东省东管")[0] == "东莞市"
    assert GAZETTEER.near("浙江义鸟")[0] == "义乌市"
    assert GAZETTEER.near("湖南省长纱")[0] == "长沙市"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("452122", "横州市"),
        ("450122", "武鸣区"),
        ("451025", "靖西市"),
        ("452132", "宁明县"),
        ("452601", "右江区"),
        ("452701", "金城江区"),
        ("452402", "八步区"),
        ("452501", "玉林市"),  # became 玉州区 and 兴业县: their prefecture
        ("452802", "钦州市"),  # no such code ever: the prefecture of the first four digits today
        ("450206", "柳州市"),  # its suburbs until 2001, 柳江区 since: an adult's number means the suburbs
        ("450181", "横州市"),  # newer than the table
        ("510226", "合川区"),
        ("512922", "南部县"),
        ("522601", "凯里市"),
        ("441900", "东莞市"),
        ("310225", "浦东新区"),
        ("450802", "港北区"),
    ],
)
def test_id_numbers_lead_to_the_county_of_today(code: str, name: str) -> None:
    division = GAZETTEER.of_id_number(code)
    assert division is not None
    assert division.name == name


@pytest.mark.parametrize("code", ["450000", "999999", "810000"])
def test_a_code_of_no_city_leads_nowhere(code: str) -> None:
    assert GAZETTEER.of_id_number(code) is None


def test_every_retired_code_leads_to_a_division_of_today() -> None:
    retired = read_retired()
    assert len(retired) > 3000
    assert {today for today in retired.values() if today not in GAZETTEER.by_code} == set()
    assert {code for code in retired if len(code) != 6 or not code.isdecimal()} == set()


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
