"""A file that goes back: marked, explained, harmless, and read again as the file that it was made from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from returnplan.model.faults import Fault
from returnplan.model.intake import Intake
from returnplan.model.texts import Text
from returnplan.papers.sent_back import write_returns
from returnplan.papers.sent_back.copy import say_fault
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.coach import id_number

GOOD = id_number("450803", date(1990, 1, 1), 1)
WRONG = GOOD[:-1] + ("1" if GOOD[-1] != "1" else "2")


def township_sheet(path: Path, rows: Sequence[Sequence[object]], title: str = "桥圩镇") -> Path:
    """Write a sign-up sheet as townships do: a merged title, the header in row 3, a total below."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    sheet.append(["桥圩镇返岗报名表"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["序号", "姓名", "身份证号码", "联系电话", "务工城市", "返岗时间"])
    for row in rows:
        sheet.append(row)
    sheet.append(["合计", len(rows)])
    book.save(path)
    return path


def read(*paths: Path) -> Intake:
    return read_files(paths, ReadingSettings(year=2021))


def send_back(path: Path, folder: Path) -> Path:
    intake = read(path)
    (written,) = write_returns([path], intake.sheets, intake.faults, folder, lang="zh")
    return written


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [
        [1, "韦一", GOOD, "13800000001", "东莞市", date(2021, 2, 23)],
        [2, "黄二", WRONG, "13800000002", "东莞市", "2月24日"],
    ]
    return township_sheet(tmp_path / "桥圩镇.xlsx", rows)


def test_faulty_cell_is_marked_and_explained_in_its_row(source: Path, tmp_path: Path) -> None:
    path = send_back(source, tmp_path / "退回")
    assert path == tmp_path / "退回" / "退回-桥圩镇.xlsx"
    sheet = load_workbook(path)["桥圩镇"]
    assert sheet["C5"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["C4"].fill.fgColor.rgb != "FFFFC7CE"
    assert sheet["G3"].value == "退回原因"
    assert "C5" in str(sheet["G5"].value)
    assert sheet["G4"].value is None


@pytest.mark.parametrize("title", ["桥圩镇（配偶）", "桥圩镇（第2栏）"])
def test_a_sheet_that_is_called_like_a_part_is_marked_as_any(title: str, tmp_path: Path) -> None:
    row = [1, "黄二", WRONG, "13800000002", "东莞市", "2月24日"]
    sheet = load_workbook(send_back(township_sheet(tmp_path / "a.xlsx", [row], title), tmp_path / "退回"))[
        title
    ]
    assert sheet["C4"].fill.fgColor.rgb == "FFFFC7CE"


def test_a_list_beside_another_is_marked_on_its_sheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    one = ["姓名", "身份证号码", "联系电话", "务工城市", "返岗时间"]
    sheet.append([*one, *one])
    day = date(2021, 2, 23)
    sheet.append(["韦一", GOOD, "13800000001", "东莞市", day, "黄二", WRONG, "13800000002", "东莞市", day])
    book.save(tmp_path / "a.xlsx")
    marked = load_workbook(send_back(tmp_path / "a.xlsx", tmp_path / "退回"))["Sheet"]
    assert marked["G2"].fill.fgColor.rgb == "FFFFC7CE"
    assert marked["B2"].fill.fgColor.rgb != "FFFFC7CE"


def test_every_other_cell_stands_where_it_stood(source: Path, tmp_path: Path) -> None:
    before = load_workbook(source)["桥圩镇"]
    after = load_workbook(send_back(source, tmp_path / "退回"))["桥圩镇"]
    for row in before.iter_rows():
        for cell in row:
            kept = after[cell.coordinate].value
            assert kept == cell.value, cell.coordinate
    assert [str(block) for block in after.merged_cells.ranges] == ["A1:F1"]


def test_corrected_and_read_again_it_is_the_same_file(source: Path, tmp_path: Path) -> None:
    path = send_back(source, tmp_path)
    book = load_workbook(path)
    book["桥圩镇"]["C5"].value = id_number("450803", date(1991, 1, 1), 3)
    book.save(path)
    again = read(path)
    assert again.signups["ref"].tolist() == ["桥圩镇.xlsx!桥圩镇!4", "桥圩镇.xlsx!桥圩镇!5"]
    assert again.faults == ()
    assert again.rejected == ()


def test_it_takes_the_place_of_its_source(source: Path, tmp_path: Path) -> None:
    send_back(source, tmp_path / "退回")
    both = read(source, tmp_path / "退回" / "退回-桥圩镇.xlsx")
    assert len(both.signups) == 1
    assert len(both.rejected) == 1
    assert any("桥圩镇.xlsx" in note.zh for note in both.notes)


def test_uncorrected_it_has_the_same_faults(source: Path, tmp_path: Path) -> None:
    assert read(send_back(source, tmp_path / "退回")).faults == read(source).faults


def test_first_sheet_lists_all_findings(source: Path, tmp_path: Path) -> None:
    book = load_workbook(send_back(source, tmp_path / "退回"))
    assert book.sheetnames == ["退回说明", "桥圩镇"]
    cells = [str(cell.value) for row in book["退回说明"].iter_rows() for cell in row if cell.value]
    assert {"错误", "C5", WRONG} <= set(cells)


def test_the_copy_is_as_wide_as_its_rows_need_and_repeats_its_header_on_paper(
    source: Path, tmp_path: Path
) -> None:
    sheet = load_workbook(send_back(source, tmp_path / "退回"))["桥圩镇"]
    widths = {column: sheet.column_dimensions[column].width for column in "ABC"}
    # the title above the first column flows over the others
    assert widths["A"] <= widths["B"] < 10 < widths["C"] < 25
    assert sheet.print_title_rows == "$1:$3"
    assert "&P" in str(sheet.oddFooter.center.text)


def test_a_question_is_its_own_end() -> None:
    message, fix = Text("是否为东莞？", "Dongguan?"), Text("改成东莞", "write Dongguan")
    found = Fault("报名.xlsx", "报名", "A2", "东塘", "unknown_city", message, fix)
    assert (say_fault(found, "zh"), say_fault(found, "en")) == (
        "是否为东莞？改成东莞",
        "Dongguan? write Dongguan",
    )


def letter_of(path: Path) -> str:
    cells = (cell.value for row in load_workbook(path)["退回说明"].iter_rows() for cell in row)
    return " ".join(str(value) for value in cells if value)


def test_the_letter_speaks_of_red_cells_only_where_there_are_some(source: Path, tmp_path: Path) -> None:
    assert "红色" in letter_of(send_back(source, tmp_path / "退回"))
    intake = read(source)
    (fault,) = intake.faults
    (path,) = write_returns(
        [source], intake.sheets, [replace(fault, severity="warning")], tmp_path / "提醒", lang="zh"
    )
    assert "红色" not in letter_of(path)
    assert "黄色单元格请核对" in letter_of(path)
    assert "不必报回" in letter_of(path)


def test_formulas_and_links_stay_behind(tmp_path: Path) -> None:
    source = township_sheet(tmp_path / "a.xlsx", [[1, "韦一", WRONG, "13800000001", "东莞市", None]])
    book = load_workbook(source)
    book["桥圩镇"]["G4"].value = '=HYPERLINK("http://a.example")'
    book["桥圩镇"]["B4"].hyperlink = "http://a.example"
    book.save(source)
    sheet = load_workbook(send_back(source, tmp_path / "退回"))["桥圩镇"]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert cell.hyperlink is None


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(f"姓名,身份证号码,务工城市,备注\n韦一,{WRONG},东莞市,=1+1\n", encoding="utf-8")
    cell = load_workbook(send_back(source, tmp_path / "退回"))["a"]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_csv_goes_back_as_a_workbook_and_counts_as_the_csv(tmp_path: Path) -> None:
    source = tmp_path / "木格镇.csv"
    source.write_text(
        f"姓名,身份证号码,务工城市\n韦一,{GOOD},东莞市\n黄二,{WRONG},东莞市\n", encoding="gb18030"
    )
    path = send_back(source, tmp_path / "退回")
    assert path.name == "退回-木格镇.csv.xlsx"
    assert read(path).signups["ref"].tolist() == ["木格镇.csv!木格镇!2"]
    assert read(path).faults == read(source).faults


def test_files_without_a_finding_do_not_go_back(tmp_path: Path) -> None:
    source = township_sheet(tmp_path / "a.xlsx", [[1, "韦一", GOOD, "13800000001", "东莞市", None]])
    intake = read(source)
    assert write_returns([source], intake.sheets, intake.faults, tmp_path / "退回", lang="zh") == []


def test_namesakes_go_back_into_their_own_folders(tmp_path: Path) -> None:
    sources = []
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        rows = [[1, "韦一", WRONG, "13800000001", "东莞市", None]]
        sources.append(township_sheet(tmp_path / folder / "报名.xlsx", rows))
    intake = read(*sources)
    written = write_returns(sources, intake.sheets, intake.faults, tmp_path / "out", lang="zh")
    assert [path.relative_to(tmp_path / "out").as_posix() for path in written] == [
        "甲/退回-报名.xlsx",
        "乙/退回-报名.xlsx",
    ]


def test_uncorrected_it_goes_back_a_second_and_a_third_time(source: Path, tmp_path: Path) -> None:
    path = source
    for _ in range(3):
        path = send_back(path, tmp_path / "退回")
        book = load_workbook(path)
        assert book.sheetnames == ["退回说明", "桥圩镇"]
        sheet = book["桥圩镇"]
        assert [sheet.cell(3, column).value for column in (6, 7, 8)] == ["返岗时间", "退回原因", None]
        assert sheet["G4"].value is None
        assert sheet["C5"].fill.fgColor.rgb == "FFFFC7CE"


def test_marks_of_the_last_time_go_where_the_cell_was_corrected(source: Path, tmp_path: Path) -> None:
    book = load_workbook(send_back(source, tmp_path))
    sheet = book["桥圩镇"]
    sheet["C5"].value = id_number("450803", date(1991, 1, 1), 3)
    sheet["E4"].value = None
    book.save(tmp_path / "退回-桥圩镇.xlsx")
    sheet = load_workbook(send_back(tmp_path / "退回-桥圩镇.xlsx", tmp_path / "again"))["桥圩镇"]
    assert sheet["C5"].fill.fgColor.rgb != "FFFFC7CE"
    assert sheet["E4"].fill.fgColor.rgb == "FFFFC7CE"
    assert "E4" in str(sheet["G4"].value)
    assert sheet["G5"].value is None


def test_a_list_of_people_in_a_sheet_called_as_the_letter_is_read_and_goes_back(tmp_path: Path) -> None:
    source = township_sheet(tmp_path / "a.xlsx", [[1, "韦一", WRONG, "13800000001", "东莞市", None]])
    book = load_workbook(source)
    book["桥圩镇"].title = "退回说明"
    book.save(source)
    assert load_workbook(send_back(source, tmp_path / "退回")).sheetnames == ["退回说明", "退回说明(2)"]


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        (["A20:F40"], ["A1:F1"]),
        (["A7:F1048576", "F5:F1048576"], ["A1:F1", "F5:F6"]),
        (["A2:XFD2"], ["A1:F1", "A2:F2"]),
        (["B2:B2"], ["A1:F1"]),
        (["A2:B2", "B2:D2"], ["A1:F1", "A2:B2"]),
        (["D2:B2"], ["A1:F1", "B2:D2"]),
        (["E4:E5"], ["A1:F1"]),
        (["XFE9:XFF9", "A1048577:B1048577", "A4:ZZZZZZ99999999999"], ["A1:F1"]),
    ],
    ids=[
        "below",
        "to-the-last-row",
        "to-the-last-column",
        "one-cell",
        "overlapping",
        "reversed",
        "filled",
        "nowhere",
    ],
)
def test_merged_blocks_of_any_kind_go_back(
    source: Path, tmp_path: Path, blocks: list[str], kept: list[str]
) -> None:
    with_blocks(source, blocks)
    before = read(source)
    path = send_back(source, tmp_path / "退回")
    sheet = load_workbook(path)["桥圩镇"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == kept
    assert (sheet["B4"].value, sheet["E5"].value) == ("韦一", "东莞市")
    assert (len(before.signups), len(before.rejected)) == (1, 1)
    assert read(path).faults == before.faults


def with_blocks(path: Path, blocks: Sequence[str]) -> None:
    """Say in a workbook that more blocks are merged, as no honest program does."""
    with ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = "xl/worksheets/sheet1.xml"
    more = "".join(f'<mergeCell ref="{block}"/>' for block in blocks)
    parts[name] = parts[name].replace(b"</mergeCells>", f"{more}</mergeCells>".encode())
    with ZipFile(path, "w") as file:
        for part, content in parts.items():
            file.writestr(part, content)


def test_a_sheet_that_uses_every_column_goes_back_with_its_reasons_in_the_letter(tmp_path: Path) -> None:
    source = township_sheet(tmp_path / "a.xlsx", [[1, "韦一", WRONG, "13800000001", "东莞市", None]])
    book = load_workbook(source)
    book["桥圩镇"]["XFD4"].value = "到此为止"
    book.save(source)
    back = load_workbook(send_back(source, tmp_path / "退回"))
    assert back["桥圩镇"]["XFD4"].value == "到此为止"
    assert any("C4" in str(cell.value) for row in back["退回说明"].iter_rows() for cell in row)


@pytest.mark.parametrize("stem", ["报" * 40, "[桥圩]镇?", "'镇'", "History", "CON.2", "名" * 70])
def test_a_csv_of_any_name_goes_back(tmp_path: Path, stem: str) -> None:
    source = tmp_path / f"{stem}.csv"
    source.write_text(f"姓名,身份证号码,务工城市\n韦一,{WRONG},东莞市\n", encoding="utf-8")
    path = send_back(source, tmp_path / "退回")
    assert len(load_workbook(path).sheetnames) == 2
    assert [fault.cell for fault in read(path).faults] == ["B2"]
    if len(f"退回-{stem}.csv.xlsx".encode()) <= 225:
        assert path.name == f"退回-{stem}.csv.xlsx"


def test_long_names_that_begin_alike_go_back_apart(tmp_path: Path) -> None:
    sources = [tmp_path / f"{'名' * 75}{end}.csv" for end in "甲乙"]
    for source in sources:
        source.write_text(f"姓名,身份证号码,务工城市\n韦一,{WRONG},东莞市\n", encoding="utf-8")
    intake = read(*sources)
    written = write_returns(sources, intake.sheets, intake.faults, tmp_path / "退回", lang="zh")
    assert len({path.name for path in written}) == 2
    letter = load_workbook(written[0])["退回说明"]
    assert any("删去原来那一份" in str(cell.value) for row in letter.iter_rows() for cell in row)


def test_a_csv_longer_than_a_sheet_goes_back_as_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("returnplan.papers.sent_back.copy.MOST_ROWS", 2)
    source = tmp_path / "a.csv"
    source.write_text(
        f"姓名,身份证号码,务工城市\n韦一,{WRONG},东莞市\n黄二,{GOOD},东莞市\n", encoding="utf-8"
    )
    book = load_workbook(send_back(source, tmp_path / "退回"))
    assert book.sheetnames == ["退回说明"]
    assert any("超过 Excel 的上限" in str(cell.value) for row in book["退回说明"].iter_rows() for cell in row)


def test_a_text_longer_than_a_cell_goes_back_as_its_beginning(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(
        f"姓名,身份证号码,务工城市,备注\n韦一,{GOOD},东莞市,{'照' * 40_000}\n", encoding="utf-8"
    )
    cell = str(load_workbook(send_back(source, tmp_path / "退回"))["a"]["D2"].value)
    assert (len(cell), cell[-1]) == (32_767, "…")


def test_errors_stand_above_what_only_has_to_be_looked_at(source: Path, tmp_path: Path) -> None:
    """What is wrong with the lower row is an error, with the upper one a warning."""
    intake = read(source)
    (error,) = intake.faults
    warning = replace(error, cell="D4", severity="warning", value="上面一行")
    (written,) = write_returns([source], intake.sheets, (warning, error), tmp_path / "退回", lang="zh")
    letter = load_workbook(written).worksheets[0]
    marks = [row[0] for row in letter.iter_rows(values_only=True) if row[0] in ("错误", "提醒")]
    assert marks == ["错误", "提醒"]
