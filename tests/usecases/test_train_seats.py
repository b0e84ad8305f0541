"""The name list of a train goes to the railway, and comes back with seats; a wrong list changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.papers.name_list import carriage, seat_no
from returnplan.reading.cells import CellError
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import VehiclesOutcome, dispatch, read_orders
from returnplan.usecases.show import show
from tests.specimens.sheets import save_xlsx
from tests.usecases.railway import FEEDER, TRAIN, railway_campaign

Fill = Callable[..., VehiclesOutcome]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return railway_campaign(tmp_path)


@pytest.fixture
def written(tmp_path: Path, campaign: Campaign) -> Path:
    """Return the name list that the office sends."""
    (path,) = (one for one in dispatch(campaign, Choice(), tmp_path / "派车").paths if "D4508" in one.name)
    return path


@pytest.fixture
def fill(campaign: Campaign, written: Path) -> Fill:
    """Return a function that writes cells of some rows (from 0) by their headers, and reads the list back."""

    def read(rows: dict[int, dict[str, Any]]) -> VehiclesOutcome:
        book = load_workbook(written)
        sheet = book.worksheets[0]
        headers = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
        for row, cells in rows.items():
            for header, value in cells.items():
                sheet.cell(headers["序号"].row + 1 + row, headers[header].column).value = value
        book.save(written)
        return read_orders(campaign, [written])

    return read


def seats(campaign: Campaign) -> dict[int, tuple[str, str]]:
    riders = show(campaign)[1].riders
    own = riders[riders["batch"] == TRAIN]
    return {
        person: (carriage, seat)
        for person, carriage, seat in zip(own["person"], own["carriage"], own["seat_no"], strict=True)
        if carriage
    }


def seat(where: str, number: str, **more: Any) -> dict[str, Any]:
    return {"车厢号": where, "席位号": number, **more}


def codes(outcome: VehiclesOutcome) -> list[str]:
    return [fault.code for fault in outcome.faults]


def order_numbers(campaign: Campaign) -> dict[int, str]:
    riders = show(campaign)[1].riders
    return {
        person: order for person, order in zip(riders["person"], riders["order_no"], strict=True) if order
    }


def test_the_order_of_a_ticket_is_kept_when_the_seat_changes(campaign: Campaign, fill: Fill) -> None:
    assert codes(fill({0: seat("3", "12F", 订单号="E123456789")})) == []
    assert (order_numbers(campaign), seats(campaign)) == ({1: "E123456789"}, {1: ("3", "12F")})
    fill({0: seat("4", "1A", 订单号=None)})
    assert (order_numbers(campaign), seats(campaign)) == ({1: "E123456789"}, {1: ("4", "1A")})


def test_a_train_with_tickets_is_called_off_once_somebody_says_so(
    campaign: Campaign, fill: Fill, tmp_path: Path
) -> None:
    """What goes with it is named before: the feeders and shuttles, and the tickets that must be returned."""
    fill({0: seat("3", "12F", 订单号="E123456789")})
    request = ChangeRequest(TRAIN, tmp_path / "改", cancel=True)
    asked = change(campaign, request)
    assert asked.is_proposal
    said = " ".join(note.en for note in asked.notes)
    assert FEEDER in said
    assert "tickets of 1 people" in said
    assert len(show(campaign)[1].batches) == 5
    assert not change(campaign, replace(request, yes=True)).is_proposal
    assert show(campaign)[1].batches == ()


def test_an_order_without_a_seat_is_kept_and_takes_no_seat_away(campaign: Campaign, fill: Fill) -> None:
    assert codes(fill({0: seat("3", "12F"), 1: {"订单号": "E123456789"}})) == []
    assert (order_numbers(campaign), seats(campaign)) == ({2: "E123456789"}, {1: ("3", "12F")})
    fill({0: {"车厢号": None, "席位号": None, "订单号": "E987654321"}})
    assert order_numbers(campaign) == {1: "E987654321", 2: "E123456789"}
    assert seats(campaign) == {1: ("3", "12F")}


def test_the_list_has_everybody_by_station_and_a_line_for_each_child(written: Path) -> None:
    rows = list(load_workbook(written).worksheets[0].iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if row[0] == "序号")
    assert rows[header][:12] == (
        *(
            "序号",
            "姓名",
            "证件类型",
            "证件号码",
            "票种",
            "席别",
            "手机号",
            "乘车日期",
            "车次",
            "发站",
            "到站",
            "经办人",
        ),
    )
    people = rows[header + 1 :]
    assert len(people) == 11
    assert [row[9] for row in people] == ["柳州"] * 6 + ["来宾北"] * 5
    assert [(row[1], row[4], row[5]) for row in people[5:8]] == [
        *(("农建国", "成人", "二等座"), ("莫建国", "成人", "二等座"), (None, "儿童", "二等座")),
    ]


def test_seats_come_back_once(campaign: Campaign, fill: Fill) -> None:
    outcome = fill({0: seat("03", "12f", 票价=220), 1: seat("3车", "无座"), 7: seat("5", "1A")})
    assert codes(outcome) == []
    assert seats(campaign) == {1: ("3", "12F"), 2: ("3", "无座")}
    assert [(batch.id, batch.version) for batch in outcome.changed] == [(TRAIN, 2)]
    assert any("220.00" in note.zh for note in outcome.notes)
    assert fill({}).changed == []


def test_who_stands_may_have_no_carriage(fill: Fill) -> None:
    assert codes(fill({0: seat("03", "12f"), 1: seat("", "无座")})) == []


def test_the_railways_own_sheet_is_known_by_its_columns(campaign: Campaign, tmp_path: Path) -> None:
    riders = show(campaign)[1].riders
    own = riders[riders["person"] == 9].iloc[0]
    path = save_xlsx(
        tmp_path / "铁路.xlsx",
        车票=[["乘车人姓名", "身份证号", "车厢", "座位号"], [own["name"], own["id_number"], 8, "2D"]],
    )
    read_orders(campaign, [path])
    assert seats(campaign) == {9: ("8", "2D")}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (seat("3", "12E"), "unknown_seat"),
        (seat("3", "57"), "unknown_seat"),
        (seat("餐车", "1A"), "unknown_carriage"),
        (seat("", "1A"), "missing_carriage"),
        (seat("3", "1A", 姓名="韦建设"), "name_differs"),
        (seat("3", "1A", 证件号码="450225199001010015"), "bad_check_digit"),
        (seat("3", "1A", 车次="D1809"), "wrong_train"),
        (seat("3", "1A", 乘车日期="2021-02-24"), "wrong_day"),
        (seat("3", "2A"), "seat_taken"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_entered(
    campaign: Campaign, fill: Fill, wrong: dict[str, Any], code: str
) -> None:
    outcome = fill({0: wrong, 1: seat("3", "2A")})
    assert code in codes(outcome) or (code == "bad_check_digit" and len(codes(outcome)) == 1)
    assert all(fault.cell for fault in outcome.faults)
    assert seats(campaign) == {}
    assert outcome.changed == []
    assert outcome.num_seats_held >= 1  # the good one waits for the wrong one


def test_somebody_else_is_not_on_the_train(campaign: Campaign, fill: Fill) -> None:
    outcome = fill({0: seat("3", "1A", 证件号码="11010519491231002X")})
    assert codes(outcome) == ["not_on_the_train"]
    assert seats(campaign) == {}


def test_a_seat_of_before_is_taken(campaign: Campaign, fill: Fill) -> None:
    fill({0: seat("3", "2A")})
    assert codes(fill({0: {"车厢号": None, "席位号": None}, 1: seat("3", "2A")})) == ["seat_taken"]
    assert seats(campaign) == {1: ("3", "2A")}


def test_what_is_neither_an_order_nor_a_list_is_refused(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        read_orders(campaign, [save_xlsx(tmp_path / "别的.xlsx", 表=[["甲", "乙"], [1, 2]])])


@pytest.mark.parametrize(
    ("cell", "said"), [("03", "3"), ("3车", "3"), ("加01车", "加1"), (16, "16"), ("", ""), ("待定", "")]
)
def test_carriages_are_numbers(cell: str, said: str) -> None:
    assert carriage(cell) == said


def test_ordinary_trains_have_numbers_and_berths() -> None:
    assert (seat_no("057", "K9317"), seat_no("8中铺", "K9317"), seat_no("12号", "1234")) == (
        "57",
        "8中",
        "12",
    )
    assert (seat_no("12座", "K9317"), seat_no("3号座位", "K9317"), seat_no("12F座", "D4508")) == (
        "12",
        "3",
        "12F",
    )
    with pytest.raises(CellError):
        seat_no("12E", "K9317")
