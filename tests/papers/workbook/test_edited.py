"""What the office changed in the yellow cells of plan.xlsx."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.model.texts import Lang
from returnplan.papers.workbook import write_plan_workbook
from returnplan.papers.workbook.edited import BatchEdit, read_edits, run_of_edited
from tests.specimens.plans import make_header, make_plan

SHEETS = {"zh": ("乘车人员", "批次", "站点"), "en": ("Riders", "Batches", "Stops")}


def write(folder: Path, lang: Lang = "zh") -> Path:
    return write_plan_workbook(make_plan(), make_header(), folder / "plan.xlsx", lang=lang)


def edit(path: Path, sheet: str, changes: dict[str, object]) -> None:
    book = load_workbook(path)
    for cell, value in changes.items():
        book[sheet][cell].value = value
    book.save(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_changed_nothing_said(tmp_path: Path, lang: Lang) -> None:
    edits = read_edits(write(tmp_path, lang), make_plan())
    assert edits.run_id == "a1b2c3d4e5f6"
    assert (edits.riders, edits.batches, edits.stops, edits.missing, edits.faults) == ((), (), (), (), ())


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_saves_it_and_nothing_changes(tmp_path: Path) -> None:
    out, profile = tmp_path / "saved", (tmp_path / "profile").as_uri()
    options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run(["soffice", *options, write(tmp_path)], check=True, capture_output=True, timeout=120)
    edits = read_edits(out / "plan.xlsx", make_plan())
    assert edits.run_id == "a1b2c3d4e5f6"
    assert (edits.riders, edits.batches, edits.stops, edits.missing, edits.faults) == ((), (), (), (), ())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rider_moved_to_another_batch(tmp_path: Path, lang: Lang) -> None:
    path = write(tmp_path, lang)
    edit(path, SHEETS[lang][0], {"A3": "0224-01", "B3": None})
    (moved,) = read_edits(path, make_plan()).riders
    assert (moved.person, moved.leg, moved.from_batch, moved.to_batch, moved.seat) == (
        1202, 1, "0223-03", "0224-01", None,
    )  # fmt: skip
    assert moved.row.ref.row == 3


def test_a_rider_in_another_seat(tmp_path: Path) -> None:
    path = write(tmp_path)
    edit(path, "乘车人员", {"B2": 48})
    (moved,) = read_edits(path, make_plan()).riders
    assert (moved.from_batch, moved.to_batch, moved.seat) == ("0223-03", "0223-03", 48)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_vehicle_with_plate_and_drivers(tmp_path: Path, lang: Lang) -> None:
    path = write(tmp_path, lang)
    edit(path, SHEETS[lang][1], {"F2": "53座大巴", "G2": "桂R12345", "H2": "李师傅 139、王师傅 138"})
    (changed,) = read_edits(path, make_plan()).batches
    assert isinstance(changed, BatchEdit)
    assert (changed.batch, changed.vehicle, changed.plate) == ("0223-03", "53座大巴", "桂R12345")
    assert changed.drivers == ("李师傅 139", "王师傅 138")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_stops_in_another_order(tmp_path: Path, lang: Lang) -> None:
    path = write(tmp_path, lang)
    edit(path, SHEETS[lang][2], {"B4": 4, "B5": 3})
    (reordered,) = read_edits(path, make_plan()).stops
    assert (reordered.batch, reordered.order) == ("0223-03", (1, 2, 4, 3, 5))


def test_a_deleted_row_is_a_missing_rider(tmp_path: Path) -> None:
    path = write(tmp_path)
    book = load_workbook(path)
    book["乘车人员"].delete_rows(4)
    book.save(path)
    edits = read_edits(path, make_plan())
    assert edits.missing == ((1203, 1),)
    assert edits.riders == ()


def test_a_plan_of_nobody_has_no_rows_to_miss(tmp_path: Path) -> None:
    whole = make_plan()
    nobody = replace(whole, batches=(), riders=whole.riders.iloc[:0])
    path = write_plan_workbook(nobody, make_header(), tmp_path / "plan.xlsx", lang="zh")
    assert read_edits(path, nobody).missing == ()


def test_a_workbook_without_its_riders_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    book = load_workbook(path)
    book.remove(book["乘车人员"])
    book.save(path)
    with pytest.raises(InputRefused, match=r"plan\.xlsx"):
        read_edits(path, make_plan())


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path)
    edit(path, "乘车人员", {"B2": "靠窗"})
    edits = read_edits(path, make_plan())
    assert [(fault.sheet, fault.cell) for fault in edits.faults] == [("乘车人员", "B2")]


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("姓名\n张三\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"other\.csv"):
        run_of_edited(tmp_path / "other.csv")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("sheet", "cell", "value", "where"),
    [
        (0, "E3", "13911112222", "returnplan plan"),
        (0, "C2", "韦大", "returnplan plan"),
        (1, "I2", "06:30", "--depart"),
        (1, "O2", "已通知", "publish"),
        (1, "M2", 99, ""),
        (2, "F2", "06:30", "--depart"),
    ],
)
def test_a_change_that_nobody_reads_is_named_with_where_it_belongs(
    tmp_path: Path, lang: Lang, sheet: int, cell: str, value: object, where: str
) -> None:
    path = write(tmp_path, lang)
    edit(path, SHEETS[lang][sheet], {cell: value})
    edits = read_edits(path, make_plan())
    (fault,) = edits.faults
    shown = "韦*" if value == "韦大" else str(value)  # as on every screen
    assert (fault.sheet, fault.cell, fault.value) == (SHEETS[lang][sheet], cell, shown)
    assert (fault.code, fault.severity) == ("not_read_back", "warning")
    assert all(where in words for words in fault.fix)
    assert (edits.riders, edits.batches, edits.stops) == ((), (), ())


def test_a_column_that_was_filled_anew_is_not_named_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("returnplan.papers.workbook.not_read._MOST_NAMED", 1)
    path = write(tmp_path)
    edit(path, "乘车人员", {"E2": "1", "E3": "2", "E4": "3"})
    first, rest = read_edits(path, make_plan()).faults
    assert first.cell == "E2"
    assert (rest.cell, rest.message.zh) == ("", "另有 2 格也是这样")


def test_a_row_that_was_added_is_named(tmp_path: Path) -> None:
    path, rows = write(tmp_path), len(make_plan().riders)
    edit(path, "乘车人员", {f"A{rows + 2}": "0223-03", f"C{rows + 2}": "韦新来", f"K{rows + 2}": 9999})
    (fault,) = read_edits(path, make_plan()).faults
    assert "--add" in fault.fix.zh


def test_sorted_rows_and_other_formats_of_the_same_say_nothing(tmp_path: Path) -> None:
    path = write(tmp_path)
    book = load_workbook(path)
    page = book["乘车人员"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = str(value) if isinstance(value, int) else value
    book.save(path)
    assert read_edits(path, make_plan()).faults == ()
