"""Who is not planned, and why."""

from datetime import timedelta

from returnplan.model.rules import Rules
from tests.specimens.coach import id_number
from tests.specimens.intakes import BORN, DAY, enrolled, signup

RULES = Rules(min_age=16, max_age=60, health_kept_back=("红码", "黄码"))


def test_each_reason_has_its_code_and_words() -> None:
    young = id_number("450225", DAY.replace(year=2005) + timedelta(days=1), 4)
    old = id_number("450225", DAY.replace(year=1960), 5)
    people = (
        signup(1, cancelled=True),
        signup(2, rides=False),
        signup(3, health="红 码"),
        signup(4, id_number=young),
        signup(5, id_number=old),
        signup(6, health="绿码"),
    )
    kept = enrolled(*people, rules=RULES).people.set_index("signup").loc[[row.ref for row in people]]
    assert kept["code"].tolist() == ["cancelled", "own_transport", "health", "too_young", "too_old", ""]
    assert (kept["reason_zh"] != "").tolist() == [True] * 5 + [False]
    assert kept["age"].tolist()[3:5] == [15, 61]


def test_age_is_that_of_the_first_day_of_travel() -> None:
    worker = signup(1, id_number=id_number("450225", BORN, 1), earliest=BORN.replace(year=2021), latest=None)
    assert enrolled(worker).people["age"].tolist() == [36]
    assert enrolled(signup(1)).people["age"].tolist() == [35]


def test_the_limits_of_age_are_inside() -> None:
    people = (
        signup(i, id_number=id_number("450225", DAY.replace(year=2021 - years), i))
        for i, years in ((4, 16), (5, 60))
    )
    assert enrolled(*people, rules=RULES).people["code"].tolist() == ["", ""]


def test_without_a_rule_nobody_is_too_old() -> None:
    old = id_number("450225", DAY.replace(year=1940), 5)
    assert enrolled(signup(5, id_number=old)).people["code"].tolist() == [""]


def test_windows_before_the_notice_are_past() -> None:
    roster = enrolled(signup(1), signup(2, earliest=DAY, latest=DAY + timedelta(days=1)), as_of=DAY)
    assert roster.not_before == DAY + timedelta(days=1)
    assert roster.people["code"].tolist() == ["window_past", ""]
