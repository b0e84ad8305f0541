"""What a carrier is asked for, and what it sends back."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.model.plan import Batch
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.orders import Assignment, read_orders, write_orders
from tests.specimens.coach import make_batch, make_riders


def write(folder: Path, batches: list[Batch], lang: Lang = "zh") -> list[Path]:
    return write_orders(batches, folder, Edition(lang, "a1", datetime(2021, 2, 20)))


def coaches(count: int = 2, **changes: object) -> list[Batch]:
    riders = make_riders(30)
    return [make_batch(riders, id=f"0223-{n:02d}", number=n, **changes) for n in range(1, count + 1)]


def fill(path: Path, answers: dict[str, list[object]]) -> None:
    """Type plate and drivers into the rows of batches."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    plate = next(cell for row in sheet.iter_rows() for cell in row if cell.value in ("车牌号", "Plate"))
    for row in sheet.iter_rows(min_row=plate.row + 1):
        for offset, value in enumerate(answers.get(str(row[0].value), [])):
            sheet.cell(row[0].row, plate.column + offset).value = value
    book.save(path)


def test_one_sheet_a_base(tmp_path: Path) -> None:
    names = [
        path.name for path in write(tmp_path, [*coaches(1), *coaches(1, base=""), *coaches(1, base="柳州市")])
    ]
    assert names == ["派车单-各地车辆.xlsx", "派车单-柳州市.xlsx", "派车单-贵港市.xlsx"]


def test_order_tells_seats_stops_km_price_and_route(tmp_path: Path) -> None:
    (path,) = write(tmp_path, coaches(1))
    shown = [
        cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value
    ]
    assert {"0223-01", "49座大巴", 49, 30, 472, 6784.4, "贵港—东莞"} <= set(shown)
    assert any("08:00 港南区桥圩镇政府广场 上24人" in str(value) for value in shown)
    assert "6,784.40" in shown


def test_trains_are_not_ordered_here(tmp_path: Path) -> None:
    assert write(tmp_path, coaches(1, mode="train")) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_plates_and_drivers_come_back(tmp_path: Path, lang: Lang) -> None:
    (path,) = write(tmp_path, coaches(3), lang)
    fill(
        path,
        {"0223-01": ["桂r 12345", "李师傅 13900000001", "王师傅 13900000002"], "0223-03": [None, "赵师傅"]},
    )
    report = read_orders([path])
    assert report.faults == ()
    found = [(one.batch, one.plate, one.drivers) for one in report.answers]
    assert found == [
        ("0223-01", "桂R12345", ("李师傅 13900000001", "王师傅 13900000002")),
        ("0223-03", "", ("赵师傅",)),
    ]


def test_a_sheet_written_again_holds_what_is_known(tmp_path: Path) -> None:
    known = coaches(1, plate="桂R12345", drivers=("李师傅 13900000001",))
    (answer,) = read_orders(write(tmp_path, known)).answers
    assert isinstance(answer, Assignment)
    assert (answer.plate, answer.drivers) == ("桂R12345", ("李师傅 13900000001",))


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"other\.csv"):
        read_orders([path])
