"""What an employer is told: its own people, when they come, against what it asked for."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.plan import EmployerLine
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.manifest.arrivals import write_arrivals
from tests.specimens.coach import make_batch, make_riders

FACTORY = "虎门兴达制衣厂"


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
    paths = write_arrivals(
        [second, first], aboard, [line], folder, Edition(lang, "a1", datetime(2021, 2, 20))
    )
    return {
        path.name: [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        for path in paths
        for sheet in load_workbook(path).worksheets
    }  # fmt: skip


def test_each_employer_has_its_own_people_and_nobody_else_s(tmp_path: Path) -> None:
    lists = written(tmp_path)
    assert len(lists) == 3
    rows = lists[f"到岗名单-{FACTORY}-东莞-内部资料.xlsx"]
    names = {rider.name for rider in make_riders(8) if rider.employer == FACTORY}
    shown = {text for row in rows for text in row}
    assert names <= shown
    assert not shown & {rider.name for rider in make_riders(8) if rider.employer != FACTORY} - names


def test_demand_and_heads_a_day_stand_above(tmp_path: Path) -> None:
    shown = [text for row in written(tmp_path)[f"到岗名单-{FACTORY}-东莞-内部资料.xlsx"] for text in row]
    assert "共3人：2月23日2人、2月24日1人" in shown
    assert float(shown[shown.index("招聘人数") + 1]) == 20
    assert shown[shown.index("复工日期") + 1] == "2021-02-26"


def test_people_come_in_the_order_of_their_hours(tmp_path: Path) -> None:
    rows = written(tmp_path)[f"到岗名单-{FACTORY}-东莞-内部资料.xlsx"]
    head = next(at for at, row in enumerate(rows) if row[0] == "到达日期")
    assert [row[0] for row in rows[head + 1 :]] == ["2月23日", "2月23日", "2月24日"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_id_number_leaves(tmp_path: Path, lang: Lang) -> None:
    ids = {rider.id_number for rider in make_riders(8)}
    shown = {text for rows in written(tmp_path, lang).values() for row in rows for text in row}
    assert not ids & shown
