"""Raw tables: every cell as the file has it, whatever the format."""

import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from returnplan.sheets import reader
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Cell, Table, cell_text, column_letters
from returnplan.sheets.wire import Answer, Job
from tests.specimens.sheets import lines_of, save_csv, save_xlsx, signup_row

OLD_EXCEL = Path(__file__).parents[1] / "specimens" / "old_excel.xls"


def only_table(path: Path) -> Table:
    ((table,),) = read_tables([path])
    return table


def test_cells_keep_their_types_and_places(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["C3"], sheet["D3"], sheet["D5"] = "甲", 37.5, date(2021, 2, 18)
    sheet.merge_cells("C3:C5")
    book.save(tmp_path / "a.xlsx")
    table = only_table(tmp_path / "a.xlsx")
    assert (table.num_rows, table.first_column, table.letters(1)) == (5, 3, "D")
    assert [table.columns[1][row] for row in range(5)] == ["", "", 37.5, "", date(2021, 2, 18)]
    assert table.merged == ((3, 3, 5, 3),)


def test_an_old_workbook(tmp_path: Path) -> None:
    """.xls, made by LibreOffice."""
    table = only_table(OLD_EXCEL)
    assert table.row_texts(0)[:2] == ["姓名", "身份证号码"]
    assert table.columns[7][1] == date(2021, 2, 18)


def test_content_counts_not_the_suffix(tmp_path: Path) -> None:
    (tmp_path / "其实是旧版.xlsx").write_bytes(OLD_EXCEL.read_bytes())
    assert only_table(tmp_path / "其实是旧版.xlsx").num_rows == 3


@pytest.mark.parametrize("number_format", [14, 27, 28, 31, 36, 50, 57, 58])
def test_built_in_date_formats_of_chinese_excel_are_dates(number_format: int, tmp_path: Path) -> None:
    """Other readers, and calamine before 0.9.1, return 44245 for most of them."""
    plain = save_xlsx(tmp_path / "plain.xlsx", 表=lines_of([signup_row()]))
    book = load_workbook(plain)
    for cell in book.active[2]:
        cell.number_format = "mm-dd-yy"  # number 14
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "zh.xlsx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/styles.xml":
                content = content.replace(b'numFmtId="14"', f'numFmtId="{number_format}"'.encode())
            target.writestr(name, content)
    assert only_table(tmp_path / "zh.xlsx").columns[7][1] == date(2021, 2, 18)


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", 甲=[["a"]], 乙=[["b"]])
    book = load_workbook(path)
    book["乙"].sheet_state = "veryHidden"
    book.save(path)
    ((first, second),) = read_tables([path])
    assert (first.is_hidden, second.is_hidden) == (False, True)
    assert second.columns == ()


def test_short_records_are_filled_up(tmp_path: Path) -> None:
    table = only_table(save_csv(tmp_path / "a.csv", [["a"], [], ["b", "c"]]))
    assert [table.row_texts(row) for row in range(3)] == [["a", ""], ["", ""], ["b", "c"]]


def test_more_rows_than_cross_at_once(tmp_path: Path) -> None:
    """A column that starts late is blank above."""
    lines = [[str(i)] for i in range(5000)] + [["x", "late"]]
    table = only_table(save_csv(tmp_path / "a.csv", lines))
    assert (table.columns[0][4999], table.columns[1][0], table.columns[1][5000]) == ("4999", "", "late")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(37.0, "37"), (37.5, "37.5"), (4.5e17, "4.5e+17"), (True, "TRUE"), (date(2021, 2, 18), "2021-02-18")],
)
def test_cells_as_people_type_them(cell: Cell, expected: str) -> None:
    assert cell_text(cell) == expected


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_column_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters


class EndsInterrupted(subprocess.Popen[bytes]):
    """A process whose end is waited for when Ctrl-C is pressed once more."""

    last: "EndsInterrupted"

    def wait(self, timeout: float | None = None) -> int:
        EndsInterrupted.last = self
        super().wait(timeout)
        raise KeyboardInterrupt


def test_interrupted_at_its_end_no_pipe_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", 表=lines_of([signup_row()]))
    monkeypatch.setattr(subprocess, "Popen", EndsInterrupted)
    with pytest.raises(KeyboardInterrupt):
        list(read_tables([path]))
    ended = EndsInterrupted.last
    assert ended.stdin is not None
    assert ended.stdout is not None
    assert (ended.stdin.closed, ended.stdout.closed) == (True, True)


def test_a_file_that_needs_much_memory_is_tried_where_nothing_was_opened_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [save_xlsx(tmp_path / f"{name}.xlsx", 报名=[["姓名"], [name]]) for name in ("甲", "乙")]
    attempt, opened = reader._Child._attempt, list[str]()

    def in_a_process_that_keeps_memory(child: reader._Child, job: Job) -> Answer:
        if child._process is not None:  # as if the file before had taken it
            return "too_large", "", []
        opened.append(Path(job.path).stem)
        return attempt(child, job)

    monkeypatch.setattr(reader._Child, "_attempt", in_a_process_that_keeps_memory)
    assert [tables[0].row_texts(1) for tables in read_tables(files)] == [["甲"], ["乙"]]
    assert opened == ["甲", "乙"]
