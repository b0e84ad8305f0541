"""What an employer is told: its own people, when they come, against what it asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.plan import BatchState, EmployerLine
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.edition import Edition
from returnplan.papers.employers import Expected, expected, lines_of, write_arrivals
from returnplan.papers.since_last import Issue, issue_of, next_issue
from tests.specimens.coach import make_batch, make_riders

FACTORY = "虎门兴达制衣厂"
RECEIVER = f"{FACTORY}-东莞"
LIST = f"到岗名单-{RECEIVER}-内部资料.xlsx"
AT = datetime(2021, 2, 20)


def written(folder: Path, lang: Lang = "zh") -> dict[str, list[list[str]]]:
    """Write the lists of eight riders on each of two days; return the texts of each, row by row."""
    riders = make_riders(8)
    first = make_batch(riders)
    second = replace(make_batch(riders, id="0224-01"), date=date(2021, 2, 24))
    second = replace(
        second, stops=tuple(replace(stop, time=stop.time.replace(day=24)) for stop in second.stops)
    )
    line = EmployerLine(FACTORY, "东莞市", "虎门汽车站", 20, 3, 4, date(2021, 2, 26), None, None)
    aboard = {first.id: riders, second.id: [replace(rider, batch=second.id) for rider in riders[:2]]}
    people = expected([second, first], aboard)
    return rows_of(write_arrivals(people, first_issues(people), {}, [line], folder, Edition(lang, "a1", AT)))


def first_issues(people: Mapping[str, Sequence[Expected]]) -> dict[str, Issue]:
    return {to: next_issue(None, lines_of(own), AT) for to, own in people.items()}


def rows_of(paths: Iterable[Path]) -> dict[str, list[list[str]]]:
    return {
        path.name: [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        for path in paths
        for sheet in load_workbook(path).worksheets
    }  # fmt: skip


def test_each_employer_has_its_own_people_and_nobody_else_s(tmp_path: Path) -> None:
    lists = written(tmp_path)
    assert len(lists) == 3
    rows = lists[LIST]
    names = {rider.name for rider in make_riders(8) if rider.employer == FACTORY}
    shown = {text for row in rows for text in row}
    assert names <= shown
    assert not shown & {rider.name for rider in make_riders(8) if rider.employer != FACTORY} - names


def test_demand_and_heads_a_day_stand_above(tmp_path: Path) -> None:
    shown = [text for row in written(tmp_path)[LIST] for text in row]
    assert "共3人：2月23日2人、2月24日1人；另随行儿童1人" in shown
    assert float(shown[shown.index("招聘人数") + 1]) == 20
    assert shown[shown.index("复工日期") + 1] == "2021-02-26"


def test_people_come_in_the_order_of_their_hours(tmp_path: Path) -> None:
    rows = written(tmp_path)[LIST]
    head = next(at for at, row in enumerate(rows) if row[0] == "到达日期")
    assert [row[0] for row in rows[head + 1 :]] == ["2月23日", "2月23日", "2月24日"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_id_number_leaves(tmp_path: Path, lang: Lang) -> None:
    ids = {rider.id_number for rider in make_riders(8)}
    shown = {text for rows in written(tmp_path, lang).values() for row in rows for text in row}
    assert not ids & shown


LATER = datetime(2021, 2, 21, 20)


def again(folder: Path, changed: Mapping[str, object], why: Text = NO_TEXT) -> list[list[str]]:
    """Write the list of eight riders, then of the same without the first and with a change of the coach; return it."""
    riders = [rider for rider in make_riders(16) if rider.employer == FACTORY]
    batch = make_batch(riders)
    before = expected([batch], {batch.id: riders[:-1]})
    first = next_issue(None, lines_of(before[RECEIVER]), AT)
    now = expected([replace(batch, **changed)], {batch.id: riders[1:]})  # type: ignore[arg-type]
    second = next_issue(first.handout, lines_of(now[RECEIVER]), LATER)
    edition = Edition("zh", "a1", LATER)
    paths = write_arrivals(now, {RECEIVER: second}, {riders[0].person: why}, [], folder, edition)
    return rows_of(paths)[LIST]


def test_a_later_list_says_who_is_new_who_is_gone_and_against_which_list(tmp_path: Path) -> None:
    rows = again(tmp_path, {"plate": "桂R12345"}, Text("本人电话取消", "cancelled by phone"))
    assert "第2版(2021-02-21 20:00)，此前各版作废；“与上次相比”指第1版(2021-02-20 00:00)" in rows[1][0]
    assert "新增1人，有变动0人，不来1人" in rows[2][0]  # a plate that was not known before is no change
    gone = next(row for row in rows if row[0] == "不来")
    first = make_riders(16)[1]
    assert first.name in gone
    assert gone[-1] == "不来：本人电话取消(原0223-03 02-23 17:15)"
    assert [row[-1] for row in rows].count("新增") == 1


def test_a_later_list_says_what_was_otherwise(tmp_path: Path) -> None:
    stops = make_batch(make_riders(16)).stops
    later = tuple(replace(stop, time=stop.time.replace(hour=20)) for stop in stops)
    rows = again(tmp_path, {"stops": later})
    assert [row[-1] for row in rows].count("到达原02-23 17:15") == 2
    soon = tuple(replace(stop, time=stop.time + timedelta(minutes=4)) for stop in stops)
    assert "有变动0人" in again(tmp_path, {"stops": soon})[2][0]


def test_the_same_list_is_the_same_version_with_the_same_marks(tmp_path: Path) -> None:
    people = expected([make_batch(make_riders(8))], {"0223-03": make_riders(8)})[RECEIVER]
    first = next_issue(None, lines_of(people[1:]), AT)
    second = next_issue(first.handout, lines_of(people), LATER)
    assert next_issue(second.handout, lines_of(people), datetime(2021, 2, 25)) == second
    assert issue_of(second.handout) == second
    assert (second.version, second.before_version) == (2, 1)


def test_who_is_not_chosen_stays_on_the_list_of_before() -> None:
    people = expected([make_batch(make_riders(16))], {"0223-03": make_riders(16)})[RECEIVER]
    first = next_issue(None, lines_of(people), AT)
    moved = lines_of(replace(one, batch=replace(one.batch, id="0224-01")) for one in people[:1])
    now = {**lines_of(people), **moved}
    of_another_day = next_issue(first.handout, now, LATER, lambda facts: facts["batch"] == "0225-01")
    assert of_another_day == first
    chosen = next_issue(first.handout, now, LATER, lambda facts: facts["batch"] == "0224-01")
    assert chosen.lines == now


@pytest.mark.parametrize(
    ("state", "status", "said"),
    [("draft", "assigned", "暂定"), ("published", "assigned", "已定"), ("departed", "boarded", "已上车")],
)
def test_the_list_says_which_coaches_may_change(
    tmp_path: Path, state: BatchState, status: str, said: str
) -> None:
    riders = [replace(rider, status=status) for rider in make_riders(8)]
    people = expected([make_batch(riders, state=state)], {"0223-03": riders})
    paths = write_arrivals(people, first_issues(people), {}, [], tmp_path, Edition("zh", "a1", AT))
    assert {row[4] for row in rows_of(paths)[LIST] if row[0] == "2月23日"} == {said}


def test_children_are_counted_with_their_parents(tmp_path: Path) -> None:
    riders = [replace(make_riders(8)[1], child_seats=(9, 10))]
    people = expected([make_batch(riders)], {"0223-03": riders})
    rows = rows_of(write_arrivals(people, first_issues(people), {}, [], tmp_path, Edition("zh", "a1", AT)))
    assert any("共1人：2月23日1人；另随行儿童2人" in row for row in rows[LIST])
