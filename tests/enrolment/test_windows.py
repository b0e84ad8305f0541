"""On which days people may travel."""

from datetime import date, timedelta

from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.model.records import Demand
from returnplan.model.roster import Roster
from returnplan.model.rules import Dates
from tests.specimens.intakes import DAY, codes, enrolled, fault, signup

FLEX = EnrolmentSettings(dates=Dates(flex_before=1, flex_after=2))


def days(roster: Roster, *columns: str) -> list[date]:
    return [roster.people[column].iloc[0].date() for column in columns]


def later(days_on: int) -> date:
    return DAY + timedelta(days=days_on)


def test_a_named_day_stands_alone_by_default() -> None:
    assert days(enrolled(signup(1, named_date=DAY)), "earliest", "latest") == [DAY, DAY]


def test_flex_widens_the_named_day_and_remembers_it() -> None:
    roster = enrolled(signup(1, named_date=DAY), settings=FLEX)
    assert days(roster, "earliest", "latest") == [later(-1), later(2)]
    assert days(roster, "flex_from", "flex_to") == [DAY, DAY]


def test_flex_never_widens_a_window() -> None:
    roster = enrolled(signup(1, earliest=DAY, latest=later(3)), settings=FLEX)
    assert days(roster, "earliest", "latest", "flex_from", "flex_to") == [DAY, later(3)] * 2


def test_open_ends_reach_to_the_ends_of_the_campaign() -> None:
    others = (signup(8, earliest=later(-4), latest=later(-4)), signup(9, earliest=later(6), latest=later(6)))
    assert days(enrolled(signup(1, earliest=DAY), *others), "earliest", "latest") == [DAY, later(6)]
    assert days(enrolled(signup(1, latest=DAY), *others), "earliest", "latest") == [later(-4), DAY]


def test_no_date_means_any_day_of_the_campaign_with_one_warning() -> None:
    undated = [signup(i, named_date=None) for i in (1, 2)]
    roster = enrolled(*undated, signup(8), signup(9, earliest=later(6), latest=later(6)))
    assert days(roster, "earliest", "latest") == [DAY, later(6)]
    assert "2 行" in fault(roster, "no_date").message.zh
    assert fault(roster, "no_date").severity == "warning"


def test_a_single_far_day_is_no_day_of_the_campaign() -> None:
    far = (signup(7, named_date=later(240)), signup(6, latest=later(-365)), signup(5, earliest=later(300)))
    roster = enrolled(
        signup(1, named_date=None), signup(8), signup(9, earliest=later(6), latest=later(6)), *far
    )
    assert days(roster, "earliest", "latest") == [DAY, later(6)]
    told = [fault for fault in roster.faults if fault.code == "day_far_from_others"]
    assert [fault.severity for fault in told] == ["warning"] * 3
    people = roster.people.sort_values("signup")
    assert [day.date() for day in people["earliest"].tolist()[2:5]] == [later(300), later(-365), later(240)]
    assert [day.date() for day in people["latest"].tolist()[2:5]] == [later(300), later(-365), later(240)]


def test_of_two_groups_of_days_far_apart_one_is_told() -> None:
    groups = [signup(i, named_date=day) for i, day in enumerate([DAY, DAY, later(300), later(300)], 1)]
    assert codes(enrolled(*groups)) == ["day_far_from_others"] * 2


def test_days_that_many_name_are_not_far_from_the_others() -> None:
    many = [signup(i, named_date=DAY if i < 7 else later(70)) for i in range(1, 11)]
    roster = enrolled(*many, signup(11, named_date=None))
    assert "day_far_from_others" not in codes(roster)
    undated = roster.people[roster.people["name"] == signup(11).name].iloc[0]
    assert (undated["earliest"].date(), undated["latest"].date()) == (DAY, later(70))


def test_a_last_day_months_after_the_first_is_not_far_where_all_have_one() -> None:
    wide = [signup(i, earliest=DAY, latest=later(150)) for i in range(1, 6)]
    roster = enrolled(*wide, signup(11, named_date=None))
    assert "day_far_from_others" not in codes(roster)
    undated = roster.people[roster.people["name"] == signup(11).name].iloc[0]
    assert (undated["earliest"].date(), undated["latest"].date()) == (DAY, later(150))


def test_an_ordinary_window_among_open_ones_is_not_far() -> None:
    wide = [signup(i, earliest=DAY, latest=later(300)) for i in range(1, 6)]
    assert codes(enrolled(*wide, signup(7, earliest=later(20), latest=later(22)))) == []


def test_the_only_last_day_is_judged_by_the_first_days() -> None:
    people = [signup(i, earliest=DAY) for i in range(1, 6)]
    roster = enrolled(*people, signup(6, latest=later(300)))
    assert codes(roster) == ["day_far_from_others"]


def test_days_all_far_ahead_are_told_once() -> None:
    people = [signup(i, named_date=later(300)) for i in (1, 2)]
    assert codes(enrolled(*people, as_of=DAY)) == ["days_far_ahead"]
    assert codes(enrolled(*people, as_of=later(200))) == []


def test_without_any_date_the_resume_dates_make_the_campaign_then_the_notice() -> None:
    lines = [Demand(ref=f"需求.xlsx!S!{i}", employer=f"厂{i}", city="东莞", resume=later(i)) for i in (2, 5)]
    assert days(enrolled(signup(1, named_date=None), demand=lines), "earliest", "latest") == [
        later(2),
        later(5),
    ]
    assert days(enrolled(signup(1, named_date=None), as_of=DAY), "earliest", "latest") == [later(1)] * 2


def test_nobodys_date_is_an_error() -> None:
    roster = enrolled(signup(1, named_date=None))
    assert codes(roster) == ["no_date"]
    assert len(roster.rejected) == 1
