"""Home prefecture and county."""

from dataclasses import replace
from typing import Any

import pytest

from returnplan.enrolment.enrol import enrol
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.model.intake import SheetReport
from returnplan.model.records import PickupRow, PlaceRow, SignUp
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from tests.specimens.coach import id_number
from tests.specimens.intakes import BORN, codes, enrolled, fault, intake, signup


def home(roster: Roster) -> tuple[str, str]:
    return roster.people["prefecture"].iloc[0], roster.people["county"].iloc[0]


@pytest.mark.parametrize(
    ("told", "prefecture", "county"),
    [
        ({"prefecture": "柳州市", "county": "融水县"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "柳州", "county": "Rongshui"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "", "county": "广西柳州市融水县大浪镇"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "柳州市融水县", "county": ""}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "柳州市", "county": "", "township": "融水县大浪镇"}, "柳州市", "融水苗族自治县"),
        ({"prefecture": "南宁市", "county": "横县"}, "南宁市", "横州市"),
        ({"prefecture": "柳州市", "county": "柳州市"}, "柳州市", ""),
        ({"prefecture": "贵港市", "county": ""}, "贵港市", ""),
    ],
)
def test_homes_have_full_names(told: dict[str, str], prefecture: str, county: str) -> None:
    roster = enrolled(signup(1, **told))
    assert home(roster) == (prefecture, county)
    assert codes(roster) == []


def test_an_ambiguous_county_is_decided_by_the_prefecture_of_the_id_number() -> None:
    worker = signup(1, prefecture="", county="城中区", id_number=id_number("450202", BORN, 1))
    assert home(enrolled(worker)) == ("柳州市", "城中区")
    stranger = signup(1, prefecture="", county="城中区", id_number=id_number("450803", BORN, 1))
    wrong = fault(enrolled(stranger), "unknown_county")
    assert "柳州市城中区" in wrong.message.zh
    assert "西宁市城中区" in wrong.message.zh


def test_no_home_at_all_is_taken_from_the_id_number_and_said_once() -> None:
    roster = enrolled(*(signup(i, prefecture="", county="") for i in (1, 2)))
    assert home(roster) == ("柳州市", "融水苗族自治县")
    warning = fault(roster, "county_from_id")
    assert warning.severity == "warning"
    assert "2 行" in warning.message.zh


@pytest.mark.parametrize(
    ("code", "prefecture", "county"),
    [
        ("452122", "南宁市", "横州市"),
        ("450122", "南宁市", "武鸣区"),
        ("451025", "百色市", "靖西市"),
        ("512922", "南充市", "南部县"),
        ("441900", "东莞市", ""),
        ("452501", "玉林市", ""),
    ],
)
def test_a_retired_code_of_the_id_number_is_todays_county_and_said_at_its_cell(
    code: str, prefecture: str, county: str
) -> None:
    worker = signup(1, prefecture="", county="", id_number=id_number(code, BORN, 1))
    report = SheetReport("报名.xlsx", "报名", "signups", 1, 1, 1, (("id_number", "C"),))
    roster = enrolled(worker, sheets=[report])
    assert home(roster) == (prefecture, county)
    warning = fault(roster, "county_from_id")
    assert (warning.cell, warning.value, warning.severity) == ("C2", worker.id_number, "warning")
    assert code in warning.message.zh


def test_a_retired_code_decides_an_ambiguous_county_too() -> None:
    worker = signup(1, prefecture="", county="城中区", id_number=id_number("452221", BORN, 1))
    assert home(enrolled(worker)) == ("柳州市", "城中区")


def test_a_misspelt_county_is_an_error_with_near_names_at_its_cell() -> None:
    roster = enrolled(signup(1, county="融永县"), signup(2))
    wrong = fault(roster, "unknown_county")
    assert (wrong.file, wrong.sheet, wrong.cell, wrong.value) == ("报名.xlsx", "报名", "G2", "融永县")
    assert "融安县" in wrong.message.zh
    assert "融水苗族自治县" in wrong.message.zh
    assert [row.ref for row in roster.rejected] == [wrong.signup]
    assert len(roster.people) == 1


def test_a_county_of_another_prefecture_is_an_error_that_says_where_it_lies() -> None:
    wrong = fault(enrolled(signup(1, county="桂平市")), "unknown_county")
    assert "贵港市桂平市" in wrong.message.zh


def test_an_unknown_prefecture_is_an_error_at_its_cell() -> None:
    wrong = fault(enrolled(signup(1, prefecture="刘州市")), "unknown_prefecture")
    assert wrong.cell == "F2"
    assert "柳州市" in wrong.message.zh


def test_a_province_in_place_of_the_prefecture_narrows_too() -> None:
    assert home(enrolled(signup(1, prefecture="广西", county="城中区"))) == ("柳州市", "城中区")


def of(code: str, serial: int, township: str = "", **told: str) -> SignUp:
    """Return worker ``serial`` with an ID number of a county, who told at most the township."""
    number = id_number(code, BORN, serial)
    return signup(
        serial, **{"prefecture": "", "county": "", "township": township, "id_number": number, **told}
    )


def counties(roster: Roster) -> list[str]:
    return roster.people.sort_values("signup")["county"].tolist()


@pytest.mark.parametrize("township", ["高平镇", "凤凰镇", "东安镇石山村", "凤凰山镇", "东区街道", "武冈"])
def test_a_township_called_like_a_county_far_away_never_moves_anybody(township: str) -> None:
    assert counties(enrolled(of("430524", 1, township))) == ["隆回县"]


def test_a_bare_name_like_another_countys_is_said_and_a_towns_is_not() -> None:
    assert codes(enrolled(of("430524", 1, "高平镇"))) == ["county_from_id"]
    roster = enrolled(of("430524", 1, "武冈"))
    assert codes(roster) == ["county_from_id", "county_unsure"]
    assert "武冈市" in fault(roster, "county_unsure").message.zh


@pytest.mark.parametrize("township", ["隆回县高平镇", "邵阳市隆回县高平镇", "隆回县"])
def test_a_county_written_in_front_of_the_township_goes_before_the_id_number(township: str) -> None:
    roster = enrolled(of("430521", 1, township))
    assert (counties(roster), codes(roster)) == (["隆回县"], [])


def test_a_name_that_resembles_a_county_is_used_where_nothing_else_is_known() -> None:
    assert counties(enrolled(of("430000", 1, "武冈"))) == ["武冈市"]


def test_the_pickup_sheet_says_in_which_county_a_township_lies() -> None:
    table = [PickupRow(ref="上车点.xlsx!S!2", township="司门前镇", pickup="镇政府", county="隆回县")]
    roster = enrolled(of("430521", 1, "司门前"), pickups=table)
    assert counties(roster) == ["隆回县"]
    warning = fault(roster, "county_unsure")
    assert (warning.severity, warning.value) == ("warning", "司门前")
    assert "邵东市" in warning.message.zh
    assert "邵东市" in warning.fix.zh


def test_a_township_of_two_counties_of_the_pickup_sheet_is_that_of_the_id_number() -> None:
    table = [
        PickupRow(ref=f"上车点.xlsx!S!{i}", township="城关镇", pickup=f"点{i}", county=county)
        for i, county in enumerate(("隆回县", "邵东市"), 2)
    ]
    roster = enrolled(of("430521", 1, "城关镇"), of("430524", 2, "城关镇"), pickups=table)
    assert counties(roster) == ["邵东市", "隆回县"]
    assert "county_unsure" not in codes(roster)


def test_the_place_where_a_township_boards_says_its_county() -> None:
    table = [PickupRow(ref="上车点.xlsx!S!2", township="司门前镇", pickup="司门前镇政府门口")]
    places = [PlaceRow(ref="地点.xlsx!S!2", name="司门前镇政府门口", lat=27.36, lon=110.97, owner="隆回县")]
    assert counties(enrolled(of("430521", 1, "司门前镇"), pickups=table, places=places)) == ["隆回县"]


def test_the_others_of_a_township_on_the_file_say_its_county() -> None:
    others = [of("430524", i, "司门前镇") for i in (1, 2, 3)]
    roster = enrolled(*others, of("430521", 4, "司门前镇"))
    assert set(counties(roster)) == {"隆回县"}
    assert fault(roster, "county_unsure").signup == "报名.xlsx!报名!5"
    few = enrolled(*others[:2], of("430521", 4, "司门前镇"))
    assert counties(few) == ["隆回县", "隆回县", "邵东市"]
    elsewhere = enrolled(*others, of("430521", 4, "司门前镇", ref="另一.xlsx!报名!9"))
    assert counties(elsewhere).count("邵东市") == 1


def test_a_county_that_has_townships_of_its_own_on_the_file_keeps_its_people() -> None:
    longhui = [of("430524", i, "城关镇") for i in range(1, 7)]
    shaodong = [of("430521", i, "团山镇") for i in range(7, 10)]
    roster = enrolled(*longhui, *shaodong, of("430521", 10, "城关镇"))
    assert counties(roster).count("邵东市") == 4
    assert "county_unsure" not in codes(roster)


def test_a_township_without_any_other_witness_lies_in_the_county_of_the_office() -> None:
    office = EnrolmentSettings(office="隆回县人力资源和社会保障局")
    roster = enrolled(of("430521", 1, "司门前镇"), settings=office)
    assert counties(roster) == ["隆回县"]
    assert "本单位" in fault(roster, "county_unsure").message.zh
    of_a_city = EnrolmentSettings(office="邵阳市人力资源和社会保障局")
    assert counties(enrolled(of("430521", 1, "司门前镇"), settings=of_a_city)) == ["邵东市"]


def test_a_list_of_another_county_stays_there_whatever_the_office() -> None:
    office = EnrolmentSettings(office="隆回县人社局")
    roster = enrolled(*(of("430521", i, "团山镇") for i in (1, 2, 3)), settings=office)
    assert set(counties(roster)) == {"邵东市"}


def test_who_says_nothing_among_people_of_the_office_boards_with_them() -> None:
    office = EnrolmentSettings(office="隆回县人社局")
    roster = enrolled(of("430524", 1), of("430524", 2), of("430521", 3), settings=office)
    assert roster.people["county"].tolist() == ["隆回县"] * 3
    said = [f.message.zh for f in roster.faults if f.code == "county_from_id"]
    assert any("邵东" in words and "按隆回县安排上车" in words for words in said)


def test_everybody_of_another_county_than_the_office_by_the_id_number_alone_is_named() -> None:
    office = EnrolmentSettings(office="隆回县人社局")
    roster = enrolled(of("430524", 1), of("430521", 2), of("430521", 3), settings=office)
    named = [f.signup for f in roster.faults if "不是隆回县" in f.message.zh]
    assert named == ["报名.xlsx!报名!3", "报名.xlsx!报名!4"]


def test_an_address_that_begins_with_a_township_names_no_county() -> None:
    roster = enrolled(of("430524", 1, county="高平镇石山村3组"))
    assert (counties(roster), codes(roster)) == (["隆回县"], ["county_from_id"])
    assert roster.people["township"].tolist() == ["高平镇"]
    for county in ("宁乡", "宁乡县花明楼镇"):
        assert counties(enrolled(of("430524", 1, county=county))) == ["宁乡县"]


@pytest.mark.parametrize(
    "address", ["三水村1组", "桃源村", "永兴村一组", "楠木村2组", "新华社区3号", "长安村"]
)
def test_an_address_that_begins_with_a_village_names_no_county(address: str) -> None:
    """三水村 of 城步 is not in 三水区 of 佛山."""
    roster = enrolled(of("430529", 1, county=address))
    assert (counties(roster), codes(roster)) == (["城步苗族自治县"], ["county_from_id"])
    assert counties(enrolled(of("430529", 1, county="三水区南山村"))) == ["三水区"]


def test_the_township_of_an_address_counts_if_it_says_so_or_the_pickup_sheet_has_it() -> None:
    table = [PickupRow(ref="上车点.xlsx!S!2", township="六都寨", pickup="六都寨汽车站")]
    roster = enrolled(of("430524", 1, county="湖南省隆回县六都寨镇荷田村3组"), pickups=table)
    assert roster.people["township"].tolist() == ["六都寨镇"]
    assert [roster.places[i].name for i in roster.people["pickup"]] == ["六都寨汽车站"]
    assert enrolled(of("430524", 1, county="湖南省隆回县六都寨镇荷田村")).people["township"].tolist() == [
        "六都寨镇"
    ]
    assert enrolled(of("430524", 1, county="湖南省隆回县荷田村")).people["township"].tolist() == [""]


def test_the_name_of_the_sheet_or_the_file_says_the_township_if_the_pickup_sheet_has_it() -> None:
    table = [
        PickupRow(ref=f"上车点.xlsx!S!{i}", township=town, pickup=f"{town}政府")
        for i, town in enumerate(("高平镇", "虎形山瑶族乡"), 2)
    ]

    def townships(*refs: str, **told: str) -> list[str]:
        roster = enrolled(*(of("430524", i, ref=ref, **told) for i, ref in enumerate(refs, 1)), pickups=table)
        named = [f.message.zh for f in roster.faults if f.code == "township_from_name"]
        assert len(named) == len({ref.rpartition("!")[0] for ref in refs if roster.people["township"].any()})
        return roster.people["township"].tolist()

    assert townships("高平镇（双栏）.xlsx!Sheet1!3", "高平镇（双栏）.xlsx!Sheet1!4") == ["高平镇"] * 2
    assert townships("名单.xlsx!虎形山瑶族乡!3") == ["虎形山瑶族乡"]
    assert townships("高平镇.xlsx!虎形山乡!3") == ["虎形山乡"]
    for silent in (
        "高平片区.xlsx!S!3",
        "高平镇、虎形山乡.xlsx!S!3",
        "高平镇等地.xlsx!S!3",
        "桃洪镇.xlsx!S!3",
    ):
        assert townships(silent) == [""]
    assert townships("高平镇.xlsx!S!3", pickup="县汽车站") == [""]


def titled(
    *titles: str,
    file: str = "名单.xlsx",
    sheet: str = "S",
    folder: str = "收件",
    office: str = "平南县人社局",
) -> Roster:
    """Return two people of 平南县 by their ID numbers, whose list has no column of places."""
    report = SheetReport(file, sheet, "signups", 3, 2, 2, (("id_number", "B"),))
    people = [of("450821", i, ref=f"{file}!{sheet}!{i + 3}") for i in (1, 2)]
    told = replace(intake(*people), sheets=(report,), titles={(file, sheet): (titles, (folder,))})
    return enrol(told, EnrolmentSettings(office=office), Rules(), usual_kmh=80.0)


@pytest.mark.parametrize(
    "said",
    [
        {"file": "大安镇报名表.xlsx"},
        {"file": "附件2：2027年大安镇返岗人员.xlsx"},
        {"sheet": "大安镇"},
        {"folder": "大安镇"},
        {"titles": ("平南县大安镇返岗人员花名册", "填报单位：大安镇人社中心")},
        {"titles": ("2027年春节返乡农民工返岗登记表（大安镇）",)},
        {"titles": ("大安镇返岗",), "file": "各乡镇汇总.xlsx", "folder": "大新镇"},
    ],
)
def test_without_a_column_of_places_the_one_township_named_counts_and_is_said_once(
    said: dict[str, Any],
) -> None:
    titles = said.pop("titles", ())
    roster = titled(*titles, **said)
    assert roster.people["township"].tolist() == ["大安镇"] * 2
    assert "2 人没有填乡镇" in fault(roster, "township_from_name").message.zh


@pytest.mark.parametrize(
    "title",
    [
        "2027年春节返乡人员登记表",
        "平南县各乡镇报名表",
        "2027年赴东莞长安镇务工人员",
        "东莞市长安镇务工人员花名册",
        "长安镇务工人员名单",
        "广东东莞虎门镇专车",
        "广东省东莞市长安镇返岗名单",
        "桂平市木乐镇报名表",
        "大安镇等地返岗人员",
        "平南县乡村振兴局",
    ],
)
def test_words_that_name_no_township_of_the_office_are_none(title: str) -> None:
    roster = titled(title)
    assert roster.people["township"].tolist() == [""] * 2
    assert not {"township_from_name", "townships_in_name"} & set(codes(roster))


def test_two_townships_of_a_title_are_asked_for() -> None:
    roster = titled("平南县大安镇、大新镇返岗人员")
    assert roster.people["township"].tolist() == [""] * 2
    assert "大安镇、大新镇" in fault(roster, "townships_in_name").message.zh


def test_the_county_before_the_township_of_a_title_counts_where_nobody_wrote_one() -> None:
    roster = titled("从江县西山镇报名表", office="")
    assert counties(roster) == ["从江县"] * 2
    assert roster.people["township"].tolist() == ["西山镇"] * 2
