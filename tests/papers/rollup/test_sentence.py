"""The sentence of the press note, word for word."""

from datetime import date
from typing import Any

from returnplan.papers.rollup.sentence import press_note
from returnplan.papers.rollup.table import Table, add_up
from returnplan.papers.rollup.workbook import rollup_pages
from tests.papers.rollup.test_table import MONDAY, TUESDAY, WEDNESDAY, line, told

TRAINS: dict[str, Any] = {"trains": 7, "trains_sent": 3, "whole_trains": 7, "whole_trains_sent": 3}


def _region(day: date | None = None) -> Table:
    guigang = told(
        "贵港.html",
        line(MONDAY, coaches=200, people=9000, coaches_sent=200, sent=8930),
        line(TUESDAY, coaches=120, people=5430, coaches_sent=100, sent=4500, listed=400),
        line(WEDNESDAY, city="深圳市", coaches=57, people=2500),
    )
    liuzhou = told(
        "柳州.html",
        line(TUESDAY, "柳州市", "广州市", coaches=140, people=7000, sent=1500, **TRAINS),
    )
    return add_up([guigang, liuzhou], day)


def test_the_sentence_tells_plan_sent_day_and_where_to() -> None:
    assert press_note(_region(), "zh") == (
        "截至2月23日，2个市计划开行返岗专车517辆、专列7列，输送务工人员23930人；已开行专车300辆、专列3列，"
        "发送14930人，完成计划的62.4%，其中2月23日当天专车100辆、专列3列、6000人。"
        "去往东莞(13430人)、广州(1500人)的最多。已发送的人中有400人按乘车名单计，上车登记尚未交回。"
    )


def test_the_sentence_in_english() -> None:
    assert press_note(_region(), "en") == (
        "By 23 Feb, 2 cities have planned 517 coaches and 7 trains (whole train) for 23,930 people; "
        "300 coaches and 3 trains (whole train) with 14,930 people have left (62.4%), "
        "of them 100 coaches and 3 trains (whole train) with 6,000 people on 23 Feb. "
        "Most go to Dongguan (13,430) and Guangzhou (1,500). 400 of those sent are counted by their lists, "
        "which are not back yet."
    )


def test_trains_are_called_what_was_bought_of_them_as_far_as_it_is_told() -> None:
    """Carriages and group tickets are no 专列; offices of an older version did not tell."""
    counts: dict[str, Any] = {
        "trains": 4,
        "carriages": 1,
        "group_tickets": 2,
        "trains_sent": 2,
        "group_tickets_sent": 1,
    }
    table = add_up([told("百色.html", line(coaches=9, people=400, sent=90, **counts))])
    assert "返岗专车9辆、包车厢1趟、团体票2趟、列车1列，" in press_note(table, "zh")
    assert "已开行团体票1趟、列车1列，" in press_note(table, "zh")
    assert "9 coaches, 1 train (carriages), 2 trains (group ticket) and 1 train for 400" in press_note(
        table, "en"
    )


def test_coaches_to_and_from_trains_are_no_coaches_of_their_own() -> None:
    counts: dict[str, Any] = {
        "coaches": 9,
        "connecting": 8,
        "trains": 1,
        "coaches_sent": 8,
        "connecting_sent": 8,
    }
    table = add_up([told("凯里.html", line(people=400, sent=90, trains_sent=1, **counts))])
    assert "返岗专车1辆、列车1列、接驳车8辆，输送" in press_note(table, "zh")
    assert "已开行列车1列、接驳车8辆，" in press_note(table, "zh")
    assert "1 coach, 1 train and 8 coaches to or from trains for 400" in press_note(table, "en")


def test_one_of_each_in_english() -> None:
    table = add_up([told("凯里.html", line(coaches=2, connecting=1, people=1, sent=0))])
    assert "1 coach and 1 coach to or from trains for 1 person; none has left yet" in press_note(table, "en")


def test_large_numbers_in_english() -> None:
    table = add_up([told("凯里.html", line(coaches=1842, people=57278))])
    assert "1,842 coaches for 57,278 people" in press_note(table, "en")


def test_the_sentence_of_an_earlier_day() -> None:
    assert "已开行专车200辆，发送8930人，完成计划的37.3%，其中2月22日当天专车200辆、8930人。" in press_note(
        _region(MONDAY), "zh"
    )


def test_before_anybody_has_left_it_is_where_most_will_go() -> None:
    words = press_note(add_up([told("a", line(people=40), line(city="深圳市", people=30))]), "zh")
    assert words.endswith("尚未发车。去往东莞(40人)、深圳(30人)的最多。")


def test_one_city_of_which_nobody_has_left() -> None:
    assert press_note(add_up([told("a", line())]), "zh") == (
        "贵港计划开行返岗专车1辆，输送务工人员40人；尚未发车。"
    )


def test_nothing_planned() -> None:
    assert press_note(add_up([told("a")]), "zh") == "没有任何计划。"


def test_people_of_the_two_classes_are_said_where_an_office_told_them() -> None:
    counts: dict[str, Any] = {"out_of_poverty": 120, "out_of_poverty_sent": 30, "monitored": 8}
    table = add_up([told("百色.html", line(coaches=9, people=400, coaches_sent=2, sent=90, **counts))])
    assert "输送务工人员400人（其中脱贫人口120人、监测对象8人）；" in press_note(table, "zh")
    assert "完成计划的22.5%（其中脱贫人口30人）" in press_note(table, "zh")
    assert "400 people (120 lifted out of poverty and 8 monitored)" in press_note(table, "en")


def test_the_table_has_the_classes_only_where_somebody_told_them() -> None:
    def headers(table: Table) -> set[str]:
        return {column.header for column in rollup_pages(table, "zh")[0].columns}

    counts: dict[str, Any] = {"coaches": 9, "people": 400, "monitored": 8}
    assert "计划监测对象" in headers(add_up([told("百色.html", line(**counts))]))
    assert "计划监测对象" not in headers(_region())
