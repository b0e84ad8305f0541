"""Answers that have a column each and are ticked."""

from datetime import date, datetime
from typing import Any

import pytest

from returnplan.reading.learning import header_meanings
from returnplan.reading.names import Names
from returnplan.reading.sheet import SheetOutcome, layouts, read_sheet
from returnplan.reading.signups import SignUps
from returnplan.sheets.tables import Table
from tests.specimens.sheets import signup_row, table_of

WHO = ("姓名", "身份证号码", "联系电话", "务工城市")


def ticked(title: str, words: tuple[Any, ...], *rows: tuple[str, ...], who: tuple[str, ...] = WHO) -> Table:
    """Return a sheet of people with a title merged over columns of ticks; without one, of a single header line."""
    people = [[signup_row(i)[name] for name in who] + list(row) for i, row in enumerate(rows, 1)]
    if not title:
        return table_of([[*who, *words], *people])
    first, last = len(who) + 1, len(who) + len(words)
    merged = [(1, column, 2, column) for column in range(1, first)] + [(1, first, 1, last)]
    head = [[*who, title, *[""] * (len(words) - 1)], [*[""] * len(who), *words]]
    return table_of([*head, *people], merged=merged)


def read(table: Table) -> SheetOutcome:
    return read_sheet(table, layouts(2021), Names({}), 2021)


def told(outcome: SheetOutcome, field: str) -> list[Any]:
    assert isinstance(outcome.content, SignUps)
    values: list[Any] = outcome.content.frame[field].tolist()
    return values


WAYS = ("专车", "自驾", "自行乘车")


@pytest.mark.parametrize("tick", ["√", "✓", "是", "1", "☑"])
def test_a_way_of_travelling_is_the_word_above_the_tick(tick: str) -> None:
    outcome = read(ticked("出行方式", WAYS, (tick, "", ""), ("", tick, ""), ("", "", tick), ("", "", "")))
    assert told(outcome, "rides") == [True, False, False, True]
    assert outcome.faults == ()


@pytest.mark.parametrize(
    ("words", "rows", "rides"),
    [
        (("自行前往",), (("√",), ("",), ("否",), ("×",)), [False, True, True, True]),
        (("专车", "自驾"), (("√", ""), ("", "√")), [True, False]),
    ],
)
def test_a_way_of_travelling_needs_no_title(
    words: tuple[str, ...], rows: tuple[tuple[str, ...], ...], rides: list[bool]
) -> None:
    outcome = read(ticked("", words, *rows))
    assert told(outcome, "rides") == rides
    assert outcome.faults == ()


def test_two_ticks_that_say_two_things_are_an_error_of_their_row() -> None:
    outcome = read(ticked("出行方式", WAYS, ("√", "√", ""), ("√", "", "")))
    assert [(fault.code, fault.cell, fault.value) for fault in outcome.faults] == [
        ("not_yes_no", "E3", "专车、自驾")
    ]
    assert told(outcome, "rides") == [True]


@pytest.mark.parametrize("days", [("2月18日", "2月19日"), (datetime(2021, 2, 18), datetime(2021, 2, 19))])
def test_days_are_ticked_as_they_are_typed_or_as_excel_makes_them(days: tuple[Any, ...]) -> None:
    outcome = read(ticked("乘车日期", days, ("√", ""), ("", "√")))
    assert [day.date() for day in told(outcome, "named_date")] == [date(2021, 2, 18), date(2021, 2, 19)]


def test_a_ticked_day_without_a_year_is_named_as_such() -> None:
    table = ticked("乘车日期", ("2月18日", "2月19日"), ("√", ""))
    outcome = read_sheet(table, layouts(None), Names({}), None)
    assert "no_year" in {fault.code for fault in outcome.faults}


def test_a_city_is_ticked() -> None:
    outcome = read(ticked("返岗地", ("东莞市", "深圳市"), ("", "√"), ("√", ""), who=WHO[:3]))
    assert told(outcome, "city") == ["深圳市", "东莞市"]


def test_a_total_below_the_ticks_is_no_answer() -> None:
    table = ticked("出行方式", WAYS, ("√", "", ""), ("", "√", ""))
    lines = [table.row_texts(row) for row in range(table.num_rows)]
    with_total = table_of([*lines, ["合计", "", "", "", "1", "12", "0"]], merged=table.merged)
    assert told(read(with_total), "rides") == [True, False]


@pytest.mark.parametrize(
    ("title", "words", "row"),
    [
        ("", ("男", "女"), ("√", "")),  # may be counts
        ("出行方式", ("专车", "自驾"), ("K1次", "")),  # no tick
        ("出行方式", ("专车", "车票"), ("√", "")),  # 车票 is no way of travelling
        ("出行方式", ("专车", "自驾"), ("", "")),
    ],
)
def test_other_columns_are_not_known(title: str, words: tuple[str, ...], row: tuple[str, ...]) -> None:
    outcome = read(ticked(title, words, row))
    assert {fault.code for fault in outcome.faults} == {"unknown_column"}


def test_a_column_of_its_own_counts_more() -> None:
    table = ticked("出行方式", WAYS, ("√", "", "", "否"))
    lines = [table.row_texts(row) for row in range(table.num_rows)]
    lines[0][7:], lines[1][7:] = ["是否乘坐"], [""]
    outcome = read(table_of(lines, merged=(*table.merged, (1, 8, 2, 8))))
    assert told(outcome, "rides") == [False]


def test_each_ticked_column_is_listed_with_its_field() -> None:
    meanings = header_meanings(ticked("出行方式", WAYS, ("√", "", "")), layouts(2021), Names({}))
    assert [one.field for one in meanings if one.label.startswith("出行方式")] == ["rides"] * 3
