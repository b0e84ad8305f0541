"""What the labour office of a destination city is told: each vehicle at each stop, with heads, no names."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.itinerary import itineraries
from returnplan.papers.manifest.cities import write_cities
from tests.specimens.coach import make_batch, make_riders
from tests.specimens.journeys import its_riders, with_a_train


def written(folder: Path, lang: Lang = "zh") -> dict[str, list[list[str]]]:
    """Return the rows of the list of each city for the plan with a train and two shuttles."""
    plan = with_a_train()
    riders = its_riders(plan)
    edition = Edition(lang, "a1", datetime(2021, 2, 20))
    paths = write_cities(plan.batches, riders, folder, edition, itineraries(plan.batches, riders))
    return {
        path.name: [
            [str(cell) for cell in row if cell is not None]
            for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)
        ]
        for path in paths
    }


def test_each_city_has_the_vehicles_that_come_there(tmp_path: Path) -> None:
    lists = written(tmp_path)
    assert sorted(lists) == ["接站通知-东莞市.xlsx", "接站通知-佛山市.xlsx", "接站通知-广州市.xlsx"]
    shown = [text for row in lists["接站通知-东莞市.xlsx"] for text in row]
    assert "0223-005" in shown
    assert "17:45" in shown
    assert not {"0223-001", "0223-004"} & set(shown)


def test_who_changes_in_the_city_is_no_arrival_of_it(tmp_path: Path) -> None:
    """All but one of the train's people go on from Guangzhou by shuttle."""
    lists = written(tmp_path)
    (station,) = (row for row in lists["接站通知-广州市.xlsx"] if "0223-003" in row)
    assert "D4508" in station
    ends = [text for rows in lists.values() for row in rows for text in row if text.startswith("共")]
    heads = [int(text[1 : text.index("人")]) for text in ends]
    assert sum(heads) == 11  # ten people and a child


def test_the_other_end_sees_what_may_still_change(tmp_path: Path) -> None:
    plan = with_a_train()
    first = next(batch for batch in plan.batches if batch.kind == "shuttle")
    batches = [replace(batch, state="published") if batch is first else batch for batch in plan.batches]
    riders = its_riders(plan)
    write_cities(batches, riders, tmp_path, Edition("zh", "a1", datetime(2021, 2, 20)))
    states = {
        row[3]: row[-1]
        for path in tmp_path.iterdir()
        for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)
        if row[-1] in ("已定", "暂定")
    }
    assert states.pop(first.id) == "已定"
    assert set(states.values()) == {"暂定"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_person_is_named(tmp_path: Path, lang: Lang) -> None:
    shown = {text for rows in written(tmp_path, lang).values() for row in rows for text in row}
    people = [rider for own in its_riders(with_a_train()).values() for rider in own]
    assert not {rider.name for rider in people} & shown
    assert not {rider.phone for rider in people} & shown


def test_no_driver_is_named_by_the_licence_which_is_the_id_number(tmp_path: Path) -> None:
    riders = make_riders(8)
    batch = make_batch(riders, drivers=("李师傅 13900000001 证450802199001011234", "韦师傅 13900000002"))
    (path,) = write_cities([batch], {batch.id: riders}, tmp_path, Edition("zh", "a1", datetime(2021, 2, 20)))
    shown = {str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row}
    assert "李师傅 13900000001\n韦师傅 13900000002" in shown


def test_heads_of_employers_and_of_the_coach_count_children_alike(tmp_path: Path) -> None:
    """The sixth rider of eight brings a child, and all work for one employer."""
    riders = [replace(rider, employer="东坑电子厂", dropoff_seq=3) for rider in make_riders(8)]
    batch = make_batch(riders)
    (path,) = write_cities([batch], {batch.id: riders}, tmp_path, Edition("zh", "a1", datetime(2021, 2, 20)))
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    (arrival,) = (row for row in rows if "东坑电子厂9人" in row)
    assert 9 in arrival
