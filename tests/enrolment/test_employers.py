"""Sign-ups and the demand sheet."""

from datetime import timedelta
from typing import Any

import pytest

from returnplan.model.records import Demand
from tests.specimens.intakes import DAY, codes, enrolled, fault, signup


def demand(row: int, employer: str, city: str = "东莞", **fields: Any) -> Demand:
    return Demand(ref=f"需求.xlsx!需求!{row}", employer=employer, city=city, **fields)


def test_of_several_lines_the_one_of_the_same_post_counts() -> None:
    lines = [
        demand(2, "恒达厂", post="普工", resume=DAY),
        demand(3, "恒达厂", post="焊工", resume=DAY + timedelta(days=1), reception_from=DAY),
    ]
    roster = enrolled(signup(1, employer="恒达", post="焊工"), demand=lines)
    line = roster.vacancies[roster.people["vacancy"].iloc[0]]
    assert line.post == "焊工"
    assert roster.people["resume"].iloc[0].date() == DAY + timedelta(days=1)
    assert roster.people["reception"].iloc[0].date() == DAY


def test_an_employer_in_another_city_is_an_error_that_names_both_cells() -> None:
    roster = enrolled(signup(1, employer="恒达厂", city="深圳"), demand=[demand(7, "恒达厂")])
    at_signup, at_demand = sorted(
        (f for f in roster.faults if f.code == "employer_city"), key=lambda f: f.severity
    )
    assert (at_signup.cell, at_signup.signup) == ("J2", "报名.xlsx!报名!2")
    assert "需求.xlsx!需求!7" in at_signup.message.zh
    assert (at_demand.file, at_demand.severity, at_demand.signup) == ("需求.xlsx", "warning", None)
    assert "报名.xlsx!报名!J2" in at_demand.message.zh
    assert len(roster.rejected) == 1


def test_an_employer_with_plants_in_two_cities_is_no_conflict() -> None:
    lines = [demand(2, "恒达厂"), demand(3, "恒达厂", "深圳")]
    roster = enrolled(signup(1, employer="恒达厂", city="深圳"), demand=lines)
    assert roster.vacancies[roster.people["vacancy"].iloc[0]].city == "深圳市"


def test_a_near_name_is_a_warning_and_no_match() -> None:
    roster = enrolled(signup(1, employer="恒达电孑厂"), demand=[demand(2, "恒达电子厂")])
    assert roster.people["vacancy"].tolist() == [-1]
    assert "恒达电子厂" in fault(roster, "employer_near").message.zh


@pytest.mark.parametrize(
    ("slip", "is_said"),
    [
        ("华强电孑厂", True),
        ("东莞华强子厂", True),  # a letter is missing, and the city stands in front
        ("华强二分厂", False),  # beside 华强一分厂: another plant
        ("恒达五金厂", False),
        ("自己找", False),
    ],
)
def test_a_slip_in_a_name_that_many_wrote_is_said_where_no_demand_sheet_tells(
    slip: str, is_said: bool
) -> None:
    usual = "华强一分厂" if "分厂" in slip else "华强电子厂"
    many = [signup(serial, employer=usual) for serial in range(1, 6)]
    roster = enrolled(*many, signup(9, employer=slip))
    assert codes(roster).count("employer_near") == is_said
    if is_said:
        told = fault(roster, "employer_near")
        assert (told.severity, told.value, usual in told.message.zh) == ("warning", slip, True)
    few = enrolled(*many[:4], signup(9, employer=slip))
    assert "employer_near" not in codes(few)  # four people know no better than one


def test_a_demand_line_in_an_unknown_city_is_left_out() -> None:
    roster = enrolled(signup(1), demand=[demand(2, "恒达厂", "东菀"), demand(3, "永信厂", headcount=3)])
    assert [line.employer for line in roster.vacancies] == ["永信厂"]
    assert fault(roster, "unknown_city").signup is None
    assert len(roster.people) == 1


def test_the_rest_of_a_demand_lines_city_is_its_place() -> None:
    roster = enrolled(signup(1), demand=[demand(2, "恒达厂", "东莞市长安镇乌沙工业区", headcount=3)])
    assert roster.places[roster.vacancies[0].place].name == "乌沙工业区"
    assert fault(roster, "unknown_place").value == "乌沙工业区"


def test_cities_with_vacancies_are_those_with_a_number() -> None:
    lines = [
        demand(2, "甲厂", headcount=3),
        demand(3, "乙厂", "深圳"),
        demand(4, "丙厂", "佛山", headcount=0),
    ]
    assert enrolled(signup(1), demand=lines).has_demand_in == {"东莞市"}


def test_a_shuttle_is_what_the_person_says_else_what_the_employer_says() -> None:
    people = [signup(n, employer="恒达厂", shuttle=word) for n, word in enumerate(("", "yes", "no"), start=1)]
    fetched = enrolled(*people, demand=[demand(2, "恒达厂", shuttle="no")])
    assert sorted(fetched.people["shuttle"]) == ["no", "no", "yes"]
    assert sorted(enrolled(*people, demand=[demand(2, "恒达厂")]).people["shuttle"]) == ["", "no", "yes"]


def jobs(employer: str, *others: str, city: str = "东莞") -> tuple[list[int], list[str], list[str]]:
    """Return the vacancies found, the employers, and the codes of the faults, for one person."""
    lines = [demand(row, name, city) for row, name in enumerate(others, 2)]
    roster = enrolled(signup(1, employer=employer, city=city), demand=lines)
    faults = [found.code for found in roster.faults]
    return roster.people["vacancy"].tolist(), roster.people["employer"].tolist(), faults


@pytest.mark.parametrize("employer", ["新达电子", "长安新达电子厂", "东莞市新达电子有限公司"])
def test_the_only_employer_of_the_city_with_a_name_is_meant_whatever_place_is_in_front(employer: str) -> None:
    assert jobs(employer, "东莞长安新达电子有限公司") == ([0], [employer], ["employer_near"])


def test_a_short_name_says_whom_it_was_taken_for() -> None:
    roster = enrolled(signup(1, employer="新达电子"), demand=[demand(2, "东莞长安新达电子有限公司")])
    assert "按用工需求里的“东莞长安新达电子有限公司”安排" in fault(roster, "employer_near").message.zh


@pytest.mark.parametrize(
    ("employer", "others"),
    [
        ("新达电子", ("东莞长安新达电子厂", "东莞虎门新达电子厂")),
        ("富海精密", ("东莞长安富海精密科技有限公司",)),
    ],
)
def test_a_name_that_may_be_several_or_lacks_a_trade_is_only_offered(
    employer: str, others: tuple[str, ...]
) -> None:
    assert jobs(employer, *others) == ([-1], [employer], ["employer_near"])


@pytest.mark.parametrize(
    ("employer", "other"),
    [("五金制品厂", "东莞长安五金制品厂"), ("新达电子", "深圳恒达电子"), ("新达电子", "东莞长安永信电子厂")],
)
def test_a_trade_alone_is_no_name(employer: str, other: str) -> None:
    assert jobs(employer, other) == ([-1], [employer], [])


@pytest.mark.parametrize(
    ("told", "city"),
    [
        ({"place": "东莞市长安镇乌沙路1号"}, "东莞市"),
        ({"town": "北仑区", "place": "甬江路18号"}, "宁波市"),
        ({"town": "北仑区"}, "宁波市"),
        ({"place": "工业园东区"}, "宁波市"),
    ],
)
def test_address_town_or_name_tell_a_city_that_is_not_written(told: dict[str, str], city: str) -> None:
    roster = enrolled(signup(1, city=city), demand=[demand(2, "宁波海天塑机", "", **told)])
    assert [line.city for line in roster.vacancies] == [city]
    (warning,) = [fault for fault in roster.faults if fault.code == "city_from_address"]
    assert f"{city} 1 行" in warning.message.zh


def test_demand_of_no_city_at_all_is_an_error() -> None:
    roster = enrolled(signup(1), demand=[demand(2, "恒达厂", "", place="工业园东区")])
    assert fault(roster, "missing_city").severity == "error"


@pytest.mark.parametrize("words", ["宁波慈溪公牛电器", "宁波 公牛电器有限公司", "宁波慈溪 公牛电器"])
def test_an_employer_behind_the_city_is_taken_if_the_demand_sheet_has_it(words: str) -> None:
    lines = [demand(2, "慈溪公牛电器有限公司", "宁波")]
    roster = enrolled(signup(1, city=words), signup(2, city=words, employer="海天"), demand=lines)
    assert roster.people["vacancy"].tolist() == [0, -1]
    assert fault(roster, "employer_from_city").severity == "warning"
    assert "city_text_left_out" not in codes(roster)


def test_words_behind_the_city_that_are_no_employer_are_left_out() -> None:
    roster = enrolled(signup(1, city="宁波慈溪公牛电器"), demand=[demand(2, "海天塑机", "宁波")])
    assert "务工企业" in fault(roster, "city_text_left_out").fix.zh


def test_a_bare_name_is_the_only_employer_of_that_name_in_the_city_and_two_are_not_guessed() -> None:
    whole = demand(2, "东莞伟易达电讯有限公司")
    short = enrolled(signup(1, employer="伟易达"), demand=[whole])
    assert short.people["vacancy"].tolist() == [0]
    assert "东莞伟易达电讯有限公司" in fault(short, "employer_near").message.zh
    two = enrolled(signup(1, employer="伟易达"), demand=[whole, demand(3, "伟易达塑胶制品厂")])
    assert two.people["vacancy"].tolist() == [-1]
    assert codes(two).count("employer_near") == 1
    common = enrolled(signup(1, employer="恒达"), demand=[demand(2, "恒达电子厂")])
    assert common.people["vacancy"].tolist() == [-1]
