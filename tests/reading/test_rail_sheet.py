"""The rail sheet: one row a train and station, hours as people and Excel write them."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.cells import CellError
from returnplan.reading.rail_sheet import clock_minute, county_quotas
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.sheets.tables import Cell
from tests.specimens.sheets import Line, save_xlsx

HEAD: Line = ["车次", "产品", "日期", "车站", "到达", "发车", "票额", "定员", "每节座位", "每节价"]
LINES: list[Line] = [
    HEAD,
    ["D4508", "包车厢", date(2021, 2, 23), "柳州站", "始发", "10:30", 200, 613, 85, 17000],
    ["D4508", "", date(2021, 2, 23), "来宾北站", "11:03", "11:05", 100, "", "", ""],
    ["D4508", "", date(2021, 2, 23), "广州南站", "14:40", "----", "", "", "", ""],
]


def read(folder: Path, lines: list[Line]) -> Intake:
    return read_files([save_xlsx(folder / "专列.xlsx", 铁路=lines)], ReadingSettings())


@pytest.mark.parametrize(
    ("cell", "minute"),
    [
        ("10:30", 630),
        ("9：05", 545),
        ("10时30分", 630),
        ("01:05+1", 1505),
        ("次日01:05", 1505),
        ("01:05 (+1)", 1505),
        (time(10, 30), 630),
        (timedelta(hours=25, minutes=5), 1505),
        (0.4375, 630),
        ("", None),
        ("----", None),
        ("始发", None),
        ("终到", None),
    ],
)
def test_an_hour_counts_from_the_midnight_of_the_first_day(cell: Cell, minute: int | None) -> None:
    assert clock_minute(cell) == minute


@pytest.mark.parametrize(
    "cell", ["25:10", "10:75", "上午", "10", datetime(2021, 2, 23, 10), timedelta(hours=50), -0.5]
)
def test_what_is_no_hour_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError):
        clock_minute(cell)


@pytest.mark.parametrize(
    ("cell", "quotas"),
    [
        ("融安县60、三江县40", (("融安县", 60), ("三江县", 40))),
        ("融安县：60人；三江县 40座", (("融安县", 60), ("三江县", 40))),
        ("柳州市融安县 0", (("柳州市融安县", 0),)),
        ("", ()),
        ("无", ()),
    ],
)
def test_quotas_of_counties_stand_in_one_cell(cell: Cell, quotas: tuple[tuple[str, int], ...]) -> None:
    assert county_quotas(cell) == quotas


@pytest.mark.parametrize("cell", ["60", "融安县", "融安县60三江县40", "融安县60-80", 60])
def test_what_is_no_quota_of_a_county_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError):
        county_quotas(cell)


def test_a_sheet_of_trains_is_known_by_its_headers(tmp_path: Path) -> None:
    intake = read(tmp_path, LINES)
    assert [(sheet.kind, sheet.rows, sheet.accepted) for sheet in intake.sheets] == [("rail", 3, 3)]
    assert intake.faults == ()
    first, middle, last = intake.rail
    assert (first.product, first.capacity, first.carriage_seats, first.carriage_yuan) == (
        "carriage",
        613,
        85,
        17000,
    )
    assert (middle.arrives_minute, middle.departs_minute, middle.quota) == (663, 665, 100)
    assert (last.station, last.departs_minute, last.product) == ("广州南站", None, None)


def test_a_row_with_an_error_takes_its_train_with_it_and_no_other(tmp_path: Path) -> None:
    other: list[Line] = [["G1", *line[1:]] for line in LINES[1:]]
    broken: Line = [*LINES[3][:4], "下午", *LINES[3][5:]]
    intake = read(tmp_path, [*LINES[:3], broken, *other])
    assert [(fault.code, fault.cell) for fault in intake.faults] == [
        ("hour_unclear", "E4"),
        ("service_incomplete", "A2"),
    ]
    assert {row.service for row in intake.rail} == {"G1"}
