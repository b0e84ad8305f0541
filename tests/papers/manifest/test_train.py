"""The papers of each ride of a journey by train: lists, queues, seat cards, and receipts where people arrive."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from returnplan.model.plan import NO_SEAT
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.employers import expected, lines_of, write_arrivals
from returnplan.papers.itinerary import itineraries
from returnplan.papers.manifest import ManifestSettings, write_manifests
from returnplan.papers.settings import Columns
from returnplan.papers.since_last import next_issue
from tests.specimens.journeys import TRAIN, its_riders, with_a_train

FEEDER, TO_DONGGUAN = "0223-001", "0223-005"
SEATS = {4001: ("10", "2A"), 4002: ("3", "12F"), 4003: ("3", "2D"), 4004: ("3", NO_SEAT)}
"""Last digits of the phone -> carriage and seat."""
ORDER = "E123456789"


def papers(
    folder: Path, batch_id: str, *, lang: Lang = "zh", seated: bool = False, columns: Columns | None = None
) -> Workbook:
    plan = with_a_train()
    if seated:
        on_train = plan.riders["batch"] == TRAIN
        for line in plan.riders.index[on_train]:
            seat = SEATS.get(int(str(plan.riders.at[line, "phone"])[-4:]), ("", ""))
            plan.riders.loc[line, ["carriage", "seat_no", "order_no"]] = [*seat, ORDER if seat[0] else ""]
    riders = its_riders(plan)
    (path,) = write_manifests(
        [batch for batch in plan.batches if batch.id == batch_id],
        riders,
        folder,
        Edition(lang, "a1b2c3d4e5f6", datetime(2021, 2, 22, 18, 5)),
        ManifestSettings(columns=columns or Columns()),
        journeys=itineraries(plan.batches, riders),
    )
    return load_workbook(path)


def column(sheet: Worksheet, header: str) -> list[Any]:
    cell = [cell for row in sheet.iter_rows() for cell in row if cell.value == header][-1]
    below = [sheet.cell(row, cell.column).value for row in range(cell.row + 1, sheet.max_row + 1)]
    return [value for value in below if value is not None]


def test_a_feeders_lists_say_which_train_people_take_and_have_no_receipts(tmp_path: Path) -> None:
    book = papers(tmp_path, FEEDER)
    assert book.sheetnames == ["随车名单", "车门名单", "车长页"]
    assert set(column(book["车门名单"], "下车点")) == {"柳州站 转乘 D4508 10:30开"}
    assert column(book["随车名单"], "下车点")[:5] == ["柳州站 转乘 D4508 10:30开"] * 5


def test_a_shuttles_list_begins_at_the_station_and_its_riders_arrive(tmp_path: Path) -> None:
    book = papers(tmp_path, TO_DONGGUAN)
    assert book.sheetnames == ["随车名单", "车门名单", "签收单 华强电子", "车长页"]
    assert {stop.split(" ", 1)[1] for stop in column(book["车门名单"], "上车点")} == {"广州南站"}
    assert set(column(book["车门名单"], "下车点")) == {"长安镇"}


def test_a_train_has_a_list_and_a_queue_a_station_and_cards_and_receipts_of_those_who_stay_there(
    tmp_path: Path,
) -> None:
    book = papers(tmp_path, TRAIN)
    assert book.sheetnames == [
        *(
            "随车名单 柳州站",
            "随车名单 来宾北站",
            "排队 柳州站",
            "排队 来宾北站",
            "席位卡",
            "签收单 华强电子",
        ),
    ]
    assert column(book["随车名单 柳州站"], "编号") == [1, 2, 3, 4, 5, 9]
    assert column(book["签收单 华强电子"], "编号")[0] == 10
    assert set(column(book["排队 来宾北站"], "车厢")) == {"待定"}
    assert column(book["排队 柳州站"], "到站方式")[-1] == "自行到站"


def test_queues_stand_by_carriage_as_numbers_and_open_seats_last(tmp_path: Path) -> None:
    sheet = papers(tmp_path, TRAIN, seated=True)["排队 柳州站"]
    assert column(sheet, "车厢") == ["3", "3", "3", "10", "待定", "待定"]
    assert column(sheet, "席位") == ["2D", "12F", "无座", "2A", "待定", "待定"]
    assert "380" not in "".join(
        str(cell.value) for row in sheet.iter_rows() for cell in row
    )  # no whole phone


def test_the_order_stands_on_the_escorts_list_alone(tmp_path: Path) -> None:
    def shows_order(book: Workbook) -> set[str]:
        return {
            sheet.title for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == ORDER
        }

    assert shows_order(papers(tmp_path, TRAIN, seated=True)) == {"随车名单 柳州站"}
    for audience in ("carrier", "employer"):
        columns = Columns.model_validate({"audience": audience})
        assert shows_order(papers(tmp_path, TRAIN, seated=True, columns=columns)) == set()


def test_cards_are_two_a_line_and_leave_room_for_a_seat_that_nobody_knows(tmp_path: Path) -> None:
    sheet = papers(tmp_path, TRAIN, seated=True)["席位卡"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 5
    assert rows[0][0] == "3车\n2D"
    assert str(rows[0][1]).split("\n")[:4] == [
        *("覃建国", "D4508  2月23日 10:30开", "柳州站 → 广州南站", "出站后乘5号车(16:40)到长安镇"),
    ]
    cards = [card for row in rows for card in row[::2]]
    assert cards.count("待定\n__车\n__号") == 3
    assert cards.count("3车\n无座") == 1


def test_each_carriage_has_a_leader(tmp_path: Path) -> None:
    sheet = papers(tmp_path, TRAIN, seated=True)["随车名单 柳州站"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any("3车 黄建国 13807724002" in text and "10车 韦建国 13807724001" in text for text in texts)


@pytest.mark.parametrize(("batch", "sheet"), [(TRAIN, "Seat cards"), (FEEDER, "Door list")])
def test_english_papers_name_train_and_station(tmp_path: Path, batch: str, sheet: str) -> None:
    texts = [str(cell.value) for row in papers(tmp_path, batch, lang="en")[sheet].iter_rows() for cell in row]
    assert any(("Liuzhou" in text and "D4508" in text) or "then D4508 at 10:30" in text for text in texts)


def test_an_english_seat_card_has_no_chinese_station(tmp_path: Path) -> None:
    sheet = papers(tmp_path, TRAIN, lang="en")["Seat cards"]
    cards = [str(cell.value) for row in sheet.iter_rows() for cell in row if "D4508" in str(cell.value)]
    assert any("Liuzhou station → Guangzhou south station" in card for card in cards)
    assert not any("站" in card or "children" in card for card in cards)


def test_people_arrive_once_with_their_last_ride(tmp_path: Path) -> None:
    plan = with_a_train()
    riders = its_riders(plan)
    edition = Edition("zh", "a1", datetime(2021, 2, 22))
    people = expected(plan.batches, riders, itineraries(plan.batches, riders))
    issues = {to: next_issue(None, lines_of(own), edition.printed_at) for to, own in people.items()}
    paths = write_arrivals(people, issues, {}, (), tmp_path, edition)
    lists = {path.stem: load_workbook(path).worksheets[0] for path in paths}
    assert sorted(name for sheet in lists.values() for name in column(sheet, "姓名")) == sorted(
        set(plan.riders["name"])
    )
    (to_dongguan,) = (sheet for name, sheet in lists.items() if "东莞" in name)
    assert set(column(to_dongguan, "到达时间")) == {"17:45"}
