"""Who is not planned, and why."""

from datetime import date, timedelta

from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.model.notices import Notice, presets
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


def test_a_notice_keeps_health_codes_back_on_its_days_alone() -> None:
    """Red codes stay until 20 February: whose window reaches beyond leaves from then on."""
    notice = Notice(since=DAY, until=DAY + timedelta(days=1), health_kept_back=("红码",))
    people = [
        signup(n, health=code, earliest=DAY, latest=DAY + timedelta(days=last))
        for n, code, last in ((1, "红码", 1), (2, "红码", 3), (3, "绿码", 3))
    ]
    kept = enrolled(*people, settings=EnrolmentSettings(notices=(notice,))).people.set_index("signup")
    kept = kept.loc[[row.ref for row in people]]
    assert kept["code"].tolist() == ["health", "", ""]
    assert [day.date() for day in kept["earliest"]] == [DAY, DAY + timedelta(days=2), DAY]


def test_a_notice_that_keeps_nobody_back_lifts_the_offices_rule() -> None:
    """As from 19 December 2022 on: nobody asks for health codes any more."""
    (spring,) = presets()["2023-spring"]
    assert spring.holds_on(date(2023, 1, 29))
    assert spring.seat_share == 1.0
    lifted = spring.model_copy(update={"since": DAY})
    settings = EnrolmentSettings(notices=(lifted,))
    assert enrolled(signup(3, health="红码"), rules=RULES, settings=settings).people["code"].tolist() == [""]
    assert enrolled(signup(3, health="红码"), rules=RULES).people["code"].tolist() == ["health"]
