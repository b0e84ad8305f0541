"""Accounts added up: each office once, and what may be told twice is said."""

from datetime import UTC, date, datetime

from returnplan.model.texts import Text
from returnplan.papers.rollup.account import Account, AccountLine
from returnplan.papers.rollup.door import AccountFile
from returnplan.papers.rollup.table import Sum, add_up

MONDAY, TUESDAY, WEDNESDAY = (date(2021, 2, day) for day in (22, 23, 24))


def line(
    day: date | None = TUESDAY, home: str = "贵港市", city: str = "东莞市", **counts: int
) -> AccountLine:
    return AccountLine(date=day, home=home, city=city, **{"coaches": 1, "people": 40, **counts})


def told(
    name: str,
    *lines: AccountLine,
    office: str = "",
    run: str = "",
    campaign: str = "",
    hour: int = 8,
    inputs: tuple[str, ...] = (),
) -> AccountFile:
    made_at = datetime(2021, 2, 20, hour, tzinfo=UTC)
    account = Account(
        office=office, run=run or name, campaign=campaign, made_at=made_at, inputs=inputs, lines=lines
    )
    return AccountFile(name, account)


def counted(*files: AccountFile) -> dict[str, bool]:
    return {source.told.file: source.is_counted for source in add_up(files).sources}


def test_two_offices_are_added() -> None:
    table = add_up([told("a", line()), told("b", line(home="柳州市", people=30))])
    assert table.whole() == Sum(coaches=2, people=70)
    assert [source.remark.zh for source in table.sources] == ["", ""]


def test_two_offices_without_a_name_are_added_though_their_files_have_one() -> None:
    table = add_up([told("report.html", line(), run="x"), told("report.html", line(people=30), run="y")])
    assert table.whole() == Sum(coaches=2, people=70)


def test_the_same_plan_counts_once_as_it_was_told_last() -> None:
    early, late = told("a", line(), run="x"), told("b", line(sent=39, coaches_sent=1), run="x")
    for files in ((early, late), (late, early)):
        assert counted(*files) == {"a": False, "b": True}
        assert add_up(files).whole().sent == 39


def test_the_very_same_account_counts_once() -> None:
    assert counted(told("a", line(), run="x"), told("b", line(), run="x")) == {"a": True, "b": False}


def test_of_one_office_the_newest_plan_counts() -> None:
    files = (told("a", line(), office="贵港", hour=9), told("b", line(people=38), office="贵港", hour=8))
    assert counted(*files) == {"a": True, "b": False}
    assert "以较新的 a 为准" in add_up(files).sources[1].remark.zh


def test_of_one_campaign_the_newest_plan_counts() -> None:
    files = (told("a", line(), campaign="c"), told("b", line(people=38), campaign="c", hour=9))
    assert counted(*files) == {"a": False, "b": True}


def test_plans_that_share_a_sheet_or_a_line_may_be_told_twice() -> None:
    for one, other in (
        (told("a", line(), inputs=("1", "2")), told("b", line(people=41), inputs=("2",))),
        (told("a", line()), told("b", line())),
    ):
        table = add_up([one, other])
        assert [source.is_counted for source in table.sources] == [True, True]
        assert "可能与 a 重复" in table.sources[1].remark.zh


def test_two_county_offices_of_one_prefecture_are_no_double_report() -> None:
    table = add_up([told("a", line(), inputs=("1",)), told("b", line(people=41), inputs=("2",))])
    assert table.sources[1].remark.zh == ""


def test_named_offices_with_lists_of_one_name_are_no_double_report() -> None:
    """Name and content of a list alternate; a full coach to one city on one day may be alike by chance."""
    one = told("a", line(), line(MONDAY), line(WEDNESDAY), office="从江", inputs=("报名", "1"))
    other = told(
        "b", line(), line(MONDAY, people=9), line(WEDNESDAY, people=8), office="榕江", inputs=("报名", "2")
    )
    table = add_up([one, other])
    assert table.sources[1].remark.zh == ""
    assert {name: Sum.of(lines).people for name, lines in table.of_office.items()} == {
        "从江": 120,
        "榕江": 57,
    }


def test_named_offices_that_share_a_list_or_most_lines_may_tell_twice() -> None:
    one = told("a", line(), office="从江", inputs=("报名", "1"))
    for other in (
        told("b", line(people=9), office="州", inputs=("全州", "1")),
        told("b", line(), line(MONDAY), office="州", inputs=("全州", "3")),
    ):
        assert "可能与 a 重复" in add_up([one, other]).sources[1].remark.zh


def test_a_file_that_tells_nothing_stays_with_its_reason() -> None:
    table = add_up([AccountFile("x.txt", None, Text("没有读", "not read")), told("a", line())])
    assert (table.sources[0].is_counted, table.sources[0].remark.zh) == (False, "没有读")


def test_the_day_is_the_last_on_which_somebody_left() -> None:
    file = told(
        "a", line(MONDAY, sent=38, coaches_sent=1), line(TUESDAY, sent=39, coaches_sent=1), line(WEDNESDAY)
    )
    table = add_up([file])
    assert table.day == TUESDAY
    assert table.of_day(table.lines).sent == 39
    assert add_up([told("a", line())]).day is None


def test_nobody_counts_as_sent_after_the_day_that_is_asked_for() -> None:
    file = told("a", line(MONDAY, sent=38, coaches_sent=1), line(TUESDAY, sent=39, coaches_sent=1))
    table = add_up([file], MONDAY)
    assert (table.whole().sent, table.whole().coaches_sent, table.whole().people) == (38, 1, 80)


def test_people_without_a_day_count_in_the_whole_and_on_no_day() -> None:
    table = add_up([told("a", line(sent=40), line(None, city="", people=0, coaches=0, sent=2))])
    assert (table.whole().sent, table.of_day(table.lines).sent) == (42, 40)
