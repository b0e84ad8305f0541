"""How many passengers a vehicle seats, as cell and header say it, and its plate."""

from pathlib import Path
from typing import Any

import pytest

from returnplan.model.intake import Intake
from returnplan.reading.cells import CellError
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.vehicles import drivers_counted, is_plate, plate, seat_count
from tests.specimens.sheets import save_xlsx

seats = seat_count("座位数", "the seats")


def read_fleet(folder: Path, **row: Any) -> Intake:
    """Return what is read of a fleet sheet with one vehicle."""
    cells = {"车型": "大巴", "包车费(元/趟)": 3600, **row}
    return read_files(
        [save_xlsx(folder / "车辆.xlsx", 车辆=[list(cells), list(cells.values())])], ReadingSettings()
    )


@pytest.mark.parametrize(
    ("header", "cell", "passengers"),
    [
        ("座位数", 33, 33),
        ("座位数", "49座", 49),
        ("座位数", "49+1", 49),
        ("座位数", "49座＋1", 49),
        ("座位数", "48+2座", 48),
        ("座位数", "33座（含驾驶员）", 32),
        ("座位数", "33座（含司机位）", 32),
        ("座位数", "33(包括驾驶座)", 32),
        ("座位数", "33座，含2名驾驶员", 31),
        ("座位数", "33座（不含驾驶员）", 33),
        ("座位数（含驾驶员）", 33, 32),
        ("座位数(含司机)", "33座", 32),
        ("座位数（不含驾驶员）", 33, 33),
        ("座位数（含驾驶员）", "49+1", 49),
        ("座位数（含驾驶员）", "33（不含驾驶员）", 33),
        ("核载人数", 50, 49),
        ("核载人数", "50人", 49),
        ("核载人数", "49+1", 49),
        ("核载人数（含驾驶员）", 50, 49),
        ("核载人数（不含驾驶员）", 49, 49),
        ("核载人数", "49人（不含驾驶员）", 49),
    ],
)
def test_cell_goes_before_header_and_header_before_custom(
    tmp_path: Path, header: str, cell: object, passengers: int
) -> None:
    intake = read_fleet(tmp_path, **{header: cell})
    assert intake.faults == ()
    assert [row.seats for row in intake.fleet] == [passengers]


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        ("座位数", 33, "当作乘客座位数(不含驾驶员)"),
        ("座位数", "49+1", "49+1"),
        ("座位数（含驾驶员）", 33, "写明含驾驶员，减去 1 人"),
        ("核载人数（不含驾驶员）", 49, "写明不含驾驶员"),
        ("核载人数", 50, "减去驾驶员 1 人"),
    ],
)
def test_the_note_says_which_reading_was_used(tmp_path: Path, header: str, cell: object, said: str) -> None:
    (row,) = read_fleet(tmp_path, **{header: cell}).fleet
    assert said in row.seats_note.zh
    assert row.seats_note.en.isascii()


@pytest.mark.parametrize("cell", ["33座含导游", "49+5", "四十九", "33/49", "大巴"])
def test_other_words_beside_the_number_are_an_error(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        seats(cell)
    assert caught.value.finding.severity == "error"


def test_seats_and_licensed_people_that_disagree_are_a_warning_and_the_fewer_are_used(tmp_path: Path) -> None:
    alike = read_fleet(tmp_path, 座位数=49, 核载人数=50)
    assert (alike.fleet[0].seats, alike.faults) == (49, ())
    apart = read_fleet(tmp_path, 座位数=49, 核载人数=49)
    assert apart.fleet[0].seats == 48
    (warning,) = apart.faults
    assert (warning.code, warning.severity, warning.cell) == ("seats_differ", "warning", "C2")


@pytest.mark.parametrize(("told", "num_faults"), [(49, 0), (48, 0), (53, 1), (33, 1)])
def test_a_type_that_says_other_seats_is_a_warning(tmp_path: Path, told: int, num_faults: int) -> None:
    intake = read_fleet(tmp_path, 车型="49座大巴", 座位数=told)
    assert [fault.code for fault in intake.faults] == ["seats_differ"] * num_faults
    assert intake.fleet[0].seats == told


def test_money_and_numbers_as_carriers_write_them(tmp_path: Path) -> None:
    sheet = {"座位数": 49, "包车费(元/趟)": "¥3,600元/趟", "每公里运价": "5元/公里", "每日可用车辆数": "5辆"}
    (row,) = read_fleet(tmp_path, **sheet).fleet
    assert (row.fixed_yuan, row.per_km_yuan, row.per_day) == (3600, 5, 5)
    intake = read_fleet(tmp_path, 座位数=49, 每日可用车辆数="不限")
    assert (intake.fleet[0].per_day, intake.faults) == (None, ())


def test_what_words_say_of_the_driver() -> None:
    assert drivers_counted("座位数（含驾驶员）") == 1
    assert drivers_counted("核定载客人数（不包括司机）") == 0
    assert drivers_counted("seats (including driver)") == 1
    assert drivers_counted("座位数") is None


@pytest.mark.parametrize(
    "words", ["待定", "xx", "XXX", "无", "-", "—", "?", "？", "未定", "暂无", "待报", "***", ""]
)
def test_words_for_a_plate_that_is_not_known_are_none(words: str) -> None:
    assert plate(words) == ""


@pytest.mark.parametrize("words", ["桂r 12345", "桂R·12345", "桂R12345 ", "桂Ｒ12345"])
def test_a_plate_is_written_one_way(words: str) -> None:
    assert plate(words) == "桂R12345"


@pytest.mark.parametrize("number", ["桂R12345", "桂R1234A", "桂AD12345", "粤ZAB12港"])
def test_a_whole_plate_is_one(number: str) -> None:
    assert is_plate(number)


@pytest.mark.parametrize("number", ["桂R12", "R12345", "桂12345", "桂R1234567", "49座", ""])
def test_half_a_plate_is_none(number: str) -> None:
    assert not is_plate(number)
